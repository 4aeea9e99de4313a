"""Five lists of agents as employers send them, and a sixth that moved by a column; everyone in them is invented."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook

from forms.exchange.headings import letters
from forms.exchange.values import EXCEL_ZERO


class Agent(NamedTuple):
    """One invented agent."""

    staff: str
    title: str
    birth_name: str
    used_name: str
    first_name: str
    born: dt.date
    nir: str


def nir(sex: str, born: dt.date, rest: str) -> str:
    """Give a NIR with its right key; ``rest`` is place and order, five digits and three."""
    body = f"{sex}{born:%y%m}{rest}"
    return f"{body}{97 - int(body) % 97:02d}"


def _agent(staff: str, title: str, names: tuple[str, str, str], born: str, rest: str) -> Agent:
    day = dt.date.fromisoformat(born)
    return Agent(staff, title, *names, day, nir("2" if title == "mme" else "1", day, rest))


AGENTS = (
    _agent("A-1042", "mme", ("Delattre", "Roy-Delattre", "Maïa"), "1985-01-01", "62119042"),
    _agent("A-1043", "m", ("D’Alméida", "", "Noé"), "1986-09-12", "59350118"),
    _agent("A-1044", "mme", ("Lefèvre", "Nuñez", "Élodie"), "1984-05-02", "33249051"),
    _agent("00871", "m", ("Bœuf", "", "Jean-François"), "1999-12-31", "62041007"),
    _agent("A-1046", "mme", ("Vandenbroucke", "", "Zoé"), "2001-02-28", "59178233"),
)


def french(day: dt.date) -> str:
    """Give a day as people type it."""
    return f"{day:%d/%m/%Y}"


def serial(day: dt.date) -> int:
    """Give a day as Excel counts it."""
    return (day - EXCEL_ZERO).days


def separated(rows: Sequence[Sequence[str]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    """Write rows as a CSV."""
    return "".join(f"{separator.join(row)}\r\n" for row in rows).encode(encoding)


def workbook(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), title: str = "Agents") -> bytes:
    """Write rows as an XLSX; ``merged`` are ranges of cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def semicolons() -> bytes:
    """Semicolons and Windows-1252, as payroll programs export."""
    head = ["Matricule", "Civilité", "Nom de naissance", "Nom marital", "Prénom", "Né(e) le", "N° Sécurité Sociale"]
    rows = [
        [a.staff, "Mme" if a.title == "mme" else "M.", a.birth_name, a.used_name, a.first_name, french(a.born), a.nir]
        for a in AGENTS
    ]
    return separated([head, *rows], ";", "cp1252")


def merged() -> bytes:
    """A title over all, then headings on two lines with merged cells, in both directions."""
    rows: list[list[Any]] = [
        ["Mairie de Béthune : liste des agents au 1er février 2026"],
        [],
        ["Matricule", "Identité", None, None, None, "Naissance", None, "N° SS"],
        [None, "Civ.", "Nom de naissance", "Nom d'usage", "Prénom", "Date", "Commune", None],
    ]
    for a in AGENTS:
        title = "Madame" if a.title == "mme" else "Monsieur"
        rows.append([a.staff, title, a.birth_name, a.used_name, a.first_name, a.born, "Béthune", a.nir])
    return workbook(rows, ["A1:H1", "A3:A4", "B3:E3", "F3:G3", "H3:H4"])


def numbers() -> bytes:
    """Dates as Excel's numbers, staff numbers and NIR as numbers, a key of its own."""
    head = ["MATRICULE", "SEXE", "NOM", "NOM D'USAGE", "PRENOM", "DATE NAISSANCE", "INSEE", "CLE"]
    rows = [
        [
            a.staff,
            "F" if a.title == "mme" else "H",
            a.birth_name,
            a.used_name,
            a.first_name,
            serial(a.born),
            int(a.nir[:13]),
            int(a.nir[13:]),
        ]
        for a in AGENTS
    ]
    return workbook([head, *rows])


def capitals() -> bytes:
    """Names in capitals without accents, tabs, UTF-16: as an old program through Excel’s « Texte Unicode »."""
    plain = str.maketrans("ïéèçñ’É", "ieecn'E")
    head = ["Matr.", "Sexe", "Nom patronymique", "Nom usuel", "Prénoms", "DDN", "NIR"]
    rows = [
        [a.staff, "2" if a.title == "mme" else "1"]
        + [name.replace("œ", "oe").translate(plain).upper() for name in (a.birth_name, a.used_name, a.first_name)]
        + [f"{a.born:%d%m%Y}", a.nir]
        for a in AGENTS
    ]
    return separated([head, *rows], "\t", "utf-16")


def total() -> bytes:
    """Title lines above, headings again at the page's end, a total at the last line; Mac Roman and commas."""
    head = ["Matricule", "Titre", "Nom de famille", "Nom d'épouse", "Prénom usuel", "Date de naissance", "N° INSEE"]
    rows = [
        [a.staff, "Mme" if a.title == "mme" else "Mr", a.birth_name, a.used_name, a.first_name, french(a.born), a.nir]
        for a in AGENTS
    ]
    lines = [["Liste du personnel"], [""], head, *rows[:3], head, *rows[3:], [], ["TOTAL", "", "5 agents"]]
    return separated(lines, ",", "mac_roman")


def moved() -> bytes:
    """The NIR of each agent one line too low: what sorting one column alone does."""
    head = ["Nom de naissance", "Prénom", "Sexe", "Né le", "NIR"]
    order = (AGENTS[-1], *AGENTS[:-1])
    rows = [
        [a.birth_name, a.first_name, "F" if a.title == "mme" else "M", french(a.born), other.nir]
        for a, other in zip(AGENTS, order, strict=True)
    ]
    return separated([head, *rows])


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "semicolons": ("agents.csv", semicolons),
    "merged": ("agents.xlsx", merged),
    "numbers": ("agents 2026.xlsx", numbers),
    "capitals": ("export.txt", capitals),
    "total": ("personnel.csv", total),
}
"""The five files, by what is particular in each."""

__all__ = ["AGENTS", "FILES", "Agent", "letters", "moved", "separated", "serial", "workbook"]
