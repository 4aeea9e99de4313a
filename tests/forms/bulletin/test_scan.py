"""Scans read back: formats, skew, copies, stains; a folder sorted; what cannot be read is named and stops nothing."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from forms.assessment import assess
from forms.bulletin import Printing, pack, pictures
from forms.bulletin.blanks import blanks
from forms.bulletin.scan import PageMark, read_folder, read_page, read_scan
from forms.cli import main
from forms.dossier.model import Dossier
from forms.faults import Fault
from tests.forms.bulletin import people
from tests.forms.bulletin.scanning import copied, drawn, saved, stained, turned

NOW = dt.datetime(2026, 2, 3, 14, 40)  # noqa: DTZ001 - the desk's own time
FAMILIES = {"one": people.family, "four": people.of_four, "ten": people.of_ten}


@cache
def _pdf(name: str, version: int = 1) -> bytes:
    dossier = FAMILIES[name]()
    printing = Printing("7K3M-Q2XD", version, people.PRINTING.printed_at)
    return pack(dossier, people.answer(dossier), people.convention(), printing)


def _put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _dossiers(path: Path) -> list[Dossier]:
    return [page.dossier for page in read_scan(path) if page.dossier]


def run(*argv: str) -> int:
    """Run a verb on the tests' day."""
    return main(list(argv), today=lambda: people.TODAY, now=lambda: NOW)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_each_format(kind: str, tmp_path: Path) -> None:
    """A scan is a PNG, a JPEG, or a PDF that only holds a picture; its name does not matter."""
    path = _put(tmp_path, "scan", saved(drawn(_pdf("four")), kind))
    assert _dossiers(path) == [people.of_four()]


@pytest.mark.parametrize(
    ("name", "degrees"), [("one", 1.5), ("four", 3.0), ("ten", -4.0), ("ten", 5.0), ("ten", 90.0), ("ten", 180.0)]
)
def test_turned_and_copied_twice(name: str, degrees: float, tmp_path: Path) -> None:
    """Askew, lying or upside down, photocopied grey twice, at 150 dots an inch: the dossier comes back."""
    page = copied(copied(turned(drawn(_pdf(name)), degrees)))
    assert _dossiers(_put(tmp_path, "scan.png", saved(page, "PNG"))) == [FAMILIES[name]()]


@pytest.mark.parametrize("at", [(0.5, 0.5), (0.95, 0.95), (0.5, 0.0), (0.0, 0.5), (0.7, 0.8)])
def test_a_stain_of_a_twentieth(at: tuple[float, float], tmp_path: Path) -> None:
    """An opaque stain over a twentieth of the code, off its corner squares, loses nothing of a family of ten."""
    stain = stained(drawn(_pdf("ten")), people.of_ten(), 0.05, at)
    assert stain is not None
    page = copied(copied(turned(stain, 2.0)))
    assert _dossiers(_put(tmp_path, "scan.png", saved(page, "PNG"))) == [people.of_ten()]


@pytest.mark.slow
def test_stains(record_property: Callable[[str, object], None]) -> None:
    """Wherever the stain falls, a twentieth is always read; how often a tenth is, is recorded."""
    draw = random.Random(20260203)  # noqa: S311 - where a stain falls is no secret
    read = {0.05: [0, 0], 0.1: [0, 0]}
    for name, made in FAMILIES.items():
        dossier, page = made(), drawn(_pdf(name))
        for part, counts in read.items():
            while counts[1] < 40 * (list(FAMILIES).index(name) + 1):
                stain = stained(page, dossier, part, (draw.random(), draw.random()))
                if stain is None:
                    continue
                counts[1] += 1
                scan = copied(copied(turned(stain, draw.uniform(-4.0, 4.0))))
                counts[0] += _of_picture(scan) == dossier
    record_property("stains of a tenth read", f"{read[0.1][0]} of {read[0.1][1]}")
    print(f"Stains of a tenth of the code: {read[0.1][0]} of {read[0.1][1]} read.")  # noqa: T201 - shown by -rP
    assert read[0.05][0] == read[0.05][1]


def _of_picture(scan: Image.Image) -> Dossier | None:
    return read_page(scan, Path(), 1).dossier


