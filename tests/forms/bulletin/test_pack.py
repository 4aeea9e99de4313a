"""The pack: which forms, in what order, with what in them; copies, reprints, practice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from forms.assessment import assess
from forms.bulletin import Change, Printing, Replaced, changes, pack
from forms.cli import main
from forms.convention import load
from forms.dossier.model import Dossier
from forms.dossier.reading import dossier_to_json
from tests.forms.bulletin import people
from tests.forms.bulletin.reading import pages_of, squeezed
from tests.making import changed, folder

MANDATE = {
    "insurer": "Mutuelle des Prés", "number": "MP-778", "holder": "Maïa Delattre", "started_on": "2021-04-01",
    "address": {"lines": ["3 place du Marché"], "postal_code": "62000", "city": "Arras"}, "cancellation": "mandate",
    "compulsory_group": False, "keep": "la prévoyance",
}  # fmt: skip
DEBIT = {
    "mode": "direct_debit", "iban": "FR7630006000011234567890189", "bic": "AGRIFRPP", "holder": "Maïa Delattre-Roy",
}  # fmt: skip


def forms_of(dossier: Dossier, printing: Printing = people.PRINTING) -> dict[str, str]:
    """Print, and give the squeezed text of each form under its bookmark."""
    pdf = pack(dossier, people.answer(dossier), people.convention(), printing)
    document = pypdfium2.PdfDocument(pdf)
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    document.close()
    pages = pages_of(pdf)
    ends = [*(start for _, start in marks[1:]), len(pages)]
    return {title: "".join(pages[start:end]) for (title, start), end in zip(marks, ends, strict=True)}


@pytest.mark.parametrize(
    ("more", "titles"),
    [
        ({}, ["Autorisation de précompte sur salaire", "Lettre de renonciation"]),
        ({"payment": DEBIT}, ["Mandat de prélèvement SEPA", "Lettre de renonciation"]),
        (
            {"previous_contract": MANDATE, "request": {"setting": "insurer_office"}},
            ["Autorisation de précompte sur salaire", "Mandat de résiliation"],
        ),
        ({"payment": {}, "request": {"setting": None}}, []),
        (
            {"payment": DEBIT, "previous_contract": MANDATE, "request": {"setting": "remote"}},
            ["Mandat de prélèvement SEPA", "Mandat de résiliation", "Lettre de renonciation"],
        ),
    ],
)
def test_the_forms_follow_from_the_answers(more: dict[str, Any], titles: list[str]) -> None:
    """Each form is there when its rule holds, and only then; what is not said yet calls for none."""
    always = ["Bulletin d’adhésion", "Reçu des documents", "Pièces à fournir", "Ce qui a été décidé, et pourquoi"]
    assert sorted(forms_of(people.family(**more))) == sorted([*always, *titles])


def test_a_convention_rules_on_its_forms(tmp_path: Any) -> None:
    """A convention's own rule for a form replaces the common one; an unknown form or fact is refused by its place."""
    own = '\n[[forms]]\nid = "receipt"\nkeeper = "l’assureur"\nwhen = { "payment.mode" = { is = "payroll" } }\n'
    text = changed("convention.toml", "[[formulas]]", own + "\n[[formulas]]")
    found = load(folder(tmp_path, text))
    assert next(form.keeper for form in found.forms if form.id == "receipt") == "l’assureur"
    said = people.family(convention="tiny", formula="une", payment=DEBIT)
    assert "receipt" not in assess(said, found, people.TODAY).forms


def test_the_cancellation_mandate() -> None:
    """The two wills, the contract, what is kept, what the new insurer does, and the dates of the assessment."""
    dossier = people.family(previous_contract=MANDATE, request={"signed_on": "2026-02-03", "setting": "workplace"})
    old = people.answer(dossier).old_cover
    assert old is not None
    assert (old.ends_on, old.notice_by) == (dt.date(2026, 3, 31), dt.date(2026, 2, 27))
    text = forms_of(dossier)["Mandat de résiliation"]
    for said in (
        "Mutuelle des Prés", "3 place du Marché, 62000 Arras", "MP-778", "Maïa Delattre", "la prévoyance",
        "27 février 2026",
        "31 mars 2026", "1er avril 2026", "1. à résilier", "2. à adhérer", "MNT notifie la résiliation", "R221-6",
        "Je, soussignée", "Signature de l’adhérente",
    ):  # fmt: skip
        assert squeezed(said) in text, said
    assert people.MEMBER["nir"] not in text


