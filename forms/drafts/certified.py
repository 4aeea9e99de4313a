"""What purges took, as the journal has it: the certificate of the last that ended, and what was taken since."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from forms.drafts import journal
from forms.drafts.cipher import faults_of

if TYPE_CHECKING:
    import datetime as dt

    from forms.drafts.store import DraftStore

FORMAT = "permanence.purge/1"

Certificate = dict[str, Any]


@dataclass
class Taken:
    """What left the drafts, by one purge or by several of which only the last one ended."""

    known: frozenset[str]
    """Every employer's list that the journal knows, those too that were taken away by hand before the purge."""
    references: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    runs: dict[dt.datetime, int] = field(default_factory=dict)
    """How many dossiers by each of them."""
    lists: int = 0
    """How many of the references are an employer's list."""

    @property
    def dossiers(self) -> int:
        """Give how many are dossiers, those that were deleted by hand before too."""
        return len(self.references) - self.lists

    def add(self, entry: journal.Entry) -> None:
        """Count what one batch took."""
        references = entry.detail["references"]
        lists = sum(reference in self.known for reference in references)
        self.references += references
        self.lists += lists
        for name, count in entry.detail["counts"].items():
            self.counts[name] = self.counts.get(name, 0) + count
        self.runs[entry.at] = self.runs.get(entry.at, 0) + len(references) - lists


def last_certificate(store: DraftStore) -> Certificate | None:
    """Give the certificate of the last purge that ended, or None: what was taken, when, and the journal's head then.

    It is read from the journal, so that a cut just before it was printed loses nothing. It names references, no one.
    ``counts["dossiers"]`` is what a purge announces, and what those before it took that were stopped (``earlier``).

    Raises:
        Fault: the database cannot be read.
    """
    certificate, _ = _read(store)
    return certificate


def lists_known(store: DraftStore) -> frozenset[str]:
    """Give every employer's list that was ever imported here.

    Raises:
        Fault: the database cannot be read.
    """
    with faults_of(store.path):
        rows = store.database.execute("SELECT DISTINCT reference FROM journal WHERE kind = 'imported'").fetchall()
    return frozenset(row[0] for row in rows)


def unfinished(store: DraftStore) -> Taken:
    """Give what a purge that was stopped took from the drafts, and that the next one certifies.

    Raises:
        Fault: the database cannot be read.
    """
    _, taken = _read(store)
    return taken


def _read(store: DraftStore) -> tuple[Certificate | None, Taken]:
    certificate: Certificate | None = None
    lists = lists_known(store)
    taken = Taken(lists)
    with faults_of(store.path):
        for entry in journal.entries(store.database):
            if entry.kind == "purged":
                taken.add(entry)
            elif entry.kind == "certified":
                certificate = _certificate(taken, entry)
                taken = Taken(lists)
    return certificate, taken


def _certificate(taken: Taken, entry: journal.Entry) -> Certificate:
    earlier = {at.isoformat(): count for at, count in taken.runs.items() if at != entry.at}
    return {
        "format": FORMAT,
        "purged_at": entry.at.isoformat(),
        "references": taken.references,
        "counts": {**taken.counts, "rosters": taken.lists, "dossiers": taken.dossiers, **entry.detail},
        "earlier": earlier,
        "journal_head": entry.head,
    }
