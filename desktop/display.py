"""No display, a dead one, or a library of the system that lacks: one French line in place of Qt's abort."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.binding import bind

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

VERBS = ("conventions", "schema", "quote", "check", "print", "convention check")
"""The verbs that need no display, as the line for a dead one names them."""

_WITHOUT = f"Sans fenêtre : permanence {', '.join(VERBS[:-1])} ou {VERBS[-1]}."
_ON_X = "libxcb-cursor.so.0"
_started = False


def why_no_window() -> str | None:
    """Give the line that says why no window can open here; ``None`` where one may. Qt is imported, and listened to."""
    chosen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform == "linux" and not chosen:
        return f"Permanence ne trouve aucun écran. {_WITHOUT}"
    if sys.platform == "linux" and _is_wayland_dead():
        return _dead_display()
    try:
        bind()
        # What these need is all that any other module of Qt needs here, QtPrintSupport included.
        from PySide6 import QtCore, QtWidgets  # noqa: F401, PLC0415 - whether they load is the question
    except ImportError as error:
        library = next((word.strip(":'\"") for word in str(error).split() if ".so" in word), "une bibliothèque de Qt")
        return f"Il manque {library} au système pour ouvrir la fenêtre. {_WITHOUT}"
    QtCore.qInstallMessageHandler(_heard)
    return None


def _is_wayland_dead() -> bool:
    """Tell whether Wayland is the only screen and its socket is not there: libwayland would add lines of its own."""
    socket = os.environ.get("WAYLAND_DISPLAY")
    if not socket or os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        return False
    return not Path(os.environ.get("XDG_RUNTIME_DIR", ""), socket).exists()


def started() -> None:
    """Say that the window is there: what Qt warns of from now on is written to standard error."""
    global _started  # noqa: PLW0603 - Qt's message handler is one a process, and takes no argument of ours
    _started = True


def _heard(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    del context
    # Compared by name: this runs while Qt is coming down, when importing is no longer safe.
    if kind.name == "QtFatalMsg":
        # Qt calls abort() when this returns, and a core is dumped: leave first.
        sys.stderr.write(f"{_dead_display()}\n")
        sys.stderr.flush()
        os._exit(1)
    elif _started and kind.name != "QtDebugMsg":
        sys.stderr.write(f"Qt : {message}\n")


def _dead_display() -> str:
    if sys.platform == "linux" and os.environ.get("DISPLAY"):
        import ctypes  # noqa: PLC0415 - for a display that is dead

        try:
            ctypes.CDLL(_ON_X)
        except OSError:
            return f"Il manque {_ON_X} au système pour ouvrir la fenêtre (Debian : libxcb-cursor0). {_WITHOUT}"
    return f"L’écran ne répond pas : la fenêtre ne peut pas s’ouvrir. {_WITHOUT}"
