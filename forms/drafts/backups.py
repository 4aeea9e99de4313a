"""Backups: folders that hold a whole, checked, encrypted copy of the drafts, with the key file beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forms.drafts import journal, keyfile
from forms.drafts.cipher import Database, faults_of, must_be_sound, open_copy
from forms.drafts.files import (
    BACKUPS,
    DATABASE,
    LEFTOVER,
    added,
    copied,
    erase,
    making_in,
    private_folder,
    put_in_place,
    sweep,
    write_whole,
)
from forms.drafts.migrations import MIGRATIONS, newer
from forms.faults import Fault
from forms.french import long_date, time_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

LAST, DAYS = 5, 7
"""What is kept: the last five, and the last of each of seven days."""

ASIDE = "damaged-"
"""How the name of a database that was set aside begins."""

UNCHECKED = "unchecked"
"""The empty file that a copy made without the key has beside it: nothing says yet that it opens."""

_STAMP = "%Y-%m-%dT%H-%M-%S-%fZ"


@dataclass(frozen=True)
class Backup:
    """One backup: a folder that opens as that of the drafts does. ``made_at`` is in UTC."""

    folder: Path
    made_at: dt.datetime

    @property
    def database(self) -> Path:
        """Give the path of its database."""
        return self.folder / DATABASE

    @property
    def is_checked(self) -> bool:
        """Tell whether it was opened and counted when it was made."""
        return not (self.folder / UNCHECKED).exists()

    @property
    def said(self) -> str:
        """Give when it was made, as people here say it: "3 février 2026 à 14:32"."""
        here = self.made_at.astimezone()
        return f"{long_date(here.date())} à {time_of(here)}"


def make(database: Database, folder: Path, key: bytes, now: dt.datetime) -> Backup:
    """Copy the open database, check the copy page by page and count by count, name it, and let the oldest go.

    Raises:
        Damaged: the copy is not sound, so the drafts may not be either; no former backup was touched.
        Fault: there is no room, no right, …; the same.
    """

    def fill(copy: Path) -> None:
        _copy(database, copy / DATABASE, key)
        if keyfile.path_in(folder).exists():
            write_whole(keyfile.path_in(copy), keyfile.path_in(folder).read_bytes())

    return _made(folder, now, fill)


def copy_closed(folder: Path, now: dt.datetime) -> Backup | None:
    """Copy the drafts of a folder that nothing has open, as they are: without the key, nothing of it is checked.

    None where there are none yet. For who holds the folder's lock.

    Raises:
        Fault: there is no room, no right, …; no former backup was touched.
    """
    if not (folder / DATABASE).exists():
        return None

    def fill(copy: Path) -> None:
        for path in (folder / DATABASE, _log_of(folder / DATABASE), keyfile.path_in(folder)):
            if path.exists():
                copied(path, copy / path.name)
        added(copy / UNCHECKED, b"")

    return _made(folder, now, fill)


def _made(folder: Path, now: dt.datetime, fill: Callable[[Path], None]) -> Backup:
    """Make a backup, whole or not at all, of what ``fill`` puts into a folder; then let the oldest go."""
    private_folder(folder / BACKUPS)
    copy = making_in(folder / BACKUPS, "de sauvegarder")
    try:
        fill(copy)
        target = _free_name(folder, now)
        put_in_place(copy, target.folder)
    except Fault:
        erase(copy)
        raise
    _rotate(folder)
    return target


def is_due(database: Database, folder: Path, now: dt.datetime) -> bool:
    """Tell whether something was done to the drafts since the newest checked backup; to look at one is not."""
    done = database.execute("SELECT at FROM journal WHERE kind <> 'opened' ORDER BY number DESC LIMIT 1").fetchone()
    newest = next((backup for backup in listed(folder) if backup.is_checked), None)
    if done is None or newest is None:
        return done is not None
    # One that was made later than now was by a clock that has been set right since: it says nothing.
    return newest.made_at > now or dt.datetime.fromisoformat(done[0]) >= newest.made_at


def listed(folder: Path) -> tuple[Backup, ...]:
    """Give the backups of ``folder``, the newest first; what is not named as one is left out."""
    found = []
    for path in (folder / BACKUPS).glob("*Z"):
        try:
            made_at = dt.datetime.strptime(path.name, _STAMP).replace(tzinfo=dt.UTC)
        except ValueError:
            continue
        found.append(Backup(path, made_at))
    return tuple(sorted(found, key=lambda backup: backup.made_at, reverse=True))


def last_good(folder: Path, key: bytes) -> Backup | None:
    """Give the newest backup that opens with the key, is sound and that this program knows how to read, or None."""
    return next((backup for backup in listed(folder) if _is_good(backup, key)), None)


def restore(folder: Path, key: bytes, backup: Backup, now: dt.datetime) -> Path | None:
    """Put a backup in place of the drafts, which nothing may have open; give where the former ones were set aside.

    The journal says so; a head printed since that backup will no longer be found in it.

    Raises:
        Fault: the backup does not open, is not sound or cannot be written; the drafts are as they were, or set aside.
    """
    copy = folder / f"{LEFTOVER}restore"
    erase(copy)
    erase(_log_of(copy))
    copied(backup.database, copy)
    if _log_of(backup.database).exists():  # what a cut had left there, in a copy made without the key
        copied(_log_of(backup.database), _log_of(copy))
    database = open_copy(copy, key)
    try:
        must_be_sound(database, copy)
        with faults_of(copy):
            MIGRATIONS.apply(database)
            with database.atomic():
                journal.append(database, now, "restored", detail={"backup": backup.folder.name})
    finally:
        database.conn.close()
    aside = set_aside(folder, now)
    put_in_place(copy, folder / DATABASE)
    keyfile.restore(folder)
    return aside


def set_aside(folder: Path, now: dt.datetime) -> Path | None:
    """Give the database another name, so that nothing of it is lost; None when there is none.

    Its log goes after it: alone, it would be taken for that of the next database.

    Raises:
        Fault: it cannot be renamed.
    """
    aside = folder / f"{ASIDE}{_stamp(now)}.sqlite"
    there = None
    for suffix in ("", "-wal"):
        path = folder / f"{DATABASE}{suffix}"
        if path.exists():
            there = aside
            put_in_place(path, aside.with_name(f"{aside.name}{suffix}"))
    erase(folder / f"{DATABASE}-shm")
    return there


def left_aside(folder: Path) -> tuple[Path, ...]:
    """Give the databases that were set aside, and their logs."""
    return tuple(sorted(folder.glob(f"{ASIDE}*")))


def tidy(folder: Path) -> None:
    """After a cut: take away what was half written, and finish giving the backups a changed key file.

    Only for who holds the folder's lock. What cannot be done now is for the next time.
    """
    sweep(folder)
    sweep(folder / BACKUPS)
    try:
        keyfile.spread(folder)
    except Fault:
        return  # the key file itself is lost or damaged: unlocking says so


def staying(times: Collection[dt.datetime]) -> set[dt.datetime]:
    """Give which backups stay, by the time they were made: the last ``LAST``, and the last of each of ``DAYS`` days."""
    newest = sorted(times, reverse=True)
    by_day: dict[dt.date, dt.datetime] = {}
    for time in newest:
        by_day.setdefault(time.date(), time)
    return {*newest[:LAST], *list(by_day.values())[:DAYS]}


def _copy(database: Database, path: Path, key: bytes) -> None:
    copy = open_copy(path, key)
    try:
        with faults_of(path):
            database.conn.backup(copy.conn)
            # The copy comes with the log's mode in its header: alone, it needs none.
            copy.execute("PRAGMA journal_mode = MEMORY").fetchall()
        must_be_sound(copy, path)
        with faults_of(path):
            if _counts(copy) != _counts(database):
                raise Fault("La sauvegarde ne compte pas autant de dossiers que l’original : elle n’a pas été gardée.")
    finally:
        copy.conn.close()


def _counts(database: Database) -> dict[str, int]:
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: database.execute(f"SELECT count(*) FROM [{name}]").fetchone()[0] for name in sorted(names)}  # noqa: S608


def _is_good(backup: Backup, key: bytes) -> bool:
    if not backup.database.exists():
        return False
    try:
        database = open_copy(backup.database, key)
        try:
            must_be_sound(database, backup.database)
            with faults_of(backup.database):
                return not newer(database)
        finally:
            database.conn.close()
    except Fault:
        return False


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def _rotate(folder: Path) -> None:
    """Let the oldest go; those that were not checked have their own turn, and never push out one that was."""
    backups = [(backup, backup.is_checked) for backup in listed(folder)]
    for checked in (True, False):
        ours = [backup for backup, is_checked in backups if is_checked is checked]
        stay = staying([backup.made_at for backup in ours])
        for backup in ours:
            if backup.made_at not in stay:
                erase(backup.folder)


def _free_name(folder: Path, now: dt.datetime) -> Backup:
    while (path := folder / BACKUPS / _stamp(now)).exists():
        now += dt.timedelta(microseconds=1)
    return Backup(path, now.astimezone(dt.UTC))


def _stamp(now: dt.datetime) -> str:
    return now.astimezone(dt.UTC).strftime(_STAMP)
