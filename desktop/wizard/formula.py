"""Mes garanties: what a price needs, and the formulas side by side with their prices for this family."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.fields.base import Field
from desktop.fields.controls import CLEAR, Manners, arrow, check_one
from desktop.widgets.style import label, px, set_role, space
from desktop.wizard.compare import Compare
from desktop.wizard.compare_suppose import figure
from desktop.wizard.facts import Facts
from desktop.wizard.form import Sections, join
from desktop.wizard.offering import formulas_of, in_ranks
from desktop.wizard.page import Page
from desktop.wizard.told import rows_of
from forms.dossier.model import CHILDREN
from forms.french import money, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.desk.scene import Scene
    from desktop.wizard.told import Row
    from forms.assessment.answer import Ask, Quote
    from forms.convention.model import Formula

_NARROW = 700  # logical pixels of the page under which the formulas come before what fixes their prices
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
        price = figure(quote)
        self.price.setVisible(price is not None)
        self.per.setText("par mois" if price is not None else "Prix à venir")
        if price is not None:
            self.price.setText(money(price))
            year = f"{money(price * 12)} par an"
            self.yearly.setText(year if net is not None else f"{year}, participation non déduite")
        elif quote and quote.refusals:
            self.per.setText("Pas de prix : voir à droite")
            self.yearly.clear()
        else:
            self.yearly.setText("Il manque une réponse.")
        self.yearly.setVisible(bool(self.yearly.text()))
        self.provisional.setText("Estimation provisoire" if quote and quote.provisional and price is not None else "")
        self.provisional.setVisible(bool(self.provisional.text()))
        said = f"{money(price)} par mois" if price is not None else self.per.text()
        self.radio.setAccessibleName(f"{self.name}, {said}")

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
        self._aside: dict[str, FormulaCard] = {}
        self._group = QButtonGroup(self)
        self._box = QWidget()
        self._grid = QGridLayout(self._box)
        space(self._grid, 16)
        self.place(self._box)

    def write(self, scene: Scene) -> None:
        """Show each formula that is offered with its price."""
        self._offer(in_ranks(scene.convention, formulas_of(scene)))
        quotes = {quote.formula: quote for quote in scene.quotes}
        for key, card in self.cards.items():
            card.show_quote(quotes.get(key), chosen=key == scene.dossier.formula)
        chosen = self.cards.get(scene.dossier.formula or "")
        check_one(self._group, chosen.radio if chosen else None)

    def _offer(self, formulas: Sequence[Formula]) -> None:
        """Show these cards in this order; the others stay aside, for an answer that offers them again."""
        if list(self.cards) == [formula.id for formula in formulas]:
            return
        for card in self.cards.values():
            self._group.removeButton(card.radio)
            card.hide()
        self._aside |= self.cards
        self.cards = {formula.id: self._aside.get(formula.id) or self._made(formula) for formula in formulas}
        for card in self.cards.values():
            self._group.addButton(card.radio)
        self._lay(self.width())

    def _made(self, formula: Formula) -> FormulaCard:
        card = FormulaCard(formula)
        manners = Manners(card.radio)
        manners.entered.connect(self.enter)
        manners.left.connect(self.leave)
        card.radio.installEventFilter(self)
        card.radio.clicked.connect(lambda: self.edited.emit(self.path, formula.id))
        return card

    def _lay(self, width: int) -> None:
        most = max(1, min(len(self.cards), width // px(_CARD))) if width else len(self.cards)
        # As many in each row, as far as that goes: six cards are two rows of three, not five and one.
        across = ceil(len(self.cards) / ceil(len(self.cards) / most)) if self.cards else 1
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
        """Describe the group, and each formula; the words under them say what is missing."""
        del state
        self._box.setAccessibleName(self.title)
        self._box.setAccessibleDescription(description)
        for card in self.cards.values():
            card.radio.setAccessibleDescription(" ".join(filter(None, (description, card.summary.text()))))

    def focus_in(self) -> None:
        """Put the focus on the chosen formula, else on the first."""
        chosen = self._group.checkedButton() or next((card.radio for card in self.cards.values()), None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)


class FormulaPage(Page):
    """What a price needs, then the formulas, then what they differ in."""

    shown = Signal()
    """The page is on screen."""

    def __init__(self) -> None:
        super().__init__("formula")
        self._entering = True
        self._folded = False
        self.sections = Sections()
        join(self.sections, self)
        self.formula = FormulaField("formula")
        for signal in ("typed", "edited", "visited", "left"):
            getattr(self.formula, signal).connect(getattr(self, signal))
        self.facts = Facts()
        self.facts.change.clicked.connect(self._unfold)
        self.column.addWidget(self.facts)
        self.column.addWidget(self.sections)
        self.column.addWidget(self.formula)
        self.compare = Compare()
        self.compare.what_if.keep_asked.connect(lambda what: self.beside.emit("quote", what))
        self.compare.what_if.kept_asked.connect(lambda: self.beside.emit("quotes", None))
        self.column.addWidget(self.compare)
        self.column.addStretch(1)

    def draw(self, scene: Scene) -> None:
        """Show the facts, the prices and what they pay for."""
        self.introduction.setText(_family(scene))
        asks = scene.asks(self.step)
        needed = [ask for ask in asks if ask.path != "formula"]
        self.sections.draw(scene, needed)
        self._fold(rows_of(scene, needed))
        ask = _formula_ask(asks)
        self.formula.setVisible(ask is not None)
        if ask is not None:
            self.formula.draw(scene, ask)
        self.compare.draw(scene, formulas_of(scene))

    def _fold(self, rows: list[Row]) -> None:
        """Say what is known on one line, when the step is entered with nothing left to answer or to look at there."""
        self.facts.show_rows(rows)
        if self._entering:
            self._entering = False
            self._folded = bool(rows) and not any(row.state for row in rows)
        self.facts.setVisible(self._folded)
        if self._folded:
            self.sections.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the formulas first where there is little room: their prices are what one looks for."""
        super().resizeEvent(event)
        narrow = event.size().width() < px(_NARROW)
        first, second = (self.formula, self.facts) if narrow else (self.facts, self.formula)
        if self.column.indexOf(first) > self.column.indexOf(second):
            self.column.removeWidget(self.facts)
            self.column.insertWidget(self.column.indexOf(self.formula) + narrow, self.facts)
            space(self.column, *((8, (32, 8, 32, 8)) if narrow else (16, (32, 24, 32, 24))))
            self.ordered.emit()

    def _unfold(self) -> None:
        """Show the fields again, with the focus on the first."""
        self._folded = False
        self.facts.hide()
        self.sections.show()
        first = next((path for form in self.sections.forms.values() for path in form.fields), "")
        super().reach(first)
        self.ordered.emit()

    def reach(self, path: str) -> bool:
        """Put the focus on a path's field, which is shown first where it is folded."""
        if path and path != "formula" and self._folded and self.field(path) is not None:
            self._unfold()
        return super().reach(path)

    def showEvent(self, event: QShowEvent) -> None:
        """Fold again what is known, at the next scene."""
        super().showEvent(event)
        self._entering = not event.spontaneous()
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was supposed when another step is shown, not when what follows hides them all."""
        super().hideEvent(event)
        stack = self.parentWidget()
        if not event.spontaneous() and stack is not None and stack.isVisible():
            self.compare.reset()

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
    if given is None or not scene.convention.has_employer:
        return f"Une formule pour toute la famille. Prix pour {family}."
    if not given:
        return f"Une formule pour toute la famille. Prix pour {family}, sans participation de l’employeur."
    return f"Une formule pour toute la famille. Prix pour {family}, participation de {money(given)} par mois déduite."
