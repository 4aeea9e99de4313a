"""What takes time is done elsewhere: futures whose answers come back on the window's thread."""

from __future__ import annotations

import contextlib
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_POOL = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")


class Answers(QObject):
    """Delivers answers to whoever asked, on the thread of the window, for as long as this object lives."""

    _ready = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Belong to ``parent``: an answer that comes after it is gone is dropped."""
        super().__init__(parent)
        self._ready.connect(self._deliver)

    def when(self, future: Future[T], then: Callable[[T], object], refused: Callable[[Fault], object]) -> None:
        """Call ``then`` with the result, or ``refused`` with the Fault; any other exception is our bug: raised."""

        def done(answered: Future[T]) -> None:
            with contextlib.suppress(RuntimeError):  # the window, and this with it, is gone
                self._ready.emit(answered, then, refused)

        future.add_done_callback(done)

    def work(self, task: Callable[[], T], then: Callable[[T], object], refused: Callable[[Fault], object]) -> None:
        """Run ``task`` on the one working thread, then as ``when``."""
        self.when(_POOL.submit(task), then, refused)

    def _deliver(self, future: Future[Any], then: Callable[[Any], object], refused: Callable[[Fault], object]) -> None:
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            then(future.result())
        elif isinstance(error, Fault):
            refused(error)
        else:
            raise error
