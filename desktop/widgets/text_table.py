"""A table of texts to be read: rows in one sequence, columns that share the width, one row chosen by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QTableView

from desktop.widgets.style import colour, px
from desktop.widgets.views import by_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

Index = QModelIndex | QPersistentModelIndex
Texts = tuple[str, ...]

_ROW = 36
_AROUND = 24  # logical pixels of a cell's width that are not its text's: the style's own, and Qt's margins
_TALLEST = 1_000_000


class _Model(QAbstractTableModel):
    def __init__(self, headers: Texts, tone: Callable[[Texts], str]) -> None:
        super().__init__()
        self.headers, self.tone = headers, tone
        self.rows: Sequence[Texts] = ()

    def show(self, rows: Sequence[Texts]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headers[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        text = row[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headers[index.column()]} : {text or 'rien'}"
        if role == Qt.ItemDataRole.ToolTipRole:
            from html import escape  # noqa: PLC0415 - its table of entities is 0.4 MB of the first list

            return f"<qt>{escape(text)}</qt>" if text else None  # Qt takes what looks like markup for it
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self.tone(row)
            return colour(tone) if tone else None
        return None


class TextTable(QTableView):
    """Never scrolls sideways; a text that is cut is whole in its tool tip, and ``chosen_row`` gives its row.

    ``wraps``: none is cut, a row is as tall as its texts: for some hundred rows.
    """

    entered = Signal(int)
    """The row on which Enter was pressed, or that was clicked twice."""
    chosen_row = Signal(int)
    """The row that is chosen now; -1 for none."""

    def __init__(
        self,
        name: str,
        headers: Texts,
        shares: tuple[int, ...],
        tone: Callable[[Texts], str] = lambda _row: "",
        *,
        wraps: bool = False,
    ) -> None:
        """Begin empty; ``shares`` of the width in per cent, ``tone`` gives the colour's name of a row's texts."""
        super().__init__()
        self._shares, self._wraps = shares, wraps
        self._at_least, self._at_most = 3, 0
        self.texts = _Model(headers, tone)
        self.setModel(self.texts)
        self.setAccessibleName(name)
        self.setWordWrap(wraps)
        by_rows(self).setStretchLastSection(True)
        self.doubleClicked.connect(lambda index: self.entered.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self.chosen_row.emit(now.row()))
        self.chosen_row.connect(self._follow)

    @property
    def rows(self) -> Sequence[Texts]:
        """Give what is shown."""
        return self.texts.rows

    def show_rows(self, rows: Sequence[Texts], *, at_least: int = 3, at_most: int = 0) -> None:
        """Show these, the first one chosen; as tall as ``at_most`` of them where that is said."""
        self._at_least, self._at_most = at_least, at_most
        self.texts.show(rows)
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        if rows:
            self.selectRow(0)
        self._share()

    def _share(self) -> None:
        wide, whole = self.viewport().width(), sum(self._shares)
        for column, share in enumerate(self._shares):
            self.setColumnWidth(column, wide * share // whole)
        if self._wraps:
            for row, texts in enumerate(self.rows):
                self.setRowHeight(row, self._tall(texts))
        head = self.horizontalHeader().sizeHint().height() + 2
        tall = self.verticalHeader().length() + head
        if self._at_most:
            self.setFixedHeight(min(tall, px(_ROW) * self._at_most + head))
        else:
            self.setMaximumHeight(max(tall, px(_ROW) + head))
            self.setMinimumHeight(min(tall, px(_ROW) * self._at_least + head))

    def _follow(self, row: int) -> None:
        """Bring the chosen row in sight where the page around is what scrolls: it may be shorter than the table."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        page = around.widget() if isinstance(around, QScrollArea) else None
        if row >= 0 and self.hasFocus() and isinstance(around, QScrollArea) and page is not None:
            box = self.visualRect(self.texts.index(row, 0))
            place = self.viewport().mapTo(page, box.center())
            around.ensureVisible(place.x(), place.y(), 0, box.height() // 2 + px(_ROW) // 2)

    def _tall(self, texts: Texts) -> int:
        """Give the height in which each of a row's texts stands whole in its column."""
        written, wrap = self.fontMetrics(), Qt.TextFlag.TextWordWrap
        asked = (
            written.boundingRect(QRect(0, 0, self.columnWidth(column) - px(_AROUND), _TALLEST), wrap, text).height()
            for column, text in enumerate(texts)
        )
        return max(px(_ROW), max(asked, default=0) + px(_ROW) - written.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the chosen row."""
        row = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self.entered.emit(row)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._share()
