"""Pairs of dossiers that share people: each once, decided together, found among ten thousand."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.dossier.paths import edited
from forms.drafts import duplicates, journal, pairs
from forms.drafts.duplicates import Decision
from forms.faults import Fault
from tests.forms.drafts.invented import NOON
from tests.forms.drafts.test_duplicates import ELODIE, FIRST, LEO, OTHER, ZOE, draft_of

if TYPE_CHECKING:
    from forms.drafts.store import DraftStore

SECOND = draft_of("BBBB-0002", ELODIE, LEO, ZOE)


def test_a_pair_is_one_whatever_it_shares(store: DraftStore) -> None:
    """Mother and daughter are both in both: one pair, the member first; decided once, with one reason, for all."""
    store.save(FIRST)
    store.save(SECOND)
    (pair,) = pairs.of(store, SECOND)
    assert (pair.first, pair.second) == ("BBBB-0002", "AAAA-0001")
    assert [one.path for one in pair.shared] == ["member", "beneficiaries.1"]
    (same,) = pairs.undecided(store, duplicates.everywhere(store))
    assert (same.first, same.second, len(same.shared)) == ("AAAA-0001", "BBBB-0002", 2)
    pairs.decide(store, SECOND, pair, Decision("both_stay", "Refait à sa demande", NOON))
    assert pairs.of(store, SECOND) == pairs.of(store, FIRST) == ()
    assert pairs.undecided(store, duplicates.everywhere(store)) == ()
    assert len(list(journal.entries(store.database, kind="decided"))) == 2


def test_no_reason_keeps_nothing(store: DraftStore) -> None:
    """All of a pair is decided, or nothing of it."""
    store.save(FIRST)
    store.save(SECOND)
    (pair,) = pairs.of(store, SECOND)
    with pytest.raises(Fault, match="Dites pourquoi"):
        pairs.decide(store, SECOND, pair, Decision("both_stay", " ", NOON))
    assert pairs.of(store, SECOND) == (pair,)
    assert list(journal.entries(store.database, kind="decided")) == []


def test_what_is_damaged_or_gone_is_in_no_pair(store: DraftStore) -> None:
    """The list says a damaged dossier; here it keeps no one from the others."""
    third = draft_of("CCCC-0003", OTHER, ZOE)
    for draft in (FIRST, SECOND, third):
        store.save(draft)
    asked = duplicates.everywhere(store)
    store.database.execute("UPDATE drafts SET dossier = '{' WHERE reference = 'AAAA-0001'")
    assert [(one.first, one.second) for one in pairs.undecided(store, asked)] == [("BBBB-0002", "CCCC-0003")]
    store.delete("CCCC-0003", NOON)
    assert pairs.undecided(store, asked) == ()


@pytest.mark.slow
def test_ten_thousand_dossiers(store: DraftStore) -> None:
    """With 500 pairs among them: found in a few steps, each short enough to type in between."""
    with store.transaction():
        for number in range(10_000):
            who = number if number < 9_500 else number - 9_500
            dossier = edited(FIRST.dossier, "member.first_name", f"Élodie{who}")
            dossier = edited(dossier, "member.nir", None).model_copy(update={"beneficiaries": ()})
            store.save(replace(FIRST, reference=f"{number // 10_000:04d}-{number % 10_000:04d}", dossier=dossier))
    began = time.perf_counter()
    asked = duplicates.everywhere(store)
    assert len(asked) == 500
    listed = time.perf_counter()
    found: list[pairs.Pair] = []
    longest = 0.0
    for start in range(0, len(asked), pairs.STEP):
        before = time.perf_counter()
        found += pairs.undecided(store, asked[start : start + pairs.STEP])
        longest = max(longest, time.perf_counter() - before)
    assert len(found) == 500
    print(f"\n500 pairs of 10,000: listed in {1000 * (listed - began):.0f} ms, {pairs.STEP} in {1000 * longest:.0f}")  # noqa: T201
    assert listed - began < 2
    assert longest < 2
