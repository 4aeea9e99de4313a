"""Esc goes back from everything to where one came from, Ctrl+P prints what is on screen, F8 reaches dialogues too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget

from desktop.day.actions import ACTIONS, DayPage
from desktop.day.closing import ClosingPage
from desktop.day.purge_page import PurgePage
from desktop.day.versions_page import VersionsPage
from desktop.home.permanence_dialog import PermanenceDialog
from desktop.paper.preview import PreviewView
from desktop.paper.printing import NO_PRINTER
from desktop.practice import dossiers
from desktop.table.paper_dialog import LookDialog
from desktop.widgets.dialogs import Dialog
from desktop.widgets.help import HelpDialog
from desktop.wizard.links import Link
from desktop.wizard.summary import SummaryPage
from forms.drafts import printed
from forms.drafts.draft import Draft
from tests.desktop.conftest import NOW, TODAY, write
from tests.desktop.test_beside import beside, dialog, on_table
from tests.forms.drafts.scanned import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.wizard.view import WizardView
    from forms.drafts.store import DraftStore
    from tests.desktop.conftest import Desktop

CTRL = Qt.KeyboardModifier.ControlModifier
WHOLE = "5V2P-H7DA"


def whole(desktop: Desktop) -> WizardView:
    """Put an invented agent on the table, of whom all is said and one version is on paper."""
    one = dossiers(TODAY)[0].model_copy(update={"reference": WHOLE})
    kept = Draft(WHOLE, one, "", "printed", "summary", "", 1, NOW, NOW)

    def keep(store: DraftStore) -> None:
        store.save(kept)
        printed.record(store, kept, "2026-1", NOW, pdf(1))

    desktop.desk.ask(keep)
    desktop.desk.open(WHOLE)
    desktop.wait(lambda: desktop.window.wizard is not None)
    assert desktop.window.wizard is not None
    assert desktop.window.wizard.session.assessment.printable
    return desktop.window.wizard


def screen(desktop: Desktop) -> QWidget | None:
    """Give the page on screen."""
    return desktop.window.stack.currentWidget()


def open_dialogs(desktop: Desktop) -> list[QDialog]:
    """Give the dialogues on screen."""
    return [one for one in desktop.window.findChildren(QDialog) if one.isVisible()]


def top(desktop: Desktop) -> QDialog:
    """Bring the last dialogue to the front."""
    desktop.wait(lambda: bool(open_dialogs(desktop)))
    last = open_dialogs(desktop)[-1]
    desktop.front(last)
    return last


def back(desktop: Desktop) -> None:
    """Press Esc, from wherever the focus is."""
    if not open_dialogs(desktop):
        desktop.front(desktop.window)
    desktop.key(Qt.Key.Key_Escape)


@pytest.mark.parametrize("name", [action.name for action in ACTIONS])
def test_everything_beside_the_dossiers_is_left_by_esc(opened: Desktop, name: str) -> None:
    """Each line of the menu, page or question: Esc, and the list is there with the focus in it."""
    opened.home.action_asked.emit(name)
    opened.wait(lambda: screen(opened) is not opened.home or bool(open_dialogs(opened)))
    if open_dialogs(opened):
        top(opened)
    page = screen(opened)
    if isinstance(page, DayPage):
        opened.wait(lambda: not page.is_running)
    back(opened)
    opened.wait(lambda: not open_dialogs(opened))
    opened.wait(lambda: screen(opened) is opened.home)
    opened.front(opened.window)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert opened.home.isAncestorOf(focused)
    back(opened)
    assert screen(opened) is opened.home


def test_esc_goes_back_step_by_step(opened: Desktop) -> None:
    """From a version to the versions, the preview, the dossier; a dossier is not left by a slip; help closes alone."""
    view = whole(opened)
    preview = opened.preview()
    preview.versions.click()
    versions = screen(opened)
    assert isinstance(versions, VersionsPage)
    opened.wait(lambda: versions.kept is not None)
    opened.front(opened.window)
    opened.key(Qt.Key.Key_F1)
    assert isinstance(top(opened), HelpDialog)
    back(opened)
    opened.wait(lambda: not open_dialogs(opened))
    assert screen(opened) is versions
    versions.show_print(0)
    opened.wait(lambda: versions.preview is not None or versions.remarks.text("refused") != "")
    if versions.preview is not None:
        back(opened)
        assert versions.preview is None
    assert screen(opened) is versions
    back(opened)
    assert screen(opened) is preview
    back(opened)
    assert screen(opened) is view
    beside(opened).slip()
    assert isinstance(screen(opened), PreviewView)
    back(opened)
    for _ in range(2):
        assert screen(opened) is view
        back(opened)
    assert screen(opened) is view


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen, a list that drops down
def test_esc_in_a_detour_goes_back_to_the_summary(opened: Desktop) -> None:
    """What was typed meanwhile stays; an open list takes the key for itself first."""
    view = whole(opened)
    summary = view.pages["summary"]
    assert isinstance(summary, SummaryPage)
    opened.front(opened.window)
    card = next(card for card in summary.cards if card.block.step == "contract")
    card.change.click()
    assert view.step == "contract"
    view.page.reach("member.scheme")
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    box.showPopup()
    QTest.keyClick(box.view(), Qt.Key.Key_Escape)
    opened.wait(lambda: not box.view().isVisible())
    assert view.step == "contract"
    view.page.reach("member.used_name")
    write("Roy")
    back(opened)
    assert view.step == "summary"
    assert QApplication.focusWidget() is summary.change_button(card.block.path)
    assert view.session.dossier.member.used_name == f"{dossiers(TODAY)[0].member.used_name or ''}Roy"
    back(opened)
    assert (screen(opened), view.step) == (view, "summary")


def test_esc_closes_what_follows_where_it_hides_the_page(opened: Desktop) -> None:
    """On a narrow window, what follows stands over the page: Esc closes that."""
    view = whole(opened)
    opened.window.resize(900, 700)
    opened.wait(lambda: bool(view.is_narrow))
    view.bar_button.click()
    assert view.panel.isVisible()
    back(opened)
    assert not view.panel.isVisible()
    assert view.stack.isVisible()


def test_esc_never_loses_what_was_typed(opened: Desktop) -> None:
    """A question with a text typed in it asks first; Esc again goes back to the text; then it may be given up."""
    opened.window.settle()
    settings = top(opened)
    assert isinstance(settings, PermanenceDialog)
    settings.place.field.setFocus()
    write("Lens")
    back(opened)
    asked = top(opened)
    assert asked is not settings
    back(opened)
    opened.wait(lambda: not asked.isVisible())
    assert settings.isVisible()
    assert "Lens" in settings.place.text
    opened.front(settings)
    back(opened)
    opened.front(top(opened))
    opened.key(Qt.Key.Key_Tab)
    opened.key(Qt.Key.Key_Space)
    opened.wait(lambda: not settings.isVisible())
    opened.window.settle()
    settings = top(opened)
    back(opened)
    opened.wait(lambda: not settings.isVisible())


def test_esc_does_nothing_while_something_runs(opened: Desktop, tmp_path: Path) -> None:
    """Files being written, a purge, a message that only its end closes."""
    opened.home.action_asked.emit("close")
    closing = screen(opened)
    assert isinstance(closing, ClosingPage)
    opened.wait(lambda: closing._found is not None)
    closing.write_into(tmp_path)
    back(opened)
    assert screen(opened) is closing
    opened.wait(lambda: not closing.is_running)
    back(opened)
    opened.wait(lambda: screen(opened) is opened.home)
    opened.home.action_asked.emit("purge")
    purge = screen(opened)
    assert isinstance(purge, PurgePage)
    purge.running.show()
    back(opened)
    assert screen(opened) is purge
    purge.running.hide()
    busy = Dialog(opened.window, "Installation en cours", "Laissez la clé USB en place…")
    busy.open()
    opened.front(busy)
    QTest.keyClick(busy, Qt.Key.Key_Escape)
    assert busy.isVisible()
    busy.accept()


def test_ctrl_p_prints_the_summary_as_its_button_does(opened: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """And so does the preview; from another step it leads to the button."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    view = whole(opened)
    view.go("contract", "member.staff_number")
    opened.front(opened.window)
    opened.key(Qt.Key.Key_P, CTRL)
    assert view.step == "summary"
    assert view.foot.print_button.hasFocus()
    opened.key(Qt.Key.Key_P, CTRL)
    opened.wait(lambda: bool(open_dialogs(opened)))
    assert top(opened).windowTitle() == NO_PRINTER
    back(opened)
    opened.wait(lambda: not open_dialogs(opened))
    opened.preview()
    opened.front(opened.window)
    opened.key(Qt.Key.Key_P, CTRL)
    opened.wait(lambda: bool(open_dialogs(opened)))
    assert top(opened).windowTitle() == NO_PRINTER


