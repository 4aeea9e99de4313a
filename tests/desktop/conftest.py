"""A dressed application, a window on an empty folder, and hands to type with."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.application import dress
from desktop.desk.desk import Desk
from desktop.desk.permanence import Permanence
from desktop.home.home import HomeView
from desktop.widgets.style import Style
from desktop.window import MainWindow
from forms.dossier.model import Employer
from forms.drafts import vault
from forms.drafts.keeper import Keeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.paper.preview import PreviewView

TODAY = dt.date(2026, 2, 3)
NOW = dt.datetime(2026, 2, 3, 14, 32, tzinfo=dt.UTC)
PASSPHRASE = "carafe lundi tambour vignette"


_ticks = itertools.count()


def clock() -> dt.datetime:
    """Give an hour of the day of the tests that always moves on, as a clock does."""
    return NOW + dt.timedelta(milliseconds=next(_ticks))


def write(text: str, widget: QWidget | None = None) -> None:
    """Type a text where the focus is: QTest.keyClicks aborts the process at é."""
    for character in text:
        target = widget or QApplication.focusWidget()
        assert target is not None
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character))


@dataclass
class Desktop:
    """The window of a test, and ways to wait for what it does."""

    window: MainWindow
    qtbot: QtBot

    @property
    def home(self) -> HomeView:
        """Give the list, once the drafts are open."""
        assert self.window.home is not None
        return self.window.home

    @property
    def desk(self) -> Desk:
        """Give what stands behind the open window."""
        assert self.window.desk is not None
        return self.window.desk

    def open(self, key: bytes, permanence: Permanence | None = None) -> None:
        """Open the drafts, and set the permanence."""
        self.window.gate.opened.emit(key)
        self.qtbot.waitUntil(lambda: bool(self.home.title.text()))
        if permanence is not None:
            self.desk.settle(permanence)

    def preview(self) -> PreviewView:
        """Show the preview of the dossier on the table, and give it once it is there."""
        paper = self.window.paper
        assert paper is not None
        paper.preview()
        self.wait(lambda: paper.view is not None)
        assert paper.view is not None
        return paper.view

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until it is so."""
        self.qtbot.waitUntil(lambda: bool(condition()))

    def front(self, widget: QWidget) -> None:
        """Bring a window to the front, as a window manager does: off screen there is none, and no focus without."""
        widget.activateWindow()
        self.wait(lambda: QApplication.activeWindow() is widget)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)


@pytest.fixture(scope="session")
def style(qapp: QApplication) -> Style:
    """Dress the one application of the tests."""
    return dress(qapp, theme="light")


@pytest.fixture(autouse=True)
def _as_new(style: Style, quick_vault: None) -> Iterator[None]:  # noqa: ARG001 - for what it does
    """Begin at 100 %, and with the smallest Argon2 that a key file may ask for."""
    yield
    style.lift(lifted=False)
    if style.zoom != 100:
        style.zoom_to(100)


@pytest.fixture
def permanence() -> Permanence:
    """Give the day's settings, of an invented SIRET."""
    return Permanence(
        place="Béthune", day=TODAY, said_on=TODAY, convention="cdg62-mnt",
        employer=Employer.model_validate({
            "name": "Mairie de Béthune", "joined_on": dt.date(2026, 1, 1), "participation": "15.00",
        }),
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder of the drafts, not made yet."""
    return tmp_path / "drafts"


@pytest.fixture
def closed(qtbot: QtBot, style: Style, folder: Path) -> Iterator[Desktop]:
    """Give the window before its drafts are open."""
    window = MainWindow(folder, style, today=lambda: TODAY, now=clock)
    qtbot.addWidget(window)
    window.show()
    desktop = Desktop(window, qtbot)
    desktop.front(window)
    yield desktop
    if window.desk is not None:
        window.desk.close()


@pytest.fixture
def opened(closed: Desktop, folder: Path, permanence: Permanence) -> Desktop:
    """Give the window with open drafts and a permanence."""
    key, _ = vault.create(folder, PASSPHRASE)
    closed.open(key, permanence)
    return closed


@pytest.fixture
def opened_elsewhere(folder: Path) -> Iterator[bytes]:
    """Give the key of drafts that another keeper holds open."""
    key, _ = vault.create(folder, PASSPHRASE)
    keeper = Keeper(folder, key, clock=clock, on_saved=lambda *_: None, on_failed=lambda *_: None)
    yield key
    keeper.close()
