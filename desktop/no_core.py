"""No picture of the memory on the disk: a process that dies leaves no core, which would hold keys and dossiers."""

from __future__ import annotations

import contextlib
import ctypes
import sys

_PR_SET_DUMPABLE = 4  # linux/prctl.h


def keep_no_core() -> None:
    """Turn core dumps off for this process and those that it starts; what a system does not offer is left as it is.

    On Linux the process is not dumpable either: a limit of nothing does not hold back a handler of cores that the
    system pipes them to (core(5)), and no other program of the user reads this one's memory (ptrace(2)).
    """
    if sys.platform == "win32":
        return  # there, Windows Error Reporting decides, and keeps no whole memory unless an administrator says so
    import resource  # noqa: PLC0415 - there is none on Windows

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
