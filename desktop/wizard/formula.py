"""Mes garanties: what a price needs, and the formulas side by side with their prices for this family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.fields.base import Field
from desktop.fields.controls import CLEAR, Manners, arrow, check_one
from desktop.style import label, px, set_role, space
from desktop.wizard.form import Sections, join
from desktop.wizard.page import Page
from forms.dossier.model import CHILDREN
from forms.french import money, plural

if TYPE_CHECKING:
    from desktop.wizard.scene import Scene
    from forms.assessment.answer import Ask, Quote
    from forms.convention.model import Formula

_CARD = 200  # logical pixels under which formulas go under one another


class FormulaCard(QFrame):
    """One formula: its name, its price by the month and by the year, what it is for."""

    def __init__(self, formula: Formula) -> None:
        super().__init__()
        set_role(self, "card")
        self.name = formula.label
        self.radio = QRadioButton()
        column = QVBoxLayout(self)
        space(column, 4, (16, 14, 16, 14))
        head = QHBoxLayout()
        space(head, 8)
        head.addWidget(self.radio)
        head.addWidget(label(formula.label, "heading"), 1)
        column.addLayout(head)
        line = QHBoxLayout()
        space(line, 6)
        self.price = label("", "title")
        self.per = label("par mois", "text")
        line.addWidget(self.price, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addWidget(self.per, 1, Qt.AlignmentFlag.AlignBaseline)
        column.addLayout(line)
        self.yearly = label("", "second", wrap=True)
        self.provisional = label("", "attention", wrap=True)
        self.summary = label(formula.summary, "second", wrap=True)
        for words in (self.yearly, self.provisional, self.summary):
            column.addWidget(words)
        column.addStretch(1)

    def show_quote(self, quote: Quote | None, *, chosen: bool) -> None:
        """Show the price after the employer's participation, or why there is none yet."""
        set_role(self, "card-active" if chosen else "card")
        net = quote.net if quote else None
        total = quote.total if quote else None
        figure = net if net is not None else total
        self.price.setVisible(figure is not None)
        self.per.setText("par mois" if figure is not None else "Prix à venir : il manque une réponse")
        if figure is not None:
            self.price.setText(money(figure))
            year = f"{money(figure * 12)} par an"
            self.yearly.setText(year if net is not None else f"{year}, participation non déduite")
        self.yearly.setVisible(figure is not None)
        if quote and quote.refusals:
            self.per.setText("Pas de prix : voir à droite")
        self.provisional.setText("Estimation provisoire" if quote and quote.provisional and figure is not None else "")
        self.provisional.setVisible(bool(self.provisional.text()))
        price = f"{money(figure)} par mois" if figure is not None else self.per.text()
        self.radio.setAccessibleName(f"{self.name}, {price}")
        self.radio.setAccessibleDescription(self.summary.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the formula from anywhere on its card."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
            self.radio.click()


class FormulaField(Field):
    """The choice of a formula."""

    lost_focus = Signal()

    def __init__(self, path: str, title: str = "Choisissez une formule") -> None:
        super().__init__(path, title)
        self.message.lines = 1
        self.cards: dict[str, FormulaCard] = {}
        self._group = QButtonGroup(self)
        self._box = QWidget()
        self._grid = QGridLayout(self._box)
        space(self._grid, 16)
        self.place(self._box)

    def write(self, scene: Scene) -> None:
        """Show each formula with its price."""
        for formula in scene.convention.formulas:
            if formula.id not in self.cards:
                self._add(formula)
        quotes = {quote.formula: quote for quote in scene.quotes}
        for key, card in self.cards.items():
            card.show_quote(quotes.get(key), chosen=key == scene.dossier.formula)
        chosen = self.cards.get(scene.dossier.formula or "")
        check_one(self._group, chosen.radio if chosen else None)

    def _add(self, formula: Formula) -> None:
        card = FormulaCard(formula)
        manners = Manners(card.radio)
        manners.entered.connect(self.enter)
        manners.left.connect(self.leave)
        card.radio.installEventFilter(self)
        card.radio.clicked.connect(lambda: self.edited.emit(self.path, formula.id))
        self._group.addButton(card.radio)
        self.cards[formula.id] = card
        self._lay(self.width())

    def _lay(self, width: int) -> None:
        across = max(1, min(len(self.cards), width // px(_CARD))) if width else len(self.cards)
        for index, card in enumerate(self.cards.values()):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, index // across, index % across)
            card.show()
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards side by side where there is room."""
        super().resizeEvent(event)
        self._lay(event.size().width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows, and take the answer back on Delete."""
        del watched
        if arrow(self._group, event):
            return True
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.key() not in CLEAR:
            return False
        self.edited.emit(self.path, None)
        return True

    def mark(self, state: str, description: str) -> None:
        """Describe the group; the words under it say what is missing."""
        del state
        self._box.setAccessibleDescription(description)

    def focus_in(self) -> None:
        """Put the focus on the chosen formula, else on the first."""
        chosen = self._group.checkedButton() or next((card.radio for card in self.cards.values()), None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)


class FormulaPage(Page):
    """What a price needs, then the formulas."""

    def __init__(self) -> None:
        super().__init__("formula")
        self.sections = Sections()
        join(self.sections, self)
        self.formula = FormulaField("formula")
        for signal in ("typed", "edited", "visited", "left"):
            getattr(self.formula, signal).connect(getattr(self, signal))
        self.column.addWidget(self.sections)
        self.column.addWidget(self.formula)
        self.note = QFrame()
        set_role(self.note, "card")
        note = QVBoxLayout(self.note)
        space(note, 4, (16, 12, 16, 12))
        note.addWidget(label("Garanties", "label"))
        self.note_text = label("", "text", wrap=True)
        note.addWidget(self.note_text)
        self.column.addWidget(self.note)
        self.column.addStretch(1)

    def draw(self, scene: Scene) -> None:
        """Show the facts, the prices and where the guarantees are to be read."""
        self.introduction.setText(_family(scene))
        asks = scene.asks(self.step)
        self.sections.draw(scene, [ask for ask in asks if ask.path != "formula"])
        ask = _formula_ask(asks)
        self.formula.setVisible(ask is not None)
        if ask is not None:
            self.formula.draw(scene, ask)
        self.note.setVisible(bool(scene.convention.guarantees_note))
        self.note_text.setText(scene.convention.guarantees_note)

    def field(self, path: str) -> Field | None:
        """Give the field of a path."""
        return self.formula if path == "formula" else self.sections.field(path)


def _formula_ask(asks: tuple[Ask, ...]) -> Ask | None:
    return next((ask for ask in asks if ask.path == "formula"), None)


def _family(scene: Scene) -> str:
    """Say whom the prices are for and what is taken off them."""
    children = sum(person.relation in CHILDREN for person in scene.dossier.beneficiaries)
    adults = 1 + len(scene.dossier.beneficiaries) - children
    family = plural(adults, "adulte") + (f" et {plural(children, 'enfant')}" if children else "")
    # A cheap formula cuts the participation down to its price: the highest one is what the employer gives.
    given = max((quote.participation for quote in scene.quotes if quote.participation is not None), default=None)
    if given is None:
        return f"Une formule pour toute la famille. Prix pour {family}."
    if not given:
        return f"Une formule pour toute la famille. Prix pour {family}, sans participation de l’employeur."
    return f"Une formule pour toute la famille. Prix pour {family}, participation de {money(given)} par mois déduite."
