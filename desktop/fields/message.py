"""The place under a field: two lines that hold the hint, or what is missing or wrong; nothing moves when it speaks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop.widgets.style import set_role


class Message(QLabel):
    """A label that keeps its lines even when it says nothing; a longer text makes it grow rather than be cut."""

    def __init__(self, lines: int = 2) -> None:
        super().__init__()
        self.lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_role(self, "second")

    def say(self, text: str, role: str) -> None:
        """Show a text as ``second`` (a hint), ``attention`` or ``error``."""
        set_role(self, role)
        if self.text() != text:
            self.setText(text)

    def _kept(self) -> int:
        return self.lines * self.fontMetrics().lineSpacing() + 2

    def heightForWidth(self, width: int) -> int:
        """Give the height of the text, the kept lines at least."""
        return max(super().heightForWidth(width), self._kept())

    def sizeHint(self) -> QSize:
        """Give the kept lines."""
        return QSize(super().sizeHint().width(), self._kept())

    def minimumSizeHint(self) -> QSize:
        """Give the kept lines, as narrow as one likes."""
        return QSize(0, self._kept())
