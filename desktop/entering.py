"""From the first paint to the drafts: what is prepared meanwhile, and the first list of who comes before its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.widgets.work import Answers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from desktop.home.first_list import FirstList
    from desktop.home.home import HomeView
    from desktop.preparing import Preparing
    from desktop.widgets.frame import Frame
    from desktop.widgets.style import Style
    from forms.convention import Library


class Entering(QObject):
    """Prepares once it is told to ``start``; a key that comes before the end is given back by ``ready``."""

    ready = Signal(bytes)
    read = Signal(object)
    """The ``Library``: the conventions at hand."""

    def __init__(
        self, window: Frame, style: Style, today: Callable[[], dt.date], read_library: Callable[[], Library]
    ) -> None:
        """Import nothing yet: this is made before the first paint."""
        super().__init__(window)
        self._window, self._style, self._today, self._read_library = window, style, today, read_library
        self._answers = Answers(self)
        self._preparing: Preparing | None = None
        self._first: FirstList | None = None

    @property
    def view(self) -> HomeView | None:
        """Give the first list, while it is on screen."""
        return self._first.view if self._first is not None and self._first.is_shown else None

    @property
    def is_waiting(self) -> bool:
        """Tell whether a key was let in that is not given back yet."""
        return self._first is not None and self._first.is_read

    def start(self) -> None:
        """Import and read on another thread."""
        self._prepared()

    def make_room(self, working: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Let the rest wait while a passphrase is worked on, until the list that it opens is painted."""
        if working:
            self._prepared().pause()
        elif not self.is_waiting:
            self._prepared().go_on()

    def let_in(self, folder: Path, key: bytes) -> bool:
        """Tell whether the drafts of ``folder`` open at once; else they are listed as they lie: see ``ready``."""
        preparing = self._prepared()
        if preparing.is_ready:
            return True
        first = self._made()
        first.painted.connect(preparing.go_on)
        first.painted.connect(lambda: self._answers.when(preparing.library, opened, opened))

        def opened(_library: object) -> None:
            if self._first is first and first.is_read:  # else it was locked meanwhile
                self.ready.emit(key)

        first.read(folder, key, self._today())
        return False

    def give(self) -> HomeView | None:
        """Give the list that was made, to the true one that takes it over."""
        return self._first.give() if self._first is not None else None

    def end(self, *, opened: bool) -> None:
        """Ask what was asked meanwhile of who answers now; or take the first list away, the drafts did not open."""
        first, self._first = self._first, None
        if first is not None and opened:
            first.ask_again()
        elif first is not None:
            first.drop()
        if self._preparing is not None:
            self._preparing.go_on()

    def _prepared(self) -> Preparing:
        if self._preparing is None:
            from desktop.preparing import Preparing  # noqa: PLC0415 - not for the first paint

            self._preparing = Preparing(self._read_library)
            self._preparing.start()
            self._answers.when(self._preparing.begun, self._lay_out, lambda _fault: None)
            self._answers.when(self._preparing.library, self.read.emit, lambda _fault: None)
        return self._preparing

    def _lay_out(self, _begun: None) -> None:
        """Make the list while no one waits for it, unless the drafts came first."""
        if self._window.home is None:
            self._made()

    def _made(self) -> FirstList:
        from desktop.home.first_list import FirstList  # noqa: PLC0415 - not for the first paint

        self._first = self._first or FirstList(self._window, self._style)
        return self._first
