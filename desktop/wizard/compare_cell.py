"""How a cell of a comparison is drawn: words on as many lines as they need, or who pays a care as a stacked bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.widgets.style import colour, fix, label, px, space, tokens
from desktop.wizard.compare_content import CompareModel

if TYPE_CHECKING:
    from decimal import Decimal

    from desktop.wizard.compare_content import Bar, Cell

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_SIDE, _TOP, _BAR, _GAP = 10, 8, 14, 2  # logical pixels
_HATCH = 5  # logical pixels between two strokes
PARTS = (("bar_first", "Assurance maladie"), ("bar_second", "mutuelle"), ("bar_third", "reste à payer"))
"""The parts of a bar in their order: a colour of the style, and what a legend calls it."""


def _font(size: str, *, strong: bool = False) -> QFont:
    look = tokens()["type"]
    font = QFont(look["family"])
    font.setPixelSize(px(look[size]))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def _pieces(cell: Cell, *, title: bool = False) -> list[tuple[str, QFont, str]]:
    """Give the words of a cell from top to bottom: a text, its font, its colour."""
    small = _font("small")
    if cell.bar is not None:
        return [(cell.text, small, "text")]
    found = [(cell.text, _font("heading" if title else "text", strong=cell.strong or title), "text")]
    if cell.small:
        found.append((cell.small, small, "second"))
    if cell.flag:
        found.append((cell.flag, _font("small", strong=True), "attention"))
    return found


class CellPainter(QStyledItemDelegate):
    """Draws the cells of a ``CompareTable``."""

    def __init__(self, table: QAbstractItemView) -> None:
        super().__init__(table)
        self._table = table

    def height(self, cell: Cell, width: int, *, title: bool = False) -> int:
        """Give the height of a cell in a width."""
        room = max(1, width - 2 * px(_SIDE))
        found = px(_TOP) * (3 if title else 2) + (px(_BAR) + px(_GAP) if cell.bar else 0)
        return found + sum(_high(text, font, room) for text, font, _ in _pieces(cell, title=title)) + 1

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell: its ground, its bar, its words, the line under it."""
        model, table = index.model(), self._table
        if not isinstance(model, CompareModel):
            return
        cell = model.cell(index)
        title = not model.content.rows[index.row()].cells
        area = QRect(option.rect)
        painter.save()
        is_chosen = index.column() == model.content.chosen > 0 and not title
        painter.fillRect(area, colour("ground" if title else "chosen" if is_chosen else "surface"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), colour("line"))
        inside = area.adjusted(px(_SIDE), px(_TOP) * (2 if title else 1), -px(_SIDE), -px(_TOP))
        if cell.bar is not None:
            draw_bar(painter, QRect(inside.left(), inside.top() + px(_GAP), inside.width(), px(_BAR)), cell.bar)
            inside.setTop(inside.top() + px(_BAR) + px(_GAP))
        for text, font, name in _pieces(cell, title=title):
            painter.setFont(font)
            painter.setPen(colour(name))
            high = _high(text, font, inside.width())
            painter.drawText(QRect(inside.left(), inside.top(), inside.width(), high), _WRAP, text)
            inside.setTop(inside.top() + high)
        if table.hasFocus() and index == table.currentIndex():
            width = px(tokens()["size"]["ring"])
            painter.setPen(QPen(colour("accent"), width))
            half = width // 2 + 1
            painter.drawRect(area.adjusted(half, half, -half, -half))
        painter.restore()


def _high(text: str, font: QFont, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), 100_000), _WRAP, text).height()


def draw_bar(painter: QPainter, area: QRect, bar: Bar) -> None:
    """Draw the three parts in proportion, parted by a gap; what is left to pay is hatched, for whoever sees no hue."""
    parts: tuple[Decimal, ...] = (bar.health, bar.mutual, bar.left)
    price = sum(parts)
    if price <= 0:
        return
    said: list[tuple[float, float, str]] = []
    start = 0.0
    for amount, (name, _) in zip(parts, PARTS, strict=True):
        width = float(amount / price) * area.width()
        if amount > 0:
            said.append((start, max(width, float(px(2))), name))
        start += width
    for number, (left, width, name) in enumerate(said):
        gap = px(1) if number + 1 < len(said) and width > px(4) else 0
        fill(painter, QRectF(area.left() + left, area.top(), width - gap, area.height()), name)


def fill(painter: QPainter, area: QRectF, name: str) -> None:
    """Fill one part: plain, or hatched for what is left to pay."""
    painter.fillRect(area, colour(name))
    if name != PARTS[-1][0]:
        return
    painter.save()
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("bar_stroke"), px(1)))
    step, high = px(_HATCH), area.height()
    at = area.left() - high
    while at < area.right():
        painter.drawLine(QRectF(at, area.bottom(), 0, 0).topLeft(), QRectF(at + high, area.top(), 0, 0).topLeft())
        at += step
    painter.restore()


class _Swatch(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        fix(self, width=16, height=12)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        fill(painter, QRectF(self.rect()), self._name)
        painter.end()


class Legend(QWidget):
    """What each part of a bar is, in words next to a piece of it."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        space(row, 6)
        row.addWidget(label("Pour chaque soin :", "second"))
        for name, words in PARTS:
            row.addWidget(_Swatch(name), 0, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(label(words, "second"))
        row.addStretch(1)
