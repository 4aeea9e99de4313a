"""The list in its first second: names and states as they lie, while what works out the rest is still being imported."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.desk.draft_rows import DraftRow, whose
from desktop.desk.listing import LIMIT, parted
from desktop.gate.remembering import SETTING as DISPLAY
from desktop.gate.remembering import restored
from desktop.home.home import HomeView
from desktop.widgets.work import Answers
from forms.dossier.states import ON_PAPER, STATES
from forms.drafts.glance import Glance, Lying, glance
from forms.french import weekday_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.widgets.frame import Frame
    from desktop.widgets.style import Style

LATER = "…"
"""Stands for what is not worked out yet."""
_PERMANENCE = "permanence"
_SAID = ("used_name", "birth_name", "first_name", "staff_number", "category", "title")
_PAINTED = 30  # milliseconds until what was shown is surely painted


class FirstList(QObject):
    """Shows the drafts of a folder; what is asked of them meanwhile is done once the true list takes the view over."""

    painted = Signal()

    def __init__(self, window: Frame, style: Style) -> None:
        """Make the view; it stands among the pages of ``window``, empty."""
        super().__init__(window)
        self._window, self._style = window, style
        self._found = Glance((), {})
        self._again: Callable[[], object] = lambda: None
        self._over = False
        self.is_read = False
        """It was told whose drafts to show."""
        self.is_shown = False
        self.view = view = HomeView()
        for asked in (
            view.open_asked, view.new_asked, view.delete_asked, view.settings_asked, view.number_asked,
            view.action_asked,
        ):  # fmt: skip
            asked.connect(partial(self._hold, asked))
        view.older_asked.connect(lambda _shown: self._fill())
        window.stack.addWidget(view)
        # Measured a first time here, while the passphrase is worked on: the list waits 5 ms less for it then.
        view.table.horizontalHeader().sizeHint()

    def read(self, folder: Path, key: bytes, today: dt.date) -> None:
        """Read the drafts; the view is shown once they are there, not at all if they cannot be read so; ``painted``."""
        self.is_read = True
        self._today = today
        self.view.set_masked(masked=self._window.masked)
        asked = partial(glance, folder, key, LIMIT, (_PERMANENCE, DISPLAY))
        Answers(self).work(asked, self._show, lambda _fault: self.painted.emit())

    def give(self) -> HomeView:
        """Give the view to the true list; nothing asked of it comes here any more."""
        self._over = True
        return self.view

    def ask_again(self) -> None:
        """Ask what was asked last, of who answers now."""
        self._again()
        self.deleteLater()

    def drop(self) -> None:
        """Take the view away: the drafts were locked, or did not open."""
        self._over = True
        self._window.drop(self.view)
        self.deleteLater()

    def _hold(self, asked: Any, *said: object) -> None:
        if not self._over:
            self._again = partial(asked.emit, *said)

    def _show(self, found: Glance | None) -> None:
        if self._over:
            return
        QTimer.singleShot(_PAINTED, self, self.painted.emit)
        if found is None:
            return
        restored(self._style, found.settings[DISPLAY])
        self._found = found
        self.view.title.setText(_title(found.settings[_PERMANENCE], self._today))
        self._fill()
        self.is_shown = True
        self._window.stack.setCurrentWidget(self.view)
        self.view.start()

    def _fill(self) -> None:
        if self._over:
            return
        rows = [_row(draft) for draft in self._found.drafts]
        ours, older = parted(rows, self._today)
        self.view.show_drafts(ours, older, more=len(rows) == LIMIT)
        self.view.counts.hide()  # what they come to is not worked out either


def _row(draft: Lying) -> DraftRow:
    said = {name: text if isinstance(text, str) else None for name, text in draft.member.items()}
    member = SimpleNamespace(**{name: said.get(name) for name in _SAID})
    state = STATES.get(draft.state, LATER)
    texts = (*whose(member, draft.reference), LATER, LATER, LATER, state, LATER)
    return DraftRow(draft.reference, texts, draft.saved_at, draft.state in ON_PAPER, documents=0)


def _title(kept: object, today: dt.date) -> str:
    """Give the title as ``HomeView.show_permanence`` does; of a setting that cannot be read, today alone."""
    try:
        said = json.loads(kept) if isinstance(kept, str) else {}
        where = said.get("employer", {}).get("name") or said.get("place") or "Permanence"
        day = dt.date.fromisoformat(said["day"]) if said.get("said_on") == today.isoformat() else today
    except (AttributeError, KeyError, TypeError, ValueError):
        said = {}
    return f"{where}, {weekday_date(day)}" if said else weekday_date(today).capitalize()
