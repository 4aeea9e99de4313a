"""Watches the dossier on the table for people who are in another one: a quiet line, never while one types."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.day.deciding import compare
from desktop.day.side_by_side import shared_names
from desktop.widgets.work import Answers
from forms.drafts import pairs, people
from forms.french import plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.day.compare_dialog import CompareDialog
    from desktop.desk.desk import Desk
    from desktop.widgets.frame import Frame
    from desktop.wizard.view import WizardView
    from forms.drafts.draft import Draft
    from forms.drafts.pairs import Pair

_TOLD = 2
"""Pairs that are told one by one: the rest is counted."""
_REST = "rest"


class Doubles(QObject):
    """Serves one open dossier, with its ``wizard``."""

    delete_asked = Signal(str)
    """This dossier is wanted away."""
    turned = Signal()

    def __init__(self, window: Frame, desk: Desk, wizard: WizardView, now: Callable[[], dt.datetime]) -> None:
        """Listen to fields being left, cards being made or taken away, and moves."""
        super().__init__(desk)
        self._window, self._desk, self._wizard, self._now = window, desk, wizard, now
        self._answers = Answers(self)
        self._looked: tuple[people.Keys, ...] = ()
        self._told: list[str] = []
        self._put_off: set[str] = set()
        self.is_masked: Callable[[], bool] = lambda: False
        for page in wizard.pages.values():
            page.left.connect(lambda _path: self.look())
            page.acted.connect(lambda *_: self.look())
        wizard.session.place_changed.connect(lambda *_: self.look())

    def look(self) -> None:
        """Ask who is elsewhere, if who is here has changed since it was asked."""
        draft = self._desk.draft
        if draft is None:
            return
        found = people.keys_of(draft.dossier)
        if found != self._looked:
            self._looked = found
            self._ask(draft)

    def _ask(self, draft: Draft) -> None:
        looked = self._looked

        def told(found: tuple[Pair, ...]) -> None:
            if looked == self._looked:
                self._answers.hand(lambda: self._say(draft, found))

        # What cannot be read is said by the list; here it would only be in the way.
        self._desk.ask(lambda store: pairs.of(store, draft), told, lambda _fault: None)

    def _say(self, draft: Draft, found: tuple[Pair, ...]) -> None:
        for name in self._told:
            self._wizard.unremark(name)
        waiting = [pair for pair in found if pair.second not in self._put_off]
        self._told = [pair.second for pair in waiting[:_TOLD]]
        for pair in waiting[:_TOLD]:
            count = len(pair.shared)
            self._wizard.remark(
                pair.second,
                f"{shared_names(draft, pair)} : aussi dans le dossier {pair.second}."
                if count == 1
                else f"{plural(count, 'personne')} de ce dossier sont aussi dans le dossier {pair.second}.",
                ("Comparer", partial(self._compare, pair)),
                ("Plus tard", partial(self._later, pair.second)),
            )
        if len(waiting) > _TOLD:
            self._told.append(_REST)
            self._wizard.remark(_REST, f"Et dans {plural(len(waiting) - _TOLD, 'autre dossier', 'autres dossiers')}.")

    def _later(self, other: str) -> None:
        self._put_off.add(other)
        self._again()

    def _again(self) -> None:
        if self._desk.draft is not None:
            self._ask(self._desk.draft)

    def _compare(self, pair: Pair) -> None:
        draft = self._desk.draft
        if draft is None:
            return

        def ready(asked: CompareDialog) -> None:
            asked.open_asked.connect(self._desk.open)
            asked.delete_asked.connect(self.delete_asked)
            asked.turned.connect(self.turned)

        compare(
            self._window, self._desk, pair, here=draft, masked=self.is_masked(), now=self._now, ready=ready,
            decided=self._again,
        )  # fmt: skip
