"""The same person in two drafts, the same child in two families: found by keys, told apart by what is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from forms.dossier.paths import value_at
from forms.drafts import journal, people
from forms.drafts.cipher import faults_of
from forms.drafts.draft import written
from forms.faults import Fault

if TYPE_CHECKING:
    from forms.drafts.draft import Draft
    from forms.drafts.people import Keys
    from forms.drafts.store import DraftStore

By = Literal["nir", "names"]
Choice = Literal["different_people", "both_stay"]


@dataclass(frozen=True)
class Decision:
    """What was chosen of a pair, and the reason that was given."""

    choice: Choice
    reason: str
    decided_at: dt.datetime


@dataclass(frozen=True)
class Duplicate:
    """One person met twice: ``reference`` and ``path`` in the draft asked about, ``other…`` in the other one.

    ``by`` says how they meet: the whole NIR of an adult, or the first name, the birth date and a last name (by birth or
    by use), accents and case aside; last names are held equal while one of the two has none. ``child`` when both are
    covered as children. ``decision`` is None while any of ``by`` was not decided.
    """

    reference: str
    path: str
    other: str
    other_path: str
    by: tuple[By, ...]
    child: bool
    decision: Decision | None


def of(store: DraftStore, draft: Draft, among: frozenset[str] | None = None) -> tuple[Duplicate, ...]:
    """Give the people of a draft who are in other drafts, decided ones too; twins are not each other.

    ``among``: no other draft than these is looked at.

    Raises:
        Fault: the database cannot be read. Another draft that is damaged is left out.
    """
    found: dict[tuple[str, str, str], dict[By, int]] = {}
    with faults_of(store.path):
        for keys in people.keys_of(draft.dossier):
            for by, key in _named(keys):
                for other, path in store.database.execute(
                    f"SELECT reference, path FROM people WHERE {_COLUMN[by]} = ? AND reference <> ?",  # noqa: S608
                    [key, draft.reference],
                ):
                    if among is None or other in among:
                        found.setdefault((keys.path, other, path), {})[by] = key
        met = [_met(store, draft, places, keys) for places, keys in sorted(found.items())]
    return tuple(duplicate for duplicate in met if duplicate is not None)


def everywhere(store: DraftStore) -> tuple[tuple[str, str], ...]:
    """Give each pair of references that share a key, whatever was decided: what ``of`` is worth asking of.

    Raises:
        Fault: the database cannot be read.
    """
    # Keys that come twice first: one pass in the order of the index, not a look-up a person.
    union = " UNION ".join(
        f"""SELECT a.reference, b.reference FROM (
                SELECT {column} AS key FROM people WHERE {column} IS NOT NULL
                GROUP BY {column} HAVING min(reference) <> max(reference)
            ) CROSS JOIN people a ON a.{column} = key CROSS JOIN people b ON b.{column} = key
            WHERE a.reference < b.reference"""  # noqa: S608 - no value is in it
        for column in _COLUMN.values()
    )
    with faults_of(store.path):
        return tuple((str(a), str(b)) for a, b in store.database.execute(f"{union} ORDER BY 1, 2"))


def decide(store: DraftStore, draft: Draft, duplicate: Duplicate, decision: Decision) -> None:
    """Keep what was chosen of a duplicate of ``draft``, with its reason; the journal names the pair, not the reason.

    It holds for what the pair met by: a NIR corrected later to meet another way is asked about again.

    Raises:
        Fault: nothing was kept, or no reason was given.
    """
    if not decision.reason.strip():
        raise Fault("Dites pourquoi : la raison est gardée avec le choix.")
    keys = next(keys for keys in people.keys_of(draft.dossier) if keys.path == duplicate.path)
    first, second = sorted((duplicate.reference, duplicate.other))
    with store.transaction() as database:
        for by, key in _named(keys):
            if by in duplicate.by:
                values = [first, second, key, decision.choice, decision.reason.strip(), written(decision.decided_at)]
                database.execute("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?, ?)", values)
        detail: journal.Detail = {"other": duplicate.other, "choice": decision.choice}
        journal.append(database, decision.decided_at, "decided", duplicate.reference, detail)


_COLUMN: dict[By, str] = {"nir": "nir", "names": "named"}


def _named(keys: Keys) -> list[tuple[By, int]]:
    pairs: list[tuple[By, int | None]] = [("nir", keys.nir), ("names", keys.named)]
    return [(by, key) for by, key in pairs if key is not None]


def _met(store: DraftStore, draft: Draft, places: tuple[str, str, str], keys: dict[By, int]) -> Duplicate | None:
    path, other, other_path = places
    try:
        here, there = value_at(draft.dossier, path), value_at(store.load(other).dossier, other_path)
    except Fault:
        return None
    if there is None:
        return None
    by: list[By] = ["nir"] if "nir" in keys else []
    ours, theirs = people.last_names(here), people.last_names(there)
    if "names" in keys and (not ours or not theirs or ours & theirs):
        by.append("names")
    if not by:
        return None
    decision = _decided(store, draft.reference, other, [keys[name] for name in by])
    child = people.is_child(here) and people.is_child(there)
    return Duplicate(draft.reference, path, other, other_path, tuple(by), child, decision)


def _decided(store: DraftStore, reference: str, other: str, keys: list[int]) -> Decision | None:
    first, second = sorted((reference, other))
    rows = [
        store.database.execute(
            "SELECT choice, reason, decided_at FROM decisions WHERE first = ? AND second = ? AND key = ?",
            [first, second, key],
        ).fetchone()
        for key in keys
    ]
    if None in rows:
        return None
    choice, reason, at = max(rows, key=lambda row: str(row[2]))
    return Decision(choice, reason, dt.datetime.fromisoformat(at))
