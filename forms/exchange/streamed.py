"""A list of agents of any length: its headings first, then its rows one after the other, as often as asked."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from pathlib import Path

from forms.exchange.bounds import FILE_LIMIT, has_unseen, read_bounded, reading
from forms.exchange.headings import HEAD_ROWS, Row, find_header
from forms.exchange.roster import Roster, read_roster
from forms.exchange.separated import SAMPLE, Numbered, encoding_of, parsed, read_as, separator_of
from forms.exchange.values import EXCEL_ZERO
from forms.faults import Fault

LINE_LIMIT = 1_000_000
"""Characters of one line of a list."""
_CHUNK = 1 << 20
_KINDS = (b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Streamed:
    """A list whose rows are read again at each call; ``fingerprint`` is the SHA-256 of the file.

    A CSV file is read a line at a time, whatever its length. A workbook is held whole, within the limits of
    ``bounds``: its texts are parted from its rows, and none can be read before all are.
    """

    path: Path
    fingerprint: str
    headings: Row
    guess: Mapping[str, str]
    zero: dt.date
    notes: tuple[str, ...]
    _told: tuple[str, str, int, int] | None = field(default=None, repr=False)
    _held: Roster | None = field(default=None, repr=False)

    def rows(self) -> Iterator[Numbered]:
        """Give the rows below the headings, with their number in the file.

        Raises:
            Fault: the file is no longer what it was, or not what its beginning says.
        """
        if self._held is not None:
            yield from self._held.rows
        elif self._told is not None:
            encoding, separator, told, header = self._told
            if _fingerprint(self.path) != self.fingerprint:
                raise Fault(f"« {self.path.name} » a changé pendant la lecture : recommencez.")
            yield from islice(_separated(self.path, encoding, separator, told), header, None)


def streamed(path: Path) -> Streamed:
    """Begin to read a list of agents, CSV of any length or XLSX within ``bounds``.

    Raises:
        Fault: another kind of file, a damaged or protected one, an empty one.
    """
    with reading(path), path.open("rb") as file:
        beginning = file.read(8)
    if beginning.startswith(_KINDS):
        data = read_bounded(path, FILE_LIMIT)
        held = read_roster(data, path.name)
        found = hashlib.sha256(data).hexdigest()
        return Streamed(path, found, held.headings, held.guess, held.zero, held.notes, _held=held)
    with reading(path):
        encoding, called = encoding_of(_chunks(path))
    told, separator = separator_of("".join(_beginning(_lines(path, encoding))))
    head = [row for _, row in islice(_separated(path, encoding, separator, told), HEAD_ROWS)]
    if not head:
        raise Fault(f"« {path.name} » est vide : aucune ligne à reprendre.")
    header = find_header(head)
    return Streamed(
        path,
        _fingerprint(path),
        header.labels,
        header.guess,
        EXCEL_ZERO,
        (read_as(called, separator),),
        (encoding, separator, told, header.last + 1),
    )


def _separated(path: Path, encoding: str, separator: str, told: int) -> Iterator[Numbered]:
    return parsed(_lines(path, encoding), separator, path.name, told)


def _beginning(lines: Iterable[str]) -> Iterator[str]:
    length = 0
    for line in lines:
        yield line
        length += len(line)
        if length >= SAMPLE:
            return


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Give the lines, each with its end; the marks by which old programs end a file or a page are none."""
    try:
        with (
            reading(path),
            path.open(encoding=encoding, errors="replace" if encoding == "cp1252" else "strict") as file,
        ):
            while line := file.readline(LINE_LIMIT):
                whole = line.rstrip("\x1a\x00").replace("\x0c", "\n")
                if len(line) == LINE_LIMIT or has_unseen(whole):
                    raise _no_list(path)
                yield from StringIO(whole) if whole.count("\n") > 1 else (whole,)
    except UnicodeDecodeError as error:
        raise _no_list(path) from error


def _no_list(path: Path) -> Fault:
    return Fault(f"« {path.name} » n’est pas une liste : enregistrez-la en XLSX, ou en CSV UTF-8.")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _fingerprint(path: Path) -> str:
    with reading(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
