"""The whole of a folder, and what law and coherence declare for all of them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from forms.convention.conditions import When
from forms.convention.declared.basis import Declared, Euros, Source, Sourced
from forms.convention.declared.guarantees import CareTable, GuaranteesTable
from forms.convention.declared.papers import CreditorTable, FormTable, HandedOverTable, LegalTextTable, PaperTable
from forms.convention.declared.prices import (
    CeilingTable,
    FreeChildren,
    OptionTable,
    ParticipationTable,
    PriceCase,
    SurchargeTable,
    Tariff,
)
from forms.convention.declared.rules import AskSection, Cover, DateCase, FindingTable


class FormulaTable(Declared):
    """``[[formulas]]``: one level of guarantees; ``when``: to whom it is offered (a finding may refuse others)."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    label: str
    summary: str = ""
    when: When = {}


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
