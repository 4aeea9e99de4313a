"""What a change dossier changes: who was covered already, who is added, who is taken away."""

from __future__ import annotations

from collections.abc import Iterable

from forms.convention.facts import Lacks
from forms.dossier.model import Beneficiary, Dossier
from forms.french import fold


def already_covered(dossier: Dossier, index: int) -> bool | Lacks:
    """Tell whether the beneficiary at an index was covered before this dossier.

    Two entries are one person when birth date and first name agree. A change of formula that does not list the
    current beneficiaries changes no one: they were all covered.
    """
    if dossier.kind == "enrolment":
        return False
    current = dossier.current.beneficiaries if dossier.current else ()
    if not current:
        return dossier.kind == "formula_change"
    return _among(dossier.beneficiaries[index], f"beneficiaries.{index}", current, "current.beneficiaries")


def added(dossier: Dossier) -> int | Lacks:
    """Count the beneficiaries who were not covered before."""
    return _count(already_covered(dossier, index) for index in range(len(dossier.beneficiaries)))


def removed(dossier: Dossier) -> int | Lacks:
    """Count the people covered so far who are no longer listed."""
    if dossier.kind == "enrolment" or dossier.current is None:
        return 0
    current = enumerate(dossier.current.beneficiaries)
    return _count(
        _among(person, f"current.beneficiaries.{i}", dossier.beneficiaries, "beneficiaries") for i, person in current
    )


def formula_changed(dossier: Dossier) -> bool | Lacks:
    """Tell whether a change asks for another formula than the one in force."""
    if dossier.kind == "enrolment":
        return False
    if dossier.current is None:
        return Lacks(("current",))
    said = {"current.formula": dossier.current.formula, "formula": dossier.formula}
    lacking = tuple(path for path, formula in said.items() if formula is None)
    return Lacks(lacking) if lacking else dossier.formula != dossier.current.formula


def _count(known: Iterable[bool | Lacks]) -> int | Lacks:
    answers = list(known)
    lacking = tuple(path for answer in answers if isinstance(answer, Lacks) for path in answer.paths)
    return Lacks(lacking) if lacking else answers.count(False)


def _among(person: Beneficiary, path: str, others: tuple[Beneficiary, ...], place: str) -> bool | Lacks:
    lacking = _unsaid(person, path)
    if lacking:
        return Lacks(lacking) if others else False
    unsaid = tuple(lack for i, other in enumerate(others) for lack in _unsaid(other, f"{place}.{i}"))
    if any(_key(person) == _key(other) for other in others):
        return True
    return Lacks(unsaid) if unsaid else False


def _unsaid(person: Beneficiary, path: str) -> tuple[str, ...]:
    said = {"first_name": person.first_name, "birth_date": person.birth_date}
    return tuple(f"{path}.{name}" for name, value in said.items() if value is None)


def _key(person: Beneficiary) -> tuple[object, str]:
    return person.birth_date, fold(person.first_name or "")
