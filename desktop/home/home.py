"""The permanence window: the day's settings on one line, a search, the drafts, and what the day comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from desktop.day.roster.found import AgentsFound
from desktop.home import words
from desktop.home.day_menu import MORE, DayButtons, day_menu
from desktop.home.drafts_view import DraftsView
from desktop.home.home_keys import HomeKeys
from desktop.widgets.keys import shown
from desktop.widgets.reading import read_in_order
from desktop.widgets.remarks import Remarks
from desktop.widgets.style import button, field, fix, ground, label, px, space
from desktop.widgets.views import scrolling
from forms.french import typeset, weekday_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from desktop.day.roster.found import Found
    from desktop.desk.draft_rows import DraftRow
    from desktop.desk.permanence import Permanence
    from desktop.home.drafts_table import DraftsModel
    from forms.convention import Convention

_NARROW = 900
"""Logical pixels under which the button goes beside the search."""
_WIDE = 1200
"""Those from which what a day begins and ends with stands beside it."""


class HomeView(QWidget):
    """The list and its ways on; it asks for everything by signals and is shown what to draw."""

    searched = Signal(str)
    new_asked = Signal()
    open_asked = Signal(str)
    delete_asked = Signal(str)
    settings_asked = Signal()
    older_asked = Signal(bool)
    number_asked = Signal(str)
    """A reference that no dossier has: one is wanted under it."""
    action_asked = Signal(str)
    """The name of an ``Action`` of ``desktop.day.actions``."""

    def __init__(self, *, practice: bool = False) -> None:
        """Lay out; nothing is shown before the first ``show_drafts``."""
        super().__init__()
        ground(self)
        self._older = False
        self._practice = practice
        self._settled = False
        self._masked = False
        self.title = label(role="title", wrap=True)
        self.settings = label()
        self.change = button("changer de permanence", "link", enter=True)
        self.change.clicked.connect(self.settings_asked)
        self.new = button(f"Nouvelle adhésion  {shown('new')}", "primary", enter=True)
        self.new.setAccessibleName("Nouvelle adhésion")
        self.new.clicked.connect(self.new_asked)
        self.more = button(MORE, "secondary", enter=True)
        self.more.clicked.connect(self._open_menu)
        self.menu = day_menu(self, self.action_asked.emit, practice=practice)
        self.of_day = DayButtons(self.action_asked.emit, practice=practice)
        self.search = field("Rechercher un dossier", "Rechercher un agent ou un dossier : nom, matricule…")
        self.search.setClearButtonEnabled(True)
        for clear in self.search.findChildren(QAbstractButton):
            clear.setAccessibleName("Effacer la recherche")
        self.search.textChanged.connect(self.searched)
        fix(self.search, at_most=520)
        self.table = DraftsView()
        self.table.open_asked.connect(self.open_asked)
        self.table.delete_asked.connect(self.delete_asked)
        self.agents = AgentsFound()
        self.empty = label(role="text", wrap=True)
        self.under = button("", "link", enter=True)
        self.under.clicked.connect(lambda _on: self.number_asked.emit(self._number))
        HomeKeys(self.search, self.table, self.agents, self.under)
        self.counts = label(role="second")
        self.older = button("", "link", enter=True)
        self.older.setProperty("size", "small")
        self.older.clicked.connect(self._toggle_older)
        self.notice = label(role="second", wrap=True)
        self.undo = button("Remettre", "link", enter=True)
        self.undo.setProperty("size", "small")
        self.undo.clicked.connect(self._undone)
        self.remarks = Remarks()
        self._undo: Callable[[], object] = lambda: None
        self._lay_out()

    def _lay_out(self) -> None:
        inside = ground(QWidget())
        whole = QVBoxLayout(inside)
        space(whole, 12, (48, 24, 48, 24))
        self._top = top = QHBoxLayout()
        space(top, 12)
        named = QVBoxLayout()
        space(named, 0)
        named.addWidget(self.title)
        line = QHBoxLayout()
        space(line, 4)
        line.addWidget(self.settings)
        line.addWidget(self.change)
        line.addStretch(1)
        named.addLayout(line)
        top.addLayout(named, 1)
        top.addWidget(self.of_day, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(top)
        whole.addSpacing(px(4))
        whole.addLayout(self._searching())
        # The table takes all the room there is, up to its rows; what is left over goes under the footer.
        whole.addWidget(self.table, 1000)
        whole.addLayout(self._nothing())
        whole.addWidget(self.agents)
        foot = QHBoxLayout()
        space(foot, 4)
        foot.addWidget(self.counts)
        foot.addWidget(self.older)
        foot.addStretch(1)
        whole.addLayout(foot)
        done = QHBoxLayout()
        space(done, 12)
        done.addWidget(self.notice, 1)
        done.addWidget(self.undo)
        whole.addLayout(done)
        whole.addStretch(1)
        whole.addWidget(self.remarks)
        around = QVBoxLayout(self)
        space(around, 0)
        scroll = scrolling(inside)  # at 200 % on a small screen, all that may be said does not stand under the list
        around.addWidget(scroll)
        self.table.hide()
        self.empty.hide()
        self.under.hide()
        self.more.setVisible(not self.menu.isEmpty())  # here: before it stands somewhere it would be a window
        self.older.hide()
        self.hide_undo()

    def _nothing(self) -> QHBoxLayout:
        """Lay out what is said where the list is empty."""
        self._none = row = QHBoxLayout()
        space(row, 4)
        row.addWidget(self.empty, 1)
        row.addWidget(self.under)
        row.addStretch(0)
        return row

    def _searching(self) -> QHBoxLayout:
        self._beside = QHBoxLayout()
        space(self._beside, 12)
        self._beside.addWidget(self.search, 1000)
        self._beside.addStretch(1)
        self._beside.addWidget(self.more)
        return self._beside

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @property
    def model(self) -> DraftsModel:
        """Give the rows on screen."""
        return self.table.drafts

    def show_permanence(self, permanence: Permanence | None, convention: Convention | None, today: dt.date) -> None:
        """Show the day's settings; without any, what is to be done first."""
        self._settled = permanence is not None
        self._fit()
        if permanence is None:
            self.title.setText(weekday_date(today).capitalize())
            self.settings.setText("La permanence n’est pas encore réglée :")
            self.change.setText("choisir le lieu, la convention et la collectivité")
            return
        self.title.setText(f"{permanence.where()}, {weekday_date(permanence.day_on(today))}")
        self.settings.setText(words.settings(permanence, convention))
        self.change.setText("changer de permanence")

    def show_drafts(self, today: Sequence[DraftRow], older: Sequence[DraftRow], *, more: bool = False) -> None:
        """Show the rows of today, and the older ones where a search or the user asks; ``more``: not all were read."""
        searching = bool(self.search.text().strip())
        rows = [*today, *older] if self._older or searching else [*today]
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        number = self._number if not rows else ""
        self.empty.setText(typeset(words.none(searching=searching, number=number)))
        self.empty.setWordWrap(not number)
        self._none.setStretch(0, 0 if number else 1)  # the number stands right after its words
        self._none.setStretch(2, 1 if number else 0)
        self.under.setText(f"ouvrir une adhésion sous {number}")
        self.under.setVisible(bool(number))
        self.counts.setVisible(bool(rows))
        self.counts.setText(typeset(words.counted(rows if searching else today, searching=searching)))
        self.older.setText(words.older(len(older), more=more, shown=self._older))
        self.older.setVisible(bool(older) and not searching)
        self._fit()

    @property
    def _number(self) -> str:
        """Give the reference that is searched, where one is."""
        if not self.search.text().strip():
            return ""
        from desktop.day.blanks import met_in_search  # noqa: PLC0415 - not for the first list

        return met_in_search(self.search.text(), practice=self._practice)

    def show_agents(self, found: Found) -> None:
        """Show the agents of the employer's list who answer the search, with the dossier that each had."""
        found = () if self._masked else found
        self.agents.show_agents(found)
        self.under.setVisible(bool(self._number) and self.table.isHidden() and not found)

    def set_masked(self, *, masked: bool) -> None:
        """Hide whose dossiers these are while the screen is turned to the agent, and what names other people."""
        if masked:
            self.search.clear()
        self._masked = masked
        chosen = self.table.chosen()
        self.model.set_masked(masked=masked)
        self.table.choose(chosen)
        self.remarks.set_masked(masked=masked)
        self.more.setVisible(not masked and not self.menu.isEmpty())
        self._fit()
        if masked:
            self.agents.show_agents(())

    def show_undo(self, text: str, undo: Callable[[], object], link: str = "Remettre") -> None:
        """Say what was done, with a way back that stays until something else is done."""
        self.notice.setText(text)
        self._undo = undo
        self.undo.setText(link)
        self.undo.setAccessibleDescription(text)
        self.notice.show()
        self.undo.show()

    def hide_undo(self) -> None:
        """Take the way back away."""
        self.notice.hide()
        self.undo.hide()
        self._undo = lambda: None

    def _undone(self) -> None:
        undo = self._undo
        self.hide_undo()
        undo()

    def start(self) -> None:
        """Put the focus where one begins: the day's settings while there are none, else the list, else the search."""
        (self.table if self.table.isVisible() else self.search if self._settled else self.change).setFocus()

    def search_now(self) -> None:
        """Put the focus in the search, what stands there selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _toggle_older(self) -> None:
        self._older = not self._older
        self.older_asked.emit(self._older)

    def _fit(self) -> None:
        """Put the button beside the search where there is little room."""
        narrow = self.width() < px(_NARROW)
        here, there = (self._beside, self._top) if narrow else (self._top, self._beside)
        if here.indexOf(self.new) < 0:
            there.removeWidget(self.new)
            here.addWidget(self.new, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            read_in_order(self.search.parentWidget())
        self.of_day.setVisible(self._settled and not self._masked and self.width() >= px(_WIDE))
        self.table.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._fit()
