"""A table that compares formulas: whole on the page, walked with the arrows, read by a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollArea, QSizePolicy, QTableView, QWidget

from desktop.widgets.style import px
from desktop.wizard.compare_cell import CellPainter
from desktop.wizard.compare_content import CompareModel, Content
from desktop.wizard.why import WhyDialog

if TYPE_CHECKING:
    Index = QModelIndex | QPersistentModelIndex

_HEAD = 36  # logical pixels of heads of one line
_JUMP = 8  # rows of one Page Down


class CompareTable(QTableView):
    """As high as its rows: the page scrolls, the heads stay in sight, and the arrows bring the page along."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows_model = CompareModel()
        self.setModel(self.rows_model)
        self.setItemDelegate(CellPainter(self))
        self.setProperty("bare", True)
        self.setProperty("no_ring", True)  # the current cell shows the focus
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(1)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._laid = 0
        self._area: QScrollArea | None = None

    @property
    def content(self) -> Content:
        """Give what is shown."""
        return self.rows_model.content

    def show_content(self, content: Content) -> bool:
        """Show these rows where they are others; the current cell stays where its row still is."""
        if content == self.content:
            return False
        here = self.currentIndex()
        name = self.content.rows[here.row()].name.text if here.isValid() else ""
        self.rows_model.show(content)
        self.clearSpans()
        for number, row in enumerate(content.rows):
            if not row.cells:
                self.setSpan(number, 0, 1, len(content.heads))
            if name and row.name.text == name:
                self.setCurrentIndex(self.rows_model.index(number, min(here.column(), len(row.cells))))
        self._lay()
        return True

    # --- its size ---

    def _lay(self) -> None:
        """Give the columns their widths, each row the height of its words, and the table that of its rows."""
        width, columns = self.width(), len(self.content.heads)
        if not columns or width <= 0:
            return
        others = columns - 1
        each = (width - px(self.content.names)) // others
        if self.content.narrow:
            each = min(px(self.content.narrow), (width * 3 // 5) // others)
        each = max(each, width // (columns + 1))
        for column in range(columns):
            self.setColumnWidth(column, each if column else width - others * each)
        painter = self.itemDelegate()
        if isinstance(painter, CellPainter):
            for number, row in enumerate(self.content.rows):
                whole = width if not row.cells else width - others * each
                heights = [painter.height(row.name, whole, title=not row.cells)]
                heights += [painter.height(cell, each) for cell in row.cells]
                self.setRowHeight(number, max(heights))
        head = self.horizontalHeader()
        # Qt counts one line, whatever stands in a head.
        lines = max(text.count("\n") + 1 for text in self.content.heads)
        head.setFixedHeight(px(_HEAD) + (lines - 1) * head.fontMetrics().lineSpacing())
        self.setFixedHeight(head.height() + self.verticalHeader().length())
        self._laid = width
        self._pin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out again in another width."""
        super().resizeEvent(event)
        if event.size().width() != self._laid:
            self._lay()

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out again at another zoom."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._lay()

    # --- its heads, which stay in sight ---

    def event(self, event: QEvent) -> bool:
        """Follow the page that holds it, once it is in one."""
        done = super().event(event)
        if event.type() == QEvent.Type.Show and self._area is None:
            here: QWidget | None = self.parentWidget()
            while here is not None and not isinstance(here, QScrollArea):
                here = here.parentWidget()
            if here is not None:
                self._area = here
                here.verticalScrollBar().valueChanged.connect(self._pin)
        return done

    def updateGeometries(self) -> None:
        """Put the heads back in sight after Qt has put them on top."""
        super().updateGeometries()
        self._pin()

    def _pin(self) -> None:
        head = self.horizontalHeader()
        above = 0
        if self._area is not None:
            above = -self.mapTo(self._area.viewport(), self.rect().topLeft()).y()
        head.move(head.x(), min(max(0, above), max(0, self.height() - 3 * head.height())))

    # --- its keys ---

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Turn pages by a few rows: the table itself is as high as all its rows."""
        jumps = {
            QAbstractItemView.CursorAction.MovePageDown: _JUMP,
            QAbstractItemView.CursorAction.MovePageUp: -_JUMP,
        }
        if action not in jumps or not self.currentIndex().isValid():
            return super().moveCursor(action, modifiers)
        here = self.currentIndex()
        row = min(max(0, here.row() + jumps[action]), self.rows_model.rowCount() - 1)
        return self.rows_model.index(row, here.column())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring the cell into view by moving the page, clear of the heads."""
        del hint
        body = self._area.widget() if self._area is not None else None
        if self._area is None or body is None or not self.hasFocus():
            return
        cell = self.visualRect(index).translated(self.viewport().pos())
        top = self.mapTo(body, cell.topLeft()).y() - self.horizontalHeader().height()
        for y in (top + cell.height() + self.horizontalHeader().height(), top):
            self._area.ensureVisible(0, y, 0, px(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say why on Enter; letters and Escape are the page's."""
        enter = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() in enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.say_why(self.currentIndex())
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: Any) -> None:
        """Say why on a double click too."""
        self.say_why(self.indexAt(event.position().toPoint()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def say_why(self, index: Index) -> None:
        """Open what is known of a row: its source, and what was assumed of it."""
        if not index.isValid():
            return
        row = self.content.rows[index.row()]
        if row.reasons:
            WhyDialog(row.name.text, row.reasons, self).open()
