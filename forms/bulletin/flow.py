"""Text that flows over as many pages as it needs: headings, paragraphs and tables under a running head."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.bulletin.fit import FLOOR, wrapped
from forms.bulletin.frame import (
    BAR_STEP,
    BOTTOM,
    LEFT,
    ROOM,
    TOP,
    bar_marks,
    leading,
    linked,
    name_marks,
    paragraph,
    running_head,
)
from forms.bulletin.marks import Line, Mark, Page, Rect, Text, Tick
from forms.bulletin.metrics import printable, width
from forms.french import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.bulletin.marks import Align, Tint, Weight

_PAD = 1.4
_SOURCE = 7.0
_HEAD = 7.4
_TALLEST = BOTTOM - TOP - _HEAD - 8.0
"""Millimetres of a row on a page of its own, under the head of the page and that of the table."""
TICKED = "x"
_Cell = list[tuple[str, float, bool]]
"""The lines of a table's cell, each with its size in points, and whether it is a source."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``wide`` in millimetres; ``ticks``: its cells are boxes to tick, crossed for ``TICKED``."""

    head: str
    wide: float
    align: Align = "left"
    ticks: bool = False


@dataclass(slots=True)
class Flow:
    """The pages being filled from the top; ``title`` opens the first and heads the others, ``who`` is at the right."""

    title: str
    who: str
    pages: list[list[Mark]] = field(default_factory=list)
    y: float = 0.0

    def begin(self, lead: str = "") -> None:
        """Open the first page with the title and a sentence that says what it is."""
        self.pages.append([Text(LEFT, TOP + 6.5, self.title, 19.0, "semibold")])
        self.add(name_marks(self.who, TOP + 6.5, ROOM - width(self.title, 19.0, "semibold") - 8.0))
        self.y = TOP + 10.0
        if lead:
            self.text(lead, 9.0, second=True)
        self.y += 1.0

    def done(self) -> list[Page]:
        """Give the pages without their foot."""
        return [Page(tuple(marks), self.title if place == 0 else "") for place, marks in enumerate(self.pages)]

    def keep(self, height: float) -> None:
        """Turn the page unless ``height`` millimetres are left on it."""
        if self.y + height > BOTTOM:
            self.pages.append(running_head(f"{self.title}, suite", self.who))
            self.y = TOP + _HEAD

    def add(self, marks: Sequence[Mark]) -> None:
        """Put marks on the current page."""
        self.pages[-1] += marks

    def heading(self, title: str, keep: float = 12.0) -> None:
        """Open a section, with at least ``keep`` millimetres of what follows on the same page."""
        self.keep(2.6 + BAR_STEP + keep)
        self.y += 2.6
        self.add(bar_marks(title, self.y))
        self.y += BAR_STEP

    def text(
        self,
        text: str,
        size: float = 9.0,
        *,
        strong: bool = False,
        second: bool = False,
        indent: float = 0.0,
        after: float = 0.8,
        follow: float = 0.0,
    ) -> None:
        """Write a paragraph; its lines go on over the page where they must.

        ``follow``: the size in points of a line that comes after it, and stands on the same page as its last one.
        """
        step = leading(size)
        lines = wrapped(printable(typeset(text)), ROOM - indent, size, "semibold" if strong else "regular")
        for number, line in enumerate(lines, 1):
            self.keep(step + (after + leading(follow) if follow and number == len(lines) else 0.0))
            marks, _ = paragraph(line, (LEFT + indent, self.y + step * 0.78), ROOM, size, strong=strong, second=second)
            self.add(marks)
            self.y += step
        self.y += after

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        strong: frozenset[int] = frozenset(),
        size: float = 8.5,
        together: int = 1,
        ties: Sequence[str] = (),
    ) -> None:
        """Write a table; cells go over several lines, a row is parted only when it is taller than a page.

        What follows a line break in a cell is set smaller: its source. ``strong`` holds the numbers of the rows to set
        in semibold, ``together`` is how many of the last ones stay on one page. The head is written again on each page.
        ``ties``: the people of the first rows, each tied to its line of the contribution (``frame.linked``).
        """
        weights: list[Weight] = ["semibold" if number in strong else "regular" for number in range(len(rows))]
        made = [
            [_cell(text, column.wide - 2 * _PAD, size, weight) for text, column in zip(row, columns, strict=True)]
            for row, weight in zip(rows, weights, strict=True)
        ]
        self.keep(4.9 + min(_row_height(made[0]), _TALLEST))
        top = self._head(columns)
        for number, (cells, weight) in enumerate(zip(made, weights, strict=True)):
            tail = sum(_row_height(last) for last in made[number:]) if number == len(made) - together else 0.0
            for piece in _pieces(cells):
                height = _row_height(piece)
                wanted = max(height, min(tail, _TALLEST))
                if self.y + wanted > BOTTOM:
                    self._edge(columns, top)
                    self.keep(wanted)
                    top = self._head(columns)
                self._row(columns, piece, weight)
                if number < len(ties):
                    self.add(linked(ties[number], (LEFT, self.y), ROOM, height, why=True))
                self.y += height
        self._edge(columns, top)
        self.y += 1.6

    def _head(self, columns: Sequence[Column]) -> float:
        top = self.y
        self.add([Rect(LEFT, top, sum(column.wide for column in columns), 4.9, "pale", None)])
        x = LEFT
        for column in columns:
            anchor = x + column.wide - _PAD if column.align == "right" else x + _PAD
            self.add([Text(anchor, top + 3.4, column.head, 7.0, "semibold", align=column.align)])
            x += column.wide
        self.y += 4.9
        return top

    def _row(self, columns: Sequence[Column], cells: list[_Cell], weight: Weight) -> None:
        x = LEFT
        self.add([Line(LEFT, self.y, LEFT + sum(column.wide for column in columns), self.y, 0.5, "light")])
        for column, lines in zip(columns, cells, strict=True):
            if column.ticks:
                if lines:
                    self.add([Tick(x + _PAD, self.y + 1.2, lines[0][0] == TICKED, 2.8)])
                x += column.wide
                continue
            anchor = x + column.wide - _PAD if column.align == "right" else x + _PAD
            y = self.y + 0.8
            for line, points, source in lines:
                tint: Tint = "second" if source else "ink"
                self.add([Text(anchor, y + leading(points) * 0.78, line, points, weight, tint, column.align)])
                y += leading(points)
            x += column.wide

    def _edge(self, columns: Sequence[Column], top: float) -> None:
        self.add([Rect(LEFT, top, sum(column.wide for column in columns), self.y - top)])


