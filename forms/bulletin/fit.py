"""Make a text fit a width: smaller down to a floor, or on several lines; a word is never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.bulletin.metrics import width

if TYPE_CHECKING:
    from forms.bulletin.marks import Weight

FLOOR = 6.5
"""Points under which a value is no longer read on a photocopy (look.md: values 9.5)."""
_STEP = 0.5


def shrunk(text: str, room: float, size: float = 9.5, weight: Weight = "regular") -> float | None:
    """Give the largest size, from ``size`` down to the floor, at which a text fits ``room`` millimetres on one line.

    ``None``: it does not fit, and goes whole to the overflow sheet.
    """
    while width(text, size, weight) > room:
        if size <= FLOOR:
            return None
        size -= _STEP
    return size


def wrapped(text: str, room: float, size: float, weight: Weight = "regular") -> tuple[str, ...]:
    """Break a text between words into lines of ``room`` millimetres.

    Only a word that is wider than a whole line is folded: there is nowhere left to send it.
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined, size, weight) <= room:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        if width(word, size, weight) > room:
            *folded, line = _folded(word, room, size, weight)
            lines += folded
    return (*lines, line) if line or not lines else tuple(lines)


def _folded(word: str, room: float, size: float, weight: Weight) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, size, weight) > room:
            parts.append("")
        parts[-1] += letter
    return parts
