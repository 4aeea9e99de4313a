"""The gate: a first start, a wrong passphrase, a forgotten one; nothing typed is lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.gate import unlock
from desktop.gate.first_start import ChoosePage, RecoveryPage
from desktop.gate.unlock import RecoverPage, UnlockPage, wait_after
from forms.drafts import vault
from tests.desktop.conftest import PASSPHRASE, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop.conftest import Desktop

P = TypeVar("P", bound=QObject)


def page(desktop: Desktop, kind: type[P]) -> P:
    """Wait for a page of the gate."""
    desktop.wait(lambda: isinstance(desktop.window.gate.page, kind))
    shown = desktop.window.gate.page
    assert isinstance(shown, kind)
    return shown


def test_first_start(closed: Desktop, folder: Path) -> None:
    """A new user types a passphrase twice, notes the key, and is at an empty list; both then open the drafts."""
    choose = page(closed, ChoosePage)
    closed.wait(choose.first.field.hasFocus)
    write("motdepasse")
    closed.key(Qt.Key.Key_Return)
    assert "Très faible" in choose.first.message
    assert choose.first.text == "motdepasse"
    choose.first.line.selectAll()
    write(PASSPHRASE)
    assert choose.first.message.startswith(("Bonne", "Très bonne", "Moyenne"))
    closed.key(Qt.Key.Key_Return)
    assert choose.second.message == "Tapez-la encore ici."
    write("autre chose")
    closed.key(Qt.Key.Key_Return)
    assert choose.second.message == "Les deux phrases ne sont pas les mêmes."
    assert choose.second.text == "autre chose"
    choose.second.line.selectAll()
    write(PASSPHRASE)
    closed.key(Qt.Key.Key_Return)
    shown = page(closed, RecoveryPage)
    printed = shown.key.text()
    assert not shown.go_on.isEnabled()
    shown.sure.setFocus()
    closed.key(Qt.Key.Key_Space)
    shown.go_on.setFocus()
    closed.key(Qt.Key.Key_Space)
    closed.wait(lambda: closed.window.home is not None)
    closed.wait(closed.home.empty.isVisible)
    assert "Nouvelle adhésion" in closed.home.empty.text()
    assert vault.unlock(folder, PASSPHRASE) == vault.unlock_with_recovery(folder, printed)


def test_the_recovery_key_can_be_copied(closed: Desktop) -> None:
    """The key that is shown goes to the clipboard, and to no printer that is not there."""
    closed.window.gate._show(RecoveryPage("7K3M-Q2XD"))
    shown = page(closed, RecoveryPage)
    copy = next(b for b in shown.findChildren(type(shown.go_on)) if b.text() == "Copier")
    copy.click()
    assert QApplication.clipboard().text() == "7K3M-Q2XD"
    QApplication.clipboard().clear()


def test_a_wrong_passphrase(closed: Desktop, folder: Path) -> None:
    """It is said in one line, what was typed stays and is selected, and the right one then opens."""
    vault.create(folder, PASSPHRASE)
    closed.window.gate.restart()
    shown = page(closed, UnlockPage)
    closed.wait(shown.field.hasFocus)
    write("carafe mardi")
    closed.key(Qt.Key.Key_Return)
    closed.wait(lambda: bool(shown.row.message))
    assert shown.row.message == "Phrase de passe incorrecte."
    assert shown.field.text() == shown.field.selectedText() == "carafe mardi"
    assert shown.field.echoMode() == QLineEdit.EchoMode.Password
    write(PASSPHRASE)
    assert shown.row.message == ""
    closed.key(Qt.Key.Key_Return)
    closed.wait(lambda: closed.window.home is not None)


def test_each_failure_costs_more(closed: Desktop, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the third one on a wait is shown, the button is off, and it comes back by itself."""
    vault.create(folder, PASSPHRASE)
    monkeypatch.setattr(unlock, "PATIENT_AFTER", 1)
    closed.window.gate.restart()
    shown = page(closed, UnlockPage)
    shown.field.setText("non")
    shown.go_on.click()
    closed.wait(lambda: "Nouvel essai dans 2 secondes" in shown.row.message)
    assert not shown.go_on.isEnabled()
    shown._clock.timeout.emit()
    assert "1 seconde." in shown.row.message
    shown._clock.timeout.emit()
    assert shown.go_on.isEnabled()
    assert shown.row.message == ""


def test_waits_grow_and_stop_growing() -> None:
    """None for two slips, then twice as long each time, never above half a minute."""
    monotonous = [wait_after(failures) for failures in range(1, 10)]
    assert monotonous == [0, 0, 2, 4, 8, 16, 30, 30, 30]


def test_a_forgotten_passphrase(closed: Desktop, folder: Path) -> None:
    """The paper's key, mistyped then right, in small letters and without hyphens, leads to a new passphrase."""
    key, printed = vault.create(folder, PASSPHRASE)
    closed.window.gate.restart()
    page(closed, UnlockPage).forgotten.emit()
    shown = page(closed, RecoverPage)
    closed.wait(shown.field.hasFocus)
    write("7K3M")
    closed.key(Qt.Key.Key_Return)
    closed.wait(lambda: "il y en a 4" in shown.row.message)
    assert shown.field.text() == "7K3M"
    shown.field.selectAll()
    write(printed.lower().replace("-", " "))
    closed.key(Qt.Key.Key_Return)
    choose = page(closed, ChoosePage)
    for row in (choose.first, choose.second):
        row.line.setText("boussole novembre farine écluse")
    choose.go_on.click()
    closed.wait(lambda: closed.window.home is not None)
    assert vault.unlock(folder, "boussole novembre farine écluse") == key


def test_a_window_already_open_is_said(closed: Desktop, opened_elsewhere: bytes) -> None:
    """A second window on the same drafts says so at the gate, and stays there."""
    closed.window.gate.restart()
    closed.window.gate.opened.emit(opened_elsewhere)
    shown = closed.window.gate.page
    assert shown is not None
    assert "déjà ouvert" in shown.refusal.text()
    assert closed.window.desk is None


def test_a_lost_key_file_is_said(closed: Desktop, folder: Path) -> None:
    """Drafts without their key file are never taken for a first start that would replace it."""
    folder.mkdir(exist_ok=True)
    (folder / "drafts.sqlite").write_bytes(b"")
    closed.window.gate.restart()
    choose = page(closed, ChoosePage)
    for row in (choose.first, choose.second):
        row.line.setText(PASSPHRASE)
    choose.go_on.click()
    closed.wait(lambda: "vault.json" in choose.refusal.text())
    assert choose.first.text == PASSPHRASE
