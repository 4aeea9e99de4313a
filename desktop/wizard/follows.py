"""The column of what follows: the contribution, the effective date, what is left to do; each answers "Pourquoi ?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.desk.scene import MISSING, Scene, where
from desktop.widgets.reading import read_in_order
from desktop.widgets.style import label, set_role, space
from desktop.wizard.calendar import Strip, between, deadline
from desktop.wizard.foot import blocked_words, count_blocking
from desktop.wizard.links import Item, Link, LinkList
from forms.dossier.labels import label as word
from forms.dossier.model import Beneficiary
from forms.dossier.paths import name_of, value_at
from forms.french import long_date, money, plural

if TYPE_CHECKING:
    from forms.assessment.answer import Calendar, Line

_SHOWN_AT_ONCE = 7


class Follows(QScrollArea):
    """What follows from the dossier."""

    wanted = Signal(str)
    """The path of a link that was pressed."""
    why_price = Signal()
    why_date = Signal()
    relisted = Signal()
    """Links came or went."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Ce qui en découle")
        set_role(self, "surface")
        body = QWidget()
        set_role(body, "surface")
        self._column = QVBoxLayout(body)
        space(self._column, 4, (24, 24, 24, 24))
        self.setWidget(body)
        self._price()
        self._rule()
        self._date()
        self._rule()
        self._left()
        self._column.addStretch(1)
        self._lines: list[tuple[str, str]] = []
        self._rows: list[tuple[QLabel, QLabel, QFrame]] = []

    def _price(self) -> None:
        self.of_what = self._add(label("", "second", wrap=True))
        row = QHBoxLayout()
        space(row, 8)
        self.figure = label("", "figure")
        self.per = label("par mois", "text")
        row.addWidget(self.figure, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self.per, 1, Qt.AlignmentFlag.AlignBaseline)
        self._column.addLayout(row)
        self.provisional = self._add(label("", "attention", wrap=True))
        self.yearly = self._add(label("", "second", wrap=True))
        self._people = QGridLayout()
        space(self._people, 4, (0, 8, 0, 4))
        self._people.setColumnStretch(0, 1)
        self._column.addLayout(self._people)
        self.why_price_link = Link("Pourquoi ces montants ?")
        self.why_price_link.clicked.connect(self.why_price)
        self._column.addWidget(self.why_price_link)

    def _date(self) -> None:
        self._add(label("Date d’effet", "second"))
        self.date = self._add(label("", "heading", wrap=True))
        self.reason = self._add(label("", "second", wrap=True))
        self.to_confirm = self._add(label("À confirmer", "attention"))
        self.strip = Strip()
        self._column.addWidget(self.strip)
        self.between = self._add(label("", "second", wrap=True))
        self.deadline = self._add(label("", "second", wrap=True))
        self.why_date_link = Link("Pourquoi cette date ?")
        self.why_date_link.clicked.connect(self.why_date)
        self._column.addWidget(self.why_date_link)

    def _left(self) -> None:
        self.left_title = self._add(label("Reste à faire avant d’imprimer", "second"))
        self.to_do = LinkList()
        self._column.addWidget(self.to_do)
        self._column.addSpacing(8)
        self.can_wait_title = self._add(label("Peut attendre", "second"))
        self.can_wait = LinkList()
        self._column.addWidget(self.can_wait)
        for links in (self.to_do, self.can_wait):
            links.wanted.connect(self.wanted)

    def _add(self, made: QLabel) -> QLabel:
        self._column.addWidget(made)
        return made

    def _rule(self) -> None:
        self._column.addSpacing(12)
        rule = QFrame()
        set_role(rule, "rule")
        self._column.addWidget(rule)
        self._column.addSpacing(12)

    def draw(self, scene: Scene) -> None:
        """Show what follows from a scene."""
        self._draw_price(scene)
        self._draw_lines(scene)
        day = scene.assessment.effective_date
        self.date.setText(long_date(day.date) if day else "Pas encore connue")
        self.reason.setText(day.reason if day else _lacks(scene))
        self.to_confirm.setVisible(day is not None and day.certainty == "assumed")
        self.why_date_link.setVisible(day is not None)
        self._draw_calendar(scene.assessment.calendar)
        to_do, can_wait = left_to_do(scene), waiting(scene)
        self.left_title.setText("Reste à faire avant d’imprimer" if to_do else "Rien n’empêche d’imprimer")
        self.can_wait_title.setVisible(bool(can_wait))
        changed = self.to_do.show_items(_bounded(to_do))
        changed |= self.can_wait.show_items(_bounded(can_wait))
        if changed:
            self.relisted.emit()

    def _draw_calendar(self, days: Calendar) -> None:
        self.strip.show_days(days)
        text, role = between(days)
        set_role(self.between, role)
        for made, words in ((self.between, text), (self.deadline, deadline(days))):
            made.setText(words)
            made.setVisible(bool(words))

    def _draw_price(self, scene: Scene) -> None:
        quote = scene.assessment.quote
        formula = scene.convention.formula(scene.dossier.formula)
        self.of_what.setText(f"Cotisation, formule {formula.label}" if formula else "Cotisation")
        figure = quote.net if quote.net is not None else quote.total
        self.figure.setText("" if figure is None else money(figure))
        self.figure.setVisible(figure is not None)
        if figure is not None:
            self.per.setText("par mois")
        else:
            self.per.setText("Pas encore de prix" if formula else "Choisissez une formule")
        self.provisional.setText("Estimation provisoire" if quote.provisional and figure is not None else "")
        self.provisional.setVisible(bool(self.provisional.text()))
        self.yearly.setText(_yearly(scene))
        self.yearly.setVisible(bool(self.yearly.text()))
        self.why_price_link.setVisible(bool(quote.lines))

    def _draw_lines(self, scene: Scene) -> None:
        lines = [(person_words(scene, line), _amount(line)) for line in scene.assessment.quote.lines]
        if lines == self._lines:
            return
        self._lines = lines
        while len(self._rows) < len(lines):
            self._add_line()
            read_in_order(self.figure.parentWidget())
        while len(self._rows) > len(lines):
            for made in self._rows.pop():
                self._people.removeWidget(made)
                made.hide()
                made.deleteLater()
        for (name, amount, _rule), (words, price) in zip(self._rows, lines, strict=True):
            name.setText(words)
            amount.setText(price)

    def _add_line(self) -> None:
        rule = QFrame()
        set_role(rule, "rule")
        name, amount, row = label("", "text", wrap=True), label("", "text"), 2 * len(self._rows)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._people.addWidget(name, row, 0)
        self._people.addWidget(amount, row, 1)
        self._people.addWidget(rule, row + 1, 0, 1, 2)
        self._rows.append((name, amount, rule))


