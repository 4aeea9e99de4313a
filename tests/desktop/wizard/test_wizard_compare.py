"""What formulas differ in: tabs that have something to show, bars that add up, and only what changes on demand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.widgets.style import Style, tokens
from desktop.wizard.compare import TABS, Compare
from desktop.wizard.compare_cell import PARTS
from desktop.wizard.compare_guarantees import reading, worth_words
from desktop.wizard.compare_table import CompareTable
from desktop.wizard.formula import FormulaPage
from desktop.wizard.page import reading_order
from desktop.wizard.why import WhyDialog
from forms.assessment.reimbursement import reimbursements
from forms.convention.guarantees import Part
from forms.french import money

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.wizard.view import WizardView
    from forms.convention import Convention

    Opened = Callable[..., WizardView]
    Couple = Callable[..., dict[str, Any]]
    Shipped = Callable[[str], Convention]

GUARANTEED = ("cdg76-mnt-mgen", "cdg35-mutame", "cdg33-mnfct", "msph-mgen")


def page_of(view: WizardView) -> FormulaPage:
    """Show the formulas and let the layouts settle."""
    view.go("formula")
    QApplication.processEvents()
    page = view.page
    assert isinstance(page, FormulaPage)
    return page


def compare_of(view: WizardView, tab: str = "") -> Compare:
    """Show the formulas with one tab open."""
    compare = page_of(view).compare
    held = [compare.tabs.tabData(index) for index in range(compare.tabs.count())]
    compare.tabs.setCurrentIndex(held.index(tab or held[0]))
    QApplication.processEvents()
    return compare


def spoken(table: CompareTable) -> list[tuple[str, str, str]]:
    """Give what a screen reader finds in a table, cell after cell: role, name, description."""
    read = QAccessible.queryAccessibleInterface(table)
    cells = (read.child(index) for index in range(read.childCount()))
    return [
        (cell.role().name, cell.text(QAccessible.Text.Name), cell.text(QAccessible.Text.Description))
        for cell in cells
        if cell is not None
    ]


# --- tabs ---


@pytest.mark.parametrize(
    ("convention", "tabs"),
    [
        ("cdg62-mnt", ["if"]),
        ("cdg76-mnt-mgen", ["guarantees", "if"]),
        ("cdg35-mutame", ["cares", "guarantees", "if"]),
        ("cdg33-mnfct", ["guarantees", "if"]),
        ("msph-mgen", ["guarantees", "if"]),
    ],
)
def test_a_tab_that_has_nothing_is_not_there(opened: Opened, couple: Couple, convention: str, tabs: list[str]) -> None:
    """Without worked cares or guarantees there is no tab for them, and the note says where to read them."""
    view = opened(couple(convention))
    compare = compare_of(view)
    assert [compare.tabs.tabText(index) for index in range(compare.tabs.count())] == [TABS[tab] for tab in tabs]
    assert compare.note.isVisible() == ("guarantees" not in tabs)
    if compare.note.isVisible():
        assert compare.note_text.text() == view.session.convention.guarantees_note
    assert [key for key, panel in compare.panels.items() if panel.isVisible()] == tabs[:1]


def test_tabs_turn_with_the_arrows_and_everything_is_reached_by_tab(opened: Opened, couple: Couple) -> None:
    """Right and left turn the tabs; Tab goes from them into the panel on screen, and on to what follows."""
    view = opened(couple("cdg35-mutame"))
    compare = compare_of(view)
    compare.tabs.setFocus()
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left):
        QTest.keyClick(compare.tabs, key)
        seen.append(compare.tab)
    assert seen == ["guarantees", "if", "guarantees", "cares"]
    QTest.keyClick(compare.tabs, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is compare.cares.table
    QTest.keyClick(compare.cares.table, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not compare.isAncestorOf(focused)
    inside = list(reading_order(compare))
    wanted = [compare.tabs, compare.cares.table, compare.guarantees.only, compare.guarantees.table]
    wanted += [compare.what_if.child.line, compare.what_if.partner.line, compare.what_if.day.line]
    assert all(widget in inside for widget in wanted)


# --- worked cares ---


@pytest.mark.parametrize("convention", ["cdg35-mutame"])
def test_the_parts_of_each_bar_are_the_reimbursement(
    opened: Opened, couple: Couple, shipped: Shipped, convention: str
) -> None:
    """Health insurance, mutual and what is left are those of the calculation, make the price, and are said."""
    content = compare_of(opened(couple(convention))).cares.table.content
    held = shipped(convention)
    worked = reimbursements(held, held.cares)
    assert len(content.rows) == len(worked) > 0
    assert content.heads == ("Soin", *(formula.label for formula in held.formulas))
    for row, (care, found) in zip(content.rows, worked, strict=True):
        assert (row.name.text, row.name.small) == (care.label, money(care.price))
        for cell, one in zip(row.cells, found, strict=True):
            assert cell.bar is not None
            assert (cell.bar.health, cell.bar.mutual, cell.bar.left) == (one.health, one.mutual, one.left)
            assert cell.bar.health + cell.bar.mutual + cell.bar.left == care.price
            assert cell.text == f"reste {money(one.left)}"
            assert all(money(part) in cell.spoken for part in (one.health, one.mutual, one.left))


def test_a_screen_reader_reads_the_bars_as_a_table(opened: Opened, couple: Couple) -> None:
    """Heads of columns and rows, and for each cell its three amounts, of which care, under which formula."""
    table = compare_of(opened(couple("cdg35-mutame"))).cares.table
    said = spoken(table)
    assert QAccessible.queryAccessibleInterface(table).role() == QAccessible.Role.Table
    heads = [name for role, name, _ in said if role == "ColumnHeader"]
    assert heads == ["Soin", "Niveau 1", "Niveau 2, formule choisie", "Niveau 3"]
    rows = [name for role, name, _ in said if role == "RowHeader"]
    assert rows == [row.name.text for row in table.content.rows]
    amounts = "Assurance maladie 14,10\u00a0€, mutuelle 13,80\u00a0€, reste à payer 38,10\u00a0€"
    assert ("Cell", amounts, "Consultation d’un spécialiste hors DPTAM, Niveau 1") in said
    assert all(description for role, name, description in said if role == "Cell" and name.startswith("Assurance"))


@pytest.mark.parametrize("theme", sorted(tokens()["themes"]))
def test_the_parts_differ_without_their_hue(style: Style, opened: Opened, couple: Couple, theme: str) -> None:
    """In grey, neighbours differ by their lightness, and what is left to pay by its hatching."""
    style.choose(theme)
    colours = tokens()["themes"][theme]
    greys = [QColor(colours[name]).lightnessF() for name, _ in PARTS]
    assert abs(greys[0] - greys[1]) > 0.12
    table = compare_of(opened(couple("cdg35-mutame"))).cares.table
    row = next(n for n, row in enumerate(table.content.rows) if row.cells[0].bar and row.cells[0].bar.left > 200)
    rect = table.visualRect(table.rows_model.index(row, 1)).translated(table.viewport().pos())
    grey = table.grab(rect).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    middle = [grey.pixelColor(x, 17).lightness() for x in range(grey.width())]
    end = middle[-40:-15]  # inside the last part
    assert max(end) - min(end) > 30
    style.choose("light")


def test_the_row_says_how_it_was_worked_out(opened: Opened, couple: Couple, qtbot: QtBot) -> None:
    """Enter on a care opens its figures and its source, and gives the focus back."""
    table = compare_of(opened(couple("cdg35-mutame"))).cares.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    dialogue = table.findChild(WhyDialog)
    assert dialogue is not None
    qtbot.waitUntil(dialogue.isVisible)
    assert dialogue.windowTitle() == "Consultation d’un spécialiste hors DPTAM"
    QTest.keyClick(dialogue, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is table)


# --- guarantees ---


@pytest.mark.parametrize("convention", GUARANTEED)
def test_the_table_is_the_convention_s_and_the_tick_keeps_what_changes(
    opened: Opened, couple: Couple, shipped: Shipped, convention: str
) -> None:
    """Every line is there under its category; ticked, only the lines whose figures differ, and no empty title."""
    held = shipped(convention)
    panel = compare_of(opened(couple(convention)), "guarantees").guarantees
    titles = list(dict.fromkeys(line.category for line in held.guarantees))
    assert [row.name.text for row in panel.table.content.rows if not row.cells] == titles
    lines = [row.name.text for row in panel.table.content.rows if row.cells]
    assert lines == [line.label for line in held.guarantees]
    flagged = sum(row.name.flag == "à confirmer" for row in panel.table.content.rows)
    assert flagged == sum(line.assumption is not None for line in held.guarantees)
    panel.only.click()
    kept = [row for row in panel.table.content.rows if row.cells]
    changing = [line.label for line in held.guarantees if len(set(line.worth.values())) > 1]
    assert [row.name.text for row in kept] == changing
    assert 0 < len(kept) < len(lines)
    assert all(len({cell.text for cell in row.cells}) > 1 for row in kept)
    following = zip(panel.table.content.rows, panel.table.content.rows[1:], strict=False)
    assert all(second.cells for first, second in following if not first.cells)
    panel.only.click()
    assert len([row for row in panel.table.content.rows if row.cells]) == len(lines)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((Part("percent", Decimal(130)),), "130\u00a0%"),
        ((Part("percent", Decimal("62.50")),), "62,5\u00a0%"),
        ((Part("euros", Decimal("50.00")),), "50,00\u00a0€"),
        ((Part("euros", Decimal("1250.00")),), "1\u202f250,00\u00a0€"),
        ((Part("percent", Decimal(100)), Part("euros", Decimal("150.00"))), "100\u00a0% + 150,00\u00a0€"),
        ((Part("health"), Part("euros", Decimal("25.00"))), "Sécu + 25,00\u00a0€"),
        ((Part("health"),), "Sécu seule"),
        ((Part("real"),), "frais réels"),
        ((Part("full"),), "intégral"),
        ((Part("none"),), "non couvert"),
        ((Part("included"),), "inclus"),
    ],
)
def test_figures_are_written_in_french(parts: tuple[Part, ...], words: str) -> None:
    """Percentages, euros and words, with no-break spaces and commas."""
    assert worth_words(parts) == words


def test_it_is_said_how_figures_count_the_health_insurance(shipped: Shipped) -> None:
    """The rule of most lines stands on top; a line that counts otherwise says so itself."""
    assert "s’y ajoutent" in reading(shipped("cdg35-mutame").guarantees)
    assert "et les montants en euros comprennent" in reading(shipped("msph-mgen").guarantees)
    assert "Sécu" in reading(shipped("msph-mgen").guarantees)


def test_formulas_that_guarantee_alike_share_a_column(opened: Opened, couple: Couple) -> None:
    """Six formulas of which two and two guarantee the same make three columns, each with both names."""
    view = opened(couple("msph-mgen"))
    table = compare_of(view, "guarantees").guarantees.table
    assert table.content.heads == ("Garantie", "MSPH 1\nMSPH 1+", "MSPH 2\nMSPH 2+", "MSPH 3\nMSPH 3+")
    assert table.content.chosen == 2
    names = [name for role, name, _ in spoken(table) if role == "ColumnHeader"]
    assert names[1:3] == ["MSPH 1 et MSPH 1+", "MSPH 2 et MSPH 2+, formule choisie"]


def test_arrows_walk_the_table_and_the_page_follows_with_the_heads_in_sight(opened: Opened, couple: Couple) -> None:
    """Far down a long table, the current cell is in view and the names of the formulas are still above it."""
    view = opened(couple("cdg33-mnfct"))
    page = page_of(view)
    table = compare_of(view, "guarantees").guarantees.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Right)
    for _ in range(5):
        QTest.keyClick(table, Qt.Key.Key_PageDown)
    QApplication.processEvents()
    assert table.currentIndex().row() > 30
    viewport, head = page.viewport(), table.horizontalHeader()
    cell = table.visualRect(table.currentIndex()).translated(table.viewport().pos())
    top, bottom = (table.mapTo(viewport, point).y() for point in (cell.topLeft(), cell.bottomLeft()))
    above = head.mapTo(viewport, head.rect().topLeft()).y()
    assert 0 <= above <= top - head.height() + 1
    assert bottom < viewport.height()
    before = view.session.dossier
    QTest.keyClick(table, Qt.Key.Key_X)
    assert view.session.dossier is before


@pytest.mark.parametrize("convention", ["cdg35-mutame", "msph-mgen"])
def test_everything_has_its_width_at_200_per_cent(
    style: Style, opened: Opened, couple: Couple, convention: str
) -> None:
    """At the largest zoom no table is wider than the page, and each row holds its words."""
    style.zoom_to(200)
    view = opened(couple(convention))
    page, compare = page_of(view), compare_of(view)
    table = compare.cares.table if compare.tab == "cares" else compare.guarantees.table
    assert table.width() <= page.viewport().width()
    assert table.columnViewportPosition(3) + table.columnWidth(3) <= table.width()
    assert table.height() >= sum(table.rowHeight(row) for row in range(len(table.content.rows)))
    style.zoom_to(100)
