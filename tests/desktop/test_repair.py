"""Damaged drafts at unlocking: said, mended by one button, and nothing is erased."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.gate.repair import ANEW, LATER, NEWER, RESTORE, TITLE
from desktop.widgets.dialogs import Dialog
from forms.drafts import backups, vault
from forms.drafts.files import DATABASE
from forms.drafts.store import DraftStore
from forms.faults import Fault
from tests.desktop.conftest import NOW, PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.desktop.conftest import Desktop

NOISE = b"\x5a" * 20_000


@pytest.fixture
def key(opened: Desktop, folder: Path) -> bytes:
    """Give the key of drafts that were locked with one dossier, then spoilt on the disk."""
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.session is not None
    opened.desk.session.type("member.birth_name", "Roy")
    opened.window.lock()
    (folder / DATABASE).write_bytes(NOISE)
    return vault.unlock(folder, PASSPHRASE)


def offered(desktop: Desktop, key: bytes) -> Dialog:
    """Unlock, and give what is said."""
    desktop.window.gate.opened.emit(key)
    return titled(desktop, TITLE)


def titled(desktop: Desktop, begins: str) -> Dialog:
    """Give the dialogue on screen whose title begins so."""

    def found() -> list[Dialog]:
        dialogs = desktop.window.findChildren(Dialog)
        return [d for d in dialogs if d.isVisible() and d.windowTitle().startswith(begins)]

    desktop.wait(lambda: bool(found()))
    return found()[0]


def press(within: Dialog, text: str) -> None:
    """Press a button by its words."""
    next(button for button in within.findChildren(QPushButton) if button.text() == text).click()


def test_the_last_good_backup_is_put_back(opened: Desktop, key: bytes, folder: Path) -> None:
    """Its day is said; one press, and the dossier is in the list, the bad file beside it under a name that is told."""
    asked = offered(opened, key)
    assert "La sauvegarde du 3 février 2026 à" in asked.accessibleDescription()
    press(asked, RESTORE)
    told = titled(opened, "La sauvegarde du 3 février 2026 à")
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    assert opened.home.model.rows[0].texts[0] == "Roy"
    (aside,) = backups.left_aside(folder)
    assert aside.read_bytes() == NOISE
    assert str(aside) in told.accessibleDescription()


def test_one_may_begin_anew_once_sure(opened: Desktop, key: bytes, folder: Path) -> None:
    """With a backup at hand it is asked twice; the backup and the bad file stay."""
    asked = offered(opened, key)
    press(asked, ANEW)
    press(titled(opened, "Recommencer avec une liste vide"), "Recommencer")
    titled(opened, "La liste recommence à vide")
    opened.wait(opened.home.empty.isVisible)
    assert len(backups.listed(folder)) == 1
    assert [path.read_bytes() for path in backups.left_aside(folder)] == [NOISE]


def test_without_a_good_backup_one_begins_anew(opened: Desktop, key: bytes, folder: Path) -> None:
    """It is said that there is none, and nothing else is offered."""
    for backup in backups.listed(folder):
        backup.database.write_bytes(NOISE)
    asked = offered(opened, key)
    assert "Il n’y en a pas de bonne sauvegarde" in asked.accessibleDescription()
    assert RESTORE not in [button.text() for button in asked.findChildren(QPushButton)]
    press(asked, ANEW)
    opened.wait(lambda: opened.window.home is not None and opened.home.empty.isVisible())


def test_later_changes_nothing(opened: Desktop, key: bytes, folder: Path) -> None:
    """The gate stays, says why, and asks again the next time."""
    asked = offered(opened, key)
    press(asked, LATER)
    assert opened.window.desk is None
    assert opened.window.gate.page is not None
    assert "ne s’ouvre pas" in opened.window.gate.page.refusal.text()
    assert (folder / DATABASE).read_bytes() == NOISE
    opened.wait(lambda: not opened.window.findChildren(Dialog))
    press(offered(opened, key), LATER)


def test_what_cannot_be_put_back_is_said(opened: Desktop, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk meanwhile: one line at the gate."""

    def restore(*_: object) -> None:
        raise Fault("Impossible d’écrire : le disque est plein.")

    monkeypatch.setattr(backups, "restore", restore)
    press(offered(opened, key), RESTORE)
    gate = opened.window.gate
    opened.wait(lambda: gate.page is not None and "le disque est plein" in gate.page.refusal.text())
    assert opened.window.desk is None


def test_after_a_step_back_of_the_program(opened: Desktop, folder: Path) -> None:
    """Drafts that a later version has changed: the backup from before is offered, nothing is begun anew or erased."""
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.session is not None
    opened.desk.session.type("member.birth_name", "Roy")
    opened.window.lock()
    unlocked = vault.unlock(folder, PASSPHRASE)
    store = DraftStore(folder, unlocked)
    store.database.execute("UPDATE _sqlite_migrations SET name = '999' WHERE name = '1'")
    backups.make(store.database, folder, unlocked, NOW + dt.timedelta(days=1))
    store.close()
    opened.window.gate.opened.emit(unlocked)
    asked = titled(opened, NEWER)
    assert [one.text() for one in asked.findChildren(QPushButton)] == [LATER, RESTORE]
    press(asked, RESTORE)
    opened.wait(lambda: opened.window.home is not None and len(opened.home.model.rows) == 1)
    told = titled(opened, "La sauvegarde du")
    assert "Le fichier plus récent est gardé ici" in told.accessibleDescription()
    assert len(backups.left_aside(folder)) == 1
    assert opened.window.desk is not None
