"""Under the search of the list: the agents of the employer's list who answer it; Enter opens a dossier prefilled."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.widgets.dialogs import tell
from desktop.widgets.style import label, space
from desktop.widgets.text_table import TextTable
from desktop.widgets.work import alive
from forms.french import short_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from desktop.desk.desk import Desk
    from desktop.home.home import HomeView
    from desktop.widgets.frame import Frame
    from forms.drafts.agents import Agent
    from forms.drafts.store import DraftStore

_SHARES = (38, 17, 19, 26)
_NEW, _BEGUN = "à ouvrir, prérempli", "déjà commencé"


class _Table(TextTable):
    left_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() == 0:
            self.left_up.emit()
        else:
            super().keyPressEvent(event)


class AgentsFound(QWidget):
    """The agents found, hidden where there are none; ``asked`` gives the ``Agent`` for whom a dossier is wanted."""

    asked = Signal(object)
    left_up = Signal()
    """The arrow up on the first: back to what stands above."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.agents: Sequence[Agent] = ()
        self.title = label("Dans la liste des agents", "label")
        headers = ("Agent", "Matricule", "Naissance", "Dossier")
        self.table = _Table("Dans la liste des agents", headers, _SHARES)
        self.table.entered.connect(lambda row: self.asked.emit(self.agents[row]))
        self.table.left_up.connect(self.left_up)
        column = QVBoxLayout(self)
        space(column, 6)
        column.addWidget(self.title)
        column.addWidget(self.table)
        self.hide()

    def show_agents(self, found: Sequence[Agent]) -> None:
        """Show these."""
        self.agents = found
        self.table.show_rows([_texts(agent) for agent in found], at_most=8)
        self.setVisible(bool(found))

    def enter(self) -> None:
        """Put the focus on the first."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.table.selectRow(0)

    def open_one(self) -> None:
        """Ask for the one that is alone."""
        if len(self.agents) == 1:
            self.asked.emit(self.agents[0])


def _texts(agent: Agent) -> tuple[str, ...]:
    born = agent.said("member.birth_date")
    return (
        agent.name,
        agent.text("member.staff_number"),
        short_date(born) if isinstance(born, dt.date) else "",
        _BEGUN if agent.begun else _NEW,
    )


class Finding(QObject):
    """Searches the list each time the dossiers are, and opens a dossier for an agent."""

    def __init__(self, window: Frame, desk: Desk, view: HomeView, today: Callable[[], dt.date]) -> None:
        """Live as long as the drafts are open."""
        super().__init__(desk)
        self._window, self._desk, self._view, self._today = window, desk, view, today
        self._asked = 0
        desk.listed.connect(lambda _listing: self.search())
        desk.permanence_changed.connect(self.search)
        view.agents.asked.connect(self.open)

    def search(self) -> None:
        """Ask for the agents who answer what is typed."""
        if not isValid(self._view):
            return  # locked meanwhile
        from forms.drafts import agents  # noqa: PLC0415 - not for the first list

        text, permanence = self._view.search.text(), self._desk.permanence
        self._asked += 1
        asked = self._asked
        if permanence is None or len("".join(text.split())) < agents.SEARCH_FROM:
            self._view.show_agents(())
            return
        employer = permanence.employer

        def found(store: DraftStore) -> tuple[Agent, ...]:
            roster = agents.roster_of(store, employer)
            return agents.search(store, roster.id, text) if roster else ()

        self._desk.ask(found, alive(self, lambda one: self._view.show_agents(one) if asked == self._asked else None))

    def open(self, agent: Agent) -> None:
        """Open the dossier that was begun for an agent, else a new one with what the list says of them."""
        from desktop.desk.permanence import new_dossier, new_reference  # noqa: PLC0415 - not for the first list
        from forms.drafts import agents  # noqa: PLC0415 - likewise
        from forms.exchange.prefill import prefill  # noqa: PLC0415 - likewise

        desk, permanence = self._desk, self._desk.permanence
        if agent.begun:
            desk.open(agent.reference)
            return
        if permanence is None or desk.convention is None:
            tell(self._window, "La convention de la permanence n’est pas installée sur ce poste")
            return
        fresh = new_reference(specimen=desk.practice)

        def begin(reference: str) -> None:
            desk.begin(prefill(agent, new_dossier(permanence, reference, self._today())))

        desk.ask(lambda store: agents.taken(store, agent, fresh), begin)
