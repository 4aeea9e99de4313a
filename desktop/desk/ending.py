"""Drafts that were closed and whose last backup takes longer: it goes on behind the gate, and is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from forms.faults import Fault

if TYPE_CHECKING:
    from concurrent.futures import Future

    from forms.drafts.backups import Backup
    from forms.drafts.keeper import Keeper

LEAVING = 60.0
"""Seconds that the window waits for the last backup before the program ends, which would cut it short."""
WAITING = "La sauvegarde d’avant le verrouillage se termine : les dossiers s’ouvrent dès qu’elle est faite."


class Ending(NamedTuple):
    """A keeper that was told to close, and the backup that it makes before, if one was due."""

    keeper: Keeper
    made: Future[Backup | None] | None

    @property
    def is_over(self) -> bool:
        """Tell whether the folder is free again."""
        return self.keeper.has_ended

    def wait(self, seconds: float) -> bool:
        """Wait for it, so long at most; tell whether it is over."""
        self.keeper.close(seconds)
        return self.is_over

    def fault(self) -> Fault | None:
        """Give what kept the backup from being made, as far as is known now."""
        error = self.made.exception() if self.made is not None and self.made.done() else None
        if error is None or isinstance(error, Fault):
            return error
        bug = Fault("Erreur interne du programme.")
        bug.__cause__ = error
        return bug
