"""The program as it is started, and a line on a pipe for all that changes on its screen: ``python -m tests.x.program``.

The keys come from the X server alone. The key ``Pause``, which the program has no use for, is a mark in their stream:
it goes no further, and a line that counts it was written after all the keys before it were answered. The clock is that
of the tests. ``TELL`` is the descriptor to write on.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from desktop import application
from desktop.__main__ import main
from desktop.window import MainWindow
from tests.desktop.seeing import look
from tests.making import TODAY

_LOOK = 25  # milliseconds between two looks at what nobody pressed for
_run = application.run


class Teller(QObject):
    """Counts the marks, and tells what stands on the screen."""

    def __init__(self, app: QApplication, told: int) -> None:
        """Listen from now on."""
        super().__init__(app)
        self._told, self._marks, self._last = told, 0, ""
        app.installEventFilter(self)
        looking = QTimer(self, interval=_LOOK)
        looking.timeout.connect(self._tell)
        looking.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the marks, at the window that the server sends them to."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        # Not by comparing the key: a letter that Qt has no name for is no Qt.Key, and reading it raises.
        if event.nativeVirtualKey() != PAUSE:
            return False
        if event.type() == QEvent.Type.KeyPress:
            self._marks += 1
            QTimer.singleShot(0, self._tell)
        return True

    def _tell(self) -> None:
        windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]
        if not windows:
            return
        line = json.dumps([self._marks, asdict(look(windows[0]))], ensure_ascii=False)
        if line != self._last:
            self._last = line
            os.write(self._told, f"{line}\n".encode())


PAUSE = 0xFF13
"""Its keysym."""


class Told(QApplication):
    """The application, with a teller in it."""

    def exec(self) -> int:  # type: ignore[override]
        """Stay until the window is closed."""
        Teller(self, int(os.environ["TELL"]))
        return QApplication.exec()


def run(*, today: object, now: object, file: Path | None = None) -> int:
    """Open the window on the day of the tests."""
    del today, now
    ticks = itertools.count()
    start = dt.datetime.combine(TODAY, dt.time(14, 32), dt.UTC)
    clock: Callable[[], dt.datetime] = lambda: start + dt.timedelta(milliseconds=next(ticks))  # noqa: E731
    return _run(today=lambda: TODAY, now=clock, file=file)


if __name__ == "__main__":
    application.QApplication = Told  # type: ignore[attr-defined]
    application.run = run
    sys.exit(main([]))
