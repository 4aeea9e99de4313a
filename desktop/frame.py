"""The frame of the window: the bar, the banner, the pages one over the other, and the keys that zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.style import Style, space
from desktop.topbar import Banner, TopBar

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1366, 768)


class _Stack(QStackedWidget):
    """Pages that take the window as it is: each scrolls, or arranges itself, where it lacks room."""

    def minimumSizeHint(self) -> QSize:
        return QSize(640, 400)


class Frame(QMainWindow):
    """An empty window with everything around its pages."""

    def __init__(self, style: Style) -> None:
        """Lay out."""
        super().__init__()
        self.setWindowTitle("Permanence")
        self.resize(*SIZE)
        self.bar = TopBar(style)
        self.banner = Banner()
        self.stack = _Stack()
        whole = QWidget()
        column = QVBoxLayout(whole)
        space(column, 0)
        for widget in (self.bar, self.banner, self.stack):
            column.addWidget(widget)
        self.setCentralWidget(whole)
        for keys in ("Ctrl++", "Ctrl+="):
            self.on_key(keys, lambda: style.zoom_by(1))
        self.on_key("Ctrl+-", lambda: style.zoom_by(-1))
        for keys in ("Ctrl+0", "Ctrl+à"):  # a French keyboard gives à where others give 0
            self.on_key(keys, lambda: style.zoom_to(100))

    def on_key(self, keys: str, done: Callable[[], object]) -> None:
        """Do something when keys are pressed, whatever page is shown."""
        QShortcut(QKeySequence(keys), self).activated.connect(done)

    def drop(self, *pages: QWidget | None) -> None:
        """Take pages away for good."""
        for page in pages:
            if page is not None:
                self.stack.removeWidget(page)
                page.hide()
                page.deleteLater()
