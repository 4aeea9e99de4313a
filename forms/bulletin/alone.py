"""Pages that are printed alone: the slip of the papers to bring, a quote. No code: they are no page of the bulletin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.assessment.answer import a_year
from forms.bulletin.flow import Column, Flow
from forms.bulletin.frame import ROOM, framed
from forms.bulletin.ink import ink
from forms.bulletin.layout import sheet_layout
from forms.bulletin.marks import Code, Paper
from forms.bulletin.sheet import sheet_pages
from forms.bulletin.words import Words
from forms.french import amount, long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from forms.assessment.answer import Assessment
    from forms.assessment.supposing import Estimate, Offer
    from forms.bulletin.marks import Page
    from forms.bulletin.printing import Printing
    from forms.convention import Convention
    from forms.dossier.model import Dossier

_NAMES = 54.0
_NO_PROMISE = (
    "Ce devis est une simulation : il n’engage ni l’assureur, ni la collectivité, ni l’agent. Les prix sont ceux du "
    "tableau de la convention pour la famille et la date écrites ici ; seul le bulletin d’adhésion accepté fait foi."
)


def slip(dossier: Dossier, assessment: Assessment, convention: Convention, printing: Printing) -> bytes:
    """Give the PDF of the slip: the papers that are missing, for whom, why and by when."""
    words = Words(dossier, assessment, convention, printing)
    layout = sheet_layout("slip")
    title = f"{layout.title}, dossier {printing.reference}"
    return _alone(sheet_pages(words, layout, 1), title, printing, convention)


def quote_sheet(estimate: Estimate, convention: Convention, printing: Printing) -> bytes:
    """Give the PDF of a quote as it was kept: the family, each formula, until when it holds, what it rests on."""
    flow = Flow("Devis", estimate.title)
    employer = f" Collectivité : {estimate.employer}." if estimate.employer else ""
    flow.begin(f"Établi le {long_date(estimate.made_at.date())}.{employer}")
    flow.heading("La famille")
    for party in estimate.people:
        text = f"{party.who}, {party.said}" if party.said else party.who
        flow.text(f"{text} (supposé)" if party.supposed else text, 10.0, indent=4.0, after=0.4)
    if estimate.signed_on:
        flow.text(f"Signature supposée le {long_date(estimate.signed_on)}.", 10.0, indent=4.0)
    flow.heading("Les formules, en euros", 40.0)
    flow.table(*_offers(estimate), frozenset(_strong(estimate)), size=9.5, together=2)
    for offer in estimate.offers:
        if offer.why:
            flow.text(f"{offer.label} : {offer.why}")
    flow.heading("Jusqu’à quand")
    flow.text(_until(estimate), 10.0, strong=True)
    if estimate.refused:
        flow.heading("Ce qui empêcherait d’adhérer ainsi")
        for text in estimate.refused:
            flow.text(text, indent=4.0)
    if estimate.notes:
        flow.heading("Ce que ces prix supposent")
        for text in estimate.notes:
            flow.text(text, 8.5, indent=4.0)
    flow.y += 2.0
    flow.text(_NO_PROMISE, 9.0, strong=True)
    as_then = replace(convention, edition=estimate.edition)
    return _alone(flow.done(), f"Devis, dossier {printing.reference}", printing, as_then)


def _alone(pages: Sequence[Page], title: str, printing: Printing, convention: Convention) -> bytes:
    """Draw pages with their foot, but without the small code by which scanned pages of a bulletin are sorted."""
    made = framed(list(pages), printing, convention)
    plain = tuple(replace(page, marks=tuple(m for m in page.marks if not isinstance(m, Code))) for page in made)
    return ink(Paper(title, convention.title, plain))


def _until(estimate: Estimate) -> str:
    if estimate.on is None:
        return "Aucune date d’effet n’est connue : ces prix sont donnés à titre indicatif."
    day = long_date(estimate.on)
    if estimate.provisional:
        return f"À titre indicatif : prix au {day}, la date d’effet n’étant pas encore connue."
    if estimate.valid_until is None:
        return f"Prix à la date d’effet du {day}."
    until = long_date(estimate.valid_until)
    return f"Valable pour un dossier complet reçu au plus tard le {until} : couverture à partir du {day}."


def _offers(estimate: Estimate) -> tuple[list[Column], list[tuple[str, ...]]]:
    """Give the table: a column a formula, a line a person, then what is left to pay by the month and by the year."""
    offers = estimate.offers
    wide = (ROOM - _NAMES) / max(1, len(offers))
    columns = [Column("", _NAMES), *(Column(offer.label, wide, "right") for offer in offers)]
    rows: list[tuple[str, ...]] = [
        (party.who, *(_cell(_nth(offer, place)) for offer in offers)) for place, party in enumerate(estimate.people)
    ]
    rows.append(("Total par mois", *(_cell(offer.total) for offer in offers)))
    if any(offer.participation is not None for offer in offers):
        rows.append(("Participation de l’employeur", *(_cell(offer.participation, "− ") for offer in offers)))
    rows.append(("À payer par mois", *(_cell(offer.net) for offer in offers)))
    rows.append(("À payer par an", *(_cell(a_year(offer.net)) for offer in offers)))
    return columns, rows


def _strong(estimate: Estimate) -> tuple[int, int]:
    last = len(_offers(estimate)[1]) - 1
    return last - 1, last


def _nth(offer: Offer, place: int) -> Decimal | None:
    return offer.people[place] if place < len(offer.people) else None


def _cell(value: Decimal | None, sign: str = "") -> str:
    return "" if value is None else (sign if value else "") + amount(value)
