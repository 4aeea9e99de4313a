"""The gate before the drafts: first start, unlocking, a forgotten passphrase. It gives a key, and keeps none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.gate.page import Page
from desktop.widgets.rows import Row, secret_field
from desktop.widgets.style import button, fix, ground, px, set_role, space
from desktop.widgets.work import Answers
from forms.drafts.files import KEY_FILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from forms.faults import Fault

T = TypeVar("T")

PATIENT_AFTER = 3
"""Wrong passphrases before the next one has to wait."""
LONGEST_WAIT = 30
"""Seconds that a wait grows to. It slows a passer-by; what stops a thief of the files is Argon2."""


def wait_after(failures: int) -> int:
    """Give the seconds to wait after so many wrong passphrases: none, none, 2, 4, 8, 16, then 30."""
    return 0 if failures < PATIENT_AFTER else min(2 ** (failures - PATIENT_AFTER + 1), LONGEST_WAIT)


class UnlockPage(Page):
    """The passphrase; ``typed`` gives it, ``forgotten`` asks for the other way."""

    typed = Signal(str)
    forgotten = Signal()

    def __init__(self) -> None:
        """Lay out the field and its two ways on."""
        super().__init__("Permanence est verrouillée", "Les dossiers de cet ordinateur sont chiffrés.")
        self._failures = 0
        self._left = 0
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self.field = secret_field()
        self.row = Row("Phrase de passe", self.field)
        self.field.textChanged.connect(self._typing)
        self.field.returnPressed.connect(self._submit)
        self.whole.addWidget(self.row)
        self.go_on = button("Déverrouiller", "primary", enter=True)
        self.go_on.clicked.connect(self._submit)
        forgotten = button("Phrase de passe oubliée ?", "link", enter=True)
        forgotten.clicked.connect(self.forgotten)
        self.finish(self.go_on, forgotten)

    def wrong(self, fault: Fault) -> None:
        """Say that it was not the right one: what was typed stays, selected."""
        self._failures += 1
        self._left = wait_after(self._failures)
        self.row.error(fault.line)
        self.field.setFocus()
        self.field.selectAll()
        if self._left:
            self._clock.start()
            self._show_wait()

    def _typing(self) -> None:
        if not self._left:
            self.row.clear()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._clock.stop()
            self.go_on.setEnabled(True)
            self.row.clear()
        else:
            self._show_wait()

    def _show_wait(self) -> None:
        from forms.french import plural  # noqa: PLC0415 - not for the first paint

        self.go_on.setEnabled(False)
        self.row.error(f"Phrase de passe incorrecte. Nouvel essai dans {plural(self._left, 'seconde')}.")

    def _submit(self) -> None:
        if self._left:
            return
        if self.field.text():
            self.typed.emit(self.field.text())
        else:
            self.row.error("Tapez la phrase de passe.")


class RecoverPage(Page):
    """The recovery key of the paper; ``typed`` gives it as typed."""

    typed = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        """Lay out the field."""
        super().__init__(
            "Phrase de passe oubliée",
            "Tapez la clé de secours du papier, avec ou sans tirets, puis vous choisirez une nouvelle phrase de passe.",
        )
        self.field = QLineEdit()
        self.row = Row("Clé de secours", self.field, "Sept groupes de quatre lettres et chiffres.", lines=2)
        self.field.textChanged.connect(self.row.clear)
        self.field.returnPressed.connect(lambda: self.typed.emit(self.field.text()))
        self.whole.addWidget(self.row)
        self.go_on = button("Continuer", "primary", enter=True)
        self.go_on.clicked.connect(lambda: self.typed.emit(self.field.text()))
        back = button("Revenir", enter=True)
        back.clicked.connect(self.back)
        self.finish(back, self.go_on)


class Gate(QWidget):
    """What stands before the drafts of a folder; ``opened`` gives the 32-byte key of their database."""

    opened = Signal(bytes)
    print_asked = Signal(str)
    practice_asked = Signal()
    working = Signal(bool)
    """A passphrase is being worked on, or no more."""

    def __init__(self, folder: Path) -> None:
        """Begin with the page that this folder calls for."""
        super().__init__()
        self._folder = folder
        self._answers = Answers(self)
        self._page: Page | None = None
        self.noted = False
        """Whether who opened the drafts has the recovery key: it was noted, or typed, this time."""
        ground(self)
        card = QFrame()
        set_role(card, "card")
        fix(card, width=560)
        self._inside = QVBoxLayout(card)
        space(self._inside, 0, (32, 32, 32, 32))
        middle = ground(QWidget())
        around = QVBoxLayout(middle)
        space(around, 0, (24, 48, 24, 48))
        row = QHBoxLayout()  # not an alignment: that would forget the height that wrapped texts need
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        around.addLayout(row)
        around.addSpacing(px(16))
        self.practise = button("S’entraîner avec des personnes inventées", "link", enter=True)
        self.practise.clicked.connect(self.practice_asked)
        around.addWidget(self.practise, 0, Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(1)
        scroll = QScrollArea()  # at 200 % on a small screen the card is taller than the window
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(middle)
        whole = QHBoxLayout(self)
        space(whole, 0)
        whole.addWidget(scroll)
        self.restart()

    @property
    def page(self) -> Page | None:
        """Give the page that is shown."""
        return self._page

    def restart(self) -> None:
        """Show the first page again: nothing typed before is left."""
        self.noted = False
        if (self._folder / KEY_FILE).exists():
            self._ask_passphrase()
        else:
            from desktop.gate.first_start import ChoosePage  # noqa: PLC0415 - not to unlock

            page = ChoosePage(
                "Protéger les dossiers",
                "Les dossiers seront chiffrés sur cet ordinateur. Choisissez la phrase de passe qui les ouvre : "
                "personne ne pourra la retrouver à votre place.",
                "Continuer",
            )
            page.chosen.connect(lambda text: self._work(partial(_create, self._folder, text), self._created))
            self._show(page)

    def refuse(self, fault: Fault) -> None:
        """Say why the drafts do not open."""
        self.restart()
        self._refused(fault)

    def hold(self, why: str) -> None:
        """Say what is waited for before the drafts open; ``restart`` or ``refuse`` ends it."""
        if self._page is not None:
            self._page.refusal.setText(why)
            set_role(self._page.refusal, "attention")
            self._page.busy(True)

    def start(self) -> None:
        """Put the focus where one types."""
        if self._page is not None:
            self._page.start()

    def _ask_passphrase(self) -> None:
        page = UnlockPage()
        page.typed.connect(lambda text: self._work(partial(_unlock, self._folder, text), self.opened.emit))
        page.forgotten.connect(self._ask_recovery)
        self._show(page)

    def _ask_recovery(self) -> None:
        page = RecoverPage()
        page.typed.connect(lambda text: self._work(partial(_unlock_with_recovery, self._folder, text), self._ask_new))
        page.back.connect(self._ask_passphrase)
        self._show(page)

    def _ask_new(self, key: bytes) -> None:
        from desktop.gate.first_start import ChoosePage  # noqa: PLC0415 - likewise

        self.noted = True
        page = ChoosePage(
            "Nouvelle phrase de passe",
            "Elle remplace celle qui est oubliée. La clé de secours reste la même.",
            "Ouvrir",
        )
        page.chosen.connect(
            lambda text: self._work(
                partial(_change_passphrase, self._folder, key, text), lambda _none: self.opened.emit(key)
            )
        )
        self._show(page)

    def _created(self, made: tuple[bytes, str]) -> None:
        from desktop.gate.first_start import RecoveryPage  # noqa: PLC0415 - likewise

        key, recovery = made
        page = RecoveryPage(recovery)
        page.noted.connect(lambda: self._noted(key))
        page.print_asked.connect(self.print_asked)
        self._show(page)

    def _noted(self, key: bytes) -> None:
        self.noted = True
        self.opened.emit(key)

    def _work(self, task: Callable[[], T], then: Callable[[T], object]) -> None:
        page = self._page
        if page is None:
            return

        def done(answer: T) -> None:
            page.busy(False)
            then(answer)
            self.working.emit(False)

        page.refusal.clear()
        page.busy(True)
        self.working.emit(True)
        self._answers.work(task, done, self._refused)

    def _refused(self, fault: Fault) -> None:
        self.working.emit(False)
        page = self._page
        if page is None:
            return
        page.busy(False)
        from forms.drafts.recovery import RecoveryTypo  # noqa: PLC0415 - not for the first paint
        from forms.drafts.vault import WrongPassphrase, WrongRecovery  # noqa: PLC0415 - likewise

        if isinstance(page, UnlockPage) and isinstance(fault, WrongPassphrase):
            page.wrong(fault)
        elif isinstance(page, RecoverPage) and isinstance(fault, (RecoveryTypo, WrongRecovery)):
            page.row.error(fault.line)
            page.field.setFocus()
        else:
            page.refusal.setText(fault.line)

    def _show(self, page: Page) -> None:
        if self._page is not None:
            self._inside.removeWidget(self._page)
            self._page.hide()
            self._page.deleteLater()
        self._page = page
        self._inside.addWidget(page)
        if self.isVisible():
            page.start()


def _create(folder: Path, passphrase: str) -> tuple[bytes, str]:
    from forms.drafts import vault  # noqa: PLC0415 - the ciphers are not for the first paint

    return vault.create(folder, passphrase)


def _unlock(folder: Path, passphrase: str) -> bytes:
    from forms.drafts import vault  # noqa: PLC0415 - likewise

    return vault.unlock(folder, passphrase)


def _unlock_with_recovery(folder: Path, recovery: str) -> bytes:
    from forms.drafts import vault  # noqa: PLC0415 - likewise

    return vault.unlock_with_recovery(folder, recovery)


def _change_passphrase(folder: Path, key: bytes, passphrase: str) -> None:
    from forms.drafts import vault  # noqa: PLC0415 - likewise

    vault.change_passphrase(folder, key, passphrase)
