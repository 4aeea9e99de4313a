"""What protects the open drafts, from the menu "Options": another passphrase, another recovery key, the idle lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gate.first_start import NewPassphrase, RecoveryKey
from desktop.gate.idle import MINUTES
from desktop.widgets.dialogs import Dialog
from desktop.widgets.rows import Choice, Row, secret_field
from desktop.widgets.style import label, set_role, space
from desktop.widgets.work import Answers
from forms.drafts import vault
from forms.french import plural

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from forms.faults import Fault

T = TypeVar("T")


class Guarded(Dialog):
    """Something that only who knows the present passphrase may do: it is asked here, beside what is to be done."""

    topic = "security"

    def __init__(self, parent: QWidget, folder: Path, title: str, text: str, go_on: str) -> None:
        """Lay out the present passphrase, what ``add`` puts under it, and the buttons."""
        super().__init__(parent, title, text, width=560)
        self._folder = folder
        self._answers = Answers(self)
        self.present = Row("Phrase de passe actuelle", secret_field())
        self.present.line.textChanged.connect(self.present.clear)
        self.present.line.returnPressed.connect(self.submit)
        self.refusal = label("", "error", wrap=True)
        inside = QWidget()
        set_role(inside, "surface")
        self._column = column = QVBoxLayout(inside)
        space(column, 12, (4, 4, 12, 4))
        column.addWidget(self.present)
        self.fill(column)
        self._scroll = self.add_scrolled(inside)
        self.body.addWidget(self.refusal)
        self.refusal.hide()
        self.cancel = self.add_button("Annuler", "secondary", self.reject)
        self.go_on = self.add_button(go_on, "primary", self.submit)
        self.present.field.setFocus()

    def fill(self, column: QVBoxLayout) -> None:
        """Put what else is asked under the passphrase."""

    def submit(self) -> None:
        """Check what was typed, then do it."""
        raise NotImplementedError

    def work(self, task: Callable[[bytes], T], then: Callable[[T], object]) -> None:
        """Open with the present passphrase and do ``task`` with the key, elsewhere; a refusal is said at its place."""
        text, folder = self.present.text, self._folder
        if not text:
            self.present.error("Tapez la phrase de passe actuelle.")
            self.present.field.setFocus()
            return

        def done(answer: T) -> None:
            self._busy(busy=False)
            then(answer)

        self._busy(busy=True)
        self._answers.work(lambda: task(vault.unlock(folder, text)), done, self._refused)

    def _busy(self, *, busy: bool) -> None:
        self.setEnabled(not busy)
        self.setCursor(Qt.CursorShape.BusyCursor if busy else Qt.CursorShape.ArrowCursor)

    def _refused(self, fault: Fault) -> None:
        self._busy(busy=False)
        if isinstance(fault, vault.WrongPassphrase):
            self.present.error(fault.line)
            self.present.field.setFocus()
            self.present.line.selectAll()
        else:
            self.refusal.setText(fault.line)
            self.refusal.show()


class PassphraseDialog(Guarded):
    """Another passphrase; ``changed`` once it is the one that opens."""

    changed = Signal()

    def __init__(self, parent: QWidget, folder: Path) -> None:
        """Lay out the three fields."""
        super().__init__(
            parent, folder, "Changer la phrase de passe",
            "La clé de secours et les dossiers restent les mêmes.", "Changer",
        )  # fmt: skip

    def fill(self, column: QVBoxLayout) -> None:
        """Ask for the new one, twice."""
        self.new = NewPassphrase("Nouvelle phrase de passe")
        self.new.entered.connect(self.submit)
        column.addWidget(self.new)

    def submit(self) -> None:
        """Change it, once the new one is strong enough."""
        chosen, folder = self.new.chosen() if self.present.text else "", self._folder
        if chosen is not None:
            self.work(lambda key: vault.change_passphrase(folder, key, chosen), lambda _none: self._changed())

    def _changed(self) -> None:
        self.changed.emit()
        self.accept()


class RecoveryDialog(Guarded):
    """Another recovery key: the former one opens nothing any more, and this one is shown once."""

    drawn = Signal()
    """The new key is in force: until ``noted`` no one has it."""
    noted = Signal()
    print_asked = Signal(str)

    def __init__(self, parent: QWidget, folder: Path) -> None:
        """Ask for the passphrase; the key comes after."""
        super().__init__(
            parent, folder, "Nouvelle clé de secours",
            "L’ancienne clé, celle du papier, n’ouvrira plus rien : la nouvelle la remplace.", "Faire une nouvelle clé",
        )  # fmt: skip
        self.key: RecoveryKey | None = None

    def submit(self) -> None:
        """Draw it."""
        folder = self._folder
        self.work(lambda key: vault.new_recovery(folder, key), self._show)

    def _show(self, recovery: str) -> None:
        self.drawn.emit()
        self.key = key = RecoveryKey(recovery)
        key.print_asked.connect(self.print_asked)
        self.present.hide()
        for shown in (label("Elle ne sera plus affichée : imprimez-la ou notez-la.", wrap=True), key):
            self._column.addWidget(shown)
            shown.show()  # at once: what is not shown yet has no height
        self.cancel.hide()
        self.go_on.setText("Fermer")
        self.go_on.setEnabled(False)
        key.sure.toggled.connect(self.go_on.setEnabled)
        self.go_on.clicked.disconnect()
        self.go_on.clicked.connect(lambda _on: self.accept())
        self.accepted.connect(self.noted)
        self.fit_scrolled(self._scroll)
        key.key.setFocus()


class AutoLockDialog(Dialog):
    """After how many minutes without a key the drafts are locked; ``chosen`` gives them."""

    topic = "security"

    chosen = Signal(int)

    def __init__(self, parent: QWidget, minutes: int) -> None:
        """Show the minutes as they are."""
        super().__init__(
            parent, "Verrouillage automatique",
            "Sans une touche ni un mouvement de souris, les dossiers se verrouillent d’eux-mêmes. "
            "Rien n’est perdu : tout est déjà enregistré.",
        )  # fmt: skip
        self.choice = Choice()
        for offered in MINUTES:
            self.choice.addItem(plural(offered, "minute"), offered)
        self.choice.setCurrentIndex(self.choice.findData(minutes))
        self.body.addWidget(Row("Verrouiller après", self.choice, lines=0))
        self.add_button("Annuler", "secondary", self.reject)
        self.add_button("Enregistrer", "primary", self._submit)
        self.choice.setFocus()

    def _submit(self) -> None:
        self.chosen.emit(self.choice.currentData())
        self.accept()
