"""What a convention's folder may say: the shape of its TOML, before its rules are compiled."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from forms.convention.conditions import When
from forms.convention.dates import Operand
from forms.convention.facts import Scope
from forms.dossier.scalars import read_money_text

Step = Literal["before", "formula", "contract", "beneficiaries", "summary"]
Need = Literal["required", "may_wait", "optional"]


def _euros(value: Any) -> Any:
    if not isinstance(value, str):
        raise PydanticCustomError("money", 'un montant s’écrit entre guillemets, par exemple "19.58"')
    return read_money_text(value)


@dataclass(frozen=True, slots=True)
class Share:
    """An amount said as a percentage of the monthly social-security ceiling (PMSS) of the year."""

    percent: Decimal


def _price(value: Any) -> Any:
    percent = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    return Share(Decimal(percent[1])) if percent else _euros(value)


_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?) ?%", re.ASCII)
Euros = Annotated[Decimal, BeforeValidator(_euros)]
Price = Annotated[Decimal | Share, BeforeValidator(_price)]


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
    """``[[formulas]]``: one level of guarantees; ``when``: to whom it is offered (a finding may refuse others)."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    label: str
    summary: str = ""
    when: When = {}


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
    """``[creditor]``: who debits the account; what is not there is left blank on the mandate.

    ``rum_prefix``: where the insurer lets the mandate's reference (RUM, 35 characters at most) be made here, what
    stands before the dossier's own reference; left out, the insurer gives the RUM later.
    """

    name: str
    address: list[str] = []
    ics: str | None = None
    rum_prefix: Annotated[str, Field(pattern=r"^[A-Z0-9/?:().,+-]{0,26}$")] | None = None


class Identity(Declared):
    """``[convention]``: who insures whom, from when to when."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    edition: str
    edited_on: dt.date
    title: str
    scheme: str
    product: str = "Complémentaire santé, contrat collectif"
    insurer: str
    coinsurers: list[str] = []
    cdg: str | None = None
    contract_number: str | None = None
    has_employer: bool = True
    formula_by_person: bool = False
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


class OwnBoxTable(Declared):
    """``[[forms.own.boxes]]``: what is written on an insurer's PDF, and where.

    ``key``: a path of the dossier or ``=name``, as in resources/bulletin. ``field``: the AcroForm field that gives the
    place; else ``page``, ``x``, ``y`` (of the baseline, from the top) and ``width`` in millimetres. ``cell``: one
    character each so many millimetres. ``equals``: the box is crossed when that is the answer, and holds no text.
    """

    key: str
    field: str | None = None
    page: Annotated[int, Field(ge=1, le=50)] = 1
    x: Annotated[float, Field(ge=0, le=210)] | None = None
    y: Annotated[float, Field(ge=0, le=297)] | None = None
    width: Annotated[float, Field(gt=0, le=210)] | None = None
    cell: Annotated[float, Field(gt=1, le=20)] | None = None
    equals: str | bool | None = None


class OwnPdfTable(Declared):
    """``[forms.own]``: an insurer's PDF printed in place of ours, by its SHA-256 and edition; A4, no password.

    ``code``, ``mark``: where the code that carries the dossier (64 mm, page 1) and the small one of each page (12 mm)
    find a white place, left and top in millimetres; left out, that page has none.
    """

    pdf: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    edition: dt.date
    boxes: Annotated[list[OwnBoxTable], Field(min_length=1)]
    code: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    mark: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None


class FormTable(Declared):
    """``[[forms]]``: a form of the pack; ``keeper``: who keeps it signed (« l’assureur »), left out if nobody signs."""

    id: Literal["bulletin", "cancellation", "direct_debit", "payroll", "receipt", "papers", "reasons", "withdrawal"]
    when: When = {}
    keeper: str | None = None
    own: OwnPdfTable | None = None


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
    amounts: dict[str, Price]


class Tariff(Sourced):
    """A grid: from when it holds; ``published_for`` its year, ``holds_until`` where the document says how long."""

    starts_on: dt.date
    published_for: int
    holds_until: dt.date | None = None
    rows: list[Row] = []
    grid: str | None = None


class PriceCase(Sourced):
    """Which group of rows prices a person; the first case that holds.

    ``by_salary``: the rows have pay brackets, in euros a month; ``whole_euros``: the pay is cut to whole euros first.
    """

    of: Scope
    when: When = {}
    group: str | None = None
    free: bool = False
    age_of: Literal["own", "member"] = "own"
    by_salary: bool = False
    whole_euros: bool = False
    reason: str


class OptionTable(Sourced):
    """``[[options]]``: what can be taken on top of a formula, priced by its own cases."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    label: str
    prices: Annotated[list[PriceCase], Field(min_length=1)]


