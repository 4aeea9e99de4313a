"""What surrounds the pages: the focus ring, the report of a bug, the folders, French for Qt's own words."""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QLibraryInfo, QMargins, QObject, QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QScrollArea,
    QTextBrowser,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from desktop.places import data_folder, report_folder, user_conventions
from desktop.reporting import Reporter, report
from desktop.widgets.dialogs import Dialog
from desktop.widgets.focus import first_ring, ring_places
from desktop.widgets.qt_french import QtFrench
from desktop.widgets.topbar import TopBar
from forms.drafts.home import HOME
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.widgets.style import Style
    from tests.desktop.conftest import Desktop

NOW = dt.datetime(2026, 2, 3, 14, 32, tzinfo=dt.UTC)


def test_the_ring_goes_with_the_focus(closed: Desktop) -> None:
    """It stands 4 pixels out, moves with its control, and hides where there is none."""
    page = closed.window.gate.page
    assert page is not None
    field = page.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    ring = first_ring(closed.window)
    assert ring is not None
    assert ring.isVisible()
    whole, seen = ring_places(field)
    assert ring.geometry() == seen == whole
    assert whole.size() == field.size().grownBy(QMargins(4, 4, 4, 4))
    closed.window.resize(1100, 700)
    closed.wait(lambda: ring.geometry() == ring_places(field)[1])
    field.clearFocus()
    assert not ring.isVisible()


def test_the_ring_is_cut_where_its_control_is(qtbot: QtBot, style: Style) -> None:
    """A field that scrolls out of sight takes its ring with it: none is drawn over what stands around."""
    del style
    window = QWidget()
    qtbot.addWidget(window)
    whole = QVBoxLayout(window)
    area, inside = QScrollArea(), QWidget()
    column = QVBoxLayout(inside)
    for _ in range(30):
        column.addWidget(QLineEdit())
    area.setWidget(inside)
    area.setWidgetResizable(True)
    whole.addWidget(area)
    window.resize(300, 200)
    window.show()
    first = inside.findChildren(QLineEdit)[0]
    first.setFocus()
    assert not ring_places(first)[1].isEmpty()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert ring_places(first)[1].isEmpty()


@pytest.fixture
def reporter(qtbot: QtBot, style: Style, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reporter]:
    """Give a handler of bugs that writes in the test's folder, and put the former handlers back."""
    del qtbot, style
    monkeypatch.setenv(HOME, str(tmp_path))
    former = sys.excepthook, threading.excepthook
    owner = QObject()
    yield Reporter(lambda: NOW, owner)
    sys.excepthook, threading.excepthook = former
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, Dialog):
            widget.reject()


def test_a_bug_is_told_without_anyones_data(reporter: Reporter, qtbot: QtBot, tmp_path: Path) -> None:
    """A dialogue, and a report of types and lines: no message, since a message quotes what was typed."""
    try:
        int("1 85 05 62 119 042 37")
    except ValueError as error:
        reporter.take(type(error), error, error.__traceback__)
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible()]
    assert "erreur interne" in dialogs[0].windowTitle()
    (file,) = (tmp_path / "reports").iterdir()
    text = file.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "tests/desktop/test_frame.py:" in text
    assert "1 85" not in text
    assert str(tmp_path) not in text
    del qtbot


def test_a_bug_on_another_thread_is_told_too(reporter: Reporter, qtbot: QtBot) -> None:
    """The keeper's thread has no one else to tell."""
    del reporter

    def fail() -> None:
        raise ZeroDivisionError

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: any(isinstance(w, Dialog) and w.isVisible() for w in QApplication.topLevelWidgets()))


def test_a_fault_that_no_one_took_is_its_own_line(reporter: Reporter, tmp_path: Path) -> None:
    """It is the world's: said as it is, and no report is written."""
    fault = Fault("Le disque est plein.")
    reporter.take(Fault, fault, None)
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible()]
    assert dialogs[0].windowTitle() == "Le disque est plein."
    assert not (tmp_path / "reports").exists()


def test_causes_are_in_the_report() -> None:
    """The chain of causes is there, with the numbers of system errors."""
    error = KeyError("Zoé")
    error.__cause__ = OSError(28, "Roy")
    text = report(error, NOW)
    assert "KeyError" in text
    assert "OSError (28)" in text
    assert "Roy" not in text
    assert "Zoé" not in text


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_the_folders_are_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """0700, wherever the environment puts them."""
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    for folder in (data_folder(), report_folder()):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.is_relative_to(tmp_path / "home")
    assert user_conventions() == tmp_path / "home" / "conventions"
    assert not user_conventions().exists()
    monkeypatch.delenv(HOME)
    assert data_folder().name == "permanence"
    assert user_conventions() == data_folder() / "conventions"


def test_qt_speaks_french(qtbot: QtBot, style: Style) -> None:
    """The buttons of Qt's own dialogues are in French."""
    del style
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Annuler"


