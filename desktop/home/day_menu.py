"""The doors to what is done beside the dossiers: the menu of the list, and a button for what each day asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.day.actions import ACTIONS, ON_TOP
from desktop.widgets.style import button, space

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.day.actions import Action

MORE = "Autres actions"


def offered(*, practice: bool) -> list[Action]:
    """Give the actions that are there."""
    return [action for action in ACTIONS if action.in_practice or not practice]


def day_menu(parent: QWidget, done: Callable[[str], object], *, practice: bool) -> QMenu:
    """Make the menu: what is rare stands in menus of its own, so that all of it fits a small screen at 200 %."""
    menu = QMenu(parent)
    menu.setAccessibleName(MORE)
    inside: dict[str, QMenu] = {}
    group = None
    for action in offered(practice=practice):
        if group not in {None, action.group}:
            menu.addSeparator()
        group = action.group
        if action.under and action.under not in inside:
            inside[action.under] = QMenu(action.under, menu)
            menu.addMenu(inside[action.under])
        line = (inside.get(action.under) or menu).addAction(action.words)
        line.triggered.connect(lambda _on, name=action.name: done(name))
    return menu


class DayButtons(QWidget):
    """The actions that a day begins and ends with, in sight where there is room."""

    def __init__(self, done: Callable[[str], object], *, practice: bool) -> None:
        """Lay out."""
        super().__init__()
        row = QHBoxLayout(self)
        space(row, 12)
        for action in offered(practice=practice):
            if action.name in ON_TOP:
                made = button(action.words, "secondary", enter=True)
                made.clicked.connect(lambda _on, name=action.name: done(name))
                row.addWidget(made)
