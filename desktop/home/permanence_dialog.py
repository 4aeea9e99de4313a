"""The dialogue in which a permanence is set: eight facts, read as people write them, judged when a field is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop.desk.permanence import Permanence
from desktop.widgets.dialogs import Dialog
from desktop.widgets.rows import Choice, Row
from desktop.widgets.style import label, set_role, space
from forms.dossier.entry import cleaned
from forms.dossier.identifiers import format_siret, siret_flaw
from forms.dossier.model import Employer
from forms.french import amount, is_no_day, read_date, read_money, short_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from decimal import Decimal

    from forms.convention import Library

_DATE = "Cette date ne se lit pas : écrivez-la comme 03/02/2026."
_NO_DAY = "Ce jour n’existe pas : vérifiez le jour et le mois."
_MONEY = "Ce montant ne se lit pas : écrivez-le comme 15 ou 15,50."


class PermanenceDialog(Dialog):
    """``chosen`` gives the new permanence; nothing that was typed is ever erased."""

    topic = "home"

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None, permanence: Permanence | None, library: Library, today: dt.date) -> None:
        """Show a permanence as it stands."""
        super().__init__(
            parent, "La permanence",
            "Ces réponses remplissent chaque nouveau dossier. Les dossiers commencés ne changent pas.", width=720,
        )  # fmt: skip
        self._today = today
        permanence = permanence or Permanence()
        self.convention = Choice()
        self.convention.addItem("à choisir", None)
        for known in library.conventions:
            self.convention.addItem(known.title, known.id)
        self.convention.setCurrentIndex(max(0, self.convention.findData(permanence.convention)))
        employer = permanence.employer
        self.place = self._row("Lieu de la permanence", permanence.place, "La ville, reprise dans « Fait à ».")
        self.day = self._row("Jour", short_date(permanence.day_on(today)), "Par exemple 03/02/2026.")
        self.name = self._row("Collectivité", employer.name, "L’employeur des agents reçus.")
        self.siret = self._row(
            "SIRET", format_siret(employer.siret) if employer.siret else None, "14 chiffres ; peut attendre.", lines=3
        )
        self.joined_on = self._row(
            "Date d’adhésion de la collectivité", short_date(employer.joined_on) if employer.joined_on else None,
            "Date d’effet de son adhésion à la convention.", lines=2,
        )  # fmt: skip
        self.participation = self._row(
            "Participation par mois", None if employer.participation is None else amount(employer.participation),
            "En euros. Laissez vide si elle n’est pas connue.", lines=2,
        )  # fmt: skip
        self._lay_out(library.notes)
        for row in (self.day, self.siret, self.joined_on, self.participation):
            row.line.editingFinished.connect(lambda row=row: self._judge(row))
        self.add_button("Annuler", "secondary", self.reject)
        self.go_on = self.add_button("Enregistrer", "primary", self._submit)
        self.place.field.setFocus()

    def _row(self, title: str, text: str | None, hint: str, *, lines: int = 1) -> Row:
        field = QLineEdit(text or "")
        field.setMaxLength(300)
        field.setCursorPosition(0)
        made = Row(title, field, hint, lines=lines)
        field.textChanged.connect(made.clear)
        return made

    def _lay_out(self, notes: Sequence[str]) -> None:
        inside = QWidget()
        set_role(inside, "surface")
        grid = QGridLayout(inside)
        space(grid, 12, (4, 4, 12, 4))
        grid.addWidget(self.place, 0, 0)
        grid.addWidget(self.day, 0, 1)
        self.chosen_row = convention = Row("Convention", self.convention)
        self.convention.currentIndexChanged.connect(convention.clear)
        for note in notes:  # a folder of conventions that could not be read is said where one would look for it
            convention.add(label(note, "attention", wrap=True))
        grid.addWidget(convention, 1, 0, 1, 2)
        grid.addWidget(self.name, 2, 0)
        grid.addWidget(self.siret, 2, 1)
        grid.addWidget(self.joined_on, 3, 0)
        grid.addWidget(self.participation, 3, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._scroll = self.add_scrolled(inside)

    def _judge(self, row: Row) -> bool:
        """Say what is wrong with a field; False when what is typed in it cannot be read."""
        text = row.text.strip()
        if row is self.siret:
            # Kept, it would be an error of each new dossier; what is typed stays in the field, to be mended or emptied.
            flaw = siret_flaw(text) if text else None
            if flaw is not None:
                row.error(flaw.message)
            return flaw is None
        unread = bool(text) and (self._money(row) if row is self.participation else self._date(row)) is None
        if unread:
            row.error(_MONEY if row is self.participation else _NO_DAY if is_no_day(row.text) else _DATE)
        elif row is self.day and not text:
            row.error("Le jour de la permanence manque.")
        return not unread and not (row is self.day and not text)

    def _date(self, row: Row) -> dt.date | None:
        return read_date(row.text, self._today, birth=False)

    def _money(self, row: Row) -> Decimal | None:
        return read_money(row.text)

    def _submit(self) -> None:
        judged = (self.day, self.siret, self.joined_on, self.participation)
        wrong = [row for row in judged if not self._judge(row)]
        # Where no convention could be read there is none to choose.
        if self.convention.currentData() is None and self.convention.count() > 1:
            self.chosen_row.error("Choisissez la convention.")
            wrong.insert(1 if self.day in wrong else 0, self.chosen_row)  # in the order of the screen
        if wrong:
            wrong[0].field.setFocus()
            self._scroll.ensureWidgetVisible(wrong[0])
            return
        self.chosen.emit(
            Permanence(
                place=cleaned(self.place.text),
                day=self._date(self.day),
                said_on=self._today,
                convention=self.convention.currentData(),
                employer=Employer(
                    name=cleaned(self.name.text),
                    siret=cleaned(self.siret.text),
                    joined_on=self._date(self.joined_on),
                    participation=self._money(self.participation),
                ),
            )
        )
        self.accept()
