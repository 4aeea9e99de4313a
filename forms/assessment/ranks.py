"""Which child is the first, the second, the third: what "free from the third" counts."""

from __future__ import annotations

import datetime as dt

from forms.assessment.scene import Scene
from forms.convention.facts import Lacks
from forms.convention.model import PriceRule


def price_rule(scene: Scene, rules: tuple[PriceRule, ...], path: str) -> PriceRule | Lacks | None:
    """Give the first rule that prices a person, what is lacking to know it, or nothing."""
    for rule in rules:
        if path not in scene.subjects(rule.scope):
            continue
        holds = rule.holds(scene, path)
        if isinstance(holds, Lacks):
            return holds
        if holds:
            return rule
    return None


def rank_children(scene: Scene) -> None:
    """Give each child that counts its rank: oldest first, twins by birth rank, then as listed.

    A child that is free whatever its rank (a disability) does not count. An unknown birth date, link, or right to
    be free leaves the ranks unknown as soon as they could decide who is free.
    """
    children = scene.subjects("child")
    rules = {path: price_rule(scene, scene.convention.prices, path) for path in children}
    counted = [path for path in children if not _is_free(rules[path])]
    unlinked = scene.unrelated()
    lacking = [lack for path in counted for lack in _lacks(rules[path], scene.birth_date(path))]
    lacking += unlinked
    free_from = scene.convention.free_children
    if lacking and free_from and len(counted) + len(unlinked) >= free_from.rank:
        scene.ranks = dict.fromkeys(counted, Lacks(tuple(lacking)))
        return
    order = sorted(range(len(counted)), key=lambda i: _birth_order(scene, counted[i], i))
    scene.ranks = {counted[i]: rank for rank, i in enumerate(order, start=1)}


def _is_free(rule: PriceRule | Lacks | None) -> bool:
    return isinstance(rule, PriceRule) and rule.free


def _lacks(*facts: object) -> list[str]:
    return [path for fact in facts if isinstance(fact, Lacks) for path in fact.paths]


def _birth_order(scene: Scene, path: str, index: int) -> tuple[dt.date, int, int]:
    person = scene.people[path]
    return (person.birth_date or dt.date.max, person.birth_rank or 0, index)
