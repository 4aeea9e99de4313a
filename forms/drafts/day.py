"""The drafts that the end of a day is about: those touched since it began, and those that wait on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.drafts.cipher import faults_of
from forms.drafts.draft import DamagedDraft, Draft, from_row, written
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from forms.drafts.store import DraftStore


def of_day(store: DraftStore, since: dt.datetime, listed: Collection[tuple[str, int]]) -> list[Draft | DamagedDraft]:
    """Give the drafts saved ``since`` then, the printed ones of any day, and the sent ones that no list has yet.

    ``listed``: the references, each with its version, that stand on an earlier day's list. The oldest are first.

    Raises:
        Fault: the database cannot be read. A single damaged draft is in the list as such.
    """
    where = "SELECT * FROM drafts WHERE saved_at >= ? OR state IN ('printed', 'sent') ORDER BY saved_at, reference"
    begun = written(since)
    found: list[Draft | DamagedDraft] = []
    with faults_of(store.path):
        for row in store.database.query(where, [begun]):
            if row["state"] == "sent" and row["saved_at"] < begun and (row["reference"], row["version"]) in listed:
                continue
            try:
                found.append(from_row(row))
            except Fault as fault:
                found.append(DamagedDraft(str(row["reference"]), fault))
    return found
