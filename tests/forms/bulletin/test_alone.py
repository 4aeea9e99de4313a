"""What is printed beside the bulletin: the slip, a quote, and the attached files after its pages."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from forms.assessment import assess
from forms.assessment.supposing import Supposition, estimate
from forms.bulletin import Printing, joined, pack
from forms.bulletin.alone import quote_sheet, slip
from forms.bulletin.joined import Joined, with_papers
from forms.bulletin.scan import read_scan
from forms.convention import load
from forms.faults import Fault
from forms.resources import resource
from tests.forms.bulletin.reading import squeezed, text_of
from tests.forms.drafts.scanned import odd_pdf, pdf, picture
from tests.making import TODAY, cdg62, child, family, read

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2026, 2, 3, 14, 32, tzinfo=dt.UTC)
PRINTING = Printing("4T8N-W1KB", 1, NOW)


def test_the_slip_says_what_to_bring_on_one_page() -> None:
    """Each missing paper, for whom and by when, what was seen left out, and no number of anyone."""
    said = family(documents=[{"kind": "bank_details"}])
    dossier = read(said)
    made = slip(dossier, assess(dossier, cdg62(), TODAY), cdg62(), PRINTING)
    text = squeezed(text_of(made))
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
    assert "Certificatdescolarité" in text
    assert "27février2026" in text
    assert "Relevéd’identitébancaire" not in text
    assert said["member"]["nir"].replace(" ", "") not in text
    whole = read(family())
    assert "Rienne" in text_of(slip(whole, assess(whole, cdg62(), TODAY), cdg62(), PRINTING)).replace(" ", "")


@pytest.mark.parametrize("convention", ["cdg62-mnt", "cdg76-mnt-mgen", "cdg35-mutame", "cdg33-mnfct", "msph-mgen"])
def test_a_quote_is_one_page_for_every_convention(convention: str) -> None:
    """A family of four with one more: every formula by the month and by the year, no NIR, no IBAN, no promise."""
    held = load(resource("conventions", convention))
    said = family(convention=convention, member__gross_index_salary="2150.00")
    dossier = read(said)
    made = quote_sheet(estimate(dossier, held, TODAY, Supposition(child=8), NOW), held, PRINTING)
    text = squeezed(text_of(made))
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
    for words in ("Devis", "Unenfant,8ans(supposé)", "Àpayerparmois", "Àpayerparan", "n’engage", "Jusqu’àquand"):
        assert words in text, words
    for number in (said["member"]["nir"], said["refund"]["iban"]):
        assert number.replace(" ", "") not in text
    assert made == quote_sheet(estimate(dossier, held, TODAY, Supposition(child=8), NOW), held, PRINTING)


def test_pages_printed_alone_carry_no_code_of_the_bulletin(tmp_path: Path) -> None:
    """A scan of one is not sorted among the pages of the dossier, as one of the dossier is."""
    dossier = read(family(documents=[]))
    found = assess(dossier, cdg62(), TODAY)
    (tmp_path / "slip.pdf").write_bytes(slip(dossier, found, cdg62(), PRINTING))
    (tmp_path / "pack.pdf").write_bytes(pack(dossier, found, cdg62(), PRINTING))
    assert [page.mark for page in read_scan(tmp_path / "slip.pdf")] == [None]
    assert all(page.mark for page in read_scan(tmp_path / "pack.pdf"))


def test_a_slip_of_a_large_family_names_everyone() -> None:
    """Ten children of an age that calls for a paper each: nothing is cut, on more pages if it must."""
    people = [
        child(f"2005-0{n}-01", situation="student", first_name=f"Né{name}") for n, name in enumerate("abcdefghi", 1)
    ]
    dossier = read(family(documents=[], beneficiaries=people))
    text = squeezed(text_of(slip(dossier, assess(dossier, cdg62(), TODAY), cdg62(), PRINTING)))
    assert all(f"Né{name}" in text for name in "abcdefghi")


def test_files_come_after_the_pages_as_they_are() -> None:
    """A PDF's own pages, a picture on an A4, each under its bookmark; the print before them is the same; no chance."""
    dossier = read(family())
    print_ = pack(dossier, assess(dossier, cdg62(), TODAY), cdg62(), PRINTING)
    papers = [
        Joined("Relevé d’identité bancaire", pdf(2)),
        Joined("Attestation, Zoé", picture((800, 500), turned=True)),
        Joined("Livret", picture((300, 300), "PNG")),
    ]
    made = with_papers(print_, papers)
    before, after = PdfReader(io.BytesIO(print_)), PdfReader(io.BytesIO(made))
    count = len(before.pages)
    assert len(after.pages) == count + 4
    assert [page.extract_text() for page in after.pages[:count]] == [page.extract_text() for page in before.pages]
    titles = [entry.title for entry in after.outline if not isinstance(entry, list)]
    assert titles[-3:] == [f"Pièce jointe : {paper.title}" for paper in papers]
    for page in after.pages[count:]:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    shown = after.pages[count + 2].images[0].image
    assert shown is not None
    assert shown.height > shown.width  # upright, as it was held
    assert not shown.getexif()
    assert made == with_papers(print_, papers)
    assert with_papers(print_, []) is print_


def test_what_cannot_be_joined_is_said_and_nothing_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged file by its title; too many pages or bytes."""
    for damaged in (b"%PDF-1.4 nothing", odd_pdf("Odd"), odd_pdf("JBIG2Decode")):
        with pytest.raises(Fault, match="« RIB » : ce fichier joint ne s’ouvre pas"):
            with_papers(pdf(), [Joined("RIB", damaged)])
    with pytest.raises(Fault, match="« Photo » : cette image jointe ne s’ouvre pas"):
        with_papers(pdf(), [Joined("Photo", b"\xff\xd8\xff nothing")])
    monkeypatch.setattr(joined, "PAGE_LIMIT", 3)
    with pytest.raises(Fault, match="dépassent 3 pages"):
        with_papers(pdf(), [Joined("a", pdf(2)), Joined("b", pdf(2))])
    monkeypatch.setattr(joined, "SIZE_LIMIT", 100)
    with pytest.raises(Fault, match="dépassent 0 Mo"):
        with_papers(pdf(), [Joined("a", pdf())])
