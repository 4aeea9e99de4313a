"""What takes time is done elsewhere: futures whose answers come back on the window's thread."""

from __future__ import annotations

import contextlib
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from forms.faults import Fault, mistake

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

P = ParamSpec("P")
T = TypeVar("T")


@cache
def _pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - the first paint asks for no work

    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")


def _raise(error: Exception) -> None:
    raise error


class _Post(QObject):
    """Runs functions on the window's thread. It is never deleted.

    A signal of an object that the window may delete meanwhile would end the process: nothing holds it while another
    thread emits.
    """

    handed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.handed.connect(self._run)

    def _run(self, function: Callable[[], object]) -> None:
        function()


@cache
def _post() -> _Post:
    return _Post()


def alive(owner: QObject, function: Callable[[T], object]) -> Callable[[T], None]:
    """Give a function of an answer that does nothing once ``owner`` is gone, for answers that outlive it."""

    def take(answer: T) -> None:
        if isValid(owner):
            function(answer)

    return take


class Answers(QObject):
    """Delivers answers to whoever asked, on the thread of the window, for as long as this object lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Belong to ``parent``: an answer that comes after it is gone is dropped. Made on the window's thread."""
        super().__init__(parent)
        _post()

    def hand(self, function: Callable[[], object]) -> None:
        """Run ``function`` on the window's thread if this object still lives then; from any thread, without waiting."""
        with contextlib.suppress(RuntimeError):  # Qt itself is gone
            _post().handed.emit(lambda: function() if isValid(self) else None)

    def when(self, future: Future[T], then: Callable[[T], object], refused: Callable[[Fault], object]) -> None:
        """Call ``then`` with the result, or ``refused`` with the Fault; any other exception is our bug: raised."""
        future.add_done_callback(lambda answered: self.hand(lambda: self._deliver(answered, then, refused)))

    def work(self, task: Callable[[], T], then: Callable[[T], object], refused: Callable[[Fault], object]) -> None:
        """Run ``task`` on the one working thread, then as ``when``."""
        self.when(_pool().submit(task), then, refused)

    def sparing(self, task: Callable[P, T]) -> Callable[P, T]:
        """Give a task that is one of many: a bug of it is raised on the window's thread, and is its own Fault."""

        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return task(*args, **kwargs)
            except Fault:
                raise
            except Exception as error:
                self.hand(partial(_raise, error))
                raise Fault(mistake(error)) from error

        return run

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
