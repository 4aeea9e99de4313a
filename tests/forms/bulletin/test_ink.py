"""Ink writes texts and codes by ways of its own, faster than reportlab's; to the byte, they say the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.units import mm

from forms.bulletin import ink as inked
from forms.bulletin.code import modules
from forms.bulletin.ink import ink
from forms.bulletin.marks import Cells, Code, Mark, Page, Paper, Text

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
_CELLS = st.builds(Cells, st.floats(0, 100), st.floats(0, 200), st.just((2, 2)), st.text("0A", max_size=4))


def _plainly(canvas: Any, x: float, y: float, mark: Text) -> None:
    draw = {"left": canvas.drawString, "right": canvas.drawRightString, "centre": canvas.drawCentredString}
    draw[mark.align](x, y, mark.text)


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


@given(st.lists(st.one_of(_TEXTS, _CELLS), max_size=8))
def test_texts_are_reportlabs_own(marks: list[Mark]) -> None:
    """Whatever is written, wherever, in whatever order of fonts and letters: the same file."""
    paper = Paper("Essai", "", (Page(tuple(marks)),))
    found = ink(paper)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inked, "_write", _plainly)
        assert ink(paper) == found


@given(st.text(st.sampled_from("P:7K3M-Q2XD/"), min_size=1, max_size=60), st.sampled_from([0.42, 0.5, 0.8]))
def test_codes_are_reportlabs_own(says: str, module: float) -> None:
    """A code is the same rectangles, and so is one that has none."""
    for grid in (modules(says), ((False,),)):
        paper = Paper("Essai", "", (Page((Code(12.0, 14.0, 64.0, grid, module, "dossier"),)),))
        found = ink(paper)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(inked, "_code", _rectangles)
            assert ink(paper) == found
