"""Which formulas are offered for a dossier, and in which order their cards stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.assessment import offered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.desk.scene import Scene
    from forms.convention import Convention
    from forms.convention.model import Formula


def formulas_of(scene: Scene) -> tuple[Formula, ...]:
    """Give the formulas to offer for a dossier, in the convention's order."""
    return offered(scene.dossier, scene.convention, scene.today)


def in_ranks(convention: Convention, formulas: Sequence[Formula]) -> list[Formula]:
    """Give the first formula of each level, then the second of each…: levels that differ in their guarantees.

    Formulas that guarantee alike all down the table (a plan with and without an income cover) then stand under one
    another as soon as a row holds one of each.
    """
    ranks: dict[tuple[object, ...], int] = {}
    placed = []
    for formula in formulas:
        worth = tuple(line.worth[formula.id] for line in convention.guarantees) or (formula.id,)
        ranks[worth] = ranks.get(worth, -1) + 1
        placed.append((ranks[worth], formula))
    return [formula for _, formula in sorted(placed, key=lambda one: one[0])]
