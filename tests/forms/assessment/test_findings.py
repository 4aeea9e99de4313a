"""Issues: what is checked whatever the convention, in which order, and what is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from forms.dossier.fields import field_at
from forms.dossier.paths import value_at
from tests.making import Said, alone, answer, child, codes, family, kept, put, read

OLD: Said = {"insurer": "X", "started_on": "2020-01-01", "compulsory_group": False, "cancellation": "mandate"}


def raised(said: Said) -> set[tuple[str, str, str]]:
    """Give the issues as path, severity and code, but for what is assumed."""
    always = {"to_confirm", "legal_text_missing"}
    return {(i.path, i.severity, i.code) for i in answer(said).issues if i.code not in always}


@pytest.mark.parametrize(
    ("path", "value", "severity", "code"),
    [
        ("member.nir", "285016211904269", "error", "nir_key"),
        ("member.nir", "2850162119042", "error", "nir_no_key"),
        ("member.nir", "185016211904221", "warning", "nir_sex"),
        ("employer.siret", "21620910600015", "error", "siret_key"),
        ("refund.iban", "FR7630006000011234567890188", "error", "iban_key"),
        ("refund.bic", "AGRI", "error", "bic_length"),
        ("refund.bic", "DEUTDEFF", "warning", "bic_country_differs"),
        ("member.birth_name", "Roy3", "warning", "digit_in_name"),
        ("beneficiaries.1.first_name", "No\u00e9 2", "warning", "digit_in_name"),
        ("member.email", "maia.delattre", "warning", "email_shape"),
        ("member.phone", "12", "warning", "phone_shape"),
        ("member.address.postal_code", "6240", "warning", "postal_code_shape"),
        ("previous_contract.address.postal_code", "6240", "warning", "postal_code_shape"),
        ("beneficiaries.1.nir", "205076211904211", "error", "nir_key"),
        ("beneficiaries.2.refund", {"iban": "FR00"}, "error", "iban_length"),
        ("formula", "doree", "error", "formula_unknown"),
        ("options", ["chambre"], "error", "option_unknown"),
        ("beneficiaries.0.formula", "securite", "error", "formula_for_all"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(path: str, value: Any, severity: str, code: str) -> None:
    """One slip in the complete family raises one issue, where it is."""
    found = {issue for issue in raised(put(family(), {path: value})) if issue[2] != "student_until"}
    where = f"{path}.iban" if isinstance(value, dict) else path
    assert (where, severity, code) in found
    assert {issue[2] for issue in found} <= {code, "missing"}


@pytest.mark.parametrize(
    "name",
    ["d’Ormesson-Le Fèvre", "N’Guessan", "Saint-Exupéry de La Tour", "Ng", "Œdipe III", "Ðặng Thị", "Åse (dite)"],
)
def test_a_name_is_what_its_bearer_says(name: str) -> None:
    """Apostrophes, hyphens, particles, Roman figures and any accent are names; a town hall has its own figures."""
    said = put(family(), {"member.used_name": name, "beneficiaries.0.birth_name": name})
    found = raised(put(said, {"employer.name": "Mairie de Paris 12e", "member.birth_place": "Lyon 3e"}))
    assert "digit_in_name" not in {code for _, _, code in found}


def test_a_number_twice_is_said_once() -> None:
    """At the second person, naming the first."""
    found = answer(family(beneficiaries__1__nir="205076211904210", beneficiaries__2__nir="205076211904210"))
    repeated = [i for i in found.issues if i.code == "nir_repeated"]
    assert [i.path for i in repeated] == ["beneficiaries.2.nir"]
    assert "Zoé" in repeated[0].message


WAIT = [
    "member.phone", "member.email", "member.fund_code", "refund.iban", "beneficiaries.1.nir", "request.place",
    "previous_contract.number", "previous_contract.address.city", "acknowledgements.notice", "employer.siret",
]  # fmt: skip
BLOCK = [
    "member.nir", "member.birth_date", "member.address.city", "employer.name", "member.staff_number", "payment.mode",
    "request.signed_on", "request.setting", "formula", "previous_contract.started_on", "beneficiaries.0.birth_date",
    "beneficiaries.1.situation", "previous_contract.insurer", "member.title", "employer.participation",
]  # fmt: skip


@pytest.mark.parametrize(("path", "severity"), [*((p, "warning") for p in WAIT), *((p, "error") for p in BLOCK)])
def test_what_may_wait_is_a_warning_and_what_may_not_an_error(path: str, severity: str) -> None:
    """What can be written by hand later does not block; a key fact does."""
    found = answer(put(family(), {path: None}))
    assert [(i.severity, i.code) for i in found.at(path)] == [(severity, "missing")]
    assert path in found.missing
    assert found.printable is (severity == "warning")


@pytest.mark.parametrize("null", [None, {"cancellation": "none"}])
def test_nothing_to_cancel_asks_for_nothing_more(null: Said | None) -> None:
    """No contract, or nothing to cancel: nothing is missing. Not asked yet: it is the next thing to ask."""
    assert answer(alone(previous_contract=null)).missing == ()
    waiting = answer(alone(previous_contract={"cancellation": None}))
    assert waiting.missing == ("previous_contract.cancellation",)
    assert waiting.next == "previous_contract.cancellation"
    assert not waiting.printable


def test_a_debit_needs_its_account_and_pay_needs_a_staff_number() -> None:
    """Each way of paying asks for its own."""
    debit = put(kept("cdg62-retired"), {"payment.iban": None})
    assert "payment.iban" in answer(debit).missing
    assert not answer(debit).printable
    assert not answer(alone(member__staff_number=None)).printable
    on_leave = alone(member__staff_number=None, member__status="on_leave", payment={
        "mode": "direct_debit", "iban": "FR7630006000011234567890189", "bic": "AGRIFRPP",
        "holder": "Maïa"})  # fmt: skip
    assert answer(on_leave).printable


def test_errors_come_first_then_the_order_of_the_screen() -> None:
    """Severity, then the order in which things are asked; no issue stands twice."""
    said = family(member__nir="1", member__phone="12", beneficiaries__0__birth_date=None, refund__iban="FR00")
    found = answer(said)
    ranks = {"error": 0, "warning": 1, "info": 2}
    assert [ranks[i.severity] for i in found.issues] == sorted(ranks[i.severity] for i in found.issues)
    assert len(set(found.issues)) == len(found.issues)
    order = [ask.path for ask in found.asks]
    errors = [order.index(i.path) for i in found.issues if i.severity == "error" and i.path in order]
    assert errors == sorted(errors)


def test_the_next_thing_to_ask_blocks_if_anything_does() -> None:
    """The phone is asked before the price's facts on no screen: what blocks comes first."""
    assert answer(family(member__phone=None, request__setting=None)).next == "request.setting"
    assert answer(family(member__phone=None, member__email=None)).next == "member.phone"


