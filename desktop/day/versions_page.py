"""The versions of a dossier that are on paper: when, by which edition, and the very file again."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.day.over_list import BACK, OverList
from desktop.paper.preview import PreviewView
from desktop.paper.printing import print_pdf, save_pdf
from desktop.widgets.dialogs import tell
from desktop.widgets.style import label
from desktop.widgets.text_table import TextTable
from desktop.widgets.work import Answers
from forms.day import reprint

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.day.actions import Day
    from desktop.desk.desk import Desk
    from forms.day.reprint import Kept, Made, Print
    from forms.drafts.journal import Detail
    from forms.faults import Fault

SAME = "C’est le fichier d’alors, à l’octet près (empreinte {digest})."
OTHER = "Attention : ce n’est pas le fichier d’alors à l’octet près. Comparez avec le papier (le programme a changé)."
NONE = "Aucune version de ce dossier n’est encore imprimée."


def show_chosen(day: Day) -> None:
    """Open the page for the dossier that is chosen in the list."""
    reference = day.chosen()
    if reference is None:
        tell(day.window, "Choisissez d’abord un dossier dans la liste")
    else:
        day.show_page(VersionsPage(day.window, day.desk, reference, day.now))


class VersionsPage(OverList):
    """The prints of one dossier, the newest first; Enter shows one."""

    topic = "versions"

    def __init__(
        self, window: QWidget, desk: Desk, reference: str, now: Callable[[], dt.datetime], back: str = BACK
    ) -> None:
        """Lay out; what was kept is read a moment later."""
        super().__init__(
            f"Versions imprimées du dossier {reference}",
            "Chaque version se refait avec l’édition de la convention d’alors, et son empreinte est vérifiée.",
            back,
        )
        self._window, self._desk, self._reference, self._now = window, desk, reference, now
        self._answers = Answers(self)
        self.kept: Kept | None = None
        self.made: Made | None = None
        self.preview: PreviewView | None = None
        self.table = TextTable("Versions imprimées", reprint.HEADERS, reprint.SHARES)
        self.table.entered.connect(self.show_print)
        self.none = label(NONE, wrap=True)
        self.body.addWidget(self.table)
        self.body.addWidget(self.none)
        self.look = self.add_button("Voir", "primary", lambda: self.show_print(self.table.currentIndex().row()))
        self.look.setEnabled(False)
        for widget in (self.table, self.none):
            widget.hide()
        self._pages = self._stacked()
        self._read()

    def _stacked(self) -> QStackedWidget:
        """Put what was laid out under a stack, on which a version is shown."""
        inside = QWidget()
        former = self.layout()
        if former is not None:
            inside.setLayout(former)
        pages = QStackedWidget()
        pages.addWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(pages)
        return pages

    def start(self) -> None:
        """Begin in the list, or with the way back while there is nothing in it."""
        if self.preview is not None:
            self.preview.start()
        else:
            (self.table if self.kept and self.kept.prints else self.back).setFocus()

    def step_out(self) -> None:
        """Go back to the list of versions first, where one is shown."""
        if self.preview is not None:
            self._leave()
        else:
            super().step_out()

    def print_here(self) -> None:
        """Print the version on screen."""
        if self.preview is not None:
            self.preview.print_here()

    def _read(self) -> None:
        installed, reference = dict(self._desk.conventions), self._reference
        self._desk.ask(
            lambda store: reprint.kept(store, reference, installed),
            lambda found: self._answers.hand(lambda: self._show(found)),
            self._refused,
        )

    def _show(self, found: Kept) -> None:
        self.kept = found
        self.table.show_rows([reprint.row_of(one) for one in found.prints], at_most=10)
        self.table.setVisible(bool(found.prints))
        self.none.setVisible(not found.prints)
        self.look.setEnabled(bool(found.prints))
        if self.preview is None:
            self.start()

    def show_print(self, row: int) -> None:
        """Make a print again, and show its pages."""
        found = self.kept
        if found is None or not 0 <= row < len(found.prints):
            return
        one, specimen = found.prints[row], self._desk.practice
        self.look.setEnabled(False)
        self.remarks.drop("refused")
        self._answers.work(
            lambda: reprint.made(found, one, specimen=specimen), partial(self._made_again, one), self._refused
        )

    def _made_again(self, one: Print, made: Made) -> None:
        self.look.setEnabled(True)
        self.made = made
        self.preview = view = PreviewView()
        view.title.setText(f"Version {one.version.version}, {reprint.row_of(one)[1]}")
        view.back.setText("Revenir aux versions")
        view.twice.hide()
        digest = hashlib.sha256(made.pdf).hexdigest()
        view.show_pdf(made.pdf, allowed=True, note="")
        view.one_sided.setText(SAME.format(digest=reprint.short(digest)) if made.same else OTHER)
        view.left.connect(self._leave)
        view.print_asked.connect(partial(self._print, one, made.pdf))
        view.save_asked.connect(partial(self._save, one, made.pdf))
        self._pages.addWidget(view)
        self._pages.setCurrentWidget(view)
        view.fit(self.width())
        view.start()

    def _leave(self) -> None:
        if self.preview is not None:
            self._pages.removeWidget(self.preview)
            self.preview.hide()
            self.preview.deleteLater()
            self.preview = None
        self.start()

    def _print(self, one: Print, pdf: bytes) -> None:
        print_pdf(self._window, pdf, f"Dossier {self._reference}", lambda: self._note(one, pdf))

    def _save(self, one: Print, pdf: bytes) -> None:
        name = f"Bulletin {self._reference}, version {one.version.version}.pdf"
        save_pdf(self._window, pdf, name, lambda: self._note(one, pdf))

    def _note(self, one: Print, pdf: bytes) -> None:
        """Note that it left again: neither the dossier nor its state changes."""
        now, reference = self._now(), self._reference
        detail: Detail = {"version": one.version.version, "pdf": hashlib.sha256(pdf).hexdigest()}
        self._desk.ask(
            lambda store: store.note("reprinted", now, reference, detail),
            lambda _head: self._answers.hand(self._read),
            self._refused,
        )

    def _refused(self, fault: Fault) -> None:
        def said() -> None:
            self.look.setEnabled(bool(self.kept and self.kept.prints))
            self.remarks.say("refused", fault.line)

        self._answers.hand(said)
