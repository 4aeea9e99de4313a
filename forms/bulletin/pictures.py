"""A scanned file as grey pictures of its pages: PDF, PNG or JPEG, bounded, or a Fault in one French line."""

from __future__ import annotations

import contextlib
import hashlib
import io
import warnings
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError

from forms.faults import Fault
from forms.foreign import read_as_pdf
from forms.pdfium import POINT, Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SIZE_LIMIT = 200_000_000
"""Bytes of one scan: fifty pages in colour at 600 dots an inch, poorly compressed."""
PAGE_LIMIT = 200
PIXEL_LIMIT = 60_000_000
"""Pixels of one picture: A4 at 600 dots an inch has 35 million."""
_LONGEST = 3600
"""Pixels of the longer side that is kept: A4 at 300 dots an inch; a code needs half of it."""
_DPI = 200
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


def read(path: Path) -> bytes:
    """Read a scan, no larger than what one is.

    Raises:
        Fault: it cannot be read, or is too large.
    """
    try:
        # The size first, for a file; what is read is bounded too, for a device says none.
        with path.open("rb") as file:
            data = file.read(SIZE_LIMIT + 1) if path.stat().st_size <= SIZE_LIMIT else None
        if data is None or len(data) > SIZE_LIMIT:
            raise Fault(f"{path.name} est trop gros : {SIZE_LIMIT // 1_000_000} Mo au plus.")
    except FileNotFoundError:
        raise Fault(f"{path.name} n’existe pas.") from None
    except OSError as error:
        raise Fault(f"{path.name} ne peut pas être lu : {error.strerror or 'erreur du système'}.") from None
    return data


def scanned(data: bytes, name: str) -> Iterator[Image.Image]:
    """Give the pages of a scan one after the other, in shades of grey; ``name`` is its file's.

    Raises:
        Fault: it is neither PDF nor PNG nor JPEG, is damaged, locked or too large.
    """
    kind = next((kind for start, kind in _SIGNATURES.items() if data.startswith(start)), None)
    if kind is not None:
        yield _image(data, kind, name)
    elif b"%PDF-" in data[:1024]:
        yield from _pages(data, name)
    else:
        raise Fault(f"{name} n’est ni un PDF, ni une image PNG ou JPEG.")


def taken_out(path: Path, digest: str, numbers: Sequence[int]) -> bytes:
    """Give pages of a scan (from 1) as a file of their own, as they were scanned: a folder of paper holds many people.

    Raises:
        Fault: the scan is not the one that was read (``digest``) any more, or a page cannot be taken out.
    """
    data = read(path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise Fault(f"{path.name} a changé depuis sa lecture : relisez-le.")
    if any(data.startswith(start) for start in _SIGNATURES):
        return data
    # pypdf costs 100 ms to import; pdfium would write the hour into the file, which would never be twice the same.
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415

    out = io.BytesIO()
    with read_as_pdf(f"{path.name} : ses pages ne peuvent pas être prises une à une."):
        reader, writer = PdfReader(io.BytesIO(data)), PdfWriter()
        for number in numbers:
            writer.add_page(reader.pages[number - 1])
        writer.write(out)
    return out.getvalue()


def _pages(data: bytes, name: str) -> Iterator[Image.Image]:
    with _named(name):
        document = Document(data)
    with document:
        if len(document) > PAGE_LIMIT:
            raise Fault(f"{name} a {len(document)} pages : {PAGE_LIMIT} au plus.")
        for number in range(len(document)):
            with _named(name):
                longest = max(*document.size(number), 1.0)
                drawn = document.drawn(number, min(_DPI / POINT, _LONGEST / longest), grey=True)
            yield Image.frombuffer("L", (drawn.width, drawn.height), drawn.data, "raw", "L", drawn.stride, 1)


@contextlib.contextmanager
def _named(name: str) -> Iterator[None]:
    """Say of which file a Fault is."""
    try:
        yield
    except Fault as fault:
        raise Fault(f"{name} : {fault.line[:1].lower()}{fault.line[1:]}") from None


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
