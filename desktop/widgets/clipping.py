"""What the program copied is kept out of clipboard histories, and off the clipboard once the drafts are locked."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QClipboard, QGuiApplication

SECRET = {
    "x-kde-passwordManagerHint": b"secret",  # Klipper, and the managers of GNOME that follow it
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    "application/x-nspasteboard-concealed-type": b"1",  # nspasteboard.org, the convention of macOS
}
"""What each system's histories look for in what they are not to keep."""


class Clipping(QObject):
    """Follows the clipboard from its making on; what others put there is left as it is."""

    def __init__(self, parent: QObject) -> None:
        """Listen."""
        super().__init__(parent)
        self._ours = False
        self._board = QGuiApplication.clipboard()
        self._board.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        owned = self._board.ownsClipboard()
        # Not every platform knows who owns it: what changes while one of our windows is in front is ours.
        self._ours = owned or QGuiApplication.focusWindow() is not None
        if owned:
            self._mark()

    def _mark(self) -> None:
        """Say at once, before a history has asked for it, that it is not to be kept."""
        there = self._board.mimeData()
        if not there.hasText() or all(there.hasFormat(name) for name in SECRET):
            return
        marked = QMimeData()
        for name in there.formats():
            marked.setData(name, there.data(name))
        for name, hint in SECRET.items():
            marked.setData(name, hint)
        self._board.setMimeData(marked)

    def clear(self) -> None:
        """Take what is ours away, and what the mouse has selected too."""
        if self._ours:
            self._board.clear()
            self._ours = False
        if self._board.supportsSelection() and self._board.ownsSelection():
            self._board.clear(QClipboard.Mode.Selection)
