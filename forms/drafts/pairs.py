"""Two dossiers that share people: every pair of which nothing was decided, looked for a few at a time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from forms.drafts import duplicates
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.drafts.draft import Draft
    from forms.drafts.duplicates import Decision, Duplicate
    from forms.drafts.store import DraftStore

STEP = 100
"""Pairs looked at before who waits is told, and may stop: some 50 ms."""


@dataclass(frozen=True)
class Pair:
    """Two dossiers and the people that they share, none of them decided: the first is the one asked about."""

    first: str
    second: str
    shared: tuple[Duplicate, ...]


def of(store: DraftStore, draft: Draft) -> tuple[Pair, ...]:
    """Give the dossiers that share someone with this one, undecided, each once.

    Raises:
        Fault: the database cannot be read.
    """
    return _paired([one for one in duplicates.of(store, draft) if one.decision is None])


def undecided(store: DraftStore, asked: Sequence[tuple[str, str]]) -> tuple[Pair, ...]:
    """Give those of these pairs (``duplicates.everywhere``) that are one person, undecided.

    A dossier that is damaged or gone is in none.

    Raises:
        Fault: the database cannot be read.
    """
    found: list[Pair] = []
    for first, pairs in groupby(asked, key=lambda pair: pair[0]):
        others = frozenset(second for _, second in pairs)
        try:
            draft = store.load(first)
        except Fault:
            continue
        found += _paired([one for one in duplicates.of(store, draft, others) if one.decision is None])
    return tuple(found)


def decide(store: DraftStore, draft: Draft, pair: Pair, decision: Decision) -> None:
    """Keep one choice of all that a pair shares, whole or not at all.

    Raises:
        Fault: see ``duplicates.decide``.
    """
    with store.transaction():
        for one in pair.shared:
            duplicates.decide(store, draft, one, decision)


def _paired(shared: list[Duplicate]) -> tuple[Pair, ...]:
    found: dict[tuple[str, str], list[Duplicate]] = {}
    for one in sorted(shared, key=lambda one: one.path != "member"):
        found.setdefault((one.reference, one.other), []).append(one)
    return tuple(Pair(*key, tuple(several)) for key, several in found.items())
