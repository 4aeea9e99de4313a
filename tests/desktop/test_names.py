"""What a screen reader says: everything that takes the focus has a name, on every screen; Tab goes through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from desktop.desk.scene import STEP_IDS
from desktop.widgets.dialogs import Dialog
from desktop.widgets.focus import first_ring

if TYPE_CHECKING:
    from tests.desktop.conftest import Desktop


def focusable(window: QWidget) -> list[QWidget]:
    """Give what is on screen and takes the focus by Tab."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]  # fmt: skip


def nameless(window: QWidget) -> list[str]:
    """Give those that a screen reader could not call by a name."""
    found = []
    for widget in focusable(window):
        read = QAccessible.queryAccessibleInterface(widget)
        if read is None or not read.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def test_every_control_has_a_name(closed: Desktop, opened: Desktop) -> None:
    """The gate, the list, each step, the preview."""
    window = opened.window
    assert nameless(window) == []
    window.begin()
    opened.wait(lambda: window.wizard is not None)
    for step in STEP_IDS:
        window.wizard.go(step)  # type: ignore[union-attr]
        QApplication.processEvents()
        assert nameless(window) == [], step
    opened.preview()
    QApplication.processEvents()
    assert nameless(window) == []
    window.lock()
    assert nameless(closed.window) == []


def test_every_control_of_the_dialogues_has_a_name(opened: Desktop) -> None:
    """Settings, help, keys, and what the options open."""
    window = opened.window
    for show in (
        window.settle, window.help, window.keys, window.guard.ask_passphrase, window.guard.ask_recovery,
        window.guard.ask_auto_lock,
    ):  # fmt: skip
        show()
        QApplication.processEvents()
        shown = next(dialog for dialog in window.findChildren(Dialog) if dialog.isVisible())
        assert nameless(shown) == [], shown.windowTitle()
        assert shown.accessibleName()
        shown.reject()
        QApplication.processEvents()


def test_tab_goes_through_the_list_and_comes_back(opened: Desktop) -> None:
    """Each control of the screen once, each with its ring, and then the first again."""
    opened.window.guard._noted()
    QApplication.processEvents()
    expected = {w for w in focusable(opened.window) if not isinstance(w, QAbstractScrollArea)}
    opened.home.start()
    seen: list[QWidget] = []
    for _ in range(40):
        widget = QApplication.focusWidget()
        assert widget is not None
        if widget in seen:
            break
        seen.append(widget)
        ring = first_ring(opened.window)
        assert ring is not None
        assert ring.isVisible(), widget
        opened.key(Qt.Key.Key_Tab)
    assert expected <= set(seen)
    places = [widget.mapTo(opened.window, widget.rect().topLeft()) for widget in seen]
    assert places[0].y() > 48  # begins in the page, and comes to the bar at the end
