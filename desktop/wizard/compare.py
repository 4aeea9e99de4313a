"""Under the formulas, what they differ in: on real cares, guarantee by guarantee, and what another family would pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QFrame, QTabBar, QVBoxLayout, QWidget

from desktop.widgets.style import label, set_role, space
from desktop.wizard.compare_cares import CaresPanel
from desktop.wizard.compare_guarantees import GuaranteesPanel
from desktop.wizard.compare_if import IfPanel

if TYPE_CHECKING:
    from desktop.desk.scene import Scene
    from forms.assessment.supposing import Supposition
    from forms.convention import Convention
    from forms.convention.model import Formula

TABS = {"cares": "Sur des soins réels", "guarantees": "Garantie par garantie", "if": "Et si…"}


class Compare(QWidget):
    """The tabs that have something to show; without guarantees to show, the convention's note says where they are."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        space(column, 12)
        self.note = QFrame()
        set_role(self.note, "card")
        note = QVBoxLayout(self.note)
        space(note, 4, (16, 12, 16, 12))
        note.addWidget(label("Garanties", "label"))
        self.note_text = label("", "text", wrap=True)
        note.addWidget(self.note_text)
        column.addWidget(self.note)
        head = QVBoxLayout()
        space(head, 0)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("Comparer les formules")
        rule = QFrame()
        set_role(rule, "rule")
        head.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(rule)
        column.addLayout(head)
        self.cares, self.guarantees, self.what_if = CaresPanel(), GuaranteesPanel(), IfPanel()
        self.panels: dict[str, QWidget] = {"cares": self.cares, "guarantees": self.guarantees, "if": self.what_if}
        for panel in self.panels.values():
            column.addWidget(panel)
            panel.hide()
        self.tabs.currentChanged.connect(self._turn)
        self._shown: tuple[Scene, tuple[Formula, ...]] | None = None

    @property
    def tab(self) -> str:
        """Give which tab is open."""
        return str(self.tabs.tabData(self.tabs.currentIndex()) or "")

    def draw(self, scene: Scene, formulas: tuple[Formula, ...]) -> None:
        """Compare these formulas for a scene; only the panel on screen is drawn."""
        self._shown = (scene, formulas)
        held = holds(scene.convention)
        if [self.tabs.tabData(index) for index in range(self.tabs.count())] != held:
            with QSignalBlocker(self.tabs):
                while self.tabs.count():
                    self.tabs.removeTab(0)
                for key in held:
                    self.tabs.setTabData(self.tabs.addTab(TABS[key]), key)
        self.note.setVisible("guarantees" not in held and bool(scene.convention.guarantees_note))
        self.note_text.setText(scene.convention.guarantees_note)
        self._turn()

    def _turn(self) -> None:
        if self._shown is None:
            return
        scene, formulas = self._shown
        tab = self.tab
        if tab == "cares":
            self.cares.draw(scene.convention, formulas, scene.dossier.formula)
        elif tab == "guarantees":
            self.guarantees.draw(scene.convention, formulas, scene.dossier.formula)
        elif tab == "if":
            self.what_if.draw(scene, formulas)
        for key, panel in self.panels.items():
            panel.setVisible(key == tab)

    def suppose(self, what: Supposition) -> None:
        """Open « Et si… » on a supposition."""
        place = next(index for index in range(self.tabs.count()) if self.tabs.tabData(index) == "if")
        self.tabs.setCurrentIndex(place)
        self.what_if.suppose(what)

    def reset(self) -> None:
        """Forget what was supposed: the step is left."""
        if self._shown is not None:
            self.what_if.reset()


def holds(convention: Convention) -> list[str]:
    """Give the tabs that a convention can fill."""
    held = {"cares": bool(convention.cares), "guarantees": bool(convention.guarantees), "if": True}
    return [key for key, has in held.items() if has]
