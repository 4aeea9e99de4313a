"""The store: what is saved comes back, is found, and cannot be read without the key."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.drafts import cipher
from forms.drafts.draft import DamagedDraft, Draft, to_row
from forms.drafts.files import DATABASE
from forms.drafts.store import DraftStore
from forms.faults import Fault
from tests.forms.drafts.invented import KEY, NIR, NOON, PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def references(found: list[Draft | DamagedDraft]) -> list[str]:
    """Give the references of a list."""
    return [draft.reference for draft in found]


def save_all(store: DraftStore, drafts: list[Draft]) -> None:
    """Save each draft."""
    for draft in drafts:
        store.save(draft)


def test_a_draft_comes_back_as_it_was(store: DraftStore, folder: Path, draft: Draft) -> None:
    """Saved, changed, closed and opened again, it is equal to the last one said; deleted, it is gone."""
    store.save(draft)
    later = replace(draft, step="summary", field="", version=2, saved_at=NOON + dt.timedelta(seconds=1))
    store.save(later)
    assert store.load(draft.reference) == later
    store.set_setting("place", {"name": "Béthune", "day": "2026-02-03"})
    store.set_setting("place", {"name": "Lens"})
    store.close()
    again = DraftStore(folder, KEY)
    assert again.load(draft.reference) == later
    assert again.setting("place") == {"name": "Lens"}
    assert again.setting("convention") is None
    assert [again.database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")] == [
        "wal",
        2,
    ]
    again.delete(draft.reference, NOON)
    again.delete(draft.reference, NOON)
    assert again.recent() == []
    with pytest.raises(Fault, match="Il n’y a pas de brouillon 7K3M-Q2XD"):
        again.load(draft.reference)
    again.close()


def test_nothing_said_can_be_read_in_the_files(store: DraftStore, folder: Path, draft: Draft) -> None:
    """Neither the NIR nor a name is in any file of the folder, the journal of writes included."""
    store.save(draft)
    words = [
        NIR.encode(),
        "Lefèvre".encode(),
        b"lefevre",
        "Zoé".encode(),
        b"member",
        b"CREATE TABLE",
        b"SQLite format",
    ]
    assert all(word in str(to_row(draft)).encode() for word in words[:5])
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert len(files[f"{DATABASE}-wal"]) > 4096
    assert [(name, word) for name, data in files.items() for word in words if word in data] == []


def test_files_are_the_users_alone(folder: Path, draft: Draft) -> None:
    """The folder is 0700 and each file in it 0600, whatever the umask."""
    before = os.umask(0)
    try:
        store = DraftStore(folder, KEY)
        store.save(draft)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
        store.close()
    finally:
        os.umask(before)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["CCCC-0003", "BBBB-0002", "AAAA-0001"]),
        ("zef", ["AAAA-0001"]),
        ("JOZEF kowalska", ["AAAA-0001"]),
        ("kowalska jozef", ["AAAA-0001"]),
        ("nie", ["CCCC-0003"]),
        ("d’été d'ete", ["BBBB-0002"]),
        ("bbbb-00", ["BBBB-0002"]),
        ("442", ["AAAA-0001"]),
        ("%", ["CCCC-0003"]),
        ("0_a", ["CCCC-0003"]),
        ("_", ["CCCC-0003"]),
        ("\\", ["CCCC-0003"]),
        ("'; DROP TABLE drafts", []),
        ("nobody", []),
    ],
)
def test_search_finds_any_part_accents_aside(store: DraftStore, search: str, found: list[str], draft: Draft) -> None:
    """Any part of a name, of the staff number, of the reference; each word of it; a wildcard is a letter."""
    people = [
        ("AAAA-0001", {"birth_name": "Kowalska-Łęcka", "first_name": "Józef", "staff_number": "A-10442"}),
        ("BBBB-0002", {"birth_name": "O'Neil", "used_name": "d’Été"}),
        ("CCCC-0003", {"birth_name": "Garnier", "first_name": "Œ 100_A% \\"}),
    ]
    for minute, (reference, names) in enumerate(people):
        member = draft.dossier.member.model_validate(names)
        dossier = draft.dossier.model_copy(update={"member": member})
        when = NOON + dt.timedelta(minutes=minute)
        store.save(replace(draft, reference=reference, dossier=dossier, saved_at=when))
    assert references(store.recent(search)) == found
    assert references(store.recent(search, limit=1)) == found[:1]


def test_the_order_is_that_of_time_whatever_its_zone(store: DraftStore, draft: Draft) -> None:
    """11:30 in UTC comes after noon in Paris; a time without a zone is our mistake."""
    store.save(replace(draft, reference="AAAA-0001", saved_at=NOON))
    store.save(replace(draft, reference="BBBB-0002", saved_at=dt.datetime(2026, 2, 3, 11, 30, tzinfo=dt.UTC)))
    assert references(store.recent()) == ["BBBB-0002", "AAAA-0001"]
    with pytest.raises(ValueError, match="zone"):
        store.save(replace(draft, saved_at=NOON.replace(tzinfo=None)))


def test_search_reads_the_index_alone(store: DraftStore) -> None:
    """The plan of a search is one pass over the covering index, with nothing to sort."""
    statements: list[str] = []
    store.database.conn.set_trace_callback(statements.append)
    store.recent("lefèvre")
    store.database.conn.set_trace_callback(None)
    search = next(statement for statement in statements if "LIKE" in statement)
    plan = [row[3] for row in store.database.execute(f"EXPLAIN QUERY PLAN {search}")]
    assert "SCAN drafts USING COVERING INDEX drafts_search" in plan


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("dossier", "{"),
        ("dossier", '{"format":"permanence.dossier/9"}'),
        ("dossier", b"\xff"),
        ("dossier", ""),
        ("state", "gone"),
        ("saved_at", "noon"),
        ("created_at", 3),
    ],
)
def test_a_damaged_draft_is_named_and_the_others_come(
    store: DraftStore, draft: Draft, named: Callable[[str, str], Draft], column: str, value: object
) -> None:
    """One row that cannot be read is a line with its reference, in the list too; the rest is as before."""
    store.save(named("AAAA-0001", "Garnier"))
    store.save(draft)
    store.database.table("drafts").update(draft.reference, {column: value})
    with pytest.raises(Fault, match=r"Le brouillon 7K3M-Q2XD ne peut pas être lu : [^\n]+\.$"):
        store.load(draft.reference)
    listed = {kept.reference: kept for kept in store.recent()}
    assert isinstance(listed["AAAA-0001"], Draft)
    assert isinstance(listed["7K3M-Q2XD"], DamagedDraft)


def test_another_key_opens_nothing_and_changes_nothing(
    store: DraftStore, folder: Path, draft: Draft, capfd: pytest.CaptureFixture[str]
) -> None:
    """A wrong key is one line, nothing on standard error, and every byte stays."""
    store.save(draft)
    store.close()
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(Fault, match="ne s’ouvre pas avec cette clé"):
        DraftStore(folder, bytes(32))
    assert (folder / DATABASE).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [DATABASE]
    assert capfd.readouterr().err == ""


def test_a_clear_database_is_not_opened(folder: Path) -> None:
    """A plain SQLite file in its place is refused and left alone."""
    folder.mkdir()
    plain = sqlite3.connect(folder / DATABASE)
    plain.execute("CREATE TABLE drafts (reference TEXT)")
    plain.close()
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(Fault, match="ne s’ouvre pas"):
        DraftStore(folder, KEY)
    assert (folder / DATABASE).read_bytes() == before


@pytest.mark.parametrize("driver", [None, sqlite3], ids=["missing", "plain SQLite"])
def test_without_the_cipher_nothing_is_written(folder: Path, driver: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no way in clear: the line says what is missing."""
    monkeypatch.setattr(cipher, "driver", driver)
    with pytest.raises(Fault, match=r"Le chiffrement \(sqlcipher3\) manque"):
        DraftStore(folder, KEY)
    with pytest.raises(Fault, match="chiffrement"):
        cipher.cipher_version()
    assert list(folder.iterdir()) == []


