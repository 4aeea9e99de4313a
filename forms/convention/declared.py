"""What a convention's folder may say: the shape of its TOML, before its rules are compiled."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from forms.convention.conditions import When
from forms.convention.dates import Operand
from forms.convention.facts import Scope
from forms.dossier.scalars import _money

Step = Literal["before", "formula", "contract", "beneficiaries", "summary"]
Need = Literal["required", "may_wait", "optional"]


def _euros(value: Any) -> Any:
    if not isinstance(value, str):
        raise PydanticCustomError("money", 'un montant s’écrit entre guillemets, par exemple "19.58"')
    return _money(value)


Euros = Annotated[Decimal, BeforeValidator(_euros)]
Whens = Annotated[When, Field(default_factory=dict)]


class Declared(BaseModel):
    """A table of the folder; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Sourced(Declared):
    """A table that says where it comes from; what no document says is ``assumed`` and says what is assumed."""

    source: str
    certainty: Literal["stated", "assumed"] = "stated"
    assumption: str | None = None


class Source(Declared):
    """A document: who published it, when someone last checked the folder against it."""

    title: str
    publisher: str
    checked_on: dt.date
    note: str = ""


class FormulaTable(Declared):
    """``[[formulas]]``: one level of guarantees."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    label: str
    summary: str = ""


class HandedOverTable(Declared):
    """``[[handed_over]]``: a document that the agent receives before joining."""

    key: Literal["guarantees", "product_sheet", "notice", "statutes", "internal_rules"]
    label: str


class LegalTextTable(Declared):
    """A text that the law wants word for word; ``statement`` is ours until the insurer puts ``texts/<name>.txt``."""

    article: str
    statement: str
    source: str


class CreditorTable(Declared):
    """``[creditor]``: who debits the account; what is not there is left blank on the mandate."""

    name: str
    address: list[str] = []
    ics: str | None = None


class Identity(Declared):
    """``[convention]``: who insures whom, from when to when."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    edition: str
    edited_on: dt.date
    title: str
    scheme: str
    insurer: str
    coinsurers: list[str] = []
    cdg: str | None = None
    contract_number: str | None = None
    has_employer: bool = True
    starts_on: dt.date
    ends_on: dt.date | None = None
    guarantees_note: str = ""
    source: str


class Cover(Declared):
    """``[cover]``: when cover can start, and how ages are counted.

    ``age``: completed years on the effective date, or the year of cover minus the year of birth.
    """

    first_of_month: bool
    age: Literal["completed_years", "year_difference"] = "completed_years"
    age_because: Sourced


class DateCase(Sourced):
    """One way in which the effective date is found, or one day before which cover does not start."""

    when: When = {}
    date: Operand
    reason: str


class FindingTable(Sourced):
    """What is wrong or to be known, once, under one flat condition."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    of: Scope = "dossier"
    about: str
    when: When
    severity: Literal["error", "warning", "info"] = "error"
    message: str


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


class PaperTable(Sourced):
    """``[[papers]]``: a paper to provide, for each person that ``of`` names."""

    kind: str
    of: Scope
    when: When = {}
    why: str


class Row(Declared):
    """A row of a grid: a group, an age band in years (both ends included), a pay bracket in euros if any."""

    group: str
    label: str
    from_age: int = 0
    to_age: int | None = None
    from_salary: Euros | None = None
    to_salary: Euros | None = None
    amounts: dict[str, Euros]


class Tariff(Sourced):
    """A grid: from when it holds; ``published_for`` its year, ``holds_until`` where the document says how long."""

    starts_on: dt.date
    published_for: int
    holds_until: dt.date | None = None
    rows: list[Row] = []
    grid: str | None = None


class PriceCase(Sourced):
    """Which group of rows prices a person; the first case that holds."""

    of: Scope
    when: When = {}
    group: str | None = None
    free: bool = False
    age_of: Literal["own", "member"] = "own"
    by_salary: bool = False
    reason: str


class FreeChildren(Sourced):
    """From which child on nothing is due; ``youngest``: the free ones are the last by birth."""

    from_rank: Annotated[int, Field(ge=1, le=10)]
    reason: str


class ParticipationTable(Sourced):
    """When the employer's participation is applied; never more than the contribution."""

    when: When = {}
    reason: str


class Example(Declared):
    """A worked example of the source: a dossier, the day, and the amounts expected for some formulas."""

    title: str
    source: str
    today: dt.date
    dossier: dict[str, Any]
    totals: dict[str, Euros] = {}
    nets: dict[str, Euros] = {}
    effective_date: dt.date | None = None
    codes: list[str] | None = None


class Folder(Declared):
    """All the TOML of a folder, joined: each top-level key stands in one file only."""

    convention: Identity
    sources: dict[str, Source]
    formulas: Annotated[list[FormulaTable], Field(min_length=1)]
    before: list[str] = []
    handed_over: list[HandedOverTable] = []
    legal_texts: dict[str, LegalTextTable] = {}
    creditor: CreditorTable | None = None
    cover: Cover
    effective_date: Annotated[list[DateCase], Field(min_length=1)]
    not_before: list[DateCase] = []
    findings: list[FindingTable] = []
    asks: Annotated[list[AskSection], Field(min_length=1)]
    papers: list[PaperTable] = []
    tariffs: Annotated[list[Tariff], Field(min_length=1)]
    prices: Annotated[list[PriceCase], Field(min_length=1)]
    free_children: FreeChildren | None = None
    participation: ParticipationTable | None = None
    examples: list[Example] = []


class CommonRules(Declared):
    """What holds for all conventions, unless one has a finding of the same code."""

    sources: dict[str, Source]
    not_before: list[DateCase]
    findings: list[FindingTable]
