"""Invented people whose every value says which dossier it is of, so that a mixture or a leak is seen."""

from __future__ import annotations

import datetime as dt
import re

from forms.dossier.model import Dossier
from forms.drafts.draft import Draft
from tests.making import kept, put, read

MARK = "Zwolinska"
"""In every text that is typed; in no word of the program."""

NAMES = ("member.birth_name", "member.first_name")
PLACES = (
    "member.birth_name", "member.used_name", "member.first_name", "member.birth_place", "member.staff_number",
    "member.address.city", "member.phone", "member.email", "previous_contract.number", "previous_contract.holder",
    "refund.holder", "beneficiaries.0.first_name", "beneficiaries.1.birth_name", "beneficiaries.2.first_name",
)  # fmt: skip
"""Fields of any content, on three steps: whatever is typed there, the dossier stays complete."""

_OF = re.compile(MARK.lower() + r"\.?([0-9a-z]{8})")


def mark(reference: str) -> str:
    """Give what every text of a dossier carries."""
    return MARK + reference.replace("-", "").lower()


def said(reference: str, path: str, number: int) -> str:
    """Give a text to type, never twice the same."""
    if path.endswith("phone"):
        return f"06{number % 10**8:08d}"
    if path.endswith("email"):
        return f"{mark(reference)}.{number}@example.fr"
    return f"{mark(reference)} É{number}"


def strangers(text: str, reference: str) -> set[str]:
    """Give the marks of other dossiers in a text."""
    own = reference.replace("-", "").lower()
    return {found for found in _OF.findall(text.lower()) if found != own}


def nir(beginning: str, order: int) -> str:
    """Give a right NIR: ten figures, an order in that month and place, and the key."""
    number = f"{beginning}{order % 1000:03d}"
    return f"{number}{97 - int(number) % 97:02d}"


def dossier(reference: str, order: int) -> Dossier:
    """Give a complete family of four of an own name and own NIRs."""
    own = mark(reference)
    family = put(kept("cdg62-family"), {
        "reference": reference, "member.birth_name": own, "member.used_name": own, "member.first_name": own,
        "member.nir": nir("2850162119", order), "member.email": f"{own}@example.fr", "member.staff_number": own,
        "member.address.lines": [f"8 rue {own}"], "previous_contract.holder": own, "refund.holder": own,
        "beneficiaries.0.nir": nir("1860959350", order), "beneficiaries.1.nir": nir("2050762119", order),
        "beneficiaries.2.nir": nir("1130562119", order), "beneficiaries.0.first_name": own,
        "beneficiaries.1.first_name": own, "beneficiaries.2.first_name": own, "documents": [],
    })  # fmt: skip
    return read(family)


def draft(reference: str, order: int, edition: str, saved_at: dt.datetime) -> Draft:
    """Give its draft, as last changed at a time."""
    return Draft(reference, dossier(reference, order), edition, "complete", "contract", "", 1, saved_at, saved_at)
