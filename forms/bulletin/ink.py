"""Marks on paper: the only module, with ``metrics``, that knows reportlab. The same marks give the same bytes."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

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
    from reportlab.pdfbase.ttfonts import TTFont

    from forms.bulletin.marks import Align, Tint, Weight

_COLOURS: dict[Tint, tuple[float, float, float]] = {
    "ink": (0.0, 0.0, 0.0),
    "second": (0.27, 0.31, 0.37),
    "accent": (0.114, 0.306, 0.537),
    "rule": (0.36, 0.40, 0.46),
    "light": (0.72, 0.75, 0.79),
    "pale": (0.906, 0.925, 0.949),
    "ghost": (0.90, 0.90, 0.90),
}
_FILL = {tint: f"{fp_str(*colour)} rg" for tint, colour in _COLOURS.items()}
_STROKE = {tint: f"{fp_str(*colour)} RG" for tint, colour in _COLOURS.items()}
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
    pen = _Pen(canvas)
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
            _draw(pen, mark)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _up(y: float) -> float:
    return (PAGE_HEIGHT - y) * mm


def _draw(pen: _Pen, mark: Mark) -> None:
    match mark:
        case Text():
            _text(pen, mark)
        case Line():
            pen.put(_STROKE[mark.tint], _line_width(mark.weight))
            pen.canvas.line(mark.x * mm, _up(mark.y), mark.to_x * mm, _up(mark.to_y))
        case Rect():
            _rect(pen, mark)
        case Cells():
            _cells(pen, mark)
        case Tick():
            _tick(pen, mark)
        case Code():
            _code(pen, mark)
        case Entry():
            _entry(pen.canvas, mark)
        case Picture():
            _picture(pen.canvas, mark)


class _Letters(dict[int, int]):
    """The code of each letter of a font in one file, for ``str.translate``; those of a later subset are above 255.

    Reportlab gives the codes out as the letters come; it would go through each text letter by letter.
    """

    def __init__(self, embedded: TTFont, document: object) -> None:
        super().__init__()
        self._embedded, self._document = embedded, document

    def __missing__(self, letter: int) -> int:
        ((subset, code),) = self._embedded.splitString(chr(letter), self._document)
        found = self[letter] = subset << 8 | code[0]
        return found


class _Pen:
    """Writes into the pages of one file what reportlab would write, to the byte, in less than half its time.

    For each text, reportlab makes an object, looks for right-to-left letters, measures what stands on the left, and
    spells font and size anew; for each colour it asks what sort of colour it is. A test holds that both write the same.
    """

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas
        self._document = canvas._doc  # noqa: SLF001 - reportlab's own: it has no other way to a font's subsets
        self._letters: dict[Weight, _Letters] = {}
        self._styles: dict[tuple[Weight, float, int], str] = {}

    def put(self, *operators: str) -> None:
        """Write operators on the current page."""
        self.canvas._code += operators  # noqa: SLF001 - as above

    def write(self, x: float, y: float, text: str, size: float, weight: Weight, align: Align) -> None:
        """Write a text at a point of its baseline."""
        embedded = font(weight)
        if align != "left":
            wide = embedded.stringWidth(text, size)
            x -= wide if align == "right" else 0.5 * wide
        letters = self._letters.get(weight) or self._letters.setdefault(weight, _Letters(embedded, self._document))
        shown = text.translate(letters)
        if shown.isascii() and shown:  # all of the first subset, as nearly every text is
            put = f"{self._style(weight, size, 0)} ({escapePDF(shown)}) Tj"
        else:
            parts = embedded.splitString(text, self._document)
            put = " ".join(f"{self._style(weight, size, subset)} ({escapePDF(part)}) Tj" for subset, part in parts)
        self.put(f"BT 1 0 0 1 {fp_str(x, y)} Tm {put} T* ET")

    def _style(self, weight: Weight, size: float, subset: int) -> str:
        try:
            return self._styles[weight, size, subset]
        except KeyError:
            name = font(weight).getSubsetInternalName(subset, self._document)
            found = self._styles[weight, size, subset] = f"{name} {fp_str(size)} Tf {fp_str(size * _LEADING)} TL"
            return found


@cache
def _line_width(points: float) -> str:
    return f"{fp_str(points)} w"  # one of the few that the layouts use


def _text(pen: _Pen, mark: Text) -> None:
    pen.put(_FILL[mark.tint])
    says = (mark.text, mark.size, mark.weight, mark.align)
    if not mark.angle:
        pen.write(mark.x * mm, _up(mark.y), *says)
        return
    pen.canvas.saveState()
    pen.canvas.translate(mark.x * mm, _up(mark.y))
    pen.canvas.rotate(mark.angle)
    pen.write(0, 0, *says)
    pen.canvas.restoreState()


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


def _rect(pen: _Pen, mark: Rect) -> None:
    if mark.fill:
        pen.put(_FILL[mark.fill])
    if mark.edge:
        pen.put(_STROKE[mark.edge], _line_width(mark.weight))
    pen.canvas.rect(
        mark.x * mm,
        _up(mark.y + mark.height),
        mark.width * mm,
        mark.height * mm,
        stroke=int(bool(mark.edge)),
        fill=int(bool(mark.fill)),
    )


def _cells(pen: _Pen, mark: Cells) -> None:
    pen.put(_STROKE["rule"], _FILL["ink"])
    letters = iter(mark.text)
    x = mark.x
    high, low = fp_str(_up(mark.y)), fp_str(_up(mark.y + mark.height))
    base = _up(mark.y + _CELL_BASE)
    for group in mark.groups:
        pen.put(_line_width(0.5))
        pen.canvas.rect(x * mm, _up(mark.y + mark.height), group * CELL * mm, mark.height * mm, stroke=1, fill=0)
        for place in range(group):
            if place:
                side = fp_str((x + place * CELL) * mm)
                pen.put(f"n {side} {low} m {side} {high} l S")
            letter = next(letters, "")
            if letter:
                pen.write((x + (place + 0.5) * CELL) * mm, base, letter, _CELL_SIZE, "regular", "centre")
        x += group * CELL + GROUP_GAP


def _tick(pen: _Pen, mark: Tick) -> None:
    pen.put(_STROKE["ink"], _line_width(0.6))
    canvas, side = pen.canvas, mark.side
    canvas.rect(mark.x * mm, _up(mark.y + side), side * mm, side * mm, stroke=1, fill=0)
    if mark.on:
        pen.put(_line_width(1.3))
        low, high = _CROSS, side - _CROSS
        canvas.line((mark.x + low) * mm, _up(mark.y + low), (mark.x + high) * mm, _up(mark.y + high))
        canvas.line((mark.x + low) * mm, _up(mark.y + high), (mark.x + high) * mm, _up(mark.y + low))


def _code(pen: _Pen, mark: Code) -> None:
    grid, module = mark.modules, mark.module
    margin = (mark.side - len(grid) * module) / 2
    # Each number is written once a column, a row or a length, and not once a rectangle: a fifth of the time.
    left = [fp_str((mark.x + margin + start * module) * mm) for start in range(len(grid))]
    high = fp_str(module * mm)
    wide = [f"{fp_str(length * module * mm)} {high} re" for length in range(len(grid) + 1)]
    drawn = ["n"]
    for row, line in enumerate(grid):
        y = fp_str(_up(mark.y + margin + (row + 1) * module))
        # One rectangle a run of black: a third of the bytes, and no seams between modules.
        for run in _BLACK.finditer(bytes(line)):
            start, end = run.span()
            drawn.append(f"{left[start]} {y} {wide[end - start]}")
    pen.put(_FILL["ink"], " ".join(drawn) if len(drawn) > 1 else "", "f*")
