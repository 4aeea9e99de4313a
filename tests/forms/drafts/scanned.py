"""Scans of nobody: a PDF of so many pages, a picture of such a size."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from pypdf import PdfWriter

if TYPE_CHECKING:
    from typing import Literal


def pdf(pages: int = 1, *, password: str = "") -> bytes:
    """Give a PDF of blank A4 pages."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595.28, 841.89)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(size: tuple[int, int] = (120, 80), kind: Literal["JPEG", "PNG"] = "JPEG", *, turned: bool = False) -> bytes:
    """Give a plain picture; ``turned``: as a telephone held upright writes it."""
    made = Image.new("RGB", size, "#d0e0f0")
    out = io.BytesIO()
    exif = made.getexif()
    if turned:
        exif[0x0112] = 6  # Orientation: the top is at the right
    made.save(out, kind, exif=exif)
    return out.getvalue()


def odd_pdf(named: str) -> bytes:
    """Give a PDF of one page whose objects stand in a stream packed by a filter of this name, its index readable."""
    parts = [b"%PDF-1.5\n"]
    held = (
        b"2 0 3 47 << /Type /Pages /Kids [3 0 R] /Count 1 >>    << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    )
    packed = f"<< /Type /ObjStm /N 2 /First 9 /Filter /{named} /Length {len(held)} >>".encode()
    places = [len(parts[0])]
    for body in (b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
                 b"4 0 obj\n" + packed + b"\nstream\n" + held + b"\nendstream\nendobj\n"):  # fmt: skip
        parts.append(body)
        places.append(places[-1] + len(body))
    entries = ((0, 0, 0), (1, places[0], 0), (2, 4, 0), (2, 4, 1), (1, places[1], 0), (1, places[2], 0))
    index = b"".join(kind.to_bytes(1, "big") + at.to_bytes(2, "big") + bytes([number]) for kind, at, number in entries)
    parts.append(f"5 0 obj\n<< /Type /XRef /Size 6 /W [1 2 1] /Root 1 0 R /Length {len(index)} >>\nstream\n".encode())
    parts.append(index + f"\nendstream\nendobj\nstartxref\n{places[2]}\n%%EOF\n".encode())
    return b"".join(parts)
