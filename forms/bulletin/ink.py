"""Marks on paper: the only module, with ``metrics``, that knows reportlab. The same marks give the same bytes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from reportlab.lib.rl_accel import fp_str
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from forms.bulletin.marks import (
    CELL,
    GROUP_GAP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Anchor,
    Cells,
    Code,
    Entry,
    Line,
    Link,
    Mark,
    Paper,
    Picture,
    Rect,
    Text,
    Tick,
)
from forms.bulletin.metrics import font

if TYPE_CHECKING:
    from forms.bulletin.marks import Tint

_COLOURS: dict[Tint, tuple[float, float, float]] = {
    "ink": (0.0, 0.0, 0.0),
    "second": (0.27, 0.31, 0.37),
    "accent": (0.114, 0.306, 0.537),
    "rule": (0.36, 0.40, 0.46),
    "light": (0.72, 0.75, 0.79),
    "pale": (0.906, 0.925, 0.949),
    "ghost": (0.90, 0.90, 0.90),
}
_CELL_SIZE = 10.0
_CELL_BASE = 3.65
_CROSS = 0.62  # of the millimetres between a ticked box's edge and its cross
_LONGEST = 120
_TICKED = 7
_LEADING = 1.2  # reportlab's own, of a size
_BLACK = re.compile(b"\x01+")


def ink(paper: Paper) -> bytes:
    """Draw the pages as one PDF, A4, every font embedded."""
    out = io.BytesIO()
    canvas = Canvas(
        out,
        pagesize=(PAGE_WIDTH * mm, PAGE_HEIGHT * mm),
        invariant=1,
        pageCompression=1,
        lang="fr",
        initialFontName=font("regular").fontName,  # type: ignore[arg-type] # the stubs say float
        initialFontSize=9.5,
    )
    canvas.setTitle(paper.title)
    canvas.setSubject(paper.subject)
    canvas.setAuthor("")
    canvas.setCreator("Permanence")
    known = {mark.name for page in paper.pages for mark in page.marks if isinstance(mark, Anchor)}
    anchored: set[str] = set()
    for number, page in enumerate(paper.pages, 1):
        if page.bookmark:
            canvas.bookmarkPage(f"p{number}")
            canvas.addOutlineEntry(page.bookmark, f"p{number}", 0)
        for mark in page.marks:
            if isinstance(mark, Anchor) and mark.name not in anchored:
                anchored.add(mark.name)
                canvas.bookmarkHorizontal(mark.name, 0, _up(mark.y))
            elif isinstance(mark, Link) and mark.to in known:
                _link(canvas, mark)
            _draw(canvas, mark)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _up(y: float) -> float:
    return (PAGE_HEIGHT - y) * mm


def _draw(canvas: Canvas, mark: Mark) -> None:
    match mark:
        case Text():
            _text(canvas, mark)
        case Line():
            canvas.setStrokeColorRGB(*_COLOURS[mark.tint])
            canvas.setLineWidth(mark.weight)
            canvas.line(mark.x * mm, _up(mark.y), mark.to_x * mm, _up(mark.to_y))
        case Rect():
            _rect(canvas, mark)
        case Cells():
            _cells(canvas, mark)
        case Tick():
            _tick(canvas, mark)
        case Code():
            _code(canvas, mark)
        case Entry():
            _entry(canvas, mark)
        case Picture():
            _picture(canvas, mark)


def _text(canvas: Canvas, mark: Text) -> None:
    canvas.setFillColorRGB(*_COLOURS[mark.tint])
    canvas.setFont(font(mark.weight).fontName, mark.size)
    if not mark.angle:
        _write(canvas, mark.x * mm, _up(mark.y), mark)
        return
    canvas.saveState()
    canvas.translate(mark.x * mm, _up(mark.y))
    canvas.rotate(mark.angle)
    _write(canvas, 0, 0, mark)
    canvas.restoreState()


def _write(canvas: Any, x: float, y: float, mark: Text) -> None:
    """Write a text as ``drawString`` and its like do, to the byte, in half their time.

    They make an object for each text, look for right-to-left letters and measure what stands on the left: a fifth of
    a bulletin. A test holds that both write the same.
    """
    embedded = font(mark.weight)
    if mark.align != "left":
        wide = embedded.stringWidth(mark.text, mark.size)
        x -= wide if mark.align == "right" else 0.5 * wide
    shown = [
        f"{embedded.getSubsetInternalName(subset, canvas._doc)} {fp_str(mark.size)} Tf "  # noqa: SLF001 - as said above
        f"{fp_str(mark.size * _LEADING)} TL ({canvas._escape(letters)}) Tj"  # noqa: SLF001
        for subset, letters in embedded.splitString(mark.text, canvas._doc)  # noqa: SLF001
    ]
    canvas._code.append(f"BT 1 0 0 1 {fp_str(x, y)} Tm {' '.join(shown)} T* ET")  # noqa: SLF001


def _link(canvas: Canvas, mark: Link) -> None:
    sides = (mark.x * mm, _up(mark.y + mark.height), (mark.x + mark.width) * mm, _up(mark.y))
    canvas.linkRect("", mark.to, sides, relative=0, Border="[0 0 0]")


def _entry(canvas: Canvas, mark: Entry) -> None:
    """Place a field, empty: what is typed there is drawn by the reader's own program, in its Helvetica."""
    form: Any = canvas.acroForm
    x, y = mark.x * mm, _up(mark.y + mark.height)
    look = {"name": mark.name, "tooltip": mark.title, "borderWidth": 0, "fillColor": None, "borderColor": None}
    if mark.cells == 0:  # one letter: a PDF's own check marks are of ZapfDingbats, which poppler does not find
        form.textfield(x=x, y=y, width=mark.width * mm, height=mark.height * mm, fontSize=_TICKED, maxlen=1, **look)
        return
    flags, longest = ("comb", mark.cells) if mark.cells else ("", _LONGEST)
    size = {"width": mark.width * mm, "height": mark.height * mm}
    form.textfield(x=x, y=y, fontSize=_CELL_SIZE - 1, maxlen=longest, fieldFlags=flags, **size, **look)


