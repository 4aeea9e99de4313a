"""One program at a time in a folder of drafts: a lock that the system itself drops when the program ends."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from forms.drafts.files import PRIVATE_FILE, reason
from forms.faults import Fault

LOCK_FILE = "permanence.lock"
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)  # the last two as Windows says it


class AlreadyOpen(Fault):
    """Another window, of this program or of another user's, holds the folder."""


class FolderLock:
    """The right to write in a folder, held until ``release`` or the end of the process, however it ends.

    The file stays, empty: taking it away would let a third program lock a file that is no longer there.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock of ``folder``.

        Raises:
            AlreadyOpen: it is held, by another process or by this one.
            Fault: the file cannot be made.
        """
        try:
            handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        except OSError as error:
            raise _unlockable(folder, error) from error
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            if error.errno in _HELD:
                raise AlreadyOpen(
                    "Permanence est déjà ouvert sur ces brouillons : revenez à sa fenêtre, ou fermez-la d’abord."
                ) from None
            raise _unlockable(folder, error) from error
        self._handle = handle

    def release(self) -> None:
        """Give the folder back; a second call does nothing."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


def _unlockable(folder: Path, error: OSError) -> Fault:
    return Fault(f"Impossible de réserver le dossier {folder} : {reason(error)}.")


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        # flock and not lockf: a POSIX lock is lost when any file descriptor of the same file is closed.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
