"""A day on a disk that fills up, or in a folder that is closed: ``python -m tests.proofs.no_room PLAN``.

The plan names its ``scene``, and ``signs``, the folder in which the test puts a file when it has done its part.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from desktop.gate.first_start import ChoosePage
from desktop.widgets.dialogs import Dialog
from tests.proofs.hands import Hands, Script, asked, run
from tests.proofs.people import said

BEFORE, FULL, AFTER = "member.birth_place", ("member.phone", "member.email", "refund.holder"), "member.address.city"
NEW = "boussole novembre farine écluse"


class NoRoom:
    """The scenes."""

    def __init__(self, hands: Hands, plan: dict[str, Any]) -> None:
        self.hands, self.plan = hands, plan

    def sign(self, name: str) -> Script:
        """Tell the test that it is its turn, and wait until it has done its part."""
        self.hands.tell("turn", name)
        yield Path(self.plan["signs"], name).exists

    def type(self, path: str, *, patient: bool = False) -> Script:
        """Type in a field; what was typed stands in it."""
        hands = self.hands
        text = said(hands.reference, path, 1)
        yield from hands.fill(path, text, patient=patient)
        focused = QApplication.focusWidget()
        assert getattr(focused, "text", str)() == text

    def opened(self) -> Script:
        """Unlock, and open the dossier."""
        yield from self.hands.unlock(self.plan["passphrase"])
        yield from self.hands.take(self.plan["reference"])

    def refused(self, what: str) -> Script:
        """Wait for a dialogue, tell its words, and close it."""
        hands = self.hands
        yield lambda: hands.dialog() is not None
        dialog = hands.dialog()
        assert isinstance(dialog, Dialog)
        hands.tell("refused", what, dialog.windowTitle(), dialog.accessibleDescription())
        yield from hands.close_dialogs()

    def filling(self) -> Script:
        """Type while the disk is full: the banner says so, nothing is printed or locked away; then there is room."""
        hands = self.hands
        yield from hands.start()
        yield from self.opened()
        window = hands.window
        yield from self.type(BEFORE, patient=True)
        yield from self.sign("full")
        for path in FULL:
            yield from self.type(path)
        yield window.banner.isVisible
        hands.tell("banner", window.banner.text.text(), window.bar.kept.text())
        yield from self.changing()
        yield from hands.save_pdf(str(Path(self.plan["papers"], "no.pdf")))
        yield from self.refused("print")
        hands.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        yield from self.refused("lock")
        yield from self.type(FULL[0])
        yield from self.sign("room")
        yield from hands.focus(window.banner.retry)
        hands.press(Qt.Key.Key_Space)
        yield lambda: not window.banner.isVisible()
        yield lambda: not any(hands.texts.values())
        yield from self.type(AFTER, patient=True)
        window.close()

    def changing(self) -> Script:
        """Try to change the passphrase, and tell why it is refused."""
        hands = self.hands
        dialog = yield from hands.change(self.plan["passphrase"], NEW)
        yield dialog.refusal.isVisible
        hands.tell("refused", "passphrase", dialog.refusal.text(), "")
        yield from hands.close_dialogs()

    def opening(self) -> Script:
        """Open the drafts while the disk is full, and tell the line at the gate, or the banner over the dossier."""
        hands = self.hands
        yield from hands.start()
        page = hands.window.gate.page
        assert page is not None
        if isinstance(page, ChoosePage):
            for row in (page.first, page.second):
                yield from hands.focus(row.field)
                yield from hands.write(NEW)
        else:
            yield from hands.focus(page.field)  # type: ignore[attr-defined]
            yield from hands.write(self.plan["passphrase"])
        hands.press(Qt.Key.Key_Return)
        yield lambda: hands.refusal() or hands.window.home is not None
        refusal = hands.refusal()
        if not refusal:
            yield from hands.take(self.plan["reference"])
            yield from self.type(FULL[0])
            yield hands.window.banner.isVisible
            refusal = hands.window.banner.text.text()
        hands.tell("line", refusal)
        yield from self.sign("room")

    def closing_in(self) -> Script:
        """Type while the folder is closed: open files go on, a backup and unlocking are refused; then it is ours."""
        hands = self.hands
        yield from hands.start()
        yield from self.opened()
        yield from self.type(BEFORE, patient=True)
        yield from self.sign("closed")
        yield from self.type(AFTER)
        yield lambda: hands.window.banner.isVisible() or not any(hands.texts.values())
        hands.tell("banner", hands.window.banner.text.text(), hands.window.bar.kept.text())
        hands.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        yield from self.refused("lock")
        yield lambda: hands.window.desk is None
        yield from self.again()
        yield from self.sign("ours")
        yield from self.opened()
        yield from self.type(FULL[0], patient=True)
        hands.window.close()

    def again(self) -> Script:
        """Unlock in the folder that is closed, and tell the line."""
        hands, gate = self.hands, self.hands.window.gate
        assert gate.page is not None
        yield from hands.focus(gate.page.field)  # type: ignore[attr-defined]
        yield from hands.write(self.plan["passphrase"])
        hands.press(Qt.Key.Key_Return)
        yield hands.refusal
        hands.tell("line", hands.refusal())

    def shut(self) -> Script:
        """Start where nothing may be written: one line, and the program ends."""
        yield lambda: [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog)]
        dialog = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog))
        self.hands.tell("line", " ".join(text.text() for text in dialog.findChildren(QLabel)))
        dialog.accept()
        yield lambda: False


if __name__ == "__main__":
    told = asked()
    sys.exit(run(lambda hands: getattr(NoRoom(hands, told), told["scene"])(), told["told"]))
