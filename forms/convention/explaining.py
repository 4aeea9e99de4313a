"""Every rule of a convention as a table in French, for an insurer to read, correct and sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from forms.convention.compiling import Compiler
from forms.convention.conditions import When
from forms.convention.dates import Earliest, EndOfYear, FirstOfMonth, FirstOnOrAfter, Latest, Operand, Shift
from forms.convention.declared.basis import Share, Sourced
from forms.convention.declared.folder import CommonRules, Folder
from forms.convention.declared.rules import DateCase, FindingTable
from forms.convention.facts import Scope, find_fact
from forms.dossier.labels import label
from forms.dossier.paths import title_at
from forms.french import listing, long_date, money, plural, typeset

_WHO: dict[Scope, str] = {
    "dossier": "le dossier",
    "member": "l’adhérent",
    "partner": "le conjoint",
    "child": "chaque enfant",
    "adult": "l’adhérent et le conjoint",
    "beneficiary": "chaque bénéficiaire",
    "person": "chaque personne",
}
_DERIVED = {
    "age": "âge à la date d’effet",
    "rank": "rang de l’enfant",
    "position": "ordre dans la liste",
    "years_younger": "années d’écart avec le plus âgé des parents",
    "today": "aujourd’hui",
    "effective_date": "date d’effet",
    "convention.starts_on": "début de la convention",
    "convention.ends_on": "fin de la convention",
    "request.reception": "réception du dossier complet",
    "previous_contract.notice_end": "fin que donne un avis envoyé à la réception",
    "previous_contract.end": "fin de l’ancien contrat",
    "formula_changed": "formule demandée autre que l’actuelle",
    "people": "nombre de personnes",
    "partners": "nombre de conjoints",
    "children": "nombre d’enfants",
    "already_covered": "couverture antérieure à cette demande",
    "added": "nombre de bénéficiaires ajoutés",
    "removed": "nombre de bénéficiaires retirés",
}
_TESTS = {
    "is": "est",
    "is_not": "n’est pas",
    "in": "est parmi",
    "not_in": "n’est pas parmi",
    "at_least": "au moins",
    "at_most": "au plus",
    "less_than": "moins de",
    "more_than": "plus de",
    "before": "avant",
    "on_or_before": "au plus tard",
    "after": "après",
    "on_or_after": "à partir de",
    "from_day": "à partir du jour du mois",
    "before_day": "avant le jour du mois",
}
Sections = tuple[tuple[str, Iterator[tuple[str, str, Sourced | None]]], ...]
"""Titles, and under each the rules: when, what, and where it is written."""

_SEVERITY = {"error": "refus", "warning": "avertissement", "info": "information"}
_NEED = {"required": "obligatoire", "may_wait": "peut attendre", "optional": "facultatif"}
_FREE = "rien n’est dû"


def explained(folder: Folder, common: CommonRules) -> Iterator[str]:
    """Give the table line by line: each rule with when, what, where it is written, and a box to correct it.

    The common rules that the convention does not rule on itself come last.
    """
    identity = folder.convention
    until = f" au {long_date(identity.ends_on)}" if identity.ends_on else ""
    yield f"{identity.title}, édition {identity.edition} : du {long_date(identity.starts_on)}{until}"
    yield "À lire, à corriger et à signer par l’assureur. [ ] juste   [ ] à corriger : …"
    sections: Sections = (
        ("Date d’effet : le premier cas qui convient", _dates(folder.effective_date)),
        ("La couverture ne commence pas avant", _dates(folder.not_before)),
        ("Refus, avertissements, informations", _findings(folder.findings)),
        ("Cotisation : la première ligne qui convient", _prices(folder)),
        ("Grilles, en euros par mois", _grids(folder)),
        ("Gratuité, participation, majoration", _rest(folder)),
        ("Pièces à fournir", _papers(folder)),
        ("Ce qui est demandé", _asks(folder)),
    )
    yield from _told(sections, Compiler(folder.sources))
    own = {finding.code for finding in folder.findings}
    shared = [finding for finding in common.findings if finding.code not in own]
    both = (
        ("Règles communes : la couverture ne commence pas avant", _dates(common.not_before)),
        ("Règles communes : refus, avertissements, informations", _findings(shared)),
        ("Règles communes : renonciation et mandat de résiliation", _law(common)),
    )
    yield from _told(both, Compiler(common.sources))
    yield ""
    yield "Nom, qualité, date et signature : ______________________________"


def _told(sections: Sections, compiler: Compiler) -> Iterator[str]:
    for title, rules in sections:
        yield ""
        yield f"== {title}"
        for number, (when, what, sourced) in enumerate(rules, start=1):
            yield typeset(f"{number:>3}. {when} → {what}" if when else f"{number:>3}. {what}")
            if sourced is not None:
                yield f"     [ ] {compiler.source(sourced.source, '')}"
                if sourced.assumption:
                    yield f"     [ ] À confirmer : {sourced.assumption}"


def _dates(cases: list[DateCase]) -> Iterator[tuple[str, str, Sourced | None]]:
    for case in cases:
        yield described(case.when, "dossier"), _operand(case.date, "dossier"), case


def _law(common: CommonRules) -> Iterator[tuple[str, str, Sourced | None]]:
    for _, table in common.law:
        yield "", table.reason, table


def _findings(findings: list[FindingTable]) -> Iterator[tuple[str, str, Sourced | None]]:
    for finding in findings:
        when = f"pour {_WHO[finding.of]}, {described(finding.when, finding.of)}"
        yield when, f"{_SEVERITY[finding.severity]} ({finding.code}) : {finding.message}", finding


def _prices(folder: Folder) -> Iterator[tuple[str, str, Sourced | None]]:
    for case in folder.prices:
        when = ", ".join(part for part in (f"pour {_WHO[case.of]}", described(case.when, case.of)) if part)
        age = ", à l’âge de l’adhérent" if case.age_of == "member" else ""
        salary = ", selon le traitement" if case.by_salary else ""
        yield when, _FREE if case.free else f"groupe « {case.group} »{age}{salary}", case


def _grids(folder: Folder) -> Iterator[tuple[str, str, Sourced | None]]:
    for tariff in folder.tariffs:
        yield "", f"grille du {long_date(tariff.starts_on)}, publiée pour {tariff.published_for}", tariff
        if tariff.grid:
            yield "", f"lignes du fichier {tariff.grid}", None
        for row in tariff.rows:
            amounts = " ; ".join(f"{formula} {_price(amount)}" for formula, amount in row.amounts.items())
            yield "", f"{row.group}, {row.label} ({_ages(row.from_age, row.to_age)}) : {amounts}", None


def _price(amount: Decimal | Share) -> str:
    return f"{amount.percent} % du plafond mensuel" if isinstance(amount, Share) else money(amount)


def _ages(low: int, high: int | None) -> str:
    if high is None:
        return f"{low} ans et plus" if low else "tout âge"
    return f"{low} à {high} ans"


def _rest(folder: Folder) -> Iterator[tuple[str, str, Sourced | None]]:
    free, share, late = folder.free_children, folder.participation, folder.surcharge
    if free:
        yield f"enfant de rang {free.from_rank} ou plus", f"{_FREE} : {free.reason}", free
    if share:
        yield described(share.when, "dossier"), f"participation : {share.reason}", share
    if late:
        since = _operand(late.since, late.of)
        yield f"pour {_WHO[late.of]}", f"{late.percent_per_year} % par an depuis {since}", late


def _papers(folder: Folder) -> Iterator[tuple[str, str, Sourced | None]]:
    for paper in folder.papers:
        when = ", ".join(part for part in (f"pour {_WHO[paper.of]}", described(paper.when, paper.of)) if part)
        yield when, f"{label('documents.kind', paper.kind)} : {paper.why}", paper


def _asks(folder: Folder) -> Iterator[tuple[str, str, Sourced | None]]:
    for section in folder.asks:
        for ask in section.fields:
            when = described(ask.when, section.of)
            yield when, f"{_fact(ask.path, section.of)}, {_WHO[section.of]} : {_NEED[ask.need]}", None


def described(when: When, scope: Scope) -> str:
    """Give a condition in French: « âge à la date d’effet au moins 26 et handicap reconnu est non »."""
    parts = []
    for name, tests in when.items():
        for test, value in tests.model_dump(by_alias=True, exclude_unset=True).items():
            attribute = {"is": "is_", "in": "in_"}.get(test, test)
            parts.append(_test(name, test, getattr(tests, attribute), value, scope))
    return f"si {' et '.join(parts)}" if parts else ""


def _test(name: str, test: str, asked: Any, value: Any, scope: Scope) -> str:
    fact = _fact(name, scope)
    if test == "given":
        return f"{fact} {'est' if value else 'n’est pas'} indiqué"
    if test in {"before", "on_or_before", "after", "on_or_after"}:
        return f"{fact} {_TESTS[test]} {_operand(asked, scope)}"
    words = listing([_value(name, item) for item in value], "ou") if isinstance(value, list) else _value(name, value)
    return f"{fact} {_TESTS[test]} {words}"


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return f"« {label(name, value)} »" if isinstance(value, str) else str(value)


def _fact(name: str, scope: Scope) -> str:
    ref = find_fact(name, scope)
    if ref is None:
        return name
    if ref.name in _DERIVED:
        return _DERIVED[ref.name] if ref.owner != "member" else f"{_DERIVED[ref.name]} (adhérent)"
    for path in (f"beneficiaries.0.{ref.name}", f"member.{ref.name}") if ref.owner != "dossier" else (ref.name,):
        try:
            return f"« {title_at(path)} »"
        except KeyError:
            continue
    return name


def _operand(operand: Operand, scope: Scope) -> str:
    if isinstance(operand, dt.date):
        return long_date(operand)
    if isinstance(operand, str):
        return _fact(operand, scope)
    if isinstance(operand, FirstOfMonth):
        month = "du même mois" if operand.months == 0 else f"du mois, {plural(operand.months, 'mois', 'mois')} après"
        return f"le 1er {month} ({_operand(operand.after, scope)})"
    if isinstance(operand, Shift):
        steps = (("an", "ans", operand.years), ("mois", "mois", operand.months), ("jour", "jours", operand.days))
        moved = [f"{count:+d} {one if abs(count) == 1 else many}" for one, many, count in steps if count]
        return " ".join([_operand(operand.of, scope), *moved])
    return _DATE_WORDS[type(operand)](operand, scope)


def _many(words: str) -> Callable[[Any, Scope], str]:
    return lambda operand, scope: f"{words} de {listing([_operand(part, scope) for part in operand.of])}"


_DATE_WORDS: dict[type, Callable[[Any, Scope], str]] = {
    FirstOnOrAfter: lambda operand, scope: f"le premier 1er à partir de {_operand(operand.of, scope)}",
    EndOfYear: lambda operand, scope: f"le 31 décembre de l’année ({_operand(operand.of, scope)}) {operand.years:+d}",
    Latest: _many("la plus tardive"),
    Earliest: _many("la plus proche"),
}
