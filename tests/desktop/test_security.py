"""What guards the drafts: another passphrase, another recovery key, the idle lock, the clipboard."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.gate.guard import NOTED, RECOVERY
from desktop.gate.idle import DEFAULT, MINUTES, Idle
from desktop.gate.security import AutoLockDialog, PassphraseDialog, RecoveryDialog
from desktop.widgets.clipping import SECRET
from desktop.widgets.dialogs import Dialog
from forms.drafts import vault
from forms.drafts.store import DraftStore
from forms.faults import Fault
from tests.desktop.conftest import NOW, PASSPHRASE, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop.conftest import Desktop

D = TypeVar("D", bound=Dialog)
OTHER = "boussole novembre farine écluse"


def ask(desktop: Desktop, name: str, kind: type[D]) -> D:
    """Press an entry of the menu, and give the dialogue that opens."""
    desktop.window.bar.asked.emit(name)
    desktop.wait(lambda: desktop.window.findChild(kind) is not None)
    found = desktop.window.findChild(kind)
    assert found is not None
    desktop.front(found)
    return found


def setting(desktop: Desktop, key: str) -> object:
    """Give a setting as it is kept."""
    found: list[object] = []
    desktop.desk.ask_setting(key, found.append)
    desktop.wait(lambda: bool(found))
    return found[0]


def test_another_passphrase(opened: Desktop, folder: Path) -> None:
    """The present one is asked; a wrong one is said and stays; the new one then opens, and the former does not."""
    asked = ask(opened, "passphrase", PassphraseDialog)
    opened.wait(asked.present.field.hasFocus)
    write("carafe mardi")
    asked.new.first.line.setText(OTHER)
    asked.new.second.line.setText(OTHER)
    asked.submit()
    opened.wait(lambda: bool(asked.present.message))
    assert asked.present.message == "Phrase de passe incorrecte."
    assert asked.present.text == "carafe mardi"
    assert vault.unlock(folder, PASSPHRASE)
    asked.present.line.setText(PASSPHRASE)
    with opened.qtbot.waitSignal(asked.changed):
        asked.submit()
    assert vault.unlock(folder, OTHER)
    with pytest.raises(vault.WrongPassphrase):
        vault.unlock(folder, PASSPHRASE)


def test_a_weak_passphrase_is_not_taken(opened: Desktop, folder: Path) -> None:
    """As at the first start: strong enough, and the same twice; nothing typed is wiped."""
    asked = ask(opened, "passphrase", PassphraseDialog)
    asked.submit()
    assert "actuelle" in asked.present.message
    asked.present.line.setText(PASSPHRASE)
    asked.new.first.line.setText("motdepasse")
    asked.submit()
    assert "faible" in asked.new.first.message
    asked.new.first.line.setText(OTHER)
    asked.new.second.line.setText("autre chose")
    asked.submit()
    assert "pas les mêmes" in asked.new.second.message
    assert vault.unlock(folder, PASSPHRASE)


def test_another_recovery_key(opened: Desktop, folder: Path) -> None:
    """It is shown once, opens the drafts, and is known as noted only when the user says so."""
    key = vault.unlock(folder, PASSPHRASE)
    asked = ask(opened, "recovery", RecoveryDialog)
    asked.present.line.setText(PASSPHRASE)
    with opened.qtbot.waitSignal(asked.drawn):
        asked.submit()
    opened.wait(lambda: asked.key is not None)
    assert asked.key is not None
    printed = asked.key.key.text()
    assert vault.unlock_with_recovery(folder, printed) == key
    assert not asked.go_on.isEnabled()
    assert setting(opened, NOTED) is False
    asked.key.sure.click()
    asked.go_on.click()
    assert setting(opened, NOTED) is True


def test_a_key_that_was_never_noted_is_offered_again(opened: Desktop) -> None:
    """A program that died before "Je l’ai notée" says so at the next opening, quietly, until it is answered."""
    remarks = opened.home.remarks
    opened.wait(lambda: bool(remarks.text(RECOVERY)))
    assert "clé de secours" in remarks.text(RECOVERY)
    assert opened.window.findChildren(Dialog) == []
    opened.window.guard._noted()
    assert remarks.text(RECOVERY) == ""
    opened.window.lock()
    opened.wait(lambda: opened.window.gate.page is not None)
    write(PASSPHRASE)
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: opened.window.home is not None)
    assert setting(opened, NOTED) is True
    assert opened.home.remarks.text(RECOVERY) == ""


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        """Begin at the hour of the tests."""
        self.now = NOW

    def __call__(self) -> dt.datetime:
        """Give the hour."""
        return self.now

    def move(self, minutes: float) -> None:
        """Let time go by."""
        self.now += dt.timedelta(minutes=minutes)


@pytest.fixture
def clock(opened: Desktop) -> Clock:
    """Give the idle lock of the open drafts a clock of its own."""
    clock = Clock()
    idle = opened.window.guard.idle
    idle._now = clock
    idle.start()
    return clock


def key_press(desktop: Desktop, key: Qt.Key) -> None:
    """Press a key as the system does: it reaches the window first."""
    handle = desktop.window.windowHandle()
    QApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def test_idle_drafts_lock_themselves(opened: Desktop, clock: Clock) -> None:
    """After ten minutes without a key; each key begins them again."""
    clock.move(DEFAULT - 1)
    key_press(opened, Qt.Key.Key_Shift)
    clock.move(DEFAULT - 1)
    opened.window.guard.idle.look()
    assert opened.window.desk is not None
    clock.move(2)
    opened.window.guard.idle.look()
    assert opened.window.desk is None
    assert opened.window.stack.currentWidget() is opened.window.gate


def test_who_comes_back_too_late_finds_the_lock(opened: Desktop, clock: Clock) -> None:
    """A computer that slept locks at the first key, which goes nowhere; open dialogues are gone."""
    opened.window.settle()
    clock.move(600)
    key_press(opened, Qt.Key.Key_N)
    assert opened.window.desk is None
    opened.wait(lambda: not [d for d in opened.window.findChildren(Dialog) if d.isVisible()])


def test_the_minutes_are_set_and_kept(opened: Desktop, clock: Clock, folder: Path) -> None:
    """A choice, kept with the drafts; what is none of the choices is the default."""
    asked = ask(opened, "auto-lock", AutoLockDialog)
    assert asked.choice.currentText() == "10 minutes"
    asked.choice.setCurrentIndex(asked.choice.findData(2))
    asked._submit()
    clock.move(3)
    opened.window.guard.idle.look()
    assert opened.window.desk is None
    opened.window.guard.idle.set_minutes(None)
    opened.window.gate.opened.emit(vault.unlock(folder, PASSPHRASE))
    opened.wait(lambda: opened.window.guard.idle.minutes == 2)
    idle = Idle(clock, opened.window)
    for kept, minutes in ((5, 5), ("5", DEFAULT), (0, DEFAULT), (None, DEFAULT), (10**9, DEFAULT)):
        idle.set_minutes(kept)
        assert idle.minutes == minutes
    assert DEFAULT in MINUTES


def test_the_timer_itself_looks(opened: Desktop, clock: Clock) -> None:
    """Nobody has to press anything: the timer, made short here, finds that it is time."""
    clock.move(DEFAULT + 1)
    opened.window.guard.idle._timer.setInterval(1)
    opened.wait(lambda: opened.window.desk is None)


def test_what_is_not_on_the_disk_is_never_locked_away(
    opened: Desktop, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a full disk the drafts stay open: the key would be forgotten with the last answers."""

    def full(_store: DraftStore, _draft: object) -> None:
        raise Fault("Le disque est plein.")

    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    monkeypatch.setattr(DraftStore, "save", full)
    opened.desk.session.type("member.birth_name", "Roy")  # type: ignore[union-attr]
    opened.wait(opened.window.banner.isVisible)
    clock.move(DEFAULT + 1)
    opened.window.guard.idle.look()
    assert opened.window.desk is not None
    monkeypatch.undo()
    assert opened.desk.flush()


def test_the_clipboard_is_cleared_of_what_is_ours(opened: Desktop) -> None:
    """Copied here, it is gone once locked; copied elsewhere, it stays."""
    board = QApplication.clipboard()
    board.setText("2 85 01 62 119 042 68")
    assert board.text() == "2 85 01 62 119 042 68"
    assert not board.ownsClipboard() or all(board.mimeData().hasFormat(name) for name in SECRET)
    opened.window.lock()
    assert board.text() == ""
    opened.window.guard.clipping._ours = False
    board.blockSignals(True)
    board.setText("une adresse copiée ailleurs")
    board.blockSignals(False)
    opened.window.guard.clipping.clear()
    assert board.text() == "une adresse copiée ailleurs"
    board.clear()
