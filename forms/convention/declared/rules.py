"""What a folder declares of rules: when cover starts, what is found, what is asked on which step."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from forms.convention.conditions import When
from forms.convention.dates import Operand
from forms.convention.declared.basis import Declared, Need, Sourced, Step
from forms.convention.facts import Scope


class Cover(Declared):
    """``[cover]``: when cover can start, and how ages are counted.

    ``age``: completed years on the effective date, or the year of cover minus the year of birth.
    """

    first_of_month: bool
    age: Literal["completed_years", "year_difference"] = "completed_years"
    age_because: Sourced


class DateCase(Sourced):
    """One way in which the effective date is found, or one day before which cover does not start.

    ``first_of_month``: of a case, whether a limit in the middle of a month moves its date to the next 1st; left out,
    it is as ``[cover]`` says.
    """

    when: When = {}
    date: Operand
    reason: str
    first_of_month: bool | None = None


class FindingTable(Sourced):
    """What is wrong or to be known, once, under one flat condition; ``in_quote``: it is said under the price too."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    of: Scope = "dossier"
    about: str
    when: When
    severity: Literal["error", "warning", "info"] = "error"
    message: str
    in_quote: bool = False


class AskTable(Declared):
    """One field that is asked: ``path`` is relative to each person that ``of`` names."""

    path: str
    need: Need
    when: When = {}
    hint: str = ""


class AskSection(Declared):
    """``[[asks]]``: a group of fields on one step, in screen order."""

    step: Step
    section: str
    of: Scope = "dossier"
    fields: list[AskTable]
