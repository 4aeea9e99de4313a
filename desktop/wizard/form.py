"""A form: the fields of what is asked in one section, laid out in thirds, made and taken away as rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.fields.making import THIRDS, make_field, span_of
from desktop.widgets.reading import read_in_order
from desktop.widgets.style import label, px, set_role, space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from desktop.desk.scene import Scene
    from desktop.fields.base import Field
    from forms.assessment.answer import Ask

_NARROW = 560
_VERY_NARROW = 330
"""Logical pixels under which fields stand in halves, then under one another, rather than in thirds."""


class Asking(QWidget):
    """What holds fields: what each of them says comes out of it."""

    typed = Signal(str, str)
    edited = Signal(str, object)
    visited = Signal(str)
    left = Signal(str)
    lost_focus = Signal()
    """The field that had the focus is not asked any more."""


class Form(Asking):
    """Fields by path. A field stays the same widget, with its focus and text, as long as it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._spans: dict[str, int] = {}
        self._across = THIRDS
        self._grid = QGridLayout(self)
        space(self._grid, 12)

    def draw(self, scene: Scene, asks: Sequence[Ask]) -> bool:
        """Show these fields; tell whether they are others than before."""
        paths = [ask.path for ask in asks]
        other = paths != list(self.fields)
        if other:
            self._change(scene, paths)
        for ask in asks:
            self.fields[ask.path].draw(scene, ask)
        spans = {path: span_of(field, scene) for path, field in self.fields.items()}
        if other or spans != self._spans:
            self._spans = spans
            self._lay()
        return other

    def _change(self, scene: Scene, paths: list[str]) -> None:
        focused = QApplication.focusWidget()
        kept = {path: field for path, field in self.fields.items() if path in paths}
        going = [field for path, field in self.fields.items() if path not in paths]
        for field in going:
            field.blockSignals(True)  # the focus leaves it, or passes by, as it goes: nobody visits it
        if focused is not None and any(field.isAncestorOf(focused) for field in going):
            self.lost_focus.emit()
        for field in going:
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = {path: kept.get(path) or self._made(path, scene) for path in paths}

    def _made(self, path: str, scene: Scene) -> Field:
        field = make_field(path, scene)
        join(field, self)
        return field

    def _lay(self) -> None:
        for field in self.fields.values():
            self._grid.removeWidget(field)
        for column in range(THIRDS):
            self._grid.setColumnStretch(column, 1 if column < self._across else 0)
        row = column = 0
        for path, field in self.fields.items():
            span = min(self._spans[path], self._across)
            if column + span > self._across:
                row, column = row + 1, 0
            self._grid.addWidget(field, row, column, 1, span)
            field.show()  # a layout shows what is added to it only later: the focus would pass it by
            column += span
        read_in_order(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the fields more columns where there is less room."""
        super().resizeEvent(event)
        width = event.size().width()
        across = 1 if width < px(_VERY_NARROW) else 2 if width < px(_NARROW) else THIRDS
        if across != self._across:
            self._across = across
            self._lay()


class Sections(Asking):
    """The forms of one step, each section in its card."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, Form] = {}
        self._cards: dict[str, QFrame] = {}
        self._column = QVBoxLayout(self)
        space(self._column, 16)

    def draw(self, scene: Scene, asks: Sequence[Ask]) -> bool:
        """Show what is asked, section by section; tell whether fields came or went."""
        sections: dict[str, list[Ask]] = {}
        for ask in asks:
            sections.setdefault(ask.section, []).append(ask)
        other = False
        self.setVisible(bool(sections))
        for section in sections:
            if section not in self.forms:
                self._add(section)
        for section, form in self.forms.items():
            other |= form.draw(scene, sections.get(section, []))
            self._cards[section].setVisible(section in sections)
        for index, section in enumerate(sections):
            if self._column.indexOf(self._cards[section]) != index:
                self._column.removeWidget(self._cards[section])
                self._column.insertWidget(index, self._cards[section])
        read_in_order(self)
        return other

    def _add(self, section: str) -> None:
        card = QFrame()
        set_role(card, "card")
        column = QVBoxLayout(card)
        space(column, 12, (16, 16, 16, 4))
        heading = label(section, "heading")
        column.addWidget(heading)
        form = Form()
        join(form, self)
        column.addWidget(form)
        card.setAccessibleName(section)
        self.forms[section] = form
        self._cards[section] = card
        self._column.addWidget(card)

    def field(self, path: str) -> Field | None:
        """Give the field of a path, or of the first path below it."""
        return find_field(list(self.forms.values()), path)


def join(source: QWidget, target: QWidget) -> None:
    """Pass the signals of a field or a form on to what holds it, which has the same; a field has no ``lost_focus``."""
    for name in ("typed", "edited", "visited", "left", "lost_focus"):
        signal = getattr(source, name, None)
        if signal is not None:
            signal.connect(getattr(target, name))


def find_field(forms: Sequence[Form], path: str) -> Field | None:
    """Give the field of a path, else the first field below that path."""
    fields = {key: field for form in forms for key, field in form.fields.items()}
    below = (field for key, field in fields.items() if path and key.startswith(f"{path}."))
    return fields.get(path) or next(below, None)
