"""What the import asks of the drafts and of the files: read a list, plan, keep. No widget; any thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.desk.permanence import new_reference
from forms.day.served import served
from forms.dossier.identifiers import compact_siret
from forms.drafts import agents
from forms.drafts.agents import Agent, KeptRoster
from forms.drafts.ended import Ends
from forms.exchange.bounds import read_bounded
from forms.exchange.importing import Plan, planned
from forms.exchange.remembered import SETTING, recalled, remembering
from forms.exchange.roster import Mapped, Roster, dry_run, read_roster
from forms.french import typeset

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from forms.dossier.model import Employer
    from forms.drafts.store import DraftStore

_NAME = "liste"


@dataclass(frozen=True)
class AtHand:
    """What is kept already: the employer's list if there is one, its agents, what was remembered of columns."""

    roster: KeptRoster | None
    agents: tuple[Agent, ...]
    columns: object


def at_hand(store: DraftStore, employer: Employer) -> AtHand:
    """Give what is kept of an employer (``Fault``: the database cannot be read)."""
    roster = agents.roster_of(store, employer)
    return AtHand(roster, agents.listed(store, roster.id) if roster else (), store.setting(SETTING))


def read(path: Path) -> Roster:
    """Read a file (``Fault``: see ``read_roster``)."""
    return read_roster(read_bounded(path), path.name)


def first_mapping(roster: Roster, hand: AtHand) -> Mapped:
    """Give the mapping to begin with: what was chosen for these headings, then what is guessed."""
    return roster.mapping(recalled(hand.columns, roster.headings))


def plan(roster: Roster, mapping: Mapped, hand: AtHand, today: dt.date) -> Plan:
    """Give the dry run (``Fault``: no column says the names)."""
    return planned(dry_run(roster, mapping, today), hand.agents)


def with_former(store: DraftStore, made: Plan, now: dt.datetime) -> Plan:
    """Give a dry run that says, in the row of each agent who had a dossier already, what became of it.

    Raises:
        Fault: the database cannot be read.
    """
    told = [step.change in {"new", "updated", "unchanged"} for step in made.steps]
    asked = [(step.reference, step) for step, who in zip(made.steps, told, strict=True) if who]
    found = iter(served(store, asked, Ends(), now))
    steps = []
    for step, who in zip(made.steps, told, strict=True):
        had = next(found) if who else None
        line = typeset(f"Dossier {had.words} ({had.reference}).") if had else ""
        steps.append(replace(step, details=(line, *step.details)) if line else step)
    return replace(made, steps=tuple(steps))


@dataclass(frozen=True)
class Import:
    """All that an import writes; ``remove``: those who are not in the file any more leave the list."""

    roster: Roster
    mapping: Mapped
    plan: Plan
    hand: AtHand
    employer: Employer
    remove: bool
    specimen: bool

    def write(self, store: DraftStore, now: dt.datetime) -> bool:
        """Write it; False where there was nothing to do. What was chosen for the columns is remembered.

        Raises:
            Fault: nothing was kept.
        """
        if self.mapping != self.roster.guess:
            store.set_setting(SETTING, remembering(store.setting(SETTING), self.roster.headings, self.mapping))
        places = {agent.reference: agent.place for agent in self.hand.agents}
        kept = [
            Agent(step.reference, step.facts, step.unread, places.get(step.reference, 0)) for step in self.plan.to_keep
        ]
        removed = self.plan.absent if self.remove else ()
        counts = {str(change): count for change, count in self.plan.counts.items()} | {"removed": len(removed)}
        return agents.keep(
            store,
            self._roster(),
            kept,
            now,
            lambda: new_reference(specimen=self.specimen),
            removed=removed,
            detail=counts,
        )

    def _roster(self) -> KeptRoster:
        known, employer = self.hand.roster, self.employer
        name, siret = employer.name or "", compact_siret(employer.siret or "")
        if known is not None:
            return KeptRoster(known.id, name or known.employer, siret or known.siret)
        # Drawn: a list is named in a purge's certificate, which outlives it.
        return KeptRoster(f"{_NAME} {new_reference(specimen=self.specimen)}", name, siret)
