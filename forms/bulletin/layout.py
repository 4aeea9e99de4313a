"""The boxes of a form as data: sections of rows of boxes, their widths in millimetres, read from a TOML file.

Data rather than tables in Python: an insurer's own form is to be described by the same boxes in a convention's folder.
"""

from __future__ import annotations

import tomllib
from functools import cache, cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

from forms.bulletin.marks import cells_width
from forms.resources import resource

GAP = 3.0
"""Millimetres between two boxes of a row."""

SheetBlock = Literal["letterhead", "deduction", "documents", "signatures", "papers", "slip"]
Block = Literal["rows", "people", "contribution", "received", "withdrawal", "signatures"]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(_Data):
    """One box. ``key`` is a path of the dossier (under the person in a card) or ``=name`` for what follows from it.

    ``groups`` makes it one character a cell. Without ``width`` nor ``groups`` the box takes what the row leaves, shared
    with the row's other such boxes. ``optional``: left out of the row while nothing is said of it.
    """

    key: str
    label: str = ""
    width: float | None = None
    groups: tuple[int, ...] = ()
    kind: Literal["text", "ticks", "strong", "amount"] = "text"
    optional: bool = False

    @cached_property
    def own_width(self) -> float | None:
        """Give the width that the box asks for, if it does."""
        return cells_width(self.groups) if self.groups else self.width


class Section(_Data):
    """A titled part of the form; ``title`` and ``aside`` may be an ``=name``; ``kinds``: the requests that have it."""

    title: str
    aside: str = ""
    block: Block = "rows"
    rows: tuple[tuple[Box, ...], ...] = ()
    kinds: tuple[str, ...] = ()
    new_page: bool = False


class Paragraph(_Data):
    """A text of a sheet; ``{name}`` is what ``=name`` says, or a line to write on; ``when``: left out without that."""

    text: str
    size: float = 9.5
    strong: bool = False
    second: bool = False
    indent: float = 0.0
    after: float = 1.4
    when: str = ""


class Part(_Data):
    """A titled part of a sheet: texts, rows of boxes, a block of its own, then texts; ``when`` as a paragraph's.

    ``place``: whether the first signature has the dossier's place and day, or both left to be written.
    """

    title: str = ""
    when: str = ""
    texts: tuple[Paragraph, ...] = ()
    rows: tuple[tuple[Box, ...], ...] = ()
    block: SheetBlock | None = None
    signers: tuple[str, ...] = ()
    place: Literal["said", "blank"] = "said"
    then: tuple[Paragraph, ...] = ()


class Sheet(_Data):
    """A form other than the bulletin: its title, a sentence that says what it is, its parts."""

    title: str
    lead: str = ""
    parts: tuple[Part, ...]


class Layout(_Data):
    """A form: what stands left of the code, its sections in order, and the card of one beneficiary."""

    heading: tuple[tuple[Box, ...], ...]
    sections: tuple[Section, ...]
    card: tuple[tuple[Box, ...], ...]
    card_gap: float
    cards: int


@cache
def bulletin_layout() -> Layout:
    """Give the layout of the bulletin d'adhésion, ``resources/bulletin/bulletin.toml``."""
    return Layout.model_validate(tomllib.loads(resource("bulletin", "bulletin.toml").read_text("utf-8")))


@cache
def sheet_layout(form: str) -> Sheet:
    """Give the layout of another form, ``resources/bulletin/<form>.toml``."""
    return Sheet.model_validate(tomllib.loads(resource("bulletin", f"{form}.toml").read_text("utf-8")))


def placed(row: tuple[Box, ...], x: float, room: float, gap: float = GAP) -> list[tuple[Box, float, float]]:
    """Give each box of a row with its left edge and its width; the boxes without a width share what is left."""
    free = [box for box in row if box.own_width is None]
    rest = room - gap * (len(row) - 1) - sum(box.own_width or 0.0 for box in row)
    share = rest / len(free) if free else 0.0
    found = []
    for box in row:
        wide = box.own_width if box.own_width is not None else share
        found.append((box, x, wide))
        x += wide + gap
    return found
