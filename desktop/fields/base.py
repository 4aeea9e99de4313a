"""What every field does: a label, a control, and one place for the hint or what is to be said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from desktop.desk.scene import MISSING, Scene, spoken
from desktop.fields.message import Message
from desktop.widgets.reading import announce
from desktop.widgets.style import label, space
from forms.dossier.fields import field_at
from forms.dossier.paths import value_at

if TYPE_CHECKING:
    from forms.assessment.answer import Ask, Issue

_UNSAID = {"may_wait": "peut attendre", "optional": "facultatif", "required": ""}


class Field(QWidget):
    """One fact on screen.

    It keeps nothing but what was typed in its control: ``draw`` puts in the dossier's fact when the text on screen
    means something else, and decides what may be said. It speaks when it has been left, or when the step was asked.
    """

    typed = Signal(str, str)
    """Path and text: someone is typing."""
    edited = Signal(str, object)
    """Path and value: an answer was chosen."""
    visited = Signal(str)
    left = Signal(str)

    def __init__(self, path: str, title: str = "") -> None:
        """Make the field of a path; ``title`` stands for the model's."""
        super().__init__()
        self.path = path
        self.title = title or field_at(path).title
        self.was_left = False
        self._leaving = False
        self._code = ""
        # Columns are equal whatever is in them: a field takes the width it is given.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(self)
        space(self._column, 4)
        self._label = label(self.title, "label", wrap=True)
        self._column.addWidget(self._label)
        self.message = Message()

    def place(self, control: QWidget) -> None:
        """Put the control between the label and the message."""
        self._column.addWidget(control)
        self._column.addWidget(self.message)
        self._column.addStretch(1)

    def enter(self) -> None:
        """Take note that the focus came in."""
        self.visited.emit(self.path)

    def leave(self) -> None:
        """Take note that the focus went: from now on the field may speak."""
        self.was_left = self._leaving = True
        self.left.emit(self.path)
        self._leaving = False

    def draw(self, scene: Scene, ask: Ask) -> None:
        """Show the fact and what may be said of it."""
        self.write(scene)
        issue = scene.at(self.path)
        if not self._may_say(issue, scene, ask):
            issue = None
        before, self._code = self._code, issue.code if issue else ""
        text, role, state = _words(issue, ask, empty=is_empty(scene, self.path))
        self.message.say(text, role)
        self.mark(state, text)
        if state and self._code != before and (self._leaving or self._has_focus()):
            announce(self.message, f"{self.title}\u00a0: {text}")  # elsewhere it is read when one comes there

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _may_say(self, issue: Issue | None, scene: Scene, ask: Ask) -> bool:
        if issue is None or (issue.code == MISSING and issue.severity != "error"):
            return False  # the hint already says that it can wait
        if scene.typing:  # what stands already may stay until it is mended; nothing new is said
            return issue.code == self._code
        if issue.code == MISSING:
            return self.was_left or ask.step in scene.asked
        return True

    def write(self, scene: Scene) -> None:
        """Put the dossier's fact into the control where what is there means something else."""
        raise NotImplementedError

    def mark(self, state: str, description: str) -> None:
        """Draw the control as ``error``, ``attention`` or plain, and describe it to a screen reader."""
        raise NotImplementedError

    def focus_in(self) -> None:
        """Put the focus on the control."""
        raise NotImplementedError


def is_empty(scene: Scene, path: str) -> bool:
    """Tell whether nothing was said at a path, readable or not."""
    return value_at(scene.dossier, path) in (None, ()) and path not in scene.dossier.unread


def _words(issue: Issue | None, ask: Ask, *, empty: bool) -> tuple[str, str, str]:
    """Give the text under a field, its role, and the state of its control."""
    if issue is None or issue.severity == "info":
        hint = ", ".join(part for part in (_UNSAID[ask.need] if empty else "", ask.hint) if part)
        return (issue.message if issue else hint[:1].upper() + hint[1:]), "second", ""
    if issue.code == MISSING:
        return spoken(issue), "attention", "attention"
    if issue.severity == "error":
        return spoken(issue), "error", "error"
    return f"À vérifier : {spoken(issue)}", "attention", "attention"
