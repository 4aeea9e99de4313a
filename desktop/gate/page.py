"""What the pages of the gate have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.style import label, space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton


class Page(QWidget):
    """One page of the gate: a title, a sentence, a body, a foot, and a line for what went wrong."""

    def __init__(self, title: str, text: str) -> None:
        """Lay out title and text."""
        super().__init__()
        self.whole = QVBoxLayout(self)
        space(self.whole, 12)
        self.whole.addWidget(label(title, "title", wrap=True))
        self.whole.addWidget(label(text, wrap=True))
        self.refusal = label("", "error", wrap=True)
        self.setAccessibleName(title)

    def finish(self, *buttons: QPushButton) -> None:
        """Lay out the line of refusal and the buttons, the first at the left."""
        self.whole.addWidget(self.refusal)
        row = QHBoxLayout()
        space(row, 12)
        for made in buttons:
            row.addWidget(made)
        row.addStretch(1)
        self.whole.addLayout(row)

    def busy(self, busy: bool) -> None:  # noqa: FBT001 - a setter
        """Wait for the working thread: nothing can be pressed, what was typed stays."""
        self.setEnabled(not busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)

    def start(self) -> None:
        """Put the focus where one begins."""
        first = self.findChild(QLineEdit)
        (first or self).setFocus()
