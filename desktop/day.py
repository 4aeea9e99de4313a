"""What the list offers beside its dossiers: one table of things to do, each a line of its menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.desk import Desk
    from desktop.frame import Frame
    from forms.convention import Library


class DayPage(QWidget):
    """A page over the list: a dialogue would be too small for it. ``topic`` names its help."""

    left = Signal()
    """Go back to the list: the page is dropped."""
    topic = "home"

    def start(self) -> None:
        """Put the focus where one begins."""
        self.setFocus()


@dataclass(frozen=True)
class Day:
    """What a thing to do may use: it asks the ``desk``, and stands over the ``window`` or takes it as a page."""

    window: Frame
    desk: Desk
    library: Library
    today: Callable[[], dt.date]
    now: Callable[[], dt.datetime]
    show_page: Callable[[DayPage], None]
    list: Callable[[], None]
    """Read the list again: something of it has changed."""


@dataclass(frozen=True)
class Action:
    """A line of the menu; ``group`` parts them, ``in_practice``: it is there in the practice too."""

    name: str
    words: str
    group: int
    do: Callable[[Day], None]
    in_practice: bool = False


ACTIONS: tuple[Action, ...] = ()
"""In the menu's order."""
