"""The monthly contribution: which row prices each person, which children are free, what the employer pays."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from forms.assessment.answer import Because, Line, Quote
from forms.assessment.scene import Scene
from forms.assessment.words import because
from forms.convention.facts import PERSON_FACTS, FactRef, Lacks
from forms.convention.model import Band, Formula, Grid, PriceRule
from forms.dossier.model import Beneficiary, Person
from forms.dossier.paths import full_name, name_of
from forms.french import long_date

ZERO = Decimal("0.00")
_SALARY = FactRef("gross_index_salary", "member", PERSON_FACTS["gross_index_salary"])
_FREE_BAND = "Gratuit"


def grid_on(scene: Scene, day: dt.date) -> Grid | None:
    """Give the tariff in force on a day; outside the convention's own dates there is none."""
    convention = scene.convention
    if day < convention.starts_on or (convention.ends_on is not None and day > convention.ends_on):
        return None
    started = [grid for grid in convention.grids if grid.starts_on <= day]
    return started[-1] if started else None


def rank_children(scene: Scene) -> None:
    """Give each child that counts its rank: oldest first, twins by birth rank, then as listed.

    A child that is free whatever its rank (a disability) does not count. An unknown birth date, or not knowing who
    counts, leaves unknown only the ranks that could fall on either side of the free ones.
    """
    scene.ranks = {}
    children = scene.subjects("child")
    states = {path: _free_anyway(scene, path) for path in children}
    counted = [path for path in children if states[path] is not True]
    lacking = tuple(
        lack
        for path in counted
        for fact in (states[path], scene.birth_date(path))
        if isinstance(fact, Lacks)
        for lack in fact.paths
    )
    free_from = scene.convention.free_children
    if lacking and free_from and len(counted) >= free_from.rank:
        scene.ranks = dict.fromkeys(counted, Lacks(lacking))
        return
    order = sorted(range(len(counted)), key=lambda i: _birth_order(scene, counted[i], i))
    scene.ranks = {counted[i]: rank for rank, i in enumerate(order, start=1)}


def _birth_order(scene: Scene, path: str, index: int) -> tuple[dt.date, int, int]:
    person = scene.people[path]
    return (person.birth_date or dt.date.max, person.birth_rank or 0, index)


def _free_anyway(scene: Scene, path: str) -> bool | Lacks:
    for rule in scene.convention.prices:
        if path not in scene.subjects(rule.scope):
            continue
        holds = rule.holds(scene, path)
        if isinstance(holds, Lacks):
            return holds
        if holds:
            return rule.free
    return False


def quote(scene: Scene, formula: Formula, *, provisional: bool, notes: tuple[str, ...]) -> Quote:
    """Price one formula for everyone in the dossier, on the scene's day."""
    on = scene.on if isinstance(scene.on, dt.date) else None
    grid = grid_on(scene, on) if on else None
    if on is None or grid is None:
        refusal = () if on is None else (_no_grid(scene, on),)
        lacks = scene.on.paths if isinstance(scene.on, Lacks) else ()
        return Quote(
            scene.convention.id,
            formula.id,
            on,
            provisional,
            (),
            None,
            None,
            None,
            missing=lacks,
            notes=notes,
            refusals=refusal,
        )
    lines: list[Line] = []
    refusals: list[str] = []
    for path in scene.people:
        line = _line(scene, grid, formula, path)
        if isinstance(line, str):
            refusals.append(line)
        else:
            lines.append(line)
    amounts = [line.amount for line in lines]
    known = not refusals and all(amount is not None for amount in amounts)
    total = sum((a for a in amounts if a is not None), ZERO) if known else None
    share, why, share_lacks = participation(scene, total)
    net = total - share if total is not None and share is not None else None
    missing = tuple(dict.fromkeys([path for line in lines for path in line.missing] + list(share_lacks)))
    return Quote(
        scene.convention.id,
        formula.id,
        on,
        provisional,
        tuple(lines),
        total,
        share,
        net,
        why,
        missing,
        (*notes, *_grid_notes(grid, on)),
        tuple(refusals),
    )


def _no_grid(scene: Scene, on: dt.date) -> str:
    convention = scene.convention
    if on < convention.starts_on:
        return f"Pas de prix au {long_date(on)} : la convention commence le {long_date(convention.starts_on)}."
    if convention.ends_on and on > convention.ends_on:
        return f"Pas de prix au {long_date(on)} : la convention finit le {long_date(convention.ends_on)}."
    return f"Pas de prix au {long_date(on)} : aucune grille n’est en vigueur ce jour-là."


