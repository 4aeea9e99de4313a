"""What the window was started with, or is handed later: a dossier file waits here until the drafts are unlocked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from desktop.handing import Inbox

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.window import MainWindow


class Doorstep(QObject):
    """Stands before ``window``, whose drafts are in ``folder``; ``file`` is what the program was started with."""

    def __init__(
        self,
        window: MainWindow,
        folder: Path,
        file: Path | None,
        *,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime],
    ) -> None:
        """Wait for the drafts."""
        super().__init__(window)
        self._window, self._folder, self._file = window, folder, file
        self._today, self._now = today, now
        window.unlocked.connect(self._unlocked)
        app = QApplication.instance()
        if sys.platform == "darwin" and app is not None:
            app.installEventFilter(self)  # there, a double click is an event, and not an argument

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the file of a double click on macOS."""
        from PySide6.QtGui import QFileOpenEvent  # noqa: PLC0415 - not for the first paint

        if not isinstance(event, QFileOpenEvent):
            return False
        self._file = Path(event.file())
        if self._window.desk is not None and not self._window.desk.practice:
            file, self._file = self._file, None
            self._asked(file)
        return True

    def _unlocked(self) -> None:
        desk = self._window.desk
        if desk is None:
            return
        Inbox(self._folder, self._is_free, desk).asked.connect(self._asked)  # it ends with the desk, at locking
        file, self._file = self._file, None
        if file is not None:
            self._open(file)

    def _is_free(self) -> bool:
        from PySide6.QtWidgets import QDialog  # noqa: PLC0415 - not for the first paint

        return not any(dialog.isVisible() for dialog in self._window.findChildren(QDialog))

    def _asked(self, file: Path | None) -> None:
        window = self._window
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)  # a system that keeps the focus where it is shows who asks for it
        if file is not None:
            self._open(file)

    def _open(self, file: Path) -> None:
        from desktop.day.dossier_file import Opening  # noqa: PLC0415 - not for the first paint

        if self._window.desk is not None:
            Opening(self._window, self._window.desk, self._today, self._now).open(file)
