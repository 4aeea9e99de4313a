"""Date rules: the handful of ways in which a convention makes a date from another."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.convention.facts import FactRef, Lacks, Scene, Scope, find_fact

Use = Literal["date", "rule", "finding"]
"""What names a fact: the effective date (nothing that follows from it), another rule, a finding (today too)."""

_SHORTEST = 28  # days of any month
_FIRST, _LAST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)

DateOf = Callable[[Scene, str], "dt.date | Lacks | None"]
"""A compiled rule: a scene and a subject give a date, ``None`` (there is none) or what is lacking."""


def add_months(day: dt.date, months: int) -> dt.date:
    """Add months, the end of the month clamped: 31 January and one month is 28 or 29 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if day.day <= _SHORTEST:
        return dt.date(year, month + 1, day.day)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: dt.date, years: int) -> dt.date:
    """Add years; who is born on 29 February is older on 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)


def completed_years(birth: dt.date, on: dt.date) -> int:
    """Give the age in completed years on a day (negative before the birth)."""
    # Born on 29 February: on 28 February not yet, on 1 March (``add_years``) at the latest.
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def first_of_month(day: dt.date, months: int = 0) -> dt.date:
    """Give the first day of the month that comes ``months`` after the day's own."""
    return add_months(day.replace(day=1), months)


def first_on_or_after(day: dt.date) -> dt.date:
    """Give the day itself when it is a 1st, else the next 1st."""
    return day if day.day == 1 else first_of_month(day, 1)


def notice_end(sent: dt.date) -> dt.date:
    """Give the last day of a contract whose notice of cancellation is sent on a day.

    One month after the old insurer receives it, presumed the day after it is sent (Code de la mutualité
    L221-10-2 and R221-6): sent 2026-03-05, ends 2026-04-06.
    """
    return add_months(sent + dt.timedelta(days=1), 1)


def last_notice(end: dt.date) -> dt.date:
    """Give the last day on which a notice can be sent for the contract to end on ``end`` at the latest."""
    sent = add_months(end, -1) - dt.timedelta(days=1)
    while notice_end(sent + dt.timedelta(days=1)) <= end:
        sent += dt.timedelta(days=1)
    return sent


class Rule(BaseModel):
    """A date rule; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Shift(Rule):
    """``of`` moved by years, then months (clamped), then days."""

    rule: Literal["shift"]
    of: Operand
    years: Annotated[int, Field(ge=-200, le=200)] = 0
    months: Annotated[int, Field(ge=-2400, le=2400)] = 0
    days: Annotated[int, Field(ge=-73000, le=73000)] = 0


class FirstOfMonth(Rule):
    """The 1st of the month that comes ``months`` after the one of ``after`` (0: its own month)."""

    rule: Literal["first_of_month"]
    after: Operand
    months: Annotated[int, Field(ge=0, le=24)] = 1


class FirstOnOrAfter(Rule):
    """``of`` when it is a 1st, else the next 1st."""

    rule: Literal["first_on_or_after"]
    of: Operand


class EndOfYear(Rule):
    """31 December of the year of ``of``, ``years`` later."""

    rule: Literal["end_of_year"]
    of: Operand
    years: Annotated[int, Field(ge=-200, le=200)] = 0


class Latest(Rule):
    """The latest of several dates; those that do not exist are left aside."""

    rule: Literal["latest"]
    of: Annotated[list[Operand], Field(min_length=1)]


class Earliest(Rule):
    """The earliest of several dates; those that do not exist are left aside."""

    rule: Literal["earliest"]
    of: Annotated[list[Operand], Field(min_length=1)]


DateRule = Annotated[Shift | FirstOfMonth | FirstOnOrAfter | EndOfYear | Latest | Earliest, Field(discriminator="rule")]
Operand = dt.date | str | DateRule
"""A day, the name of a fact that is a date, or another rule."""

for _model in (Shift, FirstOfMonth, FirstOnOrAfter, EndOfYear, Latest, Earliest):
    _model.model_rebuild()


class RuleError(Exception):
    """What is wrong with a rule, in French, and the dotted place below it."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


def compile_date(operand: Operand, scope: Scope, *, use: Use) -> DateOf:
    """Turn an operand into a function; ``use`` says which facts may be named.

    Raises:
        RuleError: an unknown fact, one that is no date, or one that cannot be known yet.
    """
    if isinstance(operand, dt.date):
        if not _FIRST <= operand <= _LAST:
            raise RuleError("", f"une date entre {_FIRST} et {_LAST} est attendue")
        day = operand
        return lambda _scene, _subject: day
    if isinstance(operand, str):
        ref = known_fact(operand, scope, use=use)
        if ref.type.kind != "date":
            raise RuleError("", f"« {operand} » n’est pas une date")
        return lambda scene, subject: scene.fact(ref, subject)
    if isinstance(operand, Latest | Earliest):
        parts = [compile_date(part, scope, use=use) for part in operand.of]
        return _choose(parts, max if isinstance(operand, Latest) else min)
    inner = operand.after if isinstance(operand, FirstOfMonth) else operand.of
    base = compile_date(inner, scope, use=use)
    move = _move(operand)

    def moved(scene: Scene, subject: str) -> dt.date | Lacks | None:
        day = base(scene, subject)
        return move(day) if isinstance(day, dt.date) else day

    return moved


def known_fact(name: str, scope: Scope, *, use: Use) -> FactRef:
    """Find a fact by name, or refuse it."""
    ref = find_fact(name, scope)
    if ref is None:
        raise RuleError("", f"fait inconnu « {name} »")
    if use != "finding" and name == "today":
        raise RuleError("", "« today » ne sert qu’aux constats : aucune date, aucun prix n’en dépend")
    if use == "date" and ref.type.needs_date:
        raise RuleError("", f"« {name} » dépend de la date d’effet et ne peut pas servir à la calculer")
    return ref


def may_be_none(operand: Operand) -> bool:
    """Tell whether a date of the dossier may not exist: it rests on a fact whose absence is an answer."""
    if isinstance(operand, dt.date):
        return False
    if isinstance(operand, str):
        ref = find_fact(operand, "dossier")
        return ref is not None and ref.type.none_is_answer
    if isinstance(operand, Latest | Earliest):
        return all(may_be_none(part) for part in operand.of)
    return may_be_none(operand.after if isinstance(operand, FirstOfMonth) else operand.of)


def _move(rule: Shift | FirstOfMonth | FirstOnOrAfter | EndOfYear) -> Callable[[dt.date], dt.date]:
    if isinstance(rule, Shift):
        years, months, days = rule.years, rule.months, dt.timedelta(days=rule.days)
        return lambda day: add_months(add_years(day, years), months) + days
    if isinstance(rule, FirstOfMonth):
        after = rule.months
        return lambda day: first_of_month(day, after)
    if isinstance(rule, EndOfYear):
        later = rule.years
        return lambda day: dt.date(day.year + later, 12, 31)
    return first_on_or_after


def _choose(parts: list[DateOf], choose: Callable[[list[dt.date]], dt.date]) -> DateOf:
    def chosen(scene: Scene, subject: str) -> dt.date | Lacks | None:
        days: list[dt.date] = []
        for part in parts:
            day = part(scene, subject)
            if isinstance(day, Lacks):
                return day
            if day is not None:
                days.append(day)
        return choose(days) if days else None

    return chosen
