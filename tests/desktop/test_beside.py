"""What goes with a dossier in the real window: files of its papers, quotes, what is printed alone."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.practice import dossiers
from desktop.table.estimates import QuotesDialog
from desktop.table.paper_dialog import LookDialog, PaperDialog
from desktop.widgets.dialogs import Dialog
from desktop.widgets.work import Answers
from desktop.wizard.papers import PaperRow
from desktop.wizard.summary import SummaryPage
from forms.dossier.documents import files_of
from forms.drafts import attachments, printed, quotes
from forms.drafts.draft import Draft
from tests.desktop.conftest import NOW, TODAY
from tests.forms.drafts.scanned import pdf, picture

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.table.beside import Beside
    from desktop.wizard.compare_if import IfPanel
    from desktop.wizard.view import WizardView
    from tests.desktop.conftest import Desktop

REFERENCE = "4T8N-W1KB"
RIB = ("bank_details", "member")


def on_table(desktop: Desktop) -> WizardView:
    """Put an invented family with no papers on the table."""
    family = dossiers(TODAY)[0].model_copy(update={"reference": REFERENCE, "documents": ()})
    desktop.desk.restore(Draft(REFERENCE, family, "", "complete", "", "", 1, NOW, NOW))
    return opened_again(desktop)


def opened_again(desktop: Desktop) -> WizardView:
    """Open it from the list."""
    desktop.desk.open(REFERENCE)
    desktop.wait(lambda: desktop.window.wizard is not None)
    assert desktop.window.wizard is not None
    return desktop.window.wizard


def beside(desktop: Desktop) -> Beside:
    """Give what answers for the dossier on the table."""
    table = desktop.window._table
    assert table is not None
    return table.beside


def row_of(view: WizardView) -> PaperRow:
    """Show the row of the bank details."""
    view.go("summary", "documents")
    page = view.page
    assert isinstance(page, SummaryPage)
    return page.paper_rows[RIB]


def kept_files(desktop: Desktop) -> list[str]:
    """Ask the drafts which files they hold."""
    found: list[list[str]] = []
    desktop.desk.ask(lambda store: [one.paper for one in attachments.listed(store, REFERENCE)], found.append)
    desktop.wait(lambda: bool(found))
    return found[0]


def files(view: WizardView) -> tuple[str, ...]:
    """Give the files that the dossier names for the bank details."""
    return files_of(view.session.dossier, *RIB)


def dialog(desktop: Desktop) -> PaperDialog:
    """Open the files of the bank details with the keyboard."""
    assert desktop.window.wizard is not None
    row = row_of(desktop.window.wizard)
    row.files.setFocus()
    desktop.key(Qt.Key.Key_Return)
    desktop.wait(lambda: any(one.isVisible() for one in desktop.window.findChildren(PaperDialog)))
    return next(one for one in desktop.window.findChildren(PaperDialog) if one.isVisible())


def test_a_paper_changes_with_the_arrows_and_is_undone(opened: Desktop) -> None:
    """Missing, then attached, then seen, by the keyboard; the dossier says so, and Ctrl+Z goes back."""
    view = on_table(opened)
    opened.front(opened.window)
    row = row_of(view)
    assert row.radios.value() == "missing"
    row.radios.focus_in()
    opened.key(Qt.Key.Key_Left)
    states = [view.session.dossier.documents[-1].state]
    opened.key(Qt.Key.Key_Left)
    states.append(view.session.dossier.documents[-1].state)
    assert states == ["attached", "seen"]
    opened.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    opened.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert view.session.dossier.documents == ()


def test_files_are_attached_looked_at_taken_out_and_undone(opened: Desktop, tmp_path: Path) -> None:
    """From a dialogue: kept encrypted, attached in the dossier; removed, put back, undone from the page."""
    view = on_table(opened)
    (tmp_path / "rib.pdf").write_bytes(pdf(2))
    sheet = dialog(opened)
    asked = sheet.ask_file()
    asked.filesSelected.emit([str(tmp_path / "rib.pdf")])
    opened.wait(lambda: bool(sheet.opens))
    assert files(view) == ("bank_details-1",)
    assert view.session.dossier.documents[-1].state == "attached"
    assert kept_files(opened) == ["bank_details-1"]
    sheet.opens[0].click()
    opened.wait(lambda: any(one.isVisible() for one in opened.window.findChildren(LookDialog)))
    look = next(one for one in opened.window.findChildren(LookDialog) if one.isVisible())
    opened.wait(lambda: look.view.drawn)
    assert look.view.count.text() == "2 pages"
    assert look.view.print.isHidden()
    look.reject()
    sheet.removes[0].click()
    assert files(view) == ()
    assert sheet.undo.isVisible()
    sheet.undo.click()
    assert files(view) == ("bank_details-1",)
    sheet.reject()
    view.undo()
    assert view.session.dossier.documents == ()
    view.redo()
    assert files(view) == ("bank_details-1",)


def test_the_newest_scan_is_taken_with_two_keys(opened: Desktop, tmp_path: Path) -> None:
    """The scanner's folder is chosen once and remembered; Enter on the row, Enter again, and it is there."""
    view = on_table(opened)
    (tmp_path / "scan1.jpg").write_bytes(picture())
    sheet = dialog(opened)
    assert not sheet.take.isEnabled()
    asked = sheet.ask_folder()
    asked.fileSelected.emit(str(tmp_path))
    assert str(tmp_path) in sheet.folder.text()
    asked.close()
    sheet.reject()
    sheet = dialog(opened)
    opened.front(sheet)
    opened.wait(sheet.take.hasFocus)
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: bool(sheet.opens))
    assert files(view) == ("bank_details-1",)
    sheet.reject()
    view.left.emit()
    opened_again(opened)
    opened.wait(lambda: beside(opened).attaching.scanner == tmp_path)


