"""The list's rows: read and worked out on the drafts' thread, dropped when another search was asked meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.desk.draft_rows import row_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from desktop.desk.draft_rows import DraftRow
    from forms.convention import Convention
    from forms.drafts.draft import DamagedDraft, Draft
    from forms.drafts.store import DraftStore

LIMIT = 200
"""Drafts that the list reads: more than a season of permanences."""
FOUND = 60
"""Drafts that a search reads: past what someone looks through, another letter finds better."""


class Listing(NamedTuple):
    """The drafts found: those of today, then the older ones; ``more`` when not all were read."""

    today: tuple[DraftRow, ...]
    older: tuple[DraftRow, ...]
    more: bool


class Rows:
    """Works rows out once: a row is kept beside the very draft and day that it says, and worked out again for others.

    Two hundred take 150 ms, which would be paid again at each return to the list.
    """

    def __init__(self, conventions: Mapping[str, Convention]) -> None:
        """Begin with none; for one thread."""
        self._conventions = conventions
        self._kept: dict[str, tuple[Draft | DamagedDraft, dt.date, DraftRow]] = {}

    def listing(self, store: DraftStore, search: str, today: dt.date, still: Callable[[], bool]) -> Listing | None:
        """Give the drafts that answer a search; None once the answer is wanted no more, which ``still`` tells.

        Raises:
            Fault: the database cannot be read.
        """
        if not still():
            return None
        limit = FOUND if search.strip() else LIMIT
        drafts = store.recent(search, limit)
        rows = []
        for draft in drafts:
            if not still():
                return None
            rows.append(self._row(draft, today))
        if limit == LIMIT:  # of what is not on the list any more, nothing stays in memory
            shown = {row.reference for row in rows}
            self._kept = {reference: kept for reference, kept in self._kept.items() if reference in shown}
        return Listing(*parted(rows, today), more=len(drafts) == limit)

    def _row(self, draft: Draft | DamagedDraft, today: dt.date) -> DraftRow:
        kept = self._kept.get(draft.reference)
        if kept is not None and kept[0] == draft and kept[1] == today:
            return kept[2]
        row = row_of(draft, self._conventions, today)
        self._kept[draft.reference] = (draft, today, row)
        return row


def parted(rows: Iterable[DraftRow], today: dt.date) -> tuple[tuple[DraftRow, ...], tuple[DraftRow, ...]]:
    """Give those of today, then the others."""
    ours: list[DraftRow] = []
    older: list[DraftRow] = []
    for row in rows:
        (older if row.saved_at is None or row.saved_at.astimezone().date() < today else ours).append(row)
    return tuple(ours), tuple(older)
