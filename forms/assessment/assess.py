"""One function joins a dossier and a convention: ``assess``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Literal

from forms.assessment.answer import (
    Ask,
    Assessment,
    Because,
    DocumentDue,
    EffectiveDate,
    Issue,
    OldCover,
    Quote,
    Severity,
    Withdrawal,
)
from forms.assessment.checks import own_checks, said_nowhere, titled
from forms.assessment.effective import calendar, effective_date, old_cover
from forms.assessment.pricing import quote
from forms.assessment.ranks import rank_children
from forms.assessment.scene import Scene
from forms.assessment.words import sentence, stated
from forms.convention.facts import Lacks
from forms.convention.model import Convention, Formula
from forms.dossier.fields import fields, pattern_of
from forms.dossier.model import Dossier
from forms.dossier.paths import edited, value_at
from forms.french import long_date, typeset

_EMPTY: tuple[object, ...] = (None, ())
_STEPS = ("before", "formula", "contract", "beneficiaries", "summary")


def assess(dossier: Dossier, convention: Convention, today: dt.date) -> Assessment:
    """Say all that follows from a dossier under a convention.

    ``today`` moves no date and no price of the assessment; it only tells a signature that lies ahead, and prices
    what has no date yet (``quote.provisional``).
    """
    scene = Scene(dossier, convention, today)
    day = _put_date(scene)
    asks = tuple(_asks(scene))
    issues = list(own_checks(scene))
    lacking = _Lacking(scene, asks)
    found = list(_findings(scene, lacking))
    issues += [issue for issue, _ in found]
    if isinstance(day, Lacks):
        lacking.add(day.paths)
    chosen = convention.formula(dossier.formula)
    issues += _formula_issues(scene, chosen)
    answer = _quote(scene, chosen, day) if chosen is not None else _no_formula(convention, day)
    lacking.add((*answer.missing, *said_nowhere(scene)))
    if not answer.provisional:  # what a day taken for want of another refuses is no error of the dossier
        issues += [Issue("", "error", "no_price", text) for text in answer.refusals]
        issues += [Issue("", "warning", "old_grid", answer.old_grid)] if answer.old_grid else []
    issues += lacking.issues({issue.path for issue in issues if issue.severity == "error"})
    old = old_cover(scene)
    assumptions = _assumptions(scene, day, answer, old, [why for _, why in found])
    issues += [
        Issue("", "warning", "to_confirm", typeset(f"À confirmer : {a.assumption}"), a.source) for a in assumptions
    ]
    missing = lacking.paths()
    blocking = [path for path in missing if lacking.severity(path) == "error"]
    days = calendar(scene, day, old)
    return Assessment(
        issues=tuple(_ordered(issues, lacking.place)),
        effective_date=day if isinstance(day, EffectiveDate) else None,
        effective_date_lacks=day.paths if isinstance(day, Lacks) else (),
        missing=tuple(missing),
        next=next(iter([*blocking, *missing]), None),
        quote=answer,
        asks=asks,
        documents_due=_documents(scene, days.complete_by),
        old_cover=old,
        withdrawal=_withdrawal(scene),
        assumptions=assumptions,
        forms=tuple(form.id for form in convention.forms if form.holds(scene, "") is True),
        ages={path: age for path in scene.people if isinstance(age := scene.age(path), int)},
        calendar=days,
    )


def quotes(dossier: Dossier, convention: Convention, today: dt.date) -> tuple[Quote, ...]:
    """Price every formula, in the convention's order."""
    scene = Scene(dossier, convention, today)
    day = _put_date(scene)
    return tuple(_quote(scene, formula, day) for formula in convention.formulas)


def offered(dossier: Dossier, convention: Convention, today: dt.date) -> tuple[Formula, ...]:
    """Give the formulas to offer: not those kept for others, unless one of them is the chosen one."""
    scene = Scene(dossier, convention, today)
    _put_date(scene)
    return tuple(
        formula
        for formula in convention.formulas
        if formula.id == dossier.formula or formula.offered(scene, "") is not False
    )


