"""Draw the icon of resources/icons/permanence.svg as the PNGs of a theme, or as one file for Windows or macOS."""

from __future__ import annotations

import io
import os
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 128, 256)
DRAWING = Path(__file__).parents[1] / "icons" / "permanence.svg"


def png(size: int) -> bytes:
    """Give the icon, ``size`` pixels wide and high, as PNG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice  # noqa: PLC0415 - only where icons are drawn
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415 - as above
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - as above

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stubs want bytes, which it refuses
    return bytes(buffer.data().data())


def draw(target: Path) -> Path:
    """Write the icon into one ``.ico`` or ``.icns`` of several sizes; give its path."""
    from PIL import Image  # noqa: PLC0415 - as above

    target.parent.mkdir(parents=True, exist_ok=True)
    largest, *others = (Image.open(io.BytesIO(png(size))) for size in reversed(SIZES))
    largest.save(target, append_images=others, sizes=[(size, size) for size in SIZES])
    return target


def theme(folder: Path) -> None:
    """Write ``folder``/48x48/apps/permanence.png, and so on for each size."""
    for size in SIZES:
        target = folder / f"{size}x{size}/apps/permanence.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(png(size))