class Listener(QTranslator):
    """Hears what Qt asks for that no French answers; it must be asked last, so it is installed first."""

    def __init__(self) -> None:
        """Load Qt's own French, to ask it first."""
        super().__init__()
        self.heard, self.unsaid = set[str](), set[tuple[str, str]]()
        self._qt = QTranslator()
        assert self._qt.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._ours = QtFrench()

    def translate(self, context: str, source: str, told_apart: str | None = None, count: int = -1) -> str | None:
        """Note what stays in English."""
        said = self._qt.translate(context, source, told_apart, count) or self._ours.translate(context, source)
        self.heard.add(context)
        if not said:
            self.unsaid.add((context, source))
        return None

    def isEmpty(self) -> bool:
        """Have words, so that it is asked."""
        return False


def test_the_dialogues_that_no_desktop_gives_are_in_french(
    qtbot: QtBot, qapp: QApplication, style: Style, tmp_path: Path
) -> None:
    """Files to open, to save, a folder, the printer and its options, menus of fields: no word of English is left."""
    del style
    listener = Listener()
    qapp.installTranslator(listener)
    (tmp_path / "scans").mkdir()
    (tmp_path / "rib.pdf").write_bytes(b"%PDF")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for mode in (QFileDialog.FileMode.ExistingFiles, QFileDialog.FileMode.AnyFile, QFileDialog.FileMode.Directory):
        files = QFileDialog(None, "Joindre un fichier", str(tmp_path))
        qtbot.addWidget(files)
        files.setOption(QFileDialog.Option.DontUseNativeDialog)
        files.setFileMode(mode)
        if mode == QFileDialog.FileMode.AnyFile:
            files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        files.setViewMode(QFileDialog.ViewMode.Detail)
        files.show()
        tree = files.findChild(QTreeView, "treeView")
        assert isinstance(tree, QTreeView)
        model, root = tree.model(), tree.rootIndex()
        qtbot.waitUntil(lambda model=model, root=root: model.rowCount(root) > 0)  # type: ignore[misc]
        cells = [model.index(row, 2, root).data() for row in range(model.rowCount(root))]
        assert "Dossier" in cells
        titles = {found.text() for found in files.findChildren(QLabel)}
        assert {"&Regarder dans\u00a0:", "&Types de fichiers\u00a0:"} <= titles
        files.close()
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    asked = QPrintDialog(printer)
    qtbot.addWidget(asked)
    asked.show()
    asked.close()
    for field in (QLineEdit(), QTextBrowser()):
        qtbot.addWidget(field)
        menu = field.createStandardContextMenu()
        assert "Cop&ier" in " ".join(action.text() for action in menu.actions())
        menu.deleteLater()
    every = QDialogButtonBox()
    qtbot.addWidget(every)
    for standard in QDialogButtonBox.StandardButton:
        every.addButton(standard)
    message = QMessageBox(QMessageBox.Icon.Question, "Titre", "Texte", QMessageBox.StandardButton.Ok)
    message.setDetailedText("Détails")
    qtbot.addWidget(message)
    message.show()
    qapp.removeTranslator(listener)
    assert {"QFileDialog", "QPrintSettingsOutput", "QWidgetTextControl"} <= listener.heard
    assert listener.unsaid == set()


def test_the_bar_cuts_its_context_and_nothing_else(qtbot: QtBot, style: Style) -> None:
    """A long employer's name gives way to the actions, and is whole in the tool tip and for screen readers."""
    bar = TopBar(style)
    qtbot.addWidget(bar)
    bar.show_open(opened=True, dossier=True)
    bar.resize(700, 48)
    bar.show()
    name = "Communauté d’agglomération de Béthune-Bruay, Artois Lys Romane · dossier 7K3M-Q2XD"
    bar.show_context(name)
    qtbot.waitUntil(lambda: bar.context.text().endswith("…"))
    assert bar.context.toolTip() == bar.context.accessibleName() == name
    assert bar.lock.text() == "Verrouiller  Ctrl+L"


def test_the_name_of_the_program_gives_way_to_that_of_the_agent(qtbot: QtBot, style: Style) -> None:
    """Where both have no room: at 200 % on a small screen; with room again, or no dossier, it is back."""
    bar = TopBar(style)
    qtbot.addWidget(bar)
    bar.show_open(opened=True, dossier=True)
    bar.resize(1366, 48)
    bar.show()
    bar.show_context("Josiane Lheureux · Mairie de Béthune · dossier 7K3M-Q2XD")
    qtbot.waitUntil(lambda: bar.context.text().startswith("Josiane Lheureux"))
    assert bar.brand.isVisible()
    bar.resize(bar.minimumSizeHint().width() + 60, 48)
    qtbot.waitUntil(lambda: not bar.brand.isVisible())
    qtbot.waitUntil(lambda: bar.context.text().startswith("Josiane Lheureux"))
    bar.show_context("")
    assert bar.brand.isVisible()
    bar.show_context("Josiane Lheureux · Mairie de Béthune")
    bar.resize(1366, 48)
    qtbot.waitUntil(bar.brand.isVisible)
