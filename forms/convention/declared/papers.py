"""What a folder declares of paper: what is handed over, provided and printed, and an insurer’s own PDF."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from forms.convention.conditions import When
from forms.convention.declared.basis import Declared, Sourced
from forms.convention.facts import Scope


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
