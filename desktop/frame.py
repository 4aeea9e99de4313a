"""The frame of the window: the bar, the banner, the pages one over the other, and the keys that zoom."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.keys import bind
from desktop.style import Style, space
from desktop.topbar import Banner, Specimen, TopBar

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
        self.specimen = Specimen()
        self.banner = Banner()
        self.stack = _Stack()
        whole = QWidget()
        column = QVBoxLayout(whole)
        space(column, 0)
        for widget in (self.bar, self.specimen, self.banner, self.stack):
            column.addWidget(widget)
        self.setCentralWidget(whole)
        bind(self, "larger", lambda: style.zoom_by(1))
        bind(self, "smaller", lambda: style.zoom_by(-1))
        bind(self, "normal", lambda: style.zoom_to(100))

    def drop(self, *pages: QWidget | None) -> None:
        """Take pages away for good."""
        for page in pages:
            if page is not None:
                self.stack.removeWidget(page)
                page.hide()
                page.deleteLater()
