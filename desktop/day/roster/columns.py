"""What each column of the file becomes: its heading, some of its cells, and a list to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.widgets.rows import Choice
from desktop.widgets.style import fix, label, set_role, space
from forms.exchange.roster import mapping_choices

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from forms.exchange.roster import Mapped, Roster

LEFT_OUT = "— laissée de côté —"
MASKED = "•••"

_SAMPLES = 3
_LOOKED_AT = 200
_LONG = 26
_CELL = 230


class Columns(QWidget):
    """The mapping, column by column; ``changed`` when another is chosen. A target is in one column at most."""

    changed = Signal()

    def __init__(self) -> None:
        """Begin with no file."""
        super().__init__()
        set_role(self, "surface")
        self.choices: dict[str, Choice] = {}
        self._samples: dict[str, tuple[QLabel, str]] = {}
        self._masked = False
        self._grid = QGridLayout()
        space(self._grid, 10, across=16)
        whole = QVBoxLayout(self)
        space(whole, 0, (4, 4, 12, 4))
        whole.addLayout(self._grid)
        whole.addStretch(1)

    def show_roster(self, roster: Roster, mapping: Mapped) -> None:
        """Show the columns of a file, in its order."""
        self._clear()
        target_of = {label: target for target, label in mapping.items() if label}
        for row, heading in enumerate(roster.headings):
            samples = samples_of(roster, row)
            words = QWidget()
            column = QVBoxLayout(words)
            space(column, 0)
            named, shown = label(heading, "label", wrap=True), label(samples, "second", wrap=True)
            column.addWidget(named)
            column.addWidget(shown)
            choice = Choice()
            choice.addItem(LEFT_OUT, "")
            for target, title in mapping_choices():
                choice.addItem(title, target)
            choice.setCurrentIndex(max(0, choice.findData(target_of.get(heading, ""))))
            choice.setAccessibleName(f"La colonne « {heading} » contient")
            choice.currentIndexChanged.connect(lambda _index, heading=heading: self._chosen(heading))
            fix(choice, width=_CELL)
            self._grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(choice, row, 1, Qt.AlignmentFlag.AlignTop)
            self.choices[heading], self._samples[heading] = choice, (shown, samples)
        self._grid.setColumnStretch(0, 1)
        self._mask()

    @property
    def mapping(self) -> Mapped:
        """Give what is chosen: every target, ``""`` where it is in no column."""
        chosen = {str(choice.currentData()): heading for heading, choice in self.choices.items()}
        return {target: chosen.get(target, "") for target, _ in mapping_choices()}

    def set_masked(self, *, masked: bool) -> None:
        """Hide the cells, for whoever else looks at the screen: names and numbers are other people's."""
        self._masked = masked
        self._mask()

    def _chosen(self, heading: str) -> None:
        target = self.choices[heading].currentData()
        for other, choice in self.choices.items():
            if target and other != heading and choice.currentData() == target:
                with QSignalBlocker(choice):
                    choice.setCurrentIndex(0)
        self._mask()
        self.changed.emit()

    def _mask(self) -> None:
        for heading, (shown, samples) in self._samples.items():
            text = MASKED if self._masked and samples else samples
            shown.setText(text)
            self.choices[heading].setAccessibleDescription(f"Exemples : {text}" if text else "Colonne vide")

    def _clear(self) -> None:
        self.choices, self._samples = {}, {}
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def samples_of(roster: Roster, place: int) -> str:
    """Give the first cells of a column that differ, shortened."""
    found: dict[str, None] = {}
    for _, row in roster.rows[:_LOOKED_AT]:
        text = row[place] if place < len(row) else ""
        if text:
            found[text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"] = None
        if len(found) == _SAMPLES or len(" · ".join(found)) >= _LONG:
            break
    return " · ".join(found)
