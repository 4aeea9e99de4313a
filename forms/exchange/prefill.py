"""From the employer's list to a dossier: what the list knows of an agent is said, everything else stays unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from forms.dossier.model import Dossier, Employer, PreviousContract, Request
from forms.dossier.paths import edited, with_unread

if TYPE_CHECKING:
    import datetime as dt

    from forms.exchange.values import Fact


class Listed(Protocol):
    """An agent of a list: a ``ReportRow`` just read, or an ``Agent`` that is kept."""

    @property
    def facts(self) -> tuple[tuple[str, Fact], ...]:
        """Give what the list says, by path of a dossier; ``address`` is the lines of one, parted by line feeds."""

    @property
    def unread(self) -> tuple[tuple[str, str], ...]:
        """Give the dates and amounts that could not be read, as they stand in the list, by path."""


def begun(
    convention: str | None, employer: Employer, day: dt.date | None, reference: str, place: str | None = None
) -> Dossier:
    """Give a new dossier of a permanence, signed on ``day`` where one is known; the rest is not known."""
    return Dossier(
        reference=reference,
        convention=convention,
        employer=employer,
        request=Request(signed_on=day, received_on=None, place=place, setting="workplace"),
        # What becomes of an earlier contract is asked of everyone: not known yet, and not "none".
        previous_contract=PreviousContract(cancellation=None),
    )


def prefilled(
    agent: Listed,
    convention: str | None,
    employer: Employer,
    day: dt.date | None,
    reference: str,
    place: str | None = None,
) -> Dossier:
    """Give the dossier of an agent of the list: the permanence's settings, then what the list says of the member.

    ``convention`` is an id. ``day``: when it is signed; ``None`` for a bulletin that is printed ahead, whose date is
    written by hand. What the list says of the employer (its participation for this agent) goes over the settings.
    """
    return prefill(agent, begun(convention, employer, day, reference, place))


def prefill(agent: Listed, base: Dossier) -> Dossier:
    """Give ``base`` with what the list says of the member.

    What the list does not say stays as in ``base``; dates and amounts that cannot be read go to ``unread``.
    """
    dossier = base
    for path, value in agent.facts:
        if path == "address":
            dossier = edited(dossier, "member.address.lines", tuple(str(value).split("\n")))
        else:
            dossier = edited(dossier, path, value)
    for path, text in agent.unread:
        dossier = with_unread(dossier, path, text)
    return dossier
