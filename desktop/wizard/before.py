"""Avant de commencer: the papers to have at hand, and the documents that are handed over with their day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from desktop.fields.base import Field
from desktop.fields.controls import Line, Manners
from desktop.fields.text import plain
from desktop.widgets.style import button, fix, label, set_role, set_state, space
from desktop.wizard.form import Sections, join
from desktop.wizard.page import Page
from forms.dossier.entry import shown, typed
from forms.dossier.paths import edited, value_at

if TYPE_CHECKING:
    import datetime as dt

    from desktop.desk.scene import Scene
    from forms.dossier.model import Dossier

_HANDED = "acknowledgements."


class HandedField(Field):
    """A document handed over: a tick, which sets today's date, and the date, which can be typed over."""

    def __init__(self, path: str, title: str) -> None:
        super().__init__(path, title)
        self._label.hide()
        self.message.lines = 1
        self.tick = QCheckBox(title)
        Manners(self.tick)
        self.line = Line(f"{title}, remis le")
        self.line.setPlaceholderText("jj/mm/aaaa")
        fix(self.line, width=130)
        row = QHBoxLayout()
        space(row, 12)
        row.addWidget(self.tick, 1)
        row.addWidget(label("remis le", "second"))
        row.addWidget(self.line)
        self._column.addLayout(row)
        self._column.addWidget(self.message)
        self._today: dt.date | None = None
        self.tick.toggled.connect(lambda on: self.edited.emit(self.path, self._today if on else None))
        self.line.textChanged.connect(lambda text: self.typed.emit(self.path, plain(text)))
        self.line.manners.entered.connect(self.enter)
        self.line.manners.left.connect(self.leave)

    def write(self, scene: Scene) -> None:
        """Show the tick and the date."""
        self._today = scene.today
        with QSignalBlocker(self.tick):
            self.tick.setChecked(value_at(scene.dossier, self.path) is not None)
        same = typed(scene.dossier, self.path, plain(self.line.text()), scene.today) == scene.dossier
        text = shown(scene.dossier, self.path)
        if text != self.line.text() and not (same and self.line.hasFocus()):
            with QSignalBlocker(self.line):
                self.line.setText(text)

    def mark(self, state: str, description: str) -> None:
        """Draw and describe the line."""
        set_state(self.line, state)
        self.tick.setAccessibleDescription(description)
        self.line.setAccessibleDescription(description)

    def focus_in(self) -> None:
        """Put the focus on the tick."""
        self.tick.setFocus(Qt.FocusReason.OtherFocusReason)


class BeforePage(Page):
    """The preparation."""

    def __init__(self) -> None:
        super().__init__("before", "À réunir et à remettre avant de remplir le bulletin.")
        self.papers = QFrame()
        set_role(self.papers, "card")
        self._papers = QVBoxLayout(self.papers)
        space(self._papers, 8, (16, 16, 16, 16))
        self._papers.addWidget(label("À avoir sous la main", "heading"))
        self._told: tuple[str, ...] = ()
        self.column.addWidget(self.papers)
        self.handed = QFrame()
        set_role(self.handed, "card")
        rows = QVBoxLayout(self.handed)
        space(rows, 8, (16, 16, 16, 8))
        head = QHBoxLayout()
        head.addWidget(label("Documents remis à l’agent", "heading"), 1)
        self.all_today = button("Tout remis aujourd’hui")
        head.addWidget(self.all_today)
        rows.addLayout(head)
        self._rows = QVBoxLayout()
        space(self._rows, 4)
        rows.addLayout(self._rows)
        self.column.addWidget(self.handed)
        self.sections = Sections()
        join(self.sections, self)
        self.column.addWidget(self.sections)
        self.column.addStretch(1)
        self.fields: dict[str, HandedField] = {}
        self.all_today.clicked.connect(self._hand_all)
        self._today: dt.date | None = None

    def draw(self, scene: Scene) -> None:
        """Show the papers, and the documents with their dates."""
        self._today = scene.today
        if self._told != scene.convention.before:
            self._told = scene.convention.before
            for text in self._told:
                self._papers.addWidget(label(f"•  {text}", "text", wrap=True))
        self.papers.setVisible(bool(self._told))
        asks = scene.asks(self.step)
        handed = [ask for ask in asks if ask.path.startswith(_HANDED)]
        names = {f"{_HANDED}{document.key}": document.label for document in scene.convention.handed_over}
        for ask in handed:
            if ask.path not in self.fields:
                self._add(ask.path, names.get(ask.path, ""))
            self.fields[ask.path].draw(scene, ask)
        for path, field in self.fields.items():
            field.setVisible(path in {ask.path for ask in handed})
        self.handed.setVisible(bool(handed))
        self.sections.draw(scene, [ask for ask in asks if not ask.path.startswith(_HANDED)])

    def _add(self, path: str, name: str) -> None:
        field = HandedField(path, name)
        self.fields[path] = field
        for signal in ("typed", "edited", "visited", "left"):
            getattr(field, signal).connect(getattr(self, signal))
        self._rows.addWidget(field)

    def _hand_all(self) -> None:
        self.act(partial(_handed, paths=tuple(self.fields), today=self._today), "Documents remis", "acknowledgements")

    def field(self, path: str) -> Field | None:
        """Give the field of a path."""
        return self.fields.get(path) or self.sections.field(path)


def _handed(dossier: Dossier, paths: tuple[str, ...], today: dt.date | None) -> Dossier:
    """Give the dossier with today's date on each document that has none."""
    for path in paths:
        if value_at(dossier, path) is None:
            dossier = edited(dossier, path, today)
    return dossier
