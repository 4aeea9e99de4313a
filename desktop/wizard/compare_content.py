"""What a comparison shows: cells, rows, heads, and the model that hands them to a table and to a screen reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from desktop.wizard.why import Reason

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Bar:
    """Who pays a care, in euros: the three parts make its price."""

    health: Decimal
    mutual: Decimal
    left: Decimal


@dataclass(frozen=True)
class Cell:
    """What a cell shows; ``spoken`` stands for it where words say more than what is drawn."""

    text: str
    small: str = ""
    flag: str = ""
    bar: Bar | None = None
    spoken: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Row:
    """A line: its name, then a cell a column. Without cells it is the title of those below."""

    name: Cell
    cells: tuple[Cell, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Content:
    """A whole table; ``chosen`` is the column of the chosen formula, 0 for none.

    ``names``: logical pixels of the first column. ``narrow``: those that a column of figures takes at most, where the
    names have the rest; 0 where the figures share it.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    chosen: int = 0
    names: int = 240
    narrow: int = 0


class CompareModel(QAbstractTableModel):
    """The cells of a content, with the words that a screen reader says of each."""

    def __init__(self) -> None:
        super().__init__()
        self.content = Content((), ())

    def show(self, content: Content) -> None:
        """Show this content."""
        self.beginResetModel()
        self.content = content
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Count the rows."""
        return 0 if parent is not None and parent.isValid() else len(self.content.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Count the columns, the names included."""
        return 0 if parent is not None and parent.isValid() else len(self.content.heads)

    def cell(self, index: Index) -> Cell:
        """Give what a cell shows; nothing under the title of a group."""
        row = self.content.rows[index.row()]
        cells = (row.name, *row.cells)
        return cells[index.column()] if index.column() < len(cells) else Cell("")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the words of a cell: what is drawn, what is said, and of whom."""
        if not index.isValid():
            return None
        cell = self.cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole and not self.content.rows[index.row()].cells:
            return self.content.rows[index.row()].name.text  # the title of a group, all along its line
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            said = cell.spoken or " ; ".join(part for part in (cell.text, cell.small, cell.flag) if part)
            return said if role == Qt.ItemDataRole.AccessibleTextRole or cell.bar else None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and index.column():
            name = self.content.rows[index.row()].name.text
            return f"{name}, {self.said_head(index.column())}"
        return None

    def said_head(self, column: int) -> str:
        """Give what a column is called aloud."""
        said = self.content.heads[column].replace("\n", " et ")
        return f"{said}, formule choisie" if column and column == self.content.chosen else said

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the heads; those of the rows are not drawn, but said."""
        if orientation == Qt.Orientation.Vertical:
            said = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}
            return self.content.rows[section].name.text if role in said and section < len(self.content.rows) else None
        if section >= len(self.content.heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.content.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return self.said_head(section) if role == Qt.ItemDataRole.AccessibleTextRole else None


def merged(formulas: Sequence[tuple[str, tuple[Any, ...]]]) -> list[tuple[list[int], str]]:
    """Put together the formulas (label, values) that are alike all the way down: their indices, and one head."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for index, (_, values) in enumerate(formulas):
        groups.setdefault(values, []).append(index)
    return [(indices, "\n".join(formulas[i][0] for i in indices)) for indices in groups.values()]
