"""A flaw (what is wrong with an identifier, as a value), and how every identifier reads what was typed."""

from __future__ import annotations

import string
import unicodedata
from dataclasses import dataclass

from forms import french


@dataclass(frozen=True)
class Flaw:
    """What is wrong: a stable code and one French line that says what, where and what to do.

    The line never carries a whole number that was typed: it may be shown beside it and kept in a report.
    """

    code: str
    message: str


def flaw(code: str, message: str) -> Flaw:
    """Make a flaw whose message has French no-break spaces."""
    return Flaw(code, french.typeset(message))


# Only a–z: str.upper makes two letters of one (ß), and would then not be idempotent.
_UPPER = str.maketrans(string.ascii_lowercase, string.ascii_uppercase)
_SEPARATORS = frozenset("./_·•\u2212")
_DROPPED = frozenset({"Cf", "Pd", "Zs", "Zl", "Zp"})


def squeezed(text: str) -> str:
    """Drop what people put between digits (spaces, dots, dashes, unseen marks) and raise a–z; idempotent."""
    if text.isascii() and text.isalnum():  # as most are kept, and at each key
        return text.upper()
    kept = (
        character
        for character in text
        if not (character.isspace() or character in _SEPARATORS or unicodedata.category(character) in _DROPPED)
    )
    return "".join(kept).translate(_UPPER)


def all_digits(text: str) -> bool:
    """Tell whether a text is ASCII digits only: ``str.isdigit`` says yes to ``²`` and to other scripts."""
    return text.isascii() and text.isdigit()


def shown(character: str) -> str:
    """Give one typed character between French quotes, or say that it cannot be seen."""
    return f"« {character} »" if character.isprintable() else "illisible"
