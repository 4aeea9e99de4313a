"""The controls inside fields: no wheel changes a value, Enter goes on, undo is the dossier's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from desktop.widgets.style import set_state, space

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT_LIMIT = 300
"""Characters that a dossier keeps of one text."""

_NOT_LEFT = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
"""The focus comes back by itself after these: the field has not been left."""
_UNDO = {Qt.Key.Key_Z, Qt.Key.Key_Y}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
CLEAR = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
"""The keys that take an answer back."""
_ACROSS = 4  # radios that may stand on one line


class Manners(QObject):
    """What every control does alike: says when it is entered and left, and makes Enter go to the next field."""

    entered = Signal()
    left = Signal()

    def __init__(self, control: QWidget) -> None:
        super().__init__(control)
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter and the undo keys before the control does; everything else passes."""
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent) and event.reason() not in _NOT_LEFT:
            self.entered.emit()
        elif kind == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() not in _NOT_LEFT:
            self.left.emit()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # QLineEdit would take these for its own undo: refused here, they reach the window's shortcut.
            if event.key() in _UNDO and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            return _goes_on(watched, event)
        return False


def _goes_on(control: QWidget, event: QKeyEvent) -> bool:
    if event.key() not in _ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    control.focusNextPrevChild(True)
    return True


class Line(QLineEdit):
    """A line of text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.manners = Manners(self)
        self.setAccessibleName(name)
        self.setMaxLength(TEXT_LIMIT)


class Choice(QComboBox):
    """A drop-down list whose first entry, ``à choisir``, is no answer."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.manners = Manners(self)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # A long entry must not widen the page: the list itself may be wider than the box.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.addItem("à choisir", None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


def arrow(group: QButtonGroup, event: QEvent) -> bool:
    """Choose the next or the previous answer, round and round: Qt's own arrows follow the geometry only."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in _STEPS:
        return False
    buttons = group.buttons()
    here = next((i for i, button in enumerate(buttons) if button.hasFocus()), 0)
    button = buttons[(here + _STEPS[Qt.Key(event.key())]) % len(buttons)]
    button.setFocus(Qt.FocusReason.OtherFocusReason)
    button.click()
    return True


def check_one(group: QButtonGroup, chosen: QAbstractButton | None) -> None:
    """Check one button of a group, or none; Tab enters there: at the chosen one, else at the first."""
    buttons = group.buttons()
    if chosen is None and group.checkedButton() is not None:
        group.setExclusive(False)
        for button in buttons:
            button.setChecked(False)
        group.setExclusive(True)
    elif chosen is not None and not chosen.isChecked():
        chosen.setChecked(True)
    entry = chosen or next(iter(buttons), None)
    for button in buttons:
        policy = Qt.FocusPolicy.StrongFocus if button is entry else Qt.FocusPolicy.ClickFocus
        if button.focusPolicy() != policy:
            button.setFocusPolicy(policy)


class Radios(QWidget):
    """A few answers side by side, none chosen at first; arrows choose, Delete takes the answer back."""

    chosen = Signal(object)
    """The value chosen, ``None`` when the answer is taken back."""
    entered = Signal()
    left = Signal()

    def __init__(self, name: str, *, keys: dict[str, str] | None = None, may_be_empty: bool = True) -> None:
        """Make it with no answer; ``keys`` gives the letter that chooses each value."""
        super().__init__()
        self._name = name
        self._keys = keys or {}
        self._may_be_empty = may_be_empty
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        self._row = QHBoxLayout(self)
        space(self._row, 16)
        self._grid = QGridLayout()
        space(self._grid, 4, across=20)
        self._row.addLayout(self._grid)
        self._row.addStretch(1)
        self.setAccessibleName(name)

    def offer(self, choices: Sequence[tuple[str, str]], *, across: int = _ACROSS) -> None:
        """Show these (value, word) pairs; the same values with other words keep their buttons and the focus."""
        if list(self._buttons) != [value for value, _ in choices]:
            for button in self._buttons.values():
                self._group.removeButton(button)
                button.deleteLater()
            self._buttons = {}
            for index, (value, _) in enumerate(choices):
                self._add(value, index, across)
        for value, word in choices:
            button = self._buttons[value]
            if button.text() != word:
                button.setText(word)
                button.setAccessibleName(f"{self._name} : {word}")

    def _add(self, value: str, index: int, across: int) -> None:
        button = QRadioButton()
        manners = Manners(button)
        manners.entered.connect(self.entered)
        manners.left.connect(self.left)
        button.installEventFilter(self)
        button.clicked.connect(lambda: self.chosen.emit(value))
        self._group.addButton(button)
        self._buttons[value] = button
        self._grid.addWidget(button, index // across, index % across)
        button.show()

    def show_value(self, value: str | None) -> None:
        """Check the button of a value, or none."""
        check_one(self._group, self._buttons.get(value) if value is not None else None)

    def value(self) -> str | None:
        """Give the value that is checked."""
        return next((value for value, button in self._buttons.items() if button.isChecked()), None)

    def buttons(self) -> list[QRadioButton]:
        """Give the buttons in their order."""
        return list(self._buttons.values())

    def mark(self, state: str) -> None:
        """Draw the buttons as in a field that is wrong or missing."""
        for button in self._buttons.values():
            set_state(button, state)

    def describe(self, text: str) -> None:
        """Give each button the description that a screen reader says."""
        for button in self._buttons.values():
            button.setAccessibleDescription(text)

    def focus_in(self) -> None:
        """Put the focus on the chosen answer, else on the first."""
        chosen = self._group.checkedButton() or next(iter(self._buttons.values()), None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the letters of the answers, and Delete."""
        del watched
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            return False
        if arrow(self._group, event):
            return True
        value = self._keys.get(event.text().lower())
        if value is not None:
            self._buttons[value].setFocus(Qt.FocusReason.OtherFocusReason)
            self._buttons[value].click()
            return True
        if event.key() in CLEAR and self._may_be_empty:
            self.show_value(None)
            self.chosen.emit(None)
            return True
        return False
