"""The one handler of our own bugs: a report that carries types, places and codes and no one's data, and a dialogue."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from desktop.places import report_folder
from forms.drafts.files import write_whole
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from types import TracebackType

_ROOT = Path(__file__).resolve().parent.parent
_DEEP = 5  # causes of causes


class Reporter(QObject):
    """Takes what no one caught, on any thread; says it on the window's."""

    _caught = Signal(str, str)

    def __init__(self, clock: Callable[[], dt.datetime], parent: QObject) -> None:
        """Become the process's handler."""
        super().__init__(parent)
        self._clock = clock
        self._showing = False
        self._caught.connect(self._say)
        sys.excepthook = self.take
        threading.excepthook = lambda args: self.take(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Write the report and say where it is; a Fault is the world's, and says itself."""
        del trace
        if issubclass(kind, KeyboardInterrupt):
            sys.exit(130)
        if isinstance(error, Fault):
            self._caught.emit(error.line, "")
            return
        when = self._clock()
        try:
            file = report_folder() / f"rapport-{when:%Y%m%d-%H%M%S}.txt"
            write_whole(file, report(error, when).encode())
            kept = f"Un rapport, sans aucune donnée personnelle, est dans {file}."
        except Fault as fault:
            kept = f"Aucun rapport n’a pu être écrit. {fault.line}"
        self._caught.emit("Le programme a rencontré une erreur interne", kept)

    def _say(self, title: str, text: str) -> None:
        # One dialogue at a time: a bug in what is painted would open one a frame.
        if self._showing:
            return
        from desktop.widgets.dialogs import tell  # noqa: PLC0415 - not for the first paint

        self._showing = True
        told = tell(QApplication.activeWindow(), title, text)
        told.finished.connect(self._said)

    def _said(self) -> None:
        self._showing = False


def report(error: BaseException, when: dt.datetime) -> str:
    """Give the text of a report: no message of an exception, no value, no folder of the user."""
    import platform  # noqa: PLC0415 - for our bugs, not for the first paint
    import traceback  # noqa: PLC0415 - likewise

    lines = [
        "Permanence, rapport d’erreur interne (types, fichiers et lignes seulement)",
        when.isoformat(timespec="seconds"),
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, {platform.system()} {platform.machine()}",
    ]
    here: BaseException | None = error
    for _ in range(_DEEP):
        if here is None:
            break
        code = getattr(here, "errno", None) or getattr(here, "code", None)
        lines += ["", type(here).__qualname__ + (f" ({code})" if isinstance(code, int) else "")]
        lines += [
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(here.__traceback__)
        ]
        here = here.__cause__ or here.__context__
    return "\n".join((*lines, ""))


def _place(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
        return path.relative_to(_ROOT).as_posix()
    return "/".join(path.parts[-2:])
