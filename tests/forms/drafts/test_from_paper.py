"""Dossiers read back from paper: how they meet what is here, and what is taken, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.dossier.paths import edited
from forms.drafts import attachments, printed, states
from forms.drafts.draft import Draft
from forms.drafts.from_paper import Judged, Met, Read, keep_signed, meet, take
from forms.faults import Fault
from tests.forms.drafts.invented import NOON

if TYPE_CHECKING:
    from forms.dossier.model import Dossier
    from forms.drafts.store import DraftStore

COMPLETE = Judged(complete=True, fingerprint="e" * 64, edition="2026-1")
SCAN = b"%PDF-1.4 signed"


def paper(draft: Draft, version: int | None = 1, formula: str | None = None) -> Read:
    """Give what the paper of a draft says, with another formula if asked."""
    dossier = edited(draft.dossier, "formula", formula) if formula else draft.dossier
    return Read(draft.reference, version, dossier)


def on_paper(store: DraftStore, draft: Draft, formula: str = "confort") -> Draft:
    """Keep a draft that is on paper."""
    said = states.changed(draft, edited(draft.dossier, "formula", formula), complete=True, edition=draft.edition)
    return printed.record(store, said, "2026-1", NOON, b"%PDF-")


def test_what_is_unknown_is_made_as_it_is_on_paper(store: DraftStore, draft: Draft) -> None:
    """A complete dossier is on paper under its version, its pages kept, all of it noted; a change then voids it."""
    read = paper(draft, 3)
    assert meet(store, read) == Met("unknown")
    made = take(store, read, Met("unknown"), COMPLETE, NOON, [SCAN])
    assert store.load(draft.reference) == made
    assert (made.dossier, made.state, made.version) == (draft.dossier, "printed", 3)
    (version,) = printed.versions(store, draft.reference)
    assert (version.version, version.edition, version.printed_at, version.pdf_sha256) == (3, "2026-1", None, "")
    (kept,) = attachments.listed(store, draft.reference)
    assert (kept.paper, attachments.content_of(store, kept)) == ("signed_bulletin-1", SCAN)
    assert [entry.kind for entry in store.noted(draft.reference)] == ["created", "scanned", "attached"]
    after = states.changed(made, edited(made.dossier, "formula", "confort"), complete=True, edition=made.edition)
    assert after.version == 4
    printed.record(store, after, "2026-1", NOON, b"%PDF-")


@pytest.mark.parametrize(("version", "state"), [(0, "draft"), (0, "complete"), (2, "draft"), (None, "draft")])
def test_what_is_not_complete_or_was_filled_by_hand_is_not_on_paper(
    store: DraftStore, draft: Draft, version: int | None, state: str
) -> None:
    """It is to be typed in, then printed: version 1 for a blank and for one whose version is not known."""
    judged = replace(COMPLETE, complete=state == "complete")
    made = take(store, paper(draft, version), Met("unknown"), judged, NOON)
    assert (made.state, made.version) == (state, version or 1)
    assert printed.versions(store, draft.reference) == ()


def test_how_a_paper_meets_what_is_here(store: DraftStore, draft: Draft) -> None:
    """The same; different, and where; older; filled by hand and typed already; without its page 1; and damaged."""
    kept = on_paper(store, replace(draft, version=2))
    assert meet(store, paper(kept, 2)) == Met("same", kept)
    found = meet(store, paper(kept, 2, "renforcee"))
    assert (found.how, [change.path for change in found.changes]) == ("different", ["formula"])
    assert meet(store, paper(kept, 1, "renforcee")).how == "newer_here"
    assert meet(store, paper(kept, 0, "renforcee")).how == "typed"
    assert meet(store, Read(kept.reference, 2, None)) == Met("no_dossier", kept)
    store.database.execute("UPDATE drafts SET dossier = 'x'")
    with pytest.raises(Fault, match="ne peut pas être lu"):
        meet(store, paper(kept))


def _taken(store: DraftStore, read: Read) -> Draft:
    return take(store, read, meet(store, read), COMPLETE, NOON)


def test_a_version_is_never_on_paper_with_two_contents(store: DraftStore, draft: Draft) -> None:
    """A paper in place of what is printed here opens a version of its own; a later one is taken as it is."""
    kept = on_paper(store, draft)
    taken = _taken(store, paper(kept, 1, "renforcee"))
    assert (taken.version, taken.state, taken.dossier.formula) == (2, "complete", "renforcee")
    later = _taken(store, paper(kept, 5, "securite"))
    assert (later.version, later.state) == (5, "printed")
    assert [version.version for version in printed.versions(store, draft.reference)] == [1, 5]
    older = _taken(store, paper(kept, 3, "confort"))
    assert (older.version, older.state) == (6, "complete")


def test_a_draft_in_progress_takes_the_paper_of_its_version(store: DraftStore, draft: Draft) -> None:
    """Nothing of this version was on paper here: the paper is what was printed, elsewhere."""
    store.save(draft)
    taken = _taken(store, paper(draft, 1, "confort"))
    assert (taken.version, taken.state, taken.created_at) == (1, "printed", draft.created_at)


@pytest.mark.parametrize(("formula", "version", "state"), [("confort", 1, "printed"), ("renforcee", 2, "complete")])
def test_a_deleted_dossier_comes_back(store: DraftStore, draft: Draft, formula: str, version: int, state: str) -> None:
    """Its papers stay until the purge: the same content is that version again, another begins the next."""
    kept = on_paper(store, draft)
    store.delete(kept.reference, NOON)
    taken = _taken(store, paper(kept, 1, formula))
    assert (taken.version, taken.state) == (version, state)
    store.delete(kept.reference, NOON)
    assert _taken(store, Read(kept.reference, 0, draft.dossier)).version == 2


def test_nothing_is_replaced_that_changed_since_it_was_met(store: DraftStore, draft: Draft) -> None:
    """Two papers of one number, both unknown: the second is refused, and nothing of it is kept."""
    first, second = paper(draft), paper(draft, 1, "confort")
    take(store, first, Met("unknown"), COMPLETE, NOON)
    with pytest.raises(Fault, match="a changé ici"):
        take(store, second, Met("unknown"), COMPLETE, NOON, [SCAN])
    assert store.load(draft.reference).dossier == draft.dossier
    assert attachments.listed(store, draft.reference) == ()


def test_whole_or_not_at_all(store: DraftStore, draft: Draft) -> None:
    """A page that cannot be kept keeps the dossier out too; without its page 1 there is nothing to take: our bug."""
    with pytest.raises(Fault, match="ni un PDF"):
        take(store, paper(draft), Met("unknown"), COMPLETE, NOON, [SCAN, b"a note"])
    assert meet(store, paper(draft)).how == "unknown"
    assert store.noted() == ()
    with pytest.raises(ValueError, match="nothing"):
        take(store, Read(draft.reference, 1, None), Met("unknown"), COMPLETE, NOON)


def test_signed_pages_are_kept_once(store: DraftStore, draft: Draft) -> None:
    """The same scan twice is one file; another is another paper; the dossier itself does not change."""
    kept = on_paper(store, draft)
    assert keep_signed(store, kept.reference, [SCAN, SCAN + b" 2"], NOON) == 2
    assert keep_signed(store, kept.reference, [SCAN], NOON) == 0
    assert keep_signed(store, kept.reference, [SCAN + b" 3"], NOON) == 1
    papers = [one.paper for one in attachments.listed(store, kept.reference)]
    assert papers == ["signed_bulletin-1", "signed_bulletin-1", "signed_bulletin-2"]
    assert store.load(kept.reference) == kept
    assert attachments.sweep(store, kept.reference, (), NOON) == 0


def test_a_paper_says_nothing_of_people_in_a_report(draft: Draft) -> None:
    """What is shown of it in an error names no one."""

    def shown(dossier: Dossier | None) -> str:
        return repr(Read(draft.reference, 1, dossier))

    assert "Lefèvre" not in shown(draft.dossier)
