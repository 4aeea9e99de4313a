"""The wizard as a whole: steps, cards, links that lead to fields, focus that comes back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from desktop.desk.scene import STEP_IDS
from desktop.fields.base import Field
from desktop.fields.choice import ListField
from desktop.fields.text import TextField
from desktop.widgets.style import Style
from desktop.wizard.before import BeforePage
from desktop.wizard.beneficiaries import BeneficiariesPage
from desktop.wizard.formula import FormulaPage
from desktop.wizard.page import reading_order
from desktop.wizard.summary import SummaryPage
from desktop.wizard.view import WizardView
from desktop.wizard.why import WhyDialog
from forms.dossier.paths import value_at
from forms.french import money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


def focused() -> QWidget:
    """Give the widget that has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(text: str) -> None:
    """Type any letters: QTest.keyClicks aborts on an accented one."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(focused(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def go(view: WizardView, step: str, path: str = "") -> None:
    """Go somewhere and let the layouts settle."""
    view.go(step, path)
    QApplication.processEvents()


def cards(view: WizardView) -> BeneficiariesPage:
    """Show the beneficiaries."""
    go(view, "beneficiaries")
    page = view.page
    assert isinstance(page, BeneficiariesPage)
    return page


def summary(view: WizardView) -> SummaryPage:
    """Show the summary."""
    go(view, "summary")
    page = view.page
    assert isinstance(page, SummaryPage)
    return page


def shown_paths(page: QWidget) -> Iterator[str]:
    """Give the paths of the fields that can be seen on a page."""
    for field in page.findChildren(Field):
        if field.isVisible():
            yield field.path


def test_every_path_that_is_asked_is_on_exactly_one_step(family: WizardView) -> None:
    """The steps together show what the convention asks, each path once, and nothing else."""
    seen: list[str] = []
    for step in STEP_IDS:
        if step != "beneficiaries":
            go(family, step)
            if isinstance(family.page, FormulaPage):
                family.page.facts.change.click()
            seen += shown_paths(family.page)
    page = cards(family)
    for index in range(len(page.cards)):
        page.cards[index].open_button.click()
        seen += shown_paths(page)
    assert sorted(seen) == sorted(ask.path for ask in family.session.assessment.asks)


def test_looking_at_every_step_changes_nothing(family: WizardView, qtbot: QtBot) -> None:
    """Opening a draft, walking through it and closing it emits no change."""
    before = family.session.dossier
    with qtbot.assertNotEmitted(family.session.changed):
        for step in STEP_IDS:
            go(family, step)
        page = cards(family)
        page.cards[0].open_button.click()
        for _ in range(30):
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert family.session.dossier is before


def test_no_card_by_default_and_an_untouched_card_is_no_silent_child(empty: WizardView) -> None:
    """Nobody is there before a button is pressed; a card left empty blocks the print and can be taken back."""
    page = cards(empty)
    assert not page.cards
    page.add_child.click()
    assert len(empty.session.dossier.beneficiaries) == 1
    assert page.open == 0
    assert page.cards[0].isAncestorOf(focused())
    assert page.cards[0].chip.text().endswith("à compléter")
    assert page.cards[0].price.text() == ""
    empty.undo()
    assert not page.cards


def test_only_one_partner(empty: WizardView) -> None:
    """The button for a partner is there only while there is none."""
    page = cards(empty)
    page.add_partner.click()
    assert page.add_partner.isHidden()
    assert empty.session.dossier.beneficiaries[0].relation == "spouse"


def test_removing_the_middle_child_keeps_the_others(family: WizardView) -> None:
    """The open card stays the same person's; removal can be taken back from the line, whole."""
    before = family.session.dossier
    page = cards(family)
    page.cards[2].open_button.click()
    page.cards[1].remove_button.click()
    assert [card.name.text() for card in page.cards] == ["Noé Roy", "Gaël Roy"]
    assert page.open == 1
    field = page.field("beneficiaries.1.first_name")
    assert isinstance(field, TextField)
    assert field.line.text() == "Gaël"
    assert family.session.dossier.documents[0].person == "beneficiaries.1"
    assert page.removed_words.text() == "Zoé retirée."
    assert focused() is page.undo_button
    page.undo_button.click()
    assert family.session.dossier == before
    assert [card.name.text() for card in page.cards] == ["Noé Roy", "Zoé Roy", "Gaël Roy"]
    assert page.removed.isHidden()


