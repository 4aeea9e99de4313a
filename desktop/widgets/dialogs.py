"""Dialogues: one way to tell a line, to ask for a decision, and to lay out a question. None of them blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.keys import bind
from desktop.widgets.style import button, fix, label, px, set_role, space
from desktop.widgets.views import scrolling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QKeyEvent, QShowEvent
    from PySide6.QtWidgets import QPushButton


_TALL = 690  # logical pixels of a window that is not there
_AROUND = 200  # those of a dialogue around its content
_CLOSE = "Fermer sans garder ce qui est saisi ?"
_LOST = "Ce que vous avez tapé ici serait perdu."


def outermost(widget: QWidget) -> QWidget:
    """Give the window over which all stand that a widget stands in."""
    window = widget.window()
    while (above := window.parentWidget()) is not None:
        window = above.window()
    return window


def give_help(dialog: QDialog) -> None:
    """Make F1 open the help of a dialogue: its own ``topic``, else that of what it stands over."""

    def show() -> None:
        from desktop.widgets.help import HelpDialog  # noqa: PLC0415 - it is itself a dialogue

        HelpDialog(dialog, _topic_of(dialog)).open()

    bind(dialog, "help", show)


def turn_screen(dialog: QDialog) -> None:
    """Turn the screen to the agent, or back, from a dialogue: its window does not hear the key meanwhile."""
    from desktop.widgets.frame import Frame  # noqa: PLC0415 - not for who stands over no frame

    window = outermost(dialog)
    if isinstance(window, Frame):
        window.turn()


def _topic_of(dialog: QDialog) -> str:
    here: QWidget | None = dialog
    while here is not None:
        topic = getattr(here, "topic", "")
        found = topic() if callable(topic) else topic
        if found:
            return str(found)
        here = here.parentWidget()
    return "home"


class Dialog(QDialog):
    """A titled sheet over its window: ``body`` takes the content, ``foot`` the buttons, Esc closes it.

    What was typed in it is not lost by Esc without a question; and one without a button stays: something runs.
    """

    topic = ""
    """The page of help that F1 opens; empty: that of what it stands over."""

    def __init__(
        self, parent: QWidget | None, title: str, text: str = "", *, width: int = 480, window: str = ""
    ) -> None:
        """Lay out the title, a text under it when there is one, an empty body and an empty row of buttons.

        ``window`` is what the system shows of it where ``title`` names someone: a window's title is seen, and noted,
        far from it.
        """
        super().__init__(parent)
        self.setWindowTitle(window or title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        set_role(self, "surface")
        room = outermost(parent).width() * 100 // px(100) - 32 if parent is not None else width
        fix(self, width=min(width, room))  # at 200 % a wide sheet still stands inside its window
        whole = QVBoxLayout(self)
        space(whole, 16, (24, 24, 24, 24))
        self._heading = label(title, "heading", wrap=True)
        whole.addWidget(self._heading)
        if text:
            whole.addWidget(label(text, wrap=True))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.body = QVBoxLayout()
        space(self.body, 12)
        whole.addLayout(self.body)
        whole.addStretch(1)
        self.foot = QHBoxLayout()
        space(self.foot, 12)
        self.foot.addStretch(1)
        whole.addLayout(self.foot)
        self.give_help()
        bind(self, "turn", self.turn)

    def give_help(self) -> None:
        """Answer F1."""
        give_help(self)

    def turn(self) -> None:
        """Answer F8."""
        turn_screen(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Esc: the way out that says nothing of what it does."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.has_typed:
            confirm(self, _CLOSE, _LOST, "Fermer sans garder", self.reject, danger=True)
        elif self.foot.count() > 1:  # its first place is kept free
            self.reject()

    @property
    def has_typed(self) -> bool:
        """Tell whether a text that someone typed would be lost; a secret is typed again."""
        return any(
            line.isModified() and bool(line.text().strip()) and line.echoMode() == QLineEdit.EchoMode.Normal
            for line in self.findChildren(QLineEdit)
            if line.window() is self
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that is needed."""
        self.fit()
        super().showEvent(event)

    def fit(self) -> None:
        """Take the height that the wrapped texts need at this width: Qt's own guess is too small for them."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            layout.activate()
            self.setMinimumHeight(layout.minimumHeightForWidth(self.width()))

    def rename(self, title: str) -> None:
        """Give it another title."""
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._heading.setText(title)

    def add_scrolled(self, inside: QWidget) -> QScrollArea:
        """Add a content that scrolls where the window over which this stands has no room for it all."""
        scroll = scrolling(inside)
        self.body.addWidget(scroll)
        self.fit_scrolled(scroll)
        return scroll

    def fit_scrolled(self, scroll: QScrollArea) -> None:
        """Give it the height of its content, up to what the window allows."""
        inside, above = scroll.widget(), self.parentWidget()
        if inside is None:
            return
        room = (outermost(above).height() if above else px(_TALL)) - px(_AROUND)
        layout = inside.layout()
        if layout is not None:
            layout.activate()
        wide = self.width() - px(48)
        asked = inside.heightForWidth(wide) if inside.hasHeightForWidth() else inside.sizeHint().height()
        scroll.setMinimumHeight(max(px(60), min(asked, room)))
        if self.isVisible():
            self.fit()

    def add_button(self, text: str, role: str, pressed: Callable[[], object]) -> QPushButton:
        """Add a button at the right of the foot; the primary one takes Enter."""
        made = button(text, role, enter=True)
        made.clicked.connect(lambda _on: pressed())
        made.setDefault(role == "primary")
        self.foot.addWidget(made)
        return made


def column(widgets: Iterable[QWidget]) -> QWidget:
    """Give widgets one under the other, for ``add_scrolled``."""
    made = QWidget()
    set_role(made, "surface")
    layout = QVBoxLayout(made)
    space(layout, 12, (4, 4, 12, 4))
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return made


def tell(parent: QWidget | None, title: str, text: str = "") -> Dialog:
    """Show one thing to be known, with one button to close it."""
    shown = Dialog(parent, title, text)
    shown.add_button("Fermer", "primary", shown.accept).setFocus()
    shown.open()
    return shown


def confirm(
    parent: QWidget,
    title: str,
    text: str,
    yes: str,
    then: Callable[[], object],
    *,
    danger: bool = False,
    window: str = "",
) -> Dialog:
    """Ask before doing; the button says what will be done, and "Annuler" has the focus where it cannot be undone.

    ``window``: see ``Dialog``.
    """
    shown = Dialog(parent, title, text, window=window)
    cancel = shown.add_button("Annuler", "secondary", shown.reject)
    shown.accepted.connect(then)
    go_on = shown.add_button(yes, "danger" if danger else "primary", shown.accept)
    (cancel if danger else go_on).setFocus()
    shown.open()
    return shown
