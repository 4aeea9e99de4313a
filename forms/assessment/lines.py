"""What one person pays a month: the row of the grid, the options, a surcharge, or nothing."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from forms.assessment.answer import Because, Line
from forms.assessment.ranks import price_rule
from forms.assessment.scene import Scene
from forms.assessment.words import because
from forms.convention.dates import completed_years
from forms.convention.declared.basis import Share
from forms.convention.facts import PERSON_FACTS, FactRef, Lacks
from forms.convention.model import Grid, Option, PriceRule
from forms.dossier.model import Beneficiary, Member
from forms.dossier.paths import full_name, name_of

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
_SALARY = FactRef("gross_index_salary", "member", PERSON_FACTS["gross_index_salary"])
_FREE_BAND = "Gratuit"


class _RefusedError(Exception):
    """Why the grid holds no amount for a person, in French, without the name."""


def person_line(scene: Scene, grid: Grid, formula: str, path: str) -> Line | str:
    """Price one person; a text says why no amount can be given."""
    person = scene.people[path]
    age = scene.age(path)
    name = full_name(person) or name_of(scene.dossier, path)
    line = Line(path, name, age if isinstance(age, int) else None, None, None, note=_rank_note(scene, path))
    if scene.convention.formula_by_person and isinstance(person, Beneficiary):
        formula = person.formula or formula
    try:
        return _priced(scene, grid, formula, line)
    except _RefusedError as refusal:
        return f"{name} : {refusal}"


def _priced(scene: Scene, grid: Grid, formula: str, line: Line) -> Line:
    person = scene.people[line.person]
    rule = price_rule(scene, scene.convention.prices, line.person)
    lacking = _unsaid(person, line.person) or (rule.paths if isinstance(rule, Lacks) else ())
    if lacking or isinstance(rule, Lacks):
        return line._replace(missing=lacking)
    if rule is None:
        raise _RefusedError("aucune règle de prix de la convention ne s’applique.")
    free = _free(scene, line.person, rule)
    if isinstance(free, Lacks):
        return line._replace(missing=free.paths)
    if free is not None:
        return line._replace(band=_FREE_BAND, amount=ZERO, because=free)
    line = _from_grid(scene, grid, formula, rule, line)
    for option in _options(scene, person):
        line = _with_option(scene, grid, formula, option, line)
    return _with_surcharge(scene, line)


def _unsaid(person: Member | Beneficiary, path: str) -> tuple[str, ...]:
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


def _from_grid(scene: Scene, grid: Grid, formula: str, rule: PriceRule, line: Line) -> Line:
    priced = line._replace(because=because(rule.reason, rule.basis, scene, line.person))
    age = scene.age("member" if rule.age_of == "member" else line.person)
    salary = scene.fact(_SALARY, "member") if rule.by_salary else None
    lacks = tuple(lack for fact in (age, salary) if isinstance(fact, Lacks) for lack in fact.paths)
    if lacks or isinstance(age, Lacks):
        return priced._replace(age=None, missing=lacks)
    if isinstance(salary, Decimal) and rule.whole_euros:
        salary = salary.quantize(Decimal(1), rounding=ROUND_DOWN)
    band = next((band for band in grid.bands.get(rule.group or "", ()) if band.covers(age, salary)), None)
    if band is None:
        raise _RefusedError(f"{age} ans, aucune tranche de la grille ne convient.")
    if formula not in band.amounts:
        raise _RefusedError(f"la formule « {formula} » n’est pas de la convention.")
    return priced._replace(age=age, band=band.label, amount=_euros(scene, band.amounts[formula]))


def _euros(scene: Scene, price: Decimal | Share) -> Decimal:
    """Give an amount in euros; a share of the ceiling is rounded here, a person at a time."""
    if isinstance(price, Decimal):
        return price
    year = getattr(scene.on, "year", 0)
    ceiling = scene.convention.ceilings.get(year)
    if ceiling is None:
        raise _RefusedError(f"le plafond de la Sécurité sociale de {year} n’est pas dans la convention.")
    return (ceiling * price.percent / 100).quantize(CENT, ROUND_HALF_UP)


def _options(scene: Scene, person: Member | Beneficiary) -> list[Option]:
    chosen = {*scene.dossier.options, *person.options}
    return [option for option in scene.convention.options if option.id in chosen]


def _with_option(scene: Scene, grid: Grid, formula: str, option: Option, line: Line) -> Line:
    rule = price_rule(scene, option.prices, line.person)
    if isinstance(rule, Lacks):
        return line._replace(amount=None, missing=(*line.missing, *rule.paths))
    if rule is None or rule.free or line.amount is None or line.because is None:
        return line
    added = _from_grid(scene, grid, formula, rule, line)
    if added.amount is None or added.because is None:
        return added
    why = line.because
    reason = Because(f"{why.reason} {added.because.reason}", why.source, why.assumption or added.because.assumption)
    return line._replace(amount=line.amount + added.amount, band=f"{line.band}, {option.label}", because=reason)


def _with_surcharge(scene: Scene, line: Line) -> Line:
    surcharge = scene.convention.surcharge
    if surcharge is None or line.amount is None or line.because is None:
        return line
    if line.person not in scene.subjects(surcharge.scope) or isinstance(scene.on, Lacks):
        return line
    since = surcharge.since(scene, line.person)
    if isinstance(since, Lacks):
        return line._replace(amount=None, missing=since.paths)
    years = completed_years(since, scene.on) - surcharge.after_years if since else 0
    if years <= 0:
        return line
    percent = surcharge.percent_per_year * years
    percent = percent if surcharge.at_most is None else min(percent, surcharge.at_most)
    amount = (line.amount * (100 + percent) / 100).quantize(CENT, ROUND_HALF_UP)
    reason = f"{line.because.reason} {surcharge.reason} (+ {percent} %)"
    why = Because(reason, line.because.source, line.because.assumption or surcharge.basis.assumption)
    return line._replace(amount=amount, because=why)


def _rank_note(scene: Scene, path: str) -> str:
    rank = scene.ranks.get(path)
    return "" if not isinstance(rank, int) else "1er enfant" if rank == 1 else f"{rank}e enfant"
