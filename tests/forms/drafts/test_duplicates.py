"""Who is met twice: by number, by name and birth date; twins and parents are not each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.dossier.model import Beneficiary, Dossier, Member
from forms.dossier.paths import edited, without_beneficiary
from forms.drafts import duplicates, journal
from forms.drafts.draft import Draft
from forms.drafts.duplicates import Decision
from forms.faults import Fault
from tests.forms.drafts.invented import NIR, NOON

if TYPE_CHECKING:
    from forms.drafts.store import DraftStore

BORN = dt.date(1984, 5, 2)
CHILD_BORN = dt.date(2012, 7, 14)
ELODIE = Member(birth_name="Lefèvre", used_name="Nuñez", first_name="Élodie", birth_date=BORN, nir=NIR)
ZOE = Beneficiary(relation="child", birth_name="Nuñez", first_name="Zoé", birth_date=CHILD_BORN, nir=NIR)
LEO = ZOE.model_copy(update={"first_name": "Léo", "birth_rank": 2})


def named(name: str, first: str = "Élodie") -> Member:
    """Make a member born on Élodie's day."""
    return Member(birth_name=name, first_name=first, birth_date=BORN)


def draft_of(reference: str, member: Member, *people: Beneficiary) -> Draft:
    """Make a draft of these people."""
    dossier = Dossier(member=member, beneficiaries=people)
    return Draft(reference, dossier, "", "draft", "", "", 1, NOON, NOON)


FIRST = draft_of("AAAA-0001", ELODIE, ZOE)
OTHER = Member(birth_name="Garnier", first_name="Paul", birth_date=dt.date(1982, 1, 9))
SPOUSE = Beneficiary(relation="spouse", birth_name="Lefèvre", first_name="Élodie", nir=NIR, birth_date=BORN)
ZOE_GROWN = Member(birth_name="Nuñez", first_name="Zoé", birth_date=CHILD_BORN)


def said(store: DraftStore, draft: Draft) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Give who is met, where and how."""
    return [(one.path, one.other_path, one.by, one.child) for one in duplicates.of(store, draft)]


MEMBERS = ("member", "member")
CHILDREN = ("beneficiaries.0", "beneficiaries.0")


@pytest.mark.parametrize(
    ("second", "met"),
    [
        ((Member(nir="2 84 05 33 249 051 62"),), [(*MEMBERS, ("nir",), False)]),
        ((Member(nir=NIR[:13]),), [(*MEMBERS, ("nir",), False)]),
        ((Member(nir=NIR[:12]),), []),
        ((named("LEFEVRE", "elodie"),), [(*MEMBERS, ("names",), False)]),
        ((named("nunez", "Elodie"),), [(*MEMBERS, ("names",), False)]),
        ((Member(first_name="Élodie", birth_date=BORN),), [(*MEMBERS, ("names",), False)]),
        ((named("Garnier"),), []),
        ((named("Lefèvre").model_copy(update={"birth_date": CHILD_BORN}),), []),
        ((Member(birth_name="Lefèvre", first_name="Élodie"),), []),
        ((OTHER, ZOE), [(*CHILDREN, ("names",), True)]),
        ((OTHER, LEO, ZOE), [("beneficiaries.1", "beneficiaries.0", ("names",), True)]),
        ((OTHER, LEO), []),
        ((OTHER, Beneficiary(relation="child", birth_date=CHILD_BORN, nir=NIR)), []),
        ((OTHER, SPOUSE), [("beneficiaries.0", "member", ("nir", "names"), False)]),
        ((ZOE_GROWN,), [("member", "beneficiaries.0", ("names",), False)]),
    ],
)
def test_who_is_met(
    store: DraftStore, second: tuple[Member, *tuple[Beneficiary, ...]], met: list[tuple[object, ...]]
) -> None:
    """A number however typed, a name by birth or by use; a parent's number on a child, a twin, an unknown meet none."""
    store.save(FIRST)
    draft = draft_of("BBBB-0002", *second)
    store.save(draft)
    assert said(store, draft) == met
    assert [(there, here, by, child) for here, there, by, child in said(store, FIRST)] == met
    # Sharing a key is worth a look; sharing a last name besides is what makes it one person.
    assert (("AAAA-0001", "BBBB-0002") in duplicates.everywhere(store)) >= bool(met)


def test_twins_of_one_family_are_two(store: DraftStore) -> None:
    """Same birth date, same number of a parent, in one draft: nothing to say."""
    draft = draft_of("AAAA-0001", ELODIE, ZOE, LEO)
    store.save(draft)
    assert said(store, draft) == []
    assert duplicates.everywhere(store) == ()


def test_keys_follow_the_draft(store: DraftStore) -> None:
    """A corrected name, someone taken out, a draft taken away and put back: what is met follows."""
    store.save(FIRST)
    twice = draft_of("BBBB-0002", OTHER, LEO, ZOE)
    store.save(twice)
    assert said(store, FIRST) == [("beneficiaries.0", "beneficiaries.1", ("names",), True)]
    store.save(replace(twice, dossier=without_beneficiary(twice.dossier, 0)))
    assert said(store, FIRST) == [("beneficiaries.0", "beneficiaries.0", ("names",), True)]
    store.save(replace(twice, dossier=edited(twice.dossier, "beneficiaries.1.first_name", "Chloé")))
    assert said(store, FIRST) == []
    store.save(twice)
    store.delete("BBBB-0002", NOON)
    assert said(store, FIRST) == []
    store.save(twice)
    assert len(said(store, FIRST)) == 1
    store.database.execute("UPDATE drafts SET dossier = '{' WHERE reference = 'BBBB-0002'")
    assert said(store, FIRST) == []


def test_a_choice_is_kept_with_its_reason(store: DraftStore) -> None:
    """Seen from both sides, after a restart; asked again when they meet another way; the journal says no reason."""
    store.save(FIRST)
    second = draft_of("BBBB-0002", Member(birth_name="Lefèvre", first_name="Élodie", birth_date=BORN))
    store.save(second)
    (found,) = duplicates.of(store, second)
    assert found.decision is None
    with pytest.raises(Fault, match="Dites pourquoi"):
        duplicates.decide(store, second, found, Decision("different_people", " ", NOON))
    decision = Decision("different_people", "Cousines, nées le même jour", NOON)
    duplicates.decide(store, second, found, decision)
    assert [one.decision for one in (*duplicates.of(store, FIRST), *duplicates.of(store, second))] == [decision] * 2
    noted = [entry.detail for entry in journal.entries(store.database, kind="decided")]
    assert noted == [{"other": "AAAA-0001", "choice": "different_people"}]
    again = replace(second, dossier=edited(second.dossier, "member.nir", NIR))
    store.save(again)
    (found,) = duplicates.of(store, again)
    assert (found.by, found.decision) == (("nir", "names"), None)
