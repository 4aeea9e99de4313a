"""Et si…: the prices that a supposition makes beside those of the dossier, as a table and a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.desk.scene import where
from desktop.wizard.compare_content import Cell, Content, Row
from forms.assessment import quotes
from forms.assessment.supposing import Supposition, refusals, supposed
from forms.french import listing, long_date, money, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from desktop.desk.scene import Scene
    from forms.assessment import Quote
    from forms.convention import Convention
    from forms.convention.model import Formula
    from forms.dossier.model import Dossier


def figure(quote: Quote | None) -> Decimal | None:
    """Give the price to show: after the participation where it is known."""
    if quote is None:
        return None
    return quote.net if quote.net is not None else quote.total


def asks_partner_category(convention: Convention) -> bool:
    """Tell whether a partner in retirement is asked about, and so may pay another price."""
    return any(rule.scope == "partner" and rule.path == "category" for rule in convention.asks)


@dataclass(frozen=True)
class Outcome:
    """What a supposition changes: a table of prices, a sentence, and what it would be refused for."""

    content: Content
    sentence: str
    refused: tuple[str, ...] = ()


def outcome(scene: Scene, formulas: Sequence[Formula], what: Supposition) -> Outcome:
    """Price the supposition for some formulas beside the dossier as it stands."""
    now = {quote.formula: quote for quote in scene.quotes}
    chosen = next((n for n, formula in enumerate(formulas) if formula.id == scene.dossier.formula), None)
    if not what:
        rows = tuple(
            Row(_name(formula, chosen == n), (_price(scene.dossier, now.get(formula.id)), Cell("—"), Cell("—")))
            for n, formula in enumerate(formulas)
        )
        return Outcome(Content(_HEADS, rows, names=_NAMES), typeset(_NOTHING))
    copy = supposed(scene.dossier, scene.convention, scene.today, what)
    then = {quote.formula: quote for quote in quotes(copy, scene.convention, scene.today)}
    rows = tuple(
        Row(
            _name(formula, chosen == n),
            (
                _price(scene.dossier, now.get(formula.id)),
                _price(copy, then.get(formula.id), strong=True),
                _difference(now.get(formula.id), then.get(formula.id)),
            ),
        )
        for n, formula in enumerate(formulas)
    )
    refused = refusals(scene.assessment, copy, scene.convention, scene.today)
    return Outcome(Content(_HEADS, rows, names=_NAMES), _sentence(what, then), refused)


_NOTHING = "Dites un âge ou une date : les prix se recalculent à côté des actuels."
_NAMES = 130  # logical pixels
_HEADS = ("Formule", "Ce dossier", "Et si…", "Différence")


def _name(formula: Formula, chosen: bool) -> Cell:  # noqa: FBT001 - private, named by its only callers
    return Cell(formula.label, small="choisie" if chosen else "", strong=chosen)


def _price(dossier: Dossier, quote: Quote | None, *, strong: bool = False) -> Cell:
    price = figure(quote)
    if price is not None:
        return Cell(f"{money(price)} par mois", small=f"{money(price * 12)} par an", strong=strong)
    if quote is None:
        return Cell("—")
    if quote.refusals:
        return Cell("Pas de prix", small=quote.refusals[0])
    lacks = listing([where(dossier, path) for path in quote.missing])
    return Cell("Prix à venir", small=typeset(f"Il manque : {lacks}." if lacks else ""))


def _difference(now: Quote | None, then: Quote | None) -> Cell:
    before, after = figure(now), figure(then)
    if before is None or after is None:
        return Cell("—")
    more = after - before
    if not more:
        return Cell("sans changement")
    sign = "+" if more > 0 else ""
    return Cell(f"{sign}{money(more)} par mois", small=f"{sign}{money(more * 12)} par an")


def _sentence(what: Supposition, then: dict[str, Quote]) -> str:
    on = next((quote for quote in then.values() if quote.on is not None), None)
    day = "" if on is None or on.on is None else f" : prix au {long_date(on.on)}"
    hint = ", à titre indicatif" if on is not None and on.provisional else ""
    return typeset(f"Avec {what.words}{day}{hint}. Le dossier n’est pas changé.")