def _amount(line: Line) -> str:
    if line.amount is None:
        return "à compléter"
    return money(line.amount) if line.amount else f"{money(line.amount)}, gratuit"


def person_words(scene: Scene, line: Line) -> str:
    """Say who a line is for: ``Noé, conjoint, 39 ans``."""
    name = name_of(scene.dossier, line.person)
    person = value_at(scene.dossier, line.person)
    parts = [name[:1].upper() + name[1:]]
    if isinstance(person, Beneficiary) and person.relation and person.first_name:
        parts.append(word(f"{line.person}.relation", person.relation, person.title))
    age = scene.assessment.age_of(line)
    if age is not None:
        parts.append(plural(age, "an"))
    return ", ".join(parts)


def _yearly(scene: Scene) -> str:
    quote = scene.assessment.quote
    if quote.refusals:
        return quote.refusals[0]
    if quote.net is None or quote.yearly is None:
        return "Participation de l’employeur pas encore déduite" if quote.total is not None else ""
    year = f"{money(quote.yearly)} par an"
    if not scene.convention.has_employer:
        return year
    if quote.participation:
        return f"{year}, après {money(quote.participation)} de participation par mois"
    return f"{year}, sans participation de l’employeur"


def _lacks(scene: Scene) -> str:
    titles = [where(scene.dossier, path) for path in scene.assessment.effective_date_lacks]
    return f"Il manque : {', '.join(titles)}." if titles else ""


def left_to_do(scene: Scene) -> list[Item]:
    """Give what blocks the bulletin, each once: wrong ones say so, missing ones are named."""
    items: dict[str, Item] = {}
    for issue in scene.blocking():
        place = where(scene.dossier, issue.path)
        if not place:
            items[issue.message] = (issue.message, "")
        elif issue.path not in items:
            items[issue.path] = (place if issue.code == MISSING else f"{place}\u00a0: à corriger", issue.path)
    return list(items.values())


def waiting(scene: Scene) -> list[Item]:
    """Give what does not block: what may be written by hand later, what is to be looked at, the papers."""
    items: dict[str, Item] = {}
    for issue in scene.waiting():
        if issue.path:
            place = where(scene.dossier, issue.path)
            items.setdefault(issue.path, (place if issue.code == MISSING else f"{place}\u00a0: à vérifier", issue.path))
    found = list(items.values())
    papers = scene.assessment.papers_missing
    if papers:
        found.append((f"{plural(papers, 'pièce')} à fournir", "documents"))
    confirm = sum(not issue.path for issue in scene.waiting())
    if confirm:
        found.append((f"{plural(confirm, 'point')} à confirmer avec l’assureur", "confirm"))
    return found


def _bounded(items: list[Item]) -> list[Item]:
    """Keep the column readable: the rest is in the summary."""
    if len(items) <= _SHOWN_AT_ONCE + 1:
        return items
    rest = len(items) - _SHOWN_AT_ONCE
    return [*items[:_SHOWN_AT_ONCE], (f"et {rest} autres, au récapitulatif", "summary")]


def in_one_line(scene: Scene) -> str:
    """Say what follows in one line: the price, the date, what is left to do."""
    quote, day = scene.assessment.quote, scene.assessment.effective_date
    figure = quote.net if quote.net is not None else quote.total
    parts = [f"{money(figure)} par mois{' (estimation)' if quote.provisional else ''}" if figure is not None else ""]
    parts.append(f"effet le {long_date(day.date)}" if day else "")
    parts.append(blocked_words(count_blocking(scene)).lower())
    return " · ".join(part for part in parts if part) or "Cotisation et date d’effet : pas encore connues"
