"""The dossier's model and its schema, against the contract's tables, typed here again by hand."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest

from forms.dossier.fields import Field, fields
from forms.dossier.model import Dossier
from forms.dossier.reading import dossier_from_json, dossier_schema, dossier_to_json
from tests.making import kept, read

STATUSES = (
    "civil_servant trainee contract_public contract_private seconded made_available without_post on_leave pensioner"
)
ENUMERATIONS = {
    "kind": "enrolment formula_change beneficiary_change",
    "member.title": "m mme",
    "member.scheme": "general alsace_moselle agricultural other_french none",
    "member.category": "active retired associate orphan survivor",
    "member.status": STATUSES,
    "beneficiaries.*.relation": "spouse civil_partner cohabitant child grandchild ward",
    "beneficiaries.*.situation": "dependent student apprentice job_seeker employed",
    "beneficiaries.*.attached_to": "member partner both",
    "previous_contract.cancellation": "mandate by_member none",
    "request.setting": "workplace remote insurer_office",
    "event.kind": "birth adoption marriage civil_partnership cohabitation separation death unemployment",
    "payment.mode": "payroll direct_debit",
    "documents.*.state": "seen attached",
    "documents.*.kind": "bank_details rights_certificate school_certificate job_seeker_certificate "
    "apprenticeship_contract disability_card partnership_certificate cancellation_letter retirement_title payslip "
    "other",
}
PERSON = (
    "title birth_name used_name first_name birth_date birth_place birth_rank nir scheme fund_code teletransmission "
    "options"
)
KEYS = {
    "": "format reference kind convention formula options employer member beneficiaries previous_contract request "
    "current event payment refund documents acknowledgements consents unread",
    "employer": "name siret joined_on participation participation_percent",
    "member": f"{PERSON} category status staff_number hired_on gross_index_salary address phone email",
    "beneficiaries": f"{PERSON} relation category situation tax_dependent disabled disability_recognised_on own_cover "
    "eligible_member attached_to refund formula",
    "previous_contract": "insurer number started_on ends_on cancellation address holder compulsory_group keep",
    "request": "signed_on received_on effective_on current_month place setting",
    "current": "formula since beneficiaries",
    "event": "kind on",
    "payment": "mode iban bic holder",
    "refund": "iban bic holder",
    "documents": "kind person state file",
    "acknowledgements": "guarantees product_sheet notice statutes internal_rules",
    "consents": "email_marketing sms_marketing partners",
}
DATES = [
    "employer.joined_on",
    "member.birth_date",
    "member.hired_on",
    "beneficiaries.*.birth_date",
    "beneficiaries.*.disability_recognised_on",
    "previous_contract.started_on",
    "previous_contract.ends_on",
    "request.signed_on",
    "request.received_on",
    "request.effective_on",
    "current.since",
    "event.on",
    "acknowledgements.guarantees",
]
MONEY = ["employer.participation", "member.gross_index_salary"]
FLAGS = [
    "beneficiaries.*.tax_dependent",
    "beneficiaries.*.disabled",
    "beneficiaries.*.own_cover",
    "beneficiaries.*.eligible_member",
    "previous_contract.compulsory_group",
    "request.current_month",
    "consents.email_marketing",
    "consents.sms_marketing",
    "consents.partners",
    "member.teletransmission",
]


def block(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """Give the schema of a block of the dossier, its reference followed."""
    if not name:
        return schema
    text = json.dumps(schema["properties"][name])
    found: dict[str, Any] = schema["$defs"][text.split("#/$defs/")[1].split('"')[0]]
    return found


@pytest.mark.parametrize(("path", "values"), ENUMERATIONS.items())
def test_each_enumeration_has_the_values_of_the_contract(path: str, values: str) -> None:
    """No value more, none less: other programs write them."""
    assert set(fields()[path].choices) == set(values.split())


@pytest.mark.parametrize("name", KEYS)
def test_the_schema_has_the_keys_of_the_contract(name: str) -> None:
    """Each block of the schema has the contract’s keys (more may come, none goes), and is closed to any other."""
    found = block(dossier_schema(), name)
    assert set(found["properties"]) >= set(KEYS[name].split())
    assert found["additionalProperties"] is False


def test_an_address_has_the_keys_of_the_contract() -> None:
    """Lines, postal code and city, of the member as of the old insurer."""
    assert set(dossier_schema()["$defs"]["Address"]["properties"]) == {"lines", "postal_code", "city"}


@pytest.mark.parametrize(("kind", "paths"), [("date", DATES), ("money", MONEY), ("flag", FLAGS)])
def test_dates_amounts_and_flags_are_of_their_kind(kind: str, paths: list[str]) -> None:
    """What the contract writes as a date, an amount, yes or no, is one in the model."""
    assert {path: fields()[path].kind for path in paths} == dict.fromkeys(paths, kind)


def test_the_schema_is_one_whole_json_schema() -> None:
    """It says its dialect, it asks for the format and no more, and each reference in it leads somewhere."""
    schema = dossier_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["required"] == ["format"]
    assert schema["properties"]["format"]["const"] == "permanence.dossier/1"
    pieces = json.dumps(schema).split("#/$defs/")[1:]
    assert {piece.split('"')[0] for piece in pieces} <= set(schema["$defs"])
    assert all("required" not in definition for definition in schema["$defs"].values())


def test_the_schema_lets_null_say_nothing() -> None:
    """Every key but the format may be null, as the contract says; the schema refuses none that the reader takes."""
    schema = dossier_schema()
    for definition in (schema, *schema["$defs"].values()):
        for name, leaf in definition["properties"].items():
            assert {"type": "null"} in leaf.get("anyOf", []) or name == "format", name


def test_the_schema_knows_money_and_dates() -> None:
    """Money is text with two places at most, a date is a date: a float or a number passes neither."""
    employer = block(dossier_schema(), "employer")["properties"]
    money, date = employer["participation"]["anyOf"][0], employer["joined_on"]["anyOf"][0]
    assert (money["type"], money["pattern"]) == ("string", r"^\d{1,7}(\.\d{1,2})?$")
    assert date == {"type": "string", "format": "date"}


def test_every_field_has_a_french_title() -> None:
    """Each leaf can be named on screen: a title that is not its key."""
    assert not [path for path, field in fields().items() if path != "format" and not titled(field)]


def titled(field: Field) -> bool:
    """Tell whether a field has a title of its own."""
    return bool(field.title) and field.title != field.pattern.rsplit(".", 1)[-1]


def test_the_example_of_the_contract_reads() -> None:
    """Each value of the published example is where the contract puts it."""
    dossier = read(kept("contract-example"))
    assert (dossier.reference, dossier.convention, dossier.formula) == ("7K3M-Q2XD", "cdg33-mnfct", "niveau-1")
    assert dossier.employer.participation == Decimal("15.00")
    assert dossier.member.birth_date == dt.date(1984, 5, 2)
    assert dossier.member.address.lines == ("12 rue des Prés", "Bât. C")
    assert [b.relation for b in dossier.beneficiaries] == ["spouse", "child"]
    assert dossier.beneficiaries[1].disabled is False
    assert dossier.previous_contract is not None
    assert dossier.previous_contract.cancellation == "mandate"
    assert [(d.kind, d.person, d.state, d.file) for d in dossier.documents] == [
        ("bank_details", "member", "seen", None),
        ("rights_certificate", "member", "seen", "attestation.pdf"),
    ]
    assert dossier.unread == {}


@pytest.mark.parametrize("name", ["contract-example", "cdg62-family", "cdg62-retired"])
def test_what_is_written_reads_back_equal(name: str) -> None:
    """A file read, written and read again is the same value, and the same bytes."""
    dossier = read(kept(name))
    text = dossier_to_json(dossier)
    assert dossier_from_json(text) == dossier
    assert dossier_to_json(dossier_from_json(text)) == text
    assert "\n" not in text


def test_money_is_written_with_two_places() -> None:
    """« 15 » and « 15.5 » read; they are written as the contract writes money."""
    said = {"employer": {"participation": "15"}, "member": {"gross_index_salary": "1600.5"}}
    text = dossier_to_json(read(said))
    assert '"participation":"15.00"' in text
    assert '"gross_index_salary":"1600.50"' in text


NULLS: dict[str, Any] = {
    "kind": "enrolment",
    "previous_contract": None,
    "current": None,
    "event": None,
    "beneficiaries": (),
    "documents": (),
    "unread": {},
}


@pytest.mark.parametrize("name", [*NULLS, "employer", "member", "request", "payment", "refund", "consents"])
def test_null_is_as_no_key(name: str) -> None:
    """A null is read as what is not there, whatever the block."""
    assert read({name: None}) == read({})
    if name in NULLS:
        assert getattr(read({}), name) == NULLS[name]


def test_null_leaves_say_none_no_yes_or_not_known() -> None:
    """No for what is only asked for expressly, yes for the teletransmission, not known for the rest."""
    dossier = read({
        "member": {"teletransmission": None, "used_name": None, "birth_date": None},
        "beneficiaries": [{"disabled": None, "refund": None, "teletransmission": None}],
        "request": {"current_month": None, "effective_on": None},
        "consents": {"partners": None},
        "documents": [{"kind": None, "person": None, "state": None}],
    })  # fmt: skip
    person = dossier.beneficiaries[0]
    assert dossier.member.teletransmission is True
    assert person.teletransmission is True
    assert (person.disabled, person.refund) == (None, None)
    assert dossier.request.current_month is False
    assert dossier.consents.partners is False
    assert (dossier.documents[0].person, dossier.documents[0].state) == ("member", "seen")


def test_a_contract_not_asked_yet_is_not_none() -> None:
    """``{"cancellation": null}`` and ``null`` are two values, and stay two through the file."""
    waiting, none = read({"previous_contract": {"cancellation": None}}), read({"previous_contract": None})
    assert waiting != none
    assert dossier_from_json(dossier_to_json(waiting)) == waiting


def test_a_blank_text_says_nothing() -> None:
    """Spaces are no name."""
    assert read({"member": {"first_name": "  "}}).member.first_name is None


def test_a_dossier_is_frozen() -> None:
    """Nobody changes a value under someone else's eyes."""
    with pytest.raises(ValueError, match="frozen"):
        Dossier().member.first_name = "Zoé"
