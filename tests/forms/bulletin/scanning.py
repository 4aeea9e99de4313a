"""What a desk does to paper: draws a page as a scanner does, turns it, copies it, stains its code."""

from __future__ import annotations

import io

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from forms.bulletin.code import dossier_modules, encode
from forms.dossier.model import Dossier

DPI = 150
_INCH = 25.4
_CODE = (134.0, 11.0, 64.0)
"""Left, top and side in millimetres of the place of the code on page 1."""


def drawn(pdf: bytes, page: int = 0, dpi: int = DPI) -> Image.Image:
    """Draw a page in shades of grey."""
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    document.close()
    return picture


def turned(picture: Image.Image, degrees: float) -> Image.Image:
    """Lay a page askew on the glass."""
    return picture.rotate(degrees, Image.Resampling.BILINEAR, expand=abs(degrees) > 45, fillcolor=255)


def copied(picture: Image.Image) -> Image.Image:
    """Photocopy a page: softer, harder in contrast, a hair smaller, on grey paper."""
    width, height = picture.size
    smaller = picture.resize((round(width * 0.993), round(height * 0.993)), Image.Resampling.BILINEAR)
    sheet = Image.new("L", (width, height), 255)
    sheet.paste(smaller, (3, 2))
    return sheet.filter(ImageFilter.GaussianBlur(0.7)).point(lambda v: max(25, min(235, round((v - 128) * 1.3) + 120)))


def symbol(dossier: Dossier) -> tuple[float, float, float, float]:
    """Give left, top and side of the code itself, and its corner squares with their white edge, in millimetres."""
    found = dossier_modules(encode(dossier))
    assert found is not None
    grid, module = found
    side = len(grid) * module
    margin = (_CODE[2] - side) / 2
    return _CODE[0] + margin, _CODE[1] + margin, side, 8 * module


def stained(picture: Image.Image, dossier: Dossier, part: float, at: tuple[float, float]) -> Image.Image | None:
    """Put an opaque square over a part of the code; ``at``: 0..1 each way. None where it touches a corner square."""
    left, top, side, corner = symbol(dossier)
    edge = side * part**0.5
    x, y = at[0] * (side - edge), at[1] * (side - edge)
    on_left, on_right = x < corner, x + edge > side - corner
    on_top, on_bottom = y < corner, y + edge > side - corner
    if (on_top and (on_left or on_right)) or (on_bottom and on_left):
        return None
    dots = DPI / _INCH
    box = [round(v * dots) for v in (left + x, top + y, left + x + edge, top + y + edge)]
    stain = picture.copy()
    ImageDraw.Draw(stain).rectangle(box, fill=50)
    return stain


def saved(picture: Image.Image, kind: str) -> bytes:
    """Give the bytes of a picture's file."""
    out = io.BytesIO()
    picture.save(out, kind, dpi=(DPI, DPI))
    return out.getvalue()
