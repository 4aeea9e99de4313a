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
