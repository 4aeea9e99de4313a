"""Locks by itself: after so many minutes without a key or a movement of the mouse, a night in a bag included."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QWindow

SETTING = "auto_lock"
"""The key of the drafts' settings under which the minutes are kept."""
MINUTES = (2, 5, 10, 20, 30)
DEFAULT = 10
_TICK = 5_000  # milliseconds between two looks at the clock
_SIGNS = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
}  # fmt: skip


class Idle(QObject):
    """Watches the windows of the program while it runs; ``reached`` once no one has been there for long enough.

    It goes by the clock and not by a timer alone: a timer stands still while the computer sleeps.
    """

    reached = Signal()

    def __init__(self, now: Callable[[], dt.datetime], parent: QObject) -> None:
        """Begin asleep."""
        super().__init__(parent)
        self._now = now
        self._limit = dt.timedelta(minutes=DEFAULT)
        self._last = now()
        self._timer = QTimer(self, interval=_TICK)
        self._timer.timeout.connect(self.look)
        # Not an event filter of the application: that one would be asked of every event of every widget.
        QGuiApplication.instance().focusWindowChanged.connect(self._watch)  # type: ignore[union-attr]

    @property
    def minutes(self) -> int:
        """Give the minutes after which it locks."""
        return int(self._limit.total_seconds()) // 60

    def set_minutes(self, kept: object) -> None:
        """Take a setting; what is none of the choices is the default."""
        self._limit = dt.timedelta(minutes=kept if isinstance(kept, int) and kept in MINUTES else DEFAULT)

    def start(self) -> None:
        """Watch from now on."""
        self._last = self._now()
        self._watch(QGuiApplication.focusWindow())
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def look(self) -> bool:
        """Tell whether it is time, and say so by ``reached``."""
        if not self._timer.isActive() or self._now() - self._last < self._limit:
            return False
        self._last = self._now()
        self.reached.emit()
        return True

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that someone is there; who comes back too late finds the lock, and this key goes nowhere."""
        del watched
        if event.type() not in _SIGNS or not self._timer.isActive():
            return False
        if self.look():
            return True
        self._last = self._now()
        return False
