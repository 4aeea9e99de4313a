"""What lies on a page, in millimetres from the top left corner: values without a drawing library.

What a page holds by the hundred are named tuples: they are made three times faster than frozen dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
CELL = 5.3
"""Width of the box of one character that is copied by hand (look.md)."""
GROUP_GAP = 1.2

Weight = Literal["regular", "semibold"]
Tint = Literal["ink", "second", "accent", "rule", "light", "pale", "ghost"]
Align = Literal["left", "right", "centre"]
Modules = tuple[tuple[bool, ...], ...]
"""A QR code row by row, ``True`` for black."""


class Text(NamedTuple):
    """One line of text; ``x`` and ``y`` are its anchor on the baseline, ``size`` is in points, ``angle`` in degrees."""

    x: float
    y: float
    text: str
    size: float = 9.5
    weight: Weight = "regular"
    tint: Tint = "ink"
    align: Align = "left"
    angle: float = 0.0

    def __str__(self) -> str:
        """Give one line of a snapshot."""
        turned = f" angle {self.angle:g}" if self.angle else ""
        how = f"{self.size:g} {self.weight} {self.tint} {self.align}{turned}"
        return f"text {self.x:.2f} {self.y:.2f} [{how}] {self.text}"


class Line(NamedTuple):
    """A straight line; ``weight`` is in points."""

    x: float
    y: float
    to_x: float
    to_y: float
    weight: float = 0.5
    tint: Tint = "rule"

    def __str__(self) -> str:
        """Give one line of a snapshot."""
        return f"line {self.x:.2f} {self.y:.2f} {self.to_x:.2f} {self.to_y:.2f} [{self.weight:g} {self.tint}]"


class Rect(NamedTuple):
    """A rectangle, filled or drawn by its edge."""

    x: float
    y: float
    width: float
    height: float
    fill: Tint | None = None
    edge: Tint | None = "rule"
    weight: float = 0.5

    def __str__(self) -> str:
        """Give one line of a snapshot."""
        how = f"fill {self.fill or '-'} edge {self.edge or '-'} {self.weight:g}"
        return f"rect {self.x:.2f} {self.y:.2f} {self.width:.2f} {self.height:.2f} [{how}]"


class Cells(NamedTuple):
    """Boxes of one character each, in groups; ``text`` is no longer than there are boxes, and may be empty."""

    x: float
    y: float
    groups: tuple[int, ...]
    text: str
    height: float = 5.0

    def __str__(self) -> str:
        """Give one line of a snapshot."""
        return f"cells {self.x:.2f} {self.y:.2f} {'+'.join(map(str, self.groups))} {self.text}"


class Tick(NamedTuple):
    """A box to tick, drawn; its cross is two lines and no letter, so that every viewer shows it."""

    x: float
    y: float
    on: bool
    side: float = 3.1

    def __str__(self) -> str:
        """Give one line of a snapshot."""
        return f"tick {self.x:.2f} {self.y:.2f} {'[x]' if self.on else '[ ]'}"


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code centred in a square, a module being ``module`` millimetres; ``says`` is what a page's own code says."""

    x: float
    y: float
    side: float
    modules: Modules = field(repr=False)
    module: float
    name: str
    says: str = ""

    def __str__(self) -> str:
        """Give one line of a snapshot; the modules are left out, since each zlib deflates in its own way."""
        return f"code {self.x:.2f} {self.y:.2f} {self.side:.2f} {self.name} {self.says}".rstrip()


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place of the file that links lead to; the first of a name counts."""

    y: float
    name: str

    def __str__(self) -> str:
        """Give one line of a snapshot."""
        return f"anchor {self.y:.2f} {self.name}"


@dataclass(frozen=True, slots=True)
class Link:
    """A rectangle that leads to an anchor; nothing is drawn, and a link to nowhere is dropped."""

    x: float
    y: float
    width: float
    height: float
    to: str

    def __str__(self) -> str:
        """Give one line of a snapshot."""
        return f"link {self.x:.2f} {self.y:.2f} {self.width:.2f} {self.height:.2f} {self.to}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to type on screen: a text, ``cells`` characters in as many cells, or a box to tick (``cells`` is 0).

    ``title`` is what a screen reader says; nothing is drawn.
    """

    x: float
    y: float
    width: float
    height: float
    name: str
    title: str
    cells: int | None = None

    def __str__(self) -> str:
        """Give one line of a snapshot."""
        return f"entry {self.x:.2f} {self.y:.2f} {self.width:.2f} {self.height:.2f} {self.name}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG picture that fills a rectangle of its own proportions."""

    x: float
    y: float
    width: float
    height: float
    jpeg: bytes = field(repr=False)

    def __str__(self) -> str:
        """Give one line of a snapshot; the pixels are left out."""
        return f"picture {self.x:.2f} {self.y:.2f} {self.width:.2f} {self.height:.2f}"


Mark = Text | Line | Rect | Cells | Tick | Code | Anchor | Link | Entry | Picture


@dataclass(frozen=True, slots=True)
class Back:
    """What lies under a page: a page of an insurer's own PDF; ``mark`` is where our small code finds a white place."""

    name: str
    page: int
    data: bytes = field(repr=False)
    mark: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The marks of one A4 page, in drawing order; ``bookmark`` is set where a form begins.

    ``copy_of`` says whose copy of a signed form this is.
    """

    marks: tuple[Mark, ...]
    bookmark: str = ""
    copy_of: str = ""
    back: Back | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole print: its pages, and what the file says of itself."""

    title: str
    subject: str
    pages: tuple[Page, ...] = field(default=())


def cells_width(groups: tuple[int, ...]) -> float:
    """Give the width in millimetres of cells in these groups."""
    return sum(groups) * CELL + (len(groups) - 1) * GROUP_GAP


def as_text(paper: Paper) -> str:
    """Give the text form that is kept as a snapshot: one mark a line."""
    lines = [f"paper {paper.title} | {paper.subject}"]
    for number, page in enumerate(paper.pages, 1):
        back = f"over {page.back.name}, {page.back.page + 1}" if page.back else ""
        lines.append(" ".join(part for part in (f"page {number}", page.bookmark, back) if part))
        lines += [f"  {mark}" for mark in page.marks]
    return "\n".join(lines) + "\n"
