"""The journal: what is noted, and how any change, inside or at the end, is found."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.dossier.paths import edited
from forms.drafts import cipher, journal
from forms.drafts.migrations import _JOURNAL_GUARDS
from forms.faults import Fault
from tests.forms.drafts.invented import NIR, NOON

if TYPE_CHECKING:
    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore


def noted(store: DraftStore) -> list[tuple[str, str, object]]:
    """Give what the journal says."""
    return [(entry.kind, entry.reference, entry.detail) for entry in journal.entries(store.database)]


@pytest.fixture
def lived(store: DraftStore, draft: Draft) -> DraftStore:
    """A store where ten things were done."""
    for number in range(10):
        store.save(replace(draft, dossier=edited(draft.dossier, "member.phone", f"060000000{number}")))
    return store


def test_what_is_done_is_noted_never_what_is_said(store: DraftStore, draft: Draft) -> None:
    """Made, changed (places only), moved in (nothing), read, taken away; not one value."""
    store.save(draft)
    store.save(replace(draft, step="summary", field=""))
    store.note("opened", NOON, draft.reference)
    store.save(
        replace(draft, dossier=edited(edited(draft.dossier, "member.nir", "1"), "formula", "confort"), version=2)
    )
    store.delete(draft.reference, NOON)
    store.delete(draft.reference, NOON)
    store.note("closed", NOON, detail={"drafts": 0})
    assert noted(store) == [
        ("created", draft.reference, {}),
        ("opened", draft.reference, {}),
        ("changed", draft.reference, {"paths": ["formula", "member.nir"], "version": 2}),
        ("deleted", draft.reference, {}),
        ("closed", "", {"drafts": 0}),
    ]
    assert [entry.kind for entry in store.noted(draft.reference, "changed")] == ["changed"]
    text = str(store.database.execute("SELECT * FROM journal").fetchall())
    assert [word for word in (NIR, "Lefèvre", "lefevre", "confort") if word in text] == []


def test_a_save_that_fails_is_not_noted(store: DraftStore, draft: Draft) -> None:
    """The draft and its entry are one transaction; the next save is compared with what is on the disk."""
    store.save(draft)
    changed = replace(draft, dossier=edited(draft.dossier, "formula", "confort"))
    store.database.execute("PRAGMA query_only = ON").fetchall()
    with pytest.raises(Fault, match="lecture seule"):
        store.save(changed)
    store.database.execute("PRAGMA query_only = OFF").fetchall()
    store.save(changed)
    assert [kind for kind, _, _ in noted(store)] == ["created", "changed"]


def test_the_head_is_found_again_until_the_tail_is_cut(lived: DraftStore) -> None:
    """A head printed before holds; with the last entries gone it is missed; typed badly, it is no head."""
    head = journal.head(lived.database)
    assert lived.verify_journal() == journal.Verdict(10, head, None)
    assert lived.verify_journal(head.upper().replace(" ", "")).flaw is None
    lived.note("closed", NOON)
    assert lived.verify_journal(head).flaw is None
    unguarded(lived).execute("DELETE FROM journal WHERE number > 8")
    assert lived.verify_journal().flaw is None
    assert lived.verify_journal(head).flaw == "La fin du journal manque : il y a 8 entrées, 10 avaient été imprimées."
    lived.note("closed", NOON)
    lived.note("closed", NOON)
    assert lived.verify_journal().flaw is None
    assert "l’entrée 10 n’est pas celle qui a été imprimée" in str(lived.verify_journal(head).flaw)
    with pytest.raises(Fault, match="Ce n’est pas une empreinte de journal"):
        lived.verify_journal("10-7f3a")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE journal SET at = '2026-02-03T11:00:00.000001+00:00' WHERE number = 4", "l’entrée 4 n’est plus"),
        ("UPDATE journal SET detail = '{}' WHERE number = 10", "l’entrée 10 n’est plus"),
        ("UPDATE journal SET kind = 'opened' WHERE number = 1", "l’entrée 1 n’est plus"),
        ("UPDATE journal SET detail = x'00' WHERE number = 4", "l’entrée 4 n’est plus"),
        ("UPDATE journal SET digest = x'00' WHERE number = 10", "l’entrée 10 n’est plus"),
        ("UPDATE journal SET reference = 'AAAA-0001' WHERE number = 5", "l’entrée 5 n’est plus"),
        ("UPDATE journal SET digest = (SELECT digest FROM journal WHERE number = 1) WHERE number = 6", "l’entrée 6"),
        ("DELETE FROM journal WHERE number = 7", "l’entrée 7 manque"),
        ("DELETE FROM journal WHERE number = 1", "l’entrée 1 manque"),
    ],
)
def test_any_change_inside_is_found(lived: DraftStore, change: str, said: str) -> None:
    """With the guards taken off, each column changed and each line taken away is told with its number."""
    unguarded(lived).execute(change)
    assert said in str(lived.verify_journal().flaw)


def test_a_damaged_entry_is_said(lived: DraftStore) -> None:
    """Reading the journal is one line then, no traceback."""
    unguarded(lived).execute("UPDATE journal SET detail = '{' WHERE number = 4")
    with pytest.raises(Fault, match="une entrée est abîmée"):
        lived.noted()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal SET detail = '{}'",
        "DELETE FROM journal WHERE number = 10",
        "INSERT OR REPLACE INTO journal SELECT number, at, 'opened', reference, detail, digest FROM journal",
        "INSERT INTO journal SELECT number + 100, at, kind, reference, detail, digest FROM journal",
    ],
)
def test_the_database_itself_refuses(lived: DraftStore, change: str) -> None:
    """Entries are neither changed, taken away, replaced nor put further on."""
    with pytest.raises(vars(cipher)["driver"].IntegrityError, match="append-only"):
        lived.database.execute(change)
    assert lived.verify_journal().flaw is None


def unguarded(store: DraftStore) -> cipher.Database:
    """Take the guards off, as someone with the key could."""
    for statement in _JOURNAL_GUARDS:
        store.database.execute(f"DROP TRIGGER {statement.split()[2]}")
    return store.database


def test_an_entry_knows_its_own_head(lived: DraftStore) -> None:
    """What a line prints is what the journal printed when it was the last."""
    last = list(journal.entries(lived.database))[-1]
    assert last.head == journal.head(lived.database)
    assert last.at == NOON.astimezone(dt.UTC)
