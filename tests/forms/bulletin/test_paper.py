"""The PDF read back by poppler and pdfium: values, names, overflow, draft, fonts, same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from forms.bulletin import Printing, pack
from forms.bulletin.remainder import shown_patterns
from forms.dossier.fields import fields
from forms.dossier.model import Dossier, PreviousContract
from tests.forms.bulletin import people
from tests.forms.bulletin.reading import fonts_of, pages_of, squeezed, text_of

NAMES = (
    "O'Neil & <Fils>",
    "%s {0}",
    "Škvorecký",
    "<b>Anne</b> &amp; \\n",
    "Wolfeschlegelsteinhausenbergerdorff-Montmorency de la Rochefoucauld-Liancourt",
)
ROOT = Path(__file__).parents[3]


def printed(dossier: Dossier, printing: Printing = people.PRINTING) -> bytes:
    """Print a dossier under the tests' convention."""
    return pack(dossier, people.answer(dossier), people.convention(), printing)


def test_every_value_of_a_family() -> None:
    """Each value that was typed is on the bulletin or on the sheet of reasons, with amounts by month and by year."""
    everything = "".join(pages_of(printed(people.of_four())))
    for value in (
        "Maïa, Élodie", "Delattre", "Delattre-Roy", "01011985", "Béthune (62)", "285016211904268", "01 621 0000",
        "8 rue du Four, Bât. C", "62400", "06 12 34 56 78", "maia.delattre@example.fr", "A-1042", "titulaire",
        "01092014", "21620910600014", "Mairie de Béthune", "Noé", "12091986", "186095935011862", "conjoint", "Zoé",
        "étudiante", "aux deux parents", "Gaël", "03052013", "Mutuelle des Prés", "MP-778", "01042021", "28022026",
        "3 place du Marché, 62000 Arras", "FR7630006000011234567890189", "AGRIFRPP", "1er mars 2026", "01032026",
        "49,88", "26,01", "151,78", "− 15,00", "136,78", "1 641,36", "17 février 2026", "À charge fiscale : oui",
    ):  # fmt: skip
        assert squeezed(value) in everything, value


@pytest.mark.parametrize("name", NAMES)
def test_names_print_as_themselves(name: str) -> None:
    """Markup, format signs and rare letters are text; a name too long for its box is whole on the overflow sheet."""
    dossier = people.family(people.SPOUSE | {"birth_name": name}, member=people.MEMBER | {"birth_name": name})
    text = " ".join(text_of(printed(dossier)).split())
    assert name in text


def test_overflow_is_said_in_both_places() -> None:
    """A box that is too small names the note and its page, and the note is on that page, whole."""
    long = " ".join(["Montmorency"] * 12)
    pages = pages_of(printed(people.family(member=people.MEMBER | {"birth_place": long})))
    assert "suite:note1,page3" in pages[0]
    assert squeezed(f"Note 1 · à (commune, département ou pays) {long}") in pages[2]


def test_a_family_of_ten() -> None:
    """People beyond the form's cards are announced on page 1 and have their cards and prices on the overflow sheet."""
    pages = pages_of(printed(people.of_ten()))
    assert squeezed("9 bénéficiaires : les n° 7 à 9 sont page 3") in pages[0]
    assert squeezed("autres lignes (3) : page 3") in pages[1]
    for name in people.EIGHT[5:]:
        assert name not in pages[0]
        assert f"{name}Roy" in pages[2]


def test_a_blank_form_has_boxes_and_no_amount() -> None:
    """Nothing is known: nothing is ticked or priced, and no zero stands for an amount that is not known."""
    blank = Dossier(convention="cdg62-mnt", previous_contract=PreviousContract())
    pages = pages_of(printed(blank))
    assert "0,00" not in "".join(pages)
    assert "Né(e)le" in pages[0]
    assert squeezed("Signature de l’adhérent(e)") in pages[1]
    assert squeezed("jusqu’au ____ / ____ / ________ inclus") in pages[1]


def test_a_text_that_could_not_be_read_leaves_its_box_empty() -> None:
    """What was typed and not understood is listed to be read again, and stands in no box."""
    pages = pages_of(printed(people.family(unread={"member.hired_on": "à la rentrée"}), people.DRAFT))
    assert "àlarentrée" not in pages[0]
    assert any("Àrelire" in page and "àlarentrée" in page for page in pages[2:])


def test_a_draft_says_so_on_each_page() -> None:
    """PROJET stands behind each page and in its foot."""
    draft = printed(people.of_four(), people.DRAFT)
    assert all("PROJET:ànepassigner" in page and page.count("PROJET") == 2 for page in pages_of(draft))
    assert not any("PROJET" in page for page in pages_of(printed(people.of_four())))


def test_each_page_says_what_it_is() -> None:
    """Reference, version, time of printing, edition of the convention, and page out of how many."""
    pages = pages_of(printed(people.of_ten()))
    for number, page in enumerate(pages, 1):
        assert squeezed("Dossier 7K3M-Q2XD · version 1 · imprimé le 3 février 2026 à 14:40") in page
        assert squeezed(f"édition {people.convention().edition}") in page
        assert f"page{number}sur{len(pages)}" in page


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("enrolment", "Bulletin d’adhésion"),
        ("formula_change", "Bulletin de changement de formule"),
        ("beneficiary_change", "Bulletin de modification des bénéficiaires"),
    ],
)
def test_titles(kind: str, title: str) -> None:
    """The form is named after the request; a change shows what was in force and the event that opens it."""
    more: dict[str, Any] = {"kind": kind}
    if kind != "enrolment":
        more["current"] = {"formula": "securite", "since": "2024-01-01", "beneficiaries": [people.SPOUSE]}
        more["event"] = {"kind": "birth", "on": "2026-01-15"}
    pages = pages_of(printed(people.family(people.SPOUSE, **more)))
    assert squeezed(title) in pages[0]
    assert kind == "enrolment" or all(text in pages[0] for text in ("Sécurité", "01012024", "naissance", "15012026"))


