"""The frame of a page over the list: a title, what it is for, a body that scrolls, and a bar with the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.day.actions import DayPage
from desktop.widgets.keys import shown
from desktop.widgets.remarks import Remarks
from desktop.widgets.style import button, ground, label, set_role, space
from desktop.widgets.views import bar_below, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

BACK = "Revenir aux dossiers"
_UNDO = "undo"


class Running(QFrame):
    """A card for what takes a while: ``progress`` says how far it is, ``bar`` shows it, ``cancel`` stops it."""

    def __init__(self, name: str, stop: Callable[[], object]) -> None:
        """Lay out; ``name`` is what a screen reader says of the bar."""
        super().__init__()
        set_role(self, "card")
        column = QVBoxLayout(self)
        space(column, 8, (16, 14, 16, 14))
        row = QHBoxLayout()
        self.progress = label()
        self.cancel = button("Arrêter", enter=True)
        self.cancel.clicked.connect(lambda _on: stop())
        row.addWidget(self.progress, 1)
        row.addWidget(self.cancel)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(name)
        column.addLayout(row)
        column.addWidget(self.bar)


class OverList(DayPage):
    """``body`` takes the content, ``add_button`` the buttons at the right of the way back."""

    def __init__(self, title: str, text: str, back: str = BACK) -> None:
        """Lay out an empty body."""
        super().__init__()
        ground(self)
        inside = ground(QWidget())
        whole = QVBoxLayout(inside)
        space(whole, 14, (48, 24, 48, 24))
        self.title = label(title, "title", wrap=True)
        whole.addWidget(self.title)
        whole.addWidget(label(text, "second", wrap=True))
        self.body = QVBoxLayout()
        space(self.body, 14)
        whole.addLayout(self.body)
        self.remarks = Remarks()
        whole.addWidget(self.remarks)
        whole.addStretch(1)
        self.area = scrolling(inside)
        bar, self._foot = bar_below()
        around = QVBoxLayout(self)
        space(around, 0)
        around.addWidget(self.area, 1)
        self.turned = label(f"L’écran est tourné : cette page nomme d’autres agents. {shown('turn')} pour la revoir.")
        self.turned.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.turned.hide()
        around.addWidget(self.turned, 1)
        around.addWidget(bar)
        self.back = self.add_button(back, "secondary", self.left.emit)
        self._foot.addStretch(1)

    @property
    def is_running(self) -> bool:
        """Tell whether a card of what takes a while is there."""
        return any(not card.isHidden() for card in self.findChildren(Running))

    def set_masked(self, *, masked: bool) -> None:
        """Hide the whole page: it names people who are not at the table."""
        self.area.setHidden(masked)
        self.turned.setVisible(masked)

    def add_button(self, text: str, role: str, pressed: Callable[[], object]) -> QPushButton:
        """Add a button to the bar, before what was kept free at its right."""
        made = button(text, role, enter=True)
        made.clicked.connect(lambda _on: pressed())
        # The first one, the way back, comes before what is kept free.
        self._foot.insertWidget(max(0, self._foot.count() - 1), made)
        return made

    def show_undo(self, text: str, undo: Callable[[], object]) -> bool:
        """Offer the way back under the body."""

        def undone() -> None:
            self.remarks.drop(_UNDO)
            undo()

        self.remarks.say(_UNDO, text, ("Remettre", undone))
        return True
