"""Someone at the keyboard of the real program: a script of key presses, and a line for each thing that the screen said.

The program is started as ``permanence`` is; the script runs between its events. It tells what it does on a pipe, one
JSON list a line, each written at once: a program that is killed has said all that it had said.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import traceback
from collections.abc import Callable, Generator, Iterator
from types import GeneratorType
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from desktop import application
from desktop.__main__ import main, now
from desktop.fields.base import Field
from desktop.gate.security import PassphraseDialog
from desktop.gate.unlock import UnlockPage
from desktop.widgets.topbar import TopBar
from desktop.window import MainWindow
from forms.dossier.entry import cleaned

Script = Iterator[Callable[[], object] | None]
"""What is yielded: something to wait for, or None to let the program go on."""

PATIENCE = 30.0
"""Seconds after which a script is stuck."""
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier


class Hands:
    """Drives the window of this process; ``told`` is a file descriptor."""

    def __init__(self, told: int) -> None:
        """Hear what the bar says from now on."""
        self._told = told
        self.texts: dict[tuple[str, str], list[tuple[dt.datetime, str]]] = {}
        shown = TopBar.show_saved

        def heard(bar: TopBar, when: dt.datetime | None) -> None:
            shown(bar, when)
            if when is not None and bar.kept.text().startswith("Enregistré à ") and bar.kept.isVisible():
                self._said(when)

        TopBar.show_saved = heard  # type: ignore[method-assign, assignment]

    def tell(self, *words: object) -> None:
        """Write a line; end where no one hears any more."""
        try:
            os.write(self._told, f"{json.dumps(words, ensure_ascii=False)}\n".encode())
        except BrokenPipeError:
            os._exit(4)

    def _said(self, when: dt.datetime) -> None:
        """Tell what is on the disk as the bar says it: what was typed before that time, or all once nothing waits."""
        desk, reference = self.window.desk, self.reference
        if desk is None:
            return
        all_of_it = reference not in desk._keeping.unsaved()
        for (about, path), texts in self.texts.items():
            kept = [text for at, text in texts if all_of_it or at < when]
            if about == reference and kept:
                self.tell("said", reference, path, kept[-1])
                del texts[: len(kept)]

    # What is on screen

    @property
    def window(self) -> MainWindow:
        """Give the window."""
        return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))

    @property
    def reference(self) -> str:
        """Give that of the dossier on the table, or ""."""
        desk = self.window.desk
        return desk.draft.reference if desk is not None and desk.draft is not None else ""

    def dialog(self) -> QDialog | None:
        """Give the dialogue on screen."""
        found = [dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]
        return found[-1] if found else None

    def refusal(self) -> str:
        """Give why the gate stays shut; "" while it is asked, or open."""
        page = self.window.gate.page
        return page.refusal.text() if page is not None and page.isEnabled() and page.isVisible() else ""

    def focused(self, path: str) -> bool:
        """Tell whether the keys go into the field of a path."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, Field):
            widget = widget.parentWidget()
        return widget is not None and widget.path == path

    # Keys

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def letter(self, character: str) -> None:
        """Type one letter where the focus is: QTest.keyClicks aborts the process at é."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            target = QApplication.focusWidget()
            if target is not None:
                QApplication.sendEvent(target, QKeyEvent(kind, 0, PLAIN, character))

    def write(self, text: str) -> Script:
        """Type a text where the focus is, in place of what stands there."""
        self.press(Qt.Key.Key_A, CTRL)
        for character in text:
            self.letter(character)
            yield None

    def front(self, widget: QWidget) -> Script:
        """Bring a window to the front, as a window manager does: off screen there is none, and no focus without."""
        widget.activateWindow()
        yield lambda: QApplication.activeWindow() is widget

    def focus(self, widget: QWidget) -> Script:
        """Put the focus somewhere: again, where the page that is just coming takes it."""

        def there() -> bool:
            if not widget.hasFocus():
                widget.window().activateWindow()
                widget.setFocus()
            return widget.hasFocus()

        yield there

    def fill(self, path: str, text: str, *, patient: bool = False) -> Script:
        """Type a text into the field of a path, each key told before it is pressed.

        ``patient``: the next key once this one is said saved.
        """
        wizard = self.window.wizard
        assert wizard is not None
        if not self.focused(path):
            wizard.go_to_path(path)
            yield lambda: self.focused(path)
        self.press(Qt.Key.Key_A, CTRL)
        typed = ""
        for character in text:
            typed += character
            reference = self.reference
            self.tell("typing", reference, path, typed)
            self.letter(character)
            if cleaned(typed) != cleaned(typed[:-1]):  # a space at the end is of no fact yet: nothing is to be saved
                self.texts.setdefault((reference, path), []).append((now(), typed))
            yield (lambda: not any(self.texts.values())) if patient else None

    # Pieces of a day

    def start(self) -> Script:
        """Wait for the window, and bring it to the front."""
        yield lambda: [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow)]
        yield lambda: self.window.isVisible() and self.window.gate.page
        yield from self.front(self.window)

    def unlock(self, passphrase: str) -> Script:
        """Type the passphrase, and wait for the list."""
        page = self.window.gate.page
        assert isinstance(page, UnlockPage)
        yield from self.focus(page.field)
        yield from self.write(passphrase)
        self.press(Qt.Key.Key_Return)
        yield lambda: self.window.home is not None and self.window.home.title.text()

    def take(self, reference: str) -> Script:
        """Find a dossier by its reference, and open it."""
        window = self.window
        window.go_home()
        home = window.home
        assert home is not None
        yield lambda: home.table.isVisible() or home.empty.isVisible()
        yield from self.focus(home.search)
        yield from self.write(reference)
        yield lambda: [row.reference for row in home.model.rows] == [reference]
        self.press(Qt.Key.Key_Return)
        yield lambda: self.reference == reference and window.wizard is not None
        self.tell("on", reference)

    def begin(self) -> Script:
        """Begin a new dossier."""
        self.window.go_home()
        yield lambda: self.window.home is not None and self.window.home.isVisible()
        before = self.reference
        self.press(Qt.Key.Key_N, CTRL)
        yield lambda: self.reference not in {"", before} and self.window.wizard is not None
        self.tell("on", self.reference)

    def change(self, present: str, new: str) -> Generator[Callable[[], object] | None, None, PassphraseDialog]:
        """Ask for another passphrase, and press Enter; give the dialogue that was filled in."""
        self.window.bar.asked.emit("passphrase")
        yield lambda: self.window.findChild(PassphraseDialog) is not None
        dialog = self.window.findChild(PassphraseDialog)
        assert dialog is not None
        yield from self.front(dialog)
        for row, text in ((dialog.present, present), (dialog.new.first, new), (dialog.new.second, new)):
            yield from self.focus(row.field)
            yield from self.write(text)
        self.press(Qt.Key.Key_Return)
        return dialog

    def save_pdf(self, file: str) -> Script:
        """Print to a file."""
        window = self.window
        assert window.wizard is not None
        self.press(Qt.Key.Key_5, CTRL)
        button = window.wizard.foot.save_button
        yield button.isVisible
        assert button.isEnabled()
        yield from self.focus(button)
        self.press(Qt.Key.Key_Space)
        yield lambda: window.findChild(QFileDialog) is not None or self.dialog()
        dialog = window.findChild(QFileDialog)
        if dialog is not None:
            dialog.fileSelected.emit(file)
            dialog.close()
            yield from self.front(window)

    def lock(self) -> Script:
        """Lock with the keyboard: a backup is made."""
        self.press(Qt.Key.Key_L, CTRL)
        yield lambda: self.window.desk is None or self.dialog()

    def close_dialogs(self) -> Script:
        """Close what is told."""
        while (dialog := self.dialog()) is not None:
            yield from self.front(dialog)
            dialog.reject()
            yield lambda here=dialog: self.dialog() is not here  # type: ignore[misc]
        yield from self.front(self.window)


class Turns:
    """Runs a script, a step at a time, between the events of the program."""

    def __init__(self, hands: Hands, script: Script) -> None:
        """Begin at the next event."""
        self._hands, self._script = hands, script
        self._wanted: Callable[[], object] | None = None
        self._since, self._busy = now(), False
        self._timer = QTimer(interval=1)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        if self._busy:  # a key press runs events of its own
            return
        self._busy = True
        try:
            self._go_on()
        except StopIteration:
            self._hands.tell("end")
            self._timer.stop()
            QApplication.exit(0)
        except BaseException:  # noqa: BLE001 - whatever it is, the process must end with it
            self._hands.tell("stuck", traceback.format_exc())
            os._exit(3)
        finally:
            self._busy = False

    def _go_on(self) -> None:
        if self._wanted is None or self._wanted():
            self._wanted, self._since = next(self._script), now()
        elif (now() - self._since).total_seconds() > PATIENCE:
            raise TimeoutError(self._where())

    def _where(self) -> str:
        """Give where the script waits, and what is on screen."""
        lines: list[str] = []
        script: object = self._script
        while isinstance(script, GeneratorType) and script.gi_frame is not None:
            lines.append(f"{script.gi_code.co_name}:{script.gi_frame.f_lineno}")
            script = script.gi_yieldfrom
        dialog, focus = self._hands.dialog(), QApplication.focusWidget()
        return f"{lines}, dialogue {dialog and dialog.windowTitle()!r}, focus {focus}, {self._hands.reference!r}"


def run(script: Callable[[Hands], Script], told: int) -> int:
    """Start the program, with a script in it; give its exit code."""
    hands = Hands(told)
    turns: list[Turns] = []

    class Driven(QApplication):
        def exec(self) -> int:  # type: ignore[override]
            turns.append(Turns(hands, script(hands)))
            return QApplication.exec()

    application.QApplication = Driven  # type: ignore[attr-defined]
    return main([])


def asked() -> dict[str, Any]:
    """Give what the command line asks of a script, JSON."""
    plan: dict[str, Any] = json.loads(sys.argv[1])
    return plan