def test_every_path_asked_is_a_field_on_one_step() -> None:
    """In screen order, person by person, each path once, and each a field that can be filled in."""
    people = [{"relation": "spouse"}, child("2013-05-03"), child("2014-05-03", disabled=True), {}]
    for said in (family(), kept("cdg62-retired"), alone(beneficiaries=people, previous_contract=OLD), {}):
        found = answer({"convention": "cdg62-mnt", **said})
        paths = [ask.path for ask in found.asks]
        assert len(set(paths)) == len(paths)
        steps = ["before", "formula", "contract", "beneficiaries", "summary"]
        assert [steps.index(ask.step) for ask in found.asks] == sorted(steps.index(ask.step) for ask in found.asks)
        places = [int(path.split(".")[1]) for path in paths if path.startswith("beneficiaries")]
        assert places == sorted(places)
        for path in paths:
            assert field_at(path).title
            value_at(read(said), path)


def test_what_is_asked_follows_what_is_said() -> None:
    """A mandate asks for the old contract's age; a disability for its date; no partner's situation is asked."""

    def asked(said: Said) -> set[str]:
        return {ask.path for ask in answer(said).asks}

    assert "previous_contract.started_on" in asked(alone(previous_contract=OLD))
    assert "previous_contract.started_on" not in asked(alone())
    disabled = asked(alone(beneficiaries=[child("2013-05-03", disabled=True), child("2014-05-03")]))
    assert "beneficiaries.0.disability_recognised_on" in disabled
    assert "beneficiaries.1.disability_recognised_on" not in disabled
    assert "member.hired_on" not in asked(kept("cdg62-retired"))
    assert "beneficiaries.0.situation" not in asked(family())
    assert not [path for path in asked(family()) if "health" in path]


def test_what_is_assumed_is_told_as_such() -> None:
    """Each assumption behind the answer is a warning, once, with its source."""
    found = answer(family())
    told = [i for i in found.issues if i.code == "to_confirm"]
    assert len(told) == len(found.assumptions) == len({i.message for i in told})
    assert all(i.severity == "warning" and i.source for i in told)


@pytest.mark.parametrize("name", ["O'Neil & <Fils>", "%s {0} {name}", "{age!r}", "Škvorecký", "  Zoé   Lou "])
def test_a_name_is_only_a_name_in_a_message(name: str) -> None:
    """Braces and marks of a name are letters in the sentence."""
    found = answer(alone(beneficiaries=[child("1990-01-01", first_name=name)]))
    message = next(i.message for i in found.issues if i.code == "child_too_old")
    assert " ".join(name.split()) in message
    assert "36 ans" in message


def test_unread_texts_and_papers_of_nobody_harm_nothing() -> None:
    """What is keyed by a place where nobody stands is told, or left alone."""
    papers = [{"kind": "payslip", "person": "beneficiaries.9"}, {}]
    said = alone(unread={"beneficiaries.7.birth_date": "x"}, documents=papers)
    assert {i.code for i in answer(said).issues if i.severity == "error"} == {"unreadable"}


def test_the_legal_text_is_missed_only_where_it_must_be_printed() -> None:
    """Signed at the workplace."""
    assert "legal_text_missing" in codes(answer(alone()), "warning")
    assert "legal_text_missing" not in codes(answer(alone(request__setting="remote")), "warning")


def test_a_past_date_is_never_an_error() -> None:
    """A dossier opened years later is what it was."""
    assert answer(family(), today=dt.date(2030, 1, 1)).printable
