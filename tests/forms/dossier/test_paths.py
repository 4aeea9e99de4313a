"""Dotted paths: an edit changes one leaf and the blocks above it, and what is keyed by place follows its item."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from forms.dossier.fields import Field, fields
from forms.dossier.model import Beneficiary, Dossier, PreviousContract
from forms.dossier.paths import (
    edited,
    name_of,
    title_at,
    value_at,
    with_beneficiary,
    with_block,
    with_document,
    with_unread,
    without_beneficiary,
)
from forms.dossier.reading import dossier_from_json, dossier_to_json
from tests.making import child, family, read

WHOLE = family(
    current={"formula": "securite", "since": "2024-01-01", "beneficiaries": [child("2013-05-03")]},
    event={"kind": "birth", "on": "2026-01-20"},
    beneficiaries__1__refund={"iban": "FR76", "holder": "Zoé"},
)
NULL_BLOCKS = ("previous_contract", "current", "event")

OF_KIND: dict[str, st.SearchStrategy[Any]] = {
    "date": st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    "money": st.decimals(0, 9999, places=2),
    "percent": st.decimals(0, 100, places=2),
    "flag": st.booleans(),
    "whole": st.integers(1, 9),
    "lines": st.lists(st.sampled_from(["8 rue du Four", "Bât. C"]), max_size=3).map(tuple),
}


def a_value(field: Field) -> st.SearchStrategy[Any]:
    """Give values of a leaf's own kind."""
    if field.pattern == "documents.*.person":
        return st.sampled_from(["member", "beneficiaries.1"])
    if field.pattern == "reference":
        return st.just("ABCD-1234")
    if field.choices:
        return st.sampled_from(field.choices)
    return OF_KIND.get(field.kind, st.sampled_from(["Zoé", "O'Neil & <Fils>", "12"]))


EDITS = st.sampled_from([f for f in fields().values() if f.pattern != "format"]).flatmap(
    lambda field: st.tuples(st.just(field.pattern.replace("*", "0")), a_value(field))
)


@given(EDITS)
def test_an_edit_changes_its_leaf_and_the_blocks_above_it(edit: tuple[str, Any]) -> None:
    """The new value stands at its path; every block beside the path is the same object as before."""
    path, value = edit
    before = read(WHOLE)
    if path.startswith("beneficiaries.0.refund."):
        path = path.replace(".0.", ".1.")
    if path.startswith("current.beneficiaries.0.refund."):
        return
    after = edited(before, path, value)
    assert value_at(after, path) == value
    old: Any = before
    new: Any = after
    for part in path.split("."):
        if isinstance(old, tuple):
            beside = [(a, b) for i, (a, b) in enumerate(zip(old, new, strict=True)) if str(i) != part]
            old, new = old[int(part)], new[int(part)]
        else:
            beside = [(getattr(old, n), getattr(new, n)) for n in type(old).model_fields if n != part]
            old, new = getattr(old, part), getattr(new, part)
        assert all(a is b for a, b in beside)
    assert before == read(WHOLE)


@given(EDITS)
def test_an_edited_dossier_goes_through_its_file(edit: tuple[str, Any]) -> None:
    """Whatever is edited, the dossier is written and read back equal."""
    path, value = edit
    after = edited(read(WHOLE), path, value)
    assert dossier_from_json(dossier_to_json(after)) == after


@given(EDITS)
def test_an_edit_taken_back_is_unknown(edit: tuple[str, Any]) -> None:
    """None takes a fact away; what has a value of its own goes back to it."""
    path, value = edit
    field = fields()[path.replace(".0", ".*")]
    after = edited(edited(read(WHOLE), path, value), path, None)
    default = {"kind": "enrolment", "person": "member", "state": "seen"}.get(path.rsplit(".", 1)[-1])
    no_null = path in {"kind", "documents.0.person", "documents.0.state"}
    flags = {"teletransmission": True, "current_month": False}
    expected: Any = default if no_null else () if field.kind == "lines" else None
    if path.startswith("consents.") or path.rsplit(".", 1)[-1] in flags:
        expected = flags.get(path.rsplit(".", 1)[-1], False)
    assert value_at(after, path) == expected


@pytest.mark.parametrize("path", ["event.on", "current.since", "previous_contract.address.city"])
def test_the_first_fact_of_a_null_block_makes_the_block(path: str) -> None:
    """Below a block that is not there, the first fact said makes it, and says nothing more."""
    value = "Arras" if path.endswith("city") else dt.date(2026, 1, 1)
    after = edited(Dossier(), path, value)
    assert value_at(after, path) == value
    assert edited(after, path, None) != Dossier()  # the block stays: it was said to be there


@pytest.mark.parametrize("path", ["event.on", "current.formula", "previous_contract.number",
                                  "previous_contract.address.lines"])  # fmt: skip
def test_a_blank_below_a_null_block_leaves_it_null(path: str) -> None:
    """« No contract » is not turned into « not asked yet » by a field left blank."""
    assert edited(Dossier(), path, None) == Dossier()


@pytest.mark.parametrize(
    "path", ["nom", "member.nom", "member", "beneficiaries", "beneficiaries.0", "beneficiaries.0.nom", "unread",
             "member.address.lines.0", "beneficiaries.x.nir", "beneficiaries.9.nir", ""]
)  # fmt: skip
def test_a_path_that_no_dossier_has_is_our_bug(path: str) -> None:
    """An unknown path, a block for a leaf, a place with no one: KeyError, never another field changed."""
    with pytest.raises(KeyError):
        edited(read(WHOLE), path, None)


