"""What the purge page shows: who leaves and why, read from the drafts on their own thread, in French."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.desk.draft_rows import name_in_list
from forms.dossier.states import STATES
from forms.drafts import agents, retention
from forms.drafts.certified import last_certificate
from forms.faults import Fault
from forms.french import listing, long_date, plural, short_date, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.drafts.certified import Certificate
    from forms.drafts.retention import Leaving, Preview, Retention
    from forms.drafts.store import DraftStore

SHOWN = 500
"""Rows that are named one by one: more of them no one reads."""
AHEAD = 7
"""Days ahead that are announced."""

HEADERS = ("Dossier", "Agent", "État", "Changé le", "Gardé jusqu’au", "Pourquoi")
SHARES = (14, 22, 12, 14, 17, 26)

_COUNTED = {
    "draft": ("brouillon", None),
    "complete": ("complet", None),
    "printed": ("imprimé", None),
    "sent": ("transmis et reçu", "transmis et reçus"),
    "deleted": ("supprimé à la main", "supprimés à la main"),
    "roster": ("liste d’agents", "listes d’agents"),
}


@dataclass(frozen=True)
class Plan:
    """What a purge would take now; ``rows`` are the first ``SHOWN``, ``soon`` when others follow, ``last`` the former.

    ``rows`` are texts in the order of ``HEADERS``.
    """

    preview: Preview
    kept_for: Retention
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    soon: tuple[dt.datetime, ...]
    last: Certificate | None

    @property
    def count(self) -> int:
        """Give how many leave."""
        return len(self.preview.leaving)

    @property
    def is_due(self) -> bool:
        """Tell whether there is something to do: to take, or to finish."""
        return bool(self.preview.leaving) or self.preview.begun > 0


def plan(store: DraftStore, now: dt.datetime) -> Plan:
    """Read it all.

    Raises:
        Fault: the database cannot be read.
    """
    found, later = retention.preview(store, now), retention.preview(store, now, AHEAD)
    days = retention.retention(store)
    due = {(one.reference, one.state) for one in found.leaving}
    soon = tuple(one.due for one in later.leaving if (one.reference, one.state) not in due)
    rows = tuple(_row(store, one, days) for one in found.leaving[:SHOWN])
    return Plan(found, days, rows, soon, last_certificate(store))


def announced(store: DraftStore, now: dt.datetime) -> str:
    """Give the line for the list: what is due, or will be in ``AHEAD`` days; empty while nothing is.

    What was deleted by hand today is not hurried away: its way back is still on screen.
    """
    found = retention.preview(store, now)
    if found.begun:
        return typeset(f"{_begun(found)}.")
    later = [
        one
        for one in retention.preview(store, now, AHEAD).leaving
        if one.state != "deleted" or one.due.astimezone().date() < now.date()
    ]
    due = [one for one in later if one.due <= now]
    if due:
        verb = "a fini son temps de garde" if len(due) == 1 else "ont fini leur temps de garde"
        return typeset(f"{_things(due)} {verb} : à purger.")
    if later:
        first = min(one.due for one in later).astimezone().date()
        finish = "finira son temps de garde" if len(later) == 1 else "finiront leur temps de garde"
        return f"{_things(later)} {finish} dans les {AHEAD} jours, à partir du {long_date(first)}."
    return ""


def summary(plan: Plan) -> str:
    """Give what leaves by state, then from where."""
    states = Counter[str]("roster" if one.is_list else one.state for one in plan.preview.leaving)
    parts = [plural(states[state], one, many) for state, (one, many) in _COUNTED.items() if states[state]]
    said = [f"{listing(parts)}."] if parts else []
    if plan.preview.begun:
        whole = f" : {_whole(plan)} en tout" if plan.count else ""
        said.append(f"{_begun(plan.preview)}. Le certificat les comptera aussi{whole}.")
    if plan.is_due:
        backups = plan.preview.backups
        said.append(
            f"Les papiers joints et les versions imprimées partent avec. {plural(backups, 'sauvegarde')} "
            f"{'seront nettoyées' if backups > 1 else 'sera nettoyée'} aussi."
            if backups
            else "Les papiers joints et les versions imprimées partent avec. Il n’y a pas de sauvegarde à nettoyer."
        )
        if plan.preview.aside:
            erased = "Effacées" if plan.preview.aside > 1 else "Effacée"
            said.append(f"{erased} en entier : {plural(plan.preview.aside, 'base mise', 'bases mises')} de côté.")
    if plan.soon:
        first = min(plan.soon).astimezone().date()
        said.append(f"Dans les {AHEAD} jours : {plural(len(plan.soon), 'autre')}, à partir du {long_date(first)}.")
    return typeset(" ".join(said))


def heading(plan: Plan) -> str:
    """Give how many leave, and of how many that only has to be ended."""
    parts = [f"{_things(plan.preview.leaving)} à purger"] if plan.count else []
    parts += [f"{_counted(*_parts(plan.preview))} à finir d’effacer"] if plan.preview.begun else []
    return listing(parts) or "Rien à purger aujourd’hui"


def button_words(plan: Plan) -> str:
    """Give what the button says that it does."""
    if not plan.count:
        return "Finir la purge" if plan.preview.begun else "Purger"
    return f"Purger {_things(plan.preview.leaving)}"


def _things(leaving: Sequence[Leaving]) -> str:
    lists = sum(one.is_list for one in leaving)
    return _counted(len(leaving) - lists, lists)


def _counted(dossiers: int, lists: int) -> str:
    parts = [plural(dossiers, "dossier")] if dossiers else []
    parts += [plural(lists, "liste d’agents", "listes d’agents")] if lists else []
    return listing(parts)


def _parts(found: Preview) -> tuple[int, int]:
    """Give the dossiers and the lists that a purge took which was stopped."""
    return found.begun - found.begun_lists, found.begun_lists


def _begun(found: Preview) -> str:
    return f"Une purge a été arrêtée avant sa fin : {_counted(*_parts(found))} à effacer encore des sauvegardes"


def _whole(plan: Plan) -> str:
    """Give what the certificate will count."""
    lists = sum(one.is_list for one in plan.preview.leaving)
    dossiers, begun_lists = _parts(plan.preview)
    return _counted(plan.count - lists + dossiers, lists + begun_lists)


def _row(store: DraftStore, one: Leaving, days: Retention) -> tuple[str, ...]:
    saved, due = dt.datetime.fromisoformat(one.saved_at).astimezone(), one.due.astimezone()
    if one.state == "deleted":
        return (one.reference, "—", "supprimé", short_date(saved.date()), "—", "supprimé à la main")
    kept = getattr(days, one.state, retention.LONGEST)
    if one.state == "roster":
        said = ("liste", agents.employer_of(store, one.reference) or "—", "importée", short_date(saved.date()))
        return (*said, short_date(due.date()), f"{plural(kept, 'jour')} sans changement")
    why = "le transfert est confirmé" if one.state == "sent" else f"{plural(kept, 'jour')} sans changement"
    state = STATES.get(one.state, one.state)
    return (one.reference, _name(store, one.reference), state, short_date(saved.date()), short_date(due.date()), why)


def _name(store: DraftStore, reference: str) -> str:
    try:
        return name_in_list(store.load(reference).dossier.member)
    except Fault:
        return "illisible"
