"""A scanned file as grey pictures of its pages: PDF, PNG or JPEG, bounded, or a Fault in one French line."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

import pypdfium2
from PIL import Image, UnidentifiedImageError

from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZE_LIMIT = 200_000_000
"""Bytes of one scan: fifty pages in colour at 600 dots an inch, poorly compressed."""
PAGE_LIMIT = 200
PIXEL_LIMIT = 60_000_000
"""Pixels of one picture: A4 at 600 dots an inch has 35 million."""
_LONGEST = 3600
"""Pixels of the longer side that is kept: A4 at 300 dots an inch; a code needs half of it."""
_DPI = 200
_POINT = 72.0
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


def scanned(path: Path) -> Iterator[Image.Image]:
    """Give the pages of a scan one after the other, in shades of grey.

    Raises:
        Fault: it cannot be opened, is neither PDF nor PNG nor JPEG, is damaged, locked or too large.
    """
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise Fault(f"{path.name} est trop gros : {SIZE_LIMIT // 1_000_000} Mo au plus.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise Fault(f"{path.name} n’existe pas.") from None
    except OSError as error:
        raise Fault(f"{path.name} ne peut pas être lu : {error.strerror or 'erreur du système'}.") from None
    kind = next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
    if kind is not None:
        yield _image(data, kind, path.name)
    elif b"%PDF-" in data[:1024]:
        yield from _pages(data, path.name)
    else:
        raise Fault(f"{path.name} n’est ni un PDF, ni une image PNG ou JPEG.")


def _pages(data: bytes, name: str) -> Iterator[Image.Image]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise Fault(f"{name} est un PDF abîmé, ou fermé par un mot de passe.") from None
    try:
        if len(document) > PAGE_LIMIT:
            raise Fault(f"{name} a {len(document)} pages : {PAGE_LIMIT} au plus.")
        for number in range(len(document)):
            yield _drawn(document, number, name)
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, number: int, name: str) -> Image.Image:
    try:
        page = document[number]
        width, height = page.get_size()
        longest = max(width, height, 1.0)
        scale = min(_DPI / _POINT, _LONGEST / longest)
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        raise Fault(f"{name} : la page {number + 1} ne peut pas être dessinée.") from None
    return picture


def _image(data: bytes, kind: str, name: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Pillow warns of a picture made to fill the memory; ours is refused before it is read.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=(kind,))
        if opened.width * opened.height > PIXEL_LIMIT:
            raise Fault(f"{name} est trop grande : {opened.width} × {opened.height} points.")
        picture = opened.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise Fault(f"{name} est une image {kind} abîmée.") from None
    picture.thumbnail((_LONGEST, _LONGEST))
    return picture
