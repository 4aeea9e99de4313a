"""Whether an agent of the employer's list had a dossier here already, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.dossier.model import Dossier
from forms.dossier.paths import edited
from forms.dossier.states import STATES
from forms.drafts import duplicates
from forms.drafts.draft import Draft
from forms.drafts.ended import End
from forms.faults import Fault
from forms.french import short_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from forms.drafts.ended import Ends
    from forms.drafts.store import DraftStore
    from forms.exchange.prefill import Listed

_TELLING = {"member.birth_name", "member.used_name", "member.first_name", "member.birth_date", "member.nir"}


@dataclass(frozen=True)
class Served:
    """A dossier that an agent had: ``words`` say what became of it ("transmis le 03/02/2026"), ``here`` if it is."""

    reference: str
    words: str
    here: bool


def served(
    store: DraftStore, asked: Iterable[tuple[str, Listed]], ends: Ends, now: dt.datetime
) -> tuple[Served | None, ...]:
    """Tell of each agent and the reference that is theirs ("" for one who has none yet), in order.

    By that reference: a dossier that was sent, deleted or purged; the journal is all that outlives a purge, and it
    names no one: of an agent whose list was taken away meanwhile nothing is known any more. Else by who they are:
    another dossier among the drafts whose member they are. A dossier of theirs that is being filled is not told.

    Raises:
        Fault: the database cannot be read.
    """
    known = ends.read(store)
    return tuple(
        _under(store, reference, known, now) or _elsewhere(store, reference, agent, known, now)
        for reference, agent in asked
    )


def became(end: End, now: dt.datetime) -> str:
    """Give what became of a dossier, in the zone of ``now``: "transmis le 03/02/2026, purgé le 10/03/2026"; or ""."""
    parts = (("transmis", end.sent_at), end.gone or ("", None))
    return ", ".join(f"{word} le {short_date(at.astimezone(now.tzinfo).date())}" for word, at in parts if at)


def _under(store: DraftStore, reference: str, known: Mapping[str, End], now: dt.datetime) -> Served | None:
    end = known.get(reference)
    if end is None:
        return None
    here = store.has(reference)
    words = became(End(sent_at=end.sent_at) if here else end, now)  # here again: it was put back, or opened from a file
    return Served(reference, words, here) if words else None


def _elsewhere(
    store: DraftStore, reference: str, agent: Listed, known: Mapping[str, End], now: dt.datetime
) -> Served | None:
    if reference and store.has(reference):
        return None
    dossier = Dossier()
    for path, value in agent.facts:
        if path in _TELLING:
            dossier = edited(dossier, path, value)
    met = duplicates.of(store, Draft(reference, dossier, "", "draft", "", "", 1, now, now))
    others = [one.other for one in met if one.other_path == "member"]
    if not others:
        return None
    told = [Served(other, _words(store, other, known, now), here=True) for other in others]
    return next((one for one in told if one.reference in known), told[0])


def _words(store: DraftStore, reference: str, known: Mapping[str, End], now: dt.datetime) -> str:
    sent = became(End(sent_at=known.get(reference, End()).sent_at), now)
    if sent:
        return sent
    try:
        state = store.load(reference).state
    except Fault:
        return "illisible"
    return "commencé" if state == "draft" else STATES[state]
