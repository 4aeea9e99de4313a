"""An employer's list as a spreadsheet: XLSX and CSV, same list, same bytes; no cell is ever a formula."""

from __future__ import annotations

import csv
import datetime as dt
import re
import zipfile
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from forms.exchange.closing import EmployerList, EmployerRow
from forms.french import month_year, short_date

HEADINGS = (
    "Matricule", "Nom de naissance", "Nom d’usage", "Prénom", "Date d’effet", "Formule",
    "Cotisation par mois", "Participation par mois", "À payer par mois", "Premier mois de paie",
)  # fmt: skip
BY_BANK = "prélèvement bancaire"

_WIDTHS = (14, 24, 24, 20, 14, 22, 20, 20, 18, 22)
# Excel, LibreOffice and others start a formula at these; the wide forms too, in Asian versions.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")

Cell = str | Decimal | dt.date


def _cells(row: EmployerRow) -> tuple[Cell, ...]:
    first_pay = month_year(row.first_pay) if row.first_pay else BY_BANK
    return (
        row.staff_number, row.birth_name, row.used_name, row.first_name, row.effective_on, row.formula,
        row.total, row.participation, row.net, first_pay,
    )  # fmt: skip


def neutral(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text


def employer_csv(made: EmployerList) -> bytes:
    """Give the list as CSV for a French Excel: UTF-8 with a mark, semicolons, decimal commas."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_in_csv(cell) for cell in _cells(row)] for row in made.rows)
    return out.getvalue().encode("utf-8-sig")


def _in_csv(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    return short_date(cell) if isinstance(cell, dt.date) else neutral(cell)


def employer_xlsx(made: EmployerList, closed_at: dt.datetime) -> bytes:
    """Give the list as XLSX: real dates and amounts, texts that stay texts, headings that stay in sight.

    ``closed_at``, the day's closing, is the only time that the file tells.
    """
    # 150 ms to import, when a day is closed and never before.
    from openpyxl import Workbook  # noqa: PLC0415 - as above
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - as above
    from openpyxl.styles import Font  # noqa: PLC0415 - as above

    book = Workbook(write_only=True)
    book.properties.creator = "Permanence"
    sheet = book.create_sheet("Adhésions")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width

    def shown(value: Cell, *, bold: bool = False) -> Any:
        given: Any = value  # openpyxl's stubs know no Decimal, openpyxl does
        cell = WriteOnlyCell(sheet, given)
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl makes a formula of what begins with =
            cell.quotePrefix = value.startswith(_FORMULA)  # and a spreadsheet, when the cell is edited
        elif isinstance(value, Decimal):
            cell.number_format = '#,##0.00" €"'
        else:
            cell.number_format = "dd/mm/yyyy"
        if bold:
            cell.font = Font(bold=True)
        return cell

    sheet.append([shown(heading, bold=True) for heading in HEADINGS])
    for row in made.rows:
        sheet.append([shown(cell) for cell in _cells(row)])
    out = BytesIO()
    book.save(out)
    return _timeless(out.getvalue(), closed_at)


def _timeless(workbook: bytes, closed_at: dt.datetime) -> bytes:
    """Put the closing's time where openpyxl put the machine's: in the properties and at each file of the archive."""
    moment = closed_at.astimezone(dt.UTC) if closed_at.tzinfo else closed_at
    written = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + written, data)
            new.writestr(zipfile.ZipInfo(info.filename), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
