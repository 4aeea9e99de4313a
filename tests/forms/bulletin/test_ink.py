"""Ink writes texts, colours and codes by ways of its own, faster than reportlab's; to the byte, they say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.units import mm

from forms.bulletin import ink as inked
from forms.bulletin.code import modules
from forms.bulletin.ink import ink
from forms.bulletin.marks import CELL, GROUP_GAP, Cells, Code, Line, Mark, Page, Paper, Rect, Text, Tick
from forms.bulletin.metrics import font

if TYPE_CHECKING:
    from forms.bulletin.marks import Tint

_TEXTS = st.builds(
    Text,
    st.floats(0, 210),
    st.floats(0, 297),
    st.text(st.sampled_from("Aéœ ’()\\€\u00a0\u202f�ŁŐ1"), max_size=12),
    st.sampled_from([6.5, 7.0, 9.5, 21.0]),
    st.sampled_from(["regular", "semibold"]),
    st.sampled_from(["ink", "second"]),
    st.sampled_from(["left", "right", "centre"]),
    st.sampled_from([0.0, 52.0]),
)
_TINTS: Any = st.sampled_from([None, "pale", "accent", "rule"])
_SHAPES = st.one_of(
    st.builds(Cells, st.floats(0, 100), st.floats(0, 200), st.just((2, 2)), st.text("0A", max_size=4), st.just(5.0)),
    st.builds(Line, *[st.floats(0, 210)] * 4, st.sampled_from([0.5, 0.7]), st.sampled_from(["rule", "light"])),
    st.builds(Rect, *[st.floats(0, 210)] * 4, _TINTS, _TINTS, st.just(0.5)),
    st.builds(Tick, st.floats(0, 210), st.floats(0, 297), st.booleans(), st.sampled_from([2.4, 3.1])),
)
_ALPHABET = "AÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸàâäæçéèêëîïôöœùûüÿŁłŐőŞşŽžĐđŃńŘřŮůŹźŻżĄąĘęŚśĞğİıČčĎďĚěŇňŠšŤťÅåØøÑñÁáÍíÓóÚúÝý"


def _up(y: float) -> float:
    return (297 - y) * mm


def _plain(pen: Any, mark: Mark) -> None:
    """Draw a mark by reportlab's own calls."""
    canvas = pen.canvas
    match mark:
        case Text():
            _write(canvas, mark)
        case Line():
            _stroked(canvas, mark.tint, mark.weight)
            canvas.line(mark.x * mm, _up(mark.y), mark.to_x * mm, _up(mark.to_y))
        case Rect():
            if mark.fill:
                canvas.setFillColorRGB(*inked._COLOURS[mark.fill])
            if mark.edge:
                _stroked(canvas, mark.edge, mark.weight)
            corner, sides = (mark.x * mm, _up(mark.y + mark.height)), (mark.width * mm, mark.height * mm)
            canvas.rect(*corner, *sides, stroke=bool(mark.edge), fill=bool(mark.fill))
        case Cells():
            _cells(canvas, mark)
        case Tick():
            _stroked(canvas, "ink", 0.6)
            canvas.rect(mark.x * mm, _up(mark.y + mark.side), mark.side * mm, mark.side * mm)
            if mark.on:
                canvas.setLineWidth(1.3)
                left, right = (mark.x + 0.62) * mm, (mark.x + (mark.side - 0.62)) * mm
                top, bottom = _up(mark.y + 0.62), _up(mark.y + (mark.side - 0.62))
                canvas.line(left, top, right, bottom)
                canvas.line(left, bottom, right, top)
        case Code():
            _rectangles(canvas, mark)


def _stroked(canvas: Any, tint: Tint, weight: float) -> None:
    canvas.setStrokeColorRGB(*inked._COLOURS[tint])
    canvas.setLineWidth(weight)


def _write(canvas: Any, mark: Text) -> None:
    canvas.setFillColorRGB(*inked._COLOURS[mark.tint])
    canvas.setFont(font(mark.weight).fontName, mark.size)
    draw = {"left": canvas.drawString, "right": canvas.drawRightString, "centre": canvas.drawCentredString}[mark.align]
    if not mark.angle:
        draw(mark.x * mm, _up(mark.y), mark.text)
        return
    canvas.saveState()
    canvas.translate(mark.x * mm, _up(mark.y))
    canvas.rotate(mark.angle)
    draw(0, 0, mark.text)
    canvas.restoreState()


def _cells(canvas: Any, mark: Cells) -> None:
    canvas.setStrokeColorRGB(*inked._COLOURS["rule"])
    canvas.setFillColorRGB(*inked._COLOURS["ink"])
    canvas.setFont(font("regular").fontName, 10.0)
    letters, x, bottom = iter(mark.text), mark.x, _up(mark.y + mark.height)
    for group in mark.groups:
        canvas.setLineWidth(0.5)
        canvas.rect(x * mm, bottom, group * CELL * mm, mark.height * mm)
        for place in range(group):
            if place:
                canvas.line((x + place * CELL) * mm, bottom, (x + place * CELL) * mm, _up(mark.y))
            if letter := next(letters, ""):
                canvas.drawCentredString((x + (place + 0.5) * CELL) * mm, _up(mark.y + 3.65), letter)
        x += group * CELL + GROUP_GAP


def _rectangles(canvas: Any, mark: Code) -> None:
    """Draw a code with one call a rectangle."""
    margin = (mark.side - len(mark.modules) * mark.module) / 2
    path = canvas.beginPath()
    for row, line in enumerate(mark.modules):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[end]:
                end += 1
            if end > start:
                x, y = mark.x + margin + start * mark.module, mark.y + margin + (row + 1) * mark.module
                path.rect(x * mm, (297 - y) * mm, (end - start) * mark.module * mm, mark.module * mm)
            start = max(end, start + 1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)


def _same(*marks: Mark) -> None:
    """Compare two pages of these marks with what reportlab's own calls write."""
    paper = Paper("Essai", "", (Page(marks), Page(marks[::-1])))
    found = ink(paper)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inked, "_draw", _plain)
        assert ink(paper) == found


@given(st.lists(st.one_of(_TEXTS, _SHAPES), max_size=8))
def test_marks_are_reportlabs_own(marks: list[Mark]) -> None:
    """Whatever is written and drawn, wherever, in whatever order of fonts, colours and letters: the same file."""
    _same(*marks)


def test_more_letters_than_a_subset_holds_are_reportlabs_own() -> None:
    """A font with more than 256 letters in one file goes on in a second subset, from the middle of a text on."""
    extended = "".join(map(chr, range(0x1E00, 0x1EFA)))
    lines = [_ALPHABET, extended, f"é{extended[-3:]}é", "é"]
    _same(*(Text(20.0, 20.0 + 9.0 * place, line) for place, line in enumerate(lines)))


@given(st.text(st.sampled_from("P:7K3M-Q2XD/"), min_size=1, max_size=60), st.sampled_from([0.42, 0.5, 0.8]))
def test_codes_are_reportlabs_own(says: str, module: float) -> None:
    """A code is the same rectangles, and so is one that has none."""
    for grid in (modules(says), ((False,),)):
        _same(Code(12.0, 14.0, 64.0, grid, module, "dossier"))
