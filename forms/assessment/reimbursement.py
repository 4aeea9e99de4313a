"""A reimbursement worked out: what the health insurance pays, what the mutual insurer pays, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from forms.convention.guarantees import Care, CareItem, Guarantee, Part
from forms.convention.model import Convention

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Reimbursement:
    """In euros; health insurance, mutual insurer and what is left make the price."""

    formula: str
    price: Decimal
    health: Decimal
    mutual: Decimal
    left: Decimal


def reimburse(care: Care, guarantee: Guarantee, formula: str) -> Reimbursement:
    """Work a care out for one formula; each amount is rounded to the cent, halves up.

    The health insurance pays its rate of the base, less the fixed participation, which no responsible contract may
    pay (Code de la sécurité sociale L160-13 and L871-1). The mutual insurer pays its guarantee, cut at what is left.
    """
    base = sum((item.base * item.count for item in care.items), ZERO)
    due = min(sum((_due(item) * item.count for item in care.items), ZERO), care.price)
    fixed = min(care.fixed_participation, due)
    counted = due if guarantee.includes_health else ZERO
    worth = sum((_worth(part, base, care, counted) for part in guarantee.worth[formula]), -counted)
    payable = care.price - due - sum((_above(item) * item.count for item in care.items), ZERO)
    mutual = _cents(max(ZERO, min(worth, payable)))
    return Reimbursement(formula, care.price, due - fixed, mutual, care.price - (due - fixed) - mutual)


def _due(item: CareItem) -> Decimal:
    return _cents(item.base * item.rate / 100)


def _above(item: CareItem) -> Decimal:
    """Give what nobody pays of an item whose payment is limited."""
    if item.price is None or item.at_most is None:
        return ZERO
    return max(ZERO, item.price - _due(item) - item.at_most)


def _worth(part: Part, base: Decimal, care: Care, counted: Decimal) -> Decimal:
    if part.kind == "percent":
        return base * part.value / 100
    if part.kind == "euros":
        return part.value * care.times
    if part.kind == "health":
        return counted
    return care.price if part.kind in {"real", "full"} else ZERO


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def reimbursements(convention: Convention, cares: tuple[Care, ...]) -> list[tuple[Care, tuple[Reimbursement, ...]]]:
    """Work out cares for every formula, in the convention's order."""
    table = {guarantee.id: guarantee for guarantee in convention.guarantees}
    formulas = [formula.id for formula in convention.formulas]
    return [(care, tuple(reimburse(care, table[care.guarantee], formula) for formula in formulas)) for care in cares]
