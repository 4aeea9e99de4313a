"""The keys that go between the search, the dossiers found and the agents found under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QPushButton

    from desktop.day.roster.found import AgentsFound
    from desktop.home.drafts_view import DraftsView

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class HomeKeys(QObject):
    """The arrow down goes from the search into the dossiers, then into the agents; Enter opens what is alone."""

    def __init__(self, search: QLineEdit, table: DraftsView, agents: AgentsFound, under: QPushButton) -> None:
        """Watch the keys of ``search`` and of ``table``; ``under`` opens a dossier under the number that is typed."""
        super().__init__(search)
        self._search, self._table, self._agents, self._under = search, table, agents, under
        search.installEventFilter(self)
        table.installEventFilter(self)
        agents.left_up.connect(self._above)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that go from one to the other."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        down, enter = event.key() == Qt.Key.Key_Down, event.key() in _ENTER
        if watched is self._table:
            return down and self._below()
        return (down or enter) and self._from_search(enter=enter)

    def _from_search(self, *, enter: bool) -> bool:
        if self._table.isVisible():
            self._table.setFocus(Qt.FocusReason.TabFocusReason)
            if enter and not self._agents.isVisible():  # else it may be the agent who is meant
                self._table.open_one()
        elif self._agents.isVisible():
            self._agents.enter()
            if enter:
                self._agents.open_one()
        elif enter and self._under.isVisible():
            self._under.click()
        else:
            return False
        return True

    def _below(self) -> bool:
        """Go from the last dossier to the first agent."""
        if not self._agents.isVisible() or self._table.currentIndex().row() < len(self._table.drafts.rows) - 1:
            return False
        self._agents.enter()
        return True

    def _above(self) -> None:
        (self._table if self._table.isVisible() else self._search).setFocus(Qt.FocusReason.BacktabFocusReason)
