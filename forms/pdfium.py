"""PDFs opened by pdfium, which is not made for two threads: whoever reads or draws goes through here, one at a time."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2

from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

POINT = 72.0  # points an inch

_LOCK = threading.RLock()
"""The preview draws on one thread, printing on another, scans are read on a third."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A drawn page: rows of ``stride`` bytes, a byte a pixel where it is grey, else four (blue, green, red, none)."""

    data: bytes
    width: int
    height: int
    stride: int


class Document:
    """An open PDF. Used as a context; any thread, one at a time."""

    def __init__(self, data: bytes) -> None:
        """Open the bytes of a file.

        Raises:
            Fault: they are no PDF, a damaged one, or one under a password.
        """
        with _LOCK:
            try:
                self._document = pypdfium2.PdfDocument(data)
            except pypdfium2.PdfiumError:
                raise Fault("C’est un PDF abîmé, ou fermé par un mot de passe.") from None

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
        """Give the width and height of a page in points."""
        with _LOCK, _page(index):
            width, height = self._document.get_page_size(index)
        return width, height

    def drawn(self, index: int, scale: float, *, grey: bool = False) -> Raster:
        """Draw a page, so many pixels a point.

        Raises:
            Fault: pdfium cannot draw it.
        """
        with _LOCK, _page(index):
            page = self._document[index]
            bitmap = page.render(scale=scale, grayscale=grey, prefer_bgrx=not grey)
            # The bitmap's memory ends with it: the raster takes a copy.
            made = Raster(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
            # Here, and not when Python comes to it: that may be beside another thread's drawing.
            bitmap.close()
            page.close()
        return made


@contextlib.contextmanager
def _page(index: int) -> Iterator[None]:
    """Say as a Fault what pdfium refuses of a page."""
    try:
        yield
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        raise Fault(f"La page {index + 1} ne peut pas être dessinée.") from None
