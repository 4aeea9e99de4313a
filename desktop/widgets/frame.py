"""The frame of the window: the bar, the banner, the pages one over the other, and the keys that zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.widgets.keys import bind
from desktop.widgets.style import Style, space
from desktop.widgets.topbar import Banner, Specimen, TopBar

if TYPE_CHECKING:
    from desktop.home.home import HomeView

SIZE = (1366, 768)


class _Stack(QStackedWidget):
    """Pages that take the window as it is: each scrolls, or arranges itself, where it lacks room."""

    def minimumSizeHint(self) -> QSize:
        return QSize(640, 400)


class Frame(QMainWindow):
    """An empty window with everything around its pages."""

    turned = Signal(bool)
    """The screen is turned to the agent, or turned back."""

    def __init__(self, style: Style) -> None:
        """Lay out."""
        super().__init__()
        self.setWindowTitle("Permanence")
        self.masked = False
        """The screen is turned to the agent."""
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

    @property
    def home(self) -> HomeView | None:
        """Give the list, while there is one."""
        return None

    def turn(self) -> None:
        """Mask the numbers for whoever else looks at the screen, or show them again."""

    def drop(self, *pages: QWidget | None) -> None:
        """Take pages away for good."""
        for page in pages:
            if page is not None:
                self.stack.removeWidget(page)
                page.hide()
                page.deleteLater()
