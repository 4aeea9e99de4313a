"""Conditions: each test on both sides of its edge, the order in which they are read, and unknown that is not no."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.convention import conditions
from forms.convention.dates import RuleError
from forms.convention.facts import FactRef, Lacks, Scope


class Facts:
    """A scene made of a table: what is not in it is lacking."""

    def __init__(self, **said: Any) -> None:
        self.said = {name.replace("__", "."): value for name, value in said.items()}

    def fact(self, ref: FactRef, subject: str) -> Any:
        """Give what the table says."""
        return self.said.get(ref.name, Lacks((f"{subject}.{ref.name}" if subject else ref.name,)))


def ask(when: dict[str, Any], scope: Scope = "child", **said: Any) -> bool | Lacks:
    """Put a condition to a child of whom these facts are known."""
    tests = {name: conditions.Tests.model_validate(test) for name, test in when.items()}
    return conditions.compile_when(tests, scope)(Facts(**said), "beneficiaries.0" if scope != "dossier" else "")


DAY = dt.date(2026, 3, 20)


@pytest.mark.parametrize(
    ("fact", "test", "yes", "no"),
    [
        ("age", {"at_least": 26}, [26, 27], [25, 0, -1]),
        ("age", {"at_most": 26}, [26, 0], [27]),
        ("age", {"less_than": 26}, [25], [26]),
        ("age", {"more_than": 26}, [27], [26]),
        ("age", {"at_least": 21, "less_than": 26}, [21, 25], [20, 26]),
        ("age", {"is": 0}, [0], [1]),
        ("age", {"is_not": 0}, [1], [0]),
        ("disabled", {"is": True}, [True], [False]),
        ("disabled", {"is_not": True}, [False], [True]),
        ("situation", {"is": "student"}, ["student"], ["dependent"]),
        ("situation", {"in": ["student", "apprentice"]}, ["apprentice"], ["employed"]),
        ("situation", {"not_in": ["student"]}, ["employed"], ["student"]),
        ("employer.participation", {"less_than": "15.00"}, [Decimal("14.99")], [Decimal(15)]),
        ("birth_date", {"before": DAY}, [dt.date(2026, 3, 19)], [DAY, dt.date(2026, 3, 21)]),
        ("birth_date", {"on_or_before": DAY}, [DAY], [dt.date(2026, 3, 21)]),
        ("birth_date", {"after": DAY}, [dt.date(2026, 3, 21)], [DAY]),
        ("birth_date", {"on_or_after": DAY}, [DAY], [dt.date(2026, 3, 19)]),
        ("birth_date", {"from_day": 20}, [DAY, dt.date(2026, 1, 31)], [dt.date(2026, 3, 19)]),
        ("birth_date", {"before_day": 20}, [dt.date(2026, 3, 19)], [DAY]),
        ("used_name", {"given": True}, ["Nuñez"], [None]),
        ("used_name", {"given": False}, [None], ["Nuñez"]),
        ("used_name", {"is": "Nuñez"}, ["Nuñez"], [None, "Roy"]),
    ],
)  # fmt: skip
def test_each_test_on_both_sides_of_its_edge(fact: str, test: dict[str, Any], yes: list[Any], no: list[Any]) -> None:
    """The value that is enough and the one next to it."""
    name = fact.replace(".", "__")
    assert [ask({fact: test}, **{name: value}) for value in yes] == [True] * len(yes)
    assert [ask({fact: test}, **{name: value}) for value in no] == [False] * len(no)


def test_nothing_to_meet_is_met() -> None:
    """An empty condition always holds."""
    assert ask({}) is True


def test_the_first_no_decides_and_else_the_first_unknown_is_the_answer() -> None:
    """A no after an unknown is still no; two unknowns ask for the first."""
    when = {"age": {"at_least": 21}, "disabled": {"is": False}, "situation": {"is": "student"}}
    assert ask(when, situation="employed") is False
    assert ask(when, disabled=True) is False
    assert ask(when, situation="student") == Lacks(("beneficiaries.0.age",))
    assert ask(when, age=22, situation="student") == Lacks(("beneficiaries.0.disabled",))
    assert ask(when, age=22, disabled=False, situation="student") is True


@pytest.mark.parametrize("test", [{"is": True}, {"is_not": True}, {"is": False}])
def test_not_said_is_neither_yes_nor_no(test: dict[str, Any]) -> None:
    """Unknown is the answer of a test and of its contrary alike."""
    assert ask({"disabled": test}) == Lacks(("beneficiaries.0.disabled",))


def test_a_date_is_compared_with_another_that_may_lack_too() -> None:
    """The bound's own facts are asked for; a bound that does not exist is no bound."""
    when = {"birth_date": {"after": "effective_date"}}
    assert ask(when, birth_date=DAY) == Lacks(("beneficiaries.0.effective_date",))
    assert ask({"effective_date": {"after": "convention.ends_on"}}, "dossier", effective_date=DAY,
               convention__ends_on=None) is False  # fmt: skip


@pytest.mark.parametrize("name", ["taille", "member.taille", "beneficiaries.0.age", "name", "__class__", ""])
def test_a_fact_that_does_not_exist_is_refused(name: str) -> None:
    """No fact is guessed, none is reached by another road."""
    with pytest.raises(RuleError, match="fait inconnu"):
        ask({name: {"is": True}})


TESTS = st.dictionaries(
    st.sampled_from(["age", "rank", "years_younger", "position"]),
    st.fixed_dictionaries({}, optional={"at_least": st.integers(0, 9), "less_than": st.integers(0, 9)}).filter(bool),
    max_size=4,
)
KNOWN = st.dictionaries(st.sampled_from(["age", "rank", "years_younger", "position"]), st.integers(0, 9))


@given(when=TESTS, said=KNOWN, more=KNOWN)
def test_saying_more_never_changes_an_answer(when: dict[str, Any], said: dict[str, int], more: dict[str, int]) -> None:
    """A yes or a no given with some facts stands whatever is said of the others."""
    first = ask(when, "child", **said)
    if not isinstance(first, Lacks):
        assert ask(when, "child", **{**more, **said}) is first
    else:
        assert set(first.paths) <= {f"beneficiaries.0.{name}" for name in when if name not in said}
