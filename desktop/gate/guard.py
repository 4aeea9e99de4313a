"""What guards the open drafts: the idle lock, the clipboard, the passphrase and the recovery key ("Options")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.gate.idle import SETTING, Idle
from desktop.widgets.clipping import Clipping

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from desktop.desk.desk import Desk
    from desktop.widgets.frame import Frame
    from desktop.widgets.remarks import Remarks

NOTED = "recovery_noted"
"""The setting that says that the recovery key is on paper."""
RECOVERY = "recovery"
"""The name of the line that offers another one."""


class Guard(QObject):
    """Serves the real drafts of ``folder``, from ``open`` to ``close``; the practice has nothing to guard."""

    lock_due = Signal()

    def __init__(self, window: Frame, folder: Path, now: Callable[[], dt.datetime]) -> None:
        """Stand beside ``window``; nothing is open yet."""
        super().__init__(window)
        self._window, self._folder = window, folder
        self._desk: Desk | None = None
        self._remarks: Remarks | None = None
        self.clipping = Clipping(self)
        self.idle = Idle(now, self)
        self.idle.reached.connect(self.lock_due)

    def open(self, desk: Desk, remarks: Remarks, *, noted: bool) -> None:
        """Guard these drafts; ``noted``: who opened them has the recovery key."""
        self._desk, self._remarks = desk, remarks
        if noted:
            self._noted()
        else:
            desk.ask_setting(NOTED, self._offer_recovery)
        desk.ask_setting(SETTING, self.idle.set_minutes)
        self.idle.start()

    def close(self) -> None:
        """Leave nothing on the clipboard."""
        self.idle.stop()
        self.clipping.clear()
        self._desk = self._remarks = None

    def ask_passphrase(self) -> None:
        """Change the passphrase."""
        from desktop.gate.security import PassphraseDialog  # noqa: PLC0415 - not for the first paint
        from desktop.widgets.dialogs import tell  # noqa: PLC0415 - likewise

        asked = PassphraseDialog(self._window, self._folder)
        asked.changed.connect(lambda: tell(self._window, "La phrase de passe est changée"))
        asked.open()

    def ask_recovery(self) -> None:
        """Draw another recovery key."""
        from desktop.gate.security import RecoveryDialog  # noqa: PLC0415 - likewise

        asked = RecoveryDialog(self._window, self._folder)
        asked.drawn.connect(lambda: self._keep(NOTED, value=False))
        asked.noted.connect(self._noted)
        asked.print_asked.connect(self.print_recovery)
        asked.open()

    def ask_auto_lock(self) -> None:
        """Set the minutes of the idle lock."""
        from desktop.gate.security import AutoLockDialog  # noqa: PLC0415 - likewise

        asked = AutoLockDialog(self._window, self.idle.minutes)
        asked.chosen.connect(self._keep_minutes)
        asked.open()

    def print_recovery(self, recovery: str) -> None:
        """Put a recovery key on paper."""
        from desktop.paper.printing import print_recovery  # noqa: PLC0415 - QtPrintSupport is not for the first paint

        print_recovery(self._window, recovery)

    def _offer_recovery(self, noted: object) -> None:
        if noted is not True and self._remarks is not None:
            self._remarks.say(
                RECOVERY,
                "La clé de secours n’est pas notée : sans elle, une phrase de passe oubliée perd les dossiers.",
                ("En faire une nouvelle", self.ask_recovery),
                ("Je l’ai déjà", self._noted),
            )

    def _noted(self) -> None:
        self._keep(NOTED, value=True)
        if self._remarks is not None:
            self._remarks.drop(RECOVERY)

    def _keep_minutes(self, minutes: int) -> None:
        self.idle.set_minutes(minutes)
        self._keep(SETTING, minutes)

    def _keep(self, key: str, value: object) -> None:
        if self._desk is not None:
            self._desk.keep_setting(key, value)
