"""An empty bulletin filled by hand, typed in afterwards under its number: asked in a dialogue, or met in the search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from desktop.desk.permanence import blank_dossier, foreign
from desktop.widgets.dialogs import Dialog, confirm
from desktop.widgets.rows import Choice, Row
from forms.dossier.references import looks_printed, reference_flaw, typed_reference
from forms.drafts.ended import End, ended, last_version
from forms.french import long_date

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.day.actions import Day
    from desktop.desk.desk import Desk
    from forms.drafts.store import DraftStore

_HINT = "Le numéro imprimé sous le grand code, par exemple 7K3M-Q2XD."


class BlankDialog(Dialog):
    """Asks for a number and a convention, and opens a dossier under it; a number that is here already is opened."""

    topic = "blanks"

    def __init__(self, parent: QWidget, desk: Desk, reference: str = "") -> None:
        """Begin with a number, where one is known."""
        super().__init__(
            parent, "Saisir un bulletin vierge",
            "Un bulletin rempli à la main se saisit sous son numéro : le papier et le dossier se retrouvent.",
        )  # fmt: skip
        self._window, self._desk = parent, desk
        line = QLineEdit(reference)
        line.setMaxLength(60)
        self.number = Row("Numéro du bulletin", line, _HINT, lines=2)
        line.textChanged.connect(self.number.clear)
        self.convention = Choice()
        for convention in desk.conventions.values():
            self.convention.addItem(convention.title, convention.id)
        usual = desk.permanence.convention if desk.permanence else None
        self.convention.setCurrentIndex(max(0, self.convention.findData(usual)))
        self.body.addWidget(self.number)
        self.body.addWidget(Row("Convention du bulletin", self.convention, lines=0))
        self.add_button("Annuler", "secondary", self.reject)
        self.go_on = self.add_button("Saisir ce bulletin", "primary", self._submit)
        line.setFocus()

    def _submit(self) -> None:
        reference = typed_reference(self.number.text)
        if reference is None:
            self.number.error(reference_flaw(self.number.text))
            return
        refusal = foreign(reference, practice=self._desk.practice)
        if refusal:
            self.number.error(refusal)
            return
        self.accept()
        open_under(self._window, self._desk, reference, self.convention.currentData())


def open_under(parent: QWidget, desk: Desk, reference: str, convention: str | None) -> None:
    """Open a new dossier under a number, or offer the one that has it already; ask first where it has left."""

    def known(found: tuple[bool, End, int]) -> None:
        kept, end, last = found
        # After what is on paper under this number: a version is never there with two contents.
        begin = partial(desk.begin, blank_dossier(desk.permanence, reference, convention), last + 1)
        if kept:
            offer(parent, desk, reference)
        elif end.gone is not None:
            how, at = end.gone
            confirm(
                parent, f"Le dossier {reference} a été {how} ici le {long_date(at.astimezone().date())}",
                "Ce numéro a déjà servi. Vérifiez-le sur le papier avant de le saisir de nouveau.",
                "Saisir quand même", begin, danger=True,
            )  # fmt: skip
        else:
            begin()

    def look(store: DraftStore) -> tuple[bool, End, int]:
        last = last_version(store, [reference]).get(reference, 0)
        return store.has(reference), ended(store, reference), last

    desk.ask(look, known)


def offer(parent: QWidget, desk: Desk, reference: str) -> Dialog:
    """Offer to open the dossier that has a number already."""
    return confirm(
        parent, f"Le dossier {reference} est déjà ici",
        "Ce numéro a été saisi. Ouvrez son dossier pour le compléter.", "Ouvrir ce dossier",
        partial(desk.open, reference),
    )  # fmt: skip


def ask(day: Day) -> None:
    """Ask for the number of an empty bulletin."""
    BlankDialog(day.window, day.desk).open()


def met_in_search(text: str, *, practice: bool) -> str:
    """Give the reference that a search is, where a dossier could be opened under it; else nothing."""
    reference = typed_reference(text) if looks_printed(text) else None
    return "" if reference is None or foreign(reference, practice=practice) else reference
