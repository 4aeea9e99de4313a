"""Parts that the pages of the employer's list share: cards, a page that scrolls over its bar, a file to save."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout, QWidget

from desktop.widgets.dialogs import tell
from desktop.widgets.style import ground, set_role, space
from desktop.widgets.views import bar_below, scrolling
from forms.drafts.files import write_whole
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable


def documents() -> str:
    """Give the folder in which a choice of file begins."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or QDir.homePath()


def card(*widgets: QWidget) -> QFrame:
    """Give widgets one under the other in a card; a button keeps its own width."""
    made = QFrame()
    set_role(made, "card")
    column = QVBoxLayout(made)
    space(column, 12, (20, 16, 20, 16))
    for widget in widgets:
        small = widget.property("role") in {"primary", "secondary"}
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if small else Qt.AlignmentFlag(0))
    return made


def scrolled(page: QWidget, actions: Iterable[QWidget]) -> QVBoxLayout:
    """Lay a page out: what scrolls, whose layout is given, over a bar with ``actions``."""
    inside = ground(QWidget())
    column = QVBoxLayout(inside)
    space(column, 12, (48, 24, 48, 16))
    scroll = scrolling(inside)
    foot, row = bar_below()
    for widget in actions:
        row.addWidget(widget)
    row.addStretch(1)
    around = QVBoxLayout(page)
    space(around, 0)
    around.addWidget(scroll, 1)
    around.addWidget(foot)
    return column


def save_as(parent: QWidget, title: str, name: str, data: bytes) -> QFileDialog:
    """Ask where, and write a CSV whole; what keeps it from being written is said."""
    dialog = QFileDialog(parent, title, documents(), "CSV (*.csv)")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(path: str) -> None:
        try:
            write_whole(Path(path), data)
        except Fault as fault:
            tell(parent.window(), "Le fichier n’est pas enregistré", fault.line)

    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
