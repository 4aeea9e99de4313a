"""The wizard walked for each shipped convention as a new user would: it shows what that convention asks, no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.desk.scene import STEP_IDS
from desktop.fields.base import Field
from desktop.wizard.beneficiaries import BeneficiariesPage
from desktop.wizard.formula import FormulaPage
from desktop.wizard.summary import SummaryPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.wizard.view import WizardView

    Opened = Callable[..., WizardView]
    Couple = Callable[..., dict[str, Any]]

CONVENTIONS = ("cdg62-mnt", "cdg76-mnt-mgen", "cdg35-mutame", "cdg33-mnfct", "msph-mgen")
PAY = {
    "employer.participation", "member.gross_index_salary", "member.hired_on", "member.staff_number", "member.status",
}  # fmt: skip
"""What is asked of someone who is paid."""


def of_nobody(convention: str, category: str | None = None) -> dict[str, Any]:
    """Give a dossier of which nothing is said, but a category."""
    member = {"member": {"category": category}} if category else {}
    return {"format": "permanence.dossier/1", "convention": convention, "previous_contract": {}, **member}


def fields_of(view: WizardView) -> list[str]:
    """Walk every step and open every card: the paths of the fields that were seen, in screen order."""
    seen: list[str] = []
    for step in STEP_IDS:
        view.go(step)
        QApplication.processEvents()
        page = view.page
        if isinstance(page, FormulaPage) and page.facts.isVisible():
            page.facts.change.click()
        if isinstance(page, BeneficiariesPage):
            for index in range(len(page.cards)):
                page.cards[index].open_button.click()
                QApplication.processEvents()
                seen += [field.path for field in page.findChildren(Field) if field.isVisible()]
        else:
            seen += [field.path for field in page.findChildren(Field) if field.isVisible()]
    return seen


@pytest.mark.parametrize("category", ["active", "retired", None])
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_the_screen_shows_what_is_asked_and_nothing_else(
    opened: Opened, couple: Couple, convention: str, category: str | None
) -> None:
    """For a family that is there and for a dossier that is empty: the fields are the asks, each once."""
    view = opened(couple(convention, category) if category else of_nobody(convention))
    seen = fields_of(view)
    assert sorted(seen) == sorted(ask.path for ask in view.session.assessment.asks)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_salary_and_employer_are_asked_where_they_matter(opened: Opened, couple: Couple, convention: str) -> None:
    """The gross salary is asked by MSPH only, of an active member; every other one asks the employer."""
    individual = convention == "msph-mgen"
    seen = fields_of(opened(couple(convention)))
    assert ("member.gross_index_salary" in seen) is individual
    assert any(path.startswith("employer.") for path in seen) is not individual


@pytest.mark.parametrize("said", ["family", "nothing"])
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_a_retired_member_is_not_asked_about_pay(opened: Opened, couple: Couple, convention: str, said: str) -> None:
    """Nothing of a salary, a post or a participation, even with a deduction from pay left over in the dossier."""
    dossier = couple(convention, "retired") if said == "family" else of_nobody(convention, "retired")
    view = opened({**dossier, "payment": {"mode": "payroll"}})
    assert PAY.isdisjoint(fields_of(view))


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_without_an_employer_nothing_speaks_of_one(opened: Opened, couple: Couple, convention: str) -> None:
    """An individual offer tells no participation that is not deducted, and offers no deduction from pay."""
    view = opened(couple(convention))
    individual = not view.session.convention.has_employer
    view.go("formula")
    told = view.follows.yearly.text() + view.page.introduction.text()
    assert ("employeur" in told or "participation" in told) is not individual
    view.go("contract", "payment.mode")
    field = view.page.field("payment.mode")
    assert field is not None
    words = [button.text() for button in field.radios.buttons()]  # type: ignore[attr-defined]
    assert words == (["prélèvement bancaire"] if individual else ["précompte sur salaire", "prélèvement bancaire"])


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_hints_are_of_the_person_they_stand_under(opened: Opened, couple: Couple, convention: str) -> None:
    """No field of a child speaks of a spouse, and a partner is active or retired, nothing else."""
    view = opened(couple(convention))
    for ask in view.session.assessment.asks:
        if ask.path.startswith("beneficiaries.1."):
            assert "conjoint" not in ask.hint
    view.go("beneficiaries", "beneficiaries.0.category")
    field = view.page.field("beneficiaries.0.category")
    if field is not None:
        assert [button.text() for button in field.radios.buttons()] == ["actif", "retraité"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_the_summary_tells_every_answer_of_the_walk(opened: Opened, couple: Couple, convention: str) -> None:
    """The last step shows the family, the price and the date of each convention, with nothing left to guess."""
    view = opened(couple(convention))
    view.go("summary")
    QApplication.processEvents()
    page = view.page
    assert isinstance(page, SummaryPage)
    assert view.session.assessment.quote.net is not None
    assert view.session.assessment.effective_date is not None
    assert {issue.code for issue in view.scene().blocking()} == {"missing"}
