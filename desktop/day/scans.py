"""Scanned bulletins taken back into the drafts: files chosen or dropped, read aside, shown, then imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from desktop.day.dropped import DroppedOn
from desktop.day.over_list import BACK
from desktop.day.scan_row import ScanRow
from desktop.day.scans_said import Tally, done, read_line, unread
from desktop.desk.scan_meeting import judged, meetings, read_all, scans_of
from desktop.widgets.choosing import documents
from desktop.widgets.dialogs import tell
from desktop.widgets.style import button, label, set_role, space
from desktop.widgets.views import bar_below
from desktop.widgets.work import Answers
from forms.drafts import editions
from forms.drafts.from_paper import keep_signed, take
from forms.french import plural, typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.day.actions import Day
    from desktop.desk.scan_meeting import Meeting
    from forms.bulletin.scan import Reading, Sorted
    from forms.drafts.store import DraftStore
    from forms.faults import Fault

_KINDS = "Bulletins scannés (*.pdf *.png *.jpg *.jpeg)"
_INTRO = "Choisissez les fichiers du scanner (PDF, PNG, JPEG), ou déposez-les ici. Rien n’est écrit avant « Importer »."


class ScansPage(DroppedOn):
    """Nothing is written before "Importer"; what is here already is replaced only where the person says so."""

    topic = "scans"

    def __init__(self, day: Day) -> None:
        """Lay out; nothing is read before files are chosen."""
        super().__init__()
        set_role(self, "ground")
        self._day = day
        self._answers = Answers(self)
        self._stopped = self._masked = False
        self._todo: list[ScanRow] = []
        self._tally = Tally()
        self.rows: tuple[ScanRow, ...] = ()
        self.files = button("Choisir des fichiers…", enter=True)
        self.folder = button("Choisir un répertoire…", enter=True)
        self.files.clicked.connect(lambda _on: self._choose(QFileDialog.FileMode.ExistingFiles))
        self.folder.clicked.connect(lambda _on: self._choose(QFileDialog.FileMode.Directory))
        self.progress = label(role="second", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Lecture des scans")
        self.halt = button("Arrêter la lecture", enter=True)
        self.halt.clicked.connect(lambda _on: self.stop())
        self.back = button(BACK, enter=True)
        self.back.clicked.connect(self.left)
        self.go_on = button("Importer", "primary", enter=True)
        self.go_on.clicked.connect(lambda _on: self._import())
        self.note = label(role="second", wrap=True)
        self._lay_out()
        self._show_reading(reading=False)
        self._count()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        space(whole, 0)
        top = QVBoxLayout()
        space(top, 12, (48, 24, 48, 12))
        top.addWidget(label("Reprendre des bulletins scannés", "title"))
        top.addWidget(label(typeset(_INTRO), wrap=True))
        ways = QHBoxLayout()
        space(ways, 12)
        ways.addWidget(self.files)
        ways.addWidget(self.folder)
        ways.addWidget(self.halt)
        ways.addWidget(self.progress, 1)
        top.addLayout(ways)
        top.addWidget(self.bar)
        whole.addLayout(top)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName("Bulletins lus")
        whole.addWidget(self.area, 1)
        self._fill(())
        foot, row = bar_below()
        row.addWidget(self.back)
        row.addWidget(self.go_on)
        row.addWidget(self.note, 1)
        whole.addWidget(foot)

    def start(self) -> None:
        """Put the focus where one begins."""
        self.files.setFocus()

    @property
    def is_running(self) -> bool:
        """Tell whether files are being read, or imported."""
        return not self.files.isEnabled()

    def stop(self) -> None:
        """End a reading after the page that is being read; what was read is shown. Nothing more is imported."""
        self._stopped = True
        self._todo = []

    def set_masked(self, *, masked: bool) -> None:
        """Hide whose the bulletins are, or show them again."""
        self._masked = masked
        for row in self.rows:
            row.set_masked(masked=masked)
            row.setHidden(masked)

    def read(self, paths: Sequence[Path]) -> None:
        """Read files and folders aside, then show what they hold."""
        self._stopped = False
        self.note.clear()
        self._show_reading(reading=True)
        self._fill(())

        def told(reading: Reading) -> bool:
            self._answers.hand(lambda: self._told(reading))
            return not self._stopped

        self._answers.work(lambda: read_all(paths, told), self._have_read, self._refused)

    # Choosing

    def _choose(self, mode: QFileDialog.FileMode) -> None:
        dialog = QFileDialog(self, "Choisir les bulletins scannés", documents(), _KINDS)
        dialog.setFileMode(mode)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, mode == QFileDialog.FileMode.Directory)
        dialog.filesSelected.connect(lambda chosen: self.read([Path(path) for path in chosen]))
        dialog.open()

    def wants(self, paths: Sequence[Path]) -> bool:
        """Take files, while nothing is being read."""
        return self.files.isEnabled() and bool(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Read what was dropped."""
        self.read(paths)

    # Reading

    def _show_reading(self, *, reading: bool) -> None:
        self.files.setEnabled(not reading)
        self.folder.setEnabled(not reading)
        self.halt.setVisible(reading)
        self.bar.setVisible(reading)
        if reading:
            self.go_on.setEnabled(False)
            self.progress.clear()
            self.bar.setRange(0, 0)

    def _told(self, reading: Reading) -> None:
        self.bar.setRange(0, reading.files)
        self.bar.setValue(reading.file - 1)
        self.progress.setText(f"Fichier {reading.file} sur {reading.files}, page {reading.page}")

    def _have_read(self, found: Sorted) -> None:
        desk = self._day.desk
        if not desk.is_open:
            return
        desk.ask(
            lambda store: meetings(store, found.bundles, desk.conventions, desk.permanence, practice=desk.practice),
            lambda met: self._show(found, met),
            self._refused,
        )

    def _refused(self, fault: Fault) -> None:
        self._show_reading(reading=False)
        self.progress.setText(fault.line)
        tell(self, "La lecture n’a pas abouti", fault.line)

    def _show(self, found: Sorted, met: Sequence[Meeting]) -> None:
        self._show_reading(reading=False)
        self.rows = tuple(ScanRow(meeting, self._day.desk.conventions) for meeting in met)
        lost = [*found.unreadable]
        lost += [(p.file, f"page {p.number} : {p.trouble or 'aucun code lisible.'}") for p in found.loose]
        for row in self.rows:
            row.changed.connect(self._count)
        self._fill([*self.rows, *unread(lost)])
        self.set_masked(masked=self._masked)
        self.progress.setText(read_line(len(self.rows), len(lost), stopped=self._stopped))
        self._count()
        (self.go_on if self.go_on.isEnabled() else self.files).setFocus()

    def _fill(self, widgets: Sequence[QWidget]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        space(column, 12, (48, 8, 48, 24))
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        self.area.setWidget(inside)

    def _count(self) -> None:
        chosen = sum(row.taking or row.signing for row in self.rows)
        self.go_on.setEnabled(bool(chosen))
        self.go_on.setText(f"Importer {plural(chosen, 'bulletin')}" if chosen else "Importer")
        self.go_on.setVisible(bool(self.rows))
        set_role(self.files, "secondary" if self.rows else "primary")

    # Importing

    def _import(self) -> None:
        self._stopped = False
        self._todo = [row for row in self.rows if row.taking or row.signing]
        self._tally = Tally()
        self.go_on.setEnabled(False)
        self.files.setEnabled(False)
        self.folder.setEnabled(False)
        self._next()

    def _next(self) -> None:
        """Import one dossier, whole or not at all, then the next: one that is refused stops none."""
        if not self._todo:
            self._imported()
            return
        row = self._todo.pop(0)

        def refused(fault: Fault) -> None:
            row.tell(f"Non importé. {fault.line}", failed=True)
            self._tally.failed += 1
            self._next()

        bundle = row.meeting.bundle if row.signing else None
        task = self._answers.sparing(lambda: scans_of(bundle) if bundle else ())
        self._answers.work(task, lambda scans: self._keep(row, scans, refused), refused)

    def _keep(self, row: ScanRow, scans: tuple[bytes, ...], refused: Callable[[Fault], object]) -> None:
        desk, now, today = self._day.desk, self._day.now(), self._day.today()
        if not desk.is_open:
            return
        meeting, taking = row.meeting, row.taking

        def keep(store: DraftStore) -> int:
            dossier = meeting.read.dossier
            if taking and dossier is not None:
                convention = desk.conventions.get(dossier.convention or "")
                if convention is not None:  # so that a later edition can be compared with it
                    editions.keep(store, convention.folder, convention, now)
                take(store, meeting.read, meeting.met, judged(dossier, desk.conventions, today), now, scans)
                return len(scans)
            return keep_signed(store, meeting.read.reference, scans, now)

        def kept(files: int) -> None:
            self._tally.count(meeting, files, taking=taking)
            row.tell(done(meeting, files, taking=taking))
            self._next()

        desk.ask(self._answers.sparing(keep), kept, refused)

    def _imported(self) -> None:
        self.note.setText(self._tally.said())
        self.files.setEnabled(True)
        self.folder.setEnabled(True)
        self.rows = tuple(row for row in self.rows if row.result.property("role") == "error")
        self._count()
        self.back.setFocus()


def open_page(day: Day) -> None:
    """Show the page."""
    day.show_page(ScansPage(day))
