"""The facts that a convention's rules may name: those a dossier says, and those that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Protocol

from forms.dossier.fields import fields, none_is_an_answer

Scope = Literal["dossier", "member", "partner", "child", "adult", "beneficiary", "person"]
"""Whom a rule is put to; ``dossier`` is asked once, the others once for each such person."""


@dataclass(frozen=True, slots=True)
class Lacks:
    """The third answer: not decidable before these paths are said."""

    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactType:
    """What a fact is: its kind decides which tests it can take.

    ``none_is_answer``: its absence says "none", so that ``given`` may ask for it.
    ``needs_date``: it follows from the effective date, so the effective date cannot follow from it.
    """

    kind: str
    choices: tuple[str, ...] = ()
    none_is_answer: bool = False
    needs_date: bool = False


@dataclass(frozen=True, slots=True)
class FactRef:
    """A fact and whose: ``owner`` is ``subject`` (the person the rule is put to), ``member`` or ``dossier``."""

    name: str
    owner: Literal["subject", "member", "dossier"]
    type: FactType


class Scene(Protocol):
    """What answers for facts: a value, ``None`` where "none" is the answer, or what is lacking."""

    def fact(self, ref: FactRef, subject: str) -> Any:
        """Give the value of a fact for a subject (``member``, ``beneficiaries.0``, ``""``), or ``Lacks``."""


_DERIVED_PERSON: dict[str, FactType] = {
    "age": FactType("whole", needs_date=True),
    "rank": FactType("whole", needs_date=True),
    "position": FactType("whole"),
    "years_younger": FactType("whole"),
    "already_covered": FactType("flag"),
}
"""``age``: in years, as the convention counts them, on the effective date. ``rank``: of a child among those that
count, oldest first. ``position``: first or second partner as listed. ``years_younger``: completed years between the
birth of the older of member and partner and the child's. ``already_covered``: covered before this dossier (a
change); never when joining, and none of the member's."""

_DERIVED_DOSSIER: dict[str, FactType] = {
    "today": FactType("date"),
    "effective_date": FactType("date", needs_date=True),
    "convention.starts_on": FactType("date"),
    "convention.ends_on": FactType("date", none_is_answer=True),
    "request.reception": FactType("date"),
    "previous_contract.notice_end": FactType("date"),
    "previous_contract.end": FactType("date"),
    "formula_changed": FactType("flag"),
    "people": FactType("whole"),
    "partners": FactType("whole"),
    "children": FactType("whole"),
    "added": FactType("whole"),
    "removed": FactType("whole"),
}
"""``request.reception``: the day the complete file is received, else the day it is signed (conventions: assumed).
``previous_contract.notice_end``: where a notice sent on reception ends the old contract.
``previous_contract.end``: its last day as said, else as the mandate makes it. ``people``: the member and all
beneficiaries, for a price by household. ``added``, ``removed``: beneficiaries who were not covered before a change,
and people covered before who are no longer listed."""

_ALWAYS_ANSWERED = frozenset({"previous_contract.ends_on", "request.received_on", "event.kind", "event.on"})
"""Facts whose absence is itself asked for by a rule (``given``): a date the member may not have yet."""


def _said(prefix: str) -> dict[str, FactType]:
    found = {}
    for path, field in fields().items():
        if path.startswith(prefix) and "*" not in path.removeprefix(prefix):
            kind = {"percent": "money"}.get(field.kind, field.kind)
            if kind not in {"date", "money", "flag", "choice", "whole", "lines"}:
                kind = "text"
            answered = none_is_an_answer(path) or path in _ALWAYS_ANSWERED
            found[path.removeprefix(prefix)] = FactType(kind, field.choices, answered)
    return found


PERSON_FACTS: dict[str, FactType] = {**_said("member."), **_said("beneficiaries.*."), **_DERIVED_PERSON}
DOSSIER_FACTS: dict[str, FactType] = {**_said(""), **_DERIVED_DOSSIER}


def find_fact(name: str, scope: Scope) -> FactRef | None:
    """Give the fact that a name means in a scope: the subject's first, then the dossier's."""
    if scope != "dossier" and name in PERSON_FACTS:
        return FactRef(name, "subject", PERSON_FACTS[name])
    head, _, tail = name.partition(".")
    if head == "member" and tail in PERSON_FACTS:
        return FactRef(tail, "member", PERSON_FACTS[tail])
    if name in DOSSIER_FACTS:
        return FactRef(name, "dossier", DOSSIER_FACTS[name])
    return None
