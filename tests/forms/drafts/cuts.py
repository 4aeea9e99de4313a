"""A power cut between any two writes: the writes are counted, and after the chosen one nothing more happens."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from forms.drafts import backups, files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest


class PowerCut(BaseException):
    """The machine is off."""


class Cutter:
    """Cuts before write number ``at`` (from 0), and every one after it.

    Writes are: content or a folder flushed, a name given, a file or a folder made, copied or taken away, a transaction
    committed, a database copied or written anew, its log emptied.
    """

    def __init__(self, patch: pytest.MonkeyPatch, at: int) -> None:
        """Count from here on."""
        self.at, self.writes = at, 0
        for owner, name in (
            (files, "_to_disk"),
            (files, "_folder_to_disk"),
            (files, "copied"),
            (tempfile, "mkstemp"),
            (tempfile, "mkdtemp"),
            (backups, "_copy"),
            (Path, "mkdir"),
            (Path, "replace"),
            (Path, "unlink"),
            (shutil, "rmtree"),
        ):
            patch.setattr(owner, name, self._counted(getattr(owner, name)))
        atomic, execute = Database.atomic, Database.execute

        @contextlib.contextmanager
        def cut_atomic(database: Database) -> Iterator[Database]:
            with atomic(database):
                yield database
                self._write()  # before the commit

        def cut_execute(database: Database, sql: str, *values: Any) -> Any:
            if sql == "VACUUM" or sql.startswith("PRAGMA wal_checkpoint"):
                self._write()
            return execute(database, sql, *values)

        patch.setattr(Database, "atomic", cut_atomic)
        patch.setattr(Database, "execute", cut_execute)

    def _write(self) -> None:
        self.writes += 1
        if self.writes > self.at:
            raise PowerCut

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **kwargs: Any) -> Any:
            self._write()
            return function(*args, **kwargs)

        return counted
