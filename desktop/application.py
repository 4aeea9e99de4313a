"""The Qt application: French, dressed, with its one handler of bugs, and the window in it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.display import started
from desktop.doorstep import Doorstep
from desktop.handing import NotOpen, hand_over
from desktop.places import data_folder, user_conventions
from desktop.reporting import Reporter
from desktop.widgets.dialogs import tell
from desktop.widgets.focus import FocusRing
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
    app.setApplicationName("permanence")
    app.setApplicationDisplayName("Permanence")
    app.setDesktopFileName("permanence")
    # Qt's own dialogue for files notes there the folders where one was, which may carry someone's name.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    french = QTranslator(app)
    if french.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(french)
    app.setWindowIcon(QIcon(str(resource("icons", "permanence.svg"))))
    style = Style(app, theme=theme, zoom=zoom, drawn=drawn)
    FocusRing(app, style)
    return style


def run(*, today: Callable[[], dt.date], now: Callable[[], dt.datetime], file: Path | None = None) -> int:
    """Open the window, with a dossier ``file`` or none, and stay until it is closed; give the exit code.

    A window that has the drafts open already comes forward in its place.
    """
    app = QApplication([*sys.argv[:1], *DRAWN])
    style = dress(app, drawn=True)
    Reporter(now, app)
    started()
    try:
        folder = data_folder()
        try:
            if hand_over(folder, file):
                return 0
            tell(None, OPEN, _ELSEWHERE).finished.connect(lambda: app.exit(1))
            return app.exec()
        except NotOpen:
            window = MainWindow(folder, style, today=today, now=now, conventions=(user_conventions(),))
            Doorstep(window, folder, file, today=today, now=now)
    except Fault as fault:
        tell(None, "Permanence ne peut pas s’ouvrir", fault.line).finished.connect(lambda: app.exit(1))
    else:
        room = app.primaryScreen().availableSize()
        if room.width() <= window.width() or room.height() <= window.height():
            window.showMaximized()  # a title bar added to 768 would push the buttons off a 768 screen
        else:
            window.show()
    return app.exec()