def test_unread_text_survives_a_rebuilt_card(family: WizardView) -> None:
    """A date that cannot be read stays in its card while the others come, go and open."""
    page = cards(family)
    go(family, "beneficiaries", "beneficiaries.2.birth_date")
    line = focused()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    write("demain")
    page.cards[0].open_button.click()
    page.cards[0].remove_button.click()
    page.cards[1].open_button.click()
    field = page.field("beneficiaries.1.birth_date")
    assert isinstance(field, TextField)
    assert field.line.text() == "demain"
    assert field.line.property("state") == "error"


def test_fields_come_and_go_without_losing_the_focus(family: WizardView) -> None:
    """Answering a question brings the fields it opens, and the focus stays on the question."""
    go(family, "contract", "previous_contract.cancellation")
    question = focused()
    assert family.page.field("previous_contract.insurer") is None
    QTest.keyClick(question, Qt.Key.Key_Up)
    answer = focused()
    assert answer is not question
    assert family.session.dossier.previous_contract is not None
    assert family.session.dossier.previous_contract.cancellation == "by_member"
    assert family.page.field("previous_contract.insurer") is not None
    QTest.keyClick(answer, Qt.Key.Key_Delete)
    assert family.page.field("previous_contract.insurer") is None
    assert focused() is answer


def test_undo_is_the_dossiers_even_inside_a_field(family: WizardView) -> None:
    """Ctrl+Z in a line takes back the visit, not a letter, and leads to where it was."""
    go(family, "contract", "member.birth_name")
    line = focused()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    write("Élégant")
    assert family.session.dossier.member.birth_name == "Élégant"
    QTest.keyClick(line, Qt.Key.Key_Tab)
    go(family, "beneficiaries")
    QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert family.step == "contract"
    assert focused() is line
    assert line.text() == "Delattre"
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert line.text() == "Élégant"


def test_errors_at_the_end_lead_to_their_fields_with_the_same_words(family: WizardView) -> None:
    """Each link of the summary gives the focus to its field, which says what the link said."""
    page = summary(family)
    items = [item for item in page.error_links.items if item[1]]
    assert items
    for text, path in items:
        family.go_to_path(path)
        QApplication.processEvents()
        field = family.page.field(path)
        assert field is not None, path
        assert field.isAncestorOf(focused())
        assert field.message.text().lower() in text.lower()


def test_modify_goes_there_and_comes_back(family: WizardView) -> None:
    """The way back from a Modifier is the filled button, and the focus returns to that Modifier."""
    page = summary(family)
    page.cards[2].change.click()
    assert family.step == "contract"
    assert family.foot.next_button.text() == "Revenir au récapitulatif"
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert family.step == "summary"
    assert focused() is page.cards[2].change


def test_papers_are_noted_in_the_summary(family: WizardView) -> None:
    """A paper is seen, attached or missing, and can be taken back."""
    page = summary(family)
    row = page.paper_rows["bank_details", "member"]
    row.radios.buttons()[1].click()
    assert [d.state for d in family.session.dossier.documents if d.kind == "bank_details"] == ["attached"]
    row.radios.buttons()[2].click()
    assert not [d for d in family.session.dossier.documents if d.kind == "bank_details"]


