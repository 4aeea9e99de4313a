"""Receiving a transfer at headquarters, from the menu of the list: which file, with which key, and what it brought."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.dialogs import Dialog, column, confirm, tell
from desktop.widgets.rows import Row, secret_field
from desktop.widgets.style import button, label, set_role, space
from desktop.widgets.work import Answers
from forms.day.receiving import receive
from forms.exchange.commands import identity_of
from forms.exchange.keys import WrongKeyPassphrase
from forms.exchange.merging import merge_lines
from forms.french import typeset

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from desktop.day.actions import Day
    from forms.exchange.merging import Merge
    from forms.exchange.transfer import Parcel, Transfer
    from forms.faults import Fault


class ReceiveDialog(Dialog):
    """Nothing changes before « Recevoir »; a refusal leaves everything as it was."""

    topic = "receive"

    def __init__(self, day: Day) -> None:
        """Ask for the two files."""
        super().__init__(
            day.window, "Recevoir un transfert",
            "Les dossiers du fichier rejoignent ceux de ce poste. Recevoir deux fois le même fichier ne change rien.",
            width=640,
        )  # fmt: skip
        self._day = day
        self._answers = Answers(self)
        inside = QWidget()
        set_role(inside, "surface")
        whole = QVBoxLayout(inside)
        space(whole, 12, (4, 4, 12, 4))
        self.file = Row("Fichier de transfert", _path(), "Le fichier « .age » que le conseiller a remis.", lines=2)
        self.key = Row("Clé secrète du siège", _path(), "Le fichier fait par « permanence keys new ».", lines=2)
        self.passphrase = Row("Phrase de passe de la clé", secret_field(), "Laissez vide si la clé n’en a pas.")
        for row, title, kinds in (
            (self.file, "Fichier de transfert", "Transfert (*.age);;Tout (*)"),
            (self.key, "Clé secrète du siège", "Tout (*)"),
        ):
            row.line.textChanged.connect(row.clear)
            row.beside(self._door(row, title, kinds))
            whole.addWidget(row)
        self.passphrase.line.textChanged.connect(self.passphrase.clear)
        self.passphrase.line.returnPressed.connect(self.submit)
        whole.addWidget(self.passphrase)
        self._scroll = self.add_scrolled(inside)
        self.add_button("Annuler", "secondary", self.reject)
        self.go_on = self.add_button("Recevoir", "primary", self.submit)
        self.file.field.setFocus()

    def _door(self, row: Row, title: str, kinds: str) -> QPushButton:
        door = button("Choisir…", enter=True)
        door.setAccessibleName(f"Choisir : {title}")
        door.clicked.connect(partial(self._choose, row, title, kinds))
        return door

    def _choose(self, row: Row, title: str, kinds: str) -> None:
        dialog = QFileDialog(self, title, QDir.homePath(), kinds)
        dialog.fileSelected.connect(row.line.setText)
        dialog.open()

    def submit(self) -> None:
        """Open the key away from the window's thread, which takes a second, then receive."""
        for row, words in ((self.file, "Choisissez le fichier reçu."), (self.key, "Choisissez le fichier de la clé.")):
            if not row.text.strip():
                row.error(words)
                row.field.setFocus()
                return
        path, typed = Path(self.key.text.strip()), self.passphrase.text
        self._busy(busy=True)
        self.repaint()  # age opens a key for a second, and lets nothing else run meanwhile
        self._answers.work(lambda: identity_of(path, lambda: typed), self._receive, self._no_key)

    def _busy(self, *, busy: bool) -> None:
        self.setEnabled(not busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)

    def _receive(self, identity: str) -> None:
        path, now = Path(self.file.text.strip()), self._day.now()

        def received(transfer: Transfer, merged: Merge) -> None:
            self.accept()
            self._day.list()
            Receipt(self._day, path, identity, transfer, merged).open()

        self._day.desk.ask(
            lambda store: receive(store, path, identity, now),
            lambda done: self._answers.hand(lambda: received(*done)),
            lambda fault: self._answers.hand(lambda: self._no_file(fault)),
        )

    def _no_key(self, fault: Fault) -> None:
        self._at(self.passphrase if isinstance(fault, WrongKeyPassphrase) else self.key, fault)

    def _no_file(self, fault: Fault) -> None:
        self._at(self.file, fault)

    def _at(self, row: Row, fault: Fault) -> None:
        self._busy(busy=False)
        row.error(fault.line)
        row.field.setFocus()
        row.line.selectAll()


class Receipt(Dialog):
    """What a transfer brought; a doubtful version is taken here, each by a decision of its own."""

    topic = "receive"

    def __init__(self, day: Day, path: Path, identity: str, transfer: Transfer, merged: Merge) -> None:
        """Show the receipt, what was done, and what is left to a person."""
        super().__init__(day.window, f"Accusé de réception {transfer.receipt}", width=640)
        self._day, self._path, self._identity = day, path, identity
        self._answers = Answers(self)
        self.body.addWidget(label("Lisez cet accusé au conseiller : il confirmera le transfert chez lui.", wrap=True))
        lines = [label(typeset(line.strip()), wrap=True) for line in merge_lines(transfer, merged)]
        self.taking = [self._door(item.parcel) for item in merged.conflicts if item.may_take]
        self.add_scrolled(column([*lines, *self.taking]))
        self.add_button("Fermer", "primary", self.accept).setFocus()

    def _door(self, parcel: Parcel) -> QPushButton:
        door = button(f"Reprendre la version {parcel.version} de {parcel.reference}…", enter=True)
        door.clicked.connect(lambda _on: self._ask(parcel))
        return door

    def _ask(self, parcel: Parcel) -> None:
        confirm(
            self,
            f"Reprendre la version {parcel.version} de {parcel.reference} ?",
            "Elle remplace celle d’ici. Le fichier ne prouve pas qui l’a envoyé : demandez d’abord au conseiller.",
            "Reprendre",
            lambda: self._take(parcel.digest),
            danger=True,
        )

    def _take(self, digest: str) -> None:
        path, identity, now = self._path, self._identity, self._day.now()

        def received(transfer: Transfer, merged: Merge) -> None:
            self.accept()
            self._day.list()
            Receipt(self._day, path, identity, transfer, merged).open()

        self.setEnabled(False)
        self._day.desk.ask(
            lambda store: receive(store, path, identity, now, {digest}),
            lambda done: self._answers.hand(lambda: received(*done)),
            lambda fault: self._answers.hand(lambda: self._refused(fault)),
        )

    def _refused(self, fault: Fault) -> None:
        self.setEnabled(True)
        tell(self, "Rien n’a été repris", fault.line)


def _path() -> QLineEdit:
    made = QLineEdit()
    made.setMaxLength(1000)
    return made


def show(day: Day) -> None:
    """Ask what is to be received."""
    ReceiveDialog(day).open()
