"""What a verb asks the person in front of it: a passphrase; and the drafts that it opens."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms.commands.run import Run
    from forms.drafts.store import DraftStore

_LONGEST = 10_000  # characters of a passphrase on standard input


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Add ``--folder``."""
    parser.add_argument("--folder", type=Path, metavar="DOSSIER", help="le dossier des brouillons, sinon le vôtre")


def passphrase(words: str = "Phrase de passe") -> str:
    """Read one from the terminal without showing it, or a line of standard input when that is no terminal."""
    if sys.stdin.isatty():
        try:
            return getpass.getpass(f"{words} : ")
        except EOFError:
            return ""
    return sys.stdin.readline(_LONGEST).rstrip("\r\n")


@contextlib.contextmanager
def opened_drafts(run: Run) -> Iterator[DraftStore]:
    """Open the drafts of ``--folder``, else the user's own, for as long as no window has them.

    Raises:
        Fault: there are none, they are open elsewhere, the passphrase is wrong, the file is damaged.
    """
    from forms.drafts import vault
    from forms.drafts.home import home
    from forms.drafts.lock import FolderLock
    from forms.drafts.store import DraftStore

    folder = run.options.folder or home()
    if not vault.exists(folder):
        raise Fault(f"Il n’y a pas de brouillons dans {folder} : ouvrez Permanence une première fois.")
    lock = FolderLock(folder)
    try:
        store = DraftStore(folder, vault.unlock(folder, passphrase()), lambda: run.now)
        try:
            yield store
        finally:
            store.close()
    finally:
        lock.release()
