"""Empty bulletins typed in afterwards under their number: by the menu, or by the number in the search."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.day.blanks import BlankDialog, met_in_search, open_under
from desktop.day.blanks_print import BlanksPage, PrintBlanks
from desktop.desk.permanence import Permanence, foreign
from desktop.widgets.dialogs import Dialog
from forms.bulletin.scan import read_scan
from forms.drafts import printed
from forms.drafts.draft import Draft
from forms.drafts.purge import purge
from forms.drafts.retention import preview
from tests.desktop.conftest import NOW, write
from tests.making import alone, cdg62, read

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.home.home import HomeView
    from forms.drafts.store import DraftStore
    from tests.desktop.conftest import Desktop


def action(desktop: Desktop, words: str) -> None:
    """Choose a line of the menu by its words."""
    next(line for line in desktop.home.menu.findChildren(QAction) if line.text() == words).trigger()


def asked(desktop: Desktop) -> BlankDialog:
    """Ask for a blank, and give the dialogue."""
    action(desktop, "Saisir un bulletin vierge…")
    shown = next(d for d in desktop.window.findChildren(BlankDialog) if d.isVisible())
    desktop.front(shown)
    return shown


def typed_in(desktop: Desktop, reference: str, name: str) -> None:
    """Say a name in the dossier that opens, and go back to the list."""
    desktop.wait(lambda: desktop.window.wizard is not None)
    session = desktop.desk.session
    assert session is not None
    assert session.dossier.reference == reference
    with desktop.qtbot.waitSignal(desktop.desk.saved):
        session.type("member.birth_name", name)
    desktop.window.wizard.left.emit()  # type: ignore[union-attr]
    desktop.wait(lambda: bool(desktop.home.model.rows))


def test_a_number_is_typed_as_it_is_read(opened: Desktop) -> None:
    """By the keyboard: a wrong one is refused at its field and stays; a right one opens a dossier under it."""
    shown = asked(opened)
    assert QApplication.focusWidget() is shown.number.line
    write("7k3m u2xd")
    opened.key(Qt.Key.Key_Return)
    assert "« U »" in shown.number.message
    assert shown.number.text == "7k3m u2xd"
    shown.number.line.selectAll()
    write("n° 7k3m q2xd")
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: opened.window.wizard is not None)
    dossier = opened.desk.session.dossier  # type: ignore[union-attr]
    assert (dossier.reference, dossier.convention) == ("7K3M-Q2XD", "cdg62-mnt")
    assert dossier.employer.name == "Mairie de Béthune"
    assert (dossier.request.signed_on, dossier.request.place) == (None, None), "the paper says when and where"
    typed_in(opened, "7K3M-Q2XD", "Caron")


def test_a_blank_of_another_convention(opened: Desktop) -> None:
    """Its own convention is chosen; the employer of the permanence is not taken for its employer."""
    shown = asked(opened)
    shown.number.line.setText("7K3M-Q2XD")
    shown.convention.setCurrentIndex(shown.convention.findData("cdg33-mnfct"))
    shown.go_on.click()
    opened.wait(lambda: opened.window.wizard is not None)
    dossier = opened.desk.session.dossier  # type: ignore[union-attr]
    assert (dossier.convention, dossier.employer.name) == ("cdg33-mnfct", None)


def test_a_number_that_is_here_is_opened(opened: Desktop) -> None:
    """It is said, and offered; nothing of the dossier that has it changes."""
    shown = asked(opened)
    shown.number.line.setText("7K3M-Q2XD")
    shown.go_on.click()
    typed_in(opened, "7K3M-Q2XD", "Caron")
    again = asked(opened)
    again.number.line.setText("7k3mq2xd")
    again.go_on.click()
    opened.wait(lambda: any("déjà ici" in d.windowTitle() for d in opened.window.findChildren(Dialog)))
    next(d for d in opened.window.findChildren(Dialog) if "déjà ici" in d.windowTitle()).accept()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.session.dossier.member.birth_name == "Caron"  # type: ignore[union-attr]


@pytest.mark.parametrize("purged", [False, True])
def test_a_number_that_has_served_begins_the_next_version(opened: Desktop, purged: bool) -> None:  # noqa: FBT001 - both
    """Its dossier was deleted, or purged: it is asked about, and what is on paper under it keeps its version."""
    dossier, at = read({**alone(), "reference": "7K3M-Q2XD"}), NOW - dt.timedelta(days=300)

    def served(store: DraftStore) -> int:
        draft = Draft("7K3M-Q2XD", dossier, cdg62().fingerprint, "complete", "", "", 1, at, at)
        store.save(draft)
        printed.record(store, draft, "2026-1", at, b"%PDF-")
        store.delete("7K3M-Q2XD", NOW)
        return len(purge(store, preview(store, NOW), NOW)["references"]) if purged else 1  # type: ignore[index]

    done: list[int] = []
    opened.desk.ask(served, done.append)
    opened.wait(lambda: done == [1])
    open_under(opened.window, opened.desk, "7K3M-Q2XD", "cdg62-mnt")
    asked = f"{'purgé' if purged else 'supprimé'} ici"
    opened.wait(lambda: any(asked in d.windowTitle() for d in opened.window.findChildren(Dialog)))
    next(d for d in opened.window.findChildren(Dialog) if asked in d.windowTitle()).accept()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.draft is not None
    assert opened.desk.draft.version == 2


def test_a_number_in_the_search_offers_a_dossier(opened: Desktop) -> None:
    """Typed where one searches, an unknown number is offered; Enter takes it; once it is there it is found."""
    opened.wait(lambda: bool(opened.home.settings.text()))
    opened.front(opened.window)
    opened.wait(opened.home.empty.isVisible)
    opened.window.search()
    opened.wait(opened.home.search.hasFocus)
    write("7k3m-q2xd")
    home: HomeView = opened.home
    opened.wait(home.under.isVisible)
    assert home.empty.text() == "Aucun dossier sous ce numéro\u00a0:"
    assert home.under.text() == "ouvrir une adhésion sous 7K3M-Q2XD"
    opened.key(Qt.Key.Key_Return)
    typed_in(opened, "7K3M-Q2XD", "Caron")
    opened.wait(lambda: len(home.model.rows) == 1)
    assert not home.under.isVisible()
    home.search.setText("Jean-Marc")
    opened.wait(lambda: home.empty.isVisible() and "recherche" in home.empty.text())
    assert not home.under.isVisible()


def test_without_a_permanence_the_convention_is_asked(opened: Desktop) -> None:
    """A number alone does not say its convention: where no permanence says it, it is chosen."""
    opened.desk.settle(Permanence())
    opened.home.search.setText("7K3M-Q2XD")
    opened.wait(opened.home.under.isVisible)
    opened.home.under.click()
    shown = next(d for d in opened.window.findChildren(BlankDialog) if d.isVisible())
    assert shown.number.text == "7K3M-Q2XD"


@pytest.mark.parametrize("practice", [False, True])
def test_the_practice_and_the_real_do_not_meet(opened: Desktop, practice: bool) -> None:  # noqa: FBT001 - a column
    """SPEC- is refused among the real ones, any other number in the practice; each is told why."""
    if practice:
        opened.window.practise()
        opened.wait(lambda: opened.window.desk is not None and opened.desk.practice and bool(opened.home.model.rows))
    inside, outside = ("SPEC-00A1", "7K3M-Q2XD") if practice else ("7K3M-Q2XD", "SPEC-00A1")
    assert met_in_search(outside, practice=practice) == ""
    assert met_in_search(inside, practice=practice) == inside
    assert foreign(outside, practice=practice)
    shown = asked(opened)
    shown.number.line.setText(outside)
    shown.go_on.click()
    assert "entraînement" in shown.number.message
    shown.number.line.setText(inside)
    shown.go_on.click()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.session.dossier.reference == inside  # type: ignore[union-attr]


def test_blanks_are_printed_from_the_menu(opened: Desktop, tmp_path: Path) -> None:
    """How many, 1 to 50; the first is seen, all are saved, each under the number of its codes; not in the practice."""
    action(opened, "Imprimer des bulletins vierges…")
    shown = next(d for d in opened.window.findChildren(PrintBlanks) if d.isVisible())
    opened.front(shown)
    assert shown.convention.currentData() == "cdg62-mnt"
    for wrong in ("0", "51", "dix", ""):
        shown.count.line.setText(wrong)
        shown.go_on.click()
        assert shown.count.message == "Écrivez un nombre de 1 à 50."
    shown.count.line.setText("3")
    shown.go_on.click()
    opened.wait(lambda: isinstance(opened.window.stack.currentWidget(), BlanksPage))
    page = opened.window.stack.currentWidget()
    assert isinstance(page, BlanksPage)
    assert (page.view.title.text(), page.view.count.text()) == ("3 bulletins vierges", "2 pages chacun")
    opened.wait(lambda: page.view.drawn)
    page.view.save.click()
    dialog = next(d for d in opened.window.findChildren(QFileDialog))
    dialog.fileSelected.emit(str(tmp_path / "vierges.pdf"))
    dialog.close()
    pages = read_scan(tmp_path / "vierges.pdf")
    marks = [one.mark for one in pages if one.mark]
    assert [mark.page for mark in marks] == [1, 2] * 3
    assert len({mark.reference for mark in marks}) == 3
    page.view.back.click()
    opened.wait(lambda: opened.window.stack.currentWidget() is opened.home)
    opened.window.practise()
    opened.wait(lambda: opened.window.desk is not None and opened.desk.practice and bool(opened.home.model.rows))
    assert "Imprimer des bulletins vierges…" not in [line.text() for line in opened.home.menu.findChildren(QAction)]
    opened.window.lock()
