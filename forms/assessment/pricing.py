"""The monthly contribution of everyone in a dossier, and what the employer pays of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from forms.assessment.answer import Because, Line, Quote
from forms.assessment.lines import CENT, ZERO, person_line
from forms.assessment.scene import Scene
from forms.assessment.words import sentence
from forms.convention.facts import Lacks
from forms.convention.model import Formula, Grid
from forms.dossier.paths import value_at
from forms.french import long_date


def grid_on(scene: Scene, day: dt.date) -> Grid | None:
    """Give the tariff in force on a day; outside the convention's own dates there is none."""
    convention = scene.convention
    if day < convention.starts_on or (convention.ends_on is not None and day > convention.ends_on):
        return None
    started = [grid for grid in convention.grids if grid.starts_on <= day]
    return started[-1] if started else None


def quote(scene: Scene, formula: Formula, *, provisional: bool, notes: tuple[str, ...]) -> Quote:
    """Price one formula for everyone in the dossier, on the scene's day."""
    grid = None if isinstance(scene.on, Lacks) else grid_on(scene, scene.on)
    if isinstance(scene.on, Lacks) or grid is None:
        empty = Quote(scene.convention.id, formula.id, None, provisional, (), None, None, None, notes=notes)
        if isinstance(scene.on, Lacks):
            return replace(empty, missing=scene.on.paths)
        return replace(empty, on=scene.on, refusals=(_no_grid(scene, scene.on),))
    found = [person_line(scene, grid, formula.id, path) for path in scene.people]
    lines = tuple(line for line in found if isinstance(line, Line))
    refusals = tuple(line for line in found if isinstance(line, str))
    amounts = [line.amount for line in lines if line.amount is not None]
    total = sum(amounts, ZERO) if len(amounts) == len(found) else None
    share, why, lacking = participation(scene, total)
    old_grid = _old_grid(grid, scene.on)
    return Quote(
        scene.convention.id,
        formula.id,
        scene.on,
        provisional,
        lines,
        total=total,
        participation=share,
        net=total - share if total is not None and share is not None else None,
        participation_because=why,
        missing=tuple(dict.fromkeys([*(path for line in lines for path in line.missing), *lacking])),
        notes=(*notes, *([old_grid] if old_grid else []), *_told_notes(scene)),
        old_grid=old_grid,
        refusals=refusals,
    )


def _told_notes(scene: Scene) -> tuple[str, ...]:
    """Give the findings that a price is not to be read without, each once."""
    told = (
        sentence(finding.message, scene, subject)
        for finding in scene.convention.findings
        if finding.in_quote
        for subject in scene.subjects(finding.scope)
        if finding.holds(scene, subject) is True
    )
    return tuple(dict.fromkeys(told))


def _no_grid(scene: Scene, on: dt.date) -> str:
    convention = scene.convention
    if on < convention.starts_on:
        return f"Pas de prix au {long_date(on)} : la convention commence le {long_date(convention.starts_on)}."
    if convention.ends_on and on > convention.ends_on:
        return f"Pas de prix au {long_date(on)} : la convention finit le {long_date(convention.ends_on)}."
    return f"Pas de prix au {long_date(on)} : aucune grille n’est en vigueur ce jour-là."


def _old_grid(grid: Grid, on: dt.date) -> str:
    if on.year <= grid.published_for or (grid.holds_until is not None and on <= grid.holds_until):
        return ""
    return f"Grille de {grid.published_for}, à confirmer pour {on.year}."


def participation(scene: Scene, total: Decimal | None) -> tuple[Decimal | None, Because | None, tuple[str, ...]]:
    """Give what the employer pays a month in euros, why, and what is lacking to know it.

    Never more than the contribution (décret 2011-1474, article 25): 30 € on 19.58 € leaves 0.00 €.
    """
    rule = scene.convention.participation
    if rule is None:
        return ZERO, None, ()
    why = Because(rule.reason, rule.basis.source, rule.basis.assumption)
    holds = rule.holds(scene, "")
    if isinstance(holds, Lacks):
        return None, None, holds.paths
    if not holds:
        return ZERO, why, ()
    path = "employer.participation_percent" if rule.percent else "employer.participation"
    said: Decimal | None = value_at(scene.dossier, path)
    if said is None:
        return None, None, (path,)
    if total is None:
        return (None if rule.percent else said), why, ()
    share = (total * said / 100).quantize(CENT, ROUND_HALF_UP) if rule.percent else said
    return min(share, total), why, ()
