"""The pictures of what stands around the dossiers: help, security, another edition, a copy, the practice."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar
from unittest.mock import patch

from PySide6.QtWidgets import QDialog

from desktop.gate.security import AutoLockDialog, PassphraseDialog, RecoveryDialog
from desktop.table.edition_dialog import EditionDialog
from desktop.widgets.dialogs import Dialog
from desktop.widgets.help import HelpDialog, KeysDialog
from tests.making import former_edition

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from tests.pictures_studio import Studio

D = TypeVar("D", bound=Dialog)


def around(studio: Studio) -> None:
    """Take all of it; the list is on screen before, and the practice after."""
    told(studio)
    guarded(studio)
    listed(studio)
    practised(studio)


def opened(window: MainWindow, kind: type[D]) -> D:
    """Give the dialogue of a kind that is open."""
    return next(found for found in window.findChildren(kind) if found.isVisible())


def told(studio: Studio) -> None:
    """Take the help and the sheet of the keyboard."""
    window = studio.window
    window.help()
    told = opened(window, HelpDialog)
    studio.take("help-home", told)
    told.show_topic("contents")
    studio.take("help-contents", told)
    told.reject()
    window.keys()
    sheet = opened(window, KeysDialog)
    studio.take("help-keys", sheet)
    sheet.reject()


def guarded(studio: Studio) -> None:
    """Take the menu of options and what protects the drafts."""
    window = studio.window
    window.bar.options.click()
    studio.take("options-menu", window.bar.menu)
    window.bar.menu.close()
    window.guard.ask_passphrase()
    asked = opened(window, PassphraseDialog)
    studio.take("options-passphrase", asked)
    asked.reject()
    window.guard.ask_recovery()
    recovery = opened(window, RecoveryDialog)
    recovery._show("7K3M-Q2XD-9V4T-0B6H-S1WZ-E8NC-5RAJ")
    studio.take("options-recovery", recovery)
    recovery.reject()
    window.guard.ask_auto_lock()
    lock = opened(window, AutoLockDialog)
    studio.take("options-auto-lock", lock)
    lock.reject()


def listed(studio: Studio) -> None:
    """Take a draft of another edition, then a copy in the list, with what is quietly said under it."""
    window = studio.window
    desk, home = window.desk, window.home
    assert desk is not None
    assert home is not None
    with TemporaryDirectory() as folder:
        old = former_edition(Path(folder))
        change = studio.edition_change(old)
        window._edition_changed(change)
        studio.take("edition-changed", opened(window, EditionDialog))
        opened(window, EditionDialog).reject()
        window._edition_changed(studio.edition_change(None))
        studio.take("edition-unknown", opened(window, EditionDialog))
        opened(window, EditionDialog).reject()
    before = len(home.model.rows)
    home.table.choose("1R9S-V2MG")
    with patch("desktop.desk.desk.new_reference", lambda *, specimen: "3K7P-W2NB" if not specimen else "SPEC-0000"):
        window.duplicate()
        studio.until(lambda: len(home.model.rows) == before + 1)
    assert window.at_home is not None
    home.remarks.say("conventions", "Conventions installées : 1 remarque.", ("Détails", lambda: None))
    window.guard._offer_recovery(None)
    studio.take("home-copy-and-remarks")


def practised(studio: Studio) -> None:
    """Take the practice: its list, a dossier, and the pages that it prints."""
    window = studio.window
    for dialog in window.findChildren(QDialog):
        dialog.reject()
    window.practise()
    assert window.home is not None
    studio.until(lambda: window.home is not None and len(window.home.model.rows) == 5)
    studio.take("practice-home")
    assert window.desk is not None
    window.desk.open("SPEC-0002")
    studio.until(lambda: window.wizard is not None)
    assert window.wizard is not None
    window.wizard.go("formula")
    studio.take("practice-wizard")
    paper = window.paper
    assert paper is not None
    paper.preview()
    studio.until(lambda: paper.view is not None)
    preview = paper.view
    assert preview is not None
    studio.until(lambda: preview.drawn)
    studio.take("practice-preview")
    window.lock()
