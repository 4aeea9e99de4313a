"""From a pair of dossiers to what is decided of it: the comparison is asked, shown, and its choice kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from desktop.day.compare_dialog import CompareDialog
from desktop.widgets.dialogs import tell
from forms.drafts import pairs
from forms.drafts.duplicates import Decision

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.desk.desk import Desk
    from forms.drafts.draft import Draft
    from forms.drafts.duplicates import Choice
    from forms.drafts.pairs import Pair
    from forms.drafts.store import DraftStore
    from forms.faults import Fault


def compare(
    window: QWidget,
    desk: Desk,
    pair: Pair,
    *,
    here: Draft | None,
    masked: bool,
    now: Callable[[], dt.datetime],
    ready: Callable[[CompareDialog], object],
    decided: Callable[[], object],
) -> None:
    """Show both dossiers of a pair; ``here`` is the first one as it stands on the table, if it does.

    ``ready`` takes the dialogue before it opens, ``decided`` follows a choice that was kept.
    """

    def both(store: DraftStore) -> tuple[Draft, Draft]:
        return here if here is not None else store.load(pair.first), store.load(pair.second)

    def keep(asked: CompareDialog, first: Draft, choice: str, reason: str) -> None:
        decision = Decision(cast("Choice", choice), reason, now())
        asked.setEnabled(False)

        def kept(_none: None) -> None:
            asked.accept()
            decided()

        def refused(fault: Fault) -> None:
            asked.setEnabled(True)
            asked.refuse(fault.line)

        desk.ask(lambda store: pairs.decide(store, first, pair, decision), kept, refused)

    def show(drafts: tuple[Draft, Draft]) -> None:
        first, second = drafts
        asked = CompareDialog(window, first, second, pair, desk.conventions, masked=masked, at_table=here is not None)
        asked.decided.connect(partial(keep, asked, first))
        ready(asked)
        asked.open()

    desk.ask(both, show, lambda fault: tell(window, fault.line))
