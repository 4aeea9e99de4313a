"""How dossiers ended here, as the journal alone tells: references and moments, no one; it may outlive a purge."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from forms.drafts.cipher import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from forms.drafts.store import DraftStore

# An entry that is damaged says nothing here: `journal verify` is who tells of it.
_DETAIL = "CASE WHEN json_valid(journal.detail) THEN journal.detail ELSE '{}' END"
_PURGED = f"""SELECT journal.at, gone.value FROM journal, json_each({_DETAIL}, '$.references') AS gone
              WHERE journal.kind = 'purged' AND journal.number > ? ORDER BY journal.number"""  # noqa: S608 - no value
_ON_PAPER = ("printed", "received", "exported", "sent", "scanned")


@dataclass(frozen=True)
class End:
    """When a dossier arrived at headquarters, was deleted by hand, was purged: the last time of each, or None."""

    sent_at: dt.datetime | None = None
    deleted_at: dt.datetime | None = None
    purged_at: dt.datetime | None = None

    @property
    def gone(self) -> tuple[Literal["purgé", "supprimé"], dt.datetime] | None:
        """Give how it left this place, and when; a purge takes what a deletion by hand had left."""
        if self.purged_at is not None:
            return "purgé", self.purged_at
        return ("supprimé", self.deleted_at) if self.deleted_at is not None else None


class Ends:
    """Every end that the journal tells, read once and then from where it was left; of the drafts' thread alone."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._number = 0
        self._ends: dict[str, End] = {}

    def read(self, store: DraftStore) -> Mapping[str, End]:
        """Give the ends by reference.

        Raises:
            Fault: the database cannot be read.
        """
        database = store.database
        with faults_of(store.path):
            last = database.execute("SELECT max(number) FROM journal").fetchone()[0] or 0
            if last > self._number:
                noted = database.execute(
                    "SELECT kind, at, reference FROM journal WHERE number > ? AND kind IN ('sent', 'deleted')",
                    [self._number],
                )
                for kind, at, reference in noted:
                    self._note(reference, kind, at)
                for at, reference in database.execute(_PURGED, [self._number]):
                    self._note(reference, "purged", at)
                self._number = last
        return self._ends

    def _note(self, reference: str, kind: str, at: str) -> None:
        with contextlib.suppress(TypeError, ValueError):  # damaged, as above
            known = self._ends.get(reference, End())
            self._ends[reference] = replace(known, **{f"{kind}_at": dt.datetime.fromisoformat(at)})


def ended(store: DraftStore, reference: str) -> End:
    """Give how a dossier ended here, nothing of it where it did not.

    Raises:
        Fault: the database cannot be read.
    """
    return Ends().read(store).get(reference, End())


def last_version(store: DraftStore, references: Iterable[str]) -> Mapping[str, int]:
    """Give the last version of each that was on paper, came or left; one of which the journal says none is not there.

    Raises:
        Fault: the database cannot be read.
    """
    asked = tuple(references)
    if not asked:
        return {}
    places = ", ".join("?" * len(asked))
    kinds = ", ".join("?" * len(_ON_PAPER))
    query = f"""SELECT reference, max(json_extract({_DETAIL}, '$.version')) FROM journal
                WHERE reference IN ({places}) AND kind IN ({kinds}) GROUP BY reference"""  # noqa: S608 - no value is in it
    with faults_of(store.path):
        rows = store.database.execute(query, [*asked, *_ON_PAPER]).fetchall()
    return {reference: version for reference, version in rows if isinstance(version, int) and version > 0}  # 0: a blank