def _put_date(scene: Scene) -> EffectiveDate | Lacks:
    day = effective_date(scene)
    scene.dated(day.date if isinstance(day, EffectiveDate) else day)
    rank_children(scene)
    return day


def _quote(scene: Scene, formula: Formula, day: EffectiveDate | Lacks) -> Quote:
    if isinstance(day, EffectiveDate):
        return quote(scene, formula, provisional=False, notes=())
    dossier = scene.dossier
    if isinstance(scene.reception(), Lacks):
        dossier = edited(edited(dossier, "request.received_on", None), "request.signed_on", scene.today)
    other = Scene(dossier, scene.convention, scene.today)
    guess = effective_date(other, provisional=True)
    if isinstance(guess, Lacks):  # cannot be: the last case has no condition and reception is known here
        return _no_formula(scene.convention, day)
    other.dated(guess.date)
    rank_children(other)
    note = f"Date d’effet pas encore connue : prix au {long_date(guess.date)}, à titre indicatif."
    if dossier is not scene.dossier:
        note = (
            f"Date d’effet pas encore connue : prix au {long_date(guess.date)}, "
            f"comme si le bulletin était signé le {long_date(scene.today)}."
        )
    return quote(other, formula, provisional=True, notes=(note,))


def _no_formula(convention: Convention, day: EffectiveDate | Lacks) -> Quote:
    on = day.date if isinstance(day, EffectiveDate) else None
    return Quote(
        convention.id,
        "",
        on,
        provisional=False,
        lines=(),
        total=None,
        participation=None,
        net=None,
        missing=("formula",),
    )


def _formula_issues(scene: Scene, chosen: Formula | None) -> Iterator[Issue]:
    if scene.dossier.formula is not None and chosen is None:
        names = ", ".join(formula.label for formula in scene.convention.formulas)
        yield Issue("formula", "error", "formula_unknown", f"Cette formule n’est pas de la convention : {names}.")


def _subject_path(subject: str, path: str, *, absolute: bool) -> str:
    return path if absolute or not subject else f"{subject}.{path}"


def _asks(scene: Scene) -> Iterator[Ask]:
    """Give what is asked now, each path once, step by step and person by person."""
    steps: dict[str, list[list[Ask]]] = {step: [[] for _ in scene.people] for step in _STEPS}
    order = {path: i for i, path in enumerate(scene.people)}
    found: set[str] = set()
    for rule in scene.convention.asks:
        people = steps[rule.step]
        by_person = rule.step == "beneficiaries"
        for subject in scene.subjects(rule.scope):
            path = f"{subject}.{rule.path}" if subject and not rule.absolute else rule.path
            if path not in found and rule.holds(scene, subject) is True:
                found.add(path)
                person = order.get(subject, 0) if by_person else 0
                people[person].append(Ask(path, rule.step, rule.section, rule.need, rule.hint))
    return (ask for people in steps.values() for person in people for ask in person)


class _Lacking:
    """What has not been said: asked and required, or wanted by a rule that could not be decided."""

    def __init__(self, scene: Scene, asks: tuple[Ask, ...]) -> None:
        self._scene = scene
        self._asks = {ask.path: ask for ask in asks}
        self._places = {path: place for place, path in enumerate(self._asks)}
        self._wanted: dict[str, None] = {}
        dossier = scene.dossier
        for ask in asks:
            path = ask.path
            if ask.need == "optional" or value_at(dossier, path) not in _EMPTY or path in dossier.unread:
                continue
            # null: there is nothing to cancel, and nothing more to ask about it
            if dossier.previous_contract is not None or not path.startswith("previous_contract."):
                self._wanted[path] = None

    def add(self, paths: tuple[str, ...]) -> None:
        """Say that a rule lacks these."""
        for path in paths:
            if path not in self._scene.dossier.unread:
                self._wanted[path] = None

    def severity(self, path: str) -> Severity:
        """Tell whether the bulletin can go without."""
        ask = self._asks.get(path)
        return "warning" if ask is not None and ask.need == "may_wait" else "error"

    def paths(self) -> list[str]:
        """Give the paths in the order in which they are asked."""
        return sorted(self._wanted, key=self.place)

    def place(self, path: str) -> int:
        """Give when a path is asked, what is not asked coming last."""
        return self._places.get(path, len(self._places))

    def issues(self, wrong: set[str]) -> Iterator[Issue]:
        """Give one issue a path; what is already said to be wrong there is not said to be missing too."""
        for path in self.paths():
            if path in wrong:
                continue
            ask = self._asks.get(path)
            hint = f" ({ask.hint})" if ask and ask.hint else ""
            field = fields().get(pattern_of(path))
            verb = "à répondre" if field is not None and field.kind in {"flag", "choice"} else "à compléter"
            message = f"{titled(self._scene.dossier, path)} : {verb}{hint}."
            yield Issue(path, self.severity(path), "missing", typeset(message))


