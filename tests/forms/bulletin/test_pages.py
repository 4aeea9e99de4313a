"""The pages as pictures: what is printed looks as it did when it was last looked at (``make pictures``)."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from forms.assessment import assess
from forms.bulletin import Printing, pack
from forms.dossier.reading import dossier_from_json
from tests.forms.bulletin import people
from tests.making import DOSSIERS
from tests.pictures import PAGE_DPI, PAGES
from tests.pictures_people import NOW, TODAY

_SEEN = 64
"""Shades of grey by which a point must differ to be seen."""
_TOLERANCE = 0.002
"""Part of the points of a page that may differ: the edges of letters, from one machine to another."""


def _as_pictures_are(pdf: bytes, page: int) -> Image.Image:
    """Draw a page in colours, then in greys: drawn in greys at once, its letters have other edges."""
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[page].render(scale=PAGE_DPI / 72).to_pil().convert("L")
    document.close()
    return picture


@pytest.mark.parametrize(("name", "page"), [*(("cdg62-family", page) for page in range(1, 10)), ("cdg62-retired", 3)])
def test_a_page_looks_as_it_did(name: str, page: int) -> None:
    """Each form is, point by point within a tolerance, the picture that is kept."""
    dossier = dossier_from_json((DOSSIERS / f"{name}.json").read_text(encoding="utf-8"))
    found = assess(dossier, people.convention(), TODAY)
    printing = Printing(dossier.reference or "", 1, NOW, draft=not found.printable)
    pdf = pack(dossier, found, people.convention(), printing)
    kept = Image.open(Path(PAGES) / f"{name}-{page}.png").convert("L")
    now = _as_pictures_are(pdf, page - 1)
    assert abs(now.width - kept.width) <= 1
    assert abs(now.height - kept.height) <= 1
    difference = ImageChops.difference(now.resize(kept.size), kept)
    seen = sum(difference.histogram()[_SEEN:])
    assert seen <= _TOLERANCE * kept.width * kept.height, f"{seen} points of page {page} differ"
