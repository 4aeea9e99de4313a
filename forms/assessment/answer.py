"""The answer of ``assess``: frozen values that the window shows, the command line prints, the paper carries.

What is made by the dozen at each key is a named tuple: three times faster to make than a frozen dataclass.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

_MONTHS = 12
Severity = Literal["error", "warning", "info"]
Certainty = Literal["stated", "assumed"]


def a_year(month: Decimal | None) -> Decimal | None:
    """Give twelve times an amount a month: a year is twelve months, and what is not known stays so."""
    return None if month is None else month * _MONTHS


class Issue(NamedTuple):
    """What is wrong, missing or to be known about the dossier; ``path`` is the field, ``""`` the whole."""

    path: str
    severity: Severity
    code: str
    message: str
    source: str = ""


class Because(NamedTuple):
    """A reason in French, where it comes from, and what is assumed when no document says it."""

    reason: str
    source: str
    assumption: str | None = None

    @property
    def certainty(self) -> Certainty:
        """Tell ``assumed`` when the convention's folder says that it assumes."""
        return "stated" if self.assumption is None else "assumed"


@dataclass(frozen=True, slots=True)
class EffectiveDate:
    """The first day of cover: the rule that gave it, then each limit that moved it later."""

    date: dt.date
    steps: tuple[Because, ...]

    @property
    def reason(self) -> str:
        """Give all the reasons as one text."""
        return " ".join(step.reason for step in self.steps)

    @property
    def source(self) -> str:
        """Give all the sources as one text."""
        return " ; ".join(dict.fromkeys(step.source for step in self.steps))

    @property
    def certainty(self) -> Certainty:
        """Tell ``assumed`` as soon as one step is."""
        return "assumed" if any(step.assumption for step in self.steps) else "stated"

    @property
    def first_pay(self) -> dt.date:
        """Give the 1st of the first month of pay to hold the contribution from: the month in which cover starts."""
        return self.date.replace(day=1)


class Line(NamedTuple):
    """What one person pays a month. ``amount`` is ``None`` while ``missing`` (paths) is not said."""

    person: str
    label: str
    age: int | None
    band: str | None
    amount: Decimal | None
    because: Because | None = None
    missing: tuple[str, ...] = ()
    note: str = ""

    @property
    def yearly(self) -> Decimal | None:
        """Give what the person pays a year."""
        return a_year(self.amount)


@dataclass(frozen=True, slots=True)
class Quote:
    """The monthly contribution in euros for one formula.

    ``on`` is the day that prices; ``provisional`` says that it is not the effective date yet (see ``notes``).
    ``old_grid``: that the grid is one of an earlier year (it is among the notes too).
    ``refusals``: why no price can be given at all (no tariff in force, a person in no band).
    ``total`` is ``None`` while a line lacks a fact; ``net`` also while the participation is not known.
    """

    convention: str
    formula: str
    on: dt.date | None
    provisional: bool
    lines: tuple[Line, ...]
    total: Decimal | None
    participation: Decimal | None
    net: Decimal | None
    participation_because: Because | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    old_grid: str = ""

    @property
    def yearly(self) -> Decimal | None:
        """Give what is left to pay a year."""
        return a_year(self.net)


class DocumentDue(NamedTuple):
    """A paper to provide: for whom, why, by when for the effective date to hold; seen, attached or missing."""

    kind: str
    person: str
    why: str
    by: dt.date | None
    state: Literal["seen", "attached", "missing"]
    source: str = ""


@dataclass(frozen=True, slots=True)
class OldCover:
    """The end of the previous contract: last day of cover, and the last day to send the notice (mandate)."""

    ends_on: dt.date | None
    notice_by: dt.date | None
    because: Because | None


Between = Literal["", "adjoining", "gap", "overlap"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days around a change of cover, each ``None`` while it is not known or where there is none.

    ``effective_on``: the first day of cover. ``earliest``: what it could be at the earliest, where a later one is asked
    for. ``complete_by``: the last day on which the complete file may be received for it. ``old_ends_on``: the old
    cover's last day. ``notice_by``: the last day to send a mandate's notice.
    """

    effective_on: dt.date | None = None
    earliest: dt.date | None = None
    complete_by: dt.date | None = None
    old_ends_on: dt.date | None = None
    notice_by: dt.date | None = None

    @property
    def days(self) -> int | None:
        """Give the days without any cover, or with two when it is negative; ``None`` unless both ends are known."""
        if self.effective_on is None or self.old_ends_on is None:
            return None
        return (self.effective_on - self.old_ends_on).days - 1

    @property
    def between(self) -> Between:
        """Tell how the new cover follows the old one; empty where that is not known, or nothing is to be followed."""
        if self.days is None:
            return ""
        return "adjoining" if not self.days else "gap" if self.days > 0 else "overlap"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Until when the member may withdraw. ``last_day`` is ``None`` while what it counts from is not known."""

    last_day: dt.date | None
    because: Because


class Ask(NamedTuple):
    """One field that the convention asks of this dossier, on one step of the wizard, in screen order."""

    path: str
    step: str
    section: str
    need: Literal["required", "may_wait", "optional"]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that follows from one dossier under one convention; ``forms``: what is printed, in order."""

    issues: tuple[Issue, ...]
    effective_date: EffectiveDate | None
    effective_date_lacks: tuple[str, ...]
    missing: tuple[str, ...]
    next: str | None
    quote: Quote
    asks: tuple[Ask, ...]
    documents_due: tuple[DocumentDue, ...]
    old_cover: OldCover | None
    withdrawal: Withdrawal | None
    assumptions: tuple[Because, ...] = ()
    ages: dict[str, int] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    calendar: Calendar = Calendar()

    @property
    def printable(self) -> bool:
        """Tell whether no error blocks the bulletin."""
        return not any(issue.severity == "error" for issue in self.issues)

    @property
    def missing_documents(self) -> tuple[str, ...]:
        """Give the kinds of the papers that are still missing, each once."""
        return tuple(dict.fromkeys(due.kind for due in self.documents_due if due.state == "missing"))

    @property
    def papers_missing(self) -> int:
        """Count the papers that are still missing, each person's own."""
        return sum(due.state == "missing" for due in self.documents_due)

    def age_of(self, line: Line) -> int | None:
        """Give a line's person's own age: the line's is the one that prices, which may be the member's."""
        return self.ages.get(line.person, line.age)

    def at(self, path: str) -> tuple[Issue, ...]:
        """Give the issues of one field, the most severe first."""
        order = {"error": 0, "warning": 1, "info": 2}
        return tuple(sorted((i for i in self.issues if i.path == path), key=lambda issue: order[issue.severity]))
