"""The window: the gate, then the pages of the open drafts; locked, nothing of them is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication

from desktop.gate.guard import Guard
from desktop.gate.unlock import Gate
from desktop.screens import Screens
from desktop.widgets.keys import bind
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from desktop.practice import Practice
    from desktop.widgets.style import Style

TITLE = "Permanence"
_TICK = 100  # milliseconds between two looks at a backup that goes on
OPENING = "Les dossiers s’ouvrent…"
NO_BACKUP = "La sauvegarde n’a pas été faite"


class MainWindow(Screens):
    """Everything that the user sees."""

    painted = Signal()
    """It was painted for the first time; nothing has the focus yet."""
    unlocked = Signal()
    """The real drafts are open."""

    def __init__(
        self,
        folder: Path,
        style: Style,
        *,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime],
        conventions: Sequence[Path] = (),
    ) -> None:
        """Show the gate of ``folder``; ``now`` gives times that know their zone.

        ``conventions``: folders of conventions beside the shipped ones.
        """
        super().__init__(style, today, now, conventions)
        self._folder = folder
        self._practice: Practice | None = None
        self.gate = Gate(folder)
        self.stack.addWidget(self.gate)
        self.guard = guard = Guard(self, folder, now)
        guard.lock_due.connect(self._lock_if_kept)
        self.gate.opened.connect(self._open_real)
        self.gate.working.connect(self.entering.make_room)
        self.entering.ready.connect(self._open_now)
        self.gate.print_asked.connect(guard.print_recovery)
        self.gate.practice_asked.connect(self.practise)
        self.specimen.left.connect(self.lock)
        keyed: dict[str, Callable[[], object]] = {
            "help": self.help, "keys": self.keys, "lock": self.lock, "turn": self.turn, "new": self.begin,
            "search": self.search, "duplicate": self.duplicate, "print": self.print_here, "back": self.step_out,
        }  # fmt: skip
        for name, done in keyed.items():
            bind(self, name, done)
        self._actions: dict[str, Callable[[], object]] = keyed | {
            "auto-lock": guard.ask_auto_lock, "passphrase": guard.ask_passphrase, "recovery": guard.ask_recovery,
            "practice": self._turn_practice,
        }  # fmt: skip
        self.bar.asked.connect(lambda name: self._actions[name]())
        self._is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw; what the first paint does not wait for begins after it."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._painted)

    def _painted(self) -> None:
        """Put the focus, and read meanwhile what the first paint did not wait for: most of the starting time."""
        self.painted.emit()
        self.gate.start()
        self.entering.start()

    def _open_real(self, key: bytes) -> None:
        if self.ending is not None:
            self._wait_and_open(key)
        elif self.entering.let_in(self._folder, key):
            self._open_now(key)
        else:
            self.gate.hold(OPENING)

    def _open_now(self, key: bytes) -> None:
        noted = self.gate.noted
        opened = self._open(self._folder, key)
        if opened and self.desk is not None and self.home is not None:
            self.guard.open(self.desk, self.home.remarks, noted=noted)
            self.unlocked.emit()
        self.entering.end(opened=opened)

    def _wait_and_open(self, key: bytes) -> None:
        """Open once the backup of the last locking is made; one that failed is said then."""
        from desktop.desk.ending import WAITING  # noqa: PLC0415 - not for the first paint

        ending = self.ending
        if self.desk is not None or not self.isVisible():
            return  # one practises meanwhile, or has left
        if ending is not None and not ending.is_over:
            self.gate.hold(WAITING)
            QTimer.singleShot(_TICK, self, lambda: self._wait_and_open(key))
            return
        self.ending = None
        self._open_real(key)
        self._say_no_backup(ending.fault() if ending is not None else None)

    def _say_no_backup(self, fault: Fault | None) -> None:
        from desktop.widgets.dialogs import tell  # noqa: PLC0415 - not for the first paint

        if fault is not None:
            tell(self, NO_BACKUP, f"{fault.line} Les dossiers eux-mêmes sont enregistrés.")

    def _open(self, folder: Path, key: bytes) -> bool:
        try:
            self.open_drafts(folder, key, practice=self._practice is not None)
        except Fault as fault:
            self.stack.setCurrentWidget(self.gate)
            self.gate.refuse(fault)
            self._offer_repair(folder, key, fault)
            return False
        return True

    def _offer_repair(self, folder: Path, key: bytes, fault: Fault) -> None:
        from desktop.gate.repair import Repair  # noqa: PLC0415 - not for the first paint
        from forms.drafts.opening import DamagedDrafts  # noqa: PLC0415 - likewise

        if isinstance(fault, DamagedDrafts):
            repair = Repair(self, folder, key, fault, self._now)
            repair.mended.connect(lambda: self._open_real(key))
            repair.refused.connect(self.gate.refuse)
            repair.offer()

    # Help

    def topic(self) -> str:
        """Give the subject of the help for what is on screen."""
        from desktop.day.actions import DayPage  # noqa: PLC0415 - not for the first paint

        page = self.stack.currentWidget()
        if isinstance(page, DayPage):
            return page.topic
        if self.wizard is not None:
            return self.wizard.step if page is self.wizard else "preview"
        return "home" if page is self.home else "gate"

    def help(self) -> None:
        """Explain what is on screen."""
        from desktop.widgets.help import HelpDialog  # noqa: PLC0415 - not for the first paint

        HelpDialog(self, self.topic()).open()

    def keys(self) -> None:
        """Show the sheet of the keyboard."""
        from desktop.widgets.help import KeysDialog  # noqa: PLC0415 - likewise

        KeysDialog(self).open()

    # The practice

    def practise(self) -> None:
        """Go among invented people; what is real is locked first."""
        if self._practice is None and self._put_down("S’entraîner quand même", self._practise):
            self._practise()

    def _practise(self) -> None:
        from desktop.practice import Practice, fill  # noqa: PLC0415 - not for the first paint

        self._lock()
        self._practice = practice = Practice()
        if not self._open(practice.folder, practice.key) or self.desk is None:
            self._leave_practice()
            return
        self.specimen.show()
        self.setWindowTitle(f"{TITLE} (SPÉCIMEN)")
        fill(self.desk, self._today(), self._now())
        self.go_home()

    def _turn_practice(self) -> None:
        (self.practise if self._practice is None else self.lock)()

    def _leave_practice(self) -> None:
        if self._practice is not None:
            self._practice.close()
            self._practice = None
        self.specimen.hide()
        self.setWindowTitle(TITLE)

    # The end

    def lock(self) -> None:
        """Close the drafts and forget the key; stay, and say so, when something is not kept. It ends the practice."""
        if self.entering.is_waiting or (self.desk and self._put_down("Verrouiller quand même", self._lock)):
            self._lock()

    def _lock_if_kept(self) -> None:
        # What could not be kept would be lost with the key: the red banner stays, and it is tried again.
        if self.at_home is not None:
            self.at_home.stop()
        if self.desk is not None and self.desk.flush():
            self._lock()

    def _lock(self, *, leaving: bool = False) -> bool:
        """Close the drafts; False when their backup could not be made, which is said over the gate."""
        self.guard.close()
        if self.entering.is_waiting:
            self.stack.setCurrentWidget(self.gate)
            self.gate.restart()
            self.gate.start()
            self.entering.end(opened=False)
        if self.desk is None:
            return True
        from PySide6.QtWidgets import QDialog  # noqa: PLC0415 - not for the first paint

        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for dialog in self.findChildren(QDialog):  # before: what they answer may still want the drafts
            if dialog.isVisible():
                dialog.reject()
        self.stack.setCurrentWidget(self.gate)
        self.gate.restart()
        fault = self.close_drafts(leaving=leaving)
        self._leave_practice()
        self.gate.start()
        self._say_no_backup(fault)
        return fault is None

    def _is_ended(self) -> bool:
        """Wait for a backup that still goes on, which leaving would cut short; False when it failed, which is said."""
        from desktop.desk.ending import LEAVING  # noqa: PLC0415 - not for the first paint

        ending, self.ending = self.ending, None
        fault = ending.fault() if ending is not None and ending.wait(LEAVING) else None
        self._say_no_backup(fault)
        return fault is None

    def _put_down(self, go_on: str, then: Callable[[], object]) -> bool:
        """Tell whether all is on the disk, else ask whether to ``go_on``; the practice has nothing to lose."""
        if self.at_home is not None:
            self.at_home.stop()
        if self.desk is None or self._practice is not None or self.desk.flush():
            return True
        from desktop.widgets.dialogs import confirm  # noqa: PLC0415 - not for the first paint

        confirm(
            self, "Les dernières réponses ne sont pas enregistrées",
            "Elles seraient perdues. Restez ici, libérez de la place ou remettez le disque, puis réessayez.",
            go_on, then, danger=True,
        )  # fmt: skip
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave once all is kept; else stay, and say so."""
        if not self._put_down("Fermer quand même", self._close_anyway):
            event.ignore()
            return
        # Without a backup it stays locked, to be read: the next time it leaves.
        event.setAccepted(self._lock(leaving=True) and self._is_ended())

    def _close_anyway(self) -> None:
        self._lock()
        self.close()