def _grid_notes(grid: Grid, on: dt.date) -> tuple[str, ...]:
    if on.year <= grid.published_for or (grid.holds_until is not None and on <= grid.holds_until):
        return ()
    return (f"Grille de {grid.published_for}, à confirmer pour {on.year}.",)


def _line(scene: Scene, grid: Grid, formula: Formula, path: str) -> Line | str:
    """Price one person; a text says why the grid holds no amount for them."""
    person = scene.people[path]
    age = scene.age(path)
    name = full_name(person) or name_of(scene.dossier, path)
    line = Line(path, name, age if isinstance(age, int) else None, None, None, note=_rank_note(scene, path))
    rule = _price_rule(scene, path)
    lacking = _unsaid(person, path) or (rule.paths if isinstance(rule, Lacks) else ())
    if lacking or isinstance(rule, Lacks):
        return replace(line, missing=lacking)
    if rule is None:
        return f"{name} : aucune règle de prix de la convention ne s’applique."
    free = _free(scene, path, rule)
    if isinstance(free, Lacks):
        return replace(line, missing=free.paths)
    if free is not None:
        return replace(line, band=_FREE_BAND, amount=ZERO, because=free)
    return _from_grid(scene, grid, formula, rule, line)


def _unsaid(person: Person, path: str) -> tuple[str, ...]:
    """Give what must be said before anyone can be priced: the link of a beneficiary, the birth date of all."""
    if isinstance(person, Beneficiary) and person.relation is None:
        return (f"{path}.relation",)
    return () if person.birth_date else (f"{path}.birth_date",)


def _free(scene: Scene, path: str, rule: PriceRule) -> Because | Lacks | None:
    """Tell why nothing is due for a person: by a rule of price, or by rank among the children."""
    if rule.free:
        return because(rule.reason, rule.basis, scene, path)
    free = scene.convention.free_children
    rank = scene.ranks.get(path)
    if free is None or rank is None or isinstance(rank, Lacks):
        return rank if isinstance(rank, Lacks) else None
    return Because(free.reason, free.basis.source, free.basis.assumption) if rank >= free.rank else None


def _from_grid(scene: Scene, grid: Grid, formula: Formula, rule: PriceRule, line: Line) -> Line | str:
    priced = replace(line, because=because(rule.reason, rule.basis, scene, line.person))
    age = scene.age("member" if rule.age_of == "member" else line.person)
    salary = scene.fact(_SALARY, "member") if rule.by_salary else None
    lacks = tuple(lack for fact in (age, salary) if isinstance(fact, Lacks) for lack in fact.paths)
    if lacks or isinstance(age, Lacks):
        return replace(priced, age=None, missing=lacks)
    if isinstance(salary, Decimal):
        # The brackets are in whole euros: cents are cut (assumed, msph-mgen).
        salary = salary.quantize(Decimal(1), rounding=ROUND_DOWN)
    band = _band(grid, rule, age, salary)
    if band is None:
        return f"{line.label}, {age} ans : aucune tranche de la grille ne convient."
    return replace(priced, age=age, band=band.label, amount=band.amounts[formula.id])


def _band(grid: Grid, rule: PriceRule, age: int, salary: Decimal | None) -> Band | None:
    bands = grid.bands.get(rule.group or "", ())
    return next((band for band in bands if band.covers(age, salary)), None)


def _price_rule(scene: Scene, path: str) -> PriceRule | Lacks | None:
    for rule in scene.convention.prices:
        if path not in scene.subjects(rule.scope):
            continue
        holds = rule.holds(scene, path)
        if isinstance(holds, Lacks):
            return holds
        if holds:
            return rule
    return None


def _rank_note(scene: Scene, path: str) -> str:
    rank = scene.ranks.get(path)
    return "" if not isinstance(rank, int) else "1er enfant" if rank == 1 else f"{rank}e enfant"


def participation(scene: Scene, total: Decimal | None) -> tuple[Decimal | None, Because | None, tuple[str, ...]]:
    """Give what the employer pays a month, why, and what is lacking to know it.

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
    share = scene.dossier.employer.participation
    if share is None:
        return None, None, ("employer.participation",)
    return (share if total is None else min(share, total)), why, ()
