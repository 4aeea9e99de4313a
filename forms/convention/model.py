"""A convention that has been checked: its rules compiled, its sources resolved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from forms.convention.conditions import Holds
from forms.convention.dates import DateOf
from forms.convention.declared.basis import Need, Share, Step
from forms.convention.declared.folder import Example
from forms.convention.declared.papers import CreditorTable, OwnPdfTable
from forms.convention.facts import FactRef, Scope
from forms.convention.guarantees import Care, Guarantee


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from, in words; ``assumption`` says what is assumed where no document rules."""

    source: str
    assumption: str | None


@dataclass(frozen=True, slots=True)
class Formula:
    """A level of guarantees that can be chosen."""

    id: str
    label: str
    summary: str
    offered: Holds = lambda _scene, _subject: True


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A document that the agent receives before joining; ``key`` is its acknowledgement."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class OwnForm:
    """An insurer's own PDF, its edition checked: ``data`` is the file, ``table`` what is written on it and where."""

    data: bytes = field(repr=False)
    table: OwnPdfTable


@dataclass(frozen=True, slots=True)
class PackForm:
    """A form of the pack and when it is printed; ``keeper`` keeps it signed, ``None`` where nobody signs it."""

    id: str
    holds: Holds
    keeper: str | None
    own: OwnForm | None = None


@dataclass(frozen=True, slots=True)
class LegalText:
    """A text that the law wants reproduced: the insurer's ``text`` once it is there, else our ``statement``."""

    name: str
    article: str
    statement: str
    text: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Template:
    """A French sentence in parts: a text, then what is named after it: a fact, the person, or nothing."""

    parts: tuple[tuple[str, FactRef | Literal["name", "of_name"] | None], ...]


@dataclass(frozen=True, slots=True)
class DateRuleCase:
    """A case of the effective date, or a day before which cover does not start."""

    holds: Holds
    date: DateOf
    reason: Template
    basis: Basis
    first_of_month: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong or to be known; ``about`` is a path of the dossier when ``absolute``, else of the person."""

    code: str
    scope: Scope
    about: str
    absolute: bool
    holds: Holds
    severity: Literal["error", "warning", "info"]
    message: Template
    basis: Basis
    in_quote: bool = False


@dataclass(frozen=True, slots=True)
class AskRule:
    """One field that is asked, of whom, on which step."""

    path: str
    absolute: bool
    scope: Scope
    step: Step
    section: str
    need: Need
    holds: Holds
    hint: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to provide, and why."""

    kind: str
    scope: Scope
    holds: Holds
    why: Template
    basis: Basis


@dataclass(frozen=True, slots=True)
class Band:
    """One row of a grid; ages in years, both ends included; pay in euros a month, both ends included."""

    group: str
    label: str
    from_age: int
    to_age: int | None
    from_salary: Decimal | None
    to_salary: Decimal | None
    amounts: dict[str, Decimal | Share]

    def covers(self, age: int, salary: Decimal | None) -> bool:
        """Tell whether a person of this age and pay falls in the band; ``salary`` is ``None`` where it is not asked."""
        if age < self.from_age or (self.to_age is not None and age > self.to_age):
            return False
        if salary is None or (self.from_salary is None and self.to_salary is None):
            return True
        return (self.from_salary or 0) <= salary and (self.to_salary is None or salary <= self.to_salary)


@dataclass(frozen=True, slots=True)
class Grid:
    """A tariff: its bands by group, from ``starts_on`` on."""

    starts_on: dt.date
    published_for: int
    holds_until: dt.date | None
    bands: dict[str, tuple[Band, ...]]
    basis: Basis


@dataclass(frozen=True, slots=True)
class PriceRule:
    """Which group of the grid prices a person, or that nothing is due."""

    scope: Scope
    holds: Holds
    group: str | None
    free: bool
    age_of: Literal["own", "member"]
    by_salary: bool
    whole_euros: bool
    reason: Template
    basis: Basis


@dataclass(frozen=True, slots=True)
class Option:
    """What can be taken on top of a formula."""

    id: str
    label: str
    prices: tuple[PriceRule, ...]


@dataclass(frozen=True, slots=True)
class Surcharge:
    """A percentage more for each year of joining late."""

    scope: Scope
    since: DateOf
    after_years: int
    percent_per_year: Decimal
    at_most: Decimal | None
    reason: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class FreeFrom:
    """From which child on nothing is due."""

    rank: int
    reason: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Participation:
    """When the employer’s participation is applied."""

    holds: Holds
    percent: bool
    reason: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason that the law gives, with its delay in days where it is one."""

    reason: str
    basis: Basis
    days: int = 0


@dataclass(frozen=True, slots=True)
class Law:
    """What the law gives to say, whatever the convention."""

    withdrawal_workplace: Reason
    withdrawal_remote: Reason
    mandate_eve: Reason
    mandate_notice: Reason


@dataclass(frozen=True, slots=True)
class CoverRules:
    """When cover can start, and how ages are counted."""

    first_of_month: bool
    age: Literal["completed_years", "year_difference"]
    age_basis: Basis


@dataclass(frozen=True, slots=True)
class Convention:
    """A convention in force between ``starts_on`` and ``ends_on`` (both included; ``None``: no end said).

    ``fingerprint`` is the SHA-256 of the folder's files, in hexadecimal.
    """

    id: str
    edition: str
    edited_on: dt.date
    fingerprint: str
    folder: Path
    title: str
    scheme: str
    product: str
    insurer: str
    coinsurers: tuple[str, ...]
    cdg: str | None
    contract_number: str | None
    has_employer: bool
    formula_by_person: bool
    starts_on: dt.date
    ends_on: dt.date | None
    guarantees_note: str
    formulas: tuple[Formula, ...]
    before: tuple[str, ...]
    handed_over: tuple[HandedOver, ...]
    legal_texts: dict[str, LegalText]
    creditor: CreditorTable | None
    cover: CoverRules
    law: Law
    effective_date: tuple[DateRuleCase, ...]
    not_before: tuple[DateRuleCase, ...]
    findings: tuple[Finding, ...]
    asks: tuple[AskRule, ...]
    papers: tuple[Paper, ...]
    forms: tuple[PackForm, ...]
    grids: tuple[Grid, ...]
    prices: tuple[PriceRule, ...]
    options: tuple[Option, ...]
    ceilings: dict[int, Decimal]
    surcharge: Surcharge | None
    free_children: FreeFrom | None
    participation: Participation | None
    guarantees: tuple[Guarantee, ...]
    cares: tuple[Care, ...]
    examples: tuple[Example, ...]

    def formula(self, formula_id: str | None) -> Formula | None:
        """Give the formula of that id, or nothing."""
        return next((formula for formula in self.formulas if formula.id == formula_id), None)