def test_the_direct_debit_mandate() -> None:
    """Its title, the account, recurrent, the refund rights; what the convention lacks is left to write, never a NIR."""
    text = forms_of(people.family(payment=DEBIT))["Mandat de prélèvement SEPA"]
    for said in (
        "Mandat de prélèvement SEPA", "FR7630006000011234567890189", "AGRIFRPP", "8 rue du Four, Bât. C, 62400 Béthune",
        "récurrent", "8 semaines", "13 mois", "Signature du titulaire du compte",
        "À compléter par MNT avant la signature : le nom, l’identifiant (ICS) et l’adresse.",
    ):  # fmt: skip
        assert squeezed(said) in text, said
    assert people.MEMBER["nir"] not in text
    other = forms_of(people.family(payment=DEBIT | {"holder": "Noé Martin"}))["Mandat de prélèvement SEPA"]
    assert squeezed("8 rue du Four") not in other


@pytest.mark.parametrize(
    ("birth_name", "first_name", "holder", "own"),
    [
        ("Roy", "Maïa", "Jean Leroy", False),
        ("Roy", "Maïa", "Jean Roy", False),
        ("Roy", "Eva", "Evan Roy", False),
        ("Roy", "Maïa", "M. ou Mme ROY, Maia", True),
        ("Le Goff", "Anne-Marie", "GOFF LE ANNE MARIE", True),
        ("Roy", None, "Maïa Roy", False),
    ],
)
def test_whose_account_is_debited(birth_name: str, first_name: str | None, holder: str, own: bool) -> None:  # noqa: FBT001 - a table's column
    """The member's address is the debtor's where the holder has both names, whole; else it is left to be written."""
    person = people.MEMBER | {"birth_name": birth_name, "first_name": first_name, "used_name": None}
    dossier = people.family(member=person, payment=DEBIT | {"holder": holder})
    text = forms_of(dossier)["Mandat de prélèvement SEPA"]
    assert (squeezed("8 rue du Four") in text) is own


def test_the_holder_of_the_old_contract_signs() -> None:
    """Evan is not Eva: he signs by name; the member's own contract is signed once."""
    person = people.MEMBER | {"first_name": "Eva, Élodie"}
    for holder, said in (("Evan Roy", "du contrat, Evan Roy"), ("DELATTRE EVA", "s’il s’agit de quelqu’un d’autre")):
        dossier = people.family(member=person, previous_contract=MANDATE | {"holder": holder})
        assert (
            squeezed(f"souscripteur {said}" if "Evan" in said else said) in forms_of(dossier)["Mandat de résiliation"]
        )


def test_the_creditor_of_the_convention(tmp_path: Any) -> None:
    """Where the convention names its creditor it is printed; the mandate's reference is made from the dossier's."""
    creditor = '\n[creditor]\nname = "Mutuelle inventée"\naddress = ["1 rue A", "75001 Paris"]\nics = "FR12ZZZ123456"\n'
    creditor += 'rum_prefix = "INV-"\n'
    found = load(folder(tmp_path, changed("convention.toml", "[[formulas]]", creditor + "\n[[formulas]]")))
    dossier = people.family(convention="tiny", formula="une", payment=DEBIT)
    pdf = pack(dossier, assess(dossier, found, people.TODAY), found, people.PRINTING)
    text = next(page for page in pages_of(pdf) if squeezed("Mandat de prélèvement SEPA") in page)
    for said in ("INV-7K3M-Q2XD", "FR12ZZZ123456", "1 rue A, 75001 Paris", "Mutuelle inventée"):
        assert squeezed(said) in text
    assert squeezed("À compléter par") not in text


def test_the_payroll_authorisation() -> None:
    """Staff number, employer, amounts before and after participation by month and year, and the first month."""
    text = forms_of(people.of_four())["Autorisation de précompte sur salaire"]
    for said in (
        "A-1042", "Mairie de Béthune", "21620910600014", "151,78", "1 821,36", "− 15,00", "136,78", "1 641,36",
        "mars 2026", "Essentielle", "Cachet et signature de l’employeur",
    ):  # fmt: skip
        assert squeezed(said) in text, said
    unknown = forms_of(people.family(formula=None))["Autorisation de précompte sur salaire"]
    assert "0,00" not in unknown


def test_the_withdrawal_letter() -> None:
    """Signed on 2026-03-03, the last day is 2026-03-17; at a distance it counts from the effective date."""
    day = {"signed_on": "2026-03-03", "received_on": "2026-03-03", "place": "Béthune"}
    workplace, remote = (
        forms_of(people.family(request=day | {"setting": setting}))["Lettre de renonciation"]
        for setting in ("workplace", "remote")
    )
    assert squeezed("Dernier jour pour l’envoyer : le 17 mars 2026.") in workplace
    assert "L221-18-1" in workplace
    assert squeezed("Le 3 mars 2026, j’ai signé un bulletin d’adhésion au contrat") in workplace
    assert squeezed("Dernier jour pour l’envoyer : le 15 avril 2026.") in remote
    assert "L221-18-1" not in remote
    for said in ("recommandée", "envoi recommandé électronique", "8 rue du Four", "dossier 7K3M-Q2XD"):
        assert squeezed(said) in workplace


