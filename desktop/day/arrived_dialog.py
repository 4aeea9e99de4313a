"""The dialogue that takes a transfer for arrived: the receipt that headquarters reads out is typed, never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.widgets.dialogs import Dialog
from desktop.widgets.rows import Row
from desktop.widgets.style import field
from forms.french import plural, typeset

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from forms.day.looking import Pending

_TITLE = "Ce transfert est-il arrivé ?"
_OTHER = "Ce n’est pas l’accusé de ce transfert : rien n’est changé. Faites-le relire par le siège."


class ArrivedDialog(Dialog):
    """Accepted only with the receipt of this transfer; Enter is "Annuler" while nothing is typed."""

    def __init__(self, parent: QWidget, one: Pending) -> None:
        """Ask for the receipt of one transfer."""
        count = plural(len(one.references), "dossier devient « transmis »", "dossiers deviennent « transmis »")
        super().__init__(
            parent, _TITLE,
            typeset(
                "Quand il reçoit le fichier, le siège lit un accusé de réception. Tapez celui qu’il vous lit : "
                f"{count}, et la purge pourra les effacer de ce poste."
            ),
        )  # fmt: skip
        self._receipt = one.receipt
        self.receipt = Row("Accusé de réception lu par le siège", field(""), "Douze caractères.", lines=2)
        self.body.addWidget(self.receipt)
        self.cancel = self.add_button("Annuler", "secondary", self.reject)
        self.go_on = self.add_button("Transfert confirmé", "primary", self.submit)
        self.cancel.setDefault(True)
        self.receipt.line.textChanged.connect(self._typed)
        self.receipt.field.setFocus()

    def _typed(self, text: str) -> None:
        self.receipt.clear()
        (self.go_on if text.strip() else self.cancel).setDefault(True)

    def submit(self) -> None:
        """Compare what was typed, whatever its spaces, dashes and case."""
        if _bare(self.receipt.text) == _bare(self._receipt):
            self.accept()
            return
        self.receipt.error(_OTHER)
        self.receipt.field.setFocus()


def _bare(text: str) -> str:
    return "".join(character for character in text if character.isalnum()).upper()
