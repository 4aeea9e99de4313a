"""The panel « Et si… »: what is supposed is typed here, priced at once, and forgotten when the step is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.fields.controls import Radios
from desktop.fields.message import Message
from desktop.widgets.style import button, field, fix, label, set_role, set_state, space
from desktop.wizard.compare_suppose import asks_partner_category, figure, outcome
from desktop.wizard.compare_table import CompareTable
from desktop.wizard.links import Pressing
from forms.assessment.supposing import ASSUMED, Supposition, may_have_partner
from forms.french import plural, read_date, read_whole, short_date, typeset

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from desktop.desk.scene import Scene
    from forms.convention.model import Formula

_OLDEST = 120
_LETTERS = 40


class _Ask(QWidget):
    """One thing that is supposed: a label, a line, and the place for what could not be read."""

    changed = Signal()

    def __init__(self, name: str, wrong: str, *, unit: str = "", placeholder: str = "", width: int = 64) -> None:
        super().__init__()
        self._wrong = wrong
        self.name = label(name, "label", wrap=True)
        self.line = field(name, placeholder)
        self.line.setMaxLength(_LETTERS)
        self.line.setAccessibleName(f"Et si : {name[:1].lower()}{name[1:]}{f', en {unit}' if unit else ''}")
        fix(self.line, width=width)
        self.name.setBuddy(self.line)
        self.message = Message(1)
        row = QHBoxLayout()
        space(row, 8)
        row.addWidget(self.line)
        row.addWidget(label(unit, "text"))
        row.addStretch(1)
        self.column = QVBoxLayout(self)
        space(self.column, 4)
        self.column.addWidget(self.name)
        self.column.addLayout(row)
        self.column.addWidget(self.message)
        self.line.textChanged.connect(self.changed)
        self.line.editingFinished.connect(self.judge)
        self.line.returnPressed.connect(lambda: self.line.focusNextPrevChild(True))

    def age(self) -> int | None:
        """Give the age that was typed, in years."""
        age = read_whole(self.line.text())
        return age if age is not None and age <= _OLDEST else None

    def day(self, today: dt.date) -> dt.date | None:
        """Give the day that was typed."""
        return read_date(self.line.text(), today, birth=False)

    def readable(self) -> bool:
        """Tell whether the text is an age; a date judges itself."""
        return self.age() is not None

    def judge(self) -> None:
        """Say, once the line is left, that its text cannot be read."""
        wrong = bool(self.line.text().strip()) and not self.readable()
        self.message.say(self._wrong if wrong else "", "error" if wrong else "second")
        self.line.setAccessibleDescription(self.message.text())
        set_state(self.line, "error" if wrong else "")

    def clear(self) -> None:
        """Forget what was typed."""
        with QSignalBlocker(self.line):
            self.line.clear()
        self.judge()


class _AskDay(_Ask):
    """A day that is supposed."""

    today: dt.date | None = None

    def readable(self) -> bool:
        """Tell whether the text is a date."""
        return self.today is None or self.day(self.today) is not None


class IfPanel(QWidget):
    """What is supposed, and the prices that it would make. Nothing of it reaches the dossier."""

    keep_asked = Signal(object)
    """The ``Supposition`` of which the prices are wanted as a quote."""
    kept_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        space(column, 12)
        card = QFrame()
        set_role(card, "card")
        inside = QVBoxLayout(card)
        space(inside, 8, (16, 14, 16, 10))
        self._grid = grid = QGridLayout()
        space(grid, 16)
        wrong = "Un âge en années, par exemple 8."
        self.child = _Ask("Un enfant de plus", wrong, unit="ans")
        self.partner = _Ask("Un conjoint", wrong, unit="ans")
        self.day = _AskDay("Une autre date de signature", "Une date, par exemple 03/03/2026.",
                           placeholder="jj/mm/aaaa", width=130)  # fmt: skip
        self.retired = Radios("Situation du conjoint supposé", may_be_empty=False)
        self.retired.offer((("active", "en activité"), ("retired", "en retraite")))
        self.retired.show_value("active")
        self.partner.column.insertWidget(2, self.retired)
        for place, ask in enumerate((self.child, self.partner, self.day)):
            grid.addWidget(ask, 0, place)
            grid.setColumnStretch(place, 1)
            ask.changed.connect(self._recount)
            ask.column.addStretch(1)
        self.retired.chosen.connect(self._recount)
        inside.addLayout(grid)
        self.reset_button = button("Tout effacer", "link")
        Pressing(self.reset_button)
        self.reset_button.clicked.connect(self._reset_and_stay)
        foot = QHBoxLayout()
        space(foot, 12)
        foot.addWidget(label(typeset(ASSUMED), "second", wrap=True), 1)
        foot.addWidget(self.reset_button)
        inside.addLayout(foot)
        column.addWidget(card)
        self.sentence = label("", "text", wrap=True)
        self.refused = Message(1)
        said = QVBoxLayout()
        space(said, 2)
        said.addWidget(self.sentence)
        said.addWidget(self.refused)
        column.addLayout(said)
        self.table = CompareTable("Prix des formules avec ce dossier, et si")
        column.addWidget(self.table)
        column.addLayout(self._keeping())
        self._shown: tuple[Scene, Sequence[Formula]] | None = None

    def _keeping(self) -> QHBoxLayout:
        self.keep = button("Garder ce devis")
        self.kept = button("Devis gardés", "link")
        for made in (self.keep, self.kept):
            Pressing(made)
        self.keep.clicked.connect(lambda: self.keep_asked.emit(self.supposition()))
        self.kept.clicked.connect(self.kept_asked)
        self.kept_words = label("", "second", wrap=True)
        keeping = QHBoxLayout()
        space(keeping, 16)
        keeping.addWidget(self.keep)
        keeping.addWidget(self.kept)
        keeping.addWidget(self.kept_words, 1)
        self.kept.hide()
        return keeping

    def supposition(self) -> Supposition:
        """Give what is supposed just now; what cannot be read supposes nothing."""
        today = None if self._shown is None else self._shown[0].today
        partner = None if self.partner.isHidden() else self.partner.age()
        return Supposition(
            self.child.age(),
            partner,
            partner is not None and not self.retired.isHidden() and self.retired.value() == "retired",
            None if today is None else self.day.day(today),
        )

    def draw(self, scene: Scene, formulas: Sequence[Formula]) -> None:
        """Take a dossier to suppose on."""
        self._shown = (scene, formulas)
        self.day.today = scene.today
        self.partner.setVisible(may_have_partner(scene.dossier))
        self._grid.setColumnStretch(1, 0 if self.partner.isHidden() else 1)
        self.retired.setVisible(asks_partner_category(scene.convention))
        self._recount()

    def _recount(self) -> None:
        if self._shown is None:
            return
        scene, formulas = self._shown
        what = self.supposition()
        found = outcome(scene, formulas, what)
        self.table.show_content(found.content)
        self.sentence.setText(found.sentence)
        self.refused.say("\n".join(found.refused), "error")
        self.kept_words.clear()
        self.keep.setEnabled(any(figure(quote) is not None for quote in scene.quotes))
        said = any(ask.line.text() for ask in (self.child, self.partner, self.day))
        self.reset_button.setEnabled(said or self.retired.value() != "active")

    def reset(self) -> None:
        """Forget what was supposed."""
        for ask in (self.child, self.partner, self.day):
            ask.clear()
        self.retired.show_value("active")
        self._recount()

    def suppose(self, what: Supposition) -> None:
        """Suppose this again, on the dossier as it is now."""
        self.reset()
        self.child.line.setText("" if what.child is None else str(what.child))
        self.partner.line.setText("" if what.partner is None else str(what.partner))
        self.day.line.setText(short_date(what.signed_on) if what.signed_on else "")
        self.retired.show_value("retired" if what.partner_retired else "active")
        self._recount()
        self.child.line.setFocus()

    def show_kept(self, count: int, said: str = "") -> None:
        """Say how many quotes are kept with the dossier, and what has just been done."""
        self.kept.setText(f"{plural(count, 'devis gardé', 'devis gardés')}")
        self.kept.setVisible(bool(count))
        if said or not count:
            self.kept_words.setText(said)

    def _reset_and_stay(self) -> None:
        self.child.line.setFocus()  # a button that goes grey would send the focus anywhere
        self.reset()
