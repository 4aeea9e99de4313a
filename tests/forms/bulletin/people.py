"""Invented people for the tests of the paper, and the answer that the real convention gives of them."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from forms.assessment import Assessment, assess
from forms.bulletin import Printing
from forms.convention import Convention, load
from forms.dossier.model import Dossier
from forms.resources import resource

TODAY = dt.date(2026, 2, 3)
PRINTING = Printing("7K3M-Q2XD", 1, dt.datetime(2026, 2, 3, 14, 40))  # noqa: DTZ001 - the desk's own time
DRAFT = Printing("7K3M-Q2XD", 2, dt.datetime(2026, 2, 3, 14, 40), draft=True)  # noqa: DTZ001

MEMBER: dict[str, Any] = {
    "title": "mme", "birth_name": "Delattre", "used_name": "Delattre-Roy", "first_name": "Maïa, Élodie",
    "birth_date": "1985-01-01", "birth_place": "Béthune (62)", "nir": "285016211904268", "scheme": "general",
    "fund_code": "01 621 0000", "category": "active", "status": "civil_servant", "staff_number": "A-1042",
    "hired_on": "2014-09-01", "phone": "0612345678", "email": "maia.delattre@example.fr",
    "address": {"lines": ["8 rue du Four", "Bât. C"], "postal_code": "62400", "city": "Béthune"},
}  # fmt: skip
SPOUSE: dict[str, Any] = {
    "relation": "spouse", "title": "m", "birth_name": "Roy", "first_name": "Noé", "birth_date": "1986-09-12",
    "nir": "186095935011862", "scheme": "general", "category": "active", "own_cover": False, "eligible_member": False,
}  # fmt: skip


def child(first_name: str, born: str, **more: Any) -> dict[str, Any]:
    """Give a dependent child."""
    return {
        "relation": "child", "title": "mme", "birth_name": "Roy", "first_name": first_name, "birth_date": born,
        "scheme": "general", "situation": "dependent", "tax_dependent": True, "disabled": False,
        "own_cover": False, "attached_to": "both", **more,
    }  # fmt: skip


def family(*people: dict[str, Any], **more: Any) -> Dossier:
    """Give a whole dossier: the member of all these tests with these beneficiaries; ``more`` replaces blocks."""
    blocks: dict[str, Any] = {
        "format": "permanence.dossier/1", "reference": "7K3M-Q2XD", "convention": "cdg62-mnt", "formula": "essentielle",
        "employer": {
            "name": "Mairie de Béthune", "siret": "21620910600014", "joined_on": "2026-01-01", "participation": "15.00",
        },
        "member": MEMBER, "beneficiaries": people,
        "previous_contract": {
            "insurer": "Mutuelle des Prés", "number": "MP-778", "holder": "Maïa Delattre", "started_on": "2021-04-01",
            "address": {"lines": ["3 place du Marché"], "postal_code": "62000", "city": "Arras"},
            "ends_on": "2026-02-28", "cancellation": "by_member",
        },
        "request": {
            "signed_on": "2026-02-03", "received_on": "2026-02-03", "place": "Béthune", "setting": "workplace",
        },
        "payment": {"mode": "payroll"},
        "refund": {"iban": "FR7630006000011234567890189", "bic": "AGRIFRPP", "holder": "Maïa Delattre"},
        "documents": [
            {"kind": "bank_details"}, {"kind": "rights_certificate", "state": "attached", "file": "droits.pdf"},
        ],
        "acknowledgements": {
            "guarantees": "2026-02-03", "product_sheet": "2026-02-03", "notice": "2026-02-03", "statutes": "2026-02-03",
        },
        **more,
    }  # fmt: skip
    return Dossier.model_validate_json(_json(blocks))


def of_four() -> Dossier:
    """Give the family of bulletin.png: a couple and two children."""
    return family(
        SPOUSE,
        child("Zoé", "2005-07-14", situation="student", nir="205076211904210"),
        child("Gaël", "2013-05-03", title="m"),
    )


EIGHT = ("Ael", "Brune", "Côme", "Diane", "Éloi", "Flore", "Gwen", "Hugo")


def of_ten() -> Dossier:
    """Give a couple and eight children: more people than the form has cards."""
    return family(SPOUSE, *(child(name, f"20{10 + place}-03-0{1 + place}") for place, name in enumerate(EIGHT)))


def _json(blocks: dict[str, Any]) -> str:
    import json  # noqa: PLC0415

    return json.dumps(blocks, default=str)


@cache
def convention() -> Convention:
    """Give the shipped convention of the tests."""
    return load(resource("conventions", "cdg62-mnt"))


def answer(dossier: Dossier) -> Assessment:
    """Give what follows from a dossier on the tests' day."""
    return assess(dossier, convention(), TODAY)