def test_small_codes_tell_loose_pages(tmp_path: Path) -> None:
    """A page that carries no dossier still says which dossier, version and page of how many it is."""
    page = copied(turned(drawn(_pdf("four"), 1), -2.0))
    (found,) = read_scan(_put(tmp_path, "loose.png", saved(page, "PNG")))
    assert found.dossier is None
    assert found.mark == PageMark("7K3M-Q2XD", 1, 2, 8)


def test_a_folder_of_scans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file is named; pages are put with their dossier and version; a bad file is listed and stops nothing."""
    other = people.family(reference="AAAA-1111")
    printing = Printing("AAAA-1111", 1, people.PRINTING.printed_at)
    _put(tmp_path, "a.pdf", pack(other, people.answer(other), people.convention(), printing))
    _put(tmp_path, "b.png", saved(drawn(_pdf("four")), "PNG"))
    _put(tmp_path, "c.jpg", saved(drawn(_pdf("four"), 2), "JPEG"))
    _put(tmp_path, "d.png", saved(drawn(_pdf("four", 2), 3), "PNG"))
    _put(tmp_path, "e.png", saved(Image.new("L", (600, 800), 255), "PNG"))
    _put(tmp_path, "f.pdf", b"%PDF-1.7 cut short")
    _put(tmp_path, "g.txt", b"a note")
    found = read_folder(tmp_path)
    assert [(bundle.reference, bundle.version, bundle.dossier) for bundle in found.bundles] == [
        ("7K3M-Q2XD", 1, people.of_four()), ("7K3M-Q2XD", 2, None), ("AAAA-1111", 1, other),
    ]  # fmt: skip
    assert [[page.file for page in bundle.pages] for bundle in found.bundles][:2] == [["b.png", "c.jpg"], ["d.png"]]
    assert found.bundles[0].missing == (2, 4, 5, 6, 7, 8)
    assert found.bundles[2].missing == ()
    assert [page.file for page in found.loose] == ["e.png"]
    assert [file for file, _ in found.unreadable] == ["f.pdf", "g.txt"]
    assert run("read", str(tmp_path)) == 0
    said = capsys.readouterr()
    assert (
        "7K3M-Q2XD, version 1, Maïa, Élodie Delattre-Roy : page 1 dans b.png, page 3 dans c.jpg ; 6 pages" in said.out
    )
    assert "g.txt n’est ni un PDF, ni une image" in said.err
    assert run("read", str(tmp_path), "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert [entry["reference"] for entry in data["dossiers"]] == ["7K3M-Q2XD", "7K3M-Q2XD", "AAAA-1111"]
    assert data["without_code"] == [{"file": "e.png", "number": 1}]


def test_two_contents_under_one_reference(tmp_path: Path) -> None:
    """The same reference and version with other answers is another bundle: nothing is taken for what it is not."""
    _put(tmp_path, "a.png", saved(drawn(_pdf("four")), "PNG"))
    _put(tmp_path, "b.png", saved(drawn(_pdf("ten")), "PNG"))
    _put(tmp_path, "c.png", saved(drawn(_pdf("four")), "PNG"))
    found = read_folder(tmp_path)
    assert [[page.file for page in bundle.pages] for bundle in found.bundles] == [["a.png", "c.png"], ["b.png"]]


def test_the_verb_prints_the_dossier(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``read`` prints the dossier once, both copies of the form being in the scan; without one it says so: 1."""
    dossier = people.of_four()
    printing = Printing("7K3M-Q2XD", 1, people.PRINTING.printed_at, copies=2)
    scan = _put(tmp_path, "scan.pdf", pack(dossier, people.answer(dossier), people.convention(), printing))
    assert run("read", str(scan)) == 0
    out = capsys.readouterr().out
    assert Dossier.model_validate_json(out) == dossier
    loose = _put(tmp_path, "loose.png", saved(drawn(_pdf("four"), 1), "PNG"))
    assert run("read", str(loose)) == 1
    assert "page 2 du dossier 7K3M-Q2XD" in capsys.readouterr().err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("read", str(empty)) == 1
    assert run("read", str(tmp_path / "nothing.pdf")) == 1
    assert "n’existe pas" in capsys.readouterr().err


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes, pages and pixels are bounded before anything is drawn; a picture cut short is a Fault."""
    scan = _put(tmp_path, "scan.pdf", _pdf("four"))
    picture = _put(tmp_path, "scan.png", saved(drawn(_pdf("four")), "PNG"))
    cut = _put(tmp_path, "cut.png", picture.read_bytes()[:9000])
    jpeg = _put(tmp_path, "cut.jpg", b"\xff\xd8\xff" + bytes(50))
    for path, words in ((cut, "abîmée"), (jpeg, "abîmée")):
        with pytest.raises(Fault, match=words):
            read_scan(path)
    bounds = ((scan, "PAGE_LIMIT", "pages"), (picture, "PIXEL_LIMIT", "trop grande"), (picture, "SIZE_LIMIT", "gros"))
    for path, limit, words in bounds:
        with monkeypatch.context() as patch:
            patch.setattr(pictures, limit, 3)
            with pytest.raises(Fault, match=words):
                read_scan(path)


def test_blanks_have_their_numbers(tmp_path: Path) -> None:
    """Empty bulletins differ by their number, written large and carried by both codes; their own pages are numbered."""
    pdf = blanks(people.convention(), 3, NOW)
    pages = read_scan(_put(tmp_path, "blanks.pdf", pdf))
    numbers = [page.dossier.reference for page in pages if page.dossier]
    assert len(set(numbers)) == 3
    assert [page.mark for page in pages] == [PageMark(str(n), 0, page, 2) for n in numbers for page in (1, 2)]
    first = pages[0].dossier
    assert first is not None
    assert first.model_fields_set <= {"format", "reference", "convention", "previous_contract"}
    assert blanks(people.convention(), 3, NOW) == pdf
    assert blanks(people.convention(), 3, NOW.replace(second=1)) != pdf


def test_the_verb_blanks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``blanks`` writes one PDF; a convention that is not there, or too many, is one line."""
    out = tmp_path / "out.pdf"
    assert run("blanks", "cdg62-mnt", "--count", "2", "-o", str(out)) == 0
    assert out.read_bytes() == blanks(people.convention(), 2, NOW)
    assert run("blanks", "cdg00", "-o", str(out)) == 1
    assert run("blanks", "cdg62-mnt", "--count", "201", "-o", str(out)) == 1
    assert capsys.readouterr().err.count("\n") == 2