def test_a_machine_without_the_cipher_can_say_so() -> None:
    """The module is imported all the same, so that `permanence doctor` can tell."""
    program = (
        "import sys; sys.modules['sqlcipher3'] = None\n"
        "from forms.drafts import cipher\n"
        "try: cipher.cipher_version()\n"
        "except Exception as fault: print(type(fault).__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False, cwd=PROJECT
    )
    assert (done.stdout, done.stderr) == ("Fault\n", "")


def test_the_cipher_is_told() -> None:
    """Its version is that of SQLCipher 4, and SQLite's."""
    assert cipher.cipher_version().startswith("4.")
    assert "SQLite 3." in cipher.cipher_version()


def test_a_database_of_a_later_version_is_left_alone(store: DraftStore, folder: Path, draft: Draft) -> None:
    """A migration unknown here: one line, every byte as it was."""
    store.save(draft)
    store.database.table("_sqlite_migrations").insert(
        {"migration_set": "permanence.drafts", "name": "9999", "applied_at": "2030-01-01"}
    )
    store.close()
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(Fault, match="version plus récente de Permanence"):
        DraftStore(folder, KEY)
    assert (folder / DATABASE).read_bytes() == before


def test_a_page_that_was_changed_is_found(store: DraftStore, folder: Path, draft: Draft) -> None:
    """Each page is signed: one wrong bit is one line, never another value."""
    for number in range(20):
        store.save(replace(draft, reference=f"AAAA-{number:04d}"))
    store.close()
    data = bytearray((folder / DATABASE).read_bytes())
    for start in range(4096, len(data), 4096):
        data[start + 100] ^= 1
    (folder / DATABASE).write_bytes(data)
    with pytest.raises(Fault, match="il est abîmé"):
        DraftStore(folder, KEY).recent()