def _picture(canvas: Canvas, mark: Picture) -> None:
    at = (mark.x * mm, _up(mark.y + mark.height))
    canvas.drawImage(ImageReader(io.BytesIO(mark.jpeg)), *at, width=mark.width * mm, height=mark.height * mm)


def _rect(canvas: Canvas, mark: Rect) -> None:
    if mark.fill:
        canvas.setFillColorRGB(*_COLOURS[mark.fill])
    if mark.edge:
        canvas.setStrokeColorRGB(*_COLOURS[mark.edge])
        canvas.setLineWidth(mark.weight)
    canvas.rect(
        mark.x * mm,
        _up(mark.y + mark.height),
        mark.width * mm,
        mark.height * mm,
        stroke=int(bool(mark.edge)),
        fill=int(bool(mark.fill)),
    )


def _cells(canvas: Canvas, mark: Cells) -> None:
    canvas.setStrokeColorRGB(*_COLOURS["rule"])
    canvas.setFillColorRGB(*_COLOURS["ink"])
    canvas.setFont(font("regular").fontName, _CELL_SIZE)
    letters = iter(mark.text)
    x = mark.x
    bottom = mark.y + mark.height
    for group in mark.groups:
        canvas.setLineWidth(0.5)
        canvas.rect(x * mm, _up(bottom), group * CELL * mm, mark.height * mm, stroke=1, fill=0)
        for place in range(group):
            if place:
                canvas.line((x + place * CELL) * mm, _up(bottom), (x + place * CELL) * mm, _up(mark.y))
            letter = next(letters, "")
            if letter:
                at = ((x + (place + 0.5) * CELL) * mm, _up(mark.y + _CELL_BASE))
                _write(canvas, *at, Text(*at, letter, _CELL_SIZE, align="centre"))
        x += group * CELL + GROUP_GAP


def _tick(canvas: Canvas, mark: Tick) -> None:
    canvas.setStrokeColorRGB(*_COLOURS["ink"])
    canvas.setLineWidth(0.6)
    side = mark.side
    canvas.rect(mark.x * mm, _up(mark.y + side), side * mm, side * mm, stroke=1, fill=0)
    if mark.on:
        canvas.setLineWidth(1.3)
        low, high = _CROSS, side - _CROSS
        canvas.line((mark.x + low) * mm, _up(mark.y + low), (mark.x + high) * mm, _up(mark.y + high))
        canvas.line((mark.x + low) * mm, _up(mark.y + high), (mark.x + high) * mm, _up(mark.y + low))


def _code(canvas: Canvas, mark: Code) -> None:
    grid, module = mark.modules, mark.module
    margin = (mark.side - len(grid) * module) / 2
    # Each number is written once a column, a row or a length, and not once a rectangle: a fifth of the time.
    left = [fp_str((mark.x + margin + start * module) * mm) for start in range(len(grid))]
    wide = [fp_str(length * module * mm) for length in range(len(grid) + 1)]
    high = fp_str(module * mm)
    drawn: list[str] = []
    for row, line in enumerate(grid):
        y = fp_str(_up(mark.y + margin + (row + 1) * module))
        # One rectangle a run of black: a third of the bytes, and no seams between modules.
        for run in _BLACK.finditer(bytes(line)):
            start, end = run.span()
            drawn.append(f"{left[start]} {y} {wide[end - start]} {high} re")
    path = PDFPathObject(["n", *drawn] if drawn else [])
    canvas.setFillColorRGB(*_COLOURS["ink"])
    canvas.drawPath(path, stroke=0, fill=1)
