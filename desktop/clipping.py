"""What the program put on the clipboard is taken off it when the drafts are locked; what others put there stays."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication


class Clipping(QObject):
    """Follows the clipboard from its making on."""

    def __init__(self, parent: QObject) -> None:
        """Listen."""
        super().__init__(parent)
        self._ours = False
        self._board = QGuiApplication.clipboard()
        self._board.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        # Not every platform knows who owns it: what changes while one of our windows is in front is ours.
        self._ours = self._board.ownsClipboard() or QGuiApplication.focusWindow() is not None

    def clear(self) -> None:
        """Take what is ours away, and what the mouse has selected too."""
        if self._ours:
            self._board.clear()
            self._ours = False
        if self._board.supportsSelection() and self._board.ownsSelection():
            self._board.clear(QClipboard.Mode.Selection)
