"""The keeper: the newest is kept, what failed is said and tried again, and there is only one."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from forms.dossier.paths import edited
from forms.drafts import printed, states
from forms.drafts.keeper import Keeper
from forms.drafts.lock import AlreadyOpen, FolderLock
from forms.drafts.store import DraftStore
from forms.faults import Fault
from tests.forms.drafts.invented import KEY, NOON, PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from forms.drafts.draft import Draft

LONG = 20.0  # seconds; a test that waits that long has failed


@dataclass
class News:
    """What the keeper told, and on which thread; its clock is a minute later at each look."""

    saved: list[tuple[str, dt.datetime]] = field(default_factory=list)
    failed: list[tuple[str, Fault]] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    looks: int = 0

    def clock(self) -> dt.datetime:
        """Give the next minute."""
        self.looks += 1
        return NOON + dt.timedelta(minutes=self.looks)

    def on_saved(self, reference: str, saved_at: dt.datetime) -> None:
        """Note a draft kept."""
        self.threads.add(threading.current_thread().name)
        self.saved.append((reference, saved_at))

    def on_failed(self, reference: str, fault: Fault) -> None:
        """Note a draft that was not."""
        self.threads.add(threading.current_thread().name)
        self.failed.append((reference, fault))


@pytest.fixture
def news() -> News:
    """What will be told."""
    return News()


@pytest.fixture
def keeper(folder: Path, news: News) -> Iterator[Keeper]:
    """A keeper of an empty folder."""
    keeper = Keeper(folder, KEY, clock=news.clock, on_saved=news.on_saved, on_failed=news.on_failed)
    yield keeper
    keeper.close()


@pytest.fixture
def hold(keeper: Keeper) -> Iterator[Callable[[], threading.Event]]:
    """Make the owning thread wait until the event given back is set."""
    events: list[threading.Event] = []

    def holding() -> threading.Event:
        begun, event = threading.Event(), threading.Event()
        events.append(event)

        def wait(_: DraftStore) -> None:
            begun.set()
            event.wait(LONG)

        keeper.ask(wait)
        assert begun.wait(LONG)
        return event

    yield holding
    for event in events:
        event.set()


def test_only_the_newest_is_kept(keeper: Keeper, news: News, draft: Draft, hold: Callable[[], threading.Event]) -> None:
    """Three edits while the disk is busy are one save, of the last; the time told is the one kept."""
    release = hold()
    for step in ("guarantees", "member", "summary"):
        keeper.save(replace(draft, step=step))
    assert not keeper.flush(0)
    assert keeper.unsaved() == (draft.reference,)
    release.set()
    assert keeper.flush(LONG)
    assert keeper.unsaved() == ()
    kept = keeper.ask(lambda store: store.load(draft.reference)).result(LONG)
    assert kept == replace(draft, step="summary", saved_at=NOON + dt.timedelta(minutes=1))
    assert news.saved == [(draft.reference, kept.saved_at)]
    assert news.threads == {"keeper"}
    assert news.failed == []


@pytest.mark.parametrize(
    ("refusal", "why"),
    [
        (("max_page_count = 1", "max_page_count = 100000"), "le disque est plein"),
        (("query_only = ON", "query_only = OFF"), "il est en lecture seule"),
    ],
)
def test_what_failed_is_said_then_kept(
    keeper: Keeper, news: News, named: Callable[[str, str], Draft], refusal: tuple[str, str], why: str
) -> None:
    """A disk that refuses: each draft is told as unsaved and stays; then the newest are kept."""
    keeper.ask(lambda store: store.database.execute(f"PRAGMA {refusal[0]}").fetchall()).result(LONG)
    # Long enough to need a new page, which a database that may not grow has not.
    first, second = named("AAAA-0001", "Garnier" * 40), named("BBBB-0002", "Lefèvre" * 40)
    for number in range(40):
        keeper.save(replace(first, reference=f"AAAA-{number:04d}"))
    keeper.save(second)
    assert not keeper.flush(LONG)
    assert all(why in str(fault) for _, fault in news.failed)
    assert {reference for reference, _ in news.failed} >= {"BBBB-0002"}
    assert "BBBB-0002" in keeper.unsaved()
    keeper.ask(lambda store: store.database.execute(f"PRAGMA {refusal[1]}").fetchall()).result(LONG)
    assert "BBBB-0002" not in [reference for reference, _ in news.saved]
    assert keeper.flush(LONG)
    assert keeper.ask(lambda store: store.load("BBBB-0002").step).result(LONG) == ""
    keeper.save(replace(second, step="summary"))
    assert keeper.flush(LONG)
    assert keeper.unsaved() == ()
    assert keeper.ask(lambda store: store.load("BBBB-0002").step).result(LONG) == "summary"
    assert len(keeper.ask(lambda store: store.recent()).result(LONG)) == 41


def test_a_mistake_of_ours_is_told_as_unsaved_and_the_thread_lives(keeper: Keeper, news: News, draft: Draft) -> None:
    """An exception that is no Fault never passes for a save, and keeps its cause for the report."""
    keeper.save(replace(draft, created_at=draft.created_at.replace(tzinfo=None)))
    assert not keeper.flush(LONG)
    reference, fault = news.failed[0]
    assert reference == draft.reference
    assert "erreur interne" in str(fault)
    assert isinstance(fault.__cause__, ValueError)
    keeper.save(draft)
    assert keeper.flush(LONG)


def test_a_listener_that_breaks_stops_nothing(
    keeper: Keeper, news: News, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a callback raises goes to the one handler; the draft is kept and the next one too."""
    caught: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: caught.append(args.exc_type.__name__))
    monkeypatch.setattr(keeper, "_on_saved", lambda _reference, _when: news.saved[99])
    keeper.save(draft)
    assert keeper.flush(LONG)
    keeper.save(replace(draft, step="summary"))
    assert keeper.flush(LONG)
    assert caught == ["IndexError", "IndexError"]


