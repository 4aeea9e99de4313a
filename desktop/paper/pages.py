"""The pages of a PDF as pictures, drawn by pdfium: what is seen on screen and sent to a printer is the very file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from forms.pdfium import POINT, Document

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

INCH = 25.4  # millimetres


class Pages:
    """An open PDF. Used as a context; any thread, one at a time."""

    def __init__(self, pdf: bytes) -> None:
        """Open the bytes of a file that the program itself made."""
        self._document = Document(pdf)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._document.__exit__(kind, error, trace)

    def __len__(self) -> int:
        """Give the number of pages."""
        return len(self._document)

    def size(self, index: int) -> tuple[float, float]:
        """Give the width and height of a page in millimetres."""
        width, height = self._document.size(index)
        return width * INCH / POINT, height * INCH / POINT

    def picture(self, index: int, dpi: float) -> QImage:
        """Draw a page at so many dots an inch."""
        made = self._document.drawn(index, dpi / POINT)
        # The raster's memory ends with it: the picture takes a copy.
        drawn = QImage(made.data, made.width, made.height, made.stride, QImage.Format.Format_RGB32).copy()
        drawn.setDotsPerMeterX(round(dpi * 1000 / INCH))
        drawn.setDotsPerMeterY(round(dpi * 1000 / INCH))
        return drawn
