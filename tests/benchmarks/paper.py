"""A bulletin beside the same boxes drawn straight with reportlab: no layout, no rules, the same texts."""

from __future__ import annotations

import datetime as dt
import io
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import patch

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from forms.bulletin import Printing, form, frame, pack
from forms.bulletin.marks import CELL, GROUP_GAP, PAGE_HEIGHT, Cells, Line, Rect, Text, Tick
from forms.bulletin.metrics import font
from forms.bulletin.pack import marks_of
from tests.benchmarks.pairs import Ratio, interleaved
from tests.making import answer, cdg62, kept, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from forms.bulletin.marks import Mark

_BLANK = ((False,),)
_PRINTING = Printing("7K3M-Q2XD", 1, dt.datetime(2026, 2, 3, 14, 32, tzinfo=dt.UTC))
Drawn = tuple[str, tuple[float, ...], str, str, float]
"""What is drawn straight: ``text``, ``line`` or ``rect``, its points, its text with its font and size."""


def with_code() -> Ratio:
    """Compare the whole bulletin, in milliseconds a page."""
    return _compared()


def without_code() -> Ratio:
    """Compare the bulletin with no code worked out, neither the dossier's nor the pages'."""
    with (
        patch.object(form, "encode", lambda _dossier: b""),
        patch.object(form, "dossier_modules", lambda _payload: (_BLANK, 0.5)),
        patch.object(frame, "modules", lambda _says: _BLANK),
    ):
        return _compared()


def _compared() -> Ratio:
    said = kept("cdg62-family")
    dossier, convention = read(said), cdg62()
    assessment = replace(answer(said), forms=("bulletin",))
    pages = [
        [drawn for mark in page.marks for drawn in _straight(mark)]
        for page in marks_of(dossier, assessment, convention, _PRINTING).pages
    ]
    return interleaved(
        lambda: _timed(lambda: pack(dossier, assessment, convention, _PRINTING)) / len(pages),
        lambda: _timed(lambda: _floor(pages)) / len(pages),
    )


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def up(y: float) -> float:
    """Give the points from the foot of the page for millimetres from its top."""
    return (PAGE_HEIGHT - y) * mm


def _straight(mark: Mark) -> Iterator[Drawn]:
    """Give what a mark comes to on paper, in points from the bottom left corner."""
    if isinstance(mark, Text):
        yield "text", (mark.x * mm, up(mark.y)), mark.text, font(mark.weight).fontName, mark.size
    elif isinstance(mark, Line):
        yield "line", (mark.x * mm, up(mark.y), mark.to_x * mm, up(mark.to_y)), "", "", 0
    elif isinstance(mark, Rect):
        yield "rect", (mark.x * mm, up(mark.y + mark.height), mark.width * mm, mark.height * mm), "", "", 0
    elif isinstance(mark, Tick):
        yield "rect", (mark.x * mm, up(mark.y + mark.side), mark.side * mm, mark.side * mm), "", "", 0
        if mark.on:
            yield "line", (mark.x * mm, up(mark.y), (mark.x + mark.side) * mm, up(mark.y + mark.side)), "", "", 0
            yield "line", (mark.x * mm, up(mark.y + mark.side), (mark.x + mark.side) * mm, up(mark.y)), "", "", 0
    elif isinstance(mark, Cells):
        yield from _cells(mark)


def _cells(mark: Cells) -> Iterator[Drawn]:
    letters, x, bottom = iter(mark.text), mark.x, up(mark.y + mark.height)
    for group in mark.groups:
        yield "rect", (x * mm, bottom, group * CELL * mm, mark.height * mm), "", "", 0
        for place in range(group):
            left = (x + place * CELL) * mm
            if place:
                yield "line", (left, bottom, left, up(mark.y)), "", "", 0
            letter = next(letters, "")
            if letter:
                yield "text", (left + 2, bottom + 4), letter, font("regular").fontName, 10.0
        x += group * CELL + GROUP_GAP


def _floor(pages: list[list[Drawn]]) -> bytes:
    """Draw it straight."""
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1)
    for page in pages:
        for kind, points, text, name, size in page:
            if kind == "text":
                canvas.setFont(name, size)
                canvas.drawString(points[0], points[1], text)
            elif kind == "line":
                canvas.line(*points)
            else:
                canvas.rect(*points)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