def _findings(scene: Scene, lacking: _Lacking) -> Iterator[tuple[Issue, Because]]:
    """Give what the convention finds, each with where it comes from."""
    for finding in scene.convention.findings:
        for subject in scene.subjects(finding.scope):
            holds = finding.holds(scene, subject)
            if holds is True:
                path = _subject_path(subject, finding.about, absolute=finding.absolute)
                message = sentence(finding.message, scene, subject)
                basis = finding.basis
                issue = Issue(path, finding.severity, finding.code, message, basis.source)
                yield issue, Because(message, basis.source, basis.assumption)
            elif isinstance(holds, Lacks) and finding.severity == "error":
                lacking.add(holds.paths)


def _documents(scene: Scene, by: dt.date | None) -> tuple[DocumentDue, ...]:
    states: dict[tuple[str | None, str], Literal["seen", "attached"]] = {
        (paper.kind, paper.person): paper.state for paper in scene.dossier.documents
    }
    due: dict[tuple[str, str], DocumentDue] = {}
    for paper in scene.convention.papers:
        for subject in scene.subjects(paper.scope):
            key = (paper.kind, subject or "member")
            if key in due or paper.holds(scene, subject) is not True:
                continue
            why = sentence(paper.why, scene, subject)
            due[key] = DocumentDue(*key, why, by, states.get(key, "missing"), paper.basis.source)
    return tuple(due.values())


def _assumptions(
    scene: Scene, day: EffectiveDate | Lacks, answer: Quote, old: OldCover | None, found: list[Because]
) -> tuple[Because, ...]:
    """Give what is assumed in this very answer, each once."""
    steps = [*(day.steps if isinstance(day, EffectiveDate) else ()), *found]
    steps += [line.because for line in answer.lines if line.because]
    if answer.lines:
        basis = scene.convention.cover.age_basis
        steps.append(Because("Calcul de l’âge.", basis.source, basis.assumption))
    if answer.participation_because:
        steps.append(answer.participation_because)
    if old and old.because:
        steps.append(old.because)
    return tuple({step.assumption: step for step in steps if step.assumption}.values())


def _withdrawal(scene: Scene) -> Withdrawal | None:
    request = scene.dossier.request
    law = scene.convention.law
    if request.setting == "workplace":
        delay = dt.timedelta(days=law.withdrawal_workplace.days)
        return Withdrawal(request.signed_on + delay if request.signed_on else None, stated(law.withdrawal_workplace))
    if request.setting != "remote":
        return None
    handed = [day for _, day in scene.dossier.acknowledgements if day is not None]
    delay = dt.timedelta(days=law.withdrawal_remote.days)
    last = None if isinstance(scene.on, Lacks) else max([scene.on, *handed]) + delay
    return Withdrawal(last, stated(law.withdrawal_remote))


def _ordered(issues: list[Issue], place: Callable[[str], int]) -> list[Issue]:
    """Put the errors first, then the order in which things are asked; the same issue stands once."""
    severity = {"error": 0, "warning": 1, "info": 2}
    return sorted(dict.fromkeys(issues), key=lambda issue: (severity[issue.severity], place(issue.path)))
