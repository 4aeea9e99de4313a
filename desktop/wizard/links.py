"""Lists of links that lead to a field, redrawn only when what they say has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.style import label, set_role, set_state, space

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Pressing(QObject):
    """Makes Enter press a button that only leads somewhere; buttons that add or remove never get it."""

    def __init__(self, target: QPushButton) -> None:
        super().__init__(target)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press on Enter without modifiers."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER:
            if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                return False
            if isinstance(watched, QPushButton):
                watched.click()
            return True
        return False


class Link(QPushButton):
    """A link whose text goes on as many lines as it needs."""

    def __init__(self, text: str, *, state: str = "", bullet: bool = False) -> None:
        super().__init__(text)
        self._bullet = bullet
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_role(self, "link")
        set_state(self, state)
        Pressing(self)

    def _indent(self) -> int:
        return self.fontMetrics().horizontalAdvance("•   ") if self._bullet else 0

    def heightForWidth(self, width: int) -> int:
        """Give the height of the wrapped text."""
        box = self.fontMetrics().boundingRect(0, 0, max(1, width - self._indent()), 10_000, int(_WRAP), self.text())
        return box.height() + 2

    def sizeHint(self) -> QSize:
        """Give one line, wherever the text is wrapped in the end."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + self._indent(), self._height())

    def minimumSizeHint(self) -> QSize:
        """Give the height at the width in use."""
        return QSize(0, self._height())

    def _height(self) -> int:
        return self.heightForWidth(self.width()) if self.width() > 0 else self.fontMetrics().height() + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height when the width changes."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text underlined and wrapped: a QPushButton draws one line only."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().buttonText().color())
        area = self.rect()
        font = QFont(self.font())
        if self._bullet:
            font.setUnderline(False)
            painter.setFont(font)
            painter.drawText(area, int(_WRAP), "•")
            area.setLeft(area.left() + self._indent())
        font.setUnderline(self.isEnabled())
        painter.setFont(font)
        painter.drawText(area, int(_WRAP), self.text())
        painter.end()


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout, and away."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


Item = tuple[str, str]
"""A text and the path that it leads to; an empty path makes plain words."""


class LinkList(QWidget):
    """Bulleted links and words."""

    wanted = Signal(str)
    """The path of the link that was pressed."""

    def __init__(self, *, state: str = "", bullets: bool = True) -> None:
        super().__init__()
        self._state = state
        self._bullets = bullets
        self.items: list[Item] = []
        self._column = QVBoxLayout(self)
        space(self._column, 4)

    def show_items(self, items: Sequence[Item]) -> bool:
        """Show these; tell whether they are others than before."""
        if list(items) == self.items:
            return False
        self.items = list(items)
        clear(self._column)
        for text, path in items:
            made = self._made(text, path)
            self._column.addWidget(made)
            made.show()
        return True

    def _made(self, text: str, path: str) -> QWidget:
        if not path:
            return label(f"•  {text}" if self._bullets else text, "text", wrap=True)
        link = Link(text, state=self._state, bullet=self._bullets)
        link.clicked.connect(lambda: self.wanted.emit(path))
        return link

    def first(self) -> QWidget | None:
        """Give the first link."""
        item = self._column.itemAt(0)
        return item.widget() if item is not None else None