def test_reads_come_after_what_was_handed_over_before(keeper: Keeper, draft: Draft) -> None:
    """A question sees the save before it; its Fault is the asker's."""
    keeper.save(draft)
    assert keeper.ask(lambda store: store.load(draft.reference).step).result(LONG) == draft.step
    with pytest.raises(Fault, match="pas de brouillon"):
        keeper.ask(lambda store: store.load("ZZZZ-9999")).result(LONG)


def test_a_deleted_draft_does_not_come_back(keeper: Keeper, draft: Draft, hold: Callable[[], threading.Event]) -> None:
    """Deleting takes away what was still to be kept, too."""
    keeper.save(draft)
    assert keeper.flush(LONG)
    release = hold()
    keeper.save(replace(draft, step="summary"))
    deleted = keeper.delete(draft.reference)
    release.set()
    deleted.result(LONG)
    assert keeper.flush(LONG)
    assert keeper.ask(lambda store: store.recent()).result(LONG) == []
    keeper.ask(lambda store: store.database.execute("PRAGMA query_only = ON").fetchall()).result(LONG)
    keeper.save(draft)
    assert not keeper.flush(LONG)
    keeper.ask(lambda store: store.database.execute("PRAGMA query_only = OFF").fetchall()).result(LONG)
    keeper.delete(draft.reference).result(LONG)
    assert keeper.flush(LONG)
    assert keeper.ask(lambda store: store.recent()).result(LONG) == []


