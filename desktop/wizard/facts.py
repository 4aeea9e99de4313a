"""What a price needs, on one line of the step of the formulas, once it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.widgets.style import button, label, set_role, space
from desktop.wizard.links import Pressing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.wizard.told import Row


class Facts(QFrame):
    """What a price needs, on one line, with the way back to its fields: the formulas keep the page."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        row = QHBoxLayout(self)
        space(row, 12, (16, 10, 16, 10))
        self.words = label("", "text", wrap=True)
        self.change = button("Modifier", "link")
        self.change.setAccessibleName("Modifier ce qui fixe le prix")
        Pressing(self.change)
        row.addWidget(self.words, 1)
        row.addWidget(self.change)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Say these."""
        self.words.setText(" · ".join(f"{row.title}\u00a0: {row.value}" for row in rows))
