"""The one thread that owns the database: it takes the newest drafts, commits them, and says so."""

from __future__ import annotations

import sys
import threading
from collections import deque
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from forms.drafts import backups
from forms.drafts.cipher import faults_of
from forms.drafts.files import private_folder
from forms.drafts.lock import FolderLock
from forms.drafts.store import DraftStore
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from forms.drafts.draft import Draft

T = TypeVar("T")

_CLOSING = 30.0  # seconds for the last commits; a disk that takes longer has stopped answering


class Keeper:
    """Keeps drafts without making anyone wait.

    ``on_saved(reference, saved_at)`` and ``on_failed(reference, fault)`` are called on the keeper's own
    thread. What could not be kept stays here, the newest of each reference, and is tried again at the next
    ``save`` or ``flush``.
    """

    def __init__(
        self,
        folder: Path,
        key: bytes,
        *,
        clock: Callable[[], dt.datetime],
        on_saved: Callable[[str, dt.datetime], None],
        on_failed: Callable[[str, Fault], None],
    ) -> None:
        """Reserve the folder and open its database; ``clock`` gives times that know their zone.

        Raises:
            AlreadyOpen: another window holds this folder.
            DamagedDrafts: the drafts are lost or damaged; it names the backup that can be restored.
            Fault: see ``DraftStore``.
        """
        self._clock, self._on_saved, self._on_failed = clock, on_saved, on_failed
        self._changed = threading.Condition()
        self._kept_back: dict[str, Draft] = {}
        self._asked: deque[Callable[[DraftStore], None]] = deque()
        self._due = False
        self._busy = False
        self._closing = False
        self._ended = False
        private_folder(folder)
        self._lock = FolderLock(folder)
        opened: Future[None] = Future()
        arguments = (folder, key, opened)
        self._thread = threading.Thread(target=self._run, args=arguments, name="keeper", daemon=True)
        self._thread.start()
        opened.result()

    def save(self, draft: Draft) -> None:
        """Hand over a draft; ``saved_at`` is written when it is committed. Never waits."""
        with self._changed:
            self._must_be_open()
            self._kept_back[draft.reference] = draft
            self._due = True
            self._changed.notify_all()

    def ask(self, function: Callable[[DraftStore], T]) -> Future[T]:
        """Run ``function`` on the owning thread, after what was handed over before it.

        What it gives, or the Fault that it raises, is in the future.
        """
        answer: Future[T] = Future()

        def run(store: DraftStore) -> None:
            if not answer.set_running_or_notify_cancel():
                return
            try:
                result = function(store)
            except Exception as error:  # noqa: BLE001 - it is the asker's, and this thread must live
                answer.set_exception(error)
            else:
                answer.set_result(result)

        with self._changed:
            self._must_be_open()
            self._asked.append(run)
            self._changed.notify_all()
        return answer

    def delete(self, reference: str) -> Future[None]:
        """Take a draft away, with what was still to be kept of it."""
        with self._changed:
            self._kept_back.pop(reference, None)
            return self.ask(lambda store: store.delete(reference, self._clock()))

    def backup_if_due(self) -> Future[backups.Backup | None]:
        """Make a backup if something was done since the newest one; None when nothing was."""

        def make(store: DraftStore) -> backups.Backup | None:
            now = self._clock()
            with faults_of(store.path):
                due = backups.is_due(store.database, store.folder, now)
            return store.back_up(now) if due else None

        return self.ask(make)

    @property
    def has_ended(self) -> bool:
        """Tell whether the database is closed and the folder given back: later than ``close`` when it was slow."""
        return self._ended

    def unsaved(self) -> tuple[str, ...]:
        """Give the references of which something is not kept yet."""
        with self._changed:
            return tuple(self._kept_back)

    def flush(self, timeout: float) -> bool:
        """Try at once what is not kept, for ``timeout`` seconds at most; True when all is on the disk."""
        with self._changed:
            if not self._closing:
                self._due = bool(self._kept_back)
            self._changed.notify_all()
            # A round that runs began before this was asked: another is due, and is waited for too.
            self._changed.wait_for(lambda: self._ended or not (self._due or self._busy), timeout)
            # A long question (a purge, a backup) may still run: a draft leaves what is kept back once it is committed.
            return not self._kept_back

    def close(self, timeout: float = _CLOSING) -> bool:
        """Flush, close the database and give the folder back; True when nothing was left unkept."""
        with self._changed:
            self._closing = True
            self._due = bool(self._kept_back)
            self._changed.notify_all()
        self._thread.join(timeout)
        return not self._thread.is_alive() and not self.unsaved()

    def _must_be_open(self) -> None:
        if self._closing:
            raise RuntimeError("the keeper is closed")

    def _run(self, folder: Path, key: bytes, opened: Future[None]) -> None:
        try:
            backups.tidy(folder)
            store = DraftStore(folder, key, self._clock)
        except BaseException as error:  # noqa: BLE001 - it is raised by whoever waits for `opened`
            self._closing = True
            self._lock.release()
            opened.set_exception(error)
            return
        opened.set_result(None)
        try:
            while self._round(store):
                pass
        finally:
            store.close()
            self._lock.release()
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _round(self, store: DraftStore) -> bool:
        """Commit what is due, then answer what was asked; False once there is nothing more to come."""
        with self._changed:
            self._changed.wait_for(lambda: self._due or self._asked or self._closing)
            references = list(self._kept_back) if self._due else []
            asked = list(self._asked)
            self._asked.clear()
            last = self._closing
            self._due, self._busy = False, True
        for reference in references:
            self._keep(store, reference)
        for run in asked:
            run(store)
        with self._changed:
            self._busy = False
            self._changed.notify_all()
        return not last

    def _keep(self, store: DraftStore, reference: str) -> None:
        # Before it is read: all that was handed over until then is in what is said to be saved at that time.
        saved_at = self._clock()
        with self._changed:
            draft = self._kept_back.get(reference)
        if draft is None:  # deleted since this round began
            return
        try:
            store.save(replace(draft, saved_at=saved_at))
        except Fault as fault:
            self._tell(self._on_failed, reference, fault)
        except Exception as error:  # noqa: BLE001 - our bug: told as unsaved, with its cause, and the thread lives
            bug = Fault(f"Le brouillon {reference} n’a pas été enregistré : erreur interne du programme.")
            bug.__cause__ = error
            self._tell(self._on_failed, reference, bug)
        else:
            with self._changed:
                if self._kept_back.get(reference) is draft:
                    del self._kept_back[reference]
            self._tell(self._on_saved, reference, saved_at)

    def _tell(self, callback: Callable[[str, Any], None], reference: str, news: object) -> None:
        try:
            callback(reference, news)
        except Exception:  # noqa: BLE001 - our bug, for the one handler; drafts go on being kept
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
