"""What is kept and what is not: the screen says "enregistré" when it is true, and nothing leaves unsaved in silence."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.desk import keeping
from desktop.practice import dossiers
from desktop.widgets.dialogs import Dialog
from desktop.widgets.work import Answers
from desktop.window import NO_BACKUP
from forms.drafts import backups, journal, printed, vault
from forms.drafts.draft import Draft
from forms.drafts.store import DraftStore
from forms.faults import Fault
from tests.desktop.conftest import NOW, PASSPHRASE, TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.desktop.conftest import Desktop

FULL = "Impossible d’écrire « drafts.sqlite » : le disque est plein."


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Make every save fail until it is undone, and the window less patient."""

    def save(_store: DraftStore, _draft: Draft) -> None:
        raise Fault(FULL)

    monkeypatch.setattr(keeping, "PATIENCE", 0.5)
    monkeypatch.setattr(DraftStore, "save", save)
    return monkeypatch


def begin(desktop: Desktop) -> None:
    """Open a new dossier and say something in it."""
    desktop.window.begin()
    desktop.wait(lambda: desktop.window.wizard is not None)
    assert desktop.desk.session is not None
    desktop.desk.session.type("member.birth_name", "Roy")


def test_a_full_disk_is_said_until_it_is_over(opened: Desktop, full_disk: pytest.MonkeyPatch) -> None:
    """A red banner says why; "Enregistré" comes back only when the newest answers are on the disk."""
    begin(opened)
    opened.wait(opened.window.banner.isVisible)
    assert "le disque est plein" in opened.window.banner.text.text()
    assert opened.window.bar.kept.text() == "Non enregistré"
    full_disk.undo()
    opened.window.banner.retry.click()
    opened.wait(lambda: not opened.window.banner.isVisible())
    assert opened.window.bar.kept.text().startswith("Enregistré à ")
    assert opened.desk.flush()


@pytest.mark.parametrize("leave", ["lock", "close"])
def test_nothing_leaves_unsaved_in_silence(opened: Desktop, full_disk: pytest.MonkeyPatch, leave: str) -> None:
    """Locking and closing say that something is not kept, and stay; one may still choose to leave."""
    begin(opened)
    getattr(opened.window, leave)()
    asked = opened.window.findChild(Dialog)
    assert asked is not None
    assert "ne sont pas enregistrées" in asked.windowTitle()
    assert opened.window.isVisible()
    assert opened.window.desk is not None
    next(b for b in asked.findChildren(QPushButton) if "quand même" in b.text()).click()
    opened.wait(lambda: opened.window.desk is None)
    full_disk.undo()


def test_closing_keeps_what_was_said(opened: Desktop) -> None:
    """The window that is closed has its last answer on the disk."""
    begin(opened)
    desk = opened.desk
    opened.window.close()
    assert not opened.window.isVisible()
    assert desk._keeping.unsaved() == ()


def test_a_question_that_fails_is_said(opened: Desktop) -> None:
    """A draft that is gone is one line, not a traceback."""
    opened.desk.open("0000-0000")
    opened.wait(lambda: opened.window.findChild(Dialog) is not None)
    assert "0000-0000" in opened.window.findChild(Dialog).windowTitle()  # type: ignore[union-attr]


def test_the_journal_notes_what_is_opened_and_printed(opened: Desktop) -> None:
    """With the hash of the very file, and its version, from which the print can be made again."""
    dossier = dossiers(TODAY)[0].model_copy(update={"reference": "4T8N-W1KB"})
    opened.desk.restore(Draft("4T8N-W1KB", dossier, "", "draft", "", "", 1, NOW, NOW))
    opened.desk.open("4T8N-W1KB")
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.draft is not None
    opened.desk.printed(opened.desk.draft, b"%PDF-1.7 the bytes", NOW)
    assert opened.desk.flush()
    kinds: list[list[str]] = []
    prints: list[tuple[printed.Printed, ...]] = []
    opened.desk._keeping.ask(lambda store: [one.kind for one in journal.entries(store.database)], kinds.append)
    opened.desk._keeping.ask(lambda store: printed.versions(store, "4T8N-W1KB"), prints.append)
    opened.wait(lambda: bool(prints))
    assert kinds[0] == ["created", "opened", "printed"]
    (version,) = prints[0]
    assert (version.version, version.edition, version.dossier) == (1, "2026-1", dossier)
    assert version.pdf_sha256 == hashlib.sha256(b"%PDF-1.7 the bytes").hexdigest()


