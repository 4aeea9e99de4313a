"""The bar under the page: back, on to the next step by its name, and in the summary what makes the paper."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from desktop.desk.scene import STEP_IDS, TITLES, Scene
from desktop.widgets.style import button, set_role, space
from desktop.wizard.links import Pressing
from forms.french import plural, typeset

_NUMBERS = ("", "Un", "Deux", "Trois", "Quatre", "Cinq", "Six", "Sept", "Huit", "Neuf", "Dix")


def blocked_words(count: int) -> str:
    """Give ``Deux points empêchent d’imprimer``; nothing for none."""
    if not count:
        return ""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} point{'s' if count > 1 else ''} empêche{'nt' if count > 1 else ''} d’imprimer"


def count_blocking(scene: Scene) -> int:
    """Count what blocks the bulletin: one a field, and what is of no field."""
    return len({issue.path or issue.message for issue in scene.blocking()})


class _Words(QLabel):
    """Words that give way to the buttons where there is little room."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class Foot(QFrame):
    """The buttons of a step."""

    back = Signal()
    on = Signal()
    check = Signal()
    preview = Signal()
    save_pdf = Signal()
    print_ = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "bar")
        self.setProperty("side", "bottom")
        self._flat = False
        self._row = row = QHBoxLayout(self)
        space(row, 12, (32, 13, 32, 13))
        self.back_button = button("Précédent")
        self.next_button = button("", "primary")
        self.preview_button = button("Aperçu")
        self.save_button = button("Enregistrer le PDF")
        self.print_button = button("Imprimer", "primary")
        self.check_button = button("Vérifier cette étape", "link")
        self.words = _Words()
        set_role(self.words, "second")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.back_button)
        row.addWidget(self.next_button)
        for made in (self.preview_button, self.save_button, self.print_button, self.check_button):
            row.addWidget(made)
        row.addWidget(self.words, 1)
        for pressed, signal in (
            (self.back_button, self.back), (self.next_button, self.on), (self.preview_button, self.preview),
            (self.save_button, self.save_pdf), (self.print_button, self.print_), (self.check_button, self.check),
        ):  # fmt: skip
            pressed.clicked.connect(signal)
            Pressing(pressed)

    def draw(self, scene: Scene, step: str, *, detour: bool) -> None:
        """Show the buttons of a step; in a detour from the summary, the way on leads back there."""
        index = STEP_IDS.index(step)
        last = index == len(STEP_IDS) - 1
        self.back_button.setText("Précédent" if index else "Mes dossiers")
        self.next_button.setVisible(not last)
        if not last:
            following = TITLES[STEP_IDS[index + 1]]
            self.next_button.setText("Revenir au récapitulatif" if detour else following.replace("&", "&&"))
        self.check_button.setVisible(not last)
        for made in (self.preview_button, self.save_button, self.print_button):
            made.setVisible(last)
        printable = scene.assessment.printable
        for made in (self.save_button, self.print_button):
            made.setEnabled(printable)
        reason = blocked_words(count_blocking(scene))
        self.print_button.setAccessibleDescription(reason)
        if last:
            papers = scene.assessment.papers_missing
            ready = f"{plural(papers, 'pièce')} à fournir plus tard" if papers else "Tout est prêt"
            project = "" if self._flat else typeset(" : l’aperçu porte « PROJET »")
            self.words.setText(f"{reason}{project}" if reason else ready)
        else:
            self.words.setText("Ctrl+Entrée : revenir" if detour else "Ctrl+Entrée : étape suivante")

    def flatten(self, *, flat: bool) -> None:
        """Take less height where there is little."""
        self._flat = flat
        space(self._row, 12, (16, 6, 16, 6) if flat else (32, 13, 32, 13))

    def buttons(self) -> list[QPushButton]:
        """Give the buttons on screen, in their order."""
        return [made for made in self.findChildren(QPushButton) if not made.isHidden()]
