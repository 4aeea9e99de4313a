"""The drafts as they lie, read with the cipher alone: what can be shown before the trade is imported."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from forms.drafts.files import DATABASE
from forms.drafts.lock import FolderLock
from forms.faults import Fault

try:
    import sqlcipher3.dbapi2 as driver
except ImportError:
    driver = None

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Lying(NamedTuple):
    """A draft as it lies: ``member`` is what its dossier says of them, neither checked nor judged.

    ``saved_at`` is in UTC, None where it cannot be read. The ``repr`` says nothing of people.
    """

    reference: str
    state: str
    saved_at: dt.datetime | None
    member: dict[str, Any]

    def __repr__(self) -> str:
        """Give its reference alone."""
        return f"Lying({self.reference!r})"


class Glance(NamedTuple):
    """The newest drafts first, and the settings that were asked, each as it is kept: None where there is none."""

    drafts: tuple[Lying, ...]
    settings: dict[str, Any]


def glance(folder: Path, key: bytes, limit: int, settings: tuple[str, ...] = ()) -> Glance | None:
    """Read the drafts of ``folder`` with its 32-byte key, and write nothing; None when it cannot be done at once.

    Nothing is refused here, be it held elsewhere, damaged or of another version: the opening that follows says so.
    """
    if driver is None:
        return None
    try:
        lock = FolderLock(folder)
    except Fault:
        return None
    try:
        with contextlib.closing(driver.connect(f"{(folder / DATABASE).as_uri()}?mode=ro", uri=True)) as connection:
            # First of all: without it a wrong key is also written to standard error.
            connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
            if connection.execute("PRAGMA cipher_version").fetchone() is None:
                return None
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall()
            connection.execute("PRAGMA cipher_compatibility = 4").fetchall()
            return Glance(tuple(_drafts(connection, limit)), dict(_settings(connection, settings)))
    except (driver.Error, ValueError, TypeError, AttributeError):  # no JSON, no absolute path
        return None
    finally:
        lock.release()


def _drafts(connection: Any, limit: int) -> Iterator[Lying]:
    # The member alone is read from the text: the whole of sixty dossiers took 3 ms, this 2.
    found = (
        "SELECT reference, state, saved_at, dossier -> '$.member' FROM drafts "
        "ORDER BY saved_at DESC, reference DESC LIMIT ?"
    )
    for reference, state, saved_at, text in connection.execute(found, [limit]):
        member = json.loads(text or "null")
        yield Lying(reference, state, _time(saved_at), member if isinstance(member, dict) else {})


def _time(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _settings(connection: Any, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for name in names:
        row = connection.execute("SELECT value FROM settings WHERE key = ?", [name]).fetchone()
        yield name, json.loads(row[0]) if row else None
