"""Lists of links that lead to a field, redrawn only when what they say has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.style import label, set_role, set_state, space

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
        super().__init__()
        self._bullet = bullet
        self._heights: dict[int, int] = {}  # a layout asks a hundred times for what one text and one width give
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.say(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_role(self, "link")
        set_state(self, state)
        Pressing(self)

    def say(self, text: str) -> None:
        """Show another text."""
        self.setText(text)
        self.setAccessibleName(text)
        self._measure_again()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._measure_again()

    def _measure_again(self) -> None:
        self._heights.clear()
        self.updateGeometry()

    def _indent(self) -> int:
        return self.fontMetrics().horizontalAdvance("•   ") if self._bullet else 0

    def heightForWidth(self, width: int) -> int:
        """Give the height of the wrapped text."""
        height = self._heights.get(width)
        if height is None:
            room = max(1, width - self._indent())
            height = self.fontMetrics().boundingRect(0, 0, room, 10_000, int(_WRAP), self.text()).height() + 2
            self._heights[width] = height
        return height

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
        self._made: list[QWidget] = []
        self._column = QVBoxLayout(self)
        space(self._column, 4)

    def show_items(self, items: Sequence[Item]) -> bool:
        """Show these; tell whether they are others than before."""
        if list(items) == self.items:
            return False
        self.items = list(items)
        for place, (text, path) in enumerate(items):
            self._put(place, text, is_link=bool(path))
        while len(self._made) > len(items):
            self._drop(self._made.pop())
        return True

    def _put(self, place: int, text: str, *, is_link: bool) -> None:
        """Show a line at a place: the widget that is there says it where it can, as names change at each key."""
        there = self._made[place] if place < len(self._made) else None
        if isinstance(there, Link) and is_link:
            if there.text() != text:
                there.say(text)
            return
        words = f"•  {text}" if self._bullets and not is_link else text
        if isinstance(there, QLabel) and not is_link:
            there.setText(words)
            return
        made = self._link(place, text) if is_link else label(words, "text", wrap=True)
        self._made[place : place + 1] = [made]
        self._column.insertWidget(place, made)
        if there is not None:
            self._drop(there)
        made.show()

    def _link(self, place: int, text: str) -> Link:
        link = Link(text, state=self._state, bullet=self._bullets)
        link.clicked.connect(lambda: self.wanted.emit(self.items[place][1]))
        return link

    def _drop(self, made: QWidget) -> None:
        self._column.removeWidget(made)
        made.hide()
        made.deleteLater()

    def first(self) -> Link | None:
        """Give the first link."""
        return next((made for made in self._made if isinstance(made, Link)), None)
