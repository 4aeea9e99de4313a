"""An update from a USB stick: what it is and who signed it, then asked, then installed; and the way back from it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QFileDialog

from desktop.widgets.dialogs import Dialog, column, confirm, tell
from desktop.widgets.style import button, label
from desktop.widgets.work import Answers
from forms.drafts import editions
from forms.faults import Fault
from forms.french import typeset
from forms.packs import conventions, program
from forms.packs.installing import installed, planned
from forms.packs.place import here

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.day.actions import Day
    from forms.drafts.store import DraftStore
    from forms.packs.installing import Plan
    from forms.packs.place import Place

REFUSED = "La mise à jour n’est pas installée"
_KINDS = "Mises à jour de Permanence (*.pack);;Tous les fichiers (*)"
_MANY = 8  # lines that stand in any window
_WAY_BACK = "« Autres actions », « Installer une mise à jour »"
_FORMER_PROGRAM = (
    "Les dossiers restent. Si la version d’aujourd’hui a changé la façon de les garder, celle d’avant n’en ouvrira "
    "aucun : elle proposera une sauvegarde plus ancienne, sans ce qui a été saisi depuis."
)
_FORMER_EDITIONS = "Les dossiers restent. Un dossier fait avec l’édition d’aujourd’hui le dira à son ouverture."
_RUNNING = "Les brouillons sont sauvegardés, puis la mise à jour est installée. Laissez la clé USB en place…"


class Updating(QObject):
    """One update, from the choice of its file to what is to be done next."""

    def __init__(self, day: Day, place: Place) -> None:
        """Serve a window; nothing is asked yet."""
        super().__init__(day.desk)
        self._day, self._place = day, place
        self._answers = Answers(self)

    def offer(self) -> Dialog:
        """Say what is installed, and offer a file or a step back."""
        said = f"Permanence {self._place.version} est ouvert ici."
        asked = Dialog(self._day.window, "Mettre à jour Permanence", said, width=560)
        asked.body.addWidget(
            label(
                "Une mise à jour est un fichier signé (« .pack »), apporté par exemple sur une clé USB : de nouvelles "
                "conventions, ou le programme. Elle est vérifiée entièrement avant que rien ne change.",
                wrap=True,
            )
        )
        for words, said, back in self._ways_back():
            way = button(words, "link", enter=True)
            way.clicked.connect(partial(self._ask_back, asked, words, said, back))
            asked.body.addWidget(way)
        asked.add_button("Fermer", "secondary", asked.reject)
        asked.add_button("Choisir le fichier…", "primary", partial(self._choose, asked)).setFocus()
        asked.open()
        return asked

    def read(self, path: Path) -> None:
        """Check a file whole, away from the window's thread, then say what it would do."""
        now = self._day.now()
        self._answers.work(lambda: planned(path, self._place, now), self.show, self._refused)

    def show(self, plan: Plan) -> Dialog:
        """Show who signed it and what it changes; install it if asked to."""
        title = "Cette mise à jour est déjà installée" if plan.nothing else "Installer cette mise à jour ?"
        asked = Dialog(self._day.window, title, width=640)
        lines = [label(typeset(line), wrap=True) for line in plan.lines()]
        if len(lines) > _MANY:
            asked.add_scrolled(column(lines))
        else:
            for line in lines:
                asked.body.addWidget(line)
        if plan.nothing:
            asked.add_button("Fermer", "primary", asked.accept).setFocus()
        else:
            asked.add_button("Annuler", "secondary", asked.reject)
            asked.add_button("Installer", "primary", partial(self._install, asked, plan)).setFocus()
        asked.open()
        return asked

    def _choose(self, asked: Dialog) -> None:
        asked.accept()
        dialog = QFileDialog(self._day.window, "Choisir la mise à jour", QDir.rootPath(), _KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.read(Path(path)))
        dialog.open()

    def _install(self, asked: Dialog, plan: Plan) -> None:
        asked.accept()
        busy = Dialog(self._day.window, "Installation en cours", _RUNNING)
        busy.open()
        now = self._day.now()

        def over() -> None:
            busy.accept()

        def done(notes: tuple[str, ...]) -> None:
            over()
            tell(
                self._day.window, "La mise à jour est installée", typeset(" ".join((plan.next_step(_WAY_BACK), *notes)))
            )

        def refused(fault: Fault) -> None:
            over()
            self._refused(fault)

        def ready(store: DraftStore) -> None:
            self._keep_editions(store, now)
            store.back_up(now)

        self._day.desk.ask(ready, lambda _none: self._answers.work(lambda: installed(plan), done, refused), refused)

    def _keep_editions(self, store: DraftStore, now: dt.datetime) -> None:
        # What takes their place sets their folders aside: what was printed with them could not be compared any more.
        for convention in self._day.desk.conventions.values():
            editions.keep(store, convention.folder, convention, now)

    def _ways_back(self) -> list[tuple[str, str, Callable[[], object]]]:
        app, root = self._place.app, self._place.conventions
        found: list[tuple[str, str, Callable[[], object]]] = []
        former = program.former(app) if app is not None else None
        if app is not None and former is not None:
            found.append((f"Revenir au programme d’avant ({former})", _FORMER_PROGRAM, partial(program.back, app)))
        if conventions.can_go_back(root):
            words = "Défaire la dernière mise à jour des conventions"
            found.append((words, _FORMER_EDITIONS, partial(conventions.back, root)))
        return found

    def _ask_back(self, asked: Dialog, words: str, said: str, back: Callable[[], object]) -> None:
        asked.accept()
        confirm(
            self._day.window, f"{words} ?", typeset(said), "Revenir en arrière",
            lambda: self._go_back(back), danger=True,
        )  # fmt: skip

    def _go_back(self, back: Callable[[], object]) -> None:
        now = self._day.now()
        self._day.desk.ask(
            lambda store: self._keep_editions(store, now),
            lambda _none: self._answers.work(back, self._back, self._refused),
            self._refused,
        )

    def _back(self, _version: object) -> None:
        tell(self._day.window, "C’est fait", "Fermez Permanence, puis rouvrez-le.")

    def _refused(self, fault: Fault) -> None:
        tell(self._day.window, REFUSED, typeset(fault.line))


def ask(day: Day) -> None:
    """Offer an update."""
    try:
        Updating(day, here()).offer()
    except Fault as fault:
        tell(day.window, REFUSED, typeset(fault.line))
