"""What stands on the screen, as ``tests.keyboard`` looks at it before the next key; in the program's own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QLineEdit, QMenu, QTabBar, QWidget

from desktop.fields.base import Field
from desktop.wizard.formula import FormulaField
from forms.dossier.reading import dossier_to_json
from tests.keyboard import Seen

if TYPE_CHECKING:
    from desktop.window import MainWindow


def look(window: MainWindow) -> Seen:
    """Look at the window and at what has the focus."""
    widget = QApplication.activePopupWidget() or QApplication.focusWidget()
    front = QApplication.activeWindow()
    page = window.stack.currentWidget()
    wizard = window.wizard if window.wizard is page else None
    field = field_of(widget)
    screens = {id(window.gate): "gate", id(window.home): "home", id(window.wizard): "wizard"}
    return Seen(
        window=front.windowTitle() if front is not None else "",
        screen=screens.get(id(page), type(page).__name__),
        step=wizard.step if wizard else "",
        path=field.path if field else "",
        control=control_of(widget, field),
        name=widget.accessibleName() if widget is not None else "",
        value=value_of(widget),
        described=widget.accessibleDescription() if widget is not None else "",
        inside=bool(wizard and widget is not None and wizard.page.isAncestorOf(widget)),
        kept=window.bar.kept.text(),
        said=dossier_to_json(wizard.session.dossier) if wizard else "",
    )


def field_of(widget: QWidget | None) -> Field | None:
    """Give the field that a control stands in."""
    while widget is not None and not isinstance(widget, Field):
        widget = widget.parentWidget()
    return widget


def control_of(widget: QWidget | None, field: Field | None) -> str:
    """Say what kind of control has the focus, as ``Seen.control`` does."""
    if isinstance(field, FormulaField):
        return "cards"
    kinds = (
        (QMenu, "menu"),
        (QTabBar, "tabs"),
        (QComboBox, "list"),
        (QCheckBox, "tick"),
        (QAbstractButton, "button"),
        (QWidget, "other"),
    )
    return next((word for kind, word in kinds if isinstance(widget, kind)), "")


def value_of(widget: QWidget | None) -> str:
    """Give the words that stand in a control."""
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QTabBar):
        return widget.tabText(widget.currentIndex())
    if isinstance(widget, QMenu):
        return widget.activeAction().text() if widget.activeAction() else ""
    return widget.text() if isinstance(widget, (QAbstractButton, QLineEdit)) else ""
