"""Whom transfer files are for: the public keys kept here, each with its name and its fingerprint."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QDir
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.dialogs import Dialog
from desktop.widgets.rows import Row
from desktop.widgets.style import button, label, set_role, space
from desktop.widgets.work import Answers
from forms.day import recipients
from forms.exchange.bounds import read_bounded
from forms.exchange.keys import fingerprint, parse_recipients
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.desk.desk import Desk
    from forms.day.recipients import Recipient
    from forms.drafts.store import DraftStore

T = TypeVar("T")

_KEY_FILE = 100_000
"""Bytes of a file that holds a public key."""
_HINT = "Elle commence par « age1 » ; collez-la ou ouvrez son fichier."
_KINDS = "Clé publique (*.pub *.txt);;Tout (*)"


class RecipientsDialog(Dialog):
    """Adds and removes at once; closing it changes nothing more."""

    topic = "closing"

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        """Ask for those kept."""
        super().__init__(
            parent, "Destinataires des transferts",
            "Un fichier de transfert ne s’ouvre qu’avec la clé secrète d’un destinataire. Au téléphone, "
            "comparez l’empreinte : c’est elle qui dit que la clé est la bonne.", width=640,
        )  # fmt: skip
        self._desk = desk
        self._answers = Answers(self)
        inside = QWidget()
        set_role(inside, "surface")
        column = QVBoxLayout(inside)
        space(column, 12, (4, 4, 12, 4))
        self._known = QVBoxLayout()
        space(self._known, 4)
        column.addLayout(self._known)
        self.name = Row("Nom", _line(), "Par exemple « Siège, service adhésions ».")
        self.key = Row("Clé publique", _line(), _HINT, lines=2)
        self.key.line.textChanged.connect(self._typed)
        self.name.line.textChanged.connect(self.name.clear)
        column.addWidget(self.name)
        column.addWidget(self.key)
        self._scroll = self.add_scrolled(inside)
        self.add_button("Fermer", "secondary", self.accept)
        self.file = self.add_button("Ouvrir un fichier…", "secondary", self._ask_file)
        self.add = self.add_button("Ajouter", "primary", self._add)
        self.name.field.setFocus()
        self._ask()

    def _ask(self) -> None:
        self._ask_desk(recipients.recipients, self._show)

    def _ask_desk(self, question: Callable[[DraftStore], T], then: Callable[[T], object]) -> None:
        # An answer that comes after the dialogue is closed is dropped.
        self._desk.ask(
            question,
            lambda answer: self._answers.hand(lambda: then(answer)),
            lambda fault: self._answers.hand(lambda: self._refused(fault)),
        )

    def _show(self, known: tuple[Recipient, ...]) -> None:
        while (item := self._known.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        told = [self._told(one) for one in known] or [label("Aucun destinataire pour l’instant.", "second")]
        for widget in told:
            self._known.addWidget(widget)
            widget.show()  # at once: what is not shown yet has no height
        self.fit_scrolled(self._scroll)

    def _told(self, one: Recipient) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        space(row, 12)
        row.addWidget(label(one.name, "label", wrap=True), 1)
        row.addWidget(label(f"empreinte {one.fingerprint}", "second"))
        gone = button("Retirer", "link", enter=True)
        gone.setAccessibleName(f"Retirer {one.name}")
        gone.clicked.connect(partial(self._remove, one))
        row.addWidget(gone)
        return made

    def _typed(self, text: str) -> None:
        """Show the fingerprint of what is a key; say nothing of what is not yet one."""
        try:
            keys = parse_recipients(text)
        except Fault:
            keys = ()
        self.key.hint(
            f"Empreinte : {fingerprint(keys[0])}. Comparez-la avec celle que lit son détenteur."
            if len(keys) == 1
            else _HINT
        )

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, "Clé publique d’un destinataire", QDir.homePath(), _KINDS)
        dialog.fileSelected.connect(lambda path: self.read(Path(path)))
        dialog.open()

    def read(self, path: Path) -> None:
        """Put the key of a file in its field."""
        try:
            text = read_bounded(path, _KEY_FILE).decode("utf-8-sig", errors="replace")
            (key, *_) = parse_recipients(text)
        except Fault as fault:
            self.key.error(fault.line)
            return
        self.key.line.setText(key)
        self.name.field.setFocus()

    def _add(self) -> None:
        name, key = self.name.text, self.key.text
        if not name.strip():
            self.name.error("Donnez un nom à ce destinataire.")
            self.name.field.setFocus()
            return
        self._ask_desk(lambda store: recipients.add(store, name, key), self._added)

    def _added(self, _one: Recipient) -> None:
        self.name.line.clear()
        self.key.line.clear()
        self._ask()
        self.name.field.setFocus()

    def _remove(self, one: Recipient) -> None:
        self._ask_desk(lambda store: recipients.remove(store, one.key), lambda _none: self._ask())

    def _refused(self, fault: Fault) -> None:
        self.key.error(fault.line)
        self.key.field.setFocus()


def _line() -> QLineEdit:
    made = QLineEdit()
    made.setMaxLength(300)
    return made
