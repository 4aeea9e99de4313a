"""How long a search takes over many kept dossiers, as typed letter by letter into the list."""

from __future__ import annotations

import datetime as dt
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from forms.dossier.reading import dossier_from_json
from forms.drafts.draft import COLUMNS, Draft, to_row
from forms.drafts.store import DraftStore

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 60
"""Drafts read at each letter: as the list does (``desktop.desk.listing.FOUND``)."""
_START = dt.datetime(2026, 2, 3, 12, 0, tzinfo=dt.UTC)
_FAMILY = Path(__file__).resolve().parent.parent / "dossiers" / "cdg62-family.json"
_BEGINNINGS = ("Del", "Mar", "Le", "Ro", "Gar", "Wo", "Ben ", "Fou", "Cha", "Lam", "Qué", "Sz", "Ey", "Du", "Val", "Øs")
_MIDDLES = ("att", "chan", "lle", "cher", "né", "jcie", "sa", "quer", "mbe", "pi", "rtin", "vas", "ber", "ço", "no")
_ENDS = ("re", "d", "t", "lh", "ier", "ska", "ot", "rt", "lah", "eau", "is", "ux", "gne", "ès")
_FIRST_NAMES = ("Maïa", "Noé", "Inès", "Hervé", "Zoé", "Łukasz", "Anna", "Josiane", "Émile", "Ana-Lúcia", "Théo")
TYPED = (
    "delattre", "wojcieska", "b-04217", "noe", "ien", "chanot maia", "ostergne", "dupond-moretto", "a-1", "gartin zoe",
)  # fmt: skip
"""Searches whose every beginning is asked: names, a middle of one, staff numbers, two words, one that nobody has."""


def measure(rows: int = 100_000) -> list[float]:
    """Give the milliseconds of each search of ``TYPED``, letter by letter, over ``rows`` encrypted invented dossiers.

    Each is what the list asks of the store: the drafts found, read.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = DraftStore(Path(folder, "drafts"), bytes(range(32)))
        try:
            _fill(store, rows)
            return [_timed(store, text[:length]) for text in TYPED for length in range(1, len(text) + 1)]
        finally:
            store.close()


def _timed(store: DraftStore, search: str) -> float:
    start = time.perf_counter()
    store.recent(search, LIMIT)
    return (time.perf_counter() - start) * 1000


def _fill(store: DraftStore, rows: int) -> None:
    """Keep the drafts in one transaction: one by one, as the window saves them, would take minutes."""
    values = ", ".join(f":{name}" for name in COLUMNS)
    insert = f"INSERT INTO drafts ({', '.join(COLUMNS)}) VALUES ({values})"  # noqa: S608 - the names are the package's
    with store.transaction() as database:
        database.conn.executemany(insert, (to_row(draft) for draft in _drafts(rows)))


def _drafts(rows: int) -> Iterator[Draft]:
    family = dossier_from_json(_FAMILY.read_text(encoding="utf-8"))
    for number in range(rows):
        name = _name(number)
        reference = f"{number // 10_000:04d}-{number % 10_000:04d}"
        member = family.member.model_copy(
            update={
                "birth_name": name,
                "used_name": _name(number * 7 + 3) if number % 3 == 0 else None,
                "first_name": _FIRST_NAMES[number % len(_FIRST_NAMES)],
                "staff_number": f"{'AB'[number % 2]}-{number % 99_991:05d}",
            }
        )
        at = _START + dt.timedelta(seconds=number)
        dossier = family.model_copy(update={"reference": reference, "member": member})
        yield Draft(reference, dossier, "", "draft", "", "", 1, at, at)


def _name(number: int) -> str:
    """Give an invented name, spread over some thousands."""
    mixed = number * 2_654_435_761 % 2**32
    parts = (_BEGINNINGS, _MIDDLES, _ENDS)
    return "".join(part[(mixed >> shift) % len(part)] for part, shift in zip(parts, (0, 9, 19), strict=True))
