"""How long a draft is kept in each state, and which have had their time."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from forms.dossier.states import State
from forms.drafts import backups
from forms.drafts.certified import lists_known, unfinished
from forms.drafts.cipher import faults_of
from forms.faults import Fault

if TYPE_CHECKING:
    from forms.drafts.store import DraftStore

LONGEST = 90
"""Days that any state may be kept for."""
SETTING = "retention"


@dataclass(frozen=True)
class Retention:
    """Days after the last change, 1 to ``LONGEST``, by state; what was sent stays until its transfer is confirmed.

    ``roster``: an employer's list, after the last import that changed it.

    What is printed and not sent yet has the longest time: its paper is on its way.
    """

    draft: int = 30
    complete: int = 30
    printed: int = LONGEST
    roster: int = LONGEST

    def __post_init__(self) -> None:
        """Refuse what is no number of days."""
        for days in asdict(self).values():
            if type(days) is not int or not 1 <= days <= LONGEST:
                raise Fault(f"Un brouillon se garde de 1 à {LONGEST} jours.")


@dataclass(frozen=True)
class Leaving:
    """One draft that has had its time at ``due``; ``state`` is "deleted" for one that was taken away by hand.

    "roster": an employer's list of agents, under its own name; one that was taken away by hand ``is_list`` too.
    """

    reference: str
    state: State | Literal["deleted", "roster"]
    saved_at: str
    due: dt.datetime
    is_list: bool = False


@dataclass(frozen=True)
class Preview:
    """What a purge would take: drafts, in how many backups they are looked for, databases that were set aside.

    ``begun`` counts those of an earlier purge that was stopped, ``begun_lists`` of which are lists: they have left the
    drafts, not yet the backups.
    """

    leaving: tuple[Leaving, ...]
    backups: int
    aside: int
    begun: int
    begun_lists: int = 0


def retention(store: DraftStore) -> Retention:
    """Give how long drafts are kept; the defaults when nothing that can be read was set."""
    said = store.setting(SETTING)
    try:
        return Retention(**said) if isinstance(said, dict) else Retention()
    except (TypeError, Fault):
        return Retention()


def set_retention(store: DraftStore, days: Retention) -> None:
    """Keep how long drafts are kept."""
    store.set_setting(SETTING, asdict(days))


def preview(store: DraftStore, now: dt.datetime, ahead: int = 0) -> Preview:
    """Give what has had its time at ``now``, or will have in ``ahead`` days; nothing is changed.

    Raises:
        Fault: the database cannot be read.
    """
    until, days = now.astimezone(dt.UTC) + dt.timedelta(days=ahead), asdict(retention(store))
    latest = (until - dt.timedelta(days=min(days.values()))).isoformat(timespec="microseconds")
    with faults_of(store.path):
        rows = store.database.execute(
            "SELECT reference, state, saved_at, confirmed_at FROM drafts WHERE saved_at <= ? OR state = 'sent'",
            [latest],
        )
        found = [_of_draft(row, days) for row in rows]
        taken = store.database.execute("SELECT reference, since FROM leaving WHERE gone = 0").fetchall()
        lists = store.database.execute("SELECT roster, imported_at FROM rosters").fetchall()
        begun = store.database.execute("SELECT count(*) FROM leaving WHERE gone = 1").fetchone()[0]
    known = lists_known(store) if taken else frozenset()
    found += [
        Leaving(reference, "deleted", since, dt.datetime.fromisoformat(since), reference in known)
        for reference, since in taken
    ]
    found += [_of_roster(roster, imported_at, days["roster"]) for roster, imported_at in lists]
    due = tuple(sorted((one for one in found if one and one.due <= until), key=lambda one: (one.due, one.reference)))
    lists_begun = unfinished(store).lists if begun else 0
    return Preview(due, len(backups.listed(store.folder)), len(backups.left_aside(store.folder)), begun, lists_begun)


def _of_roster(roster: str, imported_at: str, days: int) -> Leaving | None:
    try:
        due = dt.datetime.fromisoformat(imported_at) + dt.timedelta(days=days)
    except ValueError:
        return None
    return Leaving(roster, "roster", imported_at, due, is_list=True)


def _of_draft(row: tuple[Any, ...], days: dict[str, int]) -> Leaving | None:
    reference, state, saved_at, confirmed_at = row
    try:
        if state == "sent" and not confirmed_at:
            return None
        # A draft whose state cannot be read is kept as long as any.
        late = dt.timedelta(days=0 if state == "sent" else days.get(state, LONGEST))
        due = dt.datetime.fromisoformat(confirmed_at if state == "sent" else saved_at) + late
    except (TypeError, ValueError):
        return None
    return Leaving(reference, state, saved_at, due)
