"""Opening the drafts of a folder: made whole the first time, looked at each time, never begun anew in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.drafts import backups
from forms.drafts.cipher import Damaged, Database, faults_of, must_be_sound, open_copy, open_database
from forms.drafts.files import DATABASE, LEFTOVER, erase, private_folder, put_in_place
from forms.drafts.lock import FolderLock
from forms.drafts.migrations import MIGRATIONS, newer
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from forms.drafts.backups import Backup

LOOKED_AT = 50_000_000
"""Bytes up to which each page is read at opening, at some 200 MB/s: 12,000 drafts. Past that, at each backup."""


class DamagedDrafts(Damaged):
    """The drafts of a folder are lost or damaged; ``backup`` is the newest that is sound, or None.

    Nothing was changed: ``backups.restore`` puts it back, ``begin_anew`` does without.
    """

    def __init__(self, fault: Fault, backup: Backup | None) -> None:
        """Say what is wrong, then what can be put back."""
        self.backup = backup
        said = f"La sauvegarde du {backup.said} peut être remise." if backup else "Il n’y en a pas de bonne sauvegarde."
        super().__init__(f"{fault.line} {said}")


class _Newer(Fault):
    pass


class NewerDrafts(DamagedDrafts):
    """A later version of the program made them (one went a step back): ``backup`` is one that this version reads."""


def opened(folder: Path, key: bytes, now: Callable[[], dt.datetime] | None) -> Database:
    """Open the database of ``folder`` and bring it up to date: see ``DraftStore``."""
    private_folder(folder)
    path = folder / DATABASE
    try:
        _must_not_be_lost(path)
        if not path.exists():
            _make(path, key)
        return _looked_at(path, key, now)
    except _Newer as fault:
        backup = backups.last_good(folder, key)
        if backup is None:
            raise
        raise NewerDrafts(fault, backup) from fault
    except Damaged as fault:
        raise DamagedDrafts(fault, backups.last_good(folder, key)) from fault


def begin_anew(folder: Path, key: bytes, now: dt.datetime) -> Path | None:
    """Set aside what is damaged, give where, and make an empty database in its place; backups stay.

    Raises:
        Fault: it cannot be written.
    """
    aside = backups.set_aside(folder, now)
    _make(folder / DATABASE, key)
    return aside


def put_right(folder: Path, key: bytes, backup: Backup | None, now: dt.datetime) -> Path | None:
    """Restore this backup, or begin anew without one, while no other program may open the folder.

    Gives where what was damaged is kept aside, or None when there was nothing left of it.

    Raises:
        AlreadyOpen: another window holds the folder.
        Fault: see ``backups.restore`` and ``begin_anew``.
    """
    lock = FolderLock(folder)
    try:
        return begin_anew(folder, key, now) if backup is None else backups.restore(folder, key, backup, now)
    finally:
        lock.release()


def _looked_at(path: Path, key: bytes, now: Callable[[], dt.datetime] | None) -> Database:
    database = open_database(path, key)
    try:
        _must_not_be_newer(database, path)
        if path.stat().st_size <= LOOKED_AT:
            must_be_sound(database, path)
        with faults_of(path):
            if MIGRATIONS.pending(database):
                if now is not None:
                    backups.make(database, path.parent, key, now())
                MIGRATIONS.apply(database)
    except BaseException:
        database.conn.close()
        raise
    return database


def _must_not_be_lost(path: Path) -> None:
    if path.exists():
        if path.stat().st_size == 0:
            # It is made whole, then named: it was never empty.
            raise Damaged(f"« {path.name} » dans {path.parent} est vide : ses brouillons sont perdus.")
    elif path.with_name(f"{path.name}-wal").exists() or backups.listed(path.parent):
        raise Damaged(f"« {path.name} » manque dans {path.parent}, où il y a eu des brouillons.")


def _must_not_be_newer(database: Database, path: Path) -> None:
    with faults_of(path):
        if newer(database):
            raise _Newer(
                f"« {path.name} » a été fait avec une version plus récente de Permanence "
                "(rien n’a été changé) : mettez le programme à jour."
            )


def _make(path: Path, key: bytes) -> None:
    made = path.with_name(f"{LEFTOVER}new")
    erase(made)
    try:
        database = open_copy(made, key)
        try:
            with faults_of(path):
                MIGRATIONS.apply(database)
        finally:
            database.conn.close()
        put_in_place(made, path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
