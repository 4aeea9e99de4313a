"""The mapping of columns that was chosen, remembered for the same headings; none of their text is kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from forms.exchange.headings import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.exchange.roster import Mapped

SETTING = "roster_columns"
"""The key of the drafts' settings."""
_SETS = 30
"""Sets of headings that are remembered, the last used."""


def recalled(setting: object, headings: Sequence[str]) -> Mapped:
    """Give what was chosen for these headings, in any order, from the setting; empty where nothing was."""
    kept = setting.get(_key(headings)) if isinstance(setting, dict) else None
    if not isinstance(kept, dict):
        return {}
    order = _order(headings)
    return {
        str(target): headings[order[rank]] if 0 <= rank < len(order) else ""
        for target, rank in kept.items()
        if isinstance(rank, int)
    }


def remembering(setting: object, headings: Sequence[str], mapping: Mapped) -> dict[str, Any]:
    """Give the setting with what was chosen for these headings: the rank of each target's column, -1 for none.

    A list without headings has cells of people in their place: neither they nor their words are in it.
    """
    rank_of = {headings[place]: rank for rank, place in enumerate(_order(headings))}
    others = {key: kept for key, kept in setting.items() if key != _key(headings)} if isinstance(setting, dict) else {}
    kept = dict(list(others.items())[-(_SETS - 1) :])
    return kept | {_key(headings): {target: rank_of.get(label, -1) for target, label in mapping.items()}}


def _order(headings: Sequence[str]) -> list[int]:
    return sorted(range(len(headings)), key=lambda place: (_said(headings[place]), place))


def _key(headings: Sequence[str]) -> str:
    said = "\n".join(_said(headings[place]) for place in _order(headings))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _said(heading: str) -> str:
    return " ".join(sorted(words(heading)))
