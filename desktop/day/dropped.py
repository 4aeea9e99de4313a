"""A page over the list on which files may be dropped, as well as chosen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.day.actions import DayPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QDragEnterEvent, QDropEvent


class DroppedOn(DayPage):
    """``wants`` says whether files of this machine are taken now, ``take`` takes them."""

    def __init__(self) -> None:
        """Take files from the start."""
        super().__init__()
        self.setAcceptDrops(True)

    def wants(self, paths: Sequence[Path]) -> bool:
        """Tell whether these would be taken."""
        return bool(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Read what was dropped."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what is wanted."""
        if self.wants(_files(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what is dropped."""
        event.acceptProposedAction()
        self.take(_files(event))


def _files(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
