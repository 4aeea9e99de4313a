"""The five conventions: a dossier that lacks a fact gets what is missing, never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conventions.walks import MANDATE, partner, shipped
from tests.making import Said, answer, child, kept, put
from tests.taking_away import leaves, take_away

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
DEBIT = {"mode": "direct_debit", "iban": "FR7630006000011234567890189"}
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


ALL = [(convention, kind) for convention in FORMULAS for kind in KINDS]


@pytest.mark.parametrize(("convention", "kind"), ALL)
def test_one_fact_taken_away_is_missing_or_unneeded(convention: str, kind: str) -> None:
    """Never another date, another amount, another finding."""
    said = whole(convention, kind)
    for path in leaves(said):
        take_away(said, shipped(convention), [path])


@given(st.data())
def test_several_facts_taken_away_are_missing_or_unneeded(data: st.DataObject) -> None:
    """Nor do several at once."""
    convention, kind = data.draw(st.sampled_from(ALL))
    said = whole(convention, kind)
    take_away(said, shipped(convention), data.draw(st.lists(st.sampled_from(leaves(said)), max_size=5, unique=True)))


@pytest.mark.parametrize("convention", [name for name in FORMULAS if name != "msph-mgen"])
def test_the_contracts_own_example_prints_wherever_it_can(convention: str) -> None:
    """The dossier that the contract shows has nothing against it in any convention of town halls."""
    said = put(whole(convention, "active"), {"beneficiaries": kept("contract-example")["beneficiaries"]})
    assert answer(said, shipped(convention)).printable
