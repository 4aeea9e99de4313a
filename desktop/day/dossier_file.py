"""A dossier file (``*.permanence.json``): opened into the drafts, never over one in silence; written out, in clear."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject
from PySide6.QtWidgets import QFileDialog

from desktop.desk.draft_rows import name_in_list
from desktop.desk.permanence import foreign, new_reference
from desktop.desk.scan_meeting import judged
from desktop.widgets.choosing import documents
from desktop.widgets.dialogs import Dialog, column, confirm, tell
from desktop.widgets.style import label
from desktop.widgets.work import Answers
from forms.bulletin import changes
from forms.dossier.reading import SIZE_LIMIT, dossier_from_json, dossier_to_json
from forms.dossier.states import STATES
from forms.drafts.ended import End, ended
from forms.drafts.files import write_whole
from forms.drafts.from_file import kept, take_in
from forms.exchange.bounds import read_bounded
from forms.faults import Fault
from forms.french import long_date, plural, typeset

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.day.actions import Day
    from desktop.desk.desk import Desk
    from desktop.widgets.frame import Frame
    from forms.bulletin import Change
    from forms.convention import Convention
    from forms.dossier.model import Dossier
    from forms.drafts.draft import Draft

ENDING = ".permanence.json"
REFUSED = "Ce fichier n’est pas ouvert"
_KINDS = f"Dossiers Permanence (*{ENDING});;JSON (*.json);;Tous les fichiers (*)"
_TOLD = 12  # differences that are told one by one
_NOTHING = "rien"
_LEFT = {
    "purgé": "Il a été effacé de cet ordinateur et de ses sauvegardes, avec un certificat. L’ouvrir y remet ce que dit "
    "le fichier, sous le même numéro, jusqu’à une prochaine purge.",
    "supprimé": "L’ouvrir remet ici ce que dit le fichier, avec les papiers et les versions imprimées qui y sont "
    "encore sous ce numéro.",
}
"""What opening a file brings back, by how its dossier left."""


def dossier_at(path: Path) -> Dossier:
    """Read the dossier of a file.

    Raises:
        Fault: the file cannot be read, or holds no dossier.
    """
    data = read_bounded(path, SIZE_LIMIT * 4)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Fault(f"« {path.name} » n’est pas un dossier : ce n’est pas du texte en UTF-8.") from None
    try:
        return dossier_from_json(text)
    except Fault as fault:
        raise Fault(f"« {path.name} » : {fault.line}") from fault


class Opening(QObject):
    """Opens one file on a desk: its dossier is on the table at the end, or a line says why it is not."""

    def __init__(self, window: Frame, desk: Desk, today: Callable[[], dt.date], now: Callable[[], dt.datetime]) -> None:
        """Serve this desk; nothing is read yet."""
        super().__init__(desk)
        self._window, self._desk, self._today, self._now = window, desk, today, now
        self._answers = Answers(self)

    def open(self, path: Path) -> None:
        """Read a file, away from the window's thread: it may be on a slow stick."""
        self._answers.work(lambda: dossier_at(path), self._read, self._refused)

    def _read(self, dossier: Dossier) -> None:
        if dossier.reference is None:
            dossier = self._renamed(dossier)
        reference = dossier.reference or ""
        refusal = foreign(reference, practice=self._desk.practice) or self._no_convention(dossier)
        if refusal:
            self._refused(Fault(refusal))
            return
        self._desk.ask(
            lambda store: (kept(store, reference), ended(store, reference)),
            lambda found: self._meet(dossier, *found),
            self._refused,
        )

    def _no_convention(self, dossier: Dossier) -> str:
        if dossier.convention is None:
            return "Ce dossier ne dit pas sa convention : rien n’en est repris."
        if dossier.convention not in self._desk.conventions:
            return f"La convention de ce dossier ({dossier.convention}) n’est pas installée sur ce poste."
        return ""

    def _meet(self, dossier: Dossier, here: Draft | None, end: End) -> None:
        if here is None and end.gone is not None:
            how, at = end.gone
            confirm(
                self._window, f"Le dossier {dossier.reference} a été {how} ici le {long_date(at.astimezone().date())}",
                _LEFT[how],
                "L’ouvrir quand même", lambda: self._take(dossier, None), danger=True,
            )  # fmt: skip
        elif here is None:
            self._take(dossier, None)
        elif here.dossier == dossier:
            self._desk.open(here.reference)
        else:
            asked = Met(self._window, here, changes(here.dossier, dossier, self._convention(dossier)))
            asked.here_asked.clicked.connect(lambda _on: self._desk.open(here.reference))
            asked.both_asked.clicked.connect(lambda _on: self._take(self._renamed(dossier), None))
            asked.accepted.connect(lambda: self._take(dossier, here))
            asked.open()

    def _take(self, dossier: Dossier, over: Draft | None) -> None:
        found, now = judged(dossier, self._desk.conventions, self._today()), self._now()
        self._desk.ask(
            lambda store: take_in(store, dossier, found, now, over=over),
            lambda draft: self._desk.open(draft.reference),
            self._refused,
        )

    def _renamed(self, dossier: Dossier) -> Dossier:
        return dossier.model_copy(update={"reference": new_reference(specimen=self._desk.practice)})

    def _convention(self, dossier: Dossier) -> Convention:
        return self._desk.conventions[dossier.convention or ""]

    def _refused(self, fault: Fault) -> None:
        tell(self._window, REFUSED, typeset(fault.line))


