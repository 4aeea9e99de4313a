"""A list in XLSX: bounded before it is parsed, its best sheet read row by row by openpyxl (through defusedxml)."""

from __future__ import annotations

import datetime as dt
import warnings
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from forms.exchange.bounds import CELLS_LIMIT, COLUMN_LIMIT, ROW_LIMIT, clean, opened
from forms.exchange.guard import check_workbook
from forms.exchange.headings import HEAD_ROWS, Row, recognised
from forms.exchange.separated import Numbered, too_long, too_wide
from forms.faults import Fault
from forms.french import plural, whole

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

BLANK_LIMIT = 5_000
"""Blank rows in a row that end a sheet: some are formatted down to their millionth row."""
SHEETS_LIMIT = 20

_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
_EXACT = 10**15


def read_workbook(data: bytes, name: str) -> tuple[list[Numbered], dt.date, tuple[str, ...]]:
    """Read a workbook: rows that are not blank, day zero of its dates, and what is to be known of the reading.

    Of several sheets, the one with the most known headings is read. Formulas give the value that was last shown.

    Raises:
        Fault: it is no workbook, it is protected, cut, a bomb, or has more rows or cells than the limits.
    """
    with opened(data, name) as archive:
        check_workbook(archive, name)
    try:
        # 150 ms to import, when a list is read and never before.
        import openpyxl  # noqa: PLC0415 - as above

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that are none of ours
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return _read(book, name)
            finally:
                book.close()
    except Fault:
        raise
    except Exception as error:  # openpyxl raises anything on a workbook that is not one
        raise Fault(
            f"« {name} » n’est pas un classeur lisible : ouvrez-le dans un tableur et enregistrez-le en XLSX."
        ) from error


def _read(book: Workbook, name: str) -> tuple[list[Numbered], dt.date, tuple[str, ...]]:
    sheets = book.worksheets[:SHEETS_LIMIT]
    if not sheets:
        raise Fault(f"« {name} » n’a aucune feuille de calcul.")
    heads = [[row for _, row in islice(_rows(sheet, name), HEAD_ROWS)] for sheet in sheets]
    scores = [(recognised(head), bool(head)) for head in heads]
    best = scores.index(max(scores))
    rows: list[Numbered] = []
    cells, notes = 0, []
    if len(sheets) > 1:
        others = plural(len(book.worksheets) - 1, "autre feuille laissée", "autres feuilles laissées")
        notes.append(f"Feuille lue : « {clean(sheets[best].title)} » ; {others}.")
    for number, row in _rows(sheets[best], name):
        cells += len(row)
        if len(rows) >= ROW_LIMIT or cells > CELLS_LIMIT:
            raise too_long(name)
        if not row:
            notes.append(f"Lecture arrêtée à la ligne {whole(number)}, après {whole(BLANK_LIMIT)} lignes vides.")
            break
        rows.append((number, row))
    return rows, book.epoch.date(), tuple(notes)


def _rows(sheet: Any, name: str) -> Iterator[Numbered]:
    """Give the rows that are not blank; an empty one says that reading stopped there."""
    sheet.reset_dimensions()  # some writers declare A1 whatever they hold
    blank = 0
    for number, values in enumerate(sheet.iter_rows(max_col=COLUMN_LIMIT + 1, values_only=True), 1):
        row = list(map(_text, values))
        while row and not row[-1]:
            row.pop()
        if row:
            blank = 0
            if len(row) > COLUMN_LIMIT:
                raise too_wide(name, number)
            yield number, tuple(row)
        elif (blank := blank + 1) == BLANK_LIMIT:
            yield number, ()
            return


def _text(value: object) -> str:
    """Give a cell as text: dates as ``AAAA-MM-JJ``, whole numbers with no decimal (a NIR is one), errors as blank."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value in _ERRORS else clean(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else format(value, ".15g")
    return clean(str(value))


__all__ = ["BLANK_LIMIT", "Row", "read_workbook"]
