"""The effective date: the first case that holds, then each limit that moves it later."""

from __future__ import annotations

import datetime as dt
from functools import cache

from forms.assessment.answer import Because, Calendar, EffectiveDate, OldCover
from forms.assessment.scene import Scene
from forms.assessment.words import because, stated
from forms.convention.dates import first_of_month, first_on_or_after, last_notice
from forms.convention.facts import Lacks
from forms.convention.model import DateRuleCase
from forms.dossier.paths import edited

_MONTH = 31
_HORIZON = 16 * _MONTH
_ONE_DAY = dt.timedelta(days=1)


def effective_date(scene: Scene, *, provisional: bool = False) -> EffectiveDate | Lacks:
    """Find the first day of cover, or what it lacks.

    A case or a limit that cannot be decided ends the search: it could give another date. A ``provisional`` day, for
    a quote only, passes over what cannot be decided.
    """
    found = _decided(scene, provisional=provisional)
    if isinstance(found, Lacks):
        return found
    day, ruled = found
    return EffectiveDate(day, tuple(because(rule.reason, rule.basis, scene, "") for rule in ruled))


def _decided(scene: Scene, *, provisional: bool = False) -> tuple[dt.date, list[DateRuleCase]] | Lacks:
    """Give the first day of cover with the case and the limits that made it."""
    found = _first_case(scene, provisional=provisional)
    if isinstance(found, Lacks):
        return found
    day, case, first_of_month = found
    ruled = [case]
    for limit in scene.convention.not_before:
        bound = _day(limit, scene)
        if isinstance(bound, Lacks):
            if provisional:
                continue
            return bound
        if bound is None or bound <= day:
            continue
        day = first_on_or_after(bound) if first_of_month else bound
        ruled.append(limit)
    return day, ruled


def _first_case(scene: Scene, *, provisional: bool) -> tuple[dt.date, DateRuleCase, bool] | Lacks:
    lacking = Lacks(())
    for case in scene.convention.effective_date:
        day = _day(case, scene)
        if isinstance(day, dt.date):
            first_of_month = scene.convention.cover.first_of_month
            if case.first_of_month is not None:
                first_of_month = case.first_of_month
            return day, case, first_of_month
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
    that the last day is found by halving. ``None`` where no day of reception moves it within sixteen months.
    """
    received = scene.reception()
    if isinstance(received, Lacks):
        return None

    @cache
    def starts(days: int) -> dt.date | None:
        later = _decided(scene.if_received(received + dt.timedelta(days=days)))
        return None if isinstance(later, Lacks) else later[0]

    # Most often: the eve of a 1st, or the last day for a notice to end the old contract in time.
    for last in (first_of_month(received, 1) - _ONE_DAY, last_notice(found.date - _ONE_DAY)):
        days = (last - received).days
        if 0 <= days < _HORIZON and starts(days) == found.date and starts(days + 1) not in {None, found.date}:
            return last
    near, far = 0, _MONTH
    while starts(far) == found.date:
        near, far = far, far * 2
        if far > _HORIZON:
            return None
    while far - near > 1:
        middle = (near + far) // 2
        near, far = (middle, far) if starts(middle) == found.date else (near, middle)
    return received + dt.timedelta(days=near)


def calendar(scene: Scene, found: EffectiveDate | Lacks, old: OldCover | None) -> Calendar:
    """Give the days around the change of cover, from the date found and what is known of the old contract."""
    ends_on, notice_by = (old.ends_on, old.notice_by) if old else (None, None)
    if isinstance(found, Lacks):
        return Calendar(old_ends_on=ends_on, notice_by=notice_by)
    return Calendar(found.date, _earliest(scene, found), complete_by(scene, found), ends_on, notice_by)


def _earliest(scene: Scene, found: EffectiveDate) -> dt.date:
    """Give the first day of cover that could be, had no later one been asked for."""
    if scene.dossier.request.effective_on is None:
        return found.date
    other = Scene(edited(scene.dossier, "request.effective_on", None), scene.convention, scene.today)
    sooner = effective_date(other)
    return found.date if isinstance(sooner, Lacks) else min(sooner.date, found.date)


def old_cover(scene: Scene) -> OldCover | None:
    """Say when the previous contract ends, and by when a mandate's notice must leave; ``None`` without a contract."""
    contract = scene.dossier.previous_contract
    if contract is None or contract.cancellation in {None, "none"}:
        return None
    end, mandate = scene.old_end(), contract.cancellation == "mandate"
    if end is None or isinstance(end, Lacks):
        return OldCover(None, None, None)
    if contract.ends_on is not None:
        return OldCover(end, last_notice(end) if mandate else None, _SAID)
    eve, sent, law = scene.mandate_eve(), scene.reception(), scene.convention.law
    if eve is not None:
        return OldCover(end, last_notice(end), stated(law.mandate_eve))
    if isinstance(sent, Lacks) or (scene.convention.cover.first_of_month and isinstance(scene.on, Lacks)):
        return OldCover(None, None, None)
    return OldCover(end, sent, stated(law.mandate_notice))


_SAID = Because("Dernier jour de couverture indiqué pour le contrat précédent.", "déclaration de l’adhérent")
