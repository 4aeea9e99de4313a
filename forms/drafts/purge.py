"""The purge: drafts that have had their time leave the database, its free pages and every backup, with a certificate.

It goes by batches, each one transaction with its journal entry, and notes what still has to leave the backups: stopped
or cut anywhere, the next run takes it up where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from forms.drafts import backups, journal
from forms.drafts.certified import last_certificate
from forms.drafts.cipher import Damaged, Database, faults_of, must_be_sound, open_copy
from forms.drafts.draft import written
from forms.drafts.files import LEFTOVER, copied, erase, put_in_place

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from forms.drafts.backups import Backup
    from forms.drafts.certified import Certificate
    from forms.drafts.retention import Leaving, Preview
    from forms.drafts.store import DraftStore

BATCH = 500

HOLDING = {
    "drafts": ("reference",),
    "people": ("reference",),
    "printed": ("reference",),
    "attachments": ("reference",),
    "decisions": ("first", "second"),
    "agents": ("roster",),
    "rosters": ("roster",),
}
"""Each table that holds what was said by someone, with its columns of references; a list has one of its own."""


@dataclass(frozen=True)
class Progress:
    """How far a purge is: drafts, then backups, then the pages of the database written anew."""

    stage: Literal["drafts", "backups", "pages"]
    done: int
    total: int


def purge(
    store: DraftStore,
    preview: Preview,
    now: dt.datetime,
    go_on: Callable[[Progress], bool] = lambda _progress: True,
) -> Certificate | None:
    """Take away what ``preview`` announced, and finish a purge that was stopped; nothing may have the backups open.

    A draft that was changed since the preview stays. ``go_on`` is told each step and stops the purge by False: None is
    given then, and what had begun to leave is finished by the next purge. The certificate is ``last_certificate``.

    Raises:
        Fault: the disk refuses; as if it had been stopped there.
    """
    total = len(preview.leaving)
    for number, batch in enumerate(_batches(preview.leaving)):
        if not go_on(Progress("drafts", number * BATCH, total)):
            return None
        _take(store, batch, now)
    with faults_of(store.path):
        leaving = [row[0] for row in store.database.execute("SELECT reference FROM leaving WHERE gone = 1")]
    kept = backups.listed(store.folder) if leaving else ()
    for number, backup in enumerate(kept):
        if not go_on(Progress("backups", number, len(kept))):
            return None
        _clean(backup, store.key, leaving)
    if not go_on(Progress("pages", 0, 1)):
        return None
    aside = backups.left_aside(store.folder) if leaving else ()
    for path in aside:
        erase(path)
    _rewritten(store.database, store.path)
    with store.transaction() as database:
        detail: journal.Detail = {"backups": len(backups.listed(store.folder)), "aside": len(aside)}
        journal.append(database, now, "certified", detail=detail)
        database.execute("DELETE FROM leaving WHERE gone = 1")
    go_on(Progress("pages", 1, 1))
    return last_certificate(store)


def _batches(leaving: Sequence[Leaving]) -> Iterator[Sequence[Leaving]]:
    return (leaving[start : start + BATCH] for start in range(0, len(leaving), BATCH))


def _take(store: DraftStore, batch: Sequence[Leaving], now: dt.datetime) -> None:
    with store.transaction() as database:
        store.forget()
        going = [one.reference for one in batch if _still(database, one)]
        if not going:
            return
        _choose(database, going)
        counts = {name: _taken(database, name) for name in HOLDING if name != "people"}
        _taken(database, "people")
        since = written(now)
        database.conn.executemany(
            "INSERT OR REPLACE INTO leaving VALUES (?, ?, 1)", [(reference, since) for reference in going]
        )
        journal.append(database, now, "purged", detail={"references": going, "counts": counts})


def _still(database: Database, one: Leaving) -> bool:
    if one.state == "deleted":
        query, values = "SELECT 1 FROM leaving WHERE reference = ? AND gone = 0", [one.reference]
    elif one.state == "roster":
        query, values = "SELECT 1 FROM rosters WHERE roster = ? AND imported_at = ?", [one.reference, one.saved_at]
    else:
        query = "SELECT 1 FROM drafts WHERE reference = ? AND saved_at = ? AND state = ?"
        values = [one.reference, one.saved_at, one.state]
    return database.execute(query, values).fetchone() is not None


def _choose(database: Database, references: Iterable[str]) -> None:
    database.execute("CREATE TEMP TABLE IF NOT EXISTS going (reference TEXT PRIMARY KEY) WITHOUT ROWID")
    database.execute("DELETE FROM temp.going")
    database.conn.executemany("INSERT INTO temp.going VALUES (?)", [(reference,) for reference in references])


def _condition(table: str) -> str:
    return " OR ".join(f"{column} IN (SELECT reference FROM temp.going)" for column in HOLDING[table])  # noqa: S608


def _taken(database: Database, table: str) -> int:
    count: int = database.execute(f"DELETE FROM {table} WHERE {_condition(table)}").rowcount  # noqa: S608
    return count


def _clean(backup: Backup, key: bytes, references: list[str]) -> None:
    """Replace a backup by itself without these drafts; one that is not sound cannot be cleaned, and goes."""
    copy = backup.folder.with_name(f"{LEFTOVER}purge")
    erase(copy)
    try:
        if not _holds(backup, key, references):
            return
        copied(backup.database, copy)
        database = open_copy(copy, key)
        try:
            with faults_of(copy):
                # The pages are all written anew below: overwriting each row first would take as long again.
                database.execute("PRAGMA secure_delete = OFF").fetchall()
                with database.atomic():
                    _choose(database, references)
                    for table in _tables(database):
                        _taken(database, table)
            _rewritten(database, copy)
            must_be_sound(database, copy)
        finally:
            database.conn.close()
    except Damaged:
        erase(backup.folder)
        erase(copy)
    else:
        put_in_place(copy, backup.database)


def _holds(backup: Backup, key: bytes, references: list[str]) -> bool:
    if not backup.database.exists():
        return False
    database = open_copy(backup.database, key)
    try:
        with faults_of(backup.database):
            _choose(database, references)
            return any(
                database.execute(f"SELECT 1 FROM {table} WHERE {_condition(table)} LIMIT 1").fetchone()  # noqa: S608
                for table in _tables(database)
            )
    finally:
        database.conn.close()


def _tables(database: Database) -> list[str]:
    """Give the tables to look in: a backup of an earlier version has fewer."""
    there = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [name for name in HOLDING if name in there]


def _rewritten(database: Database, path: Path) -> None:
    """Write every page anew, then empty the log: no free page, no slack, no old frame keeps what was deleted."""
    with faults_of(path):
        database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
