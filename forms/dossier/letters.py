"""The letters that the paper can write: those of the embedded fonts, listed in ``resources/fonts/letters.txt``."""

from __future__ import annotations

import unicodedata
from functools import cache

from forms.resources import resource


@cache
def printed_letters() -> frozenset[int]:
    """Give the code points that both weights of the font have (a test holds the list to the fonts themselves)."""
    found: set[int] = set()
    for line in resource("fonts", "letters.txt").read_text("ascii").split():
        first, _, last = line.partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def unprintable(text: str) -> str:
    """Give the letters of a text that the paper cannot write, each once, composed as they are printed."""
    if text.isascii():  # all there, and by far the most
        return ""
    known = printed_letters()
    composed = unicodedata.normalize("NFC", text)
    if known.issuperset(map(ord, composed)):
        return ""
    missing = (
        c for c in composed
        if ord(c) not in known and not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"}
    )  # fmt: skip
    return "".join(dict.fromkeys(missing))
