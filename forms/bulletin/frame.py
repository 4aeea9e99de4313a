"""What every page carries: the foot with reference, version, date, page and small code; PROJET or SPÉCIMEN."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.bulletin.code import modules, page_mark
from forms.bulletin.fit import FLOOR, shrunk, wrapped
from forms.bulletin.marks import Anchor, Code, Line, Link, Mark, Page, Rect, Text, Tint, Weight
from forms.bulletin.metrics import width
from forms.french import long_date, time_of, typeset

if TYPE_CHECKING:
    from forms.bulletin.printing import Printing
    from forms.convention.model import Convention

LEFT = 12.0
RIGHT = 198.0
ROOM = RIGHT - LEFT
TOP = 11.0
BOTTOM = 276.5
"""Where the foot begins: nothing else is drawn below."""

SMALL_CODE = 12.0
_SMALL_MODULE = 0.42
_FOOT = 279.5
_TINY = 7.0
_EDGE = 292.5
BAR = 5.6
BAR_STEP = 7.0
"""From the top of a section's bar to its first row."""


def framed(pages: list[Page], printing: Printing, convention: Convention) -> tuple[Page, ...]:
    """Give the pages with their foot, and behind everything PROJET or SPÉCIMEN."""
    found = []
    for number, page in enumerate(pages, 1):
        draw = _edge_foot if page.back else _foot
        foot = draw(number, len(pages), page, printing, convention)
        found.append(replace(page, marks=(*_ghost(printing), *page.marks, *foot)))
    return tuple(found)


def _ghost(printing: Printing) -> list[Mark]:
    if printing.specimen:
        return [Text(117.0, 182.0, "SPÉCIMEN", 120.0, "semibold", "ghost", "centre", 52.0)]
    if printing.draft:
        return [Text(113.0, 182.0, "PROJET", 150.0, "semibold", "ghost", "centre", 52.0)]
    return []


def _foot(number: int, count: int, page: Page, printing: Printing, convention: Convention) -> list[Mark]:
    says = _says(printing)
    edition = _edition(convention)
    code_x = RIGHT - SMALL_CODE
    marks: list[Mark] = [
        Line(LEFT, _FOOT, code_x - 4.0, _FOOT),
        Text(LEFT, _FOOT + 3.8, says, _TINY, tint="second"),
        Text(LEFT, _FOOT + 7.2, edition, _TINY, tint="second"),
        Text(code_x - 4.0, _FOOT + 3.8, f"page {number} sur {count}", _TINY, "semibold", align="right"),
        _small_code((code_x, _FOOT - 0.6), number, count, printing),
    ]
    text = _notices(printing, page.copy_of)
    if text:
        marks.append(Text(code_x - 4.0, _FOOT + 7.2, text, _TINY, "semibold", align="right"))
    return marks


def _edge_foot(number: int, count: int, page: Page, printing: Printing, convention: Convention) -> list[Mark]:
    """Write the foot of an insurer's own page: one line on its lower edge, the small code where it finds a place."""
    parts = (_says(printing), _edition(convention), f"page {number} sur {count}", _notices(printing, page.copy_of))
    text = " · ".join(part for part in parts if part)
    marks: list[Mark] = [Text(LEFT, _EDGE, text, shrunk(text, ROOM, _TINY) or FLOOR, tint="second")]
    if page.back and page.back.mark:
        marks.append(_small_code(page.back.mark, number, count, printing))
    return marks


def _small_code(at: tuple[float, float], number: int, count: int, printing: Printing) -> Code:
    says = page_mark(printing.reference, printing.version, number, count)
    grid = modules(says)
    module = max(_SMALL_MODULE, min(0.5, SMALL_CODE / len(grid)))
    return Code(*at, SMALL_CODE, grid, module, "page", says)


def _edition(convention: Convention) -> str:
    return f"Convention {convention.id}, édition {convention.edition}"


def _notices(printing: Printing, copy_of: str) -> str:
    notices = (
        "SPÉCIMEN : sans valeur" if printing.specimen else "",
        "PROJET : à ne pas signer" if printing.draft else "",
        f"exemplaire pour {copy_of}" if copy_of else "",
    )
    return " · ".join(notice for notice in notices if notice)


def _says(printing: Printing) -> str:
    when = f"imprimé le {long_date(printing.printed_at.date())} à {time_of(printing.printed_at)}"
    version = f"version {printing.version}"
    if printing.replaces:
        version += f", annule et remplace la {printing.replaces.version}"
    says = f"Dossier {printing.reference} · {version} · {when}"
    if printing.blank:
        says = f"Bulletin vierge n° {printing.reference} · {when}"
    if printing.prefilled:
        says = f"Bulletin prérempli n° {printing.reference} · {when}"
    return says


def bar_marks(title: str, y: float, aside: str = "") -> list[Mark]:
    """Draw the bar that opens a section; the caller goes on ``BAR_STEP`` millimetres lower."""
    marks: list[Mark] = [
        Rect(LEFT, y, ROOM, BAR, "pale", None),
        Rect(LEFT, y, 1.0, BAR, "accent", None),
        Text(LEFT + 3.2, y + 4.0, title, 10.0, "semibold"),
    ]
    if aside:
        marks.append(Text(RIGHT - 1.5, y + 3.9, aside, 8.0, tint="second", align="right"))
    return marks


def running_head(left: str, right: str) -> list[Mark]:
    """Draw the line on top of a page that goes on with a form."""
    return [
        Text(LEFT, TOP + 2.6, left, 8.5, "semibold"),
        *name_marks(right, TOP + 2.6, ROOM - width(left, 8.5, "semibold") - 8.0),
        Line(LEFT, TOP + 4.6, RIGHT, TOP + 4.6),
    ]


def name_marks(name: str, y: float, room: float) -> list[Mark]:
    """Write a name at the right of a head; one that does not fit is left out there, the reference being in the foot."""
    size = shrunk(name, room, 9.0)
    return [Text(RIGHT, y, name, size, tint="second", align="right")] if name and size is not None else []


def paragraph(
    text: str,
    at: tuple[float, float],
    room: float,
    size: float,
    *,
    strong: bool = False,
    second: bool = False,
) -> tuple[list[Mark], float]:
    """Write a text over as many lines as it needs from a first baseline; give the marks and the height they take."""
    step = leading(size)
    weight: Weight = "semibold" if strong else "regular"
    lines = wrapped(typeset(text), room, size, weight)
    tint: Tint = "second" if second else "ink"
    marks: list[Mark] = [Text(at[0], at[1] + step * n, line, size, weight, tint) for n, line in enumerate(lines)]
    return marks, step * len(lines)


def linked(person: str, at: tuple[float, float], wide: float, high: float, *, why: bool = False) -> list[Mark]:
    """Tie a person's line of the contribution and the line that says why: each leads to the other."""
    here, there = (f"why {person}", f"line {person}") if why else (f"line {person}", f"why {person}")
    return [Anchor(at[1] - 4.0, here), Link(at[0], at[1], wide, high, there)]


def leading(size: float) -> float:
    """Give the millimetres from one baseline to the next at a size in points."""
    return size * 0.3528 * 1.32
