"""One box of a form as marks: its label, and a value on a line, in cells or ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.bulletin.fit import FLOOR, shrunk
from forms.bulletin.layout import GAP, Box, placed
from forms.bulletin.marks import CELL, GROUP_GAP, Align, Cells, Entry, Line, Mark, Text, Tick, Weight
from forms.bulletin.metrics import width

if TYPE_CHECKING:
    from forms.bulletin.notes import Notes
    from forms.bulletin.words import Choice, Words

ROW = 9.5
"""Height in millimetres of a row of boxes: label, value, and the white below."""
LABEL_SIZE = 7.0
VALUE_SIZE = 9.5
_LABEL = 1.8
_TOP = 2.8
_HEIGHT = 5.0
_BASE = _TOP + 3.65
_TICK_GAP = 1.3
_CHOICE_GAP = 4.2


def row_marks(
    row: tuple[Box, ...],
    at: tuple[float, float],
    room: float,
    words: Words,
    notes: Notes,
    *,
    base: str = "",
    gap: float = GAP,
) -> list[Mark]:
    """Fill one row of boxes whose top left corner is ``at``."""
    kept = tuple(box for box in row if not box.optional or words.text(box.key, base) or _asked(box, words))
    marks: list[Mark] = []
    for box, x, wide in placed(kept, at[0], room, gap):
        marks += box_marks(box, (x, at[1]), wide, words, notes, base)
    return marks


def _asked(box: Box, words: Words) -> bool:
    if words.printing.blank:  # what may be asked of someone: nobody has answered yet
        return any(box.key in {rule.path, f"member.{rule.path}"} for rule in words.convention.asks)
    return any(ask.path == box.key for ask in words.assessment.asks)


def box_marks(
    box: Box,
    at: tuple[float, float],
    wide: float,
    words: Words,
    notes: Notes,
    base: str = "",
) -> list[Mark]:
    """Fill one box."""
    x, y = at
    label = words.label(box.label, base)
    marks: list[Mark] = []
    right = box.kind == "amount"
    if label:
        size = shrunk(label, wide, LABEL_SIZE) or FLOOR
        align: Align = "right" if right else "left"
        marks.append(Text(x + wide if right else x, y + _LABEL, label, size, tint="second", align=align))
    if box.kind == "ticks":
        ticks = tick_marks(words.choices(box.key, base), (x, y + _TOP), wide)
        return marks + ticks + (_tick_entries(ticks, box, label, base) if words.printing.fillable else [])
    if words.printing.fillable and not words.text(box.key, base):
        marks += _entries(box, label, (x, y + _TOP), wide, base)
    if box.groups:
        value = words.cells(box.key, base)
        if fits_cells(box.groups, value):
            return [*marks, Cells(x, y + _TOP, box.groups, value, _HEIGHT)]
    marks.append(Line(x, y + _TOP + _HEIGHT, x + wide, y + _TOP + _HEIGHT))
    text = words.text(box.key, base)
    return marks + value_marks(text, label, (x, y + _BASE), wide, notes, strong=box.kind == "strong", right=right)


def _entries(box: Box, label: str, at: tuple[float, float], wide: float, base: str) -> list[Mark]:
    """Give the places to type of a box: one, or one a group of cells."""
    name = (base + box.key).replace("=", "")
    if not box.groups:
        return [Entry(at[0], at[1] + 0.3, wide, _HEIGHT - 0.4, name, label)]
    found: list[Mark] = []
    x = at[0]
    for number, group in enumerate(box.groups, 1):
        said = f"{label}, partie {number} sur {len(box.groups)}" if len(box.groups) > 1 else label
        found.append(Entry(x, at[1], group * CELL, _HEIGHT, f"{name}.{number}", said, group))
        x += group * CELL + GROUP_GAP
    return found


def _tick_entries(marks: list[Mark], box: Box, label: str, base: str) -> list[Mark]:
    """Give a box to tick on screen over each that is drawn; the word after it says which."""
    name = (base + box.key).replace("=", "")
    found: list[Mark] = []
    for place, mark in enumerate(marks):
        if isinstance(mark, Tick):
            after = marks[place + 1] if place + 1 < len(marks) else None
            said = f"{label} : {after.text} (x pour cocher)" if isinstance(after, Text) else f"{label} (x pour cocher)"
            found.append(Entry(mark.x, mark.y, mark.side, mark.side, f"{name}.{len(found) + 1}", said, 0))
    return found


def fits_cells(groups: tuple[int, ...], value: str) -> bool:
    """Tell whether a value goes into cells; one that is longer, or no identifier at all, is written on a line."""
    return not value or (value.isalnum() and len(value) <= sum(groups))


def value_marks(
    text: str,
    label: str,
    at: tuple[float, float],
    wide: float,
    notes: Notes,
    *,
    strong: bool = False,
    right: bool = False,
    size: float = VALUE_SIZE,
) -> list[Mark]:
    """Write a value on its line, smaller if it must be; else announce the note that carries it whole."""
    if not text:
        return []
    weight: Weight = "semibold" if strong else "regular"
    x = at[0] + wide - 0.4 if right else at[0] + 0.4
    align: Align = "right" if right else "left"
    fitted = shrunk(text, wide - 0.8, size, weight)
    if fitted is not None:
        return [Text(x, at[1], text, fitted, weight, align=align)]
    wordings = notes.refer(label, text)
    for wording in wordings:
        fitted = shrunk(wording, wide - 0.8, LABEL_SIZE)
        if fitted is not None:
            return [Text(x, at[1], wording, fitted, tint="accent", align=align)]
    return [Text(x, at[1], wordings[-1], FLOOR, tint="accent", align=align)]


def tick_marks(choices: tuple[Choice, ...], at: tuple[float, float], wide: float) -> list[Mark]:
    """Draw choices to tick on one line, or on two smaller ones where they are too many."""
    for rows, top in ((1, VALUE_SIZE), (2, LABEL_SIZE)):
        half = -(-len(choices) // rows)
        lines = [choices[start : start + half] for start in range(0, len(choices), half)]
        size: float = top
        while size > FLOOR and max(_ticks_width(line, size) for line in lines) > wide:
            size -= 0.5
        if rows == 2 or max(_ticks_width(line, size) for line in lines) <= wide:  # noqa: PLR2004 - two lines at most
            return _tick_lines(lines, at, size)
    return []


def _side(size: float) -> float:
    return 3.1 if size > LABEL_SIZE else 2.4


def _ticks_width(choices: tuple[Choice, ...], size: float) -> float:
    gap = _CHOICE_GAP * size / VALUE_SIZE
    return sum(_side(size) + _TICK_GAP + width(word, size, "semibold") + gap for word, _ in choices) - gap


def _tick_lines(lines: list[tuple[Choice, ...]], at: tuple[float, float], size: float) -> list[Mark]:
    marks: list[Mark] = []
    side = _side(size)
    pitch = _HEIGHT / len(lines)
    for number, line in enumerate(lines):
        x, middle = at[0], at[1] + pitch * (number + 0.5)
        for word, on in line:
            marks.append(Tick(x, middle - side / 2, on, side))
            x += side + _TICK_GAP
            if word:
                marks.append(Text(x, middle + size * 0.115, word, size, "semibold" if on else "regular"))
            x += width(word, size, "semibold") + _CHOICE_GAP * size / VALUE_SIZE
    return marks
