"""Drafts and settings in their encrypted database; each save is one transaction, on the disk on return."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from forms.drafts.cipher import Database, faults_of, open_database
from forms.drafts.draft import DamagedDraft, Draft, from_row, to_row
from forms.drafts.files import DATABASE, private_folder
from forms.drafts.migrations import MIGRATIONS, SEARCH_INDEX, newer
from forms.faults import Fault
from forms.french import fold

if TYPE_CHECKING:
    from pathlib import Path

_FIND = f"""
    SELECT drafts.* FROM (
        SELECT rowid AS id FROM drafts INDEXED BY {SEARCH_INDEX} WHERE {{words}}
        ORDER BY saved_at DESC, reference DESC LIMIT ?
    ) AS found JOIN drafts ON drafts.rowid = found.id ORDER BY drafts.saved_at DESC, drafts.reference DESC
"""  # noqa: S608 - no value is in it


class DraftStore:
    """The database of one folder, for the thread that opened it."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Open the database of ``folder``, made if need be, with its 32-byte key, and bring it up to date.

        Raises:
            Fault: see ``cipher.open_database``; or a later version made the file (it is left as it was).
        """
        private_folder(folder)
        self._path = folder / DATABASE
        self.database: Database = open_database(self._path, key)
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        self.database.conn.close()

    def save(self, draft: Draft) -> None:
        """Keep a draft, in place of the one with the same reference.

        Raises:
            Fault: nothing was kept (full disk, …); the former one is still there.
        """
        self._put("drafts", to_row(draft), "reference")

    def load(self, reference: str) -> Draft:
        """Give a draft back.

        Raises:
            Fault: there is none of this reference, or it is damaged.
        """
        with faults_of(self._path):
            rows = list(self.database.table("drafts").rows_where("reference = ?", [reference]))
        if not rows:
            raise Fault(f"Il n’y a pas de brouillon {reference}.")
        return from_row(rows[0])

    def recent(self, search: str = "", limit: int = 200) -> list[Draft | DamagedDraft]:
        """Give the newest drafts first, those whose names, staff number or reference hold each word.

        Words match anywhere, accents and case aside. ``limit`` counts drafts.

        Raises:
            Fault: the database cannot be read. A single damaged draft is in the list as such.
        """
        words = fold(search).split()
        condition = " AND ".join(["folded LIKE ? ESCAPE '\\'"] * len(words)) or "1"
        values = [f"%{_escaped(word)}%" for word in words]
        with faults_of(self._path):
            return [_read(row) for row in self.database.query(_FIND.format(words=condition), [*values, limit])]

    def delete(self, reference: str) -> None:
        """Take a draft away; one that is not there is no fault.

        Raises:
            Fault: it could not be taken away.
        """
        with faults_of(self._path), self.database.atomic():
            self.database.execute("DELETE FROM drafts WHERE reference = ?", [reference])

    def setting(self, key: str) -> Any:
        """Give a setting of the permanence, a JSON value, or None.

        Raises:
            Fault: it cannot be read.
        """
        with faults_of(self._path):
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
        self._put("settings", {"key": key, "value": json.dumps(value, ensure_ascii=False)}, "key")

    def _put(self, table: str, row: dict[str, Any], key: str) -> None:
        # Not table.upsert(): it asks for the schema seven times at each call; a save takes 1.4 times longer.
        others = ", ".join(f"{name} = excluded.{name}" for name in row if name != key)
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        statement = (
            f"INSERT INTO {table} ({names}) VALUES ({values}) "  # noqa: S608 - every name is this package's own
            f"ON CONFLICT ({key}) DO UPDATE SET {others}"
        )
        with faults_of(self._path), self.database.atomic():
            self.database.execute(statement, row)

    def _migrate(self) -> None:
        with faults_of(self._path):
            if newer(self.database):
                raise Fault(
                    f"« {DATABASE} » a été fait avec une version plus récente de Permanence "
                    "(rien n’a été changé) : mettez le programme à jour."
                )
            MIGRATIONS.apply(self.database)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _read(row: dict[str, Any]) -> Draft | DamagedDraft:
    try:
        return from_row(row)
    except Fault as fault:
        return DamagedDraft(str(row["reference"]), fault)
