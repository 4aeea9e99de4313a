"""Empty bulletins printed ahead, for when the battery is flat: how many, of which convention, then seen and printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from desktop.day.actions import DayPage
from desktop.day.over_list import BACK
from desktop.paper.preview import PreviewView
from desktop.paper.printing import print_pdf, save_pdf
from desktop.widgets.dialogs import Dialog
from desktop.widgets.rows import Choice, Row
from desktop.widgets.style import space
from desktop.widgets.work import Answers
from forms.french import plural, typeset

if TYPE_CHECKING:
    from desktop.day.actions import Day
    from forms.faults import Fault

MOST = 50
_USUAL = 10
_HOW_MANY = f"De 1 à {MOST}."
_FILE = "Bulletins vierges"


class PrintBlanks(Dialog):
    """Makes them aside; nothing is noted of them: each is typed in under its number once it was filled by hand."""

    topic = "blanks"

    def __init__(self, day: Day) -> None:
        """Ask for a count, and for the convention where the permanence does not say it."""
        super().__init__(
            day.window, "Imprimer des bulletins vierges",
            "Des bulletins à remplir à la main, chacun avec son numéro : il se saisit ensuite sous ce numéro, ou se "
            "retrouve une fois scanné.",
        )  # fmt: skip
        self._day, self._answers = day, Answers(self)
        line = QLineEdit(str(_USUAL))
        line.setMaxLength(4)
        self.count = Row("Combien de bulletins ?", line, _HOW_MANY)
        line.textChanged.connect(self.count.clear)
        self.convention = Choice()
        for convention in day.desk.conventions.values():
            self.convention.addItem(convention.title, convention.id)
        usual = day.desk.permanence.convention if day.desk.permanence else None
        self.convention.setCurrentIndex(max(0, self.convention.findData(usual)))
        self.body.addWidget(self.count)
        self.body.addWidget(Row("Convention des bulletins", self.convention, lines=0))
        self.add_button("Annuler", "secondary", self.reject)
        self.go_on = self.add_button("Voir et imprimer", "primary", self.submit)
        self.go_on.setEnabled(self.convention.count() > 0)
        line.setFocus()
        line.selectAll()

    def submit(self) -> None:
        """Make them, away from the window's thread: fifty take a second."""
        text = self.count.text.strip()
        if not (text.isdecimal() and 1 <= int(text) <= MOST):
            self.count.error(f"Écrivez un nombre de 1 à {MOST}.")
            self.count.field.setFocus()
            return
        convention, count, now = self._day.desk.conventions[self.convention.currentData()], int(text), self._day.now()

        def made() -> tuple[bytes, bytes]:
            from forms.bulletin.blanks import blanks  # noqa: PLC0415 - reportlab is not for every day

            # Their numbers come from the moment: the first alone is the first of them all.
            return blanks(convention, count, now), blanks(convention, 1, now)

        self.setEnabled(False)
        self.setCursor(Qt.CursorShape.BusyCursor)
        self._answers.work(made, lambda found: self._show(count, *found), self._refused)

    def _show(self, count: int, pdf: bytes, first: bytes) -> None:
        self.accept()
        self._day.show_page(BlanksPage(self._day, count, pdf, first))

    def _refused(self, fault: Fault) -> None:
        self.setEnabled(True)
        self.unsetCursor()
        self.count.error(fault.line)


class BlanksPage(DayPage):
    """The first of them, as all are but for their number; what is printed and saved is them all."""

    topic = "blanks"

    def __init__(self, day: Day, count: int, pdf: bytes, first: bytes) -> None:
        """Show ``first``: fifty bulletins are a hundred pages, too many to be drawn."""
        super().__init__()
        self.pdf = pdf
        title = plural(count, "bulletin vierge", "bulletins vierges")
        self.view = view = PreviewView()
        view.stand_alone(title, BACK)
        others = "" if count == 1 else "Le premier est montré : seul leur numéro change."
        view.show_pdf(first, allowed=True, note=typeset(others))
        if count > 1:
            view.count.setText(f"{view.count.text()} chacun")
        view.left.connect(self.left)
        view.print_asked.connect(partial(print_pdf, day.window, pdf, _FILE, lambda: None))
        view.save_asked.connect(partial(save_pdf, day.window, pdf, f"{_FILE}.pdf", lambda: None))
        view.fit(day.window.width())
        column = QVBoxLayout(self)
        space(column, 0)
        column.addWidget(view)

    def start(self) -> None:
        """Put the focus on the pages."""
        self.view.start()

    def print_here(self) -> None:
        """Print them all."""
        self.view.print_here()


def ask(day: Day) -> None:
    """Ask how many."""
    PrintBlanks(day).open()
