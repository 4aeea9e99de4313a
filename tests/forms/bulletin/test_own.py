"""An insurer's own PDF, one of each kind, both invented: fields by name, and a flat page overlaid in millimetres."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from forms.assessment import assess
from forms.bulletin import Printing, pack
from forms.bulletin.scan import PageMark, read_page
from forms.cli import main
from forms.convention import Convention, load
from forms.dossier.model import Dossier
from forms.faults import Fault
from tests.forms.bulletin import people
from tests.forms.bulletin.reading import pages_of, squeezed
from tests.forms.bulletin.scanning import drawn
from tests.making import changed, folder

FIELDS = """
[[forms]]
id = "bulletin"
keeper = "l’assureur"

[forms.own]
pdf = "insurer/bulletin.pdf"
sha256 = "{sha}"
edition = 2026-01-01
code = [132, 14]
mark = [186, 274]

[[forms.own.boxes]]
key = "member.birth_name"
field = "nom"

[[forms.own.boxes]]
key = "member.birth_date"
field = "naissance"

[[forms.own.boxes]]
key = "member.title"
field = "madame"
equals = "mme"

[[forms.own.boxes]]
key = "beneficiaries.0.first_name"
field = "ayant_droit"
"""
FLAT = """
[[forms]]
id = "bulletin"
keeper = "l’assureur"

[forms.own]
pdf = "insurer/bulletin.pdf"
sha256 = "{sha}"
edition = 2026-01-01

[[forms.own.boxes]]
key = "member.birth_name"
x = 40
y = 60
width = 60

[[forms.own.boxes]]
key = "member.nir"
x = 40
y = 75.5
width = 90
cell = 6

[[forms.own.boxes]]
key = "member.title"
x = 40
y = 90
equals = "mme"

[[forms.own.boxes]]
key = "=effective_words"
page = 2
x = 40
y = 60
width = 60
"""


def _insurers_pdf(*, fields: bool, pages: int = 2, size: tuple[float, float] = (210 * mm, 297 * mm)) -> bytes:
    """Draw an insurer's form: titles, boxes, and on its first page the fields."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number in range(pages):
        canvas.setFont("Helvetica", 14)
        canvas.drawString(40 * mm, 270 * mm, f"Formulaire de la Mutuelle des Dunes, page {number + 1}")
        canvas.rect(39 * mm, 235 * mm, 62 * mm, 8 * mm)
        if fields and number == 0:
            form: Any = canvas.acroForm
            form.textfield(name="nom", x=40 * mm, y=236 * mm, width=60 * mm, height=6 * mm)
            form.textfield(
                name="naissance", x=40 * mm, y=220 * mm, width=48 * mm, height=6 * mm, maxlen=8, fieldFlags="comb"
            )
            form.checkbox(name="madame", x=40 * mm, y=205 * mm, size=4 * mm)
            form.textfield(name="ayant_droit", x=40 * mm, y=190 * mm, width=60 * mm, height=6 * mm)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _convention(root: Path, table: str, pdf: bytes, sha: str = "") -> Convention:
    said = table.format(sha=sha or hashlib.sha256(pdf).hexdigest())
    files: dict[str, str | bytes] = {**changed("convention.toml", "[[formulas]]", f"{said}\n[[formulas]]")}
    return load(folder(root, {**files, "insurer/bulletin.pdf": pdf}))


def _dossier(**member: Any) -> Dossier:
    return people.family(people.SPOUSE, convention="tiny", formula="une", member=people.MEMBER | member)


def _print(convention: Convention, dossier: Dossier, **printing: Any) -> bytes:
    said = Printing("7K3M-Q2XD", 1, people.PRINTING.printed_at, **printing)
    return pack(dossier, assess(dossier, convention, people.TODAY), convention, said)


def test_fields_by_name(tmp_path: Path) -> None:
    """Each field is filled where it stands, accents and all; the insurer's text stays; the codes find their places."""
    convention = _convention(tmp_path, FIELDS, _insurers_pdf(fields=True))
    dossier = _dossier(birth_name="Škœvorecký")
    pdf = _print(convention, dossier)
    pages = pages_of(pdf)
    for said in ("Mutuelle des Dunes, page 1", "Škœvorecký", "01011985", "Noé", "Dossier 7K3M-Q2XD · version 1"):
        assert squeezed(said) in pages[0], said
    assert squeezed("Mutuelle des Dunes, page 2") in pages[1]
    found = read_page(drawn(pdf), Path(), 1)
    assert found.dossier == dossier
    assert found.mark == PageMark("7K3M-Q2XD", 1, 1, len(pages))
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_toc().__next__().get_title() == "Bulletin d’adhésion"
    left, bottom, right, top = _box_of(document[0], "Škœvorecký")
    assert 40 <= left <= right <= 100
    assert 297 - 242 <= top <= bottom <= 297 - 236
    document.close()
    assert _print(convention, dossier) == pdf


def test_what_the_insurers_form_has_no_box_for_is_among_the_reasons(tmp_path: Path) -> None:
    """A fact that was said and is on no field of the insurer's is still printed."""
    convention = _convention(tmp_path, FIELDS, _insurers_pdf(fields=True))
    pages = pages_of(_print(convention, _dossier()))
    assert "A-1042" in "".join(pages[2:])
    assert "Béthune(62)" in "".join(pages[2:])


