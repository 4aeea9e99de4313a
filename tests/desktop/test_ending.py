"""A backup that is slow when the drafts lock: who unlocks meanwhile waits for it, and is told how it went."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop.desk import desk as desk_module
from desktop.desk.ending import WAITING
from desktop.gate.page import Page
from desktop.widgets.dialogs import Dialog
from desktop.window import NO_BACKUP
from forms.drafts import backups
from forms.faults import Fault
from tests.desktop.conftest import PASSPHRASE, write
from tests.desktop.test_keeping import begin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desktop.conftest import Desktop


class Slow:
    """The making of a backup that waits to be let go; with ``fault`` it fails then."""

    def __init__(self) -> None:
        """Hold it."""
        self.go = threading.Event()
        self.fault: Fault | None = None
        self._make = backups.make

    def __call__(self, *given: object) -> object:
        """Make it, once it is let go."""
        assert self.go.wait(20)
        if self.fault is not None:
            raise self.fault
        return self._make(*given)  # type: ignore[arg-type]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Make backups slow, and the window less patient."""
    made = Slow()
    monkeypatch.setattr(backups, "make", made)
    monkeypatch.setattr(desk_module, "PATIENCE", 0.05)
    yield made
    made.go.set()


def unlock(desktop: Desktop) -> Page:
    """Type the passphrase at the gate, and give its page."""
    page = desktop.window.gate.page
    assert page is not None
    page.start()
    write(PASSPHRASE)
    desktop.key(Qt.Key.Key_Return)
    return page


@pytest.mark.parametrize("fault", [None, Fault("Impossible de sauvegarder : le disque est plein.")])
def test_unlocking_waits_for_the_backup(opened: Desktop, slow: Slow, fault: Fault | None) -> None:
    """No "déjà ouvert": the gate says what it waits for, then the drafts open; a backup that failed is said."""
    begin(opened)
    opened.window.lock()
    assert opened.window.desk is None
    page = unlock(opened)
    opened.wait(lambda: page.refusal.text() == WAITING)
    assert opened.window.desk is None
    slow.fault = fault
    slow.go.set()
    opened.wait(lambda: opened.window.home is not None)
    told = [dialog.windowTitle() for dialog in opened.window.findChildren(Dialog) if dialog.isVisible()]
    assert told == ([NO_BACKUP] if fault else [])


def test_leaving_waits_for_the_backup(opened: Desktop, slow: Slow) -> None:
    """Closed while the backup of the locking goes on, the program ends once it is made."""
    begin(opened)
    opened.window.lock()
    ending = opened.window.ending
    assert ending is not None
    threading.Timer(0.1, slow.go.set).start()
    opened.window.close()
    assert ending.is_over
    assert not opened.window.isVisible()
    assert ending.made is not None
    assert isinstance(ending.made.result(), backups.Backup)


def test_one_may_practise_meanwhile(opened: Desktop, slow: Slow) -> None:
    """The practice is there at once; the real drafts do not open over it."""
    begin(opened)
    opened.window.lock()
    page = unlock(opened)
    opened.wait(lambda: page.refusal.text() == WAITING)
    opened.window.practise()
    slow.go.set()
    ending = opened.window.ending
    assert ending is not None
    opened.wait(lambda: ending.is_over)
    opened.qtbot.wait(200)
    assert opened.desk.practice
    opened.window.lock()
    unlock(opened)
    opened.wait(lambda: opened.window.desk is not None and not opened.desk.practice)