def test_on_a_really_full_disk_the_former_draft_stays(full_disk: Path, draft: Draft) -> None:
    """What does not fit is said, and what was saved is still there; once there is room it is saved."""
    store = DraftStore(full_disk, KEY)
    store.save(draft)
    ballast = full_disk / "ballast"
    with pytest.raises(OSError, match="space"), ballast.open("wb", buffering=0) as file:
        file.writelines(bytes(512) for _ in range(3000))
    changed = replace(draft, step="summary", dossier=draft.dossier.model_copy(update={"beneficiaries": ()}))
    with pytest.raises(Fault, match="le disque est plein"):
        save_all(store, [replace(changed, reference=f"AAAA-{number:04d}") for number in range(200)])
    assert store.load(draft.reference) == draft
    ballast.unlink()
    store.save(changed)
    assert store.load(draft.reference) == changed
    store.close()


@pytest.mark.skipif(sys.platform != "linux", reason="rights are given up as Linux does it")
def test_a_folder_without_rights_is_said(read_only: Path) -> None:
    """Where no file can be made, one line says so."""
    with pytest.raises(Fault, match=r"Impossible de préparer le dossier .* l’accès y est refusé"):
        DraftStore(read_only / "permanence", KEY)


def test_a_copy_made_while_it_is_open_opens(store: DraftStore, folder: Path, draft: Draft, tmp_path: Path) -> None:
    """The database and its journal, copied without a word as a backup program does, hold what was saved."""
    store.save(draft)
    copy = shutil.copytree(folder, tmp_path / "copy")
    again = DraftStore(copy, KEY)
    assert again.load(draft.reference) == draft
    again.close()


def test_a_draft_shows_no_one_in_a_report(draft: Draft) -> None:
    """What a log or a traceback would print of a draft names no one."""
    assert NIR not in repr(draft)
    assert "Lefèvre" not in repr(draft)


def test_a_place_is_no_change(store: DraftStore, draft: Draft) -> None:
    """Where the user is comes back; neither the time of the draft nor the journal has moved, and no row was made."""
    store.save(draft)
    before = store.verify_journal().head
    store.place(draft.reference, "contract", "member.birth_name")
    store.place("AAAA-0001", "contract", "")
    assert store.recent() == [replace(draft, step="contract", field="member.birth_name")]
    assert store.verify_journal().head == before


def test_a_damaged_draft_is_there_too(store: DraftStore, draft: Draft) -> None:
    """Its reference is taken, though it cannot be read; after it was deleted, no more."""
    assert not store.has(draft.reference)
    store.save(draft)
    store.database.execute("UPDATE drafts SET dossier = '{'")
    assert store.has(draft.reference)
    store.delete(draft.reference, NOON)
    assert not store.has(draft.reference)
