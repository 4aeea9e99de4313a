"""Quiet lines at the foot of a page: something to be known, with the links that answer it; none asks at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.style import button, label, space

if TYPE_CHECKING:
    from collections.abc import Callable

    Link = tuple[str, Callable[[], object]]


class Remarks(QWidget):
    """The lines, each under a name of its own; a line stays until it is answered."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self._lines: dict[str, QWidget] = {}
        self._hidden = False
        self.column = QVBoxLayout(self)
        space(self.column, 4)
        self.hide()

    def say(self, name: str, text: str, *links: Link) -> None:
        """Show a line, in place of the one of that name."""
        self.drop(name)
        line = QWidget()
        line.setAccessibleName(text)
        row = QHBoxLayout(line)
        space(row, 12)
        row.addWidget(label(text, "second", wrap=True), 1)
        for words, done in links:
            link = button(words, "link", enter=True)
            link.setProperty("size", "small")
            link.setAccessibleDescription(text)
            link.clicked.connect(lambda _on, done=done: done())
            row.addWidget(link)
        self._lines[name] = line
        self.column.addWidget(line)
        self._show()

    def drop(self, name: str) -> None:
        """Take a line away, if it is there."""
        line = self._lines.pop(name, None)
        if line is not None:
            line.hide()
            self.column.removeWidget(line)
            line.deleteLater()
        self._show()

    def set_masked(self, *, masked: bool) -> None:
        """Hide the lines, and those to come, while the screen is turned to the agent: they name other dossiers."""
        self._hidden = masked
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._lines) and not self._hidden)

    def text(self, name: str) -> str:
        """Give the words of a line; nothing where there is none."""
        line = self._lines.get(name)
        return line.accessibleName() if line else ""
