"""Where pages are made: the machine's own cores, or a Dask cluster; both are executors, and the work knows no more."""

from __future__ import annotations

import importlib
import os
import re
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING, Any

from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

WORKERS_LIMIT = 60
"""Processes of one machine: Windows waits for no more at once."""

_NEARBY = re.compile(r"(?:tcp://)?(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):\d+")
_ENCRYPTED = re.compile(r"tls://\S+:\d+")
_PATIENCE = "20s"


@dataclass(frozen=True)
class Engine:
    """``opened`` gives an executor, again where one has died; ``width`` is how many pages are made at once."""

    opened: Callable[[], Executor]
    width: int
    closed: Callable[[], None] = field(default=lambda: None)


def local(workers: int | None = None) -> Engine:
    """Give the cores of this machine, or ``workers`` processes."""
    width = min(workers or _cores(), WORKERS_LIMIT)
    # "spawn" everywhere: what Windows does too, and a worker that holds none of its parent's files.
    context = get_context("spawn")
    return Engine(lambda: ProcessPoolExecutor(width, context, _orphaned_never), width)


def _cores() -> int:
    """Give the cores that this process may use: fewer than the machine's in a container."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _orphaned_never() -> None:
    """Begin a worker: it leaves Ctrl-C to its parent, and ends with it, whatever ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def cluster(address: str, workers: int | None = None) -> Engine:
    """Give the workers of a Dask scheduler; ``workers``: how many pages at once, else as many as it has threads.

    What goes there is people's data: ``tls://``, or this machine.

    Raises:
        Fault: the address is neither, Dask is not installed, the scheduler does not answer or has no worker.
    """
    if not _NEARBY.fullmatch(address) and not _ENCRYPTED.fullmatch(address):
        raise Fault(f"--scheduler {address} : tls://hôte:port est attendu ; sans chiffrement, cette machine seulement.")
    try:
        # By its name: the program itself reaches for no network, and is installed without it.
        client: Any = importlib.import_module("distributed").Client(address, timeout=_PATIENCE, set_as_default=False)
    except ImportError:
        raise Fault("--scheduler demande Dask : installez permanence[cluster], ou travaillez sans.") from None
    except (OSError, ValueError) as error:
        raise Fault(f"L’ordonnanceur {address} ne répond pas ({type(error).__name__}).") from error
    width = workers or sum(client.ncores().values())
    if not width:
        client.close()
        raise Fault(f"L’ordonnanceur {address} n’a aucun ouvrier : démarrez-en, puis recommencez.")
    # Not "pure": two agents of whom a list says the same are two pages.
    return Engine(lambda: client.get_executor(pure=False), width, client.close)
