"""A prefilled bulletin as plain shapes and as the values of a form: what the others are given to draw."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pypdf import PdfReader

from forms.assessment import assess
from forms.bulletin.blanks import blanks
from forms.bulletin.frame import framed
from forms.bulletin.marks import CELL, GROUP_GAP, Cells, Entry, Line, Page, Rect, Text, Tick
from forms.bulletin.pack import form_pages
from forms.bulletin.printing import Printing
from forms.bulletin.words import Words
from forms.campaign.agents import Agents
from forms.campaign.order import Order
from forms.convention import library
from forms.dossier.model import Dossier, Employer, PreviousContract
from forms.exchange.prefill import prefilled
from forms.exchange.streamed import streamed
from tests.benchmarks.rosters import write_roster

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
CONVENTION = library().find("cdg62-mnt")

Shape = tuple[str, list[float], str, float, str, str]
"""``text``, ``line`` or ``rect``; where, in millimetres from the top; the text, its size, weight and alignment."""


@dataclass(frozen=True)
class Bulletin:
    """One agent's bulletin: the dossier, what its pages come to, and what is typed in the form's fields."""

    dossier: Dossier
    pages: list[list[Shape]]
    typed: dict[str, str]


def bulletins(count: int) -> list[Bulletin]:
    """Give the bulletins of invented agents."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "agents.csv")
        write_roster(path, count)
        listed = streamed(path)
        order = Order(
            list_sha256=listed.fingerprint, convention=CONVENTION.id, edition=CONVENTION.fingerprint,
            employer=Employer(), printed_at=NOW, today=NOW.date(),
        )  # fmt: skip
        agents = Agents(listed, order)
        rows = [judged.agent for judged in agents.judged(agents.survey()) if judged.agent]
    dossiers = [prefilled(agent, CONVENTION.id, Employer(), None, agent.reference) for agent in rows]
    return [
        Bulletin(dossier, [list(_shapes(page)) for page in pages], dict(_typed(pages)))
        for dossier in dossiers
        for pages in [_pages(dossier, Printing(str(dossier.reference), 0, NOW, prefilled=True))]
    ]


def _pages(dossier: Dossier, printing: Printing) -> tuple[Page, ...]:
    words = Words(dossier, assess(dossier, CONVENTION, NOW.date()), CONVENTION, printing)
    return framed(form_pages("bulletin", words, 1), printing, CONVENTION)


def _shapes(page: Page) -> Iterator[Shape]:
    for mark in page.marks:
        if isinstance(mark, Text):
            yield "text", [mark.x, mark.y], mark.text, mark.size, mark.weight, mark.align
        elif isinstance(mark, Line):
            yield "line", [mark.x, mark.y, mark.to_x, mark.to_y], "", 0, "", ""
        elif isinstance(mark, Rect):
            yield "rect", [mark.x, mark.y, mark.width, mark.height], "", 0, "pale" if mark.fill else "", ""
        elif isinstance(mark, Tick):
            x, y, side = mark.x, mark.y, mark.side
            yield "rect", [x, y, side, side], "", 0, "", ""
            if mark.on:
                yield "line", [x, y, x + side, y + side], "", 0, "", ""
                yield "line", [x, y + side, x + side, y], "", 0, "", ""
        elif isinstance(mark, Cells):
            for x, letter in _letters(mark):
                yield "rect", [x, mark.y, CELL, mark.height], "", 0, "", ""
                if letter:
                    yield "text", [x + CELL / 2, mark.y + 3.65], letter, 10.0, "regular", "centre"


def _letters(mark: Cells) -> Iterator[tuple[float, str]]:
    letters, x = iter(mark.text), mark.x
    for group in mark.groups:
        for place in range(group):
            yield x + place * CELL, next(letters, "")
        x += group * CELL + GROUP_GAP


@cache
def blank() -> tuple[bytes, str, tuple[tuple[Entry, ...], ...]]:
    """Give the fillable bulletin, its number, and where its fields are on each page."""
    made = blanks(CONVENTION, 1, NOW, fillable=True)
    reference = next(iter(PdfReader(io.BytesIO(made)).get_fields() or {})).split(".")[0]
    bare = Dossier(reference=reference, convention=CONVENTION.id, previous_contract=PreviousContract())
    pages = _pages(bare, Printing(reference, 0, NOW, blank=True, fillable=True))
    return made, reference, tuple(tuple(mark for mark in page.marks if isinstance(mark, Entry)) for page in pages)


def _typed(pages: tuple[Page, ...]) -> Iterator[tuple[str, str]]:
    """Give what stands on the paper where the form has a field: the value of that field."""
    _, reference, places = blank()
    for page, entries in zip(pages, places, strict=True):
        written = [("".join(mark.text), mark.x, mark.y) for mark in page.marks if isinstance(mark, Text)]
        written += [("x", mark.x, mark.y + 1) for mark in page.marks if isinstance(mark, Tick) and mark.on]
        rows = [mark for mark in page.marks if isinstance(mark, Cells)]
        cells = [(x, mark.y + 1, letter) for mark in rows for x, letter in _letters(mark)]
        for entry in entries:
            inside = [text for text, x, y in written if _in(entry, x, y)]
            inside += ["".join(letter for x, y, letter in cells if _in(entry, x, y))]
            if text := max(inside, key=len):
                yield f"{reference}.{entry.name}", text


def _in(entry: Entry, x: float, y: float) -> bool:
    return entry.x - 0.2 <= x < entry.x + entry.width - 0.2 and entry.y - 0.2 <= y <= entry.y + entry.height
