"""Attached papers at the end of a print: pages of a PDF as they are, pictures fitted on an A4, all of it bounded."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter

from forms.bulletin.fit import wrapped
from forms.bulletin.frame import BOTTOM, LEFT, ROOM, TOP
from forms.bulletin.ink import ink
from forms.bulletin.marks import Page, Paper, Picture, Text
from forms.bulletin.metrics import printable
from forms.faults import Fault
from forms.foreign import read_as_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZE_LIMIT = 60_000_000
"""Bytes of all that is joined: thirty pages in colour at 300 dots an inch."""
PAGE_LIMIT = 120
"""Pages of all that is joined: more is printed by itself."""
_LONGEST = 2400
"""Pixels of a picture's longer side: an A4 at 200 dots an inch."""
_QUALITY = 85
_CAPTION = 8.0
_MM = 25.4 / 200.0
"""Millimetres of a pixel at 200 dots an inch: a small picture is not made larger than it was."""


@dataclass(frozen=True)
class Joined:
    """One file to join: what its pages are called (``Attestation de droits, Zoé``), its bytes."""

    title: str
    content: bytes = field(repr=False)


def with_papers(pdf: bytes, papers: Sequence[Joined]) -> bytes:
    """Give a print with files after its pages, each under a bookmark; the same bytes for the same arguments.

    Raises:
        Fault: together they are too large or too long, or one of them cannot be opened; nothing is left out quietly.
    """
    if not papers:
        return pdf
    if sum(len(paper.content) for paper in papers) > SIZE_LIMIT:
        raise Fault(f"Les pièces jointes dépassent {SIZE_LIMIT // 1_000_000} Mo : imprimez le dossier sans elles.")
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    pages = 0
    for paper in papers:
        with read_as_pdf(f"« {paper.title} » : ce fichier joint ne s’ouvre pas. Retirez-le, puis recommencez."):
            reader = PdfReader(io.BytesIO(as_pdf(paper)))
            pages += len(reader.pages)
            if pages > PAGE_LIMIT:
                raise Fault(f"Les pièces jointes dépassent {PAGE_LIMIT} pages : imprimez le dossier sans elles.")
            writer.append(reader, outline_item=f"Pièce jointe : {paper.title}", import_outline=False)
    for page in writer.pages:
        page.pop("/AA", None)  # what a page of someone else's does when it is opened, ours does not
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def as_pdf(paper: Joined) -> bytes:
    """Give a file as pages: a PDF as it is, a picture on an A4.

    Raises:
        Fault: the picture cannot be opened.
    """
    return paper.content if paper.content.startswith(b"%PDF-") else ink(_fitted(paper))


def _fitted(paper: Joined) -> Paper:
    """Give an A4 with a picture, upright, as large as it goes, under its name."""
    jpeg, (across, down) = _jpeg(paper)
    top = TOP + _CAPTION
    scale = min(ROOM / across, (BOTTOM - top) / down, _MM)
    wide, high = across * scale, down * scale
    caption = wrapped(printable(f"Pièce jointe : {paper.title}"), ROOM, 9.0)[0]
    marks = (
        Text(LEFT, TOP + 3.0, caption, 9.0, tint="second"),
        Picture(LEFT + (ROOM - wide) / 2, top, wide, high, jpeg),
    )
    return Paper(paper.title, "", (Page(marks),))


def _jpeg(paper: Joined) -> tuple[bytes, tuple[int, int]]:
    """Give a picture as it is drawn: turned as it was held, no larger than a page shows.

    What it says of itself is left out: a photograph says where it was taken.
    """
    try:
        with Image.open(io.BytesIO(paper.content), formats=("JPEG", "PNG")) as opened:
            upright = ImageOps.exif_transpose(opened)
            made = upright.convert("L" if upright.mode in {"1", "L"} else "RGBA")
        if made.mode == "RGBA":
            on_white = Image.new("RGB", made.size, "white")
            on_white.paste(made, mask=made.getchannel("A"))
            made = on_white
        made.thumbnail((_LONGEST, _LONGEST))
        out = io.BytesIO()
        made.save(out, "JPEG", quality=_QUALITY)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise Fault(f"« {paper.title} » : cette image jointe ne s’ouvre pas. Retirez-la, puis recommencez.") from None
    return out.getvalue(), made.size