def test_the_member_is_spoken_of_in_their_gender() -> None:
    """Madame is an adhérente, Monsieur an adhérent."""
    woman, man = (
        "".join(pages_of(printed(people.family(member=people.MEMBER | {"title": title})))) for title in ("mme", "m")
    )
    assert "Signaturedel’adhérente" in woman
    assert "Signaturedel’adhérentCachet" in man
    assert "adhérente" not in man


def test_the_right_to_withdraw() -> None:
    """At the workplace the bulletin carries the statement and the letter; at a distance another rule; else nothing."""
    dates = {"signed_on": "2026-03-03", "received_on": "2026-03-03"}
    workplace, remote, office = (
        "".join(pages_of(printed(people.family(request={**dates, "setting": setting})))[:2])
        for setting in ("workplace", "remote", "insurer_office")
    )
    assert squeezed("jusqu’au 17 mars 2026 inclus") in workplace
    assert "L221-18-1" in workplace
    assert squeezed("Modèle de lettre de renonciation") in workplace
    assert squeezed("jusqu’au 15 avril 2026 inclus") in remote
    assert squeezed("Modèle de lettre de renonciation") not in remote
    assert "renonc" not in office


def test_a_dossier_too_long_for_its_code_says_so() -> None:
    """Thirty people do not fit a code that a scan gives back: the page says it, and everything else is printed."""
    names = [hashlib.sha256(bytes((place,))).hexdigest() for place in range(30)]
    crowd = [people.child(name, f"20{10 + place % 10}-0{1 + place % 9}-11") for place, name in enumerate(names)]
    pages = pages_of(printed(people.family(*crowd)))
    assert squeezed("Dossier trop long pour tenir dans un code") in pages[0]
    assert all(name in "".join(pages) for name in names)


def test_same_bytes(tmp_path: Path) -> None:
    """The same dossier gives the same file, in this process and in others whose hashes are salted otherwise."""
    script = (
        "import sys; from tests.forms.bulletin import people; from forms.bulletin import pack;"
        "d = people.of_ten();"
        "open(sys.argv[1], 'wb').write(pack(d, people.answer(d), people.convention(), people.PRINTING))"
    )
    made = {printed(people.of_ten())}
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.pdf"
        subprocess.run(
            [sys.executable, "-c", script, str(out)],
            check=True, timeout=120, cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        made.add(out.read_bytes())
    assert len(made) == 1


def test_fonts_are_embedded(tmp_path: Path) -> None:
    """Every font that the file lists is a subset carried by it, with its letters' names for copying."""
    out = tmp_path / "out.pdf"
    out.write_bytes(printed(people.of_four(), people.DRAFT))
    fonts = fonts_of(str(out))
    assert fonts
    for font in fonts:
        assert font[-5:-2] == ["yes", "yes", "yes"], font


def test_the_file_says_what_it_is() -> None:
    """Title and subject without a person's name, no author, French, A4, a bookmark a form."""
    pdf = printed(people.of_four())
    document = pypdfium2.PdfDocument(pdf)
    said = document.get_metadata_dict()
    assert said["Title"] == "Bulletin d’adhésion, dossier 7K3M-Q2XD"
    assert said["Author"] == ""
    assert "Delattre" not in "".join(said.values())
    assert b"/Lang (fr)" in pdf
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    assert [mark.get_title() for mark in document.get_toc()] == [
        "Bulletin d’adhésion", "Autorisation de précompte sur salaire", "Reçu des documents", "Pièces à fournir",
        "Ce qui a été décidé, et pourquoi", "Lettre de renonciation",
    ]  # fmt: skip
    document.close()


@pytest.mark.parametrize("kind", ["enrolment", "formula_change", "beneficiary_change"])
def test_every_fact_has_a_place(kind: str) -> None:
    """A pattern that has its place on the bulletin is one of the dossier's: a renamed fact is noticed here."""
    assert shown_patterns(kind) <= set(fields()), shown_patterns(kind) - set(fields())


def test_the_reasons_are_printed() -> None:
    """Each line, step, assumption, warning and missing paper of the assessment is on the sheet, with its source."""
    dossier = people.of_ten()
    answer = people.answer(dossier)
    sheet = "".join(pages_of(printed(dossier))[3:])
    assert answer.effective_date is not None
    assert answer.withdrawal is not None
    reasons = [*answer.effective_date.steps, answer.withdrawal.because]
    reasons += [line.because for line in answer.quote.lines if line.because]
    for because in reasons:
        assert squeezed(because.reason) in sheet, because
        assert squeezed(because.assumption or "") in sheet, because
    for issue in answer.issues:
        assert issue.code == "to_confirm" or squeezed(issue.message) in sheet, issue
    for paper in answer.documents_due:
        assert squeezed(paper.why) in sheet, paper
