"""The one place that holds a dossier while it is being filled: edits make new values, undo is a list of old ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal

from forms.assessment import assess as assess_dossier
from forms.assessment import quotes as quote_formulas
from forms.dossier.entry import typed
from forms.dossier.paths import edited

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from forms.assessment.answer import Assessment, Quote
    from forms.convention import Convention
    from forms.dossier.model import Dossier
    from forms.drafts.draft import Draft

    Assess = Callable[[Dossier, Convention, dt.date], Assessment]
    Quotes = Callable[[Dossier, Convention, dt.date], tuple[Quote, ...]]

Sort = Literal["field", "card", "removal"]


@dataclass(frozen=True)
class Past:
    """A value that undo can go back to: what was done to it since, in French, and where."""

    dossier: Dossier
    label: str
    path: str
    sort: Sort


class DossierSession(QObject):
    """One open dossier, its assessment, and its undo.

    Nothing is kept but the dossier, what it was, and where the user is: the assessment is worked out again at each
    change. Opening a draft and closing it emits nothing and changes nothing.
    """

    changed = Signal(object, object)
    """The new ``Dossier`` and its ``Assessment``."""
    place_changed = Signal(str, str)
    """The step and the path of the field where the user is now (an empty path: no field)."""

    def __init__(
        self,
        draft: Draft,
        convention: Convention,
        today: dt.date,
        *,
        assess: Assess = assess_dossier,
        quotes: Quotes = quote_formulas,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.convention = convention
        self.today = today
        self.place: tuple[str, str] = (draft.step, draft.field)
        self._dossier = draft.dossier
        self._assess = assess
        self._quotes = quotes
        self._assessment = assess(draft.dossier, convention, today)
        self._undo: list[Past] = []
        self._redo: list[Past] = []
        self._visited = ""

    @property
    def dossier(self) -> Dossier:
        """Give the dossier as it stands."""
        return self._dossier

    @property
    def assessment(self) -> Assessment:
        """Give what follows from the dossier as it stands."""
        return self._assessment

    def quotes(self) -> tuple[Quote, ...]:
        """Give the price of each formula for the dossier as it stands, in the convention's order."""
        return self._quotes(self._dossier, self.convention, self.today)

    @property
    def last(self) -> Past | None:
        """Give what undo would take back."""
        return self._undo[-1] if self._undo else None

    @property
    def can_redo(self) -> bool:
        """Tell whether something taken back can be done again."""
        return bool(self._redo)

    def move(self, step: str, path: str = "") -> None:
        """Remember where the user is; the dossier is not touched."""
        if self.place != (step, path):
            self.place = (step, path)
            self.place_changed.emit(step, path)

    def visit(self, path: str) -> None:  # noqa: ARG002 - which field it is does not matter: a visit ends the last one
        """Begin a visit of a field: what is typed from here on is one step of undo."""
        self._visited = ""

    def edit(self, path: str, value: Any) -> None:
        """Say a fact; ``value`` is of the field's own type."""
        self._become(edited(self._dossier, path, value), path)

    def type(self, path: str, text: str) -> None:
        """Take the text that stands in a field: read, or kept as it is where it cannot be."""
        self._become(typed(self._dossier, path, text, self.today), path)

    def apply(self, function: Callable[[Dossier], Dossier], label: str, *, path: str = "", sort: Sort = "card") -> None:
        """Do one action of a card: one step of undo, called ``label`` ("Zoé retirée")."""
        dossier = function(self._dossier)
        self._visited = ""
        if dossier != self._dossier:
            self._remember(Past(self._dossier, label, path, sort))
            self._take(dossier)

    def undo(self) -> Past | None:
        """Go back one visit or one action; give it, or ``None`` when there is nothing to take back."""
        return self._travel(self._undo, self._redo)

    def redo(self) -> Past | None:
        """Do again what was last taken back; give it, or ``None``."""
        return self._travel(self._redo, self._undo)

    def _travel(self, source: list[Past], target: list[Past]) -> Past | None:
        self._visited = ""
        while source:
            past = source.pop()
            if past.dossier != self._dossier:  # a visit that ended as it began is no step
                target.append(Past(self._dossier, past.label, past.path, past.sort))
                self._take(past.dossier)
                return past
        return None

    def _become(self, dossier: Dossier, path: str) -> None:
        if dossier == self._dossier:
            return
        if self._visited != path:
            self._remember(Past(self._dossier, "", path, "field"))
            self._visited = path
        self._take(dossier)

    def _remember(self, past: Past) -> None:
        self._undo.append(past)
        self._redo.clear()

    def _take(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._assessment = self._assess(dossier, self.convention, self.today)
        self.changed.emit(dossier, self._assessment)
