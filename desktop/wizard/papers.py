"""The papers of the summary: each seen, attached or missing, with its files; a file may be dropped on its row."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.fields.controls import Radios
from desktop.widgets.style import button, fix, label, set_role, space
from desktop.wizard.links import Pressing
from desktop.wizard.told import paper_name
from forms.dossier.documents import files_of
from forms.dossier.labels import label as word
from forms.french import long_date, plural

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from desktop.desk.scene import Scene
    from forms.assessment.answer import DocumentDue

_STATES = ("seen", "attached", "missing")
_WAYS = 72  # logical pixels: the radios of all rows stand under one another
DROPPED = 10
"""Files of one drop: a family's papers are some."""
Key = tuple[str, str]
"""A paper: its kind, and the person whom it is about."""


def local_files(data: QMimeData) -> list[Path]:
    """Give the files of this machine that a drag carries, some of them where there are many."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()][:DROPPED]


class PaperRow(QFrame):
    """One paper: what it is, for whom and why, how it stands, and the way to its files."""

    dropped = Signal(object)
    """The paths of the files that were dropped here."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._said = "Joindre…"
        row = QHBoxLayout(self)
        space(row, 12)
        words = QVBoxLayout()
        space(words, 0)
        self.name = label(name, "text", wrap=True)
        self.why = label("", "second", wrap=True)
        words.addWidget(self.name)
        words.addWidget(self.why)
        row.addLayout(words, 1)
        self.radios = Radios(name, may_be_empty=False)
        self.radios.offer([(state, word("state", state)) for state in _STATES])
        row.addWidget(self.radios)
        self.files = button("Joindre…", "link")
        Pressing(self.files)
        held = QWidget()
        ways = QHBoxLayout(held)
        space(ways, 0)
        ways.addWidget(self.files)
        ways.addStretch(1)
        fix(held, width=_WAYS)
        row.addWidget(held)

    def draw(self, scene: Scene, paper: DocumentDue) -> None:
        """Show how the paper stands."""
        name = paper_name(scene, paper.kind, paper.person)
        self.name.setText(name)
        by = f" Avant le {long_date(paper.by)}." if paper.by and paper.state == "missing" else ""
        self.why.setText(f"{paper.why}{by}")
        self.radios.show_value(paper.state)
        count = len(files_of(scene.dossier, paper.kind, paper.person))
        self._said = plural(count, "fichier") if count else "Joindre…"
        self.files.setText(self._said)
        self.files.setAccessibleName(f"{plural(count, 'fichier joint', 'fichiers joints')} : {name}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and say where they would go."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self.files.setText("Déposer ici")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stand as before."""
        super().dragLeaveEvent(event)
        self.files.setText(self._said)

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        event.acceptProposedAction()
        self.files.setText(self._said)
        self.dropped.emit(local_files(event.mimeData()))


class PapersCard(QFrame):
    """Every paper that the answers call for, a row each; ``removed`` says what went, with the way back."""

    stated = Signal(str, str, str)
    """A paper's kind and person, and the state that was chosen."""
    files_asked = Signal(object)
    """The ``Key`` of a paper."""
    files_dropped = Signal(object)
    """A ``Key`` and the paths, as a tuple."""
    slip_asked = Signal()
    undo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._column = QVBoxLayout(self)
        space(self._column, 8, (16, 14, 16, 14))
        head = QHBoxLayout()
        space(head, 12)
        head.addWidget(label("Pièces", "heading"), 1)
        self.slip = button("Fiche des pièces à apporter", "link")
        Pressing(self.slip)
        self.slip.clicked.connect(self.slip_asked)
        head.addWidget(self.slip)
        self._column.addLayout(head)
        self.rows: dict[Key, PaperRow] = {}
        self._rows = QVBoxLayout()
        space(self._rows, 8)
        self._column.addLayout(self._rows)
        self.removed = QWidget()
        gone = QHBoxLayout(self.removed)
        space(gone, 12)
        self.removed_words = label("", "second", wrap=True)
        self.undo_button = button("Annuler", "link")
        Pressing(self.undo_button)
        self.undo_button.clicked.connect(self.undo_wanted)
        gone.addWidget(self.removed_words)
        gone.addWidget(self.undo_button)
        gone.addStretch(1)
        self._column.addWidget(self.removed)

    def draw(self, scene: Scene) -> None:
        """Show the papers of a scene."""
        due = {(paper.kind, paper.person): paper for paper in scene.assessment.documents_due}
        for key in [key for key in self.rows if key not in due]:
            row = self.rows.pop(key)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, (key, paper) in enumerate(due.items()):
            if key not in self.rows:
                self.rows[key] = self._made(key, paper_name(scene, *key))
            if self._rows.indexOf(self.rows[key]) != place:
                self._rows.removeWidget(self.rows[key])
                self._rows.insertWidget(place, self.rows[key])
            self.rows[key].draw(scene, paper)
            self.rows[key].show()
        self.rows = {key: self.rows[key] for key in due}
        self.setVisible(bool(due))
        missing = sum(paper.state == "missing" for paper in due.values())
        self.slip.setVisible(bool(missing))
        last = scene.last
        gone = last is not None and last.sort == "removal" and last.path == "documents"
        self.removed.setVisible(gone)
        self.removed_words.setText(f"{last.label}." if last is not None and gone else "")

    def _made(self, key: Key, name: str) -> PaperRow:
        row = PaperRow(name)
        row.radios.chosen.connect(partial(self.stated.emit, *key))
        row.files.clicked.connect(lambda: self.files_asked.emit(key))
        row.dropped.connect(lambda paths: self.files_dropped.emit((key, paths)))
        return row
