"""The Qt application: French, dressed, with its one handler of bugs, and the window in it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.display import started
from desktop.doorstep import Doorstep
from desktop.handing import NotOpen, hand_over
from desktop.places import data_folder, user_conventions
from desktop.reporting import Reporter
from desktop.widgets.qt_french import QtFrench
from desktop.widgets.style import DRAWN, Style
from desktop.window import MainWindow
from forms.faults import Fault
from forms.resources import resource

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

OPEN = "Permanence est déjà ouvert"
_ELSEWHERE = (
    "Une autre fenêtre a ces dossiers ouverts, et ne répond pas encore. Revenez-y : « Autres actions », puis « Ouvrir "
    "un fichier de dossier », y ouvre le vôtre."
)


def dress(app: QApplication, *, theme: str | None = None, zoom: int = 100, drawn: bool = False) -> Style:
    """Make an application this one: its name, French for Qt's own words, the style and the focus ring."""
    style = _dressed(app, theme=theme, zoom=zoom, drawn=drawn)
    _finish(app, style)
    return style


def _dressed(app: QApplication, *, theme: str | None = None, zoom: int = 100, drawn: bool = False) -> Style:
    """Do of that what the first paint shows."""
    app.setApplicationName("permanence")
    app.setApplicationDisplayName("Permanence")
    app.setDesktopFileName("permanence")
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    app.installTranslator(QtFrench(app))  # first: the last one that is installed is the first one asked
    french = QTranslator(app)
    if french.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(french)
    return Style(app, theme=theme, zoom=zoom, drawn=drawn)


def _finish(app: QApplication, style: Style) -> None:
    """Do the rest, before anything has the focus or asks for a file: 4 ms that the first paint does not wait for."""
    from PySide6.QtCore import QSettings  # noqa: PLC0415 - not for the first paint
    from PySide6.QtGui import QIcon  # noqa: PLC0415 - likewise

    from desktop.widgets.focus import FocusRing  # noqa: PLC0415 - likewise

    # Qt's own dialogue for files notes there the folders where one was, which may carry someone's name.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    app.setWindowIcon(QIcon(str(resource("icons", "permanence.svg"))))
    FocusRing(app, style)


def _tell(app: QApplication, style: Style, title: str, text: str) -> None:
    """Say a line in place of the window, then end."""
    from desktop.widgets.dialogs import tell  # noqa: PLC0415 - not for the first paint

    _finish(app, style)
    tell(None, title, text).finished.connect(lambda: app.exit(1))


def run(*, today: Callable[[], dt.date], now: Callable[[], dt.datetime], file: Path | None = None) -> int:
    """Open the window, with a dossier ``file`` or none, and stay until it is closed; give the exit code.

    A window that has the drafts open already comes forward in its place.
    """
    app = QApplication([*sys.argv[:1], *DRAWN])
    style = _dressed(app, drawn=True)
    Reporter(now, app)
    started()
    try:
        folder = data_folder()
        try:
            if hand_over(folder, file):
                return 0
            _tell(app, style, OPEN, _ELSEWHERE)
            return app.exec()
        except NotOpen:
            window = MainWindow(folder, style, today=today, now=now, conventions=(user_conventions(),))
            window.painted.connect(lambda: _finish(app, style))
            Doorstep(window, folder, file, today=today, now=now)
    except Fault as fault:
        _tell(app, style, "Permanence ne peut pas s’ouvrir", fault.line)
    else:
        room = app.primaryScreen().availableSize()
        if room.width() <= window.width() or room.height() <= window.height():
            window.showMaximized()  # a title bar added to 768 would push the buttons off a 768 screen
        else:
            window.show()
    return app.exec()