def test_a_value_of_another_type_is_our_bug() -> None:
    """A word where a date belongs does not go in by the back door either."""
    with pytest.raises(ValidationError):
        edited(Dossier(), "member.birth_date", "demain")


def test_below_what_is_not_there_nothing_is_said() -> None:
    """A null block and a missing item have no facts."""
    dossier = read({})
    assert value_at(dossier, "event.on") is None
    assert value_at(dossier, "beneficiaries.3.birth_date") is None


THREE = family(
    beneficiaries=[child("2010-01-01"), child("2012-01-01"), child("2014-01-01")],
    documents=[{"kind": "bank_details"}, {"kind": "rights_certificate", "person": "beneficiaries.0"},
               {"kind": "disability_card", "person": "beneficiaries.1"},
               {"kind": "school_certificate", "person": "beneficiaries.2"}],
    unread={"member.birth_date": "a", "beneficiaries.0.birth_date": "b", "beneficiaries.1.birth_date": "c",
            "beneficiaries.2.disability_recognised_on": "d"},
)  # fmt: skip


def test_removing_the_middle_one_moves_what_was_keyed_by_place() -> None:
    """The third person's papers and unread texts follow; the second's go; the others' stay."""
    after = without_beneficiary(read(THREE), 1)
    assert [b.birth_date for b in after.beneficiaries] == [dt.date(2010, 1, 1), dt.date(2014, 1, 1)]
    assert after.unread == {
        "member.birth_date": "a", "beneficiaries.0.birth_date": "b", "beneficiaries.1.disability_recognised_on": "d",
    }  # fmt: skip
    assert [(d.kind, d.person) for d in after.documents] == [
        ("bank_details", "member"), ("rights_certificate", "beneficiaries.0"),
        ("school_certificate", "beneficiaries.1"),
    ]  # fmt: skip


@given(st.integers(0, 3))
def test_adding_then_removing_changes_nothing(place: int) -> None:
    """Someone put at a place and taken away leaves the dossier as it was, at any place."""
    dossier = read(THREE)
    added = with_beneficiary(dossier, Beneficiary(first_name="Zoé"), place)
    assert added.beneficiaries[place].first_name == "Zoé"
    assert set(added.unread.values()) == set(dossier.unread.values())
    assert without_beneficiary(added, place) == dossier


def test_ten_people_are_not_taken_for_one() -> None:
    """Place 1 and place 10 are two places."""
    said = family(beneficiaries=[child("2010-01-01")] * 12, unread={"beneficiaries.10.birth_date": "x",
                                                                    "beneficiaries.1.birth_date": "y"})  # fmt: skip
    assert without_beneficiary(read(said), 1).unread == {"beneficiaries.9.birth_date": "x"}


def test_what_could_not_be_read_takes_the_fact_away_until_it_can() -> None:
    """An unread text stands instead of the fact; the next fact at that path stands instead of the text."""
    unread = with_unread(read(WHOLE), "member.birth_date", "31/02/1985")
    assert unread.member.birth_date is None
    assert unread.unread == {"member.birth_date": "31/02/1985"}
    assert edited(unread, "member.birth_date", dt.date(1985, 1, 1)) == read(WHOLE)


def test_a_block_taken_away_takes_its_unread_texts_with_it() -> None:
    """No contract, no unreadable date of that contract; the others stay."""
    said = family(unread={"previous_contract.ends_on": "x", "request.signed_on": "y"})
    after = with_block(read(said), "previous_contract", None)
    assert after.unread == {"request.signed_on": "y"}
    assert with_block(after, "previous_contract", PreviousContract()).previous_contract == PreviousContract()


def test_a_paper_is_seen_attached_or_missing_again() -> None:
    """A paper is there once for a kind and a person, and its file survives a change of state."""
    dossier = read(family())
    attached = with_document(dossier, "rights_certificate", "beneficiaries.0", "seen")
    paper = next(d for d in attached.documents if d.person == "beneficiaries.0")
    assert (paper.state, paper.file) == ("seen", "droits-noe.pdf")
    assert len(attached.documents) == len(dossier.documents)
    assert len(with_document(attached, "rights_certificate", "beneficiaries.0", None).documents) == 3


def test_everyone_is_called_something() -> None:
    """A first name, else who the person is: a sentence never has a hole."""
    said = family(member__first_name=None, beneficiaries=[
        {"relation": "spouse", "title": "m"}, {"relation": "child"}, {"relation": "child", "first_name": " Zoé  Lou "},
        {},
    ])  # fmt: skip
    dossier = read(said)
    names = [name_of(dossier, path) for path in ("member", *(f"beneficiaries.{i}" for i in range(4)))]
    assert names[:4] == ["l’adhérente", "le conjoint", "l’enfant n° 1", "Zoé Lou"]
    assert all(names)


def test_blocks_have_titles_too() -> None:
    """An issue can be about a block: it is called by its own title."""
    assert title_at("previous_contract") == "Contrat précédent"
    assert title_at("beneficiaries.1") == "Bénéficiaires"
    assert title_at("beneficiaries.1.nir") == "N° de Sécurité sociale"


def test_money_is_exact() -> None:
    """Cents are cents: what goes in at a path is the very decimal that comes out."""
    assert edited(Dossier(), "employer.participation", Decimal("19.5")).employer.participation == Decimal("19.50")
