"""What surrounds the pages: the focus ring, the report of a bug, the folders, French for Qt's own words."""

from __future__ import annotations

import datetime as dt
import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMargins, QObject
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.places import data_folder, report_folder, user_conventions
from desktop.reporting import Reporter, report
from desktop.widgets.dialogs import Dialog
from desktop.widgets.focus import first_ring, ring_places
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