def test_the_insurers_model_letter(tmp_path: Any) -> None:
    """The convention's own wording follows our letter where its folder carries it; absent, ours stands alone."""
    table = '\n[legal_texts.withdrawal_model]\narticle = "notice"\nsource = "leaflet"\n'
    table += 'statement = "Le modèle de la notice."\n'
    files = changed("convention.toml", "[[formulas]]", table + "\n[[formulas]]")
    form = '\n[[forms]]\nid = "withdrawal"\n'
    files["convention.toml"] = str(files["convention.toml"]) + form
    for name, text in (("with", "Messieurs, je me ravise."), ("without", "")):
        root = tmp_path / name
        root.mkdir()
        texts: dict[str, str | bytes] = {"texts/withdrawal_model.txt": text} if text else {}
        found = load(folder(root, {**files, **texts}))
        dossier = people.family(convention="tiny", formula="une")
        pages = pages_of(pack(dossier, assess(dossier, found, people.TODAY), found, people.PRINTING))
        letter = next(page for page in pages if squeezed("Je renonce à cette adhésion") in page)
        assert (squeezed("Messieurs, je me ravise.") in letter) is bool(text)
        assert (squeezed("propose ces mots") in letter) is bool(text)
        assert squeezed("Le modèle de la notice") not in letter


def test_the_receipt() -> None:
    """Each document that the convention hands over, with its day in cells, empty where it has not been said."""
    text = forms_of(people.family(acknowledgements={"notice": "2026-02-01"}))["Reçu des documents"]
    assert squeezed("Notice d’information du contrat remis le") in text
    assert text.count("01022026") == 1
    assert text.count("remisle") == len(people.convention().handed_over)


def test_the_papers_to_provide() -> None:
    """Every paper due is there with for whom, why and by when: what is missing first; what was given beside it."""
    dossier = people.family(
        people.child("Zoé", "2005-07-14", situation="student"),
        documents=[
            {"kind": "bank_details"}, {"kind": "rights_certificate", "state": "attached", "file": "droits.pdf"},
            {"kind": "payslip", "person": "member"},
        ],
    )  # fmt: skip
    text = forms_of(dossier)["Pièces à fournir"]
    for due in people.answer(dossier).documents_due:
        assert squeezed(due.why) in text, due
    for said in ("À donner (1 pièce)", "Certificat de scolarité Zoé Roy 28 février 2026", "Déjà données (3 pièces)",
                 "droits.pdf", "sans que la convention la demande", "au plus tard le 28 février 2026"):  # fmt: skip
        assert squeezed(said) in text, said
    assert text.index("Certificatdescolarité") < text.index("Relevéd’identité")


def test_two_copies() -> None:
    """What is signed comes twice, for its keeper and for the member; each copy's own pages are announced in it."""
    dossier = people.of_ten()
    printing = Printing("7K3M-Q2XD", 1, people.PRINTING.printed_at, copies=2)
    found = forms_of(dossier, printing)
    assert list(found) == [
        "Bulletin d’adhésion", "Suite du bulletin", "Bulletin d’adhésion, 2e exemplaire",
        "Autorisation de précompte sur salaire", "Autorisation de précompte sur salaire, 2e exemplaire",
        "Reçu des documents", "Reçu des documents, 2e exemplaire", "Pièces à fournir",
        "Ce qui a été décidé, et pourquoi", "Lettre de renonciation",
    ]  # fmt: skip
    pages = pages_of(pack(dossier, people.answer(dossier), people.convention(), printing))
    assert squeezed("les n° 7 à 9 sont page 3") in pages[0]
    assert squeezed("exemplaire pour l’assureur") in pages[0]
    assert squeezed("les n° 7 à 9 sont page 6") in pages[3]
    assert squeezed("exemplaire pour l’adhérente") in pages[3]
    assert squeezed("exemplaire pour l’employeur") in found["Autorisation de précompte sur salaire"]
    assert "exemplaire" not in found["Pièces à fournir"]


