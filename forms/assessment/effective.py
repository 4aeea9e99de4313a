"""The effective date: the first case that holds, then each limit that moves it later."""

from __future__ import annotations

import datetime as dt

from forms.assessment.answer import Because, EffectiveDate, OldCover
from forms.assessment.scene import Scene
from forms.assessment.words import because
from forms.convention.dates import first_on_or_after, last_notice
from forms.convention.facts import Lacks
from forms.convention.model import DateRuleCase

_ONE_DAY = dt.timedelta(days=1)
_HORIZON = 730


def effective_date(scene: Scene, *, provisional: bool = False) -> EffectiveDate | Lacks:
    """Find the first day of cover, or what it lacks.

    A case or a limit that cannot be decided ends the search: it could give another date. A ``provisional`` day, for
    a quote only, passes over what cannot be decided.
    """
    found = _first_case(scene, provisional=provisional)
    if isinstance(found, Lacks):
        return found
    day, reason, first_of_month = found
    steps = [reason]
    for limit in scene.convention.not_before:
        bound = _day(limit, scene)
        if isinstance(bound, Lacks):
            if provisional:
                continue
            return bound
        if bound is None or bound <= day:
            continue
        day = first_on_or_after(bound) if first_of_month else bound
        steps.append(because(limit.reason, limit.basis, scene, ""))
    return EffectiveDate(day, tuple(steps))


def _first_case(scene: Scene, *, provisional: bool) -> tuple[dt.date, Because, bool] | Lacks:
    lacking = Lacks(())
    for case in scene.convention.effective_date:
        day = _day(case, scene)
        if isinstance(day, dt.date):
            first_of_month = scene.convention.cover.first_of_month
            if case.first_of_month is not None:
                first_of_month = case.first_of_month
            return day, because(case.reason, case.basis, scene, ""), first_of_month
        if isinstance(day, Lacks):
            if not provisional:
                return day
            lacking = day
    return lacking


def _day(case: DateRuleCase, scene: Scene) -> dt.date | Lacks | None:
    holds = case.holds(scene, "")
    if holds is True:
        return case.date(scene, "")
    return None if holds is False else holds


def complete_by(scene: Scene, found: EffectiveDate) -> dt.date | None:
    """Give the last day on which the complete file may be received for cover to start on the date found.

    Received means complete: a later file moves the date. The date never moves earlier when a file comes later, so
    that the last day is found by halving. ``None`` where no day of reception moves it within two years.
    """
    received = scene.reception()
    if isinstance(received, Lacks):
        return None
    near, far = 0, 31
    while _received_later(scene, received, far) == found.date:
        near, far = far, far * 2
        if far > _HORIZON:
            return None
    while far - near > 1:
        middle = (near + far) // 2
        if _received_later(scene, received, middle) == found.date:
            near = middle
        else:
            far = middle
    return received + dt.timedelta(days=near)


def _received_later(scene: Scene, received: dt.date, days: int) -> dt.date | None:
    found = effective_date(scene.if_received(received + dt.timedelta(days=days)))
    return None if isinstance(found, Lacks) else found.date


def old_cover(scene: Scene) -> OldCover | None:
    """Say when the previous contract ends, and by when a mandate's notice must leave; ``None`` without a contract."""
    contract = scene.dossier.previous_contract
    if contract is None or contract.cancellation in {None, "none"}:
        return None
    mandate = contract.cancellation == "mandate"
    if contract.ends_on is not None:
        return OldCover(contract.ends_on, last_notice(contract.ends_on) if mandate else None, _SAID)
    found = _mandate_end(scene) if mandate else None
    return found or OldCover(None, None, None)


def _mandate_end(scene: Scene) -> OldCover | None:
    """Give the end that a mandate makes: the eve of cover where it starts on a 1st and the notice can reach it."""
    if scene.convention.cover.first_of_month:
        if isinstance(scene.on, Lacks):
            return None
        eve = scene.on - _ONE_DAY
        end = scene.notice_end()
        if isinstance(end, Lacks) or end <= eve:
            return OldCover(eve, last_notice(eve), _MANDATE_EVE)
    end, sent = scene.notice_end(), scene.reception()
    return None if isinstance(end, Lacks) or isinstance(sent, Lacks) else OldCover(end, sent, _MANDATE_NOTICE)


_SAID = Because("Dernier jour de couverture indiqué pour le contrat précédent.", "déclaration de l’adhérent")
_LAW = "Code de la mutualité, articles L221-10-2 et R221-6"
_MANDATE_EVE = Because(
    "L’ancien contrat prend fin la veille de la date d’effet : l’avis de résiliation part assez tôt pour cela.",
    _LAW,
    "La veille de la date d’effet est demandée comme dernier jour de l’ancien contrat.",
)
_MANDATE_NOTICE = Because(
    "L’ancien contrat prend fin un mois après la réception de l’avis de résiliation, envoyé le jour où le dossier "
    "est reçu et présumé reçu le lendemain.",
    _LAW,
    "L’avis est supposé envoyé le jour où le dossier complet est reçu.",
)
