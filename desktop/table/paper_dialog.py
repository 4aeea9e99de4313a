"""The files of one paper: what is attached, to be looked at or taken out, and the ways to attach more."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.paper.preview import PreviewView
from desktop.widgets.dialogs import Dialog, give_help, outermost, turn_screen
from desktop.widgets.keys import bind
from desktop.widgets.style import button, label, px, set_role, space
from desktop.widgets.work import alive
from desktop.wizard.links import clear
from desktop.wizard.papers import local_files
from forms.drafts.attachments import PAPERS_LIMIT_WORDS
from forms.french import typeset

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from desktop.table.attaching import Attaching
    from desktop.wizard.papers import Key
    from forms.drafts.attachments import Attachment
    from forms.faults import Fault

KINDS = {"application/pdf": "PDF", "image/jpeg": "image JPEG", "image/png": "image PNG"}
_HOW = f"PDF, JPEG ou PNG : {PAPERS_LIMIT_WORDS}. Un fichier peut aussi être déposé ici avec la souris."
_LEFT = "L’original reste dans le répertoire du scanner : effacez-le quand le dossier est fini."
_LEAST = 1_000


def size_words(size: int) -> str:
    """Give a size as it is read: ``340 Ko``, ``1,2 Mo``."""
    if size < _LEAST * _LEAST:
        return f"{max(1, round(size / _LEAST))} Ko"
    return f"{size / _LEAST / _LEAST:.1f} Mo".replace(".", ",")


class PaperDialog(Dialog):
    """One paper and its files. What is done here is in the dossier at once; Esc closes, and undo takes it back."""

    topic = "papers"

    def __init__(self, parent: QWidget, attaching: Attaching, key: Key, name: str) -> None:
        super().__init__(parent, name, typeset(_HOW), width=600, window="Fichiers d’une pièce")
        self.setAcceptDrops(True)
        self._attaching, self._key, self._name = attaching, key, name
        self.opens: list[QPushButton] = []
        self.removes: list[QPushButton] = []
        self._files = QVBoxLayout()
        space(self._files, 8)
        self.body.addLayout(self._files)
        self.said = label("", "second", wrap=True)
        self.undo = button("Remettre", "link", enter=True)
        self.undo.clicked.connect(self._put_back)
        line = QHBoxLayout()
        space(line, 12)
        line.addWidget(self.said, 1)
        line.addWidget(self.undo)
        self.body.addLayout(line)
        self.take = button("Prendre le dernier fichier numérisé", "secondary", enter=True)
        self.choose = button("Choisir un fichier…", "secondary", enter=True)
        ways = QHBoxLayout()
        space(ways, 12)
        ways.addWidget(self.take)
        ways.addWidget(self.choose)
        ways.addStretch(1)
        self.body.addLayout(ways)
        self.folder = label("", "second", wrap=True)
        self.change = button("", "link", enter=True)
        self.change.setProperty("size", "small")
        scanner = QHBoxLayout()
        space(scanner, 12)
        scanner.addWidget(self.folder, 1)
        scanner.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(scanner)
        self.take.clicked.connect(self._take)
        self.choose.clicked.connect(self.ask_file)
        self.change.clicked.connect(self.ask_folder)
        self.add_button("Fermer", "primary", self.accept).setDefault(False)
        attaching.changed.connect(self._changed)
        attaching.failed.connect(self._failed)
        self.undo.hide()
        self._show_folder()
        (self.take if self.take.isEnabled() else self.choose).setFocus()
        self._list()

    # --- what is there ---

    def _list(self) -> None:
        self._attaching.ask_files(self._key, alive(self, self._show_files))

    def _show_files(self, files: tuple[Attachment | str, ...]) -> None:
        clear(self._files)
        self.opens, self.removes = [], []
        for number, file in enumerate(files, 1):
            self._files.addWidget(self._line(number, file))
        if not files:
            self._files.addWidget(label("Aucun fichier joint.", "text"))
        self.fit()
        QTimer.singleShot(0, self, self.fit)  # once the new lines have their fonts: before, Qt guesses them too low

    def _line(self, number: int, file: Attachment | str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        space(row, 12)
        if isinstance(file, str):
            words, paper = f"Fichier {number} : il n’est pas sur cet ordinateur ({file})", file
        else:
            words = f"Fichier {number} : {KINDS[file.media]}, {size_words(file.size)}"
            paper = file.paper
        row.addWidget(label(typeset(words), "text", wrap=True), 1)
        if not isinstance(file, str):
            opening = button("Voir", "link", enter=True)
            opening.setAccessibleName(f"Voir le fichier {number}")
            opening.clicked.connect(partial(self._look, file))
            self.opens.append(opening)
            row.addWidget(opening)
        removing = button("Retirer", "link")
        removing.setAccessibleName(f"Retirer le fichier {number}")
        removing.clicked.connect(partial(self._remove, paper))
        self.removes.append(removing)
        row.addWidget(removing)
        return line

    def _show_folder(self) -> None:
        folder = self._attaching.scanner
        self.take.setEnabled(folder is not None)
        self.folder.setText(
            typeset(f"Répertoire du scanner : {folder}. {_LEFT}")
            if folder
            else "Le répertoire du scanner n’est pas choisi."
        )
        self.change.setText("changer" if folder else "choisir le répertoire du scanner")

    # --- what is done ---

    def _say(self, text: str, role: str = "second", *, undo: bool = False) -> None:
        self.said.setText(text)
        self.said.setAccessibleName(text)
        set_role(self.said, role)
        self.undo.setVisible(undo)
        self.fit()

    def _take(self) -> None:
        self._say("Lecture du fichier…")
        self._attaching.take_last(self._key)

    def ask_file(self) -> QFileDialog:
        """Ask which files to attach."""
        start = str(self._attaching.scanner or QDir.homePath())
        asked = QFileDialog(self, "Joindre un fichier", start, "Papiers (*.pdf *.jpg *.jpeg *.png)")
        asked.setFileMode(QFileDialog.FileMode.ExistingFiles)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.filesSelected.connect(lambda names: self.attach([Path(name) for name in names]))
        asked.open()
        return asked

    def ask_folder(self) -> QFileDialog:
        """Ask where the scanner writes."""
        start = str(self._attaching.scanner or QDir.homePath())
        asked = QFileDialog(self, "Répertoire du scanner", start)
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.fileSelected.connect(self._take_folder)
        asked.open()
        return asked

    def _take_folder(self, name: str) -> None:
        self._attaching.set_scanner(Path(name))
        self._show_folder()
        self.take.setFocus()
        self.fit()

    def attach(self, paths: list[Path]) -> None:
        """Attach some files."""
        self._say("Lecture du fichier…")
        self._attaching.attach(self._key, paths)

    def _changed(self) -> None:
        last = self._attaching.session.last
        gone = last is not None and last.sort == "removal"
        self._say(f"{last.label}." if last is not None and last.path == "documents" else "", undo=gone)
        self._list()

    def _failed(self, fault: Fault) -> None:
        self._say(fault.line, "error")

    def _remove(self, paper: str) -> None:
        self._attaching.take_out(self._key, paper)
        self.undo.setFocus()

    def _put_back(self) -> None:
        self.choose.setFocus()
        self._attaching.put_back()

    def _look(self, file: Attachment) -> None:
        self._attaching.look(file, self._name, alive(self, self._show))

    def _show(self, pdf: bytes) -> None:
        LookDialog(self, pdf, self._name).open()

    # --- the mouse ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped."""
        event.acceptProposedAction()
        self.attach(local_files(event.mimeData()))


class LookDialog(QDialog):
    """A file as pages, to be read and nothing else; Esc closes it."""

    topic = "papers"

    def __init__(self, parent: QWidget, pdf: bytes, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Fichier joint")  # what it is called may name someone: not for the system's list of windows
        self.setAccessibleName(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        space(column, 0)
        self.view = PreviewView()
        self.view.stand_alone(title, "Fermer", only_look=True)
        self.view.left.connect(self.accept)
        column.addWidget(self.view)
        give_help(self)
        bind(self, "turn", lambda: turn_screen(self))
        room = outermost(parent).size()
        self.resize(min(px(900), room.width() - px(48)), room.height() - px(48))
        self.view.show_pdf(pdf, allowed=False, note="")
        self.view.fit(self.width())
        self.view.start()
