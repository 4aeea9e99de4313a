"""The list's rows: a search asked meanwhile drops the older ones; a row is worked out once for one draft and day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from desktop.desk import listing
from desktop.desk.draft_rows import AGENT, row_of
from desktop.desk.listing import Listing, Rows
from desktop.practice import dossiers
from forms.convention import library
from forms.drafts.draft import Draft
from forms.drafts.store import DraftStore
from tests.benchmarks import search
from tests.desktop.conftest import NOW, TODAY, Desktop

if TYPE_CHECKING:
    from pathlib import Path

CONVENTIONS = {convention.id: convention for convention in library().conventions}


def kept(store: DraftStore, count: int) -> None:
    """Keep so many invented dossiers."""
    for number in range(count):
        reference = f"AAAA-{number:04d}"
        dossier = dossiers(TODAY)[number % 5].model_copy(update={"reference": reference})
        store.save(Draft(reference, dossier, "", "draft", "", "", 1, NOW, NOW + dt.timedelta(seconds=number)))


def test_a_row_is_worked_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same drafts: the same rows, not worked out again; another value, or another day, is."""
    store = DraftStore(tmp_path / "drafts", bytes(32))
    kept(store, 4)
    asked: list[str] = []

    def counted(draft: Draft, *more: object) -> object:
        asked.append(draft.reference)
        return row_of(draft, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(listing, "row_of", counted)
    rows = Rows(CONVENTIONS)
    first = rows.listing(store, "", TODAY, lambda: True)
    assert first is not None
    assert len(asked) == 4
    assert rows.listing(store, "", TODAY, lambda: True) == first
    assert len(asked) == 4
    draft = store.load("AAAA-0002")
    member = draft.dossier.member.model_copy(update={"used_name": "Zwart"})
    # The same time to the microsecond: what is compared is the dossier.
    changed = Draft(**{**vars(draft), "dossier": draft.dossier.model_copy(update={"member": member})})
    store.save(changed)
    again = rows.listing(store, "", TODAY, lambda: True)
    assert again is not None
    assert next(row.texts[AGENT] for row in again.today if row.reference == "AAAA-0002").startswith("Zwart")
    assert len(asked) == 5
    rows.listing(store, "", TODAY + dt.timedelta(days=1), lambda: True)
    assert len(asked) == 9
    store.close()


def test_what_is_wanted_no_more_is_dropped(tmp_path: Path) -> None:
    """Before it is begun, and between two rows."""
    store = DraftStore(tmp_path / "drafts", bytes(32))
    kept(store, 3)
    rows = Rows(CONVENTIONS)
    store.database.conn.set_trace_callback(lambda _statement: pytest.fail("it was asked"))
    assert rows.listing(store, "", TODAY, lambda: False) is None
    store.database.conn.set_trace_callback(None)
    answers = iter((True, True, False))
    assert rows.listing(store, "", TODAY, lambda: next(answers)) is None
    store.close()


def test_typing_fast_shows_the_last_search_alone(opened: Desktop) -> None:
    """Ten letters at once: one listing, that of the last."""
    for dossier in dossiers(TODAY):
        opened.desk.restore(Draft(dossier.reference or "", dossier, "", "draft", "", "", 1, NOW, NOW))
    assert opened.desk.flush()
    shown: list[Listing] = []
    opened.desk.listed.connect(shown.append)
    name = (dossiers(TODAY)[1].member.birth_name or "").lower()
    for length in range(1, len(name) + 1):
        opened.desk.list(name[:length])
    opened.wait(lambda: bool(shown))
    opened.qtbot.wait(20)
    assert len(shown) == 1
    assert len(shown[0].today) >= 1


def test_the_measure_of_searches_measures() -> None:
    """One figure for each letter typed; the list reads as many."""
    times = search.measure(300)
    assert len(times) == sum(map(len, search.TYPED))
    assert all(time > 0 for time in times)
    assert search.LIMIT == listing.FOUND
