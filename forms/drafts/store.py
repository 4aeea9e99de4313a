"""Drafts and settings in their encrypted database; each save is one transaction, on the disk on return."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from forms.dossier.difference import differences
from forms.dossier.reading import dossier_from_json
from forms.drafts import backups, journal, people
from forms.drafts.cipher import Database, faults_of
from forms.drafts.draft import COLUMNS, DamagedDraft, Draft, from_row, to_row, written
from forms.drafts.files import DATABASE
from forms.drafts.migrations import SEARCH_INDEX
from forms.drafts.opening import opened
from forms.faults import Fault
from forms.french import fold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from forms.dossier.model import Dossier

_FIND = f"""
    SELECT drafts.* FROM (
        SELECT rowid AS id FROM drafts INDEXED BY {SEARCH_INDEX} WHERE {{words}}
        ORDER BY saved_at DESC, reference DESC LIMIT ?
    ) AS found JOIN drafts ON drafts.rowid = found.id ORDER BY drafts.saved_at DESC, drafts.reference DESC
"""  # noqa: S608 - no value is in it


def _upsert(table: str, *columns: str) -> str:
    # Not table.upsert(): it asks for the schema seven times at each call; a save takes 1.4 times longer.
    others = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    values = ", ".join(f":{name}" for name in columns)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values}) "  # noqa: S608 - every name is this package's own
        f"ON CONFLICT ({columns[0]}) DO UPDATE SET {others}"
    )


_SAVE = _upsert("drafts", *COLUMNS)
_SET = _upsert("settings", "key", "value")


class DraftStore:
    """The database of one folder, for the thread that opened it."""

    def __init__(self, folder: Path, key: bytes, now: Callable[[], dt.datetime] | None = None) -> None:
        """Open the database of ``folder``, made if need be, with its 32-byte key, and bring it up to date.

        With ``now``, a file of an earlier version is backed up before it is changed.

        Raises:
            DamagedDrafts: the file is lost or no longer what was written; nothing was changed.
            Fault: see ``cipher.open_database``; or a later version made the file (it is left as it was).
        """
        self.folder, self.path, self.key = folder, folder / DATABASE, key
        self._last: tuple[str, Dossier] | None = None
        self.database: Database = opened(folder, key, now)

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        self.database.conn.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Database]:
        """Do several things as one: all of it is on the disk at the end, or nothing of it.

        Raises:
            Fault: nothing was kept.
        """
        try:
            with faults_of(self.path), self.database.atomic():
                yield self.database
        except BaseException:
            self.forget()
            raise

    def forget(self) -> None:
        """Forget what was saved last: the database has changed under it."""
        self._last = None

    def save(self, draft: Draft) -> None:
        """Keep a draft, in place of the one with the same reference; the journal notes which places changed.

        Raises:
            Fault: nothing was kept (full disk, …); the former one is still there.
        """
        reference, dossier = draft.reference, draft.dossier
        with self.transaction() as database:
            before = self._before(reference)
            database.execute(_SAVE, to_row(draft))
            if before is None:
                paths: list[str] = []
                database.execute("DELETE FROM leaving WHERE reference = ? AND gone = 0", [reference])
                journal.append(database, draft.saved_at, "created", reference)
            else:
                paths = [change.path for change in differences(before, dossier)]
                if paths:
                    journal.append(
                        database, draft.saved_at, "changed", reference, {"paths": paths, "version": draft.version}
                    )
            if before is None or people.concerned(paths):
                people.index(database, reference, dossier)
        self._last = (reference, dossier)

    def place(self, reference: str, step: str, field: str) -> None:
        """Keep where the user is in a draft: no change of it, so neither its time nor the journal moves.

        Raises:
            Fault: it could not be kept.
        """
        with self.transaction() as database:
            database.execute("UPDATE drafts SET step = ?, field = ? WHERE reference = ?", [step, field, reference])

    def load(self, reference: str) -> Draft:
        """Give a draft back.

        Raises:
            Fault: there is none of this reference, or it is damaged.
        """
        with faults_of(self.path):
            rows = list(self.database.table("drafts").rows_where("reference = ?", [reference]))
        if not rows:
            raise Fault(f"Il n’y a pas de brouillon {reference}.")
        return from_row(rows[0])

    def has(self, reference: str) -> bool:
        """Tell whether there is a draft of a reference, one that cannot be read too.

        Raises:
            Fault: the database cannot be read.
        """
        with faults_of(self.path):
            return self.database.execute("SELECT 1 FROM drafts WHERE reference = ?", [reference]).fetchone() is not None

    def recent(self, search: str = "", limit: int = 200) -> list[Draft | DamagedDraft]:
        """Give the newest drafts first, those whose names, staff number or reference hold each word.

        Words match anywhere, accents and case aside. ``limit`` counts drafts.

        Raises:
            Fault: the database cannot be read. A single damaged draft is in the list as such.
        """
        words = fold(search).split()
        condition = " AND ".join(["folded LIKE ? ESCAPE '\\'"] * len(words)) or "1"
        values = [f"%{_escaped(word)}%" for word in words]
        with faults_of(self.path):
            return [_read(row) for row in self.database.query(_FIND.format(words=condition), [*values, limit])]

    def delete(self, reference: str, at: dt.datetime) -> None:
        """Take a draft away; one that is not there is no fault.

        Until the next purge its printed versions and papers stay, and saving it again brings all of it back.

        Raises:
            Fault: it could not be taken away.
        """
        with self.transaction() as database:
            if not database.execute("DELETE FROM drafts WHERE reference = ?", [reference]).rowcount:
                return
            self.forget()
            database.execute("DELETE FROM people WHERE reference = ?", [reference])
            database.execute("INSERT OR REPLACE INTO leaving VALUES (?, ?, 0)", [reference, written(at)])
            journal.append(database, at, "deleted", reference)

    def back_up(self, now: dt.datetime) -> backups.Backup:
        """Back the database up, as ``backups.make`` does and refuses."""
        return backups.make(self.database, self.folder, self.key, now)

    def note(
        self, kind: journal.Kind, at: dt.datetime, reference: str = "", detail: journal.Detail | None = None
    ) -> str:
        """Add an entry to the journal (``opened``, ``exported``, ``closed``…); give the new head.

        Raises:
            Fault: it could not be kept.
        """
        with self.transaction() as database:
            return journal.append(database, at, kind, reference, detail)

    def noted(self, reference: str | None = None, kind: journal.Kind | None = None) -> tuple[journal.Entry, ...]:
        """Give the journal's entries in order, of one draft or of one kind if asked.

        Raises:
            Fault: it cannot be read, or an entry of it is damaged: ``verify_journal`` says which.
        """
        try:
            with faults_of(self.path):
                return tuple(journal.entries(self.database, reference, kind))
        except (TypeError, ValueError) as error:
            raise Fault("Le journal ne peut pas être lu : une entrée est abîmée. Vérifiez-le.") from error

    def verify_journal(self, printed: str | None = None) -> journal.Verdict:
        """Check the whole journal, against a head that was printed if there is one: ``journal.verify``."""
        with faults_of(self.path):
            return journal.verify(self.database, printed)

    def setting(self, key: str) -> Any:
        """Give a setting of the permanence, a JSON value, or None.

        Raises:
            Fault: it cannot be read.
        """
        with faults_of(self.path):
            rows = list(self.database.table("settings").rows_where("key = ?", [key]))
        try:
            return json.loads(rows[0]["value"]) if rows else None
        except (TypeError, ValueError) as error:
            raise Fault(f"Le réglage « {key} » ne peut pas être lu : il est abîmé.") from error

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a setting of the permanence, any JSON value.

        Raises:
            Fault: it could not be kept; the former one is still there.
        """
        with self.transaction():
            self.database.execute(_SET, {"key": key, "value": json.dumps(value, ensure_ascii=False)})

    def _before(self, reference: str) -> Dossier | None:
        if self._last and self._last[0] == reference:
            return self._last[1]
        row = self.database.execute("SELECT dossier FROM drafts WHERE reference = ?", [reference]).fetchone()
        try:
            return dossier_from_json(row[0]) if row else None
        except (Fault, TypeError):
            return None  # a damaged draft is begun again


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _read(row: dict[str, Any]) -> Draft | DamagedDraft:
    try:
        return from_row(row)
    except Fault as fault:
        return DamagedDraft(str(row["reference"]), fault)
