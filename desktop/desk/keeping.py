"""Between the window and the thread that keeps the drafts: its callbacks become signals of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.desk.ending import Ending
from desktop.widgets.work import Answers
from forms.drafts.keeper import Keeper
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds that the window waits for the disk before it says that something is not kept, or stays locked."""


class Keeping(QObject):
    """The keeper as the window sees it. Every signal arrives on the window's thread."""

    saved = Signal(str, object)
    """A reference and the time (with its zone) at which it was committed."""
    failed = Signal(str, object)
    """A reference and the Fault that kept it from being committed."""
    refused = Signal(object)
    """The Fault of a question that gave no one to tell it to."""

    def __init__(
        self, folder: Path, key: bytes, clock: Callable[[], dt.datetime], parent: QObject | None = None
    ) -> None:
        """Open the drafts of ``folder`` with the 32-byte key.

        Raises:
            Fault: see ``Keeper``.
        """
        super().__init__(parent)
        self.ending: Ending | None = None
        """What is left to end once it was closed."""
        self._answers = Answers(self)
        self._keeper = Keeper(folder, key, clock=clock, on_saved=self._on_saved, on_failed=self._on_failed)

    def save(self, draft: Draft) -> None:
        """Hand over a draft; ``saved`` or ``failed`` follows. Never waits."""
        self._keeper.save(draft)

    def ask(
        self,
        question: Callable[[DraftStore], T],
        then: Callable[[T], object] = lambda _answer: None,
        refused: Callable[[Fault], object] | None = None,
    ) -> None:
        """Run ``question`` on the keeper's thread, after what was handed over before it; ``then`` takes the answer."""
        self._answers.when(self._keeper.ask(question), then, refused or self.refused.emit)

    def delete(self, reference: str, then: Callable[[], object]) -> None:
        """Take a draft away, and what was still to be kept of it."""
        self._answers.when(self._keeper.delete(reference), lambda _none: then(), self.refused.emit)

    def flush(self) -> bool:
        """Wait until all is on the disk; False when something is not, after ``PATIENCE`` at most."""
        return self._keeper.flush(PATIENCE)

    def retry(self) -> None:
        """Try again what is not on the disk, without waiting."""
        self._keeper.flush(0.0)

    def unsaved(self) -> tuple[str, ...]:
        """Give the references of which something is not on the disk."""
        return self._keeper.unsaved()

    def close(self, *, backup: bool, patience: float) -> Fault | None:
        """Flush, make the backup that is due if asked, close the database and give the folder back.

        Gives what kept the backup from being made. The window waits ``patience`` seconds at most: what takes longer
        goes on behind it.
        """
        made = self._keeper.backup_if_due() if backup else None
        self.ending = Ending(self._keeper, made)
        self._keeper.close(patience)
        return self.ending.fault()

    # On the keeper's thread, which may outlive the window.

    def _on_saved(self, reference: str, saved_at: dt.datetime) -> None:
        self._answers.hand(lambda: self.saved.emit(reference, saved_at))

    def _on_failed(self, reference: str, fault: Fault) -> None:
        self._answers.hand(lambda: self.failed.emit(reference, fault))
