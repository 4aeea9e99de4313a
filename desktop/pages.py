"""The pages of a PDF as pictures, drawn by pdfium: what is seen on screen and sent to a printer is the very file."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pypdfium2
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

POINT = 72.0  # points an inch
INCH = 25.4  # millimetres

_LOCK = threading.RLock()
"""pdfium is not made for two threads: the preview draws on one, printing on another."""


class Pages:
    """An open PDF. Used as a context; any thread, one at a time."""

    def __init__(self, pdf: bytes) -> None:
        """Open the bytes of a file that the program itself made."""
        with _LOCK:
            self._document = pypdfium2.PdfDocument(pdf)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        with _LOCK:
            self._document.close()

    def __len__(self) -> int:
        """Give the number of pages."""
        with _LOCK:
            return len(self._document)

    def size(self, index: int) -> tuple[float, float]:
        """Give the width and height of a page in millimetres."""
        with _LOCK:
            width, height = self._document.get_page_size(index)
        return width * INCH / POINT, height * INCH / POINT

    def picture(self, index: int, dpi: float) -> QImage:
        """Draw a page at so many dots an inch."""
        with _LOCK:
            page = self._document[index]
            bitmap = page.render(scale=dpi / POINT, prefer_bgrx=True)
            # The bitmap's memory ends with it: the picture takes a copy.
            drawn = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            ).copy()
            # Here, and not when Python comes to it: that may be beside another thread's drawing.
            bitmap.close()
            page.close()
        drawn.setDotsPerMeterX(round(dpi * 1000 / INCH))
        drawn.setDotsPerMeterY(round(dpi * 1000 / INCH))
        return drawn
