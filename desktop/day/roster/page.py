"""Importing the employer's list: choose a file, look at its columns and at what would happen, then import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QWidget

from desktop.day.dropped import DroppedOn
from desktop.day.over_list import BACK
from desktop.day.roster.columns import Columns
from desktop.day.roster.doors import open_bulletins
from desktop.day.roster.kept import KeptLine
from desktop.day.roster.parts import UNKEPT, card, scrolled
from desktop.day.roster.result import Result
from desktop.day.roster.working import AtHand, Import, at_hand, first_mapping, plan, read, with_former
from desktop.widgets.choosing import documents, save_file
from desktop.widgets.dialogs import tell
from desktop.widgets.style import button, ground, label, px, set_role, space
from desktop.widgets.work import Answers, alive
from forms.exchange.importing import plan_csv
from forms.french import plural, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.day.actions import Day
    from forms.exchange.importing import Plan
    from forms.exchange.roster import Roster
    from forms.faults import Fault

_WIDE = 1000
"""Logical pixels from which columns and rows stand side by side."""
_DROP = "Déposez ici le fichier de la collectivité (XLSX ou CSV), ou choisissez-le. Il n’est lu que sur ce poste."
_FILES = "XLSX, CSV (*.xlsx *.xlsm *.csv *.txt *.tsv);;Tous les fichiers (*)"


class ImportPage(DroppedOn):
    """Nothing is written before « Importer »; what was chosen for the columns is remembered then."""

    topic = "roster"

    def __init__(self, day: Day) -> None:
        """Begin without a file."""
        super().__init__()
        ground(self)
        self._day = day
        permanence = day.desk.permanence
        self._employer = permanence.employer if permanence else None
        self._answers = Answers(self)
        self._round = 0
        self._hand: AtHand | None = None
        self._roster: Roster | None = None
        self.plan: Plan | None = None
        self._imported = self._is_writing = False
        self.dialog: QFileDialog | None = None
        self.title = label("Importer la liste des agents", "title", wrap=True)
        self.kept = KeptLine(day)
        self.kept.forgotten.connect(self._again)
        self.invite = label(_DROP, wrap=True)
        self.choose = button("Choisir un fichier…", "primary", enter=True)
        self.choose.clicked.connect(self._choose)
        self.trouble = label(role="error", wrap=True)
        self.columns = Columns()
        self.columns.changed.connect(self._judge)
        self.result = Result()
        self.result.remove_changed.connect(self._offer)
        self.back = button(BACK, enter=True)
        self.back.clicked.connect(self.left)
        self.save = button("Enregistrer le rapport…", enter=True)
        self.save.clicked.connect(self._save)
        self.bulletins = button("Préremplir des bulletins…", enter=True)
        self.bulletins.clicked.connect(lambda: open_bulletins(day))
        self.go_on = button("Importer", "primary", enter=True)
        self.go_on.clicked.connect(self._import)
        self._lay_out()
        self._draw()

    def _lay_out(self) -> None:
        whole = scrolled(self, (self.back, self.save, self.bulletins, self.go_on))
        whole.addWidget(self.title)
        whole.addWidget(self.kept)
        asked = QHBoxLayout()
        space(asked, 16)
        asked.addWidget(self.invite, 1)
        asked.addWidget(self.choose)
        choosing = QWidget()
        choosing.setLayout(asked)
        whole.addWidget(card(choosing))
        whole.addWidget(self.trouble)
        whole.addWidget(self.result.alarm_card)
        self.result.alarm_card.hide()
        self._columns = card(label("Ce que contient chaque colonne", "heading", wrap=True), self.columns)
        self._result = card(self.result)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        space(self._beside, 16)
        self._beside.addWidget(self._columns, 2, Qt.AlignmentFlag.AlignTop)
        self._beside.addWidget(self._result, 3, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(self._beside)
        whole.addStretch(1)

    def start(self) -> None:
        """Ask for what is kept already; the file is chosen first."""
        self.choose.setFocus()
        self._ask_hand()

    def set_masked(self, *, masked: bool) -> None:
        """Hide names, numbers and cells, or show them again."""
        self.columns.set_masked(masked=masked)
        self.result.set_masked(masked=masked)

    @property
    def is_running(self) -> bool:
        """Tell whether the list is being written."""
        return self._is_writing

    # The list that is kept

    def _ask_hand(self) -> None:
        employer = self._employer
        if employer is not None:
            self._day.desk.ask(lambda store: at_hand(store, employer), alive(self, self._take_hand))

    def _take_hand(self, hand: AtHand) -> None:
        self._hand = hand
        self._draw()
        if self._roster is not None and not self.columns.choices:
            self._show_columns()

    def _again(self) -> None:
        self._imported = False
        self._ask_hand()
        self._judge()

    # The file

    def _choose(self) -> None:
        self.dialog = dialog = QFileDialog(self, "Choisir la liste de la collectivité", documents(), _FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.read(Path(path)))
        dialog.open()

    def read(self, path: Path) -> None:
        """Read a file and show what importing it would do."""
        self._round += 1
        asked = self._round
        self.choose.setFocus()  # what had the focus may be hidden for a moment
        self._roster = self.plan = None
        self._imported = False
        self.columns.choices.clear()
        self.trouble.setText("")
        self.invite.setText(typeset(f"Lecture de « {path.name} »…"))
        self._draw()
        self._answers.work(lambda: read(path), lambda made: self._read(asked, made), lambda f: self._refused(asked, f))

    def _read(self, asked: int, roster: Roster) -> None:
        if asked == self._round:
            self._roster = roster
            if self._hand is not None:
                self._show_columns()

    def _refused(self, asked: int, fault: Fault) -> None:
        if asked == self._round:
            self.plan = None
            if self._roster is None:
                self.invite.setText(_DROP)
            self.trouble.setText(fault.line)
            self._draw()

    def _show_columns(self) -> None:
        if self._roster is not None and self._hand is not None:
            self.columns.show_roster(self._roster, first_mapping(self._roster, self._hand))
            self._judge()

    def _judge(self) -> None:
        """Run dry again with the columns that are chosen."""
        roster, hand = self._roster, self._hand
        if roster is None or hand is None:
            return
        self._round += 1
        asked, mapping, today = self._round, self.columns.mapping, self._day.today()
        self._answers.work(
            lambda: plan(roster, mapping, hand, today),
            lambda made: self._compare(asked, made),
            lambda fault: self._refused(asked, fault),
        )

    def _compare(self, asked: int, made: Plan) -> None:
        """Ask who of them had a dossier already: the drafts alone know."""
        now = self._day.now()
        self._day.desk.ask(
            lambda store: with_former(store, made, now),
            alive(self, lambda told: self._planned(asked, told)),
            alive(self, lambda fault: self._refused(asked, fault)),
        )

    def _planned(self, asked: int, made: Plan) -> None:
        if asked == self._round:
            self.plan = made
            self.trouble.setText("")
            self._draw()
            if self.choose.hasFocus():  # what is doubtful is looked at before the button
                (self.result.enter if self.result.calls_for_eyes else self.go_on.setFocus)()

    # The import

    def _import(self) -> None:
        made, roster, hand, employer = self.plan, self._roster, self._hand, self._employer
        if made is None or roster is None or hand is None or employer is None:
            return
        writing = Import(
            roster, self.columns.mapping, made, hand, employer, self.result.removes, self._day.desk.practice
        )
        now, self._is_writing = self._day.now(), True
        self.go_on.setEnabled(False)
        self._day.desk.ask(
            lambda store: writing.write(store, now), alive(self, self._written), alive(self, self._not_written)
        )

    def _written(self, _changed: bool) -> None:  # noqa: FBT001 - an answer
        self._imported, self._is_writing = True, False
        self._ask_hand()
        self._draw()
        self.save.setFocus()

    def _not_written(self, fault: Fault) -> None:
        self._is_writing = False
        self._draw()
        tell(self._day.window, "La liste n’est pas importée", fault.line)

    def _save(self) -> None:
        if self.plan is not None:
            self.dialog = save_file(self, "Enregistrer le rapport", "Rapport d’import.csv", plan_csv(self.plan), UNKEPT)

    # On screen

    def _draw(self) -> None:
        hand, made = self._hand, self.plan
        self.kept.show_list(self._employer.name if self._employer else None, hand.roster if hand else None)
        self.trouble.setVisible(bool(self.trouble.text()))
        self._columns.setVisible(self._roster is not None and bool(self.columns.choices) and not self._imported)
        self._result.setVisible(made is not None)
        self.columns.setEnabled(not self._imported)
        self.result.alarm_card.setVisible(False)
        if made is not None:
            self.result.show_plan(made, done=self._imported)
        if self._roster is not None:
            lines = plural(len(self._roster.rows), "ligne")
            self.invite.setText(typeset(f"« {self._roster.name} », {lines}."))
        set_role(self.choose, "secondary" if self._roster is not None else "primary")
        self._offer()
        self._arrange()

    def _offer(self) -> None:
        """Say on the button what it does."""
        made = self.plan
        count = len(made.to_keep) + (len(made.absent) if self.result.removes else 0) if made else 0
        self.go_on.setVisible(made is not None and not self._imported)
        self.go_on.setEnabled(bool(count))
        if made is not None:
            agents_of = plural(len(made.to_keep), "agent")
            self.go_on.setText(typeset(f"Importer {agents_of}" if count else "Rien à importer"))
        self.save.setVisible(made is not None)
        kept = self._hand is not None and self._hand.roster is not None
        self.bulletins.setVisible(self._imported and kept)

    def _arrange(self) -> None:
        wide = self.width() >= px(_WIDE)
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one under the other where there is little room."""
        super().resizeEvent(event)
        self._arrange()

    def wants(self, paths: Sequence[Path]) -> bool:
        """Take one file."""
        return len(paths) == 1

    def take(self, paths: Sequence[Path]) -> None:
        """Read the file that is dropped."""
        self.read(paths[0])