class Met(Dialog):
    """A file and a draft of one reference that say different things: one, the other or both; accepted: the file's."""

    topic = "files"

    def __init__(self, parent: Frame, here: Draft, found: tuple[Change, ...]) -> None:
        """Say what differs; what is here stays until something else is chosen."""
        super().__init__(
            parent, f"Le dossier {here.reference} est déjà ici, avec d’autres réponses",
            f"{name_in_list(here.dossier.member)} : {STATES[here.state]}, version {here.version}.", width=720,
        )  # fmt: skip
        lines = [
            f"{change.title} : {change.old or _NOTHING} ici, {change.new or _NOTHING} dans le fichier"
            for change in found[:_TOLD]
        ]
        if len(found) > _TOLD:
            lines.append(f"et {plural(len(found) - _TOLD, 'autre différence', 'autres différences')}.")
        if not found:
            lines.append("Ils ne diffèrent que par ce qui ne s’imprime pas.")
        self.add_scrolled(column(label(typeset(line), wrap=True) for line in lines))
        self.add_button("Annuler", "secondary", self.reject).setFocus()
        self.replace_asked = self.add_button("Remplacer par le fichier", "danger", self.accept)
        self.both_asked = self.add_button("Garder les deux", "secondary", self.reject)
        self.here_asked = self.add_button("Ouvrir celui d’ici", "primary", self.reject)
        self.both_asked.setToolTip("Le dossier du fichier prend une autre référence.")


def ask(day: Day) -> None:
    """Ask for a dossier file, and open it."""
    dialog = QFileDialog(day.window, "Ouvrir un fichier de dossier", QDir.homePath(), _KINDS)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    opening = Opening(day.window, day.desk, day.today, day.now)
    dialog.fileSelected.connect(lambda path: opening.open(Path(path)))
    dialog.open()


def export(day: Day) -> None:
    """Write the chosen dossier out, once it was said that the file is in clear."""
    reference = day.chosen()
    if reference is None:
        tell(day.window, "Choisissez d’abord un dossier dans la liste")
        return
    day.desk.ask(lambda store: store.load(reference), partial(_confirm, day))


def _confirm(day: Day, draft: Draft) -> None:
    confirm(
        day.window, f"Exporter le dossier {draft.reference} en clair ?",
        f"Le fichier ne sera pas chiffré : qui l’ouvre lit les numéros de Sécurité sociale et les comptes de "
        f"{name_in_list(draft.dossier.member)}. Pour l’envoyer au siège, préférez le transfert.",
        "Choisir où l’enregistrer…", partial(_choose, day, draft), danger=True,
    )  # fmt: skip


def _choose(day: Day, draft: Draft) -> None:
    dialog = QFileDialog(day.window, "Exporter le dossier", documents(), _KINDS)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(f"{draft.reference}{ENDING}")
    dialog.fileSelected.connect(lambda path: write_out(day, draft, Path(path)))
    dialog.open()


def write_out(day: Day, draft: Draft, path: Path) -> None:
    """Write a draft's dossier where the user chose; the journal says so."""
    target = path if path.suffix else path.with_name(f"{path.name}{ENDING}")
    try:
        write_whole(target, f"{dossier_to_json(draft.dossier)}\n".encode())
    except Fault as fault:
        tell(day.window, "Le dossier n’est pas exporté", typeset(fault.line))
        return
    now = day.now()
    day.desk.ask(lambda store: store.note("exported", now, draft.reference))
    tell(day.window, "Le dossier est exporté, en clair", f"{target}")
