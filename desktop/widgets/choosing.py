"""Where a file of the user's goes: the folder in which a choice begins, and a file written whole where it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.widgets.dialogs import tell
from forms.drafts.files import write_whole
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable


def documents() -> str:
    """Give the folder in which a choice of file begins."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or QDir.homePath()


def save_file(
    parent: QWidget,
    title: str,
    name: str,
    data: bytes,
    unkept: str,
    done: Callable[[], object] = lambda: None,
) -> QFileDialog:
    """Ask where, and write the file whole, of the kind that ``name`` ends with; ``done`` once it is on the disk.

    What keeps it from being written is said under the title ``unkept``.
    """
    kind = Path(name).suffix[1:]
    dialog = QFileDialog(parent, title, documents(), f"{kind.upper()} (*.{kind})")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind)
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def chosen(path: str) -> None:
        try:
            write_whole(Path(path), data)
        except Fault as fault:
            tell(parent.window(), unkept, fault.line)
        else:
            done()

    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
