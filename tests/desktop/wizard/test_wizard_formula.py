"""Formulas side by side: those that are offered, level under level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.wizard.formula import FormulaPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.wizard.view import WizardView

    Opened = Callable[..., WizardView]
    Couple = Callable[..., dict[str, Any]]


def page_of(view: WizardView) -> FormulaPage:
    """Show the formulas and let the layouts settle."""
    view.go("formula")
    QApplication.processEvents()
    page = view.page
    assert isinstance(page, FormulaPage)
    return page


def test_who_is_not_active_is_offered_the_plain_formulas_only(opened: Opened, couple: Couple) -> None:
    """MSPH: six cards for an active member, three for a retired one, and six again if the answer changes back."""
    view = opened(couple("msph-mgen"))
    page = page_of(view)
    # Plain formulas first, then those with an income cover: level under level.
    six = ["msph-1", "msph-2", "msph-3", "msph-1-plus", "msph-2-plus", "msph-3-plus"]
    assert list(page.formula.cards) == six
    tops = [page.formula.cards[key].y() for key in six]
    assert tops[0] == tops[1] == tops[2] < tops[3] == tops[4] == tops[5]
    view.session.edit("member.category", "retired")
    assert list(page.formula.cards) == six[:3]
    assert sum(card.isVisible() for card in page.formula._aside.values()) == 3
    heads = page.compare.guarantees.table.content.heads
    assert heads == ("Garantie", "MSPH 1", "MSPH 2", "MSPH 3")
    view.session.edit("member.category", "active")
    assert list(page.formula.cards) == six
    page.formula.focus_in()
    QTest.keyClick(page.formula.cards["msph-2"].radio, Qt.Key.Key_Right)
    assert view.session.dossier.formula == "msph-3"


def test_a_formula_that_was_chosen_stays_on_screen(opened: Opened, couple: Couple) -> None:
    """Retired after having chosen a formula kept for others: it is still there to be seen and changed."""
    view = opened({**couple("msph-mgen", "retired"), "formula": "msph-2-plus"})
    assert set(page_of(view).formula.cards) == {"msph-1", "msph-2", "msph-3", "msph-2-plus"}


def test_no_word_of_a_card_is_cut(opened: Opened) -> None:
    """Before anything is said, each card has room for what it says instead of a price."""
    view = opened({"format": "permanence.dossier/1", "convention": "msph-mgen", "previous_contract": {}})
    for card in page_of(view).formula.cards.values():
        assert card.per.text() == "Prix à venir"
        assert card.per.sizeHint().width() <= card.per.width()
        assert card.yearly.isVisible()
