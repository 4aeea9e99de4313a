"""Et si…: suppositions that price a copy of the dossier, and are forgotten."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.wizard.compare_if import IfPanel
from desktop.wizard.formula import FormulaPage
from forms.assessment import quotes
from forms.assessment.supposing import Supposition, supposed

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from desktop.wizard.view import WizardView
    from forms.convention import Convention

    Opened = Callable[..., WizardView]
    Couple = Callable[..., dict[str, Any]]
    Shipped = Callable[[str], Convention]


def panel_of(view: WizardView) -> IfPanel:
    """Show the formulas with « Et si… » open."""
    view.go("formula")
    page = view.page
    assert isinstance(page, FormulaPage)
    page.compare.tabs.setCurrentIndex(page.compare.tabs.count() - 1)
    QApplication.processEvents()
    return page.compare.what_if


def test_suppositions_price_a_copy_and_never_the_dossier(opened: Opened, couple: Couple, qtbot: QtBot) -> None:
    """Another child, a partner and another day change the prices on the right and nothing in the dossier."""
    said = couple("cdg35-mutame")
    view = opened({**said, "beneficiaries": said["beneficiaries"][1:]})
    panel = panel_of(view)
    before = view.session.dossier
    with qtbot.assertNotEmitted(view.session.changed):
        panel.partner.line.setFocus()
        QTest.keyClicks(panel.partner.line, "39")
        QTest.keyClick(panel.partner.line, Qt.Key.Key_Return)
        QTest.keyClicks(panel.day.line, "3/3/26")
    assert view.session.dossier is before
    assert view.session.last is None
    rows = {row.name.text: row.cells for row in panel.table.content.rows}
    # CDG 35, level 2: 97.88 a month for the mother and two children; a partner of 39 adds 54.36.
    assert [cell.text for cell in rows["Niveau 2"]] == [
        "97,88\u00a0€ par mois", "152,24\u00a0€ par mois", "+54,36\u00a0€ par mois",
    ]  # fmt: skip
    assert "1er avril 2026" in panel.sentence.text()
    assert "Le dossier n’est pas changé" in panel.sentence.text()


@pytest.mark.parametrize("convention", ["cdg62-mnt", "cdg76-mnt-mgen", "cdg35-mutame", "cdg33-mnfct", "msph-mgen"])
def test_a_supposed_family_is_priced_like_a_real_one(
    opened: Opened, couple: Couple, shipped: Shipped, convention: str
) -> None:
    """For every convention, a child and a partner of an age get a price for each formula, with nothing missing."""
    view = opened({**couple(convention), "beneficiaries": []})
    panel_of(view)
    scene, held = view.scene(), shipped(convention)
    copy = supposed(scene.dossier, held, scene.today, Supposition(child=8, partner=40, signed_on=dt.date(2026, 3, 3)))
    assert [person.relation for person in copy.beneficiaries] == ["spouse", "child"]
    found = quotes(copy, held, scene.today)
    assert all(quote.total is not None and len(quote.lines) == 3 for quote in found)
    assert [line.age for line in found[0].lines][-1] == 8
    assert scene.dossier.beneficiaries == ()


def test_a_supposition_that_is_refused_says_why(opened: Opened, couple: Couple) -> None:
    """A child over the limit gets the convention's own words, and one that is not an age none."""
    panel = panel_of(opened(couple("cdg35-mutame")))
    assert panel.partner.isHidden()  # there is one already
    panel.child.line.setText("31")
    assert "25 ans" in panel.refused.text()
    panel.child.line.setText("trois")
    assert panel.child.message.text() == ""
    panel.child.judge()
    assert panel.child.message.text() == "Un âge en années, par exemple 8."
    assert panel.child.line.text() == "trois"
    assert panel.refused.text() == ""


def test_suppositions_are_forgotten_when_the_step_is_left(opened: Opened, couple: Couple) -> None:
    """Turning a tab or opening what follows keeps them; another step does not; one link clears them."""
    view = opened(couple("cdg62-mnt"))
    panel = panel_of(view)
    panel.child.line.setText("8")
    view.stack.hide()
    view.stack.show()
    assert panel.child.line.text() == "8"
    view.go("contract")
    view.go("formula")
    QApplication.processEvents()
    assert panel.child.line.text() == ""
    assert not panel.supposition()
    panel.child.line.setText("8")
    assert panel.reset_button.isEnabled()
    panel.reset_button.click()
    assert not panel.supposition()
    assert not panel.reset_button.isEnabled()


def test_a_retired_partner_is_asked_about_only_where_the_price_differs(opened: Opened, couple: Couple) -> None:
    """Where the convention asks the partner's category, the supposition can say it; elsewhere it is not shown."""
    for convention, shown in (("cdg35-mutame", True), ("cdg62-mnt", False)):
        panel = panel_of(opened({**couple(convention), "beneficiaries": []}))
        assert panel.retired.isVisible() is shown
        panel.partner.line.setText("66")
        panel.retired.buttons()[1].click()
        assert panel.supposition().partner_retired is shown
