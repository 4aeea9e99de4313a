"""A saved field beside a plain commit of SQLite: the same dossier, the same disk, durable on return, in turn."""

from __future__ import annotations

import datetime as dt
import sqlite3
import statistics
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from forms.dossier.paths import edited
from forms.dossier.reading import dossier_to_json
from forms.drafts.draft import Draft
from forms.drafts.store import DraftStore
from tests.benchmarks.pairs import Ratio
from tests.making import kept, read

if TYPE_CHECKING:
    from pathlib import Path

SAVES = 600
NOON = dt.datetime(2026, 2, 3, 12, 0, tzinfo=dt.UTC)


def saved_field(folder: Path) -> Ratio:
    """Compare one field of a family saved, in milliseconds, encrypted, journaled and indexed, to the plain commit."""
    folder.mkdir(parents=True, exist_ok=True)
    store = DraftStore(folder / "drafts", bytes(range(32)))
    plain = sqlite3.connect(folder / "plain.sqlite")
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = FULL")
    plain.execute("CREATE TABLE drafts (reference TEXT PRIMARY KEY, saved_at TEXT, dossier TEXT)")
    one = Draft("AAAA-0001", read(kept("cdg62-family")), "", "draft", "", "", 1, NOON, NOON)
    ours, theirs = [], []
    for number in range(SAVES):
        # SQLite skips pages that do not change: each time it is another text.
        changed = edited(one.dossier, "member.phone", f"06{number:08d}")
        one = replace(one, dossier=changed, saved_at=NOON + dt.timedelta(seconds=number))
        text = dossier_to_json(changed)
        start = time.perf_counter()
        store.save(one)
        middle = time.perf_counter()
        plain.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)", [one.reference, str(one.saved_at), text])
        plain.commit()
        ours.append((middle - start) * 1000)
        theirs.append((time.perf_counter() - middle) * 1000)
    plain.close()
    store.close()
    mine, bare = statistics.median(ours), statistics.median(theirs)
    return Ratio(mine, bare, mine / bare)
