"""A list in CSV: which encoding, which separator, then rows; a quote that never closes is found."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain

from forms.exchange.bounds import CELLS_LIMIT, COLUMN_LIMIT, ROW_LIMIT, clean, has_unseen
from forms.exchange.headings import Row, recognised
from forms.faults import Fault
from forms.french import whole

Numbered = tuple[int, Row]
"""A row and the number of its first line in the file, from 1."""

SEPARATORS = ";,\t|"
SAMPLE = 65_536
"""Characters of a list from which its separator is chosen."""
_SAMPLE = 60
_END = "\x01"

# How often French has each letter; what it has none of tells that the encoding is another.
_LETTERS = {
    **dict.fromkeys("é", 10),
    **dict.fromkeys("èàçê", 4),
    **dict.fromkeys("ôîïâûùëœüñ", 2),
    **dict.fromkeys("ÉÈÊÀÇÔÎÏËÂœŒÜÑ’°«»€\u00a0–", 1),
}
_ONE_BYTE = (("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman"), ("cp850", "DOS 850"))
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def decoded(data: bytes, name: str) -> tuple[str, str]:
    """Give the text of a file and the name of the encoding that was found.

    A byte order mark decides; then zeros every other byte (UTF-16); then UTF-8 where the bytes allow it; then,
    of the encodings of one byte, the one in which the text is the most French.

    Raises:
        Fault: it is no text.
    """
    encoding, called = encoding_of([data])
    try:
        text = data.decode(encoding, errors="replace" if encoding == "cp1252" else "strict")
    except UnicodeDecodeError as error:
        raise Fault(f"« {name} » n’est pas un texte lisible : enregistrez-le en XLSX, ou en CSV UTF-8.") from error
    text = text.rstrip("\x1a\x00").replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    if has_unseen(text):
        raise Fault(f"« {name} » n’est pas une liste : enregistrez-la en XLSX, ou en CSV UTF-8.")
    return text, called


def encoding_of(chunks: Iterable[bytes]) -> tuple[str, str]:
    """Give the encoding of a text, as Python and as people call it; its bytes are seen once and not kept."""
    decoder, high, utf8 = codecs.getincrementaldecoder("utf-8")(), Counter[int](), True
    for number, chunk in enumerate(chunks):
        if number == 0 and (marked := _marked(chunk)):
            return marked
        if not chunk.isascii():
            high.update(byte for byte in chunk if byte > 127)  # noqa: PLR2004 - beyond ASCII
        try:
            if utf8:
                decoder.decode(chunk)
        except UnicodeDecodeError:
            utf8 = False
    if utf8 and not decoder.getstate()[0]:  # no letter is cut at the end
        return "utf-8", "UTF-8"
    scores = [
        sum(count * _LETTERS.get(bytes([byte]).decode(encoding, "replace"), -5) for byte, count in high.items())
        for encoding, _ in _ONE_BYTE
    ]
    return _ONE_BYTE[scores.index(max(scores))]


def _marked(beginning: bytes) -> tuple[str, str] | None:
    """Give the encoding that a mark, or zeros every other byte, tell at once."""
    for mark, encoding, called in _MARKS:
        if beginning.startswith(mark):
            return encoding, called
    head = beginning[:4096]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[offset::2].count(0) > len(head) // 5:
            return encoding, "UTF-16"
    return None


def read_separated(data: bytes, name: str) -> tuple[list[Numbered], tuple[str, ...]]:
    """Read a CSV file: its rows that are not blank, and what is to be known of the reading.

    Raises:
        Fault: no text, more rows or cells than the limits, a quote that never closes.
    """
    text, encoding = decoded(data, name)
    del data
    told, separator = separator_of(text[:SAMPLE])
    rows: list[Numbered] = []
    cells = 0
    for number, row in parsed(StringIO(text), separator, name, told):
        cells += len(row)
        if len(rows) >= ROW_LIMIT or cells > CELLS_LIMIT:
            raise too_long(name)
        rows.append((number, row))
    return rows, (read_as(encoding, separator),)


def read_as(encoding: str, separator: str) -> str:
    """Say how a list was read."""
    called = {"\t": "tabulation", ",": "virgule", ";": "point-virgule", "|": "barre"}[separator]
    return f"Lu comme un CSV : {encoding}, séparateur {called}."


def too_long(name: str) -> Fault:
    """Say that a list has more rows or cells than are read."""
    return Fault(
        f"« {name} » dépasse {whole(ROW_LIMIT)} lignes ou {whole(CELLS_LIMIT)} cases : la lecture s’arrête là, rien "
        "n’est repris. Ne gardez que la liste des agents."
    )


def too_wide(name: str, number: int) -> Fault:
    """Say that a row has more columns than are read."""
    return Fault(f"« {name} », ligne {number} : plus de {COLUMN_LIMIT} colonnes, ce n’est pas une liste d’agents.")


def separator_of(beginning: str) -> tuple[int, str]:
    """Give how many lines tell the separator, and the separator of a list that begins so.

    Excel's own first line ``sep=;`` tells it; else the one that shows the most headings is taken, then the one that
    gives the most rows of one same width.
    """
    line = beginning[:8].split("\n", 1)[0].strip().lower()
    told = line.removeprefix("sep=")
    if line.startswith("sep=") and len(told) == 1 and told in SEPARATORS:
        return 1, told
    sample = beginning.split("\n")[:_SAMPLE]

    def score(separator: str) -> tuple[int, int]:
        try:
            rows = [tuple(map(clean, row)) for row in csv.reader(sample, delimiter=separator)]
        except csv.Error:
            return 0, 0
        widths = Counter(len(row) for row in rows if len(row) > 1)
        return recognised(rows), max(widths.values(), default=0)

    return 0, max(SEPARATORS, key=score)


def parsed(lines: Iterable[str], separator: str, name: str, told: int = 0) -> Iterator[Numbered]:
    """Give the rows that are not blank, the ``told`` first lines left out.

    Raises:
        Fault: more columns than the limit, a quote that never closes.
    """
    # A line of its own at the end: if it does not come out alone, a quote is still open there.
    reader = csv.reader(chain(lines, ("\n", f"{_END}\n")), delimiter=separator)
    number, closed = 1, False
    try:
        for row in reader:
            if row == [_END]:
                closed = True
                continue
            if len(row) > COLUMN_LIMIT:
                raise too_wide(name, number)
            if any(_END in cell for cell in row):
                raise _open_quote(name, number)
            if any("\n" in cell and cell.count(separator) >= max(2, len(row) - 1) for cell in row):
                raise _open_quote(name, number)
            cells = tuple(map(clean, row))
            if number > told and any(cells):
                yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:  # a field of more than 131,072 characters
        raise _open_quote(name, number) from error
    if not closed:
        raise _open_quote(name, number)


def _open_quote(name: str, number: int) -> Fault:
    return Fault(
        f"« {name} », ligne {number} : un guillemet ouvert n’est pas refermé. Corrigez-le ; rien n’est repris."
    )
