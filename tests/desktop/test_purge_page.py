"""The purge in the window: announced, shown with its reasons, confirmed, stopped and taken up again, certified."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from desktop.day.purge_page import STOPPED, PurgePage
from desktop.desk.purge_plan import Plan, summary
from desktop.home.at_home import PURGE
from forms.drafts import backups
from forms.drafts import purge as purging
from forms.drafts.retention import Preview, Retention, retention
from tests.desktop.conftest import NOW
from tests.desktop.test_home import a_draft, dialog, press

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.desk.permanence import Permanence
    from forms.drafts.store import DraftStore
    from tests.desktop.conftest import Desktop


def ask(desktop: Desktop, question: Callable[[DraftStore], object]) -> object:
    """Ask the drafts, and wait for the answer."""
    found: list[object] = []
    desktop.desk.ask(question, found.append)
    desktop.wait(lambda: bool(found))
    return found[0]


@pytest.fixture
def aged(opened: Desktop, permanence: Permanence) -> Desktop:
    """Give drafts of several ages, and a backup that holds them."""
    kept = [("Caron", "draft", 31), ("Roy", "complete", 40), ("Lheureux", "printed", 40), ("Aubry", "draft", 26)]

    def keep(store: DraftStore) -> None:
        for name, state, days in kept:
            store.save(replace(a_draft(name, permanence, state), saved_at=NOW - dt.timedelta(days=days)))  # type: ignore[arg-type]
        backups.make(store.database, store.folder, store.key, NOW)

    ask(opened, keep)
    assert opened.window.at_home is not None
    opened.window.at_home._announce()
    opened.wait(lambda: bool(opened.home.remarks.text(PURGE)))
    return opened


def page(desktop: Desktop) -> PurgePage:
    """Open the page by its menu, and give it once it has read what leaves."""
    desktop.home.action_asked.emit("purge")
    shown = desktop.window.stack.currentWidget()
    assert isinstance(shown, PurgePage)
    desktop.wait(lambda: shown.plan is not None)
    return shown


def names(desktop: Desktop) -> set[str]:
    """Give who is still among the drafts."""
    found = ask(desktop, lambda store: [one.dossier.member.birth_name for one in store.recent()])  # type: ignore[union-attr]
    assert isinstance(found, list)
    return set(found)


def test_it_is_announced_shown_and_confirmed(aged: Desktop, tmp_path: Path) -> None:
    """The list says it; the page why and until when; nothing leaves before "Purger 2 dossiers" is confirmed."""
    assert aged.home.remarks.text(PURGE) == "2 dossiers ont fini leur temps de garde\u00a0: à purger."
    shown = page(aged)
    assert shown.heading.text() == "2 dossiers à purger"
    assert "1 brouillon et 1 complet." in shown.said.text()
    assert "1 sauvegarde sera nettoyée" in shown.said.text()
    assert "Dans les 7 jours\u00a0: 1 autre" in shown.said.text()
    assert [row[1:3] + row[5:] for row in shown.table.rows] == [
        ("Roy", "complet", "30 jours sans changement"),
        ("Caron", "brouillon", "30 jours sans changement"),
    ]
    assert shown.go_on.text() == "Purger 2 dossiers"
    shown.go_on.click()
    press(dialog(aged), "Annuler")
    assert names(aged) == {"Caron", "Roy", "Lheureux", "Aubry"}
    shown.go_on.click()
    press(dialog(aged), "Purger 2 dossiers")
    aged.wait(lambda: shown.certificate is not None)
    assert names(aged) == {"Lheureux", "Aubry"}
    assert "Effacés\u00a0: 2 dossiers." in shown.paper_lines.text()
    assert "1 sauvegarde" in shown.paper_lines.text()
    aged.wait(lambda: shown.heading.text() == "Rien à purger aujourd’hui")
    assert not shown.go_on.isEnabled()
    shown.save.click()
    aged.wait(lambda: aged.window.findChild(QFileDialog) is not None)
    asked = aged.window.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(tmp_path / "certificat.pdf"))
    asked.close()
    assert (tmp_path / "certificat.pdf").read_bytes().startswith(b"%PDF-")
    shown.left.emit()
    aged.wait(lambda: "dans les 7 jours" in aged.home.remarks.text(PURGE))
    again = page(aged)
    assert again.paper_title.text() == "Certificat de la dernière purge"


def test_the_time_of_keeping_is_set(aged: Desktop) -> None:
    """Up to 90 days; what leaves follows at once; the setting is kept."""
    shown = page(aged)
    assert shown.unfinished.currentText() == "30 jours"
    assert shown.unfinished.itemText(shown.unfinished.count() - 1) == "90 jours"
    shown.unfinished.setCurrentIndex(shown.unfinished.findData(90))
    shown.unfinished.activated.emit(shown.unfinished.currentIndex())
    aged.wait(lambda: shown.heading.text() == "Rien à purger aujourd’hui")
    shown.printed.setCurrentIndex(shown.printed.findData(30))
    shown.printed.activated.emit(shown.printed.currentIndex())
    aged.wait(lambda: shown.heading.text() == "1 dossier à purger")
    assert ask(aged, retention) == Retention(draft=90, complete=90, printed=30)


def one_by_one(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Have a purge take one dossier a batch, and wait in each: the first event says so, the second lets it go on."""
    monkeypatch.setattr(purging, "BATCH", 1)
    at_first, go_on = threading.Event(), threading.Event()
    take = purging._take

    def slowly(*given: object) -> None:
        at_first.set()
        assert go_on.wait(20)
        take(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(purging, "_take", slowly)
    return at_first, go_on


def test_it_is_stopped_and_taken_up_again(aged: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped between two batches, it says so; what was begun is said on the list, and the next run ends it."""
    shown = page(aged)
    at_first, go_on = one_by_one(monkeypatch)
    shown.run()
    aged.wait(at_first.is_set)
    aged.wait(lambda: "0 sur 2" in shown.running.progress.text())
    assert not shown.go_on.isEnabled()
    shown.running.cancel.click()
    go_on.set()
    aged.wait(lambda: shown.remarks.text("stopped") == STOPPED)
    assert names(aged) == {"Caron", "Lheureux", "Aubry"}
    aged.wait(lambda: shown.go_on.text() == "Purger 1 dossier")
    shown.left.emit()
    aged.wait(lambda: "arrêtée avant sa fin" in aged.home.remarks.text(PURGE))
    again = page(aged)
    assert again.heading.text() == "1 dossier à purger et 1 dossier à finir d’effacer"
    assert "Le certificat les comptera aussi\u00a0: 2 dossiers en tout." in again.said.text()
    again.run()
    aged.wait(lambda: again.certificate is not None)
    assert again.certificate is not None
    assert len(again.certificate["references"]) == 2
    assert "Effacés\u00a0: 2 dossiers." in again.paper_lines.text()
    assert "Parmi eux, 1 dossier est parti avec une purge du 3 février 2026" in again.paper_lines.text()
    assert names(aged) == {"Lheureux", "Aubry"}


@pytest.mark.parametrize("leave", ["back", "lock"])
def test_leaving_stops_it(aged: Desktop, monkeypatch: pytest.MonkeyPatch, leave: str) -> None:
    """Gone from the page, or locked: what was not begun stays, the journal is sound, nothing is said to be lost."""
    shown = page(aged)
    at_first, go_on = one_by_one(monkeypatch)
    shown.run()
    aged.wait(at_first.is_set)
    threading.Timer(0.2, go_on.set).start()
    if leave == "lock":
        aged.window.lock()
        assert aged.window.desk is None
    else:
        shown.left.emit()
        aged.wait(lambda: "arrêtée avant sa fin" in aged.home.remarks.text(PURGE))
        assert names(aged) == {"Caron", "Lheureux", "Aubry"}


def test_the_screen_turned_hides_the_page(aged: Desktop) -> None:
    """It names people who are not at the table: while the screen is turned nothing of it is in sight."""
    shown = page(aged)
    aged.window.turn()
    assert not shown.area.isVisible()
    assert shown.turned.isVisible()
    aged.window.turn()
    assert shown.area.isVisible()
    assert not shown.turned.isVisible()


def test_nothing_of_it_in_the_practice(opened: Desktop) -> None:
    """There is nothing to keep there, so nothing to purge."""
    opened.window.practise()
    assert opened.home.menu.findChildren(QAction)
    assert "Purger les dossiers…" not in [action.text() for action in opened.home.menu.findChildren(QAction)]
    opened.window.lock()


def test_the_keyboard_goes_through(aged: Desktop) -> None:
    """One begins on the way back: a key meant for the list purges nothing."""
    shown = page(aged)
    assert shown.back.hasFocus()
    aged.key(Qt.Key.Key_Return)
    aged.wait(lambda: aged.window.stack.currentWidget() is aged.home)


@pytest.mark.parametrize(
    ("aside", "said"), [(1, "Effacée en entier : 1 base mise"), (2, "Effacées en entier : 2 bases")]
)
def test_the_words_for_what_was_set_aside(aside: int, said: str) -> None:
    """One base, or several."""
    found = Plan(Preview((), 0, aside, 1), Retention(), (), (), None)
    assert said in summary(found).replace("\u00a0", " ")