def test_print_waits_for_a_dossier_without_errors_and_says_why(family: WizardView) -> None:
    """Printing is refused in words; the preview is always there."""
    summary(family)
    assert not family.foot.print_button.isEnabled()
    assert "empêche" in family.foot.words.text()
    assert family.foot.preview_button.isEnabled()


def test_handing_over_all_documents_today(empty: WizardView) -> None:
    """One button dates every document; a tick alone dates one; taking the tick away takes the date."""
    go(empty, "before")
    page = empty.page
    assert isinstance(page, BeforePage)
    page.all_today.click()
    handed = empty.session.dossier.acknowledgements
    assert {handed.guarantees, handed.product_sheet, handed.notice} == {dt.date(2026, 2, 3)}
    empty.undo()
    assert value_at(empty.session.dossier, "acknowledgements.notice") is None
    page.fields["acknowledgements.notice"].tick.click()
    assert value_at(empty.session.dossier, "acknowledgements.notice") == dt.date(2026, 2, 3)
    assert page.fields["acknowledgements.notice"].line.text() == "03/02/2026"
    page.fields["acknowledgements.notice"].tick.click()
    assert value_at(empty.session.dossier, "acknowledgements.notice") is None


def test_formulas_are_priced_side_by_side_and_chosen_by_keyboard(family: WizardView) -> None:
    """Each card has its net price by the month and by the year; an arrow chooses the next formula."""
    go(family, "formula", "formula")
    page = family.page
    assert isinstance(page, FormulaPage)
    quotes = {quote.formula: quote for quote in family.session.quotes()}
    for key, card in page.formula.cards.items():
        net = quotes[key].net
        assert net is not None
        assert card.price.text() == money(net)
        assert card.yearly.text() == f"{money(net * 12)} par an"
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert family.session.dossier.formula == "renforcee"


@pytest.mark.parametrize("link", ["why_price_link", "why_date_link"])
def test_why_is_answered_and_the_focus_comes_back(family: WizardView, qtbot: QtBot, link: str) -> None:
    """The answer gives reason, source and certainty; Esc closes it, and the link has the focus again."""
    pressed = getattr(family.follows, link)
    pressed.setFocus()
    QTest.keyClick(pressed, Qt.Key.Key_Return)
    dialog = family.findChild(WhyDialog)
    assert dialog is not None
    words = " ".join(label.accessibleName() for label in dialog.findChildren(QWidget))
    assert "Source" in words
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(pressed.hasFocus)


def test_steps_are_reached_by_their_numbers_and_the_title_has_the_focus(family: WizardView) -> None:
    """Ctrl and a figure, or the French key that carries it, jump; Ctrl+Enter goes on."""
    keys = [Qt.Key.Key_5, Qt.Key.Key_2, Qt.Key.Key_ParenLeft, Qt.Key.Key_Ampersand]
    steps = ["summary", "formula", "summary", "before"]
    for key, step in zip(keys, steps, strict=True):
        QTest.keyClick(focused(), key, Qt.KeyboardModifier.ControlModifier)
        assert family.step == step
        assert focused() is family.page.title
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert family.step == "formula"


def test_checking_a_step_goes_to_its_first_error(family: WizardView) -> None:
    """Vérifier says what is missing and puts the focus there."""
    go(family, "contract")
    family.foot.check_button.click()
    first = family.scene().first_error("contract")
    field = family.page.field(first)
    assert field is not None
    assert field.isAncestorOf(focused())
    assert field.message.text().startswith("À ")


def test_reopening_comes_back_to_the_field(opened: Callable[..., WizardView], family: WizardView) -> None:
    """The place is step and field; a view made there and sent there has the focus in it."""
    view = opened(family.session.dossier, "beneficiaries", "beneficiaries.2.first_name")
    view.go(*view.session.place)
    field = view.page.field("beneficiaries.2.first_name")
    assert field is not None
    assert field.isAncestorOf(focused())


