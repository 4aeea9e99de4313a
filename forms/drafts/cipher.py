"""SQLCipher under sqlite-utils: the only door to the database, and it has no clear way in."""

# isort: skip_file - the cipher must be registered before sqlite_utils is imported
from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms.drafts.files import PRIVATE_FILE, reason
from forms.faults import Fault

try:
    import sqlcipher3.dbapi2 as driver
except ImportError:
    driver = None
else:
    # sqlite_utils' own hook: with sqlite3 beneath it, its `except OperationalError` would miss SQLCipher's.
    sys.modules["pysqlite3"] = driver
    sys.modules["pysqlite3.dbapi2"] = driver

from sqlite_utils import Database, Migrations, utils

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Damaged",
    "Database",
    "Migrations",
    "cipher_version",
    "faults_of",
    "must_be_sound",
    "open_copy",
    "open_database",
]

if driver is not None and vars(utils)["sqlite3"] is not driver:
    raise ImportError("sqlite_utils was imported before forms.drafts.cipher")

# Without the driver nothing of its own is raised: any class that nothing here raises will do.
_DatabaseError: type[Exception] = driver.DatabaseError if driver is not None else ImportError
_OURS = ("ProgrammingError", "IntegrityError", "NotSupportedError")

_WAIT = 5.0  # seconds for a lock held elsewhere (a copy being made, an antivirus)

_LITTLE = 64 * 1024
"""Bytes of a disk that is full: opening needs half of them for the file shared beside the log."""

_MISSING = "Le chiffrement (sqlcipher3) manque : sans lui, Permanence n’ouvre aucun dossier. Réinstallez le programme."


class Damaged(Fault):
    """The file is no longer what was written, or this key is not its key (the two look the same)."""


def cipher_version() -> str:
    """Give the cipher's version and SQLite's, such as ``4.19.0 community (SQLite 3.53.4)``.

    Raises:
        Fault: there is no cipher.
    """
    connection = _connect(":memory:")
    try:
        return f"{_cipher_of(connection)} (SQLite {driver.sqlite_version})"
    finally:
        connection.close()


def open_database(path: Path, key: bytes) -> Database:
    """Open, or make, the encrypted database at ``path`` with its 32-byte key, for the calling thread only.

    WAL, ``synchronous=FULL``: what is committed is on the disk. What is deleted is overwritten.

    Raises:
        Fault: no cipher, a wrong key, a file that is no database, is damaged, held elsewhere or not writable.
    """
    if len(key) != 32:  # noqa: PLR2004 - 256 bits
        raise ValueError("a database key has 32 bytes")
    _made_private(path)
    return _opened(path, key, ("journal_mode = WAL",))


def open_copy(path: Path, key: bytes) -> Database:
    """Open, or make, a database that is one file by itself: a backup, or a copy being worked on.

    Nothing written in it is on the disk before ``files.put_in_place``; a cut leaves it to be swept.

    Raises:
        Fault: as ``open_database``.
    """
    _made_private(path)
    return _opened(path, key, ("journal_mode = MEMORY", "synchronous = OFF"))


def must_be_sound(database: Database, path: Path) -> None:
    """Read every page: its signature, then the structure that the pages make.

    Raises:
        Damaged: something is not as it was written.
        Fault: the disk does not answer.
    """
    with faults_of(path):
        # The log first: after a cut a page of the file may be half written, and whole in the log.
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        wrong = database.execute("PRAGMA cipher_integrity_check").fetchall()
        if wrong or database.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            raise _fault("malformed", path)


def _opened(path: Path, key: bytes, settings: tuple[str, ...]) -> Database:
    with faults_of(path), contextlib.ExitStack() as undo:
        connection = _connect(str(path))
        undo.callback(connection.close)
        _cipher_of(connection)
        for pragma in _pragmas(key):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for pragma in settings:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        database = Database(connection, execute_plugins=False)
        undo.pop_all()
    return database


@contextlib.contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Turn what the driver raises about the file at ``path`` or its disk into a Fault; our mistakes go on."""
    try:
        yield
    except _DatabaseError as error:
        if type(error).__name__ in _OURS:
            raise
        raise _fault(str(error), path) from error


def _fault(text: str, path: Path) -> Fault:
    if "not a database" in text:
        return Damaged(
            f"« {path.name} » ne s’ouvre pas avec cette clé : il ne va pas avec « vault.json », ou il est "
            "abîmé (rien n’a été changé). Remettez les deux fichiers depuis la même sauvegarde."
        )
    known = {
        "full": "le disque est plein. Libérez de la place, puis recommencez",
        "readonly": "il est en lecture seule. Vérifiez vos droits sur le dossier, puis recommencez",
        "locked": "un autre programme l’occupe. Fermez-le, puis recommencez",
        "malformed": "il est abîmé. Remettez-le depuis une sauvegarde",
        "disk I/O": "le disque ne répond pas correctement. Vérifiez-le, puis recommencez",
        "unable to open": "il ne s’ouvre pas. Vérifiez vos droits sur le dossier, puis recommencez",
    }
    if "disk I/O" in text and _is_full(path.parent):
        text = "full"  # the file shared beside the log, which opening makes, only says that it could not be
    why = next((french for word, french in known.items() if word in text), f"la base a répondu « {text} »")
    kind = Damaged if "malformed" in text else Fault
    return kind(f"Impossible de lire ou d’écrire « {path.name} » dans {path.parent} : {why}.")


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _LITTLE
    except OSError:
        return False


def _connect(path: str) -> Any:
    if driver is None:
        raise Fault(_MISSING)
    connection = driver.connect(path, timeout=_WAIT)
    # First of all: without it a wrong key is also written to standard error.
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    return connection


def _cipher_of(connection: Any) -> str:
    row = connection.execute("PRAGMA cipher_version").fetchone()
    if row is None:
        # A plain SQLite ignores PRAGMA key without a word, and would write in clear.
        raise Fault(_MISSING)
    return str(row[0])


def _pragmas(key: bytes) -> Iterator[str]:
    yield f"key = \"x'{key.hex()}'\""
    yield "cipher_compatibility = 4"  # the layout of the file, whatever a later SQLCipher prefers
    yield "synchronous = FULL"
    yield "fullfsync = ON"  # macOS alone listens
    yield "foreign_keys = ON"
    yield "secure_delete = ON"
    yield "temp_store = MEMORY"
    # A search passes over its whole index, 10 MB at 100,000 dossiers: beyond the cache each page is deciphered anew.
    yield "cache_size = -32000"
    yield "trusted_schema = OFF"


def _made_private(path: Path) -> None:
    # The journal files take the rights of the database, so it is made closed before SQLite sees it.
    # Only when it is new: closing a second handle of a file drops the locks that SQLite holds on it (POSIX).
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))
    except FileExistsError:
        return
    except OSError as error:
        raise Fault(f"Impossible d’ouvrir « {path.name} » dans {path.parent} : {reason(error)}.") from error