class CeilingTable(Sourced):
    """``[[ceilings]]``: the monthly social-security ceiling of a year, in euros."""

    year: int
    monthly: Euros


class SurchargeTable(Sourced):
    """``[surcharge]``: a percentage more for each year of joining late, on the lines of ``of``.

    Counted in completed years from ``since`` to the effective date, the first ``after_years`` left aside.
    """

    of: Scope
    since: Operand
    after_years: Annotated[int, Field(ge=0, le=50)] = 0
    percent_per_year: Euros
    at_most: Euros | None = None
    reason: str


class FreeChildren(Sourced):
    """``[free_children]``: from which child on, by birth, nothing is due."""

    from_rank: Annotated[int, Field(ge=1, le=10)]
    reason: str


class ParticipationTable(Sourced):
    """When the employer's participation is applied; never more than the contribution.

    ``percent``: it is a share of the contribution (``employer.participation_percent``), not an amount.
    """

    when: When = {}
    percent: bool = False
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


class GuaranteesTable(Sourced):
    """``[guarantees]``: the CSV of the guarantees (see forms/convention/guarantee_table.py for its columns).

    ``assumptions``: by id of a line, how it was read where the document is unclear.
    """

    grid: str
    assumptions: dict[str, str] = {}


class CareItemTable(Declared):
    """Things of one kind in a care: base in euros, rate of the health insurance in percent.

    ``at_most``: what the mutual insurer may pay for one of them, out of its ``price``.
    """

    base: Euros
    rate: Euros
    count: Annotated[int, Field(ge=1, le=50)] = 1
    price: Euros | None = None
    at_most: Euros | None = None


class WorkedTable(Declared):
    """What the source works out for one formula, in euros."""

    health: Euros
    mutual: Euros
    left: Euros


class CareTable(Declared):
    """``[[cares]]``: a care worked out on one guarantee; ``times``: how often its lump sum is due."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    label: str
    guarantee: str
    price: Euros
    items: Annotated[list[CareItemTable], Field(min_length=1)]
    fixed_participation: Euros = Decimal(0)
    times: Annotated[int, Field(ge=1, le=366)] = 1
    expected: dict[str, WorkedTable] = {}
    source: str


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
    forms: list[FormTable] = []
    tariffs: Annotated[list[Tariff], Field(min_length=1)]
    prices: Annotated[list[PriceCase], Field(min_length=1)]
    options: list[OptionTable] = []
    ceilings: list[CeilingTable] = []
    surcharge: SurchargeTable | None = None
    free_children: FreeChildren | None = None
    participation: ParticipationTable | None = None
    guarantees: GuaranteesTable | None = None
    cares: list[CareTable] = []
    examples: list[Example] = []


class ReasonTable(Sourced):
    """A reason that the law gives, as it is told."""

    reason: str


class DelayTable(ReasonTable):
    """A delay that the law gives, in whole days."""

    days: Annotated[int, Field(ge=1, le=366)]


class LawTable(Declared):
    """``[law]``: what the law gives to say of a withdrawal, by where it was signed, and of a mandate's end."""

    withdrawal_workplace: DelayTable
    withdrawal_remote: DelayTable
    mandate_eve: ReasonTable
    mandate_notice: ReasonTable


class CommonRules(Declared):
    """What holds for all conventions, unless one has a finding of the same code, a form of the same id."""

    sources: dict[str, Source]
    law: LawTable
    not_before: list[DateCase]
    findings: list[FindingTable]
    forms: Annotated[list[FormTable], Field(min_length=1)]
