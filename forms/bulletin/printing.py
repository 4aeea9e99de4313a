"""What a print says of itself on each page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that changed between two versions; ``old`` and ``new`` as they are printed, empty while unknown."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """The version that a reprint voids, when it was printed if that is known, and what has changed since."""

    version: int
    changes: tuple[Change, ...] = ()
    printed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Printing:
    """One print of a dossier: ``version`` counts from 1, ``printed_at`` is the local time of the desk.

    ``draft`` marks each page PROJET, ``specimen`` SPÉCIMEN (practice). ``copies``: of each form that is signed, the
    keeper's first, then the member's. ``blank``: an empty bulletin, to be filled by hand under its number, or on
    screen where it is ``fillable``. ``prefilled``: what a list knows of an agent, the rest to be completed by hand.
    """

    reference: str
    version: int
    printed_at: dt.datetime
    draft: bool = False
    specimen: bool = False
    copies: int = 1
    replaces: Replaced | None = None
    blank: bool = False
    fillable: bool = False
    prefilled: bool = False
