"""Another child, a partner, another day of signature: a copy of a dossier in which they are, and the quote it makes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from forms.assessment.assess import assess, offered, quotes
from forms.dossier.labels import label
from forms.dossier.model import PARTNERS, Beneficiary, Category, Situation
from forms.dossier.paths import edited, name_of, people
from forms.french import listing, long_date, plural, typeset

if TYPE_CHECKING:
    from forms.assessment.answer import Assessment, Quote
    from forms.convention.model import Convention
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


def may_have_partner(dossier: Dossier) -> bool:
    """Tell whether there is no partner yet: there can be one only."""
    return all(person.relation not in PARTNERS for person in dossier.beneficiaries)


def supposed(dossier: Dossier, convention: Convention, today: dt.date, what: Supposition) -> Dossier:
    """Give a copy of the dossier in which all that is so."""
    if what.signed_on is not None:
        # The file that was received was signed before: another signature is another reception.
        dossier = edited(edited(dossier, "request.received_on", None), "request.signed_on", what.signed_on)
    on = next((quote.on for quote in quotes(dossier, convention, today) if quote.on is not None), today)
    added = []
    if what.partner is not None and may_have_partner(dossier):
        category: Category = "retired" if what.partner_retired else "active"
        added.append(
            Beneficiary(
                relation="spouse",
                birth_date=_born(on, what.partner),
                category=category,
                scheme=dossier.member.scheme,
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


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Party(_Kept):
    """One person of a quote: who (``Zoé``), what is said of them (``enfant, 12 ans``); ``supposed``: nobody yet."""

    who: str
    said: str
    supposed: bool = False


class Offer(_Kept):
    """One formula of a quote: what each person pays a month, in the quote's order, in euros; ``why`` there is none."""

    formula: str
    label: str
    people: tuple[Decimal | None, ...]
    total: Decimal | None
    participation: Decimal | None
    net: Decimal | None
    why: str = ""


class Estimate(_Kept):
    """A quote that is kept and printed: every formula for a family as supposed. No number of anyone is in it.

    ``on`` is the day that prices, ``provisional`` while it is no effective date; ``valid_until`` the last day on which
    the complete file may be received for these prices, ``None`` while that cannot be said.
    """

    format: Literal["permanence.estimate/1"] = "permanence.estimate/1"
    convention: str
    title: str
    edition: str
    employer: str | None
    made_at: dt.datetime
    on: dt.date | None
    provisional: bool
    valid_until: dt.date | None
    child: int | None = None
    partner: int | None = None
    partner_retired: bool = False
    signed_on: dt.date | None = None
    people: tuple[Party, ...]
    offers: tuple[Offer, ...]
    notes: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def supposition(self) -> Supposition:
        """Give what was supposed."""
        return Supposition(self.child, self.partner, self.partner_retired, self.signed_on)


def estimate(
    dossier: Dossier, convention: Convention, today: dt.date, what: Supposition, made_at: dt.datetime
) -> Estimate:
    """Give the quote of a dossier in which all that is so; the dossier is not changed."""
    copy = supposed(dossier, convention, today, what)
    found = assess(copy, convention, today)
    priced = {quote.formula: quote for quote in quotes(copy, convention, today)}
    first = next((quote for quote in priced.values() if quote.on is not None), None)
    shown = offered(copy, convention, today)
    return Estimate(
        convention=convention.id,
        title=convention.title,
        edition=convention.edition,
        employer=dossier.employer.name if convention.has_employer else None,
        made_at=made_at,
        on=first.on if first else None,
        provisional=first is None or first.provisional,
        valid_until=None if first is None or first.provisional else found.calendar.complete_by,
        child=what.child,
        partner=what.partner,
        partner_retired=what.partner_retired,
        signed_on=what.signed_on,
        people=_parties(copy, found, first, len(people(dossier))),
        offers=tuple(_offer(formula.id, formula.label, priced[formula.id]) for formula in shown),
        notes=_notes(found, list(priced.values()), what),
        refused=_refused(dossier, copy, convention, today),
    )


def _parties(copy: Dossier, found: Assessment, quote: Quote | None, known: int) -> tuple[Party, ...]:
    lines = {line.person: line for line in quote.lines} if quote else {}
    made = []
    for place, (path, person) in enumerate(people(copy)):
        is_supposed = place >= known
        name = name_of(copy, path)
        parts = []
        if isinstance(person, Beneficiary):
            relation = label(f"{path}.relation", person.relation, person.title) if person.relation else ""
            name = f"un {relation}" if is_supposed else name
            parts += [relation] if relation and person.first_name else []
        elif person.first_name:
            parts.append("adhérente" if person.title == "mme" else "adhérent")
        line = lines.get(path)
        age = found.ages.get(path, line.age if line else None)
        if age is not None:
            parts.append(plural(age, "an"))
        made.append(Party(who=name[:1].upper() + name[1:], said=", ".join(parts), supposed=is_supposed))
    return tuple(made)


def _offer(formula: str, name: str, quote: Quote) -> Offer:
    return Offer(
        formula=formula,
        label=name,
        people=tuple(line.amount for line in quote.lines),
        total=quote.total,
        participation=quote.participation,
        net=quote.net,
        why=quote.refusals[0] if quote.refusals else "",
    )


def _notes(found: Assessment, priced: list[Quote], what: Supposition) -> tuple[str, ...]:
    """Give what the prices rest on, each once: what is supposed, what a quote notes, what no document says."""
    notes = [ASSUMED] if what.child is not None or what.partner is not None else []
    notes += [note for quote in priced for note in quote.notes]
    steps = found.effective_date.steps if found.effective_date else ()
    notes += [f"À confirmer : {because.assumption}" for because in steps if because.assumption]
    return tuple(dict.fromkeys(typeset(note) for note in notes))


def refusals(now: Assessment, copy: Dossier, convention: Convention, today: dt.date) -> tuple[str, ...]:
    """Give the errors that a supposition brings: what is only not said yet of a supposed person is none."""
    known = {issue.message for issue in now.issues}
    return tuple(
        issue.message
        for issue in assess(copy, convention, today).issues
        if issue.severity == "error" and issue.code != "missing" and issue.message not in known
    )


def _refused(dossier: Dossier, copy: Dossier, convention: Convention, today: dt.date) -> tuple[str, ...]:
    return refusals(assess(dossier, convention, today), copy, convention, today)
