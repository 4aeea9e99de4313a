"""Scans before they are kept: what a file really is, whether it opens, its pages; the newest one of a scanner."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader

from forms.drafts.attachments import media_of
from forms.drafts.attachments import read as read_bytes
from forms.drafts.files import reason
from forms.faults import Fault
from forms.foreign import read_as_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from forms.drafts.attachments import Media

PAGE_LIMIT = 30
"""Pages of one file: a lease or a judgement has fewer; more is another document scanned by mistake."""
PIXEL_LIMIT = 60_000_000
"""Pixels of one picture: A4 at 600 dots an inch has 35 million."""
_LOOKED_AT = 5_000
"""Entries of a scanner's folder that are looked at: a folder that holds more is no scanner's."""
_FIRST_BYTES = 16


@dataclass(frozen=True)
class Scan:
    """A file that may be attached: its bytes, what it is, its pages, and the name that it had."""

    content: bytes
    media: Media
    pages: int
    name: str


def read(path: Path) -> Scan:
    """Read a file to attach, and open it to be sure that it can be looked at and printed.

    Raises:
        Fault: it cannot be read, is too large, too long, damaged, locked, or neither PDF, JPEG nor PNG.
    """
    content = read_bytes(path)
    media, pages = checked(content)
    return Scan(content, media, pages, path.name)


def checked(content: bytes) -> tuple[Media, int]:
    """Give what a file is by its content, and its number of pages.

    Raises:
        Fault: as ``read``.
    """
    media = media_of(content)
    return media, _pages(content) if media == "application/pdf" else _picture(content)


def _pages(content: bytes) -> int:
    with read_as_pdf("Ce PDF est abîmé, ou pas encore écrit en entier : numérisez de nouveau le papier."):
        reader = PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted
        count = 0 if locked else len(reader.pages)
        boxes = [page.mediabox for page in reader.pages[:PAGE_LIMIT]] if count else []
        sound = all(box.width > 0 and box.height > 0 for box in boxes)
    if locked:
        raise Fault("Ce PDF est fermé par un mot de passe : enregistrez-le sans, ou numérisez le papier.")
    if not count or not sound:
        raise Fault("Ce PDF n’a aucune page, ou une page sans dimensions : numérisez de nouveau le papier.")
    if count > PAGE_LIMIT:
        raise Fault(f"Ce PDF a {count} pages : {PAGE_LIMIT} au plus pour une pièce.")
    return count


def _picture(content: bytes) -> int:
    size = (0, 0)
    try:
        with warnings.catch_warnings():
            # Pillow warns of a picture made to fill the memory; ours is refused before it is read.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as opened:
                size = opened.size
                if size[0] * size[1] <= PIXEL_LIMIT:
                    opened.load()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise Fault("Cette image est abîmée, ou pas encore écrite en entier : numérisez de nouveau.") from None
    if size[0] * size[1] > PIXEL_LIMIT:
        raise Fault(f"Cette image est trop grande : {size[0]} × {size[1]} points.")
    return 1


def newest(folder: Path) -> Path:
    """Give the file that a scanner wrote last: the newest PDF, JPEG or PNG of its folder, by content.

    Raises:
        Fault: the folder is not there or cannot be read, holds too many files, or no scan.
    """
    found: list[tuple[int, str, Path]] = []
    try:
        for number, path in enumerate(folder.iterdir()):
            if number >= _LOOKED_AT:
                raise Fault(f"« {folder.name} » a plus de {_LOOKED_AT} fichiers : choisissez le répertoire du scanner.")
            if path.is_file() and not path.name.startswith("."):
                found.append((path.stat().st_mtime_ns, path.name, path))
        for _, _, path in sorted(found, reverse=True):
            if _begins_well(path):
                return path
    except OSError as error:
        raise Fault(f"Le répertoire du scanner ne peut pas être lu : {reason(error)}.") from error
    raise Fault("Le répertoire du scanner ne contient ni PDF, ni image JPEG ou PNG.")


def _begins_well(path: Path) -> bool:
    with path.open("rb") as file:
        first = file.read(_FIRST_BYTES)
    try:
        media_of(first)
    except Fault:
        return False
    return True
