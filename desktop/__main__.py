"""The door: a verb goes to the command line, where no Qt is imported; nothing, or a dossier file, opens the window."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

from desktop.no_core import keep_no_core


def main(argv: list[str] | None = None) -> int:
    """Run the program; give its exit code (0 done, 1 refused, 2 misused)."""
    argv = sys.argv[1:] if argv is None else argv
    keep_no_core()
    file = file_of(argv)
    if argv and file is None:
        from desktop.places import user_conventions  # noqa: PLC0415 - as the next
        from forms.cli import main as command_line  # noqa: PLC0415 - the window does not pay for it

        return command_line(argv, today=dt.date.today, now=now, folders=(user_conventions(),))
    if file is not None and not _is_file(file):
        sys.stderr.write(f"« {file} » ne peut pas être ouvert : le fichier n’existe pas.\n")
        return 1
    from desktop.display import why_no_window  # noqa: PLC0415 - the verbs do not pay for it

    refusal = why_no_window()
    if refusal is not None:
        sys.stderr.write(f"{refusal}\n")
        return 1
    from desktop.application import run  # noqa: PLC0415 - Qt is imported once a display is likely

    return run(today=dt.date.today, now=now, file=file)


def file_of(argv: list[str]) -> Path | None:
    """Give the file that is to be opened in the window: one alone, as a double click passes it, or its address.

    A file whose name is that of a verb is the verb.
    """
    if len(argv) != 1:
        return None
    (word,) = argv
    if word.startswith("file:"):
        from desktop.binding import bind  # noqa: PLC0415 - no verb begins so

        bind()
        from PySide6.QtCore import QUrl  # noqa: PLC0415 - likewise

        return Path(QUrl(word).toLocalFile() or word)
    path = Path(word)
    if word.endswith(".permanence.json") or (("." in word or os.sep in word) and _is_file(path)):
        return path
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that is closed to us, a name that is too long
        return False


def now() -> dt.datetime:
    """Give the time with its zone."""
    return dt.datetime.now().astimezone()


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        # A worker of a campaign is this program, started again: it goes no further.
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
