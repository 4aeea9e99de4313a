"""Et si…: another child, a partner, another day of signature, on a copy of the dossier that nothing keeps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.wizard.compare_content import Cell, Content, Row
from desktop.wizard.scene import MISSING, where
from forms.assessment import assess, quotes
from forms.dossier.model import PARTNERS, Beneficiary, Category, Situation
from forms.dossier.paths import edited
from forms.french import listing, long_date, money, plural, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from desktop.wizard.scene import Scene
    from forms.assessment import Quote
    from forms.convention import Convention
    from forms.convention.model import Formula
    from forms.dossier.model import Dossier

_STUDENT = 16
"""From this age on a supposed child is a student: below, every convention takes a dependent child."""
ASSUMED = (
    "L’enfant est supposé à charge, étudiant à partir de 16 ans, sans handicap ni couverture à lui ; "
    "le conjoint, marié, sans droit propre à la convention. L’âge est celui de la date d’effet."
)


@dataclass(frozen=True)
class Supposition:
    """What is supposed; ``None`` for what stays as the dossier says. Ages in years on the effective date."""

    child: int | None = None
    partner: int | None = None
    partner_retired: bool = False
    signed_on: dt.date | None = None

    def __bool__(self) -> bool:
        """Tell whether anything is supposed."""
        return self.child is not None or self.partner is not None or self.signed_on is not None

    @property
    def words(self) -> str:
        """Say it: ``un enfant de 8 ans et un conjoint de 40 ans``."""
        parts = [] if self.child is None else [f"un enfant de {plural(self.child, 'an')} de plus"]
        if self.partner is not None:
            parts.append(f"un conjoint de {plural(self.partner, 'an')}{' en retraite' * self.partner_retired}")
        if self.signed_on is not None:
            parts.append(f"une signature le {long_date(self.signed_on)}")
        return listing(parts)


def figure(quote: Quote | None) -> Decimal | None:
    """Give the price to show: after the participation where it is known."""
    if quote is None:
        return None
    return quote.net if quote.net is not None else quote.total


def may_have_partner(dossier: Dossier) -> bool:
    """Tell whether there is no partner yet: there can be one only."""
    return all(person.relation not in PARTNERS for person in dossier.beneficiaries)


def asks_partner_category(convention: Convention) -> bool:
    """Tell whether a partner in retirement is asked about, and so may pay another price."""
    return any(rule.scope == "partner" and rule.path == "category" for rule in convention.asks)


def supposed(scene: Scene, what: Supposition) -> Dossier:
    """Give a copy of the dossier in which all that is so."""
    dossier, now = scene.dossier, scene.quotes
    if what.signed_on is not None:
        # The file that was received was signed before: another signature is another reception.
        dossier = edited(edited(dossier, "request.received_on", None), "request.signed_on", what.signed_on)
        now = quotes(dossier, scene.convention, scene.today)
    on = next((quote.on for quote in now if quote.on is not None), scene.today)
    added = []
    if what.partner is not None and may_have_partner(dossier):
        category: Category = "retired" if what.partner_retired else "active"
        scheme = dossier.member.scheme or "general"
        added.append(
            Beneficiary(
                relation="spouse",
                birth_date=_born(on, what.partner),
                category=category,
                scheme=scheme,
                eligible_member=False,
            )
        )
    if what.child is not None:
        situation: Situation = "student" if what.child >= _STUDENT else "dependent"
        added.append(
            Beneficiary(
                relation="child",
                birth_date=_born(on, what.child),
                situation=situation,
                tax_dependent=True,
                disabled=False,
                own_cover=False,
                scheme=dossier.member.scheme,
                attached_to="member",
            )
        )
    return dossier.model_copy(update={"beneficiaries": (*dossier.beneficiaries, *added)})


def _born(on: dt.date, age: int) -> dt.date:
    """Give a birth that makes this age on a day, in completed years and from one calendar year to the other alike."""
    return dt.date(on.year - age, 1, 1)


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
    copy = supposed(scene, what)
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
    return Outcome(Content(_HEADS, rows, names=_NAMES), _sentence(what, then), _refused(scene, copy))


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


def _refused(scene: Scene, copy: Dossier) -> tuple[str, ...]:
    """Give the errors that the supposition brings: what is only not said yet of a supposed person is none."""
    known = {issue.message for issue in scene.assessment.issues}
    found = assess(copy, scene.convention, scene.today).issues
    return tuple(
        issue.message
        for issue in found
        if issue.severity == "error" and issue.code != MISSING and issue.message not in known
    )