def test_a_flat_page_in_millimetres(tmp_path: Path) -> None:
    """Texts, one character a cell, and crosses fall where the folder says, on the page that it says."""
    convention = _convention(tmp_path, FLAT, _insurers_pdf(fields=False))
    pdf = _print(convention, _dossier(), draft=True, copies=2)
    pages = pages_of(pdf)
    assert squeezed("Delattre") in pages[0]
    assert "285016211904268" in pages[0]
    assert "1erfévrier2026" in pages[1] or "1ermars2026" in pages[1]
    assert all("PROJET" in page for page in pages[:4])
    assert squeezed("exemplaire pour l’assureur") in pages[0]
    assert squeezed("exemplaire pour l’adhérente") in pages[2]
    document = pypdfium2.PdfDocument(pdf)
    left, bottom, _, _ = _box_of(document[0], "Delattre")
    assert abs(left - 41) < 1
    assert abs(bottom - 60) < 1
    document.close()


def _box_of(page: Any, text: str) -> tuple[float, float, float, float]:
    """Give left, bottom, right, top of a text in millimetres from the top left corner."""
    said = page.get_textpage()
    found = said.search(text).get_next()
    assert found is not None
    boxes = [said.get_charbox(found[0] + n) for n in range(found[1])]
    point = 25.4 / 72
    return (
        min(box[0] for box in boxes) * point,
        297 - min(box[1] for box in boxes) * point,
        max(box[2] for box in boxes) * point,
        297 - max(box[3] for box in boxes) * point,
    )


@pytest.mark.parametrize(
    ("table", "pdf", "words"),
    [
        (FIELDS, _insurers_pdf(fields=False), "n’a pas de champ « nom »"),
        (FLAT, _insurers_pdf(fields=False, pages=1), "n’a pas de page 2"),
        (FLAT, _insurers_pdf(fields=False, size=(595, 600)), "n’est pas une page A4"),
        (FLAT, b"%PDF-1.7 cut", "n’est pas un PDF lisible"),
    ],
)
def test_a_form_that_cannot_be_filled_is_named(table: str, pdf: bytes, words: str, tmp_path: Path) -> None:
    """A missing field or page, another size, a damaged file: one line, and nothing is printed by half."""
    convention = _convention(tmp_path, table, pdf)
    with pytest.raises(Fault, match=words):
        _print(convention, _dossier())


def test_another_edition_is_refused(tmp_path: Path) -> None:
    """The hash says the edition: another file under the same name is refused when the folder is read."""
    with pytest.raises(Fault, match=r"forms\[0\].own.sha256 : .*n’est pas l’édition du 1er janvier 2026"):
        _convention(tmp_path, FLAT, _insurers_pdf(fields=False), sha="0" * 64)


def test_a_box_must_have_a_place_and_a_known_fact(tmp_path: Path) -> None:
    """A box without a place, an unknown path: refused by their place in the folder."""
    for number, (old, new, words) in enumerate((
        ("x = 40\ny = 60\nwidth = 60\n", "", r"boxes\[0\] : dites le champ"),
        ("member.birth_name", "member.name", "champ inconnu « member.name »"),
        ("insurer/bulletin.pdf", "insurer/other.pdf", "n’est pas un PDF de ce dossier"),
    )):  # fmt: skip
        root = tmp_path / str(number)
        root.mkdir()
        with pytest.raises(Fault, match=words):
            _convention(root, FLAT.replace(old, new, 1), _insurers_pdf(fields=False))


def test_what_has_no_room_stops_the_print(tmp_path: Path) -> None:
    """A value longer than its field, more characters than cells, more people than lines: its place is named, not it."""
    fields = tmp_path / "fields"
    flat = tmp_path / "flat"
    fields.mkdir()
    flat.mkdir()
    one, two = (
        _convention(fields, FIELDS, _insurers_pdf(fields=True)), _convention(flat, FLAT, _insurers_pdf(fields=False)),
    )  # fmt: skip
    with pytest.raises(Fault, match="ne tient pas dans « nom »") as long:
        _print(one, _dossier(birth_name="Wolfeschlegelsteinhausenbergerdorff-Montmorency de la Rochefoucauld"))
    with pytest.raises(Fault, match=r"trop de caractères pour « member.nir »") as many:
        _print(two, _dossier(nir="2850162119042681234"))
    assert "Wolfe" not in str(long.value)
    assert "285016" not in str(many.value)
    crowd = people.of_four().model_copy(update={"convention": "tiny", "formula": "une"})
    with pytest.raises(Fault, match="n’a de place que pour 1 bénéficiaire"):
        _print(one, crowd)


def test_convention_check_fills_an_empty_dossier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``convention check`` refuses a folder whose PDF lacks a field, before anyone prints."""
    _convention(tmp_path, FIELDS, _insurers_pdf(fields=False))
    moment = people.PRINTING.printed_at
    assert main(["convention", "check", str(tmp_path / "tiny")], today=lambda: people.TODAY, now=lambda: moment) == 1
    assert "n’a pas de champ « nom »" in capsys.readouterr().err
