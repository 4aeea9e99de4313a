"""The table of drafts: its rows by the keyboard, and its columns, some of which drop where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QTableView

from desktop.desk.draft_rows import AGENT, DATE, FORMULA, HEADERS, LEFT, NUMBER, STATE, DraftRow
from desktop.home.drafts_table import DraftsModel, StateDelegate
from desktop.widgets.style import px
from desktop.widgets.views import by_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARES = (20, 10, 11, 14, 13, 11, 21)
"""The columns' shares of the width, in per cent."""
DROPPED = (NUMBER, FORMULA, DATE)
"""What goes first where there is no room for all: the dossier itself says it."""
_LEAST = 150
"""Logical pixels of a name: a longer one is cut, and whole in its tool tip."""


class DraftsView(QTableView):
    """The drafts, one row each; never scrolls sideways."""

    open_asked = Signal(str)
    delete_asked = Signal(str)

    def __init__(self) -> None:
        """Begin with no row."""
        super().__init__()
        self.drafts = DraftsModel()
        self._widths: dict[tuple[int, int, int], int] = {}
        """By column and size of text: to measure sixty drafts takes longer than to draw them."""
        self.setModel(self.drafts)
        self.setAccessibleName("Dossiers")
        self.setWordWrap(False)
        self.setItemDelegateForColumn(STATE, StateDelegate(self))
        by_rows(self).setStretchLastSection(True)
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def show_rows(self, rows: Sequence[DraftRow]) -> None:
        """Show these, the same one chosen if it is still there, else the first."""
        chosen = self.chosen()
        self.drafts.show(rows)
        self._widths = {}
        self.choose(chosen)
        self.fit()

    def chosen(self) -> str | None:
        """Give the reference of the chosen row."""
        row = self.currentIndex().row()
        return self.drafts.rows[row].reference if 0 <= row < len(self.drafts.rows) else None

    def choose(self, reference: str | None) -> None:
        """Choose a row; the first one where there is none of this reference."""
        known = [row.reference for row in self.drafts.rows]
        if known:
            self.selectRow(known.index(reference) if reference in known else 0)

    def open_one(self) -> None:
        """Open the first row when it is alone."""
        if len(self.drafts.rows) == 1:
            self._open(0)

    def fit(self) -> None:
        """Take the height of the rows, up to what the window has, and give each column its share."""
        self.verticalHeader().setDefaultSectionSize(px(36))
        tall = self.horizontalHeader().sizeHint().height() + px(36) * len(self.drafts.rows) + 2
        self.setMaximumHeight(tall)
        self.setMinimumHeight(min(tall, px(36) * 3))
        self._share()

    def _share(self) -> None:
        wide = self.viewport().width()
        needed = [self._needed(column) for column in range(len(HEADERS))]
        kept = set(range(len(HEADERS)))
        for column in DROPPED:
            if sum(needed[one] for one in kept) > wide:
                kept.discard(column)
        shares = sum(SHARES[column] for column in kept)
        # What the wider columns take beyond their shares, the names give, then whoever has more than it needs.
        asked = {column: max(wide * SHARES[column] // shares, needed[column]) for column in kept}
        for column in sorted(kept):
            over = max(0, sum(asked.values()) - wide)
            asked[column] = max(needed[column], asked[column] - over)
        for column in range(len(HEADERS)):
            self.setColumnHidden(column, column not in kept)
            if column in kept:
                self.setColumnWidth(column, asked[column])
        self.drafts.dropped = tuple(column for column in range(len(HEADERS)) if column not in kept)

    def _needed(self, column: int) -> int:
        if column == AGENT:
            return px(_LEAST)
        beyond = px(
            {STATE: 24, LEFT: 16}.get(column, 4)
        )  # a chip is drawn wider than its word; the last one has no next
        known = column, px(100), self.fontMetrics().height()
        if known not in self._widths:
            self._widths[known] = self.sizeHintForColumn(column)
        return max(self.horizontalHeader().sectionSizeHint(column), self._widths[known] + beyond)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.drafts.rows):
            self.open_asked.emit(self.drafts.rows[row].reference)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, delete with Delete."""
        chosen = self.chosen()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Delete) and chosen is not None:
            self.delete_asked.emit(chosen)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again what is drawn otherwise: at a zoom the lengths change first, then the sheet, then the fonts.

        Once all of them have: between two, a column is measured in the letters of one and the lengths of another.
        """
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._widths = {}
            QTimer.singleShot(0, self, self._restyled)
        super().changeEvent(event)

    def _restyled(self) -> None:
        self._widths = {}
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._share()
