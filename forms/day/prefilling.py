"""Prefilled bulletins for a whole list, one file each: restartable, stoppable, the skipped with their reasons."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from io import StringIO
from typing import TYPE_CHECKING

from forms.bulletin.prefilled import NotForPaper, is_of, prefilled_bulletin
from forms.drafts.files import write_whole
from forms.exchange.lists import neutral
from forms.exchange.prefill import prefilled
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from forms.convention import Convention
    from forms.dossier.model import Dossier, Employer
    from forms.drafts.agents import Agent

BEGUN = "Son dossier est déjà commencé : il s’imprime depuis la liste des dossiers."
HAD = "Son dossier est {words} : ouvrez-en un autre depuis la recherche de la liste."
_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")
_LONGEST = 40


@dataclass(frozen=True)
class Order:
    """What is to be made; ``formula`` is an id, or ``None`` where the agent will choose."""

    agents: Sequence[Agent]
    convention: Convention
    employer: Employer
    place: str | None
    formula: str | None
    folder: Path
    specimen: bool = False
    served: Mapping[str, str] = field(default_factory=dict)
    """References of agents under which a dossier was here once, with what became of it: that number has served."""


@dataclass(frozen=True)
class Skipped:
    """An agent without a bulletin, and why."""

    agent: Agent = field(repr=False)
    reason: str


@dataclass
class Made:
    """How far it is: ``written`` now, ``there`` already from an earlier run; ``fault`` is what ended it."""

    total: int
    written: int = 0
    there: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    stopped: bool = False
    fault: Fault | None = None

    @property
    def done(self) -> int:
        """Give how many agents were dealt with."""
        return self.written + self.there + len(self.skipped)


def make(order: Order, printed_at: dt.datetime, go_on: Callable[[Made], bool]) -> Made:
    """Make the bulletins that are not there yet; ``go_on`` is told after each and stops by False.

    A file that holds this very bulletin is not made again: what was stopped or cut is taken up by the same order. A
    file that cannot be written ends it: the disk would refuse the others too.
    """
    made = Made(len(order.agents))
    for agent in order.agents:
        if not go_on(made):
            made.stopped = True
            break
        try:
            _make_one(order, agent, printed_at, made)
        except Fault as fault:
            made.fault = fault
            break
    go_on(made)
    return made


def _make_one(order: Order, agent: Agent, printed_at: dt.datetime, made: Made) -> None:
    if agent.begun:
        made.skipped.append(Skipped(agent, BEGUN))
        return
    if agent.reference in order.served:
        made.skipped.append(Skipped(agent, HAD.format(words=order.served[agent.reference])))
        return
    dossier = _dossier(order, agent)
    path = order.folder / file_name(agent)
    if _is_there(path, dossier, order):
        made.there += 1
        return
    try:
        pdf = prefilled_bulletin(dossier, order.convention, printed_at, specimen=order.specimen)
    except NotForPaper as fault:
        made.skipped.append(Skipped(agent, fault.line))
        return
    write_whole(path, pdf)
    made.written += 1


def _dossier(order: Order, agent: Agent) -> Dossier:
    # No day: it is signed on another one, and dated by hand.
    dossier = prefilled(agent, order.convention.id, order.employer, None, agent.reference, order.place)
    return dossier.model_copy(update={"formula": order.formula})


def _is_there(path: Path, dossier: Dossier, order: Order) -> bool:
    try:
        return path.exists() and is_of(path.read_bytes(), dossier, order.convention, specimen=order.specimen)
    except OSError:
        return False  # it is made again, and writing it says what is wrong


def file_name(agent: Agent) -> str:
    """Give a name that sorts as the employer does and carries no one's: "A-1042 7K3M-Q2XD.pdf"."""
    badge = _UNSAFE.sub("-", agent.text("member.staff_number")).strip("-")[:_LONGEST]
    return f"{badge} {agent.reference}.pdf".strip()


def skipped_csv(made: Made) -> bytes:
    """Give the agents without a bulletin as CSV for a French Excel; no one's name."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(("Matricule", "Numéro", "Raison"))
    for one in made.skipped:
        writer.writerow((neutral(one.agent.text("member.staff_number")), one.agent.reference, neutral(one.reason)))
    return out.getvalue().encode("utf-8-sig")
