"""Conditions: a flat table of facts and tests, answered yes, no, or unknown with what is lacking."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from forms.convention.dates import DateOf, Operand, RuleError, Use, compile_date, known_fact
from forms.convention.facts import FactRef, Lacks, Scene, Scope

Answer = bool | Lacks
Holds = Callable[[Scene, str], Answer]

_MONEY = re.compile(r"\d{1,7}(\.\d{1,2})?", re.ASCII)


class Tests(BaseModel):
    """What one fact must meet; several tests of one fact must all hold."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)

    is_: bool | str | int | None = Field(default=None, alias="is")
    is_not: bool | str | int | None = None
    in_: list[str] | None = Field(default=None, alias="in")
    not_in: list[str] | None = None
    at_least: int | str | None = None
    at_most: int | str | None = None
    less_than: int | str | None = None
    more_than: int | str | None = None
    before: Operand | None = None
    on_or_before: Operand | None = None
    after: Operand | None = None
    on_or_after: Operand | None = None
    from_day: int | None = Field(default=None, ge=1, le=31)
    before_day: int | None = Field(default=None, ge=1, le=31)
    given: bool | None = None


When = dict[str, Tests]
"""A condition: fact names in the order in which they are read."""

_EQUAL = frozenset({"is", "is_not"})
_MEMBER = frozenset({"in", "not_in"})
_NUMBER: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": lambda fact, bound: fact >= bound,
    "at_most": lambda fact, bound: fact <= bound,
    "less_than": lambda fact, bound: fact < bound,
    "more_than": lambda fact, bound: fact > bound,
}
_DATE: dict[str, Callable[[Any, Any], bool]] = {
    "before": lambda fact, bound: fact < bound,
    "on_or_before": lambda fact, bound: fact <= bound,
    "after": lambda fact, bound: fact > bound,
    "on_or_after": lambda fact, bound: fact >= bound,
}
_TAKES: dict[str, frozenset[str]] = {
    "choice": _EQUAL | _MEMBER,
    "text": _EQUAL | _MEMBER,
    "flag": _EQUAL,
    "whole": frozenset(_NUMBER) | _EQUAL,
    "money": frozenset(_NUMBER),
    "date": frozenset(_DATE) | {"from_day", "before_day"},
    "lines": frozenset(),
}


def compile_when(when: When, scope: Scope, *, use: Use = "rule") -> Holds:
    """Turn a condition into a function; an empty one always holds.

    Read in order: the first no decides no; else the first unknown is the answer.

    Raises:
        RuleError: a fact that does not exist or cannot be known there, or a test that it cannot take.
    """
    parts: list[Holds] = []
    for name, tests in when.items():
        try:
            parts += _compile_tests(known_fact(name, scope, use=use), tests, scope, use=use)
        except RuleError as error:
            raise RuleError(".".join(part for part in (name, error.place) if part), error.message) from None

    if not parts:
        return lambda _scene, _subject: True
    if len(parts) == 1:
        return parts[0]

    def holds(scene: Scene, subject: str) -> Answer:
        unknown: Lacks | None = None
        for part in parts:
            answer = part(scene, subject)
            if answer is False:
                return False
            if unknown is None and isinstance(answer, Lacks):
                unknown = answer
        return True if unknown is None else unknown

    return holds


def _compile_tests(ref: FactRef, tests: Tests, scope: Scope, *, use: Use) -> list[Holds]:
    asked = tests.model_dump(by_alias=True, exclude_unset=True)
    if not asked:
        raise RuleError("", "aucun test")
    attributes = {test: {"is": "is_", "in": "in_"}.get(test, test) for test in asked}
    return [
        _compile_test(ref, test, getattr(tests, attribute), scope, use=use) for test, attribute in attributes.items()
    ]


def _compile_test(ref: FactRef, test: str, value: Any, scope: Scope, *, use: Use) -> Holds:
    if test == "given":
        if not ref.type.none_is_answer:
            raise RuleError(test, f"« {ref.name} » peut être inconnu : « given » ne s’y applique pas")
        wanted = bool(value)

        def given(scene: Scene, subject: str) -> Answer:
            fact = scene.fact(ref, subject)
            return fact if isinstance(fact, Lacks) else (fact is not None) is wanted

        return given
    if test not in _TAKES[ref.type.kind]:
        raise RuleError(test, f"ce test ne s’applique pas à « {ref.name} » ({ref.type.kind})")
    if test in _DATE:
        try:
            bound = compile_date(value, scope, use=use)
        except RuleError as error:
            raise RuleError(".".join(part for part in (test, error.place) if part), error.message) from None
        return _date_test(ref, bound, _DATE[test])
    return _plain_test(ref, _literal_test(ref, test, value))


def _plain_test(ref: FactRef, test: Callable[[Any], bool]) -> Holds:
    def holds(scene: Scene, subject: str) -> Answer:
        fact = scene.fact(ref, subject)
        if fact is None:  # "none" as an answer (no used name, no contract) meets no test but ``given``
            return False
        return fact if isinstance(fact, Lacks) else test(fact)

    return holds


def _date_test(ref: FactRef, bound: DateOf, compare: Callable[[Any, Any], bool]) -> Holds:
    def holds(scene: Scene, subject: str) -> Answer:
        fact = scene.fact(ref, subject)
        if isinstance(fact, Lacks) or fact is None:
            return False if fact is None else fact
        other = bound(scene, subject)
        if isinstance(other, Lacks) or other is None:
            return False if other is None else other
        return compare(fact, other)

    return holds


def _literal_test(ref: FactRef, test: str, value: Any) -> Callable[[Any], bool]:
    if test in _MEMBER:
        for item in value:
            _check_choice(ref, test, item)
        wanted = frozenset(value)
        return wanted.__contains__ if test == "in" else (lambda fact: fact not in wanted)
    if test in _EQUAL:
        _check_equal(ref, test, value)
        return frozenset((value,)).__contains__ if test == "is" else (lambda fact: fact != value)
    if test in _NUMBER:
        bound, compare = _number(ref, test, value), _NUMBER[test]
        return lambda fact: compare(fact, bound)
    day = int(value)

    def on_day(fact: dt.date) -> bool:
        return fact.day >= day if test == "from_day" else fact.day < day

    return on_day


def _check_choice(ref: FactRef, test: str, value: object) -> None:
    if ref.type.choices and value not in ref.type.choices:
        raise RuleError(test, f"« {value} » n’est pas une valeur de « {ref.name} »")


def _check_equal(ref: FactRef, test: str, value: object) -> None:
    expected = {"flag": bool, "whole": int}.get(ref.type.kind, str)
    if type(value) is not expected:
        raise RuleError(test, f"« {value} » n’est pas une valeur de « {ref.name} »")
    _check_choice(ref, test, value)


def _number(ref: FactRef, test: str, value: object) -> int | Decimal:
    if ref.type.kind == "whole" and type(value) is int:
        return value
    if ref.type.kind == "money" and isinstance(value, str) and _MONEY.fullmatch(value):
        return Decimal(value)
    shape = "un nombre entier" if ref.type.kind == "whole" else "un montant entre guillemets"
    raise RuleError(test, f"{shape} est attendu, pas « {value} »")
