"""A power cut between any two writes of everything that writes: what is there afterwards is whole, old or new."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.drafts import backups, keyfile, vault
from forms.drafts.files import BACKUPS, DATABASE, LEFTOVER
from forms.drafts.opening import DamagedDrafts
from forms.drafts.purge import purge
from forms.drafts.retention import preview
from forms.drafts.store import DraftStore
from forms.drafts.vault import WrongPassphrase
from tests.forms.drafts.cuts import Cutter, PowerCut
from tests.forms.drafts.invented import KEY, NIR, NOON
from tests.forms.drafts.pages import in_clear
from tests.forms.drafts.test_kept import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from forms.drafts.draft import Draft

LATER = NOON + dt.timedelta(days=31)


def cut_everywhere(start: Path, work: Callable[[Path], object]) -> Iterator[Path]:
    """Do ``work`` on copies of a folder, cut before its first write, its second…; give each as the next start finds it.

    The last one given was not cut.
    """
    for at in range(200):
        folder = shutil.copytree(start, start.with_name(f"cut-{at}"), symlinks=True)
        with pytest.MonkeyPatch.context() as patch:
            cutter = Cutter(patch, at)
            try:
                work(folder)
            except PowerCut:
                pass
            else:
                assert cutter.writes == at
        # Copied: what the cut process still holds open is not closed properly in it.
        yield shutil.copytree(folder, start.with_name(f"after-{at}"), symlinks=True)
        if cutter.writes <= at:
            return
    pytest.fail("it never ends")


@pytest.fixture
def filled(store: DraftStore, draft: Draft) -> Path:
    """A folder of two drafts, one old, one not, with two backups: of the first, then of both."""
    store.save(draft)
    backups.make(store.database, store.folder, KEY, NOON)
    store.save(replace(draft, reference="STAY-0001", dossier=type(draft.dossier)(), saved_at=LATER))
    backups.make(store.database, store.folder, KEY, NOON + dt.timedelta(hours=1))
    store.close()
    return store.folder


def references(store: DraftStore) -> set[str]:
    """Give what is there."""
    return {one.reference for one in store.recent()}


def started(folder: Path) -> DraftStore:
    """Open a folder as the program does after a cut."""
    backups.tidy(folder)
    assert not list(folder.rglob(f"{LEFTOVER}*"))
    return DraftStore(folder, KEY, lambda: LATER)


@pytest.mark.usefixtures("quick_vault")
def test_a_change_of_passphrase(folder: Path) -> None:
    """The former passphrase opens or the new one does, never neither; then the backups open as the drafts do."""
    key, _ = vault.create(folder, "la première")
    store = DraftStore(folder, key)
    for hour in range(2):
        backups.make(store.database, folder, key, NOON + dt.timedelta(hours=hour))
    store.close()
    opening: list[str] = []
    for after in cut_everywhere(folder, lambda copy: vault.change_passphrase(copy, key, "la seconde")):
        backups.tidy(after)
        opens = []
        for words in ("la première", "la seconde"):
            try:
                assert vault.unlock(after, words) == key
                opens.append(words)
            except WrongPassphrase:
                pass
        opening += opens
        assert len(opens) == 1
        now = keyfile.path_in(after).read_bytes()
        assert [path.read_bytes() for path in (after / BACKUPS).glob(f"*/{keyfile.NAME}")] == [now, now]
    assert opening == sorted(opening)
    assert set(opening) == {"la première", "la seconde"}


def test_a_backup(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The drafts are untouched; each backup that has a name is whole; the oldest goes after the new one has come."""
    monkeypatch.setattr(backups, "LAST", 2)
    monkeypatch.setattr(backups, "DAYS", 1)

    def work(folder: Path) -> None:
        store = DraftStore(folder, KEY)
        backups.make(store.database, folder, KEY, LATER)

    counts = []
    for after in cut_everywhere(filled, work):
        store = started(after)
        assert references(store) == {"7K3M-Q2XD", "STAY-0001"}
        listed = backups.listed(after)
        assert all(backups._is_good(backup, KEY) for backup in listed)
        counts.append((len(listed), listed[0].made_at == LATER))
        store.close()
    assert counts[0] == (2, False)
    assert counts[-1] == (2, True)
    assert set(counts) == {(2, False), (3, True), (2, True)}


def test_a_restoration(filled: Path) -> None:
    """The former drafts open, or they are set aside whole and the backup can be put back still, or it is back."""
    former = (filled / DATABASE).read_bytes()
    seen = set()
    for after in cut_everywhere(filled, lambda copy: backups.restore(copy, KEY, backups.listed(copy)[1], LATER)):
        try:
            store = started(after)
            seen.add(" ".join(sorted(references(store))))
        except DamagedDrafts as found:
            backups.restore(after, KEY, found.backup or backups.listed(filled)[0], LATER)
            store = started(after)
            seen.add("set aside" if found.backup else "lost")
        store.close()
        whole = [path.read_bytes() for path in (after / DATABASE, *backups.left_aside(after))]
        assert former in whole
        assert len(backups.listed(after)) == 2
    assert seen == {"7K3M-Q2XD STAY-0001", "set aside", "7K3M-Q2XD"}


def test_a_purge(filled: Path) -> None:
    """Whoever leaves is whole or gone at once; the next purge ends it, in the backups too; whoever stays is there."""

    def work(folder: Path) -> None:
        store = DraftStore(folder, KEY)
        purge(store, preview(store, LATER), LATER)

    for after in cut_everywhere(filled, work):
        store = started(after)
        assert references(store) in ({"7K3M-Q2XD", "STAY-0001"}, {"STAY-0001"})
        assert all(backups._is_good(backup, KEY) for backup in backups.listed(after))
        certificate = purge(store, preview(store, LATER), LATER)
        assert certificate is not None
        assert store.verify_journal().flaw is None
        assert references(store) == {"STAY-0001"}
        assert len(backups.listed(after)) == 2
        store.close()
        for path in after.rglob("*.sqlite*"):
            assert NIR.encode() not in in_clear(path, KEY)


def test_a_first_start(tmp_path: Path) -> None:
    """A whole database is there, or none: the next start makes it."""
    empty = tmp_path / "empty"
    empty.mkdir()
    for after in cut_everywhere(empty, lambda copy: DraftStore(copy, KEY)):
        store = started(after)
        assert references(store) == set()
        store.close()


def test_an_update(tmp_path: Path) -> None:
    """A database is there, of one version or the next, with all that was in it."""
    old = tmp_path / "old"
    old.mkdir()
    shutil.copyfile(KEPT / "1.sqlite", old / DATABASE)
    key = bytes(range(1, 33))
    for after in cut_everywhere(old, lambda copy: DraftStore(copy, key, lambda: NOON)):
        backups.tidy(after)
        store = DraftStore(after, key, lambda: LATER)
        assert references(store) == {"7K3M-Q2XD", "0000-0000"}
        store.close()
