"""The line that says which list is kept of an employer, with the way to take it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.widgets.dialogs import confirm
from desktop.widgets.style import button, label, space
from desktop.widgets.work import alive
from forms.drafts import agents
from forms.french import long_date, plural, typeset

if TYPE_CHECKING:
    from desktop.day.actions import Day
    from forms.drafts.agents import KeptRoster


class KeptLine(QWidget):
    """Asks before the list is taken away; ``forgotten`` once it is."""

    forgotten = Signal()

    def __init__(self, day: Day) -> None:
        """Say nothing yet."""
        super().__init__()
        self._day = day
        self._roster: KeptRoster | None = None
        self.said = label()
        self.forget = button("supprimer cette liste", "link", enter=True)
        self.forget.clicked.connect(lambda _on: self._ask())
        line = QHBoxLayout(self)
        space(line, 4)
        line.addWidget(self.said)
        line.addWidget(self.forget)
        line.addStretch(1)

    def show_list(self, employer: str | None, roster: KeptRoster | None) -> None:
        """Say which list it is and how old, or that there is none."""
        self._roster = roster
        self.forget.setVisible(roster is not None)
        self.said.setText(typeset(_said(employer, roster)))

    def _ask(self) -> None:
        roster = self._roster
        if roster is None:
            return
        now = self._day.now()
        confirm(
            self._day.window, "Supprimer la liste de la collectivité ?",
            "Les dossiers déjà ouverts restent. Les agents de la liste ne seront plus trouvés ; elle quitte les "
            "sauvegardes à la prochaine purge.", "Supprimer",
            lambda: self._day.desk.ask(
                lambda store: agents.forget(store, roster.id, now), alive(self, lambda _none: self.forgotten.emit())
            ),
            danger=True,
        )  # fmt: skip


def _said(employer: str | None, roster: KeptRoster | None) -> str:
    if roster is None:
        return f"{employer or ''} : aucune liste pour l’instant."
    day = f", à jour du {long_date(roster.imported_at.astimezone().date())}" if roster.imported_at else ""
    return f"{employer or roster.employer} : {plural(roster.count, 'agent')} dans la liste{day} ·"