def test_an_edit_during_the_commit_is_kept_next(
    keeper: Keeper, news: News, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed while its former state is being written is not taken for written."""
    newest = replace(draft, step="summary")

    save = DraftStore.save

    def typing(store: DraftStore, kept: Draft) -> None:
        if not news.saved:
            keeper.save(newest)
        save(store, kept)

    monkeypatch.setattr(DraftStore, "save", typing)
    keeper.save(draft)
    assert keeper.flush(LONG)
    assert [reference for reference, _ in news.saved] == [draft.reference] * 2
    assert keeper.ask(lambda store: store.load(draft.reference).step).result(LONG) == "summary"


def test_closing_keeps_everything(folder: Path, keeper: Keeper, named: Callable[[str, str], Draft]) -> None:
    """What was handed over just before closing is on the disk, and the folder is free again."""
    for number in range(20):
        keeper.save(named(f"AAAA-{number:04d}", "Garnier"))
    assert keeper.close()
    assert keeper.close()
    assert keeper.flush(0)
    store = DraftStore(folder, KEY)
    assert len(store.recent()) == 20
    store.close()
    with pytest.raises(RuntimeError):
        keeper.save(named("AAAA-0001", "Garnier"))
    with pytest.raises(RuntimeError):
        keeper.ask(lambda store: store.recent())


def test_a_close_that_loses_something_says_so(keeper: Keeper, draft: Draft) -> None:
    """False when a draft could not be kept: the window must not have closed on it in silence."""
    keeper.ask(lambda store: store.database.execute("PRAGMA query_only = ON").fetchall()).result(LONG)
    keeper.save(draft)
    assert not keeper.close()
    assert not keeper.flush(LONG)
    assert keeper.unsaved() == (draft.reference,)


def test_a_second_window_is_refused(folder: Path, keeper: Keeper, news: News, draft: Draft) -> None:
    """In this process or another one, politely; and the first goes on."""
    with pytest.raises(AlreadyOpen, match="Permanence est déjà ouvert"):
        Keeper(folder, KEY, clock=news.clock, on_saved=news.on_saved, on_failed=news.on_failed)
    program = (
        "import pathlib, sys; from forms.drafts.lock import *\n"
        "try: FolderLock(pathlib.Path(sys.argv[1]))\n"
        "except AlreadyOpen: print('refused')"
    )
    command = [sys.executable, "-c", program, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=PROJECT)
    assert (done.stdout, done.stderr) == ("refused\n", "")
    keeper.save(draft)
    assert keeper.close()
    FolderLock(folder).release()


def test_a_lock_that_cannot_be_made_is_no_second_window(tmp_path: Path) -> None:
    """What the system refuses is said for what it is."""
    (tmp_path / "permanence.lock").mkdir()
    with pytest.raises(Fault, match="Impossible de réserver le dossier") as refused:
        FolderLock(tmp_path)
    assert not isinstance(refused.value, AlreadyOpen)


def test_a_folder_that_does_not_open_is_given_back(folder: Path, keeper: Keeper, news: News) -> None:
    """With a wrong key the Fault is raised at once, and the lock is not kept."""
    assert keeper.close()
    with pytest.raises(Fault, match="ne s’ouvre pas avec cette clé"):
        Keeper(folder, bytes(32), clock=news.clock, on_saved=news.on_saved, on_failed=news.on_failed)
    FolderLock(folder).release()


def test_an_edit_that_overtakes_the_note_of_a_print_is_not_lost(
    keeper: Keeper, draft: Draft, hold: Callable[[], threading.Event]
) -> None:
    """The disk is busy: printed, then changed, and both come to it in the same round; the change is what is kept."""
    on_paper = states.printed(states.judged(draft, complete=True))
    dossier = edited(draft.dossier, "member.first_name", "Maïa")
    newer = states.changed(on_paper, dossier, complete=False, edition=draft.edition)
    release = hold()
    keeper.save(on_paper)
    noted = keeper.ask(lambda store: printed.record(store, on_paper, "2026-1", NOON, b"%PDF"))
    keeper.save(newer)
    release.set()
    assert noted.result(LONG).state == "printed"
    assert keeper.flush(LONG)
    kept = keeper.ask(lambda store: store.load(draft.reference)).result(LONG)
    assert (kept.version, kept.state, kept.dossier) == (2, "draft", dossier)
    (version,) = keeper.ask(lambda store: printed.versions(store, draft.reference)).result(LONG)
    assert (version.version, version.dossier) == (1, draft.dossier)
