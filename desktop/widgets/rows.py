"""A field of the shell's own dialogues: its title, the field, and under it the place of one message, always kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.widgets.reading import announce
from desktop.widgets.style import fix, label, set_role, set_state, space

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent

_LINE = 18


class Row(QWidget):
    """A titled field with a hint, which an error or an attention replaces; neither ever changes the field's text."""

    def __init__(self, title: str, field: QWidget, hint: str = "", *, lines: int = 1) -> None:
        """Lay out; ``lines`` is the place kept for the message under the field; with none there is never one."""
        super().__init__()
        self.field = field
        self._hint = hint
        named = label(title, "label")
        named.setBuddy(field)
        field.setAccessibleName(title)
        field.setAccessibleDescription(hint)
        self._message = label(hint, "second", wrap=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        fix(self._message, height=lines * _LINE + 4)
        self._column = layout = QVBoxLayout(self)
        space(layout, 6)  # the focus ring stands 4 out
        layout.addWidget(named)
        layout.addWidget(field)
        if lines:
            layout.addWidget(self._message)
        layout.addStretch(1)

    @property
    def message(self) -> str:
        """Give the words under the field."""
        return self._message.text()

    @property
    def line(self) -> QLineEdit:
        """Give the field, where it is a line of text."""
        if not isinstance(self.field, QLineEdit):
            raise TypeError
        return self.field

    @property
    def text(self) -> str:
        """Give what was typed in the line of text."""
        return self.line.text()

    def add(self, widget: QWidget) -> None:
        """Put something more under the field."""
        self._column.addWidget(widget)

    def beside(self, widget: QWidget) -> None:
        """Put something at the right of the field, on its line."""
        line, place = QHBoxLayout(), self._column.indexOf(self.field)
        space(line, 12)
        self._column.removeWidget(self.field)
        line.addWidget(self.field, 1)
        line.addWidget(widget)
        self._column.insertLayout(place, line)

    def hint(self, text: str) -> None:
        """Change the hint; a message in its place goes away."""
        self._hint = text
        self.clear()

    def clear(self) -> None:
        """Show the hint again."""
        self._show("", self._hint, "second")

    def error(self, text: str) -> None:
        """Say what is wrong."""
        self._show("error", text, "error")

    def attention(self, text: str) -> None:
        """Say what may be wrong."""
        self._show("attention", text, "attention")

    def _show(self, state: str, text: str, role: str) -> None:
        if state and (state, text) != (self.field.property("state"), self.message):
            announce(self.field, f"{self.field.accessibleName()}\u00a0: {text}")
        self._message.setText(text)
        set_role(self._message, role)
        set_state(self.field, state)
        self.field.setAccessibleDescription(text)


class Choice(QComboBox):
    """A list to choose from that the mouse's wheel never changes."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()


def secret_field() -> QLineEdit:
    """Make a field whose letters are not shown, nor kept by an input method."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return made