def test_a_blank_filled_in_under_its_number(tmp_path: Path) -> None:
    """What was typed in under the number of an empty bulletin is printed, and read back, under that number."""
    (blank, _) = read_scan(_put(tmp_path, "blank.pdf", blanks(people.convention(), 1, NOW)))
    assert blank.dossier is not None
    reference = str(blank.dossier.reference)
    dossier = people.of_four().model_copy(update={"reference": reference})
    answer = assess(dossier, people.convention(), people.TODAY)
    pdf = pack(dossier, answer, people.convention(), Printing(reference, 1, NOW))
    assert _dossiers(_put(tmp_path, "out.pdf", pdf)) == [dossier]


def test_blanks_to_fill_on_screen(tmp_path: Path) -> None:
    """Every box of a fillable bulletin is a field of its own that says what it is; filled, it is still read."""
    plain, fillable = (blanks(people.convention(), 2, NOW, fillable=fill) for fill in (False, True))
    assert not PdfReader(io.BytesIO(plain)).get_fields()
    writer = PdfWriter(clone_from=io.BytesIO(fillable))
    fields = writer.get_fields() or {}
    number = min(name.split(".")[0] for name in fields)
    assert len({name.split(".")[0] for name in fields}) == 2
    assert all(field.get("/TU") for field in fields.values())
    assert {"member.birth_name", "member.nir.1", "payment.iban.7", "formula.3", "request.place"} <= {
        name.removeprefix(f"{number}.") for name in fields
    }
    wanted = f"{number}.member.birth_name"
    pages = [page for page in writer.pages if wanted in {note.get_object()["/T"] for note in page.annotations or ()}]
    writer.update_page_form_field_values(pages[0], {f"{number}.member.birth_name": "Delattre", f"{number}.kind.1": "x"})
    out = tmp_path / "filled.pdf"
    writer.write(out)
    assert {found.dossier.reference for found in read_scan(out) if found.dossier} >= {number}
