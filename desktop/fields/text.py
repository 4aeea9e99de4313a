"""Fields that are typed: text, dates, amounts, numbers, identifiers; addresses of a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.fields.base import Field
from desktop.fields.controls import Line
from desktop.widgets.style import set_state, space
from forms.dossier.entry import cleaned, shown, typed
from forms.dossier.fields import field_at
from forms.dossier.paths import value_at

if TYPE_CHECKING:
    from desktop.desk.scene import Scene
    from forms.dossier.model import Dossier

MASKED_KINDS = frozenset({"nir", "iban"})
"""What is hidden while the screen is turned to the agent."""
_PLACEHOLDERS = {"date": "jj/mm/aaaa"}
_LINES = 6  # of one address in the model
_LINES_SHOWN = 2


def plain(text: str) -> str:
    """Give a pasted text with ordinary spaces: tabs, line ends and no-break spaces part words too."""
    return "".join(" " if c.isspace() else c for c in text)


class TextField(Field):
    """One line of text, read as its kind of fact; put in its usual form when it is left."""

    def __init__(self, path: str, title: str = "") -> None:
        super().__init__(path, title)
        self.kind = field_at(path).kind
        self.line = Line(self.title)
        self.line.setPlaceholderText(_PLACEHOLDERS.get(self.kind, ""))
        self._label.setBuddy(self.line)
        self.setFocusProxy(self.line)
        self.place(self.line)
        # textChanged and not textEdited: completers and assistive input are silent on the latter.
        self.line.textChanged.connect(lambda text: self.typed.emit(self.path, plain(text)))
        self.line.manners.entered.connect(self.enter)
        self.line.manners.left.connect(self.leave)

    def write(self, scene: Scene) -> None:
        """Rewrite the line if it means something else, or to put it in its usual form once it is not typed in."""
        self._mask(scene)
        if _means(self.line.text(), scene, self.path) and (
            scene.typing == self.path or self.line.hasFocus() or not self.line.text()
        ):
            return
        text = shown(scene.dossier, self.path)
        if text != self.line.text():
            with QSignalBlocker(self.line):
                self.line.setText(text)

    def _mask(self, scene: Scene) -> None:
        hidden = scene.masked and self.kind in MASKED_KINDS
        mode = QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal
        if self.line.echoMode() != mode:
            self.line.setEchoMode(mode)

    def mark(self, state: str, description: str) -> None:
        """Draw and describe the line."""
        set_state(self.line, state)
        self.line.setAccessibleDescription(description)

    def focus_in(self) -> None:
        """Put the focus in the line."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)


def _means(text: str, scene: Scene, path: str) -> bool:
    """Tell whether typing this text would leave the dossier as it is."""
    return _same(typed(scene.dossier, path, plain(text), scene.today), scene.dossier, path)


def _same(one: Dossier, other: Dossier, path: str) -> bool:
    return value_at(one, path) == value_at(other, path) and one.unread.get(path) == other.unread.get(path)


class LinesField(Field):
    """An address: a line under the other, one more than are filled."""

    def __init__(self, path: str, title: str = "") -> None:
        super().__init__(path, title)
        self._box = QWidget()
        self._rows = QVBoxLayout(self._box)
        space(self._rows, 4)
        self.lines: list[Line] = []
        for _ in range(_LINES_SHOWN):
            self._add()
        self._label.setBuddy(self.lines[0])
        self.place(self._box)

    def _add(self) -> None:
        number = len(self.lines) + 1
        line = Line(self.title if number == 1 else f"{self.title}, ligne {number}")
        line.textChanged.connect(self._changed)
        line.manners.entered.connect(self.enter)
        line.manners.left.connect(self.leave)
        self.lines.append(line)
        self._rows.addWidget(line)
        line.show()

    def _changed(self) -> None:
        self.typed.emit(self.path, "\n".join(line.text() for line in self.lines))

    def write(self, scene: Scene) -> None:
        """Rewrite the lines if they mean something else."""
        said: tuple[str, ...] = value_at(scene.dossier, self.path) or ()
        while len(self.lines) < min(len(said) + 1, _LINES):
            self._add()
        texts = [line.text() for line in self.lines if line.text().strip()]
        if scene.typing == self.path:  # a space at the end may be the one before the next word
            texts = [text for text in map(cleaned, texts) if text]
        if tuple(texts) == said:
            return
        for index, line in enumerate(self.lines):
            with QSignalBlocker(line):
                line.setText(said[index] if index < len(said) else "")

    def mark(self, state: str, description: str) -> None:
        """Draw and describe the first line: it is the one that must be there."""
        for index, line in enumerate(self.lines):
            set_state(line, state if index == 0 else "")
            line.setAccessibleDescription(description)

    def focus_in(self) -> None:
        """Put the focus in the first line."""
        self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
