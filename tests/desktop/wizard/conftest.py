"""A wizard around an invented family, and ways to type as a person does."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from desktop.desk.session import DossierSession
from desktop.wizard.view import WizardView
from forms.convention import Convention, load
from forms.dossier.model import Dossier
from forms.dossier.reading import dossier_from_json
from forms.drafts.draft import Draft
from forms.resources import resource

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

TODAY = dt.date(2026, 2, 3)
CHILD: dict[str, Any] = {"relation": "child", "birth_name": "Roy", "situation": "dependent", "disabled": False}
FAMILY: dict[str, Any] = {
    "format": "permanence.dossier/1",
    "convention": "cdg62-mnt",
    "formula": "essentielle",
    "employer": {"name": "Mairie de Béthune", "joined_on": "2026-01-01", "participation": "15.00"},
    "member": {
        "title": "mme", "birth_name": "Delattre", "first_name": "Maïa", "birth_date": "1985-01-01",
        "scheme": "general", "category": "active", "status": "civil_servant", "hired_on": "2015-09-01",
    },
    "beneficiaries": [
        {"title": "m", "first_name": "Noé", "birth_date": "2010-03-04", **CHILD},
        {"title": "mme", "first_name": "Zoé", "birth_date": "2012-07-14", **CHILD},
        {"title": "m", "first_name": "Gaël", "birth_date": "2015-06-01", **CHILD},
    ],
    "previous_contract": {"cancellation": "none"},
    "request": {"signed_on": "2026-02-03", "setting": "workplace"},
    "payment": {"mode": "payroll"},
    "documents": [{"kind": "rights_certificate", "person": "beneficiaries.2"}],
}  # fmt: skip
FORMULAS = {
    "cdg62-mnt": "essentielle", "cdg76-mnt-mgen": "niveau-2", "cdg35-mutame": "niveau-2", "cdg33-mnfct": "niveau-2",
    "msph-mgen": "msph-2",
}  # fmt: skip
"""The shipped conventions, and a formula of each."""
EMPTY: dict[str, Any] = {"format": "permanence.dossier/1", "convention": "cdg62-mnt", "previous_contract": {}}


def of_convention(convention: str, category: str = "active") -> dict[str, Any]:
    """Give a couple with two children under a convention, with what each convention may ask of them."""
    partner = {
        "relation": "spouse", "title": "m", "birth_name": "Roy", "first_name": "Noé", "birth_date": "1986-05-02",
        "category": "active", "scheme": "general", "eligible_member": False,
    }  # fmt: skip
    child = {**CHILD, "scheme": "general", "tax_dependent": True, "own_cover": False}
    children = [
        {"title": "mme", "first_name": "Zoé", "birth_date": "2012-07-14", **child},
        {"title": "m", "first_name": "Gaël", "birth_date": "2015-06-01", **child},
    ]
    said = {**FAMILY, "convention": convention, "formula": FORMULAS[convention], "documents": []}
    said["member"] = {**FAMILY["member"], "category": category, "gross_index_salary": "2150.00"}
    said["payment"] = {"mode": "payroll" if category == "active" and convention != "msph-mgen" else "direct_debit"}
    return {**said, "beneficiaries": [partner, *children]}


@cache
def _shipped(convention: str) -> Convention:
    """Give a shipped convention, read once."""
    return load(resource("conventions", convention))


@pytest.fixture(scope="session")
def convention() -> Convention:
    """Give the shipped convention of the CDG 62."""
    return _shipped("cdg62-mnt")


@pytest.fixture(scope="session")
def shipped() -> Callable[[str], Convention]:
    """Give a way to a shipped convention."""
    return _shipped


@pytest.fixture(scope="session")
def couple() -> Callable[..., dict[str, Any]]:
    """Give a way to a family under a convention."""
    return of_convention


@pytest.fixture
def opened(qtbot: QtBot, convention: Convention) -> Callable[..., WizardView]:
    """Give a way to open a wizard on a dossier; it is shown and has the focus."""

    def open_on(said: dict[str, Any] | Dossier, step: str = "before", field: str = "") -> WizardView:
        dossier = said if isinstance(said, Dossier) else dossier_from_json(json.dumps(said))
        now = dt.datetime(2026, 2, 3, 9, 0, tzinfo=dt.UTC)
        held = _shipped(dossier.convention or convention.id)
        draft = Draft("7K3M-Q2XD", dossier, held.fingerprint, "draft", step, field, 1, now, now)
        session = DossierSession(draft, held, TODAY)
        view = WizardView(session)
        session.setParent(view)
        qtbot.addWidget(view)
        view.resize(1366, 720)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        return view

    return open_on


@pytest.fixture
def family(opened: Callable[..., WizardView]) -> WizardView:
    """Give a wizard on a mother and her three children."""
    return opened(FAMILY)


@pytest.fixture
def empty(opened: Callable[..., WizardView]) -> WizardView:
    """Give a wizard on a dossier of which nothing is said."""
    return opened(EMPTY)
