"""The five conventions: a dossier that lacks a fact gets what is missing, never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conventions.walks import FORMULAS, KINDS, shipped, whole
from tests.making import answer, kept, put
from tests.taking_away import leaves, take_away

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
