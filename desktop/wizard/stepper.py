"""The steps: where one is, how each stands in words, and a way to jump to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QSizePolicy, QWidget

from desktop.desk.scene import MISSING, STEPS, Scene
from desktop.widgets.style import button, colour, px, set_role, space, tokens
from desktop.wizard.links import Pressing
from forms.french import plural

if TYPE_CHECKING:
    from collections.abc import Callable

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_COUNTED = len(STEPS) - 1


def state_of(scene: Scene, step: str) -> str:
    """Say in words how a step stands; the last one has nothing of its own to complete."""
    issues = scene.blocking(step)
    wrong = len({(issue.path, issue.code) for issue in issues if issue.code != MISSING})
    if wrong:
        return plural(wrong, "erreur")
    missing = len({issue.path for issue in issues})
    if missing:
        return f"{missing} à compléter"
    if step == "summary":
        return "prêt à imprimer" if scene.assessment.printable else ""
    if step == "beneficiaries" and not scene.dossier.beneficiaries:
        return "aucun"
    if step == "before" and (papers := sum(scene.step_of(i.path) == step for i in scene.waiting())):
        return f"{papers} à remettre"
    return "✓ complet"


class StepButton(QPushButton):
    """One step, drawn as three lines: its number, its name, its state; one line where there is little room."""

    def __init__(self, index: int) -> None:
        super().__init__()
        self.step, self.name = STEPS[index]
        self.number = "Préparation" if index == 0 else f"Étape {index} sur {_COUNTED}"
        self.state = ""
        self.here = False
        self.flat_line = False
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_role(self, "quiet")
        self.setToolTip(f"Ctrl+{index + 1}")
        Pressing(self)

    def show_state(self, state: str, *, here: bool) -> None:
        """Show how the step stands, and whether it is the one on screen."""
        spoken = f"{self.number}, {self.name}{', étape en cours' if here else ''}{f', {state}' if state else ''}"
        self.setAccessibleName(spoken.replace("✓ ", ""))
        if (state, here) != (self.state, self.here):
            self.state, self.here = state, here
            self.updateGeometry()
            self.update()

    def flatten(self, *, flat: bool) -> None:
        """Draw one line rather than three."""
        self.flat_line = flat
        horizontal = QSizePolicy.Policy.Preferred if flat else QSizePolicy.Policy.Ignored
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self.updateGeometry()
        self.update()

    def _lines(self) -> list[tuple[str, int, bool, str]]:
        """Give each line's text, size, weight and colour."""
        sizes = tokens()["type"]
        if self.flat_line:
            number = self.number.split(" ")[1] if self.number.startswith("Étape") else "0"
            state = "✓" if self.state.startswith("✓") else f": {self.state}" if self.state else ""
            short = f"{f'{number}. {self.name}' if self.here else number} {state}".strip()
            return [(short, sizes["text"], self.here, "text" if self.here else "second")]
        lines = [
            (self.number, sizes["small"], False, "second"),
            (self.name, sizes["text"], self.here, "text" if self.here else "second"),
            (self.state, sizes["small"], False, "second"),
        ]
        return lines if self.state else lines[:2]

    def _font(self, size: int, *, strong: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(px(size))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def _height(self, text: str, font: QFont, width: int) -> int:
        return QFontMetrics(font).boundingRect(0, 0, max(1, width), 10_000, _WRAP, text).height() + px(2)

    def sizeHint(self) -> QSize:
        """Give the height of the lines at the width in use."""
        if self.flat_line:
            text, size, strong, _ = self._lines()[0]
            metrics = QFontMetrics(self._font(size, strong=strong))
            return QSize(metrics.horizontalAdvance(text) + px(22), px(40))
        width = (self.width() or px(216)) - px(40)
        heights = [self._height(t, self._font(s, strong=b), width) for t, s, b, _ in self._lines()]
        return QSize(px(216), sum(heights) + px(22))

    def minimumSizeHint(self) -> QSize:
        """Give the same in the column; on one line a step may be cut, its accessible name is whole."""
        return QSize(px(36), px(40)) if self.flat_line else self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, and the step on screen on its ground with an accent at its side."""
        del event
        painter = QPainter(self)
        if self.here or self.underMouse():
            painter.fillRect(self.rect(), colour("chosen" if self.here else "over"))
        if self.here:
            side = self.rect().adjusted(0, self.height() - px(3), 0, 0) if self.flat_line else self.rect()
            painter.fillRect(side.adjusted(0, 0, 0 if self.flat_line else px(3) - side.width(), 0), colour("accent"))
        left, top = px(24), px(10)
        if self.flat_line:
            text, size, strong, ink = self._lines()[0]
            painter.setFont(self._font(size, strong=strong))
            painter.setPen(colour(ink))
            area = self.rect().adjusted(px(10), 0, -px(8), 0)
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
            painter.end()
            return
        for text, size, strong, ink in self._lines():
            font = self._font(size, strong=strong)
            painter.setFont(font)
            painter.setPen(colour(ink))
            width = self.width() - left - px(16)
            height = self._height(text, font, width)
            painter.drawText(QRectF(left, top, width, height + px(4)), _WRAP, text)
            top += height
        painter.end()


class Stepper(QFrame):
    """The column of steps; one line on top where the window is narrow."""

    chosen = Signal(str)
    leaving = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "panel")
        self.setProperty("side", "left")
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        space(self._box, 0, (0, 24, 1, 16))
        self.buttons = [StepButton(index) for index in range(len(STEPS))]
        for step in self.buttons:
            step.clicked.connect(self._choosing(step.step))
            self._box.addWidget(step)
        self._box.addStretch(1)
        self.leave_button = button("Revenir aux dossiers", "link-second")
        self.leave_button.clicked.connect(self.leaving)
        Pressing(self.leave_button)
        self._foot = QWidget()
        foot = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._foot)
        space(foot, 0, (24, 0, 16, 0))
        foot.addWidget(self.leave_button)
        foot.addStretch(1)
        self._box.addWidget(self._foot)
        self.setAccessibleName("Étapes")

    def _choosing(self, step: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(step)

    def draw(self, scene: Scene, here: str) -> None:
        """Show how every step stands."""
        for step in self.buttons:
            step.show_state(state_of(scene, step.step), here=step.step == here)

    def flatten(self, *, flat: bool) -> None:
        """Lie down along the top, or stand at the left."""
        direction = QBoxLayout.Direction.LeftToRight if flat else QBoxLayout.Direction.TopToBottom
        self._box.setDirection(direction)
        space(self._box, 0, (12, 0, 12, 0) if flat else (0, 24, 1, 16))
        self._foot.setVisible(not flat)
        vertical = QSizePolicy.Policy.Fixed if flat else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        for step in self.buttons:
            step.flatten(flat=flat)
