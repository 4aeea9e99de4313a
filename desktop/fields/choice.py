"""Fields that are answered by choosing: yes or no, a few answers side by side, a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt

from desktop.fields.base import Field
from desktop.fields.controls import Choice, Radios
from desktop.widgets.style import set_state
from forms.dossier.fields import field_at
from forms.dossier.labels import choices_at
from forms.dossier.model import CHILDREN, PARTNERS
from forms.dossier.paths import cancellation_of, person_path, value_at

if TYPE_CHECKING:
    from desktop.desk.scene import Scene

_YES_NO = (("yes", "oui"), ("no", "non"))
_FLAGS = {"yes": True, "no": False}
_PARTNER_IS = ("active", "retired")
_CANCELLATION = "previous_contract.cancellation"
_RADIOS_AT_MOST = 4
_LETTERS_AT_MOST = 50


def choices_of(scene: Scene, path: str) -> tuple[tuple[str, str], ...]:
    """Give the values that a field offers, with their words: a card of a child offers no partner."""
    if path.rsplit(".", 1)[-1] == "formula":
        return tuple((formula.id, formula.label) for formula in scene.convention.formulas)
    owner = person_path(path)
    title = value_at(scene.dossier, f"{owner}.title") if owner else None
    choices = choices_at(path, title)
    if path.endswith(".relation"):
        said = value_at(scene.dossier, path)
        group = PARTNERS if said in PARTNERS else CHILDREN if said in CHILDREN else (*PARTNERS, *CHILDREN)
        choices = tuple(choice for choice in choices if choice[0] in group)
    elif path.startswith("beneficiaries.") and path.endswith(".category"):
        # An associate, an orphan, a survivor joins in their own name: no beneficiary is one.
        choices = tuple(choice for choice in choices if choice[0] in {*_PARTNER_IS, value_at(scene.dossier, path)})
    elif path == "payment.mode" and not scene.convention.has_employer:
        # Nobody is there to keep it back from the pay.
        choices = tuple(choice for choice in choices if choice[0] in {"direct_debit", value_at(scene.dossier, path)})
    return choices


def value_shown(scene: Scene, path: str) -> Any:
    """Give the answer that stands: no previous contract is the answer that there is nothing to cancel."""
    return cancellation_of(scene.dossier) if path == _CANCELLATION else value_at(scene.dossier, path)


class FlagField(Field):
    """Yes or no, or not answered; ``o`` and ``n`` answer, Delete takes the answer back where none is allowed."""

    def __init__(self, path: str, title: str = "") -> None:
        super().__init__(path, title)
        adapter = field_at(path).adapter
        may_be_empty = adapter is None or adapter.validate_python(None) is None
        self.radios = Radios(self.title, keys={"o": "yes", "n": "no"}, may_be_empty=may_be_empty)
        self.radios.offer(_YES_NO)
        self.place(self.radios)
        self.radios.chosen.connect(self._chosen)
        self.radios.entered.connect(self.enter)
        self.radios.left.connect(self.leave)

    def _chosen(self, value: str | None) -> None:
        self.edited.emit(self.path, None if value is None else _FLAGS[value])

    def write(self, scene: Scene) -> None:
        """Check the answer that stands."""
        value = value_at(scene.dossier, self.path)
        self.radios.show_value(None if value is None else "yes" if value else "no")

    def mark(self, state: str, description: str) -> None:
        """Draw and describe the two answers."""
        self.radios.mark(state)
        self.radios.describe(description)

    def focus_in(self) -> None:
        """Put the focus on the answer."""
        self.radios.focus_in()


class RadioField(Field):
    """A few answers that are all on screen: side by side, or one under the other where they are sentences."""

    def __init__(self, path: str, title: str = "", *, stacked: bool = False) -> None:
        super().__init__(path, title)
        self.stacked = stacked
        self.radios = Radios(self.title)
        self.place(self.radios)
        self.radios.chosen.connect(lambda value: self.edited.emit(self.path, value))
        self.radios.entered.connect(self.enter)
        self.radios.left.connect(self.leave)

    def write(self, scene: Scene) -> None:
        """Offer the answers in the person's gender and check the one that stands."""
        self.radios.offer(choices_of(scene, self.path), across=1 if self.stacked else _RADIOS_AT_MOST)
        self.radios.show_value(value_shown(scene, self.path))

    def mark(self, state: str, description: str) -> None:
        """Draw and describe the answers."""
        self.radios.mark(state)
        self.radios.describe(description)

    def focus_in(self) -> None:
        """Put the focus on the answer."""
        self.radios.focus_in()


class ListField(Field):
    """A list to choose from, which the wheel never changes."""

    def __init__(self, path: str, title: str = "") -> None:
        super().__init__(path, title)
        self.box = Choice(self.title)
        self._label.setBuddy(self.box)
        self.setFocusProxy(self.box)
        self.place(self.box)
        self.box.currentIndexChanged.connect(lambda: self.edited.emit(self.path, self.box.currentData()))
        self.box.manners.entered.connect(self.enter)
        self.box.manners.left.connect(self.leave)

    def write(self, scene: Scene) -> None:
        """Offer the answers in the person's gender and show the one that stands."""
        choices = choices_of(scene, self.path)
        with QSignalBlocker(self.box):
            if [self.box.itemData(i) for i in range(1, self.box.count())] != [value for value, _ in choices]:
                while self.box.count() > 1:
                    self.box.removeItem(1)
                for value, word in choices:
                    self.box.addItem(word, value)
            for index, (_, word) in enumerate(choices, start=1):
                self.box.setItemText(index, word)
            self.box.setCurrentIndex(max(0, self.box.findData(value_shown(scene, self.path))))

    def mark(self, state: str, description: str) -> None:
        """Draw and describe the list."""
        set_state(self.box, state)
        self.box.setAccessibleDescription(description)

    def focus_in(self) -> None:
        """Put the focus on the list."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)


def is_radio(choices: tuple[tuple[str, str], ...]) -> bool:
    """Tell whether the answers are few and short enough to be all on screen."""
    return len(choices) <= _RADIOS_AT_MOST and sum(len(word) for _, word in choices) <= _LETTERS_AT_MOST
