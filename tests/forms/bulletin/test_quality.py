"""The PDF itself: poppler, qpdf and pdfium read every page of every form of every installed convention."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from forms.assessment import assess
from forms.bulletin import Printing, Replaced, pack
from forms.bulletin.blanks import blanks
from forms.bulletin.scan import _read
from forms.convention import Convention, library
from tests.forms.bulletin import people
from tests.forms.bulletin.reading import fonts_of
from tests.forms.bulletin.scanning import drawn
from tests.forms.bulletin.test_pack import DEBIT, MANDATE

FORMS = ("bulletin", "cancellation", "direct_debit", "payroll", "receipt", "papers", "reasons", "withdrawal")


@cache
def _conventions() -> dict[str, Convention]:
    return {convention.id: convention for convention in library().conventions}


def _printed(convention: Convention, *, crowd: bool) -> bytes:
    """Print every form of a convention: both ways of paying cannot be one dossier's, so the rules are passed over."""
    made = people.of_ten() if crowd else people.family()
    blocks = people.family(payment=DEBIT, previous_contract=MANDATE)
    changes = {"convention": convention.id, "formula": convention.formulas[0].id, "payment": blocks.payment}
    dossier = made.model_copy(update={**changes, "previous_contract": blocks.previous_contract})
    found = assess(dossier, convention, people.TODAY)
    object.__setattr__(found, "forms", FORMS)
    printing = Printing("7K3M-Q2XD", 2, people.PRINTING.printed_at, copies=2, replaces=Replaced(1))
    return pack(dossier, found, convention, printing)


def _read_by_all(path: Path) -> None:
    for command in (["pdfinfo"], ["pdftotext"], ["qpdf", "--check"]):
        done = subprocess.run([*command, str(path)], capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (0, b""), command
    document = pypdfium2.PdfDocument(path)
    for page in document:
        assert page.get_textpage().get_text_range()
        assert [round(side) for side in page.get_size()] == [595, 842]
    document.close()
    fonts = fonts_of(str(path))
    assert all(font[-5:-2] == ["yes", "yes", "yes"] for font in fonts)
    assert fonts


@pytest.mark.parametrize("crowd", [False, True])
@pytest.mark.parametrize("name", _conventions())
def test_every_page_of_every_form(name: str, crowd: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a table's column
    """For one person and for ten: no fault, whole A4, embedded fonts, a bookmark a form, the dossier in the code."""
    path = tmp_path / "out.pdf"
    path.write_bytes(_printed(_conventions()[name], crowd=crowd))
    _read_by_all(path)
    document = pypdfium2.PdfDocument(path)
    titles = [mark.get_title() for mark in document.get_toc()]
    document.close()
    assert len([title for title in titles if "Suite" not in title]) == len(FORMS) + 5
    first = _read(drawn(path.read_bytes()), "", 1).dossier
    assert first is not None
    assert len(first.beneficiaries) == (9 if crowd else 0)


@pytest.mark.parametrize("name", _conventions())
def test_every_blank(name: str, tmp_path: Path) -> None:
    """The empty bulletin of every convention too."""
    path = tmp_path / "out.pdf"
    path.write_bytes(blanks(_conventions()[name], 2, people.PRINTING.printed_at))
    _read_by_all(path)
