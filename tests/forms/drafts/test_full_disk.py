"""A real disk of 1 MB that fills up in the middle of whatever writes: one line, all as it was, ended with room."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.drafts import attachments, backups, keyfile, vault
from forms.drafts.files import BACKUPS, DATABASE, LEFTOVER
from forms.drafts.purge import purge
from forms.drafts.retention import preview
from forms.drafts.store import DraftStore
from forms.faults import Fault
from tests.forms.drafts.invented import KEY, NIR, NOON
from tests.forms.drafts.pages import in_clear
from tests.forms.drafts.test_kept import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from forms.drafts.draft import Draft

LATER = NOON + dt.timedelta(days=31)
ROOMS = (0, 4_096, 16_384, 40_000, 65_536, 100_000, 150_000, 200_000, 300_000, 400_000)
"""Bytes left on the disk: it fills up at another place of the work each time."""


def full_of(disk: Path, room: int) -> None:
    """Leave ``room`` bytes."""
    ballast = disk / "ballast"
    ballast.touch()
    with ballast.open("ab", buffering=0) as file:
        while shutil.disk_usage(disk).free > room:
            file.write(bytes(4096))


def tried(disk: Path, start: Path, work: Callable[[Path], object]) -> Iterator[tuple[Path, bool]]:
    """Do ``work`` on copies of a folder with less and more room; give each with room again, and whether it was done."""
    done = []
    for room in ROOMS:
        folder = shutil.copytree(start, disk / "drafts")
        full_of(disk, room)
        try:
            work(folder)
            done.append(True)
        except Fault as fault:
            assert "le disque est plein" in fault.line  # noqa: PT017 - each of many
            done.append(False)
        (disk / "ballast").unlink()
        yield folder, done[-1]
        shutil.rmtree(folder)
    assert set(done) == {False, True}, "the rooms do not tell a full disk from one with room"


@pytest.fixture
def filled(store: DraftStore, draft: Draft) -> Path:
    """A folder of two drafts, one old with a paper, one not, with a backup of both."""
    store.save(draft)
    paper = attachments.new_paper(store, draft.reference, "payslip")
    attachments.attach(store, draft.reference, paper, b"%PDF-" + NIR.encode() * 2000, NOON)
    store.save(replace(draft, reference="STAY-0001", dossier=type(draft.dossier)(), saved_at=LATER))
    backups.make(store.database, store.folder, KEY, NOON)
    store.close()
    return store.folder


def references(folder: Path, key: bytes = KEY) -> set[str]:
    """Open a folder as the next start does, and give what is there."""
    backups.tidy(folder)
    assert not list(folder.rglob(f"{LEFTOVER}*"))
    store = DraftStore(folder, key, lambda: LATER)
    assert store.verify_journal().flaw is None
    there = {one.reference for one in store.recent()}
    store.close()
    return there


def test_a_backup(full_disk: Path, filled: Path) -> None:
    """The drafts are as they were; the new backup is whole or not there, the former one is sound."""

    def work(folder: Path) -> None:
        store = DraftStore(folder, KEY)
        try:
            backups.make(store.database, folder, KEY, LATER)
        finally:
            store.close()

    for folder, done in tried(full_disk, filled, work):
        assert references(folder) == {"7K3M-Q2XD", "STAY-0001"}
        listed = backups.listed(folder)
        assert len(listed) == 1 + done
        assert all(backups._is_good(backup, KEY) for backup in listed)


def test_an_update(full_disk: Path, tmp_path: Path) -> None:
    """A database of the first version is of that version or of this one, with all that was in it."""
    old = tmp_path / "old"
    old.mkdir()
    shutil.copyfile(KEPT / "1.sqlite", old / DATABASE)
    key = bytes(range(1, 33))
    for folder, _ in tried(full_disk, old, lambda folder: DraftStore(folder, key, lambda: NOON).close()):
        assert references(folder, key) == {"7K3M-Q2XD", "0000-0000"}


def test_a_purge(full_disk: Path, filled: Path) -> None:
    """Who leaves is whole or gone; the next purge, with room, ends it, in the backup too; who stays is there."""

    def work(folder: Path) -> None:
        store = DraftStore(folder, KEY)
        try:
            purge(store, preview(store, LATER), LATER)
        finally:
            store.close()

    for folder, _ in tried(full_disk, filled, work):
        assert references(folder) in ({"7K3M-Q2XD", "STAY-0001"}, {"STAY-0001"})
        work(folder)
        assert references(folder) == {"STAY-0001"}
        assert len(backups.listed(folder)) == 1
        for path in folder.rglob("*.sqlite*"):
            assert NIR.encode() not in in_clear(path, KEY)


@pytest.mark.usefixtures("quick_vault")
def test_a_change_of_passphrase(full_disk: Path, folder: Path) -> None:
    """One of the two passphrases opens, never neither; with room, the backups follow at the next start."""
    key, _ = vault.create(folder, "la première")
    store = DraftStore(folder, key)
    for hour in range(2):
        backups.make(store.database, folder, key, NOON + dt.timedelta(hours=hour))
    store.close()
    for after, done in tried(full_disk, folder, lambda copy: vault.change_passphrase(copy, key, "la seconde")):
        words, other = ("la seconde", "la première") if done else ("la première", "la seconde")
        assert vault.unlock(after, words) == key
        with pytest.raises(vault.WrongPassphrase):
            vault.unlock(after, other)
        backups.tidy(after)
        now = keyfile.path_in(after).read_bytes()
        assert [path.read_bytes() for path in (after / BACKUPS).glob(f"*/{keyfile.NAME}")] == [now, now]