def test_a_reprint_voids_the_former() -> None:
    """Each page says which version it replaces; the reasons list what changed, with what was said before."""
    old, new = people.of_four(), people.family(people.SPOUSE, formula="securite")
    listed = changes(old, new, people.convention())
    assert listed[0] == Change("Formule", "Essentielle", "Sécurité")
    replaced = Replaced(1, listed, people.PRINTING.printed_at)
    printing = Printing("7K3M-Q2XD", 2, people.PRINTING.printed_at, replaces=replaced)
    pages = pages_of(pack(new, people.answer(new), people.convention(), printing))
    assert all(squeezed("version 2, annule et remplace la 1") in page for page in pages)
    assert squeezed("Dossier 7K3M-Q2XD, version 2, annule et remplace la version 1") in pages[0]
    everything = "".join(pages)
    for said in ("La version 1, imprimée le 3 février 2026, ne vaut plus", "Formule Essentielle Sécurité",
                 "Bénéficiaire Zoé Roy Zoé Roy —"):  # fmt: skip
        assert squeezed(said) in everything, said


def test_practice_is_marked() -> None:
    """SPÉCIMEN stands behind each page and in its foot, in place of PROJET."""
    printing = Printing("7K3M-Q2XD", 1, people.PRINTING.printed_at, draft=True, specimen=True)
    dossier = people.of_four()
    pages = pages_of(pack(dossier, people.answer(dossier), people.convention(), printing))
    assert all(page.count("SPÉCIMEN") == 2 and "PROJET:ànepassigner" in page for page in pages)


def test_changes_are_said_as_people_say_them() -> None:
    """Titles with whose it is, dates and amounts as they are read, what came or went by its name."""
    old = people.family(people.child("Zoé", "2005-07-14"), employer={"participation": "15.00"})
    new = people.family(
        people.child("Zoé", "2005-07-15"),
        employer={"participation": Decimal("20.5")},
        previous_contract=None,
        documents=[],
    )
    assert {(change.title, change.old, change.new) for change in changes(old, new, people.convention())} == {
        ("Participation de l’employeur par mois", "15,00", "20,50"),
        ("Contrat précédent", "Mutuelle des Prés", ""),
        ("Pièce", "relevé d’identité bancaire", ""),
        ("Pièce", "attestation de droits à l’assurance maladie", ""),
        ("Date de naissance (Zoé Roy)", "14/07/2005", "15/07/2005"),
    }


def test_why_and_line_lead_to_each_other() -> None:
    """Each person's line of the contribution leads to its reason, and back."""
    dossier = people.of_ten()
    pdf = pack(dossier, people.answer(dossier), people.convention(), people.PRINTING)
    # Ten people, a link each way.
    assert pdf.count(b"/Subtype /Link") == 20


def test_the_verb_print_knows_copies_and_reprints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--copies``, ``--specimen`` and ``--replaces`` give the same PDF as the library; what is odd is one line."""
    old, new = people.of_four(), people.family(people.SPOUSE)
    files = []
    for name, dossier in (("old", old), ("new", new), ("other", people.family(reference="AAAA-1111"))):
        files.append(tmp_path / f"{name}.json")
        files[-1].write_text(dossier_to_json(dossier), encoding="utf-8")
    out = tmp_path / "out.pdf"

    def print_it(*more: str) -> int:
        argv = ["print", str(files[1]), "-o", str(out), *more]
        return main(argv, today=lambda: people.TODAY, now=lambda: people.PRINTING.printed_at)

    assert print_it("--copies", "2", "--specimen", "--version", "2", "--replaces", str(files[0])) == 0
    replaced = Replaced(1, changes(old, new, people.convention()))
    printing = Printing(
        "7K3M-Q2XD", 2, people.PRINTING.printed_at, specimen=True, copies=2, replaces=replaced
    )  # fmt: skip
    assert out.read_bytes() == pack(new, people.answer(new), people.convention(), printing)
    assert print_it("--replaces", str(files[0])) == 1
    assert print_it("--version", "2", "--replaces", str(files[2])) == 1
    assert print_it("--copies", "3") == 2
    said = capsys.readouterr().err.splitlines()
    assert ["--version" in said[0], "autre dossier" in said[1], "ni 1 ni 2" in said[2]] == [True] * 3


def test_a_signature_is_never_alone_on_a_page() -> None:
    """Where notes fill the mandate, its signature's box gets lower rather than leaving the page of what is signed."""
    long = "Caisse interprofessionnelle mutualiste de prévoyance et de santé des agents territoriaux du Nord réunis"
    address = {"lines": [long], "postal_code": "62400", "city": "Béthune"}
    dossier = people.family(
        previous_contract=MANDATE | {"insurer": long, "keep": long, "holder": "Noé Roy", "address": address},
        member=people.MEMBER | {"address": address, "birth_place": long[:60]},
    )
    pages = pages_of(pack(dossier, people.answer(dossier), people.convention(), people.PRINTING))
    mandate = [page for page in pages if squeezed("Vos deux volontés") in page]
    assert squeezed("Notes : ce qui n’a pas tenu dans sa case") in mandate[0]
    assert squeezed("Signature du souscripteur du contrat, Noé Roy") in mandate[0]
