"""Under the search of the list: the agents of the employer's list who answer it; Enter opens a dossier prefilled."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.widgets.dialogs import Dialog, tell
from desktop.widgets.style import label, space
from desktop.widgets.text_table import TextTable
from desktop.widgets.work import alive
from forms.french import short_date, typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from desktop.desk.desk import Desk
    from desktop.home.home import HomeView
    from desktop.widgets.frame import Frame
    from forms.day.served import Served
    from forms.drafts.agents import Agent
    from forms.drafts.ended import Ends
    from forms.drafts.store import DraftStore

    Found = Sequence[tuple[Agent, Served | None]]

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
    """The agents found, hidden where there are none; ``asked`` gives for whom a dossier is wanted."""

    asked = Signal(object)
    """An ``Agent``, and the dossier that they had already or None."""
    left_up = Signal()
    """The arrow up on the first: back to what stands above."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.found: Found = ()
        self.title = label("Dans la liste des agents", "label")
        headers = ("Agent", "Matricule", "Naissance", "Dossier")
        self.table = _Table("Dans la liste des agents", headers, _SHARES, wraps=True)
        self.table.entered.connect(lambda row: self.asked.emit(self.found[row]))
        self.table.left_up.connect(self.left_up)
        column = QVBoxLayout(self)
        space(column, 6)
        column.addWidget(self.title)
        column.addWidget(self.table)
        self.hide()

    def show_agents(self, found: Found) -> None:
        """Show these, each with what became of the dossier that they had."""
        self.found = found
        self.table.show_rows([_texts(agent, had) for agent, had in found], at_most=8)
        self.setVisible(bool(found))

    def enter(self) -> None:
        """Put the focus on the first."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)
        self.table.selectRow(0)

    def open_one(self) -> None:
        """Ask for the one that is alone."""
        if len(self.found) == 1:
            self.asked.emit(self.found[0])


def _texts(agent: Agent, had: Served | None) -> tuple[str, ...]:
    born = agent.said("member.birth_date")
    dossier = _BEGUN if agent.begun else _NEW
    if had is not None:
        dossier = had.words if had.reference == agent.reference else f"{had.reference} : {had.words}"
    return (
        agent.name,
        agent.text("member.staff_number"),
        short_date(born) if isinstance(born, dt.date) else "",
        typeset(dossier),
    )


class HadOne(Dialog):
    """An agent who had a dossier already: another one is begun only when that was said and asked for."""

    topic = "roster"

    def __init__(self, parent: Frame, agent: Agent, had: Served) -> None:
        """Say what became of the one they had; it is offered where it is here."""
        why = "Le nouveau dossier aura un autre numéro." if had.here else (
            "Ses réponses ne sont plus sur cet ordinateur. Le nouveau dossier part de la liste, avec un autre numéro."
        )  # fmt: skip
        super().__init__(
            parent, f"{agent.name} a déjà eu un dossier",
            typeset(f"{had.reference} : {had.words}. {why}"), window="Ouvrir un autre dossier ?",
        )  # fmt: skip
        cancel = self.add_button("Annuler", "secondary", self.reject)
        self.former = self.add_button("Ouvrir celui qui est là", "secondary", self.reject)
        self.former.setVisible(had.here)
        self.go_on = self.add_button("Ouvrir un autre dossier", "primary", self.accept)
        (self.former if had.here else cancel).setFocus()


class Finding(QObject):
    """Searches the list each time the dossiers are, and opens a dossier for an agent."""

    def __init__(
        self,
        window: Frame,
        desk: Desk,
        view: HomeView,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime],
    ) -> None:
        """Live as long as the drafts are open."""
        super().__init__(desk)
        self._window, self._desk, self._view, self._today, self._now = window, desk, view, today, now
        self._asked = 0
        self._ends: Ends | None = None
        desk.listed.connect(lambda _listing: self.search())
        desk.permanence_changed.connect(self.search)
        view.agents.asked.connect(lambda one: self.open(*one))

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
        employer, now = permanence.employer, self._now()

        def found(store: DraftStore) -> Found:
            roster = agents.roster_of(store, employer)
            who = agents.search(store, roster.id, text) if roster else ()
            return self._with_had(store, who, now) if who else ()

        self._desk.ask(found, alive(self, lambda one: self._view.show_agents(one) if asked == self._asked else None))

    def _with_had(self, store: DraftStore, who: Sequence[Agent], now: dt.datetime) -> Found:
        from forms.day.served import served  # noqa: PLC0415 - not for the first list
        from forms.drafts.ended import Ends  # noqa: PLC0415 - likewise

        self._ends = self._ends or Ends()
        return tuple(zip(who, served(store, [(one.reference, one) for one in who], self._ends, now), strict=True))

    def open(self, agent: Agent, had: Served | None) -> None:
        """Open the dossier that was begun for an agent; else, once what became of a former one was said, a new one."""
        if agent.begun:
            self._desk.open(agent.reference)
        elif had is None:
            self._begin(agent)
        else:
            asked = HadOne(self._window, agent, had)
            asked.accepted.connect(lambda: self._begin(agent))
            asked.former.clicked.connect(lambda _on: self._desk.open(had.reference))
            asked.open()

    def _begin(self, agent: Agent) -> None:
        from desktop.desk.permanence import new_dossier, new_reference  # noqa: PLC0415 - not for the first list
        from forms.drafts import agents  # noqa: PLC0415 - likewise
        from forms.exchange.prefill import prefill  # noqa: PLC0415 - likewise

        desk, permanence = self._desk, self._desk.permanence
        if permanence is None or desk.convention is None:
            tell(self._window, "La convention de la permanence n’est pas installée sur ce poste")
            return
        fresh = new_reference(specimen=desk.practice)

        def begin(reference: str) -> None:
            desk.begin(prefill(agent, new_dossier(permanence, reference, self._today())))

        desk.ask(lambda store: agents.taken(store, agent, fresh), begin)