def _row_height(cells: list[_Cell]) -> float:
    return max(sum(leading(points) for _, points, _ in cell) for cell in cells) + 1.6


def _pieces(cells: list[_Cell]) -> list[list[_Cell]]:
    """Part a row into pieces that each fit on a page; nearly always one."""
    pieces: list[list[_Cell]] = []
    while not pieces or any(cells):
        taken = [_taken(cell) for cell in cells]
        pieces.append([cell[:count] for cell, count in zip(cells, taken, strict=True)])
        cells = [cell[count:] for cell, count in zip(cells, taken, strict=True)]
    return pieces


def _taken(cell: _Cell) -> int:
    height, count = 0.0, 0
    while count < len(cell) and height + leading(cell[count][1]) <= _TALLEST:
        height += leading(cell[count][1])
        count += 1
    return count


def _cell(text: str, room: float, size: float, weight: Weight) -> _Cell:
    lines: _Cell = []
    for number, part in enumerate(text.split("\n")):
        points = _SOURCE if number else size
        words = printable(typeset(part)).split(" ")
        while points > FLOOR and max(width(word, points, weight) for word in words) > room:
            points -= 0.5  # smaller first: a word is folded only where it is still too wide at the floor
        lines += [(line, points, number > 0) for line in wrapped(" ".join(words), room, points, weight)]
    return lines
