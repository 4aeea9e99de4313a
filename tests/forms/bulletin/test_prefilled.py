"""A bulletin printed ahead: what is known is on it, the rest is to be written, and a scan gives it back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from forms.bulletin.prefilled import NotForPaper, is_of, prefilled_bulletin
from forms.bulletin.scan import PageMark, read_page
from forms.convention import Convention, library
from forms.dossier.model import Dossier, Employer
from forms.dossier.paths import edited, with_unread
from forms.exchange.prefill import begun
from tests.forms.bulletin.reading import pages_of, squeezed
from tests.forms.bulletin.scanning import copied, drawn

AT = dt.datetime(2026, 2, 3, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def convention() -> Convention:
    """Give the convention of the tests."""
    return library().find("cdg62-mnt")


@pytest.fixture
def dossier() -> Dossier:
    """Give what a list knows of Maïa."""
    employer = Employer.model_validate({"name": "Mairie de Béthune", "participation": "15.00"})
    made = begun("cdg62-mnt", employer, None, "7K3M-Q2XD", "Béthune")
    for path, value in {
        "member.title": "mme", "member.birth_name": "Delattre", "member.first_name": "Maïa",
        "member.birth_date": dt.date(1985, 1, 1), "member.staff_number": "A-1042", "member.category": "active",
        "formula": "essentielle",
    }.items():  # fmt: skip
        made = edited(made, path, value)
    return made


def test_what_is_known_is_printed_and_the_rest_is_blank(dossier: Dossier, convention: Convention) -> None:
    """The bulletin alone, under its number; no sum, no day, no one who signs it as a draft; nothing is struck out."""
    first, second = pages_of(prefilled_bulletin(dossier, convention, AT))
    for said in ("Bulletin prérempli n° 7K3M-Q2XD, à vérifier", "Delattre", "Maïa", "A-1042", "01011985"):
        assert squeezed(said) in first
    assert squeezed("Mairie de Béthune") in first
    assert squeezed("estimation au 1er mars 2026") in second
    assert squeezed("Maïa Delattre 41 ans") in second
    total = second[second.index("Total") :]
    assert squeezed("− 15,00") in total
    assert total.count(",00") == 2
    assert "PROJET" not in first
    assert "SPÉCIMEN" not in first


def test_a_scan_gives_it_back(dossier: Dossier, convention: Convention) -> None:
    """Photocopied at 150 dpi: the dossier with all that was known, and a small code that says an empty bulletin's."""
    picture = copied(drawn(prefilled_bulletin(dossier, convention, AT)))
    found = read_page(picture, Path("scan.png"), 1)
    assert found.dossier == dossier
    assert found.mark == PageMark("7K3M-Q2XD", 0, 1, 2)


def test_a_file_tells_whose_it_is(dossier: Dossier, convention: Convention) -> None:
    """The same facts and edition, whenever it was printed; any other fact, a cut or a specimen is another one."""
    pdf = prefilled_bulletin(dossier, convention, AT)
    assert pdf == prefilled_bulletin(dossier, convention, AT)
    assert is_of(pdf, dossier, convention)
    assert is_of(prefilled_bulletin(dossier, convention, AT + dt.timedelta(days=1)), dossier, convention)
    assert not is_of(pdf, edited(dossier, "formula", "renforcee"), convention)
    assert not is_of(pdf, dossier, convention, specimen=True)
    assert not is_of(pdf[:-20], dossier, convention)
    assert is_of(prefilled_bulletin(dossier, convention, AT, specimen=True), dossier, convention, specimen=True)


def test_what_cannot_be_printed_is_refused(dossier: Dossier, convention: Convention) -> None:
    """A letter that the fonts lack, in one line; a number is never left out."""
    with pytest.raises(NotForPaper, match="ne s’imprime pas"):
        prefilled_bulletin(edited(dossier, "member.first_name", "美雅"), convention, AT)
    with pytest.raises(ValueError, match="number"):
        prefilled_bulletin(dossier.model_copy(update={"reference": None}), convention, AT)


def test_what_is_wrong_or_unread_is_left_to_the_hand(dossier: Dossier, convention: Convention) -> None:
    """Neither on the page nor in its code; it is still told whose a file is."""
    wrong = with_unread(edited(dossier, "member.nir", "1840599999999"), "member.birth_date", "31/02/1985")
    pdf = prefilled_bulletin(wrong, convention, AT)
    first, _ = pages_of(pdf)
    assert "1840599999999" not in first
    assert "31/02/1985" not in first
    assert read_page(drawn(pdf), Path("scan.png"), 1).dossier == edited(dossier, "member.birth_date", None)
    assert is_of(pdf, wrong, convention)
