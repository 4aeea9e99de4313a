"""Every pair of dossiers that share someone and of which nothing is decided; looked for with a way to stop."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from desktop.day.deciding import compare
from desktop.day.over_list import OverList, Running
from desktop.day.side_by_side import met_by, shared_names
from desktop.desk.draft_rows import name_in_list
from desktop.widgets.style import label
from desktop.widgets.text_table import TextTable
from desktop.widgets.work import Answers
from forms.dossier.states import STATES
from forms.drafts import duplicates, pairs
from forms.faults import Fault
from forms.french import plural, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.day.actions import Day
    from desktop.day.compare_dialog import CompareDialog
    from forms.drafts.pairs import Pair
    from forms.drafts.store import DraftStore

HEADERS = ("Personne", "Premier dossier", "Second dossier", "Points communs")
SHARES = (24, 28, 28, 28)
SHOWN = 500
"""Pairs that are listed: a search stops there."""


@dataclass(frozen=True)
class Met:
    """A pair, and its row in the order of ``HEADERS``."""

    pair: Pair
    row: tuple[str, ...] = field(repr=False)


def met(store: DraftStore, asked: list[tuple[str, str]]) -> tuple[Met, ...]:
    """Give which of these pairs are undecided, as rows."""
    found = []
    for pair in pairs.undecided(store, asked):
        try:
            first, second = store.load(pair.first), store.load(pair.second)
        except Fault:
            continue
        sides = [f"{one.reference}, {name_in_list(one.dossier.member)}, {STATES[one.state]}" for one in (first, second)]
        found.append(Met(pair, (shared_names(first, pair), *sides, met_by(pair))))
    return tuple(found)


def show(day: Day) -> None:
    """Open the page."""
    day.show_page(PairsPage(day))


class PairsPage(OverList):
    """The pairs; Enter compares one."""

    topic = "duplicates"

    def __init__(self, day: Day) -> None:
        """Lay out, and begin to look."""
        super().__init__(
            "Examiner les doublons",
            "La même personne dans deux dossiers, le même enfant dans deux familles, sans choix encore. "
            "Entrée compare les deux.",
        )
        self._day, self._answers = day, Answers(self)
        self._round = 0
        self._stop = threading.Event()
        self.found: list[Met] = []
        self.running = Running("Avancement de la recherche", self.stop)
        self.heading = label(role="heading", wrap=True)
        self.table = TextTable("Doublons", HEADERS, SHARES, wraps=True)
        self.table.entered.connect(self._compare)
        self.body.addWidget(self.running)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.table)
        self.compare = self.add_button("Comparer", "primary", lambda: self._compare(self.table.currentIndex().row()))
        self.search()

    def start(self) -> None:
        """Begin in the list, or with the way back while there is nothing in it."""
        (self.table if self.found else self.back).setFocus()

    def search(self) -> None:
        """Look for them all, a few at a time, so that saving never waits for it."""
        self._round += 1
        self._stop = threading.Event()
        self.found = []
        self._show(over=False)
        self.running.progress.setText("Recherche…")
        self.running.bar.setRange(0, 0)
        now = self._round
        self._ask(duplicates.everywhere, lambda asked: self._go_on(now, list(asked), 0))

    def stop(self) -> None:
        """Look no further."""
        self._stop.set()

    def _go_on(self, now: int, asked: list[tuple[str, str]], done: int) -> None:
        if now != self._round:
            return
        self.running.bar.setRange(0, max(1, len(asked)))
        self.running.bar.setValue(done)
        self.running.progress.setText(f"Recherche : {whole(done)} sur {whole(len(asked))}")
        if done >= len(asked) or self._stop.is_set() or len(self.found) >= SHOWN:
            self._show(over=True, rest=len(asked) - done)
            return
        part = asked[done : done + pairs.STEP]

        def told(more: tuple[Met, ...]) -> None:
            if now == self._round:
                self.found += more
                self._go_on(now, asked, done + len(part))

        self._ask(partial(met, asked=part), told)

    def _ask(self, question: Callable[[DraftStore], object], then: Callable[..., object]) -> None:
        # An answer that comes after the page is left is dropped.
        self._day.desk.ask(
            question,
            lambda answer: self._answers.hand(lambda: then(answer)),
            lambda fault: self._answers.hand(lambda: self._refused(fault)),
        )

    def _refused(self, fault: Fault) -> None:
        self._show(over=True)
        self.remarks.say("refused", fault.line)

    def _show(self, *, over: bool, rest: int = 0) -> None:
        self.running.setVisible(not over)
        self.heading.setVisible(over)
        self.table.setVisible(over and bool(self.found))
        self.compare.setEnabled(over and bool(self.found))
        if not over:
            return
        count = plural(len(self.found), "doublon sans choix", "doublons sans choix")
        none = "Aucun doublon sans choix"
        unseen = f", {whole(rest)} pas encore regardés" if rest else ""
        self.heading.setText(f"{count if self.found else none}{unseen}")
        chosen = self.table.currentIndex().row()
        self.table.show_rows([one.row for one in self.found], at_most=10)
        if 0 <= chosen < len(self.found):
            self.table.selectRow(chosen)
        self.start()

    def show_undo(self, text: str, undo: Callable[[], object]) -> bool:
        """Offer the way back here, and look again once it is taken."""

        def undone() -> None:
            undo()
            self.search()

        return super().show_undo(text, undone)

    def _compare(self, row: int) -> None:
        if not 0 <= row < len(self.found):
            return
        one = self.found[row]

        def ready(asked: CompareDialog) -> None:
            asked.open_asked.connect(self._day.desk.open)
            asked.delete_asked.connect(self._delete)
            asked.turned.connect(self._day.window.turn)

        compare(
            self._day.window, self._day.desk, one.pair, here=None, masked=self._day.window.masked, now=self._day.now,
            ready=ready, decided=lambda: self._answers.hand(lambda: self._drop(lambda other: other is one)),
        )  # fmt: skip

    def _delete(self, reference: str) -> None:
        self._day.desk.delete(reference)
        self._drop(lambda one: reference in {one.pair.first, one.pair.second})

    def _drop(self, gone: Callable[[Met], bool]) -> None:
        self.found = [one for one in self.found if not gone(one)]
        self._show(over=True)
