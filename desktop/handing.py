"""One window at a time on a folder of drafts: a second start hands what it was asked to the first, and ends.

It writes a line in the folder; the first, which watches it, takes the line away. No socket is opened.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from forms.drafts.files import erase, write_whole
from forms.drafts.lock import AlreadyOpen, FolderLock
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

ASKED = "asked.json"
PATIENCE = 3.0
"""Seconds in which an open window answers, unless it waits for its disk."""
_LIMIT = 10_000  # bytes of a path
_TICK = 0.05
_LATER = 500  # milliseconds until a dialogue that is answered is looked at again


def hand_over(folder: Path, file: Path | None, patience: float = PATIENCE) -> bool:
    """Ask the window that has these drafts open to come forward, with ``file``; False when it did not take it.

    Raises:
        NotOpen: no window has them open.
        Fault: the folder cannot be written in.
    """
    try:
        FolderLock(folder).release()
    except AlreadyOpen:
        pass
    else:
        raise NotOpen
    import json  # noqa: PLC0415 - a first start asks nothing of anyone
    import time  # noqa: PLC0415 - likewise

    asked = folder / ASKED
    write_whole(asked, json.dumps({"file": str(file.absolute()) if file else None}).encode())
    end = time.monotonic() + patience
    while asked.exists():
        if time.monotonic() > end:
            erase(asked)
            return False
        time.sleep(_TICK)
    return True


class NotOpen(Exception):  # noqa: N818 - it is no error: the first start of all meets it
    """No window has the drafts of the folder open."""


class Inbox(QObject):
    """What the first window hears, while it has the drafts of ``folder`` open."""

    asked = Signal(object)
    """The ``Path`` that a second start was given, or None."""

    def __init__(self, folder: Path, is_free: Callable[[], bool], parent: QObject) -> None:
        """Listen; what comes while the window is not ``is_free`` (a question is on screen) waits."""
        super().__init__(parent)
        self._file = folder / ASKED
        self._is_free = is_free
        if self._file.exists():
            erase(self._file)  # asked of a window that is no more
        self._watcher = QFileSystemWatcher([str(folder)], self)
        self._watcher.directoryChanged.connect(self._look)
        self._waiting: list[Path | None] = []
        self._later = QTimer(self, interval=_LATER, singleShot=True)
        self._later.timeout.connect(self._give)

    def _look(self) -> None:
        if not self._file.exists():
            return
        import json  # noqa: PLC0415 - likewise

        try:
            said = json.loads(self._file.read_bytes()[:_LIMIT])
            erase(self._file)
        except (OSError, ValueError, Fault):
            return  # the other says that it was not heard
        name = said.get("file") if isinstance(said, dict) else None
        self._waiting.append(Path(name) if isinstance(name, str) and Path(name).is_absolute() else None)
        self._give()

    def _give(self) -> None:
        if self._waiting and not self._is_free():
            self._later.start()
            return
        while self._waiting:
            self.asked.emit(self._waiting.pop(0))
