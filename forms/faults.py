"""What the world does to the program: one line in French for the person in front of it."""

from __future__ import annotations


class Fault(Exception):  # noqa: N818 - it is not an error of the program
    """A fault of the world (a broken convention, a full disk, a newer draft), told in one French line.

    The line says what happened and what to do. A line break in it (a folder's name may hold one) becomes a
    space.
    """

    def __init__(self, line: str) -> None:
        """Keep the line; an empty one is our bug (``ValueError``)."""
        self.line = " ".join(part for part in map(str.strip, line.splitlines()) if part)
        if not self.line:
            raise ValueError("a fault says what happened")
        super().__init__(self.line)


def mistake(error: Exception) -> str:
    """Say our own mistake in one line, for what goes on without the one thing that it cost; no one's data is in it."""
    from pathlib import Path  # noqa: PLC0415 - for a mistake only
    from traceback import extract_tb  # noqa: PLC0415 - likewise

    place = extract_tb(error.__traceback__)[-1]
    return f"Erreur du programme ({type(error).__name__}, {Path(place.filename).name}, ligne {place.lineno})."
