"""What the walks through a shipped convention share: birth dates at the edges of a band, dossiers that hold, papers."""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from typing import Any

from forms.convention import Convention, load
from forms.convention.dates import add_years
from forms.resources import resource
from tests.making import Said, alone, answer, child, kept, put

ONE_DAY = dt.timedelta(days=1)
MANDATE = {
    "insurer": "Mutuelle des Prés",
    "number": "MP-778",
    "address": {"lines": ["3 place du Marché"], "postal_code": "62000", "city": "Arras"},
    "started_on": "2020-04-01",
    "ends_on": None,
    "cancellation": "mandate",
    "compulsory_group": False,
}
IBAN = "FR7630006000011234567890189"
DEBIT = {"mode": "direct_debit", "iban": IBAN}


@cache
def shipped(name: str) -> Convention:
    """Give a shipped convention."""
    return load(resource("conventions", name))


@cache
def own_codes(name: str) -> frozenset[str]:
    """Give the codes of the findings that the folder itself says."""
    rules = tomllib.loads(resource("conventions", name, "rules.toml").read_text(encoding="utf-8"))
    return frozenset(finding["code"] for finding in rules["findings"])


def born(age: int, on: dt.date, *, last_day: bool = False) -> str:
    """Give a birth date for an age on a day: the birthday itself, or the eve of the next one."""
    youngest = add_years(on, -age)
    return (add_years(on + ONE_DAY, -age - 1) if last_day else youngest).isoformat()


def partner(birth: str, **more: Any) -> Said:
    """Give a partner in work, complete."""
    return {
        "relation": "spouse",
        "title": "m",
        "birth_name": "Roy",
        "first_name": "Noé",
        "birth_date": birth,
        "scheme": "general",
        "category": "active",
        "eligible_member": False,
        **more,
    }


def retired(**changes: Any) -> Said:
    """Give a retired member, complete."""
    said = alone("1958-06-15", **changes)
    said["member"] |= {"category": "retired", "status": None, "hired_on": None, "staff_number": None}
    if "payment__mode" not in changes:
        said["payment"] = {"mode": "direct_debit", "iban": IBAN, "bic": "AGRIFRPP", "holder": "Maïa Delattre"}
    return said


def mandate(**more: Any) -> Said:
    """Give an old contract that the new insurer cancels."""
    return {**MANDATE, **more}


def due(said: Said, convention: Convention) -> set[tuple[str, str]]:
    """Give the papers to provide: kind and person."""
    return {(paper.kind, paper.person) for paper in answer(said, convention).documents_due}


def asked(said: Said, convention: Convention) -> set[str]:
    """Give the paths that are asked of a dossier."""
    return {ask.path for ask in answer(said, convention).asks}


def found_at(said: Said, convention: Convention, code: str) -> set[tuple[str, str]]:
    """Give where a code is found: path and severity."""
    return {(issue.path, issue.severity) for issue in answer(said, convention).issues if issue.code == code}


FORMULAS = {
    "cdg62-mnt": "essentielle",
    "cdg76-mnt-mgen": "niveau-1",
    "cdg35-mutame": "niveau-2",
    "cdg33-mnfct": "niveau-3",
    "msph-mgen": "msph-2-plus",
}
FAMILY = [
    partner("1987-01-01"),
    child("2004-07-14", situation="student", scheme="general", own_cover=False),
    child("2008-03-02", disabled=True, disability_recognised_on="2015-01-01", scheme="general", own_cover=False),
    child("2012-07-14", scheme="general", own_cover=False),
    child("2014-07-14", scheme="general", own_cover=False),
    child("2016-07-14", scheme="general", own_cover=False),
]
KINDS: dict[str, Said] = {
    "active": {"beneficiaries": FAMILY, "previous_contract": None},
    "mandate": {"beneficiaries": FAMILY[:2], "previous_contract": MANDATE},
    "retired": {
        "member.category": "retired", "member.status": None, "member.birth_date": "1958-05-02", "payment": DEBIT,
        "beneficiaries": [partner("1960-01-01", category="retired")],
    },
    "other people": {
        "beneficiaries": [
            {**child("2010-01-01", own_cover=False), "relation": "grandchild", "scheme": "general"},
            {**child("2001-01-01", situation="employed", own_cover=True), "scheme": "none"},
        ],
        "previous_contract": {**MANDATE, "cancellation": "by_member", "ends_on": "2026-06-30"},
    },
    "formula change": {
        "kind": "formula_change", "current": {"formula": "niveau-1", "since": "2025-06-01", "beneficiaries": []},
        "beneficiaries": FAMILY[:1],
    },
    "one more": {
        "kind": "beneficiary_change", "event": {"kind": "birth", "on": "2026-02-20"},
        "current": {"formula": "niveau-1", "since": "2025-06-01", "beneficiaries": FAMILY[:1]},
        "beneficiaries": [*FAMILY[:1], child("2026-02-20", scheme="general", own_cover=False)],
    },
}  # fmt: skip


def whole(convention: str, kind: str) -> Said:
    """Give a complete dossier of a kind for a convention."""
    said = put(
        kept("contract-example"),
        {
            "convention": convention,
            "formula": FORMULAS[convention],
            "employer.joined_on": "2026-01-01",
            "member.gross_index_salary": "2150.00",
            "request.signed_on": "2026-03-10",
            "request.received_on": "2026-03-10",
            "previous_contract": None,
            **KINDS[kind],
        },
    )
    return put(said, {"payment": DEBIT}) if convention == "msph-mgen" else said
