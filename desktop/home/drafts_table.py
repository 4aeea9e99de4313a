"""The table of the drafts: its model over rows that were worked out elsewhere, and how their state is drawn."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.desk.draft_rows import AGENT, HEADERS, LEFT, NET, STATE, DraftRow, nameless
from desktop.widgets.style import colour, px, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


Index = QModelIndex | QPersistentModelIndex

CHIPS = {
    "brouillon": ("field", "", "text"),
    "complet": ("accent", "", "accent"),
    "imprimé": ("accent", "chosen", "accent"),
    "transmis": ("off", "off", "second"),
}
"""How each state's chip is drawn: its line, its ground, its ink. The word says it, and the colour only after."""


class DraftsModel(QAbstractTableModel):
    """The rows as they were last worked out."""

    def __init__(self) -> None:
        """Begin with no row."""
        super().__init__()
        self.rows: tuple[DraftRow, ...] = ()
        self._whole: tuple[DraftRow, ...] = ()
        self._masked = False
        self.dropped: tuple[int, ...] = ()
        """Columns for which there is no room: the name's tool tip and its words for screen readers hold them."""

    def show(self, rows: Sequence[DraftRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._whole = tuple(rows)
        self.rows = tuple(nameless(row) for row in rows) if self._masked else self._whole
        self.endResetModel()

    def set_masked(self, *, masked: bool) -> None:
        """Hide who the dossiers are of, or show it again."""
        if masked != self._masked:
            self._masked = masked
            self.show(self._whole)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of drafts."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the titles of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell."""
        answer = _ANSWERS.get(role)
        if answer is None or not index.isValid():  # to be measured alone, a cell is asked for eight roles
            return None
        return answer(self, self.rows[index.row()], index.column())

    def said(self, row: DraftRow, column: int) -> str:
        """Give what a screen reader says of a cell."""
        return ", ".join(self._said(row, column))

    def _said(self, row: DraftRow, column: int) -> list[str]:
        columns = (column, *self.dropped) if column == AGENT else (column,)
        return [f"{HEADERS[one]} : {row.texts[one] or 'rien'}" for one in columns]

    def tip(self, row: DraftRow, column: int) -> str | None:
        """Give a cell's tool tip: what its column may have cut."""
        if column not in {AGENT, LEFT} or not row.texts[column]:
            return None
        lines = [row.texts[column], *(self._said(row, column)[1:])]
        return f"<qt>{'<br>'.join(_escaped(line) for line in lines)}</qt>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == NET else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _font(column: int) -> QFont | None:
    if column not in {AGENT, STATE, LEFT}:
        return None
    return _sized(column, px(100))


@cache
def _sized(column: int, _zoom: int) -> QFont:
    sizes = tokens()["type"]
    font = QFont(sizes["family"])
    font.setPixelSize(px(sizes["text"] if column == AGENT else sizes["small"]))
    if column == AGENT:
        font.setWeight(QFont.Weight.DemiBold)
    return font


_ANSWERS: dict[int, Callable[[DraftsModel, DraftRow, int], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda _model, row, column: row.texts[column],
    Qt.ItemDataRole.AccessibleTextRole: DraftsModel.said,
    # Qt reads a tool tip that looks like markup as such: a name is text.
    Qt.ItemDataRole.ToolTipRole: DraftsModel.tip,
    Qt.ItemDataRole.TextAlignmentRole: lambda _model, _row, column: _aligned(column),
    Qt.ItemDataRole.FontRole: lambda _model, _row, column: _font(column),
    Qt.ItemDataRole.ForegroundRole: lambda _model, _row, column: colour("second") if column == LEFT else None,
}


class StateDelegate(QStyledItemDelegate):
    """Draws a state as a chip: the word, in a thin round frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell without its text, then the chip."""
        text = str(index.data())
        empty = QStyleOptionViewItem(option)
        super().paint(painter, empty, index)
        if not text:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_font(STATE) or painter.font())
        metrics = painter.fontMetrics()
        tall = metrics.height() + px(4)
        cell: QRect = option.rect
        chip = QRectF(
            cell.left() + px(10), cell.center().y() - tall / 2, metrics.horizontalAdvance(text) + px(18), tall
        )
        model = index.model()
        readable = not isinstance(model, DraftsModel) or model.rows[index.row()].readable
        line, ground, ink = CHIPS.get(text if readable else "", ("error", "", "error"))
        painter.setPen(QPen(QColor(colour(line)), 1))
        painter.setBrush(colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip, tall / 2, tall / 2)
        painter.setPen(colour(ink))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the text out: the chip carries it."""
        super().initStyleOption(option, index)
        option.text = ""
