"""A reimbursement worked out: what the health insurance pays, what the mutual insurer pays, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from forms.convention.guarantees import Care, Guarantee, Part
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
    due = sum((_cents(item.base * item.rate / 100) * item.count for item in care.items), ZERO)
    due = min(due, care.price)
    fixed = min(care.fixed_participation, due)
    worth = sum((_worth(part, base, care.price, due) for part in guarantee.worth[formula]), ZERO)
    if guarantee.includes_health and any(part.kind in {"percent", "euros"} for part in guarantee.worth[formula]):
        worth -= due
    mutual = _cents(max(ZERO, min(worth, care.price - due)))
    return Reimbursement(formula, care.price, due - fixed, mutual, care.price - (due - fixed) - mutual)


def _worth(part: Part, base: Decimal, price: Decimal, due: Decimal) -> Decimal:
    if part.kind == "percent":
        return base * part.value / 100
    if part.kind == "euros":
        return part.value
    if part.kind == "health":
        return due
    return price if part.kind in {"real", "full"} else ZERO


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def reimbursements(convention: Convention, cares: tuple[Care, ...]) -> list[tuple[Care, tuple[Reimbursement, ...]]]:
    """Work out cares for every formula, in the convention's order."""
    table = {guarantee.id: guarantee for guarantee in convention.guarantees}
    formulas = [formula.id for formula in convention.formulas]
    return [(care, tuple(reimburse(care, table[care.guarantee], formula) for formula in formulas)) for care in cares]
