"""The papers of a dossier: what is said of one says nothing of another, and files come and go in their order."""

from __future__ import annotations

from forms.dossier.documents import files_of, name_of_paper, with_file, with_state, without_file
from forms.dossier.model import Dossier
from forms.dossier.paths import without_beneficiary
from forms.dossier.reading import dossier_from_json, dossier_to_json
from tests.making import family, read

ZOE = ("school_certificate", "beneficiaries.1")
RIB = ("bank_details", "member")


def states(dossier: Dossier) -> list[tuple[str | None, str, str, str | None]]:
    """Give what is said of each paper."""
    return [(one.kind, one.person, one.state, one.file) for one in dossier.documents]


def test_a_paper_is_seen_attached_or_missing() -> None:
    """Each state in turn, in its place; what is already so changes nothing."""
    dossier = read(family(documents=[{"kind": "payslip"}, {"kind": "bank_details"}]))
    assert with_state(dossier, *RIB, "seen") is dossier
    attached = with_state(dossier, *RIB, "attached")
    assert states(attached) == [("payslip", "member", "seen", None), (*RIB, "attached", None)]
    assert states(with_state(attached, *RIB, "missing")) == [("payslip", "member", "seen", None)]
    assert states(with_state(dossier, *ZOE, "seen"))[-1] == (*ZOE, "seen", None)


def test_files_make_a_paper_attached_and_the_last_one_taken_out_makes_it_missing() -> None:
    """Several files of one paper keep their order and their place among the others."""
    dossier = read(family(documents=[{"kind": "bank_details"}, {"kind": "payslip"}]))
    dossier = with_file(with_file(dossier, *RIB, "bank_details-1"), *RIB, "bank_details-2")
    assert files_of(dossier, *RIB) == ("bank_details-1", "bank_details-2")
    assert [one.kind for one in dossier.documents] == ["bank_details", "bank_details", "payslip"]
    assert with_state(dossier, *RIB, "attached") is dossier
    assert files_of(with_state(dossier, *RIB, "seen"), *RIB) == ("bank_details-1", "bank_details-2")
    dossier = without_file(dossier, *RIB, "bank_details-1")
    assert files_of(dossier, *RIB) == ("bank_details-2",)
    assert states(without_file(dossier, *RIB, "bank_details-2")) == [("payslip", "member", "seen", None)]
    assert dossier_from_json(dossier_to_json(dossier)) == dossier


def test_files_follow_their_person() -> None:
    """When someone else is taken out, the files stay with whom they are about; they go with their own person."""
    dossier = with_file(read(family(documents=[])), *ZOE, "school_certificate-1")
    assert files_of(without_beneficiary(dossier, 0), "school_certificate", "beneficiaries.0") == (
        "school_certificate-1",
    )
    assert without_beneficiary(dossier, 1).documents == ()
    assert name_of_paper(dossier, *ZOE) == "Certificat de scolarité, Zoé"
    assert name_of_paper(dossier, *RIB) == "Relevé d’identité bancaire"
