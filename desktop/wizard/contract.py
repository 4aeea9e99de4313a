"""Mes informations contractuelles: the sections that the convention asks, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.wizard.form import Sections, join
from desktop.wizard.page import Page

if TYPE_CHECKING:
    from desktop.desk.scene import Scene
    from desktop.fields.base import Field


class ContractPage(Page):
    """A step that is a list of fields."""

    def __init__(self, step: str = "contract") -> None:
        super().__init__(step, "Ce qui n’est pas facultatif est nécessaire au bulletin, ou peut attendre s’il le dit.")
        self.sections = Sections()
        join(self.sections, self)
        self.column.addWidget(self.sections)
        self.column.addStretch(1)

    def draw(self, scene: Scene) -> None:
        """Show the sections."""
        self.sections.draw(scene, scene.asks(self.step))

    def field(self, path: str) -> Field | None:
        """Give the field of a path."""
        return self.sections.field(path)
