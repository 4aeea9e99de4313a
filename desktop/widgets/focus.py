"""The focus ring: one overlay a window, drawn around whatever has the focus, clipped where that scrolls away."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from desktop.widgets.style import Style, colour, px, tokens

_MOVES = {
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange,
    QEvent.Type.LayoutRequest, QEvent.Type.ZOrderChange,
}  # fmt: skip


class FocusRing(QObject):
    """Follows the application's focus; a widget with the property ``no_ring`` shows its focus itself."""

    def __init__(self, app: QApplication, style: Style) -> None:
        """Watch ``app`` from now on."""
        super().__init__(app)
        self._watched: list[QWidget] = []
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._moved)
        style.changed.connect(self._place)
        self._moved(None, QApplication.focusWidget())  # a window that a system activates has one before its paint

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in filter(isValid, self._watched):  # a page that was closed takes its widgets with it
            widget.removeEventFilter(self)
        self._watched = []
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
        self._ring = None
        if new is None or new.isWindow() or new.property("no_ring") or isinstance(new, QMainWindow):
            return
        here: QWidget | None = new
        while here is not None:
            here.installEventFilter(self)
            self._watched.append(here)
            here = None if here.isWindow() else here.parentWidget()
        window = new.window()
        if window.windowFlags() & Qt.WindowType.Popup == Qt.WindowType.Popup:
            return
        self._ring = next(iter(window.findChildren(_Ring)), None) or _Ring(window)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the ring with its control; never takes an event."""
        if event.type() in _MOVES and watched is not self._ring:
            self._place()
        return False

    def _place(self) -> None:
        focused = QApplication.focusWidget()
        ring = self._ring
        if ring is None or not isValid(ring) or focused is None or focused.window() is not ring.parentWidget():
            return
        whole, seen = ring_places(focused)
        ring.surround(whole, seen)
        ring.setVisible(focused.isVisible() and not seen.isEmpty())
        ring.raise_()


def ring_places(focused: QWidget) -> tuple[QRect, QRect]:
    """Give, in the window, the ring's rectangle and the part of it that no scrolled area hides."""
    window = focused.window()
    width = px(tokens()["size"]["ring"])
    out = 2 * width
    control = QRect(focused.mapTo(window, QPoint()), focused.size())
    whole = control.adjusted(-out, -out, out, out)
    seen = whole & window.rect()
    here = focused.parentWidget()
    while here is not None and not here.isWindow():
        above = here.parentWidget()
        if isinstance(above, QAbstractScrollArea) and above.viewport() is here:
            clip = QRect(here.mapTo(window, QPoint()), here.size())
            # A control that is wholly in view keeps its whole ring, even at the edge of what scrolls.
            seen &= clip.adjusted(-out, -out, out, out) if clip.contains(control) else clip
        here = above
    return whole, seen


class _Ring(QWidget):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._whole = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def surround(self, whole: QRect, seen: QRect) -> None:
        self._whole = whole.translated(-seen.topLeft())
        self.setGeometry(seen)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        width = px(tokens()["size"]["ring"])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colour("accent"), width)
        painter.setPen(pen)
        half = width / 2
        radius = px(tokens()["radius"]["field"]) + width
        painter.drawRoundedRect(QRectF(self._whole).adjusted(half, half, -half, -half), radius, radius)
        painter.end()


def first_ring(window: QWidget) -> QWidget | None:
    """Give the ring of a window, for tests and pictures."""
    return cast("QWidget | None", next(iter(window.findChildren(_Ring)), None))
