"""What a folder declares of prices: grids, which group prices whom, who is free, options, surcharge, participation."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from forms.convention.conditions import When
from forms.convention.dates import Operand
from forms.convention.declared.basis import Declared, Euros, Price, Sourced
from forms.convention.facts import Scope


class Row(Declared):
    """A row of a grid: a group, an age band in years (both ends included), a pay bracket in euros if any."""

    group: str
    label: str
    from_age: int = 0
    to_age: int | None = None
    from_salary: Euros | None = None
    to_salary: Euros | None = None
    amounts: dict[str, Price]


class Tariff(Sourced):
    """A grid: from when it holds; ``published_for`` its year, ``holds_until`` where the document says how long."""

    starts_on: dt.date
    published_for: int
    holds_until: dt.date | None = None
    rows: list[Row] = []
    grid: str | None = None


class PriceCase(Sourced):
    """Which group of rows prices a person; the first case that holds.

    ``by_salary``: the rows have pay brackets, in euros a month; ``whole_euros``: the pay is cut to whole euros first.
    """

    of: Scope
    when: When = {}
    group: str | None = None
    free: bool = False
    age_of: Literal["own", "member"] = "own"
    by_salary: bool = False
    whole_euros: bool = False
    reason: str


class OptionTable(Sourced):
    """``[[options]]``: what can be taken on top of a formula, priced by its own cases."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    label: str
    prices: Annotated[list[PriceCase], Field(min_length=1)]


class CeilingTable(Sourced):
    """``[[ceilings]]``: the monthly social-security ceiling of a year, in euros."""

    year: int
    monthly: Euros


class SurchargeTable(Sourced):
    """``[surcharge]``: a percentage more for each year of joining late, on the lines of ``of``.

    Counted in completed years from ``since`` to the effective date, the first ``after_years`` left aside.
    """

    of: Scope
    since: Operand
    after_years: Annotated[int, Field(ge=0, le=50)] = 0
    percent_per_year: Euros
    at_most: Euros | None = None
    reason: str


class FreeChildren(Sourced):
    """``[free_children]``: from which child on, by birth, nothing is due."""

    from_rank: Annotated[int, Field(ge=1, le=10)]
    reason: str


class ParticipationTable(Sourced):
    """When the employer's participation is applied; never more than the contribution.

    ``percent``: it is a share of the contribution (``employer.participation_percent``), not an amount.
    """

    when: When = {}
    percent: bool = False
    reason: str
