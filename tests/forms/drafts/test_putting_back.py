"""A draft that was taken away by mistake: it comes back as it was, and the journal says both."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.drafts import duplicates, printed, states
from forms.drafts.putting_back import put_back
from forms.drafts.retention import preview
from forms.faults import Fault
from tests.forms.drafts.invented import NOON

if TYPE_CHECKING:
    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore

LATER = NOON + dt.timedelta(days=20)


def test_it_comes_back_as_it_was(store: DraftStore, draft: Draft) -> None:
    """Row for row, its date too: its keeping is not longer for it; its paper is there, others meet it again."""
    store.save(draft)
    on_paper = printed.record(store, states.judged(draft, complete=True), "2026-1", NOON, b"%PDF")
    store.save(replace(on_paper, reference="AAAA-0001"))
    row = store.database.execute("SELECT * FROM drafts WHERE reference = ?", [draft.reference]).fetchall()
    met = duplicates.everywhere(store)
    assert met
    before = store.load(draft.reference)
    store.delete(draft.reference, LATER)
    assert duplicates.everywhere(store) == ()
    assert put_back(store, before, LATER)
    assert store.database.execute("SELECT * FROM drafts WHERE reference = ?", [draft.reference]).fetchall() == row
    assert duplicates.everywhere(store) == met
    assert len(printed.versions(store, draft.reference)) == 1
    assert [one.reference for one in preview(store, LATER + dt.timedelta(days=71)).leaving] == [
        draft.reference, "AAAA-0001",
    ]  # fmt: skip
    kinds = [(entry.kind, entry.at) for entry in store.noted(draft.reference)][-2:]
    assert kinds == [("deleted", LATER), ("restored", LATER)]
    assert store.verify_journal().flaw is None


def test_what_is_there_is_left_as_it_is(store: DraftStore, draft: Draft) -> None:
    """Put back twice, or typed in again meanwhile: nothing is replaced and nothing noted."""
    store.save(draft)
    old = store.load(draft.reference)
    newer = replace(draft, step="summary", saved_at=LATER)
    store.save(newer)
    noted = store.noted()
    assert not put_back(store, old, LATER)
    assert (store.load(draft.reference).step, store.noted()) == ("summary", noted)


def test_a_disk_that_refuses_leaves_it_to_be_put_back(store: DraftStore, draft: Draft) -> None:
    """Nothing is half there; the next time it comes back."""
    store.save(draft)
    before = store.load(draft.reference)
    store.delete(draft.reference, LATER)
    store.database.execute("PRAGMA query_only = ON").fetchall()
    with pytest.raises(Fault, match="lecture seule"):
        put_back(store, before, LATER)
    store.database.execute("PRAGMA query_only = OFF").fetchall()
    assert put_back(store, before, LATER)
    assert store.load(draft.reference) == before
