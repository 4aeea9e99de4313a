"""The code on page 1: a dossier goes in and comes back, from bytes and from a scanned picture."""

from __future__ import annotations

import hashlib
import zlib

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from forms.bulletin import pack
from forms.bulletin.code import VERSION, decode, dossier_modules, encode, modules, page_mark
from forms.dossier.model import Dossier
from forms.faults import Fault
from forms.resources import resource
from tests.forms.bulletin import people

FAMILIES = {"one": people.family(), "four": people.of_four(), "ten": people.of_ten()}


@pytest.mark.parametrize("name", FAMILIES)
def test_there_and_back(name: str) -> None:
    """What a code carries is the dossier, whole; with the sizes that page 1 was laid out for."""
    payload = encode(FAMILIES[name])
    assert decode(payload) == FAMILIES[name]
    assert len(payload) <= {"one": 450, "four": 629, "ten": 938}[name]
    found = dossier_modules(payload)
    assert found is not None
    grid, module = found
    assert module >= 0.5
    assert (len(grid) + 8) * module <= 64.0


def test_the_dictionary_never_changes() -> None:
    """A code printed with a version of the dictionary is read with the same: another text is another version."""
    text = resource("bulletin", f"code-{VERSION}.txt").read_bytes()
    assert hashlib.sha256(text).hexdigest() == "ce3829d7e93d02d53ce1018d4508db3685beaeb3e4d0ef15a6493d075c2b3a5b"


def test_what_is_no_code_of_ours() -> None:
    """Damage, another version and foreign bytes are each one French line."""
    payload = encode(people.family())
    for wrong in (b"", b"\x01", b"hello, world", payload[:-1], payload[:9] + b"?" + payload[10:]):
        with pytest.raises(Fault, match="ne porte pas un dossier"):
            decode(wrong)
    later = bytes((9,)) + payload[1:-4]
    with pytest.raises(Fault, match="version 9"):
        decode(later + zlib.crc32(later).to_bytes(4, "big"))


def test_a_dossier_too_long_has_no_code() -> None:
    """Where no code can be read back, there is none, rather than one that fails later."""
    assert dossier_modules(bytes(range(256)) * 8) is None


def test_no_dossier_stays_in_memory() -> None:
    """The modules of a code are made for one print and kept by nothing else: a locked desk holds no one's."""
    payload = encode(FAMILIES["one"])
    assert dossier_modules(payload) == dossier_modules(payload)
    assert dossier_modules(payload) is not dossier_modules(payload)


@pytest.mark.parametrize("name", FAMILIES)
def test_read_from_a_scan(name: str) -> None:
    """At 150 dpi, grey, turned by two degrees, a twentieth of the code blotted, the dossier comes back."""
    dossier = FAMILIES[name]
    page = _scan(dossier)
    left, top, side = (round(millimetres / 25.4 * 150) for millimetres in (134.0, 11.0, 64.0))
    blot = round(side * 0.05**0.5)
    middle = (left + side // 2, top + side // 2)
    ImageDraw.Draw(page).rectangle((*middle, middle[0] + blot, middle[1] + blot), fill=60)
    turned = page.rotate(2.0, resample=Image.Resampling.BILINEAR, fillcolor=255)
    found = [code for code in zxingcpp.read_barcodes(turned) if code.bytes[:1] == bytes((VERSION,))]
    assert [decode(code.bytes) for code in found] == [dossier]


def test_each_page_has_its_small_code() -> None:
    """A loose page says which dossier, version and page it is, to a reader that knows nothing else."""
    page = _scan(people.of_four(), 1)
    assert page_mark("7K3M-Q2XD", 1, 2, 8) in [code.text for code in zxingcpp.read_barcodes(page)]
    assert len(modules(page_mark("7K3M-Q2XD", 12, 10, 12))) == 21


def _scan(dossier: Dossier, page: int = 0) -> Image.Image:
    pdf = pack(dossier, people.answer(dossier), people.convention(), people.PRINTING)
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[page].render(scale=150 / 72, grayscale=True).to_pil().convert("L")
    document.close()
    return picture
