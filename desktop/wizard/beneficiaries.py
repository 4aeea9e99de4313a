"""Mes bénéficiaires: a card a person, added by a button, one open at a time; who is removed can be taken back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.fields.controls import Manners
from desktop.widgets.reading import read_in_order
from desktop.widgets.style import button, label, set_role, space
from desktop.wizard.card import BeneficiaryCard
from desktop.wizard.form import Sections, join
from desktop.wizard.page import Page
from forms.dossier.model import CHILDREN, PARTNERS, PEOPLE_LIMIT, Beneficiary
from forms.dossier.paths import person_path, with_beneficiary, without_beneficiary
from forms.french import long_date

if TYPE_CHECKING:
    from desktop.desk.scene import Scene
    from desktop.fields.base import Field

_PREFIX = "beneficiaries."


class BeneficiariesPage(Page):
    """The partner and the children."""

    def __init__(self) -> None:
        super().__init__("beneficiaries")
        self.open: int | None = None
        self.cards: list[BeneficiaryCard] = []
        self._cards = QVBoxLayout()
        space(self._cards, 12)
        self.removed = QFrame()
        set_role(self.removed, "card")
        row = QHBoxLayout(self.removed)
        space(row, 12, (16, 8, 16, 8))
        self.removed_words = label("", "text")
        self.undo_button = button("Annuler", "link")
        row.addWidget(self.removed_words)
        row.addWidget(self.undo_button)
        row.addStretch(1)
        self.undo_button.clicked.connect(self._undo)
        self.sections = Sections()
        join(self.sections, self)
        self.add_partner = button("Ajouter un conjoint")
        self.add_partner.setToolTip("Époux, épouse, partenaire de PACS ou concubin")
        self.add_child = button("Ajouter un enfant")
        for adding_button in (self.add_partner, self.add_child):
            Manners(adding_button)  # on some desktops Enter presses a button: never these
        self.add_partner.clicked.connect(lambda: self._add("spouse"))
        self.add_child.clicked.connect(lambda: self._add("child"))
        adding = QHBoxLayout()
        space(adding, 12)
        adding.addWidget(self.add_partner)
        adding.addWidget(self.add_child)
        adding.addStretch(1)
        self.column.addWidget(self.sections)
        self.column.addLayout(self._cards)
        self.column.addWidget(self.removed)
        self.column.addLayout(adding)
        self.column.addStretch(1)
        self._scene: Scene | None = None

    def draw(self, scene: Scene) -> None:
        """Show a card for each person of the dossier."""
        self._scene = scene
        day = scene.assessment.effective_date
        on = f"L’âge est celui du {long_date(day.date)}." if day else "L’âge se compte à la date d’effet."
        self.introduction.setText(f"Un conjoint au plus, et les enfants. {on}")
        people = scene.dossier.beneficiaries
        while len(self.cards) < len(people):
            self._make(len(self.cards))
        while len(self.cards) > len(people):
            self._drop()
        if self.open is not None and self.open >= len(people):
            self.open = None
        asks = scene.asks(self.step)
        self.sections.draw(scene, [ask for ask in asks if not ask.path.startswith(_PREFIX)])
        for index, card in enumerate(self.cards):
            own = [ask for ask in asks if ask.path.startswith(f"{_PREFIX}{index}.")]
            card.draw(scene, index, own, is_open=index == self.open)
        self.add_partner.setVisible(not any(person.relation in PARTNERS for person in people))
        self.add_child.setEnabled(len(people) < PEOPLE_LIMIT)
        last = scene.last
        gone = last is not None and last.sort == "removal" and last.path.startswith(_PREFIX)
        self.removed.setVisible(gone)
        self.removed_words.setText(f"{last.label}." if last is not None and gone else "")

    def _make(self, index: int) -> None:
        card = BeneficiaryCard()
        join(card, self)
        card.opened.connect(lambda: self._turn(index))
        card.closed.connect(lambda: self._turn(None))
        card.removed.connect(lambda: self._remove(index))
        self.cards.append(card)
        self._cards.addWidget(card)
        card.show()
        read_in_order(self.body)

    def _drop(self) -> None:
        card = self.cards.pop()
        card.blockSignals(True)
        for field in card.form.fields.values():
            field.blockSignals(True)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _turn(self, index: int | None) -> None:
        """Open a card, or close the one that is open; the focus goes with it."""
        before = self.open
        self.open = index
        self._redraw()
        if index is not None:
            self.cards[index].begin()
            self.show_whole(self.cards[index])
        elif before is not None and before < len(self.cards):
            self.cards[before].open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _redraw(self) -> None:
        if self._scene is not None:
            self.draw(self._scene)
            self.ordered.emit()

    def _add(self, relation: str) -> None:
        index = len(self.cards)
        self.open = index
        person = Beneficiary.model_validate({"relation": relation})
        words = "Enfant ajouté" if relation in CHILDREN else "Conjoint ajouté"
        self.act(partial(with_beneficiary, beneficiary=person), words, f"{_PREFIX}{index}")
        if index < len(self.cards):
            self.cards[index].begin()
            self.show_whole(self.cards[index])

    def _remove(self, index: int) -> None:
        if self.open is not None:
            self.open = None if self.open == index else self.open - (self.open > index)
        name = self._called(index)
        self.act(partial(without_beneficiary, index=index), name, f"{_PREFIX}{index}", "removal")
        self.undo_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _called(self, index: int) -> str:
        """Give ``Zoé retirée``, ``Noé retiré``, in the gender that is known."""
        if self._scene is None:
            return ""
        person = self._scene.dossier.beneficiaries[index]
        if not person.first_name:
            return "Fiche retirée"
        return f"{' '.join(person.first_name.split())} {'retirée' if person.title == 'mme' else 'retiré'}"

    def _undo(self) -> None:
        self.undo_wanted.emit()

    def field(self, path: str) -> Field | None:
        """Give the field of a path, and open the card that it is in."""
        owner = person_path(path)
        if owner is None:
            return self.sections.field(path)
        index = int(owner.split(".")[1])
        if index >= len(self.cards):
            return None
        if self.open != index:
            self.open = index
            self._redraw()
        fields = self.cards[index].form.fields
        return next(iter(fields.values()), None) if path == owner else fields.get(path)
