"""What a folder declares of guarantees, and of the cares that are worked out on them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from forms.convention.declared.basis import Declared, Euros, Sourced


class GuaranteesTable(Sourced):
    """``[guarantees]``: the CSV of the guarantees (see forms/convention/guarantee_table.py for its columns).

    ``assumptions``: by id of a line, how it was read where the document is unclear.
    """

    grid: str
    assumptions: dict[str, str] = {}


class CareItemTable(Declared):
    """Things of one kind in a care: base in euros, rate of the health insurance in percent.

    ``at_most``: what the mutual insurer may pay for one of them, out of its ``price``.
    """

    base: Euros
    rate: Euros
    count: Annotated[int, Field(ge=1, le=50)] = 1
    price: Euros | None = None
    at_most: Euros | None = None


class WorkedTable(Declared):
    """What the source works out for one formula, in euros."""

    health: Euros
    mutual: Euros
    left: Euros


class CareTable(Declared):
    """``[[cares]]``: a care worked out on one guarantee; ``times``: how often its lump sum is due."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    label: str
    guarantee: str
    price: Euros
    items: Annotated[list[CareItemTable], Field(min_length=1)]
    fixed_participation: Euros = Decimal(0)
    times: Annotated[int, Field(ge=1, le=366)] = 1
    expected: dict[str, WorkedTable] = {}
    source: str
