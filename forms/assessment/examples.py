"""The worked examples that a convention carries, run against its own rules."""

from __future__ import annotations

import json
from collections.abc import Iterator

from forms.assessment.assess import assess, quotes
from forms.assessment.reimbursement import reimbursements
from forms.convention.declared.folder import Example, Folder
from forms.convention.model import Band, Convention
from forms.dossier.model import FORMAT, Dossier
from forms.dossier.reading import dossier_from_json
from forms.faults import Fault


def failures(convention: Convention) -> list[str]:
    """Give one French line for each expectation of an example that is not met."""
    found = [
        f"{convention.id}, exemple « {example.title} » : {words}"
        for example in convention.examples
        for words in _one(convention, example)
    ]
    return found + [f"{convention.id}, soin « {care} » : {words}" for care, words in _cares(convention)]


def uncovered(declared: Folder, convention: Convention) -> list[str]:
    """Give what no example plays: rules never raised, bands never priced; and the ages that no band covers."""
    codes: set[str] = set()
    bands: set[str | None] = set()
    for example in convention.examples:
        try:
            dossier = _dossier(convention, example)
        except Fault:
            continue  # ``failures`` says it
        codes |= {issue.code for issue in assess(dossier, convention, example.today).issues}
        bands |= {line.band for line in quotes(dossier, convention, example.today)[0].lines}
    found = [f"règle jamais jouée : {finding.code}" for finding in declared.findings if finding.code not in codes]
    for grid in convention.grids:
        for group, rows in grid.bands.items():
            found += _bare(group, rows, bands)
    return list(dict.fromkeys(found))


_SHORT = 10
"""Bands named one by one: a grid of hundreds of rows is counted."""


def _bare(group: str, rows: tuple[Band, ...], played: set[str | None]) -> Iterator[str]:
    idle = [row.label for row in rows if row.label not in played]
    if len(idle) > _SHORT:
        yield f"{len(idle)} tranches jamais jouées dans le groupe {group}"
    else:
        yield from (f"tranche jamais jouée : {label} ({group})" for label in idle)
    if lowest := min(row.from_age for row in rows):
        yield f"groupe {group} : aucun montant avant {lowest} ans"
    if all(row.to_age is not None for row in rows):
        yield f"groupe {group} : aucun montant après {max(row.to_age or 0 for row in rows)} ans"


def _dossier(convention: Convention, example: Example) -> Dossier:
    data = {"format": FORMAT, "convention": convention.id, **example.dossier}
    return dossier_from_json(json.dumps(data, default=lambda day: day.isoformat()))


def _cares(convention: Convention) -> Iterator[tuple[str, str]]:
    for care, found in reimbursements(convention, convention.cares):
        for got in found:
            for part, amount in care.expected.get(got.formula, {}).items():
                if getattr(got, part) != amount:
                    yield care.label, f"formule {got.formula}, {part} attendu {amount}, calculé {getattr(got, part)}."


def _one(convention: Convention, example: Example) -> Iterator[str]:
    try:
        dossier = _dossier(convention, example)
    except Fault as fault:
        yield str(fault)
        return
    found = {quote.formula: quote for quote in quotes(dossier, convention, example.today)}
    for kind, expected in (("total", example.totals), ("net", example.nets)):
        for formula, amount in expected.items():
            got = getattr(found[formula], kind) if formula in found else None
            if got != amount:
                yield f"formule {formula}, {kind} attendu {amount}, calculé {got}."
    assessment = assess(dossier, convention, example.today)
    day = assessment.effective_date.date if assessment.effective_date else None
    if example.effective_date is not None and day != example.effective_date:
        yield f"date d’effet attendue {example.effective_date}, calculée {day}."
    if example.codes is not None:
        codes = sorted({issue.code for issue in assessment.issues if issue.severity == "error"} - {"missing"})
        if codes != sorted(example.codes):
            yield f"erreurs attendues {sorted(example.codes)}, trouvées {codes}."
