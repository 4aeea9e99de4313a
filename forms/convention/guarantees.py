"""Guarantees as values: a table that is compared line by line, and the cares that are worked on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["percent", "euros", "real", "full", "none", "health", "included"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what a guarantee pays.

    ``percent``: of the reimbursement base; ``euros``: a lump sum; ``real``: the real costs; ``full``: whole, where
    prices are ruled (100 % Santé); ``none``: not covered; ``health``: the health insurance's own payment and no more;
    ``included``: a service that is given, not money.
    """

    kind: Kind
    value: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Guarantee:
    """One line of the table: what each formula pays, ``per`` what (act, day, year…), within which limit.

    ``includes_health``: the figures count what the health insurance pays; else they come on top of it.
    ``worth`` is parsed, ``written`` is how the folder writes it. ``assumption``: how an unclear line was read.
    """

    id: str
    category: str
    label: str
    per: str
    limit: str
    includes_health: bool
    written: dict[str, str]
    worth: dict[str, tuple[Part, ...]]
    source: str
    assumption: str | None


@dataclass(frozen=True, slots=True)
class CareItem:
    """``count`` things with one reimbursement base in euros and one rate of the health insurance in percent.

    ``at_most``: what the mutual insurer may pay for each, out of its ``price``, whatever the guarantee (a frame).
    """

    base: Decimal
    rate: Decimal
    count: int
    price: Decimal | None = None
    at_most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Care:
    """A care with its price in euros, worked on one guarantee; ``expected`` is what the source works out.

    ``fixed_participation``: euros left to the patient by law on a doctor's act, taken from the health insurance.
    ``times``: how often a lump sum is due (two ears, five days).
    """

    id: str
    label: str
    guarantee: str
    price: Decimal
    items: tuple[CareItem, ...]
    fixed_participation: Decimal
    expected: dict[str, dict[str, Decimal]]
    source: str
    times: int = 1
