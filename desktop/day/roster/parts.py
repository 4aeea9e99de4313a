"""Parts that the pages of the employer's list share: cards, and a page that scrolls over its bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.widgets.style import ground, set_role, space
from desktop.widgets.views import bar_below, scrolling

if TYPE_CHECKING:
    from collections.abc import Iterable

UNKEPT = "Le fichier n’est pas enregistré"


def card(*widgets: QWidget) -> QFrame:
    """Give widgets one under the other in a card; a button keeps its own width."""
    made = QFrame()
    set_role(made, "card")
    column = QVBoxLayout(made)
    space(column, 12, (20, 16, 20, 16))
    for widget in widgets:
        small = widget.property("role") in {"primary", "secondary"}
        column.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if small else Qt.AlignmentFlag(0))
    return made


def scrolled(page: QWidget, actions: Iterable[QWidget]) -> QVBoxLayout:
    """Lay a page out: what scrolls, whose layout is given, over a bar with ``actions``."""
    inside = ground(QWidget())
    column = QVBoxLayout(inside)
    space(column, 12, (48, 24, 48, 16))
    scroll = scrolling(inside)
    foot, row = bar_below()
    for widget in actions:
        row.addWidget(widget)
    row.addStretch(1)
    around = QVBoxLayout(page)
    space(around, 0)
    around.addWidget(scroll, 1)
    around.addWidget(foot)
    return column
