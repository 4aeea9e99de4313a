"""Which column is what: headings as employers write them, met with the synonyms of resources/exchange."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from forms.french import fold
from forms.resources import resource

HEAD_ROWS = 30
"""Rows among which the headings are looked for, below title lines."""

Words = frozenset[str]
Row = tuple[str, ...]

_PARENTHESES = re.compile(r"\([^)]*\)")
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Column:
    """What a column can be: a dotted path of the dossier, or a part of one (``name``, ``nir_key``, ``address_1``)."""

    target: str
    title: str
    headings: frozenset[Words]
    also: frozenset[Words]


@dataclass(frozen=True)
class Header:
    """Where the headings are: ``last`` is the index of their last row, ``labels`` are all different.

    ``guess`` gives the label of each column that was recognised, by target.
    """

    last: int
    labels: Row
    guess: dict[str, str]


@cache
def _data() -> Mapping[str, dict[str, object]]:
    with resource("exchange", "headings.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _vocabulary() -> tuple[dict[str, str], Words, Words]:
    data: Mapping[str, object] = _data()
    same: dict[str, list[str]] = data["same_word"]  # type: ignore[assignment]
    ignored: list[str] = data["ignored"]  # type: ignore[assignment]
    noise: list[str] = data["noise"]  # type: ignore[assignment]
    renamed = {fold(word): kept for kept, others in same.items() for word in others}
    return renamed, frozenset(map(fold, ignored)), frozenset(map(fold, noise))


def words(text: str) -> Words:
    """Give what is compared of a heading or of a coded value: its words, with no case, accent or order."""
    renamed, ignored, _ = _vocabulary()
    parted = _HUMP.sub(" ", _PARENTHESES.sub(" ", text.replace("(e)", "")))
    found = (renamed.get(word, word) for word in _WORD.findall(fold(parted)))
    return frozenset(word for word in found if word not in ignored) or frozenset({""})


@cache
def columns() -> tuple[Column, ...]:
    """Give all that a column can be, in the order in which a mapping is shown."""
    listed: list[dict[str, list[str]]] = _data()["columns"]  # type: ignore[assignment]
    return tuple(
        Column(
            str(entry["target"]),
            str(entry["title"]),
            frozenset(map(words, entry["headings"])),
            frozenset(map(words, entry.get("also", []))),
        )
        for entry in listed
    )


@cache
def coded(target: str) -> dict[Words, str]:
    """Give what is written in the cells of a column of choices, with the value that it stands for."""
    values: dict[str, list[str]] = _data()["values"].get(target, {})  # type: ignore[assignment]
    return {words(text): value for value, texts in values.items() for text in texts}


@cache
def total_words() -> tuple[str, ...]:
    """Give the folded words that begin a line which is nobody's."""
    listed: list[str] = _data()["totals"]["words"]  # type: ignore[assignment]
    return tuple(map(fold, listed))


def guessed(labels: Sequence[str]) -> dict[str, int]:
    """Give the column of each target that the headings name: first what names it for sure, then what may."""
    _, _, noise = _vocabulary()
    keys = [words(label) for label in labels]
    full: dict[Words, list[int]] = {}
    bare: dict[Words, list[int]] = {}
    for place, key in enumerate(keys):
        full.setdefault(key, []).append(place)
        bare.setdefault(key - noise, []).append(place)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for sure in (True, False):
        for column in columns():
            for by_words in (full, bare):
                known = column.headings if sure else column.also
                places = [place for key in known for place in by_words.get(key, ()) if place not in taken]
                if places and column.target not in found:
                    found[column.target] = min(places)
                    taken.add(min(places))
    return found


def find_header(rows: Sequence[Row]) -> Header:
    """Find the headings among the first rows, on one line or on two (merged cells above).

    Where no line names two columns, the first that could be headings is taken (no digit in it), else none:
    ``last`` is then -1 and the columns are called by their letters.
    """
    best: tuple[int, int, Row] = (1, -1, ())
    for index, row in enumerate(rows[:HEAD_ROWS]):
        layouts = [row, _joined(rows[index - 1], row)] if index else [row]
        for labels in layouts:
            score = len(guessed(labels))
            if score > best[0]:
                best = (score, index, labels)
    _, last, labels = best
    if last < 0:
        last, labels = _plausible(rows)
    width = max((len(row) for row in rows[:HEAD_ROWS]), default=0)
    unique = tuple(_unique(labels, max(width, len(labels))))
    return Header(last, unique, {target: unique[place] for target, place in guessed(labels).items()})


def recognised(rows: Sequence[Row]) -> int:
    """Count the columns that the best heading line names: how sheets and separators are chosen."""
    return len(find_header(rows).guess)


def _plausible(rows: Sequence[Row]) -> tuple[int, Row]:
    for index, row in enumerate(rows[:HEAD_ROWS]):
        if sum(map(bool, row)) > 1:
            return (-1, ()) if any(c.isdigit() for cell in row for c in cell) else (index, row)
    return -1, ()


def _joined(upper: Row, lower: Row) -> Row:
    """Join two lines of headings: only the first of merged cells holds their text, the others are blank."""
    labels, group = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        # Text above nothing is merged downwards: it is a heading by itself and spreads over no neighbour.
        group = (above if below else "") if above else group
        labels.append(f"{group} {below}".strip() if below else above)
    return tuple(labels)


def _unique(labels: Sequence[str], width: int) -> Iterator[str]:
    seen: dict[str, int] = {}
    for place in range(width):
        label = (labels[place] if place < len(labels) else "") or f"Colonne {letters(place)}"
        count = seen[label] = seen.get(label, 0) + 1
        yield label if count == 1 else f"{label} ({count})"


def letters(place: int) -> str:
    """Give a column's letters as a spreadsheet does: ``A`` for 0, ``AB`` for 27."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
