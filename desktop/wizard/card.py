"""A beneficiary's card: one line that says who, how old, what price and what is left to do; open, the fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.desk.scene import MISSING
from desktop.fields.controls import Manners
from desktop.widgets.style import button, label, set_role, set_state, space
from desktop.wizard.form import Form, join
from forms.dossier.labels import label as word
from forms.dossier.paths import full_name, name_of, value_at
from forms.french import money, plural

if TYPE_CHECKING:
    from desktop.desk.scene import Scene
    from forms.assessment.answer import Ask
    from forms.dossier.model import Beneficiary


class BeneficiaryCard(QFrame):
    """One person. It is drawn for a place in the list; it keeps nothing of the person who was there before."""

    typed = Signal(str, str)
    edited = Signal(str, object)
    visited = Signal(str)
    left = Signal(str)
    lost_focus = Signal()
    opened = Signal()
    closed = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        column = QVBoxLayout(self)
        space(column, 8, (16, 10, 16, 10))
        row = QHBoxLayout()
        space(row, 12)
        self.name = label("", "label")
        self.who = label("", "second")
        self.chip = label("", "chip")
        self.price = label("", "label")
        self.per = label("", "second")
        self.open_button = button("Modifier", "link")
        self.close_button = button("Replier", "link")
        self.remove_button = button("Retirer", "link")
        for words in (self.name, self.who, self.chip):
            row.addWidget(words)
        row.addStretch(1)
        for made in (self.price, self.per, self.open_button, self.close_button, self.remove_button):
            row.addWidget(made)
        column.addLayout(row)
        self.form = Form()
        join(self.form, self)
        column.addWidget(self.form)
        self.form.setContentsMargins(0, 6, 0, 0)
        Manners(self.remove_button)  # on some desktops Enter presses a button: never this one
        self.open_button.clicked.connect(self.opened)
        self.close_button.clicked.connect(self.closed)
        self.remove_button.clicked.connect(self.removed)

    def draw(self, scene: Scene, index: int, asks: list[Ask], *, is_open: bool) -> None:
        """Show the person at a place of the list."""
        path = f"beneficiaries.{index}"
        person: Beneficiary = scene.dossier.beneficiaries[index]
        name = full_name(person) or _capital(name_of(scene.dossier, path))
        self.name.setText(name)
        self.who.setText(who(scene, index))
        text, state = state_of(scene, path)
        self.chip.setText(text)
        set_state(self.chip, state)
        line = next((line for line in scene.assessment.quote.lines if line.person == path), None)
        amount = line.amount if line else None
        self.price.setText("" if amount is None else money(amount))
        self.per.setText("" if amount is None else f"par mois{f', {line.note}' if line and line.note else ''}")
        self.open_button.setVisible(not is_open)
        self.close_button.setVisible(is_open)
        for widget, verb in (
            (self.open_button, "Modifier"), (self.close_button, "Replier"), (self.remove_button, "Retirer"),
        ):  # fmt: skip
            widget.setAccessibleName(f"{verb} {name}")
        set_role(self, "card-active" if is_open else "card")
        self.setAccessibleName(f"{name}, {self.who.text()}, {text}")
        self.form.draw(scene, asks if is_open else [])
        self.form.setVisible(is_open)

    def begin(self) -> None:
        """Put the focus on the first field."""
        field = next(iter(self.form.fields.values()), None)
        if field is not None:
            field.focus_in()
        else:
            self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)


def who(scene: Scene, index: int) -> str:
    """Say what a person is to the member and how old: ``conjoint · 39 ans``."""
    path = f"beneficiaries.{index}"
    person = scene.dossier.beneficiaries[index]
    age = scene.assessment.ages.get(path)
    title = value_at(scene.dossier, f"{path}.title")
    # Without a name the card is already called by the relation.
    named = person.relation and (person.first_name or person.birth_name or person.used_name)
    relation = word(f"{path}.relation", person.relation, title) if named and person.relation else ""
    return " · ".join(part for part in (relation, plural(age, "an") if age is not None else "") if part)


def state_of(scene: Scene, path: str) -> tuple[str, str]:
    """Give a person's state in words, and the state of the chip that carries them."""
    issues = [issue for issue in scene.blocking("beneficiaries") if issue.path.startswith(f"{path}.")]
    wrong = len({issue.path for issue in issues if issue.code != MISSING})
    if wrong:
        return plural(wrong, "erreur"), "error"
    missing = len({issue.path for issue in issues})
    return (f"{missing} à compléter", "attention") if missing else ("complet", "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
