"""The first start: a passphrase chosen twice, then the recovery key, shown once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.gate.page import Page
from desktop.widgets.rows import Row, secret_field
from desktop.widgets.style import button, label, space
from forms.drafts.strength import MINIMUM, strength

_ADVICE = "Quatre ou cinq mots sans lien entre eux."


class NewPassphrase(QWidget):
    """A passphrase to choose, typed twice."""

    entered = Signal()

    def __init__(self, title: str = "Phrase de passe") -> None:
        """Lay out the two fields."""
        super().__init__()
        self.first = Row(title, secret_field(), _ADVICE, lines=2)
        self.second = Row("La même, une seconde fois", secret_field())
        self.shown = QCheckBox("Afficher ce que je tape")
        self.shown.toggled.connect(self._echo)
        column = QVBoxLayout(self)
        space(column, 12)
        for row in (self.first, self.second):
            column.addWidget(row)
            row.line.textChanged.connect(row.clear)
            row.line.returnPressed.connect(self.entered)
        self.first.line.textChanged.connect(self._weigh)
        column.addWidget(self.shown)

    def _echo(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for row in (self.first, self.second):
            row.line.setEchoMode(mode)

    def _weigh(self, text: str) -> None:
        self.first.hint(strength(text)[1] if text else _ADVICE)

    def chosen(self) -> str | None:
        """Give the passphrase once it is strong enough and the same twice; else say what is wrong, and go there."""
        text = self.first.text
        score, advice = strength(text)
        if not text or score < MINIMUM:
            self.first.error(advice if text else "Choisissez une phrase de passe.")
            self.first.field.setFocus()
            return None
        if self.second.text != text:
            self.second.error("Les deux phrases ne sont pas les mêmes." if self.second.text else "Tapez-la encore ici.")
            self.second.field.setFocus()
            return None
        return text


class ChoosePage(Page):
    """A passphrase, twice; ``chosen`` gives it once it is strong enough and typed the same way both times."""

    chosen = Signal(str)

    def __init__(self, title: str, text: str, go_on: str) -> None:
        """Lay out the two fields."""
        super().__init__(title, text)
        self._new = NewPassphrase()
        self.first, self.second = self._new.first, self._new.second
        self._new.entered.connect(self._submit)
        self.whole.addWidget(self._new)
        self.go_on = button(go_on, "primary", enter=True)
        self.go_on.clicked.connect(self._submit)
        self.finish(self.go_on)

    def _submit(self) -> None:
        text = self._new.chosen()
        if text is not None:
            self.chosen.emit(text)


class RecoveryKey(QWidget):
    """The recovery key, to copy or print, and the tick that says that it is on paper."""

    print_asked = Signal(str)

    def __init__(self, recovery: str) -> None:
        """Show ``recovery``, which nothing keeps."""
        super().__init__()
        column = QVBoxLayout(self)
        space(column, 12)
        self.key = label(recovery, "key")
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.key.setAccessibleName("Clé de secours")
        column.addWidget(self.key)
        copy, paper = button("Copier", enter=True), button("Imprimer…", enter=True)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(recovery))
        paper.clicked.connect(lambda: self.print_asked.emit(recovery))
        row = QHBoxLayout()
        space(row, 12)
        row.addWidget(copy)
        row.addWidget(paper)
        row.addStretch(1)
        column.addLayout(row)
        self.sure = QCheckBox("Je l’ai notée")
        column.addWidget(self.sure)


class RecoveryPage(Page):
    """The recovery key, to copy or print; ``noted`` once the user says that it is on paper."""

    noted = Signal()
    print_asked = Signal(str)

    def __init__(self, recovery: str) -> None:
        """Show ``recovery``, which nothing keeps."""
        super().__init__(
            "Votre clé de secours",
            "Si la phrase de passe est oubliée, cette clé seule rouvre les dossiers. Elle ne sera plus affichée : "
            "imprimez-la ou notez-la, et gardez-la ailleurs que près de l’ordinateur.",
        )
        shown = RecoveryKey(recovery)
        shown.print_asked.connect(self.print_asked)
        self.key, self.sure = shown.key, shown.sure
        self.whole.addWidget(shown)
        self.go_on = button("Ouvrir la permanence", "primary", enter=True)
        self.go_on.setEnabled(False)
        self.sure.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.connect(self.noted)
        self.finish(self.go_on)

    def start(self) -> None:
        """Put the focus on the key."""
        self.key.setFocus()