def test_another_copy_is_no_change(opened: Desktop) -> None:
    """Printed again ten days later: noted, and neither saved nor dated anew."""
    dossier = dossiers(TODAY)[0].model_copy(update={"reference": "4T8N-W1KB"})
    opened.desk.restore(Draft("4T8N-W1KB", dossier, "", "printed", "", "", 1, NOW, NOW))
    opened.desk.open("4T8N-W1KB")
    opened.wait(lambda: opened.window.wizard is not None)
    draft = opened.desk.draft
    assert draft is not None
    opened.desk.printed(draft, b"%PDF-1.7 the bytes", NOW + dt.timedelta(days=10))
    assert opened.desk.flush()
    found: list[tuple[Draft, int]] = []
    opened.desk._keeping.ask(lambda store: (store.load("4T8N-W1KB"), len(store.noted(kind="printed"))), found.append)
    opened.wait(lambda: bool(found))
    assert found == [(draft, 1)]


def test_answers_arrive_where_they_were_asked(qtbot: QtBot) -> None:
    """A result, a Fault, a bug: each goes to whom it is for."""
    answers = Answers()
    got: list[object] = []
    answers.work(lambda: 42, got.append, got.append)
    qtbot.waitUntil(lambda: got == [42])

    def refuse() -> int:
        raise Fault("Le disque est plein.")

    answers.work(refuse, lambda _answer: None, got.append)
    qtbot.waitUntil(lambda: len(got) == 2)
    assert isinstance(got[1], Fault)
    with qtbot.captureExceptions() as caught:
        answers.work(lambda: 1 // 0, got.append, got.append)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_an_answer_after_the_end_is_dropped(qtbot: QtBot) -> None:
    """What is answered to a window that is gone harms no one."""
    answers = Answers()
    future: Future[int] = Future()
    answers.when(future, lambda _answer: pytest.fail("too late"), lambda _fault: None)
    with qtbot.waitSignal(answers.destroyed):
        answers.deleteLater()
    future.set_result(1)


def test_what_is_said_while_a_print_is_noted_is_kept(opened: Desktop) -> None:
    """The disk is busy when the print ends and an answer follows: what is on the disk at the end is the answer."""
    dossier = dossiers(TODAY)[0].model_copy(update={"reference": "4T8N-W1KB"})
    opened.desk.restore(Draft("4T8N-W1KB", dossier, "", "draft", "", "", 1, NOW, NOW))
    opened.desk.open("4T8N-W1KB")
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.session is not None
    release = threading.Event()
    opened.desk._keeping.ask(lambda _store: release.wait(20))
    assert opened.desk.draft is not None
    opened.desk.printed(opened.desk.draft, b"%PDF-1.7 the bytes", NOW)
    opened.desk.session.type("member.first_name", "Zélie")
    release.set()
    assert opened.desk.flush()
    found: list[Draft] = []
    opened.desk._keeping.ask(lambda store: store.load("4T8N-W1KB"), found.append)
    opened.wait(lambda: bool(found))
    assert (found[0].version, found[0].dossier.member.first_name) == (2, "Zélie")


@pytest.mark.parametrize("leave", ["lock", "close"])
def test_leaving_backs_up_what_was_done(opened: Desktop, folder: Path, leave: str) -> None:
    """A day with an answer in it has its backup when the drafts close; one of looking only has none."""
    assert backups.listed(folder) == ()
    begin(opened)
    getattr(opened.window, leave)()
    assert opened.window.desk is None
    assert len(backups.listed(folder)) == 1
    opened.open(vault.unlock(folder, PASSPHRASE))
    opened.window.lock()
    assert len(backups.listed(folder)) == 1


@pytest.mark.parametrize("leave", ["lock", "close"])
def test_a_backup_that_fails_is_said(opened: Desktop, monkeypatch: pytest.MonkeyPatch, leave: str) -> None:
    """The drafts are locked all the same; the window stays until it is read, then closes."""

    def make(*_: object) -> None:
        raise Fault("Impossible de sauvegarder : le disque est plein.")

    monkeypatch.setattr(backups, "make", make)
    begin(opened)
    getattr(opened.window, leave)()
    told = opened.window.findChild(Dialog)
    assert told is not None
    assert told.windowTitle() == NO_BACKUP
    assert "le disque est plein" in told.accessibleDescription()
    assert opened.window.isVisible()
    assert opened.window.desk is None
    told.accept()
    opened.window.close()
    assert not opened.window.isVisible()


def test_the_practice_has_no_backup(opened: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it stays."""
    opened.window.practise()
    monkeypatch.setattr(backups, "make", lambda *_: pytest.fail("a backup of the practice"))
    opened.window.lock()
    assert opened.window.desk is None
    assert opened.window.findChildren(Dialog) == []
