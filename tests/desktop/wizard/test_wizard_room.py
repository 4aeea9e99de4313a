"""What matters is in sight: the formulas with their prices and the first bars, the papers one was sent to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desktop.wizard.formula import FormulaPage
from desktop.wizard.summary import SummaryPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.widgets.style import Style
    from desktop.wizard.view import WizardView

    Opened = Callable[..., WizardView]
    Couple = Callable[..., dict[str, Any]]


def bottom(view: WizardView, widget: QWidget) -> int:
    """Give how far a widget ends under the last line of the page in sight; negative: it is seen whole."""
    end = widget.mapTo(view.page.viewport(), QPoint(0, widget.height())).y()
    return end - view.page.viewport().height()


def formulas(view: WizardView) -> FormulaPage:
    """Show the formulas."""
    view.go("formula")
    QApplication.processEvents()
    page = view.page
    assert isinstance(page, FormulaPage)
    return page


def test_bars_are_in_sight_under_the_prices(opened: Opened, couple: Couple) -> None:
    """At 1366×768 and 100 %, for a family that is known: every card whole, and two worked cares, with no scrolling."""
    view = opened(couple("cdg35-mutame"))
    page = formulas(view)
    assert page.facts.isVisible()
    assert page.sections.isHidden()
    assert all(bottom(view, card) <= 0 for card in page.formula.cards.values())
    table = page.compare.cares.table
    rows = table.horizontalHeader().height() + sum(table.rowHeight(row) for row in range(2))
    assert table.mapTo(page.viewport(), QPoint(0, rows)).y() <= page.viewport().height()


def test_prices_are_in_sight_at_200_percent(opened: Opened, couple: Couple, style: Style) -> None:
    """The cards come first there, with their price by the month; what fixes it comes after them."""
    style.zoom_to(200)
    view = opened(couple("cdg35-mutame"))
    page = formulas(view)
    assert all(bottom(view, card.price) <= 0 for card in page.formula.cards.values())
    assert page.facts.y() > page.formula.y()
    style.zoom_to(100)
    view.resize(1366, 721)
    QApplication.processEvents()
    assert page.facts.y() < page.formula.y()


def test_what_fixes_the_price_opens_again(opened: Opened, couple: Couple) -> None:
    """« Modifier », or whatever leads to one of its fields; on the way back it is folded; what is missing never is."""
    view = opened(couple("cdg62-mnt"))
    page = formulas(view)
    assert "1er janvier 1985" in page.facts.words.text()
    page.facts.change.click()
    field = page.field("member.birth_date")
    assert field is not None
    assert field.isVisible()
    assert field.isAncestorOf(QApplication.focusWidget() or page)
    view.session.type("member.birth_date", "")
    assert field.isVisible()  # while it is being answered, nothing folds
    view.undo()
    view.go("contract")
    assert formulas(view).facts.isVisible()
    view.go("formula", "member.birth_date")
    assert field.isVisible()
    view.session.type("member.birth_date", "31/02/1985")
    view.go("contract")
    assert formulas(view).facts.isHidden()


@pytest.mark.parametrize("path", ["documents", "confirm"])
def test_one_is_led_to_the_papers_at_once(family: WizardView, path: str) -> None:
    """The first time that the summary is shown too, where nothing has its height yet."""
    family.go_to_path(path)
    QApplication.processEvents()
    page = family.page
    assert isinstance(page, SummaryPage)
    focused = QApplication.focusWidget()
    assert focused is not None
    top = focused.mapTo(page.viewport(), QPoint()).y()
    assert 0 <= top <= page.viewport().height() - focused.height()
