"""Damaged drafts, or those of a later version, found at unlocking: said, mended by what can be; nothing is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.widgets.dialogs import Dialog, confirm, tell
from desktop.widgets.style import label
from desktop.widgets.work import Answers
from forms.drafts.opening import NewerDrafts, put_right

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from forms.drafts.backups import Backup
    from forms.drafts.opening import DamagedDrafts

TITLE = "Les dossiers de cet ordinateur sont abîmés"
NEWER = "Ces dossiers sont d’une version plus récente de Permanence"
LATER, ANEW, RESTORE = "Plus tard", "Recommencer à vide", "Remettre la sauvegarde"


class Repair(QObject):
    """Serves the damaged drafts of one folder, once; what it does is done away from the window's thread."""

    mended = Signal()
    """The drafts of the folder can be opened."""
    refused = Signal(object)
    """The Fault that kept them from being mended."""

    def __init__(
        self, window: QWidget, folder: Path, key: bytes, found: DamagedDrafts, now: Callable[[], dt.datetime]
    ) -> None:
        """Stand beside ``window``; nothing is said yet."""
        super().__init__(window)
        self._window, self._folder, self._key, self._found, self._now = window, folder, key, found, now
        self._answers = Answers(self)
        self._is_newer = isinstance(found, NewerDrafts)

    def offer(self) -> Dialog:
        """Say what was found, and offer the last good backup or an empty list."""
        backup = self._found.backup
        asked = Dialog(self._window, NEWER if self._is_newer else TITLE, self._found.line, width=560)
        if backup is not None:
            asked.body.addWidget(label("Ce qui a été saisi depuis cette sauvegarde n’y est pas.", wrap=True))
        kept = "Le fichier d’aujourd’hui" if self._is_newer else "Ce qui reste du fichier"
        asked.body.addWidget(label(f"{kept} est mis de côté : rien n’est effacé.", wrap=True))
        later = asked.add_button(LATER, "secondary", asked.reject)
        asked.rejected.connect(self.deleteLater)
        if backup is None:
            asked.add_button(ANEW, "primary", lambda: self._do(asked, None))
            later.setFocus()
        elif self._is_newer:
            asked.add_button(RESTORE, "secondary", lambda: self._do(asked, backup))
            later.setFocus()
        else:
            asked.add_button(ANEW, "secondary", lambda: self._confirm(asked))
            asked.add_button(RESTORE, "primary", lambda: self._do(asked, backup)).setFocus()
        asked.open()
        return asked

    def _confirm(self, asked: Dialog) -> None:
        confirm(
            asked, "Recommencer avec une liste vide ?",
            "Le fichier abîmé et les sauvegardes restent sur le disque, mais Permanence ne les proposera plus.",
            "Recommencer", lambda: self._do(asked, None), danger=True,
        )  # fmt: skip

    def _do(self, asked: Dialog, backup: Backup | None) -> None:
        asked.accept()
        folder, key, now = self._folder, self._key, self._now()
        done = f"La sauvegarde du {backup.said} est remise" if backup else "La liste recommence à vide"
        self._answers.work(
            lambda: put_right(folder, key, backup, now), lambda aside: self._mended(done, aside), self._refused
        )

    def _mended(self, done: str, aside: Path | None) -> None:
        self.mended.emit()
        kept = "plus récent" if self._is_newer else "abîmé"
        tell(self._window, done, f"Le fichier {kept} est gardé ici : {aside}" if aside else "")
        self.deleteLater()

    def _refused(self, fault: object) -> None:
        self.refused.emit(fault)
        self.deleteLater()
