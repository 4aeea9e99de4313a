"""Backups: whole, checked, in turn; and what is damaged is found at opening, kept, and put back by one call."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.drafts import backups, files, keyfile, vault
from forms.drafts.cipher import Damaged
from forms.drafts.files import BACKUPS, DATABASE, LEFTOVER
from forms.drafts.keeper import Keeper
from forms.drafts.lock import AlreadyOpen, FolderLock
from forms.drafts.opening import DamagedDrafts, begin_anew, put_right
from forms.drafts.store import DraftStore
from forms.drafts.vault import WrongPassphrase
from forms.faults import Fault
from tests.forms.drafts.invented import KEY, NIR, NOON
from tests.forms.drafts.test_kept import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from forms.drafts.backups import Backup
    from forms.drafts.draft import Draft


def made(store: DraftStore, hours: int = 0) -> Backup:
    """Make a backup, so many hours after noon."""
    return backups.make(store.database, store.folder, KEY, NOON + dt.timedelta(hours=hours))


@pytest.fixture
def kept(store: DraftStore, draft: Draft) -> Backup:
    """A backup with one draft in it; the store has one more since, and is closed."""
    (store.folder / keyfile.NAME).write_bytes((KEPT / "1.vault.json").read_bytes())
    store.save(draft)
    backup = made(store)
    store.save(replace(draft, reference="AAAA-0001"))
    store.close()
    return backup


def test_a_backup_is_a_folder_of_drafts(store: DraftStore, kept: Backup, draft: Draft) -> None:
    """It opens by itself with the same passphrase; its files are the user's alone and say nothing."""
    assert kept.said == "3 février 2026 à " + NOON.astimezone().strftime("%H:%M")
    assert sorted(path.name for path in kept.folder.iterdir()) == [DATABASE, keyfile.NAME]
    assert {oct(path.stat().st_mode)[-3:] for path in kept.folder.iterdir()} == {"600"}
    assert all(NIR.encode() not in path.read_bytes() for path in kept.folder.iterdir())
    assert (kept.folder / keyfile.NAME).read_bytes() == (store.folder / keyfile.NAME).read_bytes()
    again = DraftStore(kept.folder, KEY)
    assert again.recent() == [draft]
    assert again.verify_journal().flaw is None
    again.close()


def test_which_backups_stay() -> None:
    """The last five, and the last of each of seven days with a backup: some days have none."""
    times = [NOON + dt.timedelta(days=day, hours=hour) for day in (0, 1, 2, 5, 6, 7, 8, 9) for hour in (0, 3, 6)]
    stay = backups.staying(times)
    assert {time - NOON for time in stay} == {
        *(dt.timedelta(days=day, hours=6) for day in (1, 2, 5, 6, 7, 8, 9)),
        *(dt.timedelta(days=9, hours=hour) for hour in (0, 3)),
        dt.timedelta(days=8, hours=3),
    }
    assert backups.staying([]) == set()


