"""The preview: the pages of the very PDF that will be printed, drawn one after the other, with their zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.paper.pages import INCH, Pages
from desktop.widgets.dialogs import outermost
from desktop.widgets.frame import Frame
from desktop.widgets.keys import FullPage, shown
from desktop.widgets.reading import announce
from desktop.widgets.style import button, label, px, set_role, space
from desktop.widgets.views import bar_below
from desktop.widgets.work import Answers
from forms.french import plural, typeset

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QShowEvent

    from forms.faults import Fault

LEVELS = (50, 75, 100, 125, 150, 200)
"""Zoom of the pages in per cent; 100 is 96 dots an inch."""
ONE_SIDED = "Imprimez en recto seul : chaque formulaire se signe et se garde à part."
_TURNED = "L’écran est tourné : l’aperçu montre les numéros. {key} pour le voir."
_SCREEN = 96
_WHOLE = LEVELS.index(100)
_AROUND, _BAR = 32, 12  # logical pixels beside a page, and of the scroll bar


class PreviewView(FullPage):
    """Shows a PDF; ``print_asked`` and ``save_asked`` are for whoever may allow them."""

    left = Signal()
    print_asked = Signal()
    save_asked = Signal()
    twice_asked = Signal(bool)
    """What is signed is wanted in two copies, or in one again: another file is to be shown."""
    join_asked = Signal(bool)
    """The attached files are wanted after the pages, or not any more: likewise."""

    versions_asked = Signal()
    """What is on paper already is wanted."""

    def __init__(self, *, twice: bool = False, joined: bool = False, files: int = 0) -> None:
        """Lay out; nothing is shown before ``show_pdf``. ``twice``: it will hold two copies of what is signed.

        ``files``: how many could be ``joined`` after its pages.
        """
        super().__init__()
        set_role(self, "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pdf = b""
        self._level = _WHOLE
        self._round = 0
        self._answers = Answers(self)
        self.pages: list[QLabel] = []
        self.title = label("Aperçu du dossier", "title")
        self.count = label(role="second")
        self.smaller, self.larger = button("Réduire", enter=True), button("Agrandir", enter=True)
        self.level = label(role="second")
        self.smaller.clicked.connect(lambda: self.zoom(-1))
        self.larger.clicked.connect(lambda: self.zoom(1))
        self.back = button("Revenir au dossier", enter=True)
        self.save = button("Enregistrer le PDF…", enter=True)
        self.print = button("Imprimer…", "primary", enter=True)
        self.note = label(role="second", wrap=True)
        self.twice = QCheckBox("Deux exemplaires de ce qui se signe")
        self.twice.setChecked(twice)
        self.twice.toggled.connect(self.twice_asked)
        self.join = QCheckBox(f"Joindre les pièces ({plural(files, 'fichier')})")
        self.join.setChecked(joined)
        self.join.toggled.connect(self.join_asked)
        self.join.setVisible(files > 0)
        self.one_sided = label(ONE_SIDED, "second", wrap=True)
        self.versions = button("Versions imprimées…", "link", enter=True)
        self.versions.clicked.connect(self.versions_asked)
        self.versions.hide()
        self.back.clicked.connect(self.left)
        self.save.clicked.connect(self.save_asked)
        self.print.clicked.connect(self.print_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        space(whole, 0)
        top = QHBoxLayout()
        space(top, 12, (32, 16, 32, 12))
        top.addWidget(self.title)
        top.addWidget(self.count, 1)
        for widget in (self.level, self.smaller, self.larger):
            top.addWidget(widget)
        whole.addLayout(top)
        choices = QHBoxLayout()
        space(choices, 24, (32, 0, 32, 12))
        choices.addWidget(self.twice)
        choices.addWidget(self.join)
        choices.addWidget(self.one_sided, 1)
        choices.addWidget(self.versions)
        whole.addLayout(choices)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        space(self._column, 16, (_AROUND, 8, _AROUND, 24))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self._inside)
        self.area.setAccessibleName("Pages du dossier")
        whole.addWidget(self.area, 1)
        self.turned = label(typeset(_TURNED.format(key=shown("turn"))), wrap=True)
        self.turned.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.turned.hide()
        whole.addWidget(self.turned, 1)
        foot, row = bar_below(32)
        row.addWidget(self.back)
        row.addWidget(self.save)
        row.addWidget(self.print)
        row.addWidget(self.note, 1)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole.addWidget(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the window in which it stands, or over which its dialogue does."""
        window = outermost(self)
        if isinstance(window, Frame):
            window.turned.connect(self._mask, Qt.ConnectionType.UniqueConnection)
            self._mask(window.masked)
        super().showEvent(event)

    @Slot(bool)
    def _mask(self, masked: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.area.setVisible(not masked)
        self.turned.setVisible(masked)
        if not masked and self.isVisible():
            self.area.setFocus()

    def step_out(self) -> None:
        """Go back to what it shows the paper of."""
        self.left.emit()

    def print_here(self) -> None:
        """Print, or say again why not."""
        if self.print.isEnabled():
            self.print.click()
        else:
            announce(self.note, self.note.text())

    def show_pdf(self, pdf: bytes, *, allowed: bool, note: str) -> None:
        """Show a file; ``allowed``: it may be printed and saved, else ``note`` says why not."""
        self._pdf = pdf
        self.print.setEnabled(allowed)
        self.save.setEnabled(allowed)
        self.note.setText(note)
        for page in self.pages:
            page.deleteLater()
        with Pages(pdf) as opened:
            sizes = [opened.size(index) for index in range(len(opened))]
        self._sizes = sizes
        self.count.setText(plural(len(sizes), "page"))
        self.pages = []
        for number in range(1, len(sizes) + 1):
            page = QLabel()
            page.setFrameShape(QFrame.Shape.NoFrame)
            page.setAccessibleName(f"Page {number} sur {len(sizes)}")
            self._column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
            self.pages.append(page)
        self.area.verticalScrollBar().setValue(0)

    def uncheck_join(self) -> None:
        """Say that the files are not there after all."""
        with QSignalBlocker(self.join):
            self.join.setChecked(False)

    def stand_alone(self, title: str, back: str, *, only_look: bool = False) -> None:
        """Show something else than a dossier under its own title; ``only_look``: it is not printed from here."""
        self.title.setText(title)
        self.back.setText(back)
        for widget in (self.twice, self.join, self.one_sided):
            widget.hide()
        if only_look:
            self.print.hide()
            self.save.hide()

    def fit(self, width: int) -> None:
        """Begin with the largest level, up to 100 %, at which a page stands whole in ``width`` pixels."""
        widest = max(width_of for width_of, _ in self._sizes) * px(_SCREEN) / INCH
        room = width - px(2 * _AROUND) - px(_BAR)
        self._level = max(
            index
            for index, level in enumerate(LEVELS)
            if index == 0 or (level <= LEVELS[_WHOLE] and widest * level / 100 <= room)
        )
        self._draw()

    def zoom(self, steps: int) -> None:
        """Draw the pages larger or smaller."""
        self._level = min(max(self._level + steps, 0), len(LEVELS) - 1)
        self._draw()

    def start(self) -> None:
        """Put the focus on the pages, so that the arrows turn them."""
        self.area.setFocus()

    def _draw(self) -> None:
        """Keep each page's place at once, then fill it as it is drawn elsewhere."""
        self._round += 1
        now, level = self._round, LEVELS[self._level]
        self.level.setText(f"{level} %")
        self.smaller.setEnabled(self._level > 0)
        self.larger.setEnabled(self._level < len(LEVELS) - 1)
        ratio = self.devicePixelRatioF()
        dpi = px(_SCREEN) * level / 100
        for page, (width, height) in zip(self.pages, self._sizes, strict=True):
            page.setFixedSize(QSize(round(width * dpi / INCH), round(height * dpi / INCH)))
        for index in range(len(self.pages)):
            self._ask(index, dpi * ratio, now)

    def _ask(self, index: int, dpi: float, now: int) -> None:
        self._answers.work(
            lambda: self._picture(index, dpi, now), lambda drawn: self._drawn(index, drawn, now), self._refused
        )

    def _picture(self, index: int, dpi: float, now: int) -> QImage | None:
        if now != self._round:  # zoomed again meanwhile: not worth drawing
            return None
        with Pages(self._pdf) as opened:
            return opened.picture(index, dpi)

    def _drawn(self, index: int, drawn: QImage | None, now: int) -> None:
        if drawn is None or now != self._round:
            return
        picture = QPixmap.fromImage(drawn)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        page = self.pages[index]
        page.setPixmap(picture)

    def _refused(self, fault: Fault) -> None:
        self.note.setText(fault.line)

    @property
    def drawn(self) -> bool:
        """Tell whether every page is there."""
        return all(not page.pixmap().isNull() for page in self.pages)
