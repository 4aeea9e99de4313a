"""The zoom and the theme that the user chose, kept with the drafts and taken again when they open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.widgets.style import tokens

if TYPE_CHECKING:
    from desktop.desk.desk import Desk
    from desktop.widgets.style import Style

SETTING = "display"


class Remembering(QObject):
    """Follows the style for as long as the drafts are open."""

    def __init__(self, desk: Desk, style: Style) -> None:
        """Take what was kept, then keep what changes."""
        super().__init__(desk)
        self._desk, self._style = desk, style
        self._kept: object = None
        desk.ask_setting(SETTING, self._take)

    def _take(self, kept: object) -> None:
        restored(self._style, kept)
        self._kept = self._now()
        self._style.changed.connect(self._keep)

    def _now(self) -> dict[str, object]:
        return {"theme": self._style.chosen, "zoom": self._style.chosen_zoom}

    def _keep(self) -> None:
        if self._desk.is_open and self._now() != self._kept:
            self._kept = self._now()
            self._desk.keep_setting(SETTING, self._kept)


def restored(style: Style, kept: object) -> None:
    """Take the zoom and the theme of the setting; what says nothing of them changes nothing."""
    if isinstance(kept, dict):
        theme, zoom = kept.get("theme"), kept.get("zoom")
        if theme in tokens()["themes"] and theme != style.chosen:
            style.choose(theme)
        if isinstance(zoom, int) and zoom != style.chosen_zoom:
            style.zoom_to(zoom)