def test_the_oldest_goes_once_the_new_one_is_there(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """One too many makes one less; two at the same time stand side by side; what is not a backup is left alone."""
    monkeypatch.setattr(backups, "LAST", 2)
    monkeypatch.setattr(backups, "DAYS", 1)
    (store.folder / BACKUPS).mkdir()
    (store.folder / BACKUPS / "notesZ").mkdir()
    made(store)
    last = [made(store, 1), made(store, 1)]
    assert list(backups.listed(store.folder)) == sorted(last, key=lambda one: one.made_at, reverse=True)
    assert sorted(path.name for path in (store.folder / BACKUPS).iterdir()) == [
        *(backup.folder.name for backup in last),
        "notesZ",
    ]


def test_an_unchecked_copy_pushes_out_no_checked_one(
    store: DraftStore, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies made without the key go in their own turn, and stand for no backup that is due."""
    monkeypatch.setattr(backups, "LAST", 2)
    monkeypatch.setattr(backups, "DAYS", 1)
    checked = [made(store, hours) for hours in (0, 1)]
    copies = [backups.copy_closed(store.folder, NOON + dt.timedelta(hours=hours)) for hours in (2, 3, 4)]
    assert list(backups.listed(store.folder)) == [*reversed(copies[1:]), *reversed(checked)]
    assert [one.is_checked for one in backups.listed(store.folder)] == [False, False, True, True]
    store.save(replace(draft, saved_at=NOON + dt.timedelta(hours=2)))
    assert backups.is_due(store.database, store.folder, NOON + dt.timedelta(hours=5))


def test_what_is_not_sound_is_no_backup(store: DraftStore, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that does not count right, a disk that refuses: one line, the former backups as they were."""
    store.save(draft)
    first = made(store)
    counts = iter([{"drafts": 1}, {"drafts": 2}])
    with monkeypatch.context() as wrong:
        wrong.setattr(backups, "_counts", lambda _: next(counts))
        with pytest.raises(Fault, match="ne compte pas autant"):
            made(store, 1)
    with monkeypatch.context() as wrong:
        wrong.setattr(files, "_to_disk", _full)
        with pytest.raises(Fault, match="le disque est plein"):
            made(store, 1)
    assert [path.name for path in (store.folder / BACKUPS).iterdir()] == [first.folder.name]


def test_no_backup_on_a_full_disk(full_disk: Path, draft: Draft) -> None:
    """What does not fit leaves the former backup and no remains."""
    store = DraftStore(full_disk, KEY)
    store.save(draft)
    backups.make(store.database, full_disk, KEY, NOON)
    with pytest.raises(OSError, match="space"), (full_disk / "ballast").open("wb", buffering=0) as file:
        file.writelines(bytes(512) for _ in range(3000))
    with pytest.raises(Fault, match="le disque est plein"):
        backups.make(store.database, full_disk, KEY, NOON + dt.timedelta(hours=1))
    assert len(list((full_disk / BACKUPS).iterdir())) == 1
    store.close()


def _emptied(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"")


def _cut_short(folder: Path) -> None:
    os.truncate(folder / DATABASE, 3 * 4096)


def _flipped(folder: Path) -> None:
    data = bytearray((folder / DATABASE).read_bytes())
    data[-2000] ^= 1
    (folder / DATABASE).write_bytes(data)


def _noise(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"\x5a" * 20_000)


def _gone(folder: Path) -> None:
    (folder / DATABASE).unlink()


@pytest.mark.parametrize("spoil", [_emptied, _cut_short, _flipped, _noise, _gone])
def test_damage_is_found_kept_and_mended(
    folder: Path, kept: Backup, draft: Draft, spoil: Callable[[Path], None]
) -> None:
    """Said at opening with the backup's date, nothing changed; then the backup is back, the bad file beside it."""
    spoil(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(DamagedDrafts, match=r"La sauvegarde du 3 février 2026 à \d\d:\d\d peut être remise") as found:
        DraftStore(folder, KEY)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    backup = found.value.backup
    assert backup == kept
    aside = backups.restore(folder, KEY, backup, NOON)
    if spoil is not _gone:
        assert aside is not None
        assert aside.read_bytes() == before[folder / DATABASE]
    again = DraftStore(folder, KEY)
    assert again.recent() == [draft]
    assert again.verify_journal().flaw is None
    assert [kind for (kind,) in again.database.execute("SELECT kind FROM journal")] == ["created", "restored"]
    again.close()


def test_the_last_good_backup_is_named_or_none(folder: Path, kept: Backup, draft: Draft) -> None:
    """A newer backup that is damaged itself is passed over; with none, one may begin anew, and nothing is lost."""
    worse = shutil.copytree(kept.folder, kept.folder.with_name("2026-03-03T11-00-00-000000Z"))
    _flipped(worse)
    assert backups.last_good(folder, KEY) == kept
    with pytest.raises(Damaged):
        backups.restore(folder, KEY, backups.listed(folder)[0], NOON)
    assert DraftStore(folder, KEY).load(draft.reference) == draft
    _flipped(kept.folder)
    _noise(folder)
    with pytest.raises(DamagedDrafts, match="Il n’y en a pas de bonne sauvegarde") as found:
        DraftStore(folder, KEY)
    assert found.value.backup is None
    begin_anew(folder, KEY, NOON)
    assert DraftStore(folder, KEY).recent() == []
    assert [path.read_bytes()[:1] for path in backups.left_aside(folder)] == [b"\x5a"]


def test_a_log_never_meets_another_database(folder: Path, store: DraftStore, draft: Draft) -> None:
    """After a crash the log stands beside the damaged file: it is set aside with it, and never read with the backup."""
    store.save(draft)
    made(store)
    store.save(replace(draft, reference="AAAA-0001"))
    crashed = shutil.copytree(folder, folder.with_name("crashed"))
    (crashed / DATABASE).unlink()
    with pytest.raises(DamagedDrafts) as found:
        DraftStore(crashed, KEY)
    assert found.value.backup is not None
    backups.restore(crashed, KEY, found.value.backup, NOON)
    assert DraftStore(crashed, KEY).recent() == [draft]


def test_an_update_is_backed_up_before_it_changes_anything(folder: Path) -> None:
    """A file of version 1 has a backup of version 1 by the time it is of version 2."""
    folder.mkdir()
    shutil.copyfile(KEPT / "1.sqlite", folder / DATABASE)
    key = bytes(range(1, 33))
    DraftStore(folder, key, lambda: NOON).close()
    (backup,) = backups.listed(folder)
    assert backup.database.stat().st_size < (folder / DATABASE).stat().st_size
    backups.restore(folder, key, backup, NOON)
    again = DraftStore(folder, key, lambda: NOON)
    assert len(again.recent()) == 2
    assert [path.name for path in (folder / BACKUPS).iterdir()] == [backup.folder.name]
    again.close()


@pytest.mark.usefixtures("quick_vault")
def test_a_changed_passphrase_closes_the_backups_too(folder: Path, store: DraftStore) -> None:
    """The former one opens no backup any more; a cut between the two is finished at the next opening."""
    store.close()
    shutil.rmtree(folder)
    key, _ = vault.create(folder, "la première phrase")
    keeper = Keeper(folder, key, clock=lambda: NOON, on_saved=lambda *_: None, on_failed=lambda *_: None)
    backup = keeper.ask(lambda store: backups.make(store.database, store.folder, store.key, NOON)).result(20)
    former = keyfile.path_in(folder).read_bytes()
    vault.change_passphrase(folder, key, "une autre phrase")
    with pytest.raises(WrongPassphrase):
        vault.unlock(backup.folder, "la première phrase")
    assert vault.unlock(backup.folder, "une autre phrase") == key
    assert keeper.close()
    keyfile.path_in(backup.folder).write_bytes(former)
    (folder / BACKUPS / f"{LEFTOVER}cut").mkdir()
    (folder / f"{LEFTOVER}cut").touch()
    backups.tidy(folder)
    assert vault.unlock(backup.folder, "une autre phrase") == key
    assert not list(folder.rglob(f"{LEFTOVER}*"))
    keyfile.path_in(folder).write_bytes(b"damaged")
    backups.tidy(folder)
    assert keyfile.restore(folder)
    assert not keyfile.restore(folder)
    assert vault.unlock(folder, "une autre phrase") == key
    keyfile.path_in(folder).unlink()
    (folder / DATABASE).unlink()
    with pytest.raises(Fault, match="remettez-le depuis une sauvegarde"):
        vault.create(folder, "une troisième")


def _full(_: int) -> None:
    raise OSError(28, "")


def test_a_backup_is_due_once_something_was_done(folder: Path, draft: Draft) -> None:
    """Nothing done, or only looked at: none is made. A change makes one; a clock that was set right, another."""
    hours = [0]

    def clock() -> dt.datetime:
        return NOON + dt.timedelta(hours=hours[0])

    keeper = Keeper(folder, KEY, clock=clock, on_saved=lambda *_: None, on_failed=lambda *_: None)
    assert keeper.backup_if_due().result(20) is None
    keeper.save(draft)
    assert keeper.flush(20)
    hours[0] = 1
    first = keeper.backup_if_due().result(20)
    assert first is not None
    hours[0] = 2
    keeper.ask(lambda store: store.note("opened", clock(), draft.reference))
    assert keeper.backup_if_due().result(20) is None
    keeper.save(replace(draft, dossier=type(draft.dossier)()))
    assert keeper.flush(20)
    hours[0] = 3
    assert keeper.backup_if_due().result(20) is not None
    hours[0] = -5
    assert keeper.backup_if_due().result(20) is not None
    assert keeper.close()


def test_nothing_is_put_right_under_an_open_window(folder: Path, kept: Backup, draft: Draft) -> None:
    """Who holds the folder keeps it; once it is free the backup is put back, or the list begins anew."""
    lock = FolderLock(folder)
    with pytest.raises(AlreadyOpen):
        put_right(folder, KEY, kept, NOON)
    lock.release()
    _noise(folder)
    aside = put_right(folder, KEY, kept, NOON)
    assert aside is not None
    assert aside.exists()
    store = DraftStore(folder, KEY)
    assert store.recent() == [draft]
    store.close()
    assert put_right(folder, KEY, None, NOON + dt.timedelta(hours=1)) is not None
    assert DraftStore(folder, KEY).recent() == []
