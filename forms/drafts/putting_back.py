"""A draft that was taken away comes back as it was, its date too, so that to undo neither dates nor keeps it anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.drafts import journal, people
from forms.drafts.draft import to_row

if TYPE_CHECKING:
    import datetime as dt

    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore


def put_back(store: DraftStore, draft: Draft, at: dt.datetime) -> bool:
    """Bring back a draft that ``store.delete`` took away, with its paper and its scans; the journal says when.

    False when it is there: nothing of it was changed.

    Raises:
        Fault: it could not be kept; it may still be put back.
    """
    with store.transaction() as database:
        reference = draft.reference
        if database.execute("SELECT 1 FROM drafts WHERE reference = ?", [reference]).fetchone():
            return False
        store.forget()
        database.table("drafts").insert(to_row(draft))
        database.execute("DELETE FROM leaving WHERE reference = ? AND gone = 0", [reference])
        people.index(database, reference, draft.dossier)
        journal.append(database, at, "restored", reference)
    return True