def test_tab_follows_the_screen(family: WizardView) -> None:
    """On each step, Tab goes through the page in the order of what is shown."""
    for step in STEP_IDS:
        go(family, step)
        tabbed = (w for w in reading_order(family.page) if w.focusPolicy() & Qt.FocusPolicy.TabFocus)
        expected = [widget for widget in tabbed if widget.isVisible() and widget.isEnabled()]
        walked = []
        for _ in expected:
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
            walked.append(focused())
        assert walked == expected, step


def test_one_filled_button_a_screen(family: WizardView) -> None:
    """Each step has exactly one."""
    for step in STEP_IDS:
        go(family, step)
        filled = [b for b in family.findChildren(QPushButton) if b.property("role") == "primary" and b.isVisible()]
        assert len(filled) == 1, step


def test_every_control_has_a_name(family: WizardView) -> None:
    """Whatever takes the focus says what it is."""
    for step in STEP_IDS:
        go(family, step)
        if step == "beneficiaries":
            cards(family).cards[0].open_button.click()
        for widget in reading_order(family):
            assert widget.accessibleName() or getattr(widget, "text", str)(), (step, widget)


def test_a_narrow_window_lays_its_columns_down(family: WizardView) -> None:
    """Under 1100 logical pixels the steps are one line and what follows opens from a bar."""
    assert family.bar.isHidden()
    family.resize(900, 720)
    QApplication.processEvents()
    assert family.bar.isVisible()
    assert not family.follows.isVisible()
    family.bar_button.click()
    assert family.follows.isVisible()
    assert not family.page.isVisible()
    go(family, "contract", "member.nir")
    assert family.page.isVisible()
    family.resize(1366, 720)
    QApplication.processEvents()
    assert family.follows.isVisible()


def test_everything_fits_the_smallest_screen_at_every_step(family: WizardView, style: Style) -> None:
    """At 200 % on 1366 pixels no page is wider than its place."""
    style.zoom_to(200)
    for step in STEP_IDS:
        go(family, step)
        if step == "beneficiaries":
            cards(family).cards[1].open_button.click()
        QApplication.processEvents()
        assert family.page.body.minimumSizeHint().width() <= family.page.viewport().width(), step
        assert family.foot.minimumSizeHint().width() <= family.width(), step


def test_not_saved_is_said_until_it_is(family: WizardView) -> None:
    """The red banner stays over every step until a save."""
    family.show_not_saved("Le disque est plein : rien n’est enregistré depuis 14:32.")
    go(family, "contract")
    assert family.banner.isVisible()
    family.show_saved(dt.datetime(2026, 2, 3, 14, 40, tzinfo=dt.UTC))
    assert family.banner.isHidden()


def test_a_convention_s_long_list_of_names_prints_as_text(opened: Callable[..., WizardView]) -> None:
    """Names that look like markup or formats are text everywhere."""
    said: dict[str, Any] = {
        "format": "permanence.dossier/1", "convention": "cdg62-mnt", "formula": "securite",
        "member": {"first_name": "%s {0}", "birth_name": "O'Neil & <Fils>", "birth_date": "1985-01-01",
                   "category": "active"},
        "beneficiaries": [{"relation": "child", "first_name": "<b>Zoé</b>", "birth_name": "Škvorecký"}],
        "request": {"signed_on": "2026-02-03"},
    }  # fmt: skip
    view = opened(said)
    page = cards(view)
    assert page.cards[0].name.text() == "<b>Zoé</b> Škvorecký"
    assert summary(view).cards
    assert "%s {0}, 41 ans" in [name for name, _ in view.follows._lines]


def test_a_list_field_says_missing_when_left(empty: WizardView) -> None:
    """A list that is left without an answer asks for one."""
    go(empty, "contract", "member.scheme")
    field = empty.page.field("member.scheme")
    assert isinstance(field, ListField)
    QTest.keyClick(field.box, Qt.Key.Key_Tab)
    assert field.message.text().startswith("À répondre")
