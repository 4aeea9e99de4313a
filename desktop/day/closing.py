"""The page that closes a day: what it comes to, the files to write, and the transfers to confirm."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.day.closing_shown import AGAIN, content, said_before, transfer_line, written
from desktop.day.over_list import OverList
from desktop.paper.printing import print_pdf
from desktop.widgets.choosing import documents
from desktop.widgets.reading import read_in_order
from desktop.widgets.style import button, label, set_role, space
from desktop.widgets.work import Answers
from forms.day import ending, looking
from forms.day.recipients import recipients
from forms.french import listing, plural, typeset, weekday_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.day.actions import Day
    from forms.day.ending import Closed, Confirmed
    from forms.day.looking import Pending
    from forms.day.recipients import Recipient
    from forms.drafts.store import DraftStore
    from forms.faults import Fault

T = TypeVar("T")

PRACTICE = "Dans l’entraînement, rien ne s’écrit et rien ne se transmet : cette page se regarde."
NO_RECIPIENT = (
    "Aucun destinataire : les listes et la page de clôture s’écrivent sans fichier de transfert. Ajoutez la clé "
    "publique que le siège vous a remise."
)


class ClosingPage(OverList):
    """Reads the day again after each thing done; nothing is written before « Écrire les fichiers… »."""

    topic = "closing"

    def __init__(self, day: Day) -> None:
        """Lay out, and ask for the day."""
        super().__init__(
            f"Clôturer la journée, {weekday_date(day.today())}",
            "Ce que la journée représente, la liste de chaque collectivité, et le fichier de transfert pour le siège. "
            "Rien ne s’écrit avant que vous ne le demandiez.",
        )
        self._day = day
        self._answers = Answers(self)
        self._pdf = b""
        self._found: looking.Day | None = None
        self._is_writing = False
        self.said = label("", "label", wrap=True)
        self.before = label("", "label", wrap=True)
        self.again_means = label(AGAIN, "second", wrap=True)
        for line in (self.said, self.before, self.again_means):
            line.hide()
            self.body.addWidget(line)
        self._place = QVBoxLayout()
        space(self._place, 0)
        self.body.addLayout(self._place)
        self._content: QWidget | None = None
        self._transfer = QWidget()
        self._lay_out_transfer()
        self.print = self.add_button("Imprimer la page de clôture…", "secondary", self._print)
        self.print.hide()
        self.write = self.add_button("Écrire les fichiers…", "primary", self.ask_folder)
        self.write.setEnabled(False)
        self.look()

    def _lay_out_transfer(self) -> None:
        column = QVBoxLayout(self._transfer)
        space(column, 8)
        column.addWidget(label("Le transfert", "heading"))
        line = QHBoxLayout()
        space(line, 8)
        self.to = label("", wrap=True)
        self.change = button("Destinataires…", "link", enter=True)
        self.change.clicked.connect(lambda _on: self._ask_recipients())
        line.addWidget(self.to, 1)
        line.addWidget(self.change)
        column.addLayout(line)
        self.going = label("", wrap=True)
        column.addWidget(self.going)
        self._pending = QVBoxLayout()
        space(self._pending, 4)
        column.addLayout(self._pending)
        self.again = QCheckBox("Remettre dans le prochain fichier ce qui n’est pas encore confirmé")
        self.again.toggled.connect(lambda _on: self.look())
        column.addWidget(self.again)
        self.body.addWidget(self._transfer)
        self._transfer.hide()

    def start(self) -> None:
        """Put the focus on the way back: what is to be done comes with the day."""
        self.back.setFocus()

    @property
    def is_running(self) -> bool:
        """Tell whether the files are being written: what they are is said then."""
        return self._is_writing

    def look(self) -> None:
        """Read the day again."""
        conventions, today, now = self._day.desk.conventions, self._day.today(), self._day.now()
        again = self.again.isChecked()
        self._ask(
            lambda store: (looking.look(store, conventions, today, now, again=again), recipients(store)),
            lambda found: self._show(*found),
        )

    def _ask(self, question: Callable[[DraftStore], T], then: Callable[[T], object]) -> None:
        # An answer that comes after the page is left is dropped.
        self._day.desk.ask(
            question,
            lambda answer: self._answers.hand(lambda: then(answer)),
            lambda fault: self._answers.hand(lambda: self._refused(fault)),
        )

    def _show(self, found: looking.Day, to: tuple[Recipient, ...]) -> None:
        practice = self._day.desk.practice
        self._found = found
        self.before.setText(said_before(found))
        for line in (self.before, self.again_means):
            line.setVisible(bool(found.before))
        if self._content is not None:
            self._place.removeWidget(self._content)
            self._content.deleteLater()
        self._content = content(found)
        self._place.addWidget(self._content)
        read_in_order(self._transfer.parentWidget())
        names = listing([f"« {one.name} » ({one.fingerprint})" for one in to])
        self.to.setText(typeset(f"Pour {names}." if to else NO_RECIPIENT))
        leaves = (
            ("dossier imprimé part", "dossiers imprimés partent")
            if to
            else ("dossier imprimé attend", "dossiers imprimés attendent")
        )
        count = plural(len(found.going), *leaves)
        self.going.setText(typeset(f"{count}." if found.going else "Aucun dossier imprimé n’attend de partir."))
        self._show_pending(found.pending)
        self._transfer.setVisible(not practice)
        was = self.write.isEnabled()
        self.write.setEnabled(bool(found.lines) and not practice)
        if practice:
            self._say(PRACTICE)
        if self.write.isEnabled() and not was and self.back.hasFocus():
            self.write.setFocus()

    def _show_pending(self, pending: tuple[Pending, ...]) -> None:
        while (item := self._pending.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for rank, one in enumerate(pending, 1):
            waiting = self._waiting(one, rank, len(pending))
            self._pending.addWidget(waiting)
            waiting.show()  # at once, to whoever reads the page with its words
        self.again.setVisible(bool(pending))

    def _waiting(self, one: Pending, rank: int, of: int) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        space(row, 12)
        text = transfer_line(one, rank, of, self._day.now())
        row.addWidget(label(text, wrap=True), 1)
        done = button("Transfert confirmé…", "secondary", enter=True)
        done.setAccessibleName(f"Transfert confirmé : {text}")
        done.clicked.connect(partial(self._ask_confirmed, one))
        row.addWidget(done)
        return made

    # What is done

    def ask_folder(self) -> QFileDialog:
        """Ask where the files go, then write them."""
        dialog = QFileDialog(self, "Où écrire les fichiers de la clôture ?", documents())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self.write_into(Path(path)))
        dialog.open()
        return dialog

    def write_into(self, folder: Path) -> None:
        """Close the day into a new folder there."""
        conventions, today, now = self._day.desk.conventions, self._day.today(), self._day.now()
        again = self.again.isChecked()
        self.write.setEnabled(False)
        self._is_writing = True
        self._ask(lambda store: ending.close(store, conventions, folder, today, now, again=again), self._closed)

    def _closed(self, closed: Closed) -> None:
        self._pdf, self._is_writing = closed.page, False
        self.again.setChecked(False)
        self._say(written(closed))
        self.print.show()
        self.print.setFocus()
        self.look()

    def _print(self) -> None:
        print_pdf(self, self._pdf, "Page de clôture", lambda: None)

    def _ask_confirmed(self, one: Pending) -> None:
        from desktop.day.arrived_dialog import ArrivedDialog  # noqa: PLC0415 - for those who confirm

        asked = ArrivedDialog(self, one)
        asked.accepted.connect(partial(self.confirm, one.receipt))
        asked.open()

    def confirm(self, receipt: str) -> None:
        """Take a transfer for arrived."""
        now = self._day.now()
        self._ask(lambda store: ending.confirm(store, receipt, now), self._confirmed)

    def _confirmed(self, done: Confirmed) -> None:
        text = f"{plural(len(done.sent), 'dossier transmis', 'dossiers transmis')}."
        if done.left:
            text += f" Laissés, car changés depuis ou supprimés : {', '.join(done.left)}."
        self._say(text)
        self.look()

    def _ask_recipients(self) -> None:
        from desktop.day.recipients_dialog import RecipientsDialog  # noqa: PLC0415 - for those who change them

        asked = RecipientsDialog(self, self._day.desk)
        asked.finished.connect(lambda _code: self.look())
        asked.open()

    def _say(self, text: str, role: str = "label") -> None:
        """Say what was done, or what kept it from being done, at the top of the page."""
        self.said.setText(typeset(text))
        set_role(self.said, role)
        self.said.show()
        self.findChildren(QScrollArea)[0].verticalScrollBar().setValue(0)

    def _refused(self, fault: Fault) -> None:
        self._is_writing = False
        self._say(fault.line, "error")
        self.write.setEnabled(self._found is not None and bool(self._found.lines) and not self._day.desk.practice)


def show(day: Day) -> None:
    """Show the page over the list."""
    day.show_page(ClosingPage(day))
