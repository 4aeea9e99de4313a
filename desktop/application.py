"""The Qt application: French, dressed, with its one handler of bugs, and the window in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.dialogs import tell
from desktop.display import started
from desktop.focus import FocusRing
from desktop.places import data_folder, user_conventions
from desktop.reporting import Reporter
from desktop.style import Style
from desktop.window import MainWindow
from forms.faults import Fault
from forms.resources import resource

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable


def dress(app: QApplication, *, theme: str | None = None, zoom: int = 100) -> Style:
    """Make an application this one: its name, French for Qt's own words, the style and the focus ring."""
    app.setApplicationName("permanence")
    app.setApplicationDisplayName("Permanence")
    app.setDesktopFileName("permanence")
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    french = QTranslator(app)
    if french.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(french)
    app.setWindowIcon(QIcon(str(resource("icons", "permanence.svg"))))
    style = Style(app, theme=theme, zoom=zoom)
    FocusRing(app, style)
    return style


def run(*, today: Callable[[], dt.date], now: Callable[[], dt.datetime]) -> int:
    """Open the window and stay until it is closed; give the exit code."""
    app = QApplication(sys.argv[:1])
    style = dress(app)
    Reporter(now, app)
    started()
    try:
        window = MainWindow(data_folder(), style, today=today, now=now, conventions=(user_conventions(),))
    except Fault as fault:
        tell(None, "Permanence ne peut pas s’ouvrir", fault.line).finished.connect(lambda: app.exit(1))
    else:
        room = app.primaryScreen().availableSize()
        if room.width() <= window.width() or room.height() <= window.height():
            window.showMaximized()  # a title bar added to 768 would push the buttons off a 768 screen
        else:
            window.show()
    return app.exec()