def test_what_is_no_scan_is_refused_and_changes_nothing(opened: Desktop, tmp_path: Path) -> None:
    """The line names the file and says what to do; an empty scanner's folder too."""
    view = on_table(opened)
    before = view.session.dossier
    (tmp_path / "devis.docx").write_bytes(b"PK\x03\x04")
    sheet = dialog(opened)
    sheet.attach([tmp_path / "devis.docx"])
    opened.wait(lambda: "ni un PDF" in sheet.said.text())
    assert "devis.docx" in sheet.said.text()
    beside(opened).attaching.set_scanner(tmp_path)
    sheet._take()
    opened.wait(lambda: "ne contient ni PDF" in sheet.said.text())
    assert view.session.dossier is before
    assert kept_files(opened) == []
    sheet.reject()


def test_a_file_is_dropped_on_the_row_of_its_paper(opened: Desktop, tmp_path: Path) -> None:
    """As the mouse does it; what is no scan is told in a dialogue, what is of another machine is not taken."""
    view = on_table(opened)
    (tmp_path / "rib.png").write_bytes(picture(kind="PNG"))
    (tmp_path / "note.txt").write_text("texte")
    row = row_of(view)
    for name in ("rib.png", "note.txt"):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)), QUrl("https://example.fr/rib.pdf")])
        drop = QDropEvent(
            QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        row.dropEvent(drop)
    opened.wait(lambda: files(view) == ("bank_details-1",))
    assert row.files.text() == "1 fichier"
    opened.wait(lambda: any("note.txt" in one.accessibleDescription() for one in opened.window.findChildren(Dialog)))


def test_a_missing_paper_gives_its_files_up_and_gets_them_back(opened: Desktop, tmp_path: Path) -> None:
    """« manquante » takes the files out of the dossier, says so under the papers, and one link undoes it."""
    view = on_table(opened)
    (tmp_path / "a.pdf").write_bytes(pdf())
    attaching = beside(opened).attaching
    attaching.attach(RIB, [tmp_path / "a.pdf", tmp_path / "a.pdf"])
    opened.wait(lambda: len(files(view)) == 2)
    row = row_of(view)
    row.radios.buttons()[2].click()
    assert view.session.dossier.documents == ()
    page = view.page
    assert isinstance(page, SummaryPage)
    assert page.papers.removed_words.text() == "2 fichiers joints retirés."
    page.papers.undo_button.click()
    assert len(files(view)) == 2


def test_files_that_were_taken_out_leave_with_the_dossier(opened: Desktop, tmp_path: Path) -> None:
    """Undo needs them while the dossier is open; after it, nothing of them is kept."""
    view = on_table(opened)
    (tmp_path / "a.pdf").write_bytes(pdf())
    attaching = beside(opened).attaching
    attaching.attach(RIB, [tmp_path / "a.pdf", tmp_path / "a.pdf"])
    opened.wait(lambda: len(files(view)) == 2)
    attaching.take_out(RIB, "bank_details-1")
    assert len(kept_files(opened)) == 2
    view.left.emit()
    opened.wait(lambda: kept_files(opened) == ["bank_details-2"])
    view = opened_again(opened)
    assert files(view) == ("bank_details-2",)


def test_the_preview_joins_the_files_when_asked(opened: Desktop, tmp_path: Path) -> None:
    """The tick is there when there are files; ticked, their pages come after the others; two copies keep it."""
    view = on_table(opened)
    first = opened.preview()
    assert first.join.isHidden()
    pages = len(first.pages)
    first.left.emit()
    (tmp_path / "a.pdf").write_bytes(pdf(3))
    beside(opened).attaching.attach(RIB, [tmp_path / "a.pdf"])
    opened.wait(lambda: bool(files(view)))
    shown = opened.preview()
    assert shown.join.text() == "Joindre les pièces (1 fichier)"
    assert not shown.join.isChecked()
    shown.join.click()
    opened.wait(lambda: len(shown.pages) == pages + 3)
    shown.join.click()
    opened.wait(lambda: len(shown.pages) == pages)
    shown.left.emit()


def test_what_is_said_while_files_are_joined_is_not_what_is_printed(opened: Desktop, tmp_path: Path) -> None:
    """Joining takes long: when an answer comes before its end, nothing is saved, and nothing is said to be on paper."""
    view = on_table(opened)
    (tmp_path / "a.pdf").write_bytes(pdf(3))
    beside(opened).attaching.attach(RIB, [tmp_path / "a.pdf"])
    opened.wait(lambda: bool(files(view)))
    shown, paper, desk = opened.preview(), opened.window.paper, opened.desk
    pages = len(shown.pages)
    shown.join.click()
    opened.wait(lambda: len(shown.pages) == pages + 3)
    assert paper is not None
    before = desk.draft
    assert before is not None
    release, answers = threading.Event(), Answers(paper)
    done: list[int] = []
    answers.work(lambda: release.wait(20), lambda _none: None, lambda _fault: None)
    paper.save()
    desk.ask(lambda _store: 1, done.append)
    opened.wait(lambda: len(done) == 1)
    view.session.type("member.phone", "06 00 00 00 00")
    release.set()
    answers.work(lambda: 2, done.append, lambda _fault: None)
    opened.wait(lambda: len(done) == 2)
    assert opened.window.findChild(QFileDialog) is None
    desk.printed(before, b"%PDF-1.7 the former bytes", NOW)
    assert desk.draft is not None
    assert (desk.draft.state, desk.draft.version) == ("complete", 1)
    desk.ask(lambda store: len(printed.versions(store, REFERENCE)), done.append)
    opened.wait(lambda: len(done) == 3)
    assert done[-1] == 0


def test_the_slip_is_shown_alone(opened: Desktop) -> None:
    """Its own preview, with print and save, and back to the summary; no version is noted."""
    view = on_table(opened)
    row_of(view)
    page = view.page
    assert isinstance(page, SummaryPage)
    page.papers.slip.click()
    sheet = beside(opened).sheet
    opened.wait(lambda: sheet.view is not None)
    assert sheet.view is not None
    assert sheet.view.title.text() == "Pièces à apporter"
    assert sheet.view.twice.isHidden()
    assert sheet.view.print.isEnabled()
    sheet.view.save_asked.emit()
    asked = opened.window.findChild(QFileDialog)
    assert asked is not None
    assert asked.selectedFiles()[0].endswith(f"Pièces {REFERENCE}.pdf")
    asked.reject()
    sheet.view.left.emit()
    assert opened.window.stack.currentWidget() is view
    assert opened.desk.draft is not None
    assert opened.desk.draft.state == "complete"


# Quotes


def what_if(view: WizardView) -> IfPanel:
    """Show « Et si… »."""
    view.go("formula")
    compare = view.formulas.compare
    compare.tabs.setCurrentIndex(compare.tabs.count() - 1)
    QApplication.processEvents()
    return compare.what_if


def listed(desktop: Desktop, panel: IfPanel) -> QuotesDialog:
    """Open the list of quotes."""
    panel.kept.click()
    desktop.wait(lambda: any(one.isVisible() for one in desktop.window.findChildren(QuotesDialog)))
    return next(one for one in desktop.window.findChildren(QuotesDialog) if one.isVisible())


def test_a_quote_is_kept_listed_printed_and_supposed_again(opened: Desktop) -> None:
    """The dossier is not changed; the quote comes back after the dossier was closed."""
    view = on_table(opened)
    before = view.session.dossier
    panel = what_if(view)
    assert panel.kept.isHidden()
    QTest.keyClicks(panel.child.line, "8")
    panel.keep.click()
    opened.wait(panel.kept.isVisible)
    assert panel.kept.text() == "1 devis gardé"
    assert panel.kept_words.text().startswith("Devis gardé à")
    assert view.session.dossier is before
    assert view.session.last is None
    view.left.emit()
    view = opened_again(opened)
    panel = what_if(view)
    opened.wait(panel.kept.isVisible)
    sheet = listed(opened, panel)
    assert "avec un enfant de 8 ans de plus" in sheet.lines[0].title.text()
    assert "par mois" in sheet.lines[0].prices.text()
    sheet.lines[0].print.click()
    page = beside(opened).sheet
    opened.wait(lambda: page.view is not None)
    assert page.view is not None
    assert page.view.title.text() == "Devis"
    page.view.left.emit()
    listed(opened, panel).lines[0].again.click()
    assert panel.supposition().child == 8
    assert view.session.dossier == before


def test_a_quote_that_was_taken_away_is_put_back(opened: Desktop) -> None:
    """The line stays until the list is closed, and turns back."""
    view = on_table(opened)
    panel = what_if(view)
    panel.keep.click()
    opened.wait(panel.kept.isVisible)
    line = listed(opened, panel).lines[0]
    counts: list[int] = []
    for words in ("Remettre", "Supprimer", "Remettre"):
        line.drop.click()
        assert line.drop.text() == words
        opened.desk.ask(lambda store: len(quotes.kept(store, REFERENCE)), counts.append)
    opened.wait(lambda: len(counts) == 3)
    assert counts == [0, 1, 0]
    opened.wait(panel.kept.isHidden)


@pytest.mark.parametrize("what", ["dossier", "list"])
def test_f8_hides_everyone_else_and_enlarges(opened: Desktop, what: str) -> None:
    """From the list as from a dossier: names and numbers go, one zoom step more; turned back, all is as before."""
    view = on_table(opened)
    if what == "list":
        view.left.emit()
        opened.wait(lambda: bool(opened.home.model.rows))
    style = opened.window._style
    opened.front(opened.window)
    opened.key(Qt.Key.Key_F8)
    assert (style.zoom, style.chosen_zoom) == (110, 100)
    assert opened.window.bar.masking.isVisible()
    if what == "dossier":
        view.left.emit()
        opened.wait(lambda: bool(opened.home.model.rows))
    row = opened.home.model.rows[0]
    assert row.texts[:2] == (f"Dossier {REFERENCE}", "•••")
    index = opened.home.model.index(0, 0)
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        assert "Delattre" not in str(opened.home.model.data(index, role))
    assert opened.home.more.isHidden()
    opened.home.remarks.say("pairs", "Maïa Delattre est aussi dans un autre dossier.")
    assert opened.home.remarks.isHidden()
    opened.key(Qt.Key.Key_F8)
    assert style.zoom == 100
    assert opened.home.model.rows[0].texts[0] != f"Dossier {REFERENCE}"
    assert opened.home.remarks.isVisible()


def test_the_larger_type_of_a_turned_screen_is_not_kept(opened: Desktop) -> None:
    """What is remembered with the drafts is the zoom that was chosen."""
    style = opened.window._style
    opened.front(opened.window)
    opened.key(Qt.Key.Key_F8)
    style.zoom_to(125)
    assert style.zoom == 150
    kept: list[object] = []
    opened.desk.ask_setting("display", kept.append)
    opened.wait(lambda: bool(kept))
    assert isinstance(kept[0], dict)
    assert kept[0]["zoom"] == 125
    opened.key(Qt.Key.Key_F8)
    assert style.zoom == 125


def test_a_masked_number_left_alone_keeps_its_value(opened: Desktop) -> None:
    """Walked through with Tab while the screen is turned, the NIR and the IBAN say what they said."""
    view = on_table(opened)
    opened.front(opened.window)
    before = view.session.dossier
    opened.key(Qt.Key.Key_F8)
    view.go("contract", "member.nir")
    for _ in range(30):
        opened.key(Qt.Key.Key_Tab)
    opened.key(Qt.Key.Key_F8)
    assert view.session.dossier == before