def test_ctrl_p_leads_to_what_blocks(opened: Desktop) -> None:
    """On any step of a dossier with errors, and on the summary again: the focus is on the first of them."""
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    view = opened.window.wizard
    assert view is not None
    view.go("contract", "member.birth_name")
    opened.front(opened.window)
    write("Lheureux")
    for _ in range(2):
        opened.key(Qt.Key.Key_P, CTRL)
        assert view.step == "summary"
        focused = QApplication.focusWidget()
        assert isinstance(focused, Link)
        summary = view.page
        assert isinstance(summary, SummaryPage)
        assert summary.error_links.isAncestorOf(focused)
    assert view.session.dossier.member.birth_name == "Lheureux"
    preview = opened.preview()
    opened.front(opened.window)
    opened.key(Qt.Key.Key_P, CTRL)
    assert screen(opened) is preview
    assert open_dialogs(opened) == []
    assert "PROJET" in preview.note.text()


def test_f8_reaches_the_look_at_a_file(opened: Desktop, tmp_path: Path) -> None:
    """From the dialogue itself, and opened while the screen is turned; its window and what stands behind follow."""
    on_table(opened)
    (tmp_path / "rib.pdf").write_bytes(pdf(2))
    sheet = dialog(opened)
    sheet.attach([tmp_path / "rib.pdf"])
    opened.wait(lambda: bool(sheet.opens))
    sheet.opens[0].click()
    opened.wait(lambda: bool(opened.window.findChildren(LookDialog)))
    look = top(opened)
    assert isinstance(look, LookDialog)
    opened.wait(lambda: look.view.drawn)
    shown = look.view

    def seen(view: PreviewView) -> tuple[bool, bool]:
        return view.area.isVisible(), view.turned.isVisible()

    assert seen(shown) == (True, False)
    opened.key(Qt.Key.Key_F8)
    assert opened.window.masked
    assert seen(shown) == (False, True)
    back(opened)
    opened.wait(lambda: not look.isVisible())
    assert sheet.isVisible()
    sheet.opens[0].click()
    opened.wait(lambda: isinstance(open_dialogs(opened)[-1], LookDialog))
    again = top(opened)
    assert isinstance(again, LookDialog)
    assert seen(again.view) == (False, True)
    opened.key(Qt.Key.Key_F8)
    assert not opened.window.masked
    assert seen(again.view) == (True, False)
    back(opened)
    opened.front(sheet)
    opened.key(Qt.Key.Key_F8)  # any dialogue
    assert opened.window.masked
