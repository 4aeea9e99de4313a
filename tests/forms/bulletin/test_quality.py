"""The PDF itself: poppler, qpdf and pdfium read every page of every form of every installed convention."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from forms.assessment import assess
from forms.bulletin import Printing, Replaced, pack
from forms.bulletin.blanks import blanks
from forms.bulletin.flow import Flow
from forms.bulletin.frame import BOTTOM
from forms.bulletin.marks import Page, Text
from forms.bulletin.scan import read_page
from forms.convention import Convention, library
from tests.forms.bulletin import people
from tests.forms.bulletin.reading import fonts_of, pages_of, squeezed
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


def _read_by_all(path: Path, *, embedded: bool = True) -> None:
    for command in (["pdfinfo"], ["pdftotext"], ["qpdf", "--check"]):
        done = subprocess.run([*command, str(path)], capture_output=True, check=False, timeout=60)
        assert (done.returncode, done.stderr) == (0, b""), command
    document = pypdfium2.PdfDocument(path)
    for page in document:
        assert page.get_textpage().get_text_range()
        assert [round(side) for side in page.get_size()] == [595, 842]
    document.close()
    fonts = fonts_of(str(path))
    # The fields of a fillable blank are left to the reader's own font (ARCHITECTURE.md).
    assert not embedded or all(font[-5:-2] == ["yes", "yes", "yes"] for font in fonts)
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
    first = read_page(drawn(path.read_bytes()), Path(), 1).dossier
    assert first is not None
    assert len(first.beneficiaries) == (9 if crowd else 0)


@pytest.mark.parametrize("mark", ["draft", "specimen"])
def test_what_is_marked_is_as_sound(mark: str, tmp_path: Path) -> None:
    """PROJET and SPÉCIMEN lie behind the text, and harm neither the file nor the code of page 1."""
    dossier = people.of_ten()
    path = tmp_path / "out.pdf"
    printing = replace(people.PRINTING, draft=mark == "draft", specimen=mark == "specimen")
    path.write_bytes(pack(dossier, people.answer(dossier), people.convention(), printing))
    _read_by_all(path)
    assert read_page(drawn(path.read_bytes()), Path(), 1).dossier == dossier


@pytest.mark.parametrize("name", _conventions())
def test_every_blank(name: str, tmp_path: Path) -> None:
    """The empty bulletin of every convention too, and the one to fill on screen."""
    path = tmp_path / "out.pdf"
    for fillable in (False, True):
        path.write_bytes(blanks(_conventions()[name], 2, people.PRINTING.printed_at, fillable=fillable))
        _read_by_all(path, embedded=not fillable)


def test_a_blank_has_the_boxes_of_its_convention() -> None:
    """What a convention may ask of someone has its box; without an employer there is no pay to take it from."""
    texts = {
        name: squeezed(" ".join(pages_of(blanks(one, 1, people.PRINTING.printed_at))))
        for name, one in _conventions().items()
    }
    priced_by_pay = {name for name, text in texts.items() if squeezed("Traitement brut") in text}
    assert priced_by_pay == {"msph-mgen"}
    assert {name for name, text in texts.items() if squeezed("précompte sur salaire") not in text} == {"msph-mgen"}
    assert squeezed("Convention à partir du 1er janvier 2026") in texts["msph-mgen"]
    assert squeezed("Convention du 1er janvier 2026 au 31 décembre 2031") in texts["cdg62-mnt"]


def test_the_grid_of_an_earlier_year_is_said_on_the_bulletin() -> None:
    """Who signs reads on the bulletin itself that the amounts are of a former grid, to be confirmed."""
    convention = _conventions()["cdg33-mnfct"]
    dossier = people.of_four().model_copy(update={"convention": convention.id, "formula": convention.formulas[0].id})
    found = assess(dossier, convention, people.TODAY)
    text = squeezed(pages_of(pack(dossier, found, convention, people.PRINTING))[1])
    assert squeezed("grille de 2025, à confirmer pour 2026") in text


@pytest.mark.parametrize("left", range(1, 12))
def test_a_reason_stands_with_its_source(left: int) -> None:
    """Wherever the page ends, where something comes from is under what it is about."""
    flow = Flow("Titre", "")
    flow.begin()
    flow.y = BOTTOM - left
    flow.text("Une règle.", 9.0, after=0.0, follow=7.5)
    flow.text("Source : un document.", 7.5, second=True)
    (page,) = [page for page in flow.done() if any("Source" in mark.text for mark in _texts(page))]
    assert any("Une règle" in mark.text for mark in _texts(page))


def _texts(page: Page) -> list[Text]:
    return [mark for mark in page.marks if isinstance(mark, Text)]


def test_nothing_off_is_no_minus() -> None:
    """An employer that pays nothing takes nothing off: no « − 0,00 » on any page."""
    made = people.of_four()
    dossier = made.model_copy(update={"employer": made.employer.model_copy(update={"participation": Decimal("0.00")})})
    pages = pages_of(pack(dossier, people.answer(dossier), people.convention(), people.PRINTING))
    assert not any("−0,00" in page for page in pages)
