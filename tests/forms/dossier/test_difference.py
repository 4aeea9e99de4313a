"""What changed between two dossiers: places, before and after, whoever was added or taken out."""

from __future__ import annotations

import datetime as dt

from forms.dossier.difference import Change, differences
from forms.dossier.model import Beneficiary, Dossier, Member, PreviousContract
from forms.dossier.paths import edited, with_beneficiary, with_block, with_document, with_unread, without_beneficiary

CHILDREN = tuple(
    Beneficiary(relation="child", first_name=name, birth_date=dt.date(2010 + year, 5, 2))
    for year, name in enumerate(("Zoé", "Léo", "Íñigo"))
)
FAMILY = Dossier(convention="cdg62-mnt", member=Member(birth_name="Garnier"), beneficiaries=CHILDREN)


def paths(old: Dossier, new: Dossier) -> list[str]:
    """Give where two dossiers differ."""
    return [change.path for change in differences(old, new)]


def test_each_leaf_with_its_values_in_the_order_of_the_model() -> None:
    """A leaf of a block, of an item, of a block that was not there."""
    new = edited(edited(FAMILY, "beneficiaries.1.birth_rank", 2), "member.birth_name", "Lefèvre")
    assert differences(FAMILY, new) == (
        Change("member.birth_name", "Garnier", "Lefèvre"),
        Change("beneficiaries.1.birth_rank", None, 2),
    )
    assert differences(new, new) == differences(FAMILY, FAMILY.model_copy()) == ()


def test_the_middle_child_taken_out_shifts_no_one() -> None:
    """One change, at the place where the child was; and one for the child put there."""
    without = without_beneficiary(FAMILY, 1)
    assert differences(FAMILY, without) == (Change("beneficiaries.1", CHILDREN[1], None),)
    assert differences(without, FAMILY) == (Change("beneficiaries.1", None, CHILDREN[1]),)
    later = edited(without, "beneficiaries.1.situation", "student")
    assert paths(FAMILY, later) == ["beneficiaries.1", "beneficiaries.1.situation"]
    assert paths(FAMILY, with_beneficiary(FAMILY, Beneficiary())) == ["beneficiaries.3"]
    assert paths(FAMILY, edited(FAMILY, "beneficiaries.1.first_name", "Léa")) == ["beneficiaries.1.first_name"]


def test_blocks_come_and_go_whole() -> None:
    """No previous contract, and one of which nothing is known yet, are two answers."""
    there = with_block(FAMILY, "previous_contract", PreviousContract())
    assert differences(FAMILY, there) == (Change("previous_contract", None, PreviousContract()),)
    assert paths(there, edited(there, "previous_contract.insurer", "Alpha")) == ["previous_contract.insurer"]


def test_a_text_that_cannot_be_read_is_what_was_said_there() -> None:
    """The unread text stands for the fact, before or after."""
    dated = edited(FAMILY, "request.signed_on", dt.date(2026, 2, 3))
    unread = with_unread(dated, "request.signed_on", "30 février")
    assert differences(dated, unread) == (Change("request.signed_on", dt.date(2026, 2, 3), "30 février"),)
    again = with_unread(unread, "request.signed_on", "31 février")
    assert differences(unread, again) == (Change("request.signed_on", "30 février", "31 février"),)
    assert differences(again, dated) == (Change("request.signed_on", "31 février", dt.date(2026, 2, 3)),)


def test_papers_are_paired_by_kind_and_person() -> None:
    """A paper seen, then attached, is one change of its state; another paper is one more."""
    seen = with_document(FAMILY, "payslip", "member", "seen")
    both = with_document(seen, "bank_details", "member", "seen")
    assert paths(FAMILY, seen) == ["documents.0"]
    assert paths(both, with_document(both, "bank_details", "member", "attached")) == ["documents.1.state"]


def test_a_change_shows_no_one_in_a_report() -> None:
    """Its repr says the place only."""
    assert (
        repr(differences(FAMILY, edited(FAMILY, "member.birth_name", "Lefèvre"))[0])
        == "Change(path='member.birth_name')"
    )
