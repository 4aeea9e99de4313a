"""The embedded fonts and the width of a text in them; with ``ink``, the only module that knows reportlab."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from forms.faults import Fault
from forms.resources import resource

if TYPE_CHECKING:
    from forms.bulletin.marks import Weight

_FILES: dict[Weight, str] = {"regular": "SourceSans3-Regular.ttf", "semibold": "SourceSans3-Semibold.ttf"}
MISSING = "�"
"""Stands for a letter that the font does not have: seen on paper, where an empty box could be overlooked."""


@cache
def font(weight: Weight) -> TTFont:
    """Give the embedded font, registered under its file's name.

    Raises:
        Fault: the program's own font file is missing or damaged.
    """
    name = _FILES[weight]
    try:
        found = TTFont(name.removesuffix(".ttf"), str(resource("fonts", name)))
    except (TTFError, OSError):
        raise Fault(f"La police {name} manque ou est abîmée : réinstallez le programme.") from None
    pdfmetrics.registerFont(found)
    return found


def width(text: str, size: float, weight: Weight = "regular") -> float:
    """Give the width in millimetres of a text at a size in points."""
    return float(font(weight).stringWidth(text, size)) / mm


def printable(text: str) -> str:
    """Give a text as it is printed: NFC, on one line, single spaces, no invisible letter.

    A letter that the font does not have becomes ``�``.
    """
    if text.isascii() and text.isprintable():  # most texts, and every letter of them is in the font
        return text if "  " not in text and text.strip() == text else " ".join(text.split())
    shown = "".join(map(_shown, unicodedata.normalize("NFC", text)))
    # No-break spaces are kept (1 641,36 €): only what parts words is made one plain space.
    return " ".join(part for part in shown.replace("\t", " ").replace("\n", " ").split(" ") if part).strip()


@lru_cache(1024)
def _shown(character: str) -> str:
    if character.isspace():
        return character
    if unicodedata.category(character) in {"Cf", "Cc"}:
        return ""
    return character if ord(character) in font("regular").face.charToGlyph else MISSING
