"""A page of the wizard: a title that takes the focus, what is asked on one step, and nothing that is kept."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.desk.scene import TITLES
from desktop.widgets.reading import placed
from desktop.widgets.style import label, px, set_role, space

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desktop.desk.scene import Scene
    from desktop.fields.base import Field


class Page(QScrollArea):
    """One step. ``draw`` shows a scene; what the user does comes out as signals."""

    typed = Signal(str, str)
    edited = Signal(str, object)
    visited = Signal(str)
    left = Signal(str)
    lost_focus = Signal()
    acted = Signal(object, str, str, str)
    """An action of a card: a function from dossier to dossier, its French label, its path, its sort."""
    wanted = Signal(str, str)
    """Go to this step and this path."""
    undo_wanted = Signal()
    beside = Signal(str, object)
    """Something that the dossier itself does not hold is asked for: what (``files``, ``drop``, ``slip``, ``quote``,
    ``quotes``), and of what."""
    ordered = Signal()
    """Widgets came or went without a change of the dossier: Tab must follow the screen again."""

    def __init__(self, step: str, introduction: str = "") -> None:
        super().__init__()
        self.step = step
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_role(self, "ground")
        self.body = QWidget()
        set_role(self.body, "ground")
        self.column = QVBoxLayout(self.body)
        space(self.column, 16, (32, 24, 32, 24))
        head = QVBoxLayout()
        space(head, 2)
        self.title = label(TITLES[step], "title", wrap=True)
        self.title.setAccessibleName(TITLES[step])
        self.title.setProperty("no_ring", True)
        self.introduction = label(introduction, "second", wrap=True)
        head.addWidget(self.title)
        head.addWidget(self.introduction)
        self.column.addLayout(head)
        self.setWidget(self.body)

    def draw(self, scene: Scene) -> None:
        """Show a scene."""
        raise NotImplementedError

    def field(self, path: str) -> Field | None:
        """Give the field of a path of this step."""
        raise NotImplementedError

    def reach(self, path: str) -> bool:
        """Put the focus on a path's field; tell whether there is one."""
        field = self.field(path)
        if field is None:
            return False
        field.focus_in()
        self.show_whole(field)
        return True

    def show_whole(self, widget: QWidget) -> None:
        """Scroll until a widget, its label and its message are in view."""
        self.column.activate()
        self.ensureWidgetVisible(widget, 0, px(16))
        # A page that comes on screen for the first time has its heights a moment later only.
        QTimer.singleShot(0, self, lambda: self._show_again(widget))

    def _show_again(self, widget: QWidget) -> None:
        focused = QApplication.focusWidget()
        if isValid(widget) and focused is not None and (widget is focused or widget.isAncestorOf(focused)):
            self.ensureWidgetVisible(widget, 0, px(16))

    def begin(self) -> None:
        """Put the focus on the title, at the top of the page: a screen reader says it."""
        self.verticalScrollBar().setValue(0)
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(self, function: Callable[..., object], words: str, path: str = "", sort: str = "card") -> None:
        """Ask for one action of a card."""
        self.acted.emit(function, words, path, sort)


def reading_order(widget: QWidget) -> Iterator[QWidget]:
    """Give the widgets inside one that take the focus by Tab, in the order of the layouts: rows, then columns."""
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        if inside is not None:
            yield from reading_order(inside)
        return
    # A radio that is not checked takes the focus by click only, until it is the one that is checked.
    # The page's title takes it from the wizard only, and Tab goes on from there.
    takes = widget.focusPolicy() != Qt.FocusPolicy.NoFocus or widget.property("no_ring")
    if takes and widget.focusProxy() is None:
        yield widget
    layout = widget.layout()
    if layout is not None:
        for inside in placed(layout):
            yield from reading_order(inside)


def chain(widgets: list[QWidget]) -> None:
    """Make Tab follow a list of widgets."""
    for first, second in pairwise(widgets):
        QWidget.setTabOrder(first, second)
