"""Prefilled bulletins for the employer's whole list: what formula, where to, how far, and who has none."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QFileDialog, QLineEdit, QProgressBar

from desktop.day.actions import DayPage
from desktop.day.over_list import BACK
from desktop.day.roster.parts import UNKEPT, card, scrolled
from desktop.widgets.choosing import documents, save_file
from desktop.widgets.rows import Choice, Row
from desktop.widgets.style import button, fix, ground, label
from desktop.widgets.text_table import TextTable
from desktop.widgets.work import Answers, alive
from forms.day.prefilling import Made, Order, make, skipped_csv
from forms.day.served import became
from forms.drafts import agents
from forms.drafts.ended import Ends
from forms.french import plural, typeset, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.day.actions import Day
    from forms.drafts.agents import Agent
    from forms.drafts.store import DraftStore

_TICK = 100  # milliseconds between two words on how far it is
_SECOND = 1000
_MINUTE = 60
_MASK = "•••"
_NO_FORMULA = "Aucune : l’agent choisira"
_CLEAR = (
    "Ces fichiers portent en clair ce que la liste dit des agents, numéro de Sécurité sociale compris : imprimez-les, "
    "puis supprimez-les. Leur nom ne porte que le matricule et le numéro du bulletin."
)


class BulletinsPage(DayPage):
    """One PDF an agent; stopped, it is taken up later where it was."""

    topic = "prefilled"

    def __init__(self, day: Day) -> None:
        """Begin with no folder."""
        super().__init__()
        ground(self)
        self._day = day
        self._agents: tuple[Agent, ...] = ()
        self._served: Mapping[str, str] = {}
        self._folder: Path | None = None
        self._answers = Answers(self)
        self._ended = threading.Event()
        self._running = self._masked = False
        self.made: Made | None = None
        self.dialog: QFileDialog | None = None
        self.title = label("Préremplir des bulletins", "title", wrap=True)
        self.about = label(wrap=True)
        self.formula = Choice()
        self.formula.addItem(_NO_FORMULA, None)
        convention = day.desk.convention
        for formula in convention.formulas if convention else ():
            self.formula.addItem(formula.label, formula.id)
        self.path = QLineEdit()
        self.path.setReadOnly(True)
        self.path.setPlaceholderText("Aucun répertoire choisi")
        self.choose = button("Choisir le répertoire…", enter=True)
        self.choose.clicked.connect(self._choose)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("Bulletins faits")
        self.told = label(wrap=True)
        self.trouble = label(role="error", wrap=True)
        shares = (14, 14, 24, 48)
        self.table = TextTable("Agents sans bulletin", ("Matricule", "Numéro", "Agent", "Pourquoi"), shares)
        self.skipped = label(role="label", wrap=True)
        self.back = button(BACK, enter=True)
        self.back.clicked.connect(self.left)
        self.save = button("Enregistrer ceux sans bulletin…", enter=True)
        self.save.clicked.connect(self._save)
        self.halt = button("Arrêter", enter=True)
        self.halt.clicked.connect(self.stop)
        self.go_on = button("Faire les bulletins", "primary", enter=True)
        self.go_on.clicked.connect(self._begin)
        self._lay_out()
        self._draw()

    def _lay_out(self) -> None:
        column = scrolled(self, (self.back, self.save, self.halt, self.go_on))
        column.addWidget(self.title)
        column.addWidget(self.about)
        formula, where = Row("Formule", self.formula, lines=0), Row("Répertoire où les écrire", self.path, lines=0)
        fix(formula, at_most=420)
        where.beside(self.choose)
        self._how_far = card(self.told, self.progress, self.trouble, self.skipped, self.table)
        column.addWidget(self._how_far)
        column.addWidget(card(formula, where, label(_CLEAR, "second", wrap=True)))
        column.addStretch(1)

    def start(self) -> None:
        """Ask for the list; the folder is chosen first."""
        self.choose.setFocus()
        permanence = self._day.desk.permanence
        employer = permanence.employer if permanence else None

        now = self._day.now()

        def kept(store: DraftStore) -> tuple[tuple[Agent, ...], Mapping[str, str]]:
            roster = agents.roster_of(store, employer) if employer else None
            found = agents.listed(store, roster.id) if roster else ()
            ends = Ends().read(store)
            return found, {one.reference: became(ends[one.reference], now) for one in found if one.reference in ends}

        self._day.desk.ask(kept, alive(self, lambda answer: self._take(*answer)))

    def _take(self, found: tuple[Agent, ...], served: Mapping[str, str]) -> None:
        self._agents, self._served = found, served
        self._draw()

    @property
    def is_running(self) -> bool:
        """Tell whether bulletins are being made."""
        return self._running

    def stop(self) -> None:
        """End after the bulletin that is being made."""
        self._ended.set()

    def set_masked(self, *, masked: bool) -> None:
        """Hide the names, or show them again."""
        self._masked = masked
        self._draw()

    def _choose(self) -> None:
        self.dialog = dialog = QFileDialog(self, "Choisir où écrire les bulletins", documents())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.write_in(Path(path)))
        dialog.open()

    def write_in(self, folder: Path) -> None:
        """Choose the folder."""
        self._folder = folder
        self.path.setText(str(folder))
        self._draw()
        self.go_on.setFocus()

    def _begin(self) -> None:
        desk = self._day.desk
        permanence, convention, folder = desk.permanence, desk.convention, self._folder
        if permanence is None or convention is None or folder is None or self._running:
            return
        order = Order(
            self._agents, convention, permanence.employer, permanence.place, self.formula.currentData(), folder,
            specimen=desk.practice, served=self._served,
        )  # fmt: skip
        self._running, self._ended = True, threading.Event()
        ended, answers, now = self._ended, self._answers, self._day.now()
        clock, last = QElapsedTimer(), [-_TICK]
        clock.start()

        def go_on(made: Made) -> bool:
            took = clock.elapsed()
            if took - last[0] >= _TICK:
                last[0] = took
                seen = replace(made, skipped=list(made.skipped))
                answers.hand(lambda: self._tell(seen, took))
            return not ended.is_set()

        self._draw()
        self.halt.setFocus()
        answers.work(
            lambda: make(order, now, go_on), lambda made: self._over(made, clock.elapsed()), lambda _fault: None
        )

    def _tell(self, made: Made, took: int) -> None:
        if self._running:
            self.progress.setMaximum(max(1, made.total))
            self.progress.setValue(made.done)
            self.told.setText(typeset(how_far(made, took)))

    def _over(self, made: Made, took: int) -> None:
        self._tell(made, took)
        self._running, self.made = False, made
        self.told.setText(typeset(over(made)))
        self.trouble.setText(made.fault.line if made.fault else "")
        self._draw()
        (self.go_on if made.stopped or made.fault else self.back).setFocus()

    def _save(self) -> None:
        if self.made is not None:
            self.dialog = save_file(
                self, "Enregistrer la liste", "Agents sans bulletin.csv", skipped_csv(self.made), UNKEPT
            )

    def _draw(self) -> None:
        made, running = self.made, self._running
        permanence = self._day.desk.permanence
        employer = permanence.employer.name if permanence else ""
        self.about.setText(typeset(_about(employer or "", len(self._agents))))
        self.formula.setEnabled(not running)
        self.choose.setEnabled(not running)
        self._how_far.setVisible(running or made is not None)
        self.trouble.setVisible(bool(self.trouble.text()) and not running)
        skipped = made.skipped if made and not running else []
        self.skipped.setText(typeset(f"Sans bulletin : {plural(len(skipped), 'agent')}"))
        self.table.show_rows(
            [
                (
                    one.agent.text("member.staff_number"),
                    one.agent.reference,
                    _MASK if self._masked else one.agent.name,
                    one.reason,
                )
                for one in skipped
            ],
            at_most=8,
        )
        for widget in (self.skipped, self.table, self.save):
            widget.setVisible(bool(skipped))
        self.halt.setVisible(running)
        self.go_on.setVisible(not running)
        self.go_on.setText("Continuer" if made and (made.stopped or made.fault) else "Faire les bulletins")
        self.go_on.setEnabled(bool(self._agents) and self._folder is not None)


def how_far(made: Made, took: int) -> str:
    """Give how far it is after so many milliseconds, how fast, and what is left where that can be told."""
    said = f"{whole(made.done)} sur {plural(made.total, 'agent')}"
    if took < _SECOND or not made.written:
        return said
    rate = made.written * _SECOND / took
    seconds = round((made.total - made.done) / rate)
    left = f"{plural(seconds, 'seconde')}" if seconds < 2 * _MINUTE else f"{plural(round(seconds / _MINUTE), 'minute')}"
    return f"{said} · {whole(round(rate))} par seconde · encore {left}"


def over(made: Made) -> str:
    """Give what came of it."""
    parts = [plural(made.written, "bulletin écrit", "bulletins écrits")]
    if made.there:
        parts.append(plural(made.there, "était déjà là", "étaient déjà là"))
    if made.skipped:
        parts.append(plural(len(made.skipped), "agent sans bulletin", "agents sans bulletin"))
    left = made.total - made.done
    if left:
        parts.append(f"{plural(left, 'agent')} à faire")
    return f"{'Arrêté' if left else 'Terminé'} : {', '.join(parts)}."


def _about(employer: str, count: int) -> str:
    if not count:
        return f"{employer} : aucune liste d’agents. Importez-la d’abord."
    return (
        f"{employer} : {plural(count, 'agent')}. Un PDF par agent, avec ce que la liste dit de lui et le numéro de son "
        "dossier ; le reste se complète à la main, et se relit au scanner."
    )
