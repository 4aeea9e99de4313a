"""Closing the day: who is on the employer's list, what the others lack, and spreadsheets that run nothing."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from forms.assessment import assess
from forms.convention import Convention
from forms.dossier.reading import dossier_to_json
from forms.exchange.closing import Closing, DayDossier, EmployerList, closing, closing_lines
from forms.exchange.lists import HEADINGS, employer_csv, employer_xlsx, neutral
from forms.exchange.roster import read_roster
from tests.making import TODAY, Said, alone, cdg62, family, read

CLOSED = dt.datetime(2026, 2, 3, 17, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def day(
    said: Said, state: str = "printed", reference: str = "4T8N-W1KB", convention: Convention | None = None
) -> DayDossier:
    """Give one dossier of the day with what follows from it."""
    dossier, under = read(said), convention or cdg62()
    return DayDossier(reference, state, dossier, assess(dossier, under, TODAY), under)


def closed() -> Closing:
    """Close a day of three: a family, someone alone who pays by bank, a draft that lacks a birth date."""
    bank = {"mode": "direct_debit", "iban": "FR7630006000011234567890189", "bic": "AGRIFRPP", "holder": "Zoé Aubry"}
    retired = alone(born="1985-01-01", member__birth_name="Aubry", member__category="retired")
    retired["payment"] = bank
    draft = family(member__birth_date=None)
    draft["beneficiaries"][1]["birth_date"] = None
    unsigned = day(alone(member__birth_name="Caron"), "complete", "CCCC-3333")
    days = [day(family()), day(retired, "sent", "AAAA-1111"), day(draft, "draft", "BBBB-2222"), unsigned]
    return closing(days, CLOSED, "0f" * 32)


def only(closed: Closing) -> EmployerList:
    """Give the list of a day on which there was one employer."""
    (made,) = closed.lists
    return made


def test_a_day_is_closed() -> None:
    """Those that are signed are on the list, by name, and sums are theirs; the others say what they lack."""
    day = closed()
    assert [row.birth_name for row in only(day).rows] == ["Aubry", "Delattre"]
    alone_row, family_row = only(day).rows
    assert family_row.first_pay == family_row.effective_on == dt.date(2026, 4, 1)
    assert alone_row.first_pay is None
    assert day.states == {"printed": 1, "sent": 1, "complete": 1, "draft": 1}
    assert day.total == only(day).total == alone_row.total + family_row.total
    assert day.net == day.total - day.participation
    wanting = {item.reference: item for item in day.wanting}
    assert wanting["BBBB-2222"].off_list
    assert {"Date de naissance", "Date de naissance (Zoé)"} <= set(wanting["BBBB-2222"].lacks)
    text = "\n".join(closing_lines(day))
    assert wanting["CCCC-3333"].lacks[0] == "à imprimer et à faire signer"
    assert "1 brouillon, 1 complet, 1 imprimé, 1 transmis" in text
    assert "0f" * 32 in text
    assert list(closing_lines(closing([], CLOSED)))[1] == "0 dossier."


def test_each_employer_has_its_own_list() -> None:
    """Employers are told apart by SIRET, else by name as it is searched; an individual contract is on no list."""
    said = {
        "AAAA-1111": alone(member__birth_name="Aubry"),
        "BBBB-2222": alone(member__birth_name="Blin", employer__name="C.C.A.S. de Béthune", employer__siret=None),
        "CCCC-3333": alone(member__birth_name="Caron", employer__name="c.c.a.s. de BETHUNE", employer__siret=None),
        "DDDD-4444": alone(member__birth_name="Dubois", employer__name="Ville de Béthune"),
    }
    individual = day(alone(), "printed", "EEEE-5555", replace(cdg62(), has_employer=False))
    alone_due = individual.assessment.quote.total
    assert alone_due is not None
    lists = closing([individual, *(day(one, "printed", name) for name, one in said.items())], CLOSED)
    assert [[row.birth_name for row in made.rows] for made in lists.lists] == [["Blin", "Caron"], ["Aubry", "Dubois"]]
    assert [bool(made.siret) for made in lists.lists] == [False, True]
    assert sum(lists.formulas.values()) == 5
    assert lists.total == sum((made.total for made in lists.lists), alone_due)
    assert not [wanting for wanting in lists.wanting if wanting.off_list]
    lines = list(closing_lines(lists))
    assert sum("Liste pour" in line for line in lines) == 2
    unnamed = closing([day(alone(employer__name=None, employer__siret=None))], CLOSED)
    assert unnamed.lists == ()
    assert unnamed.wanting[0].off_list


def test_the_employers_list_as_csv() -> None:
    """French Excel opens it: mark, semicolons, decimal commas; neither NIR nor IBAN is there."""
    data = employer_csv(only(closed()))
    assert data.startswith(b"\xef\xbb\xbf")
    head, first, second, end = data.decode("utf-8-sig").split("\r\n")
    assert tuple(head.split(";")) == HEADINGS
    assert first.endswith(";prélèvement bancaire")
    assert second.startswith("A-1042;Delattre;Roy-Delattre;Maïa;01/04/2026;Essentielle;")
    assert second.endswith(";avril 2026")
    assert "," in second.split(";")[6]
    assert end == ""


def test_the_employers_list_as_xlsx() -> None:
    """Dates and amounts are such, the same closing gives the same bytes, and the list reads as a roster."""
    data = employer_xlsx(only(closed()), CLOSED)
    assert data == employer_xlsx(only(closed()), CLOSED)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert b"2026-02-03T16:30:00Z" in archive.read("docProps/core.xml")
        everything = b"".join(map(archive.read, archive.namelist()))
    assert b"285016211904268" not in everything
    assert b"FR76" not in everything
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    head, _, row = sheet.iter_rows(values_only=True)
    assert head == HEADINGS
    assert row[4] == dt.datetime(2026, 4, 1)  # noqa: DTZ001 - as openpyxl gives it
    assert str(row[6]) == str(float(only(closed()).rows[1].total))
    roster = read_roster(data, "liste.xlsx")
    assert set(roster.guess) >= {"member.staff_number", "member.birth_name", "member.used_name", "member.first_name"}


@given(st.sampled_from(["=1+1", "+33", "-2", "@SUM(A1)", " =A1", '=HYPERLINK("x")', "=cmd|' /C calc'!A0"]))
def test_no_name_is_a_formula(name: str) -> None:
    """A name that begins like a formula is text, in both files."""
    made = only(closing([day(family(member__birth_name=name, member__staff_number=f"@{name}"[:20]))], CLOSED))
    cells = employer_csv(made).decode("utf-8-sig").split("\r\n")[1].split(";")
    assert all(cell.lstrip('"')[0] not in "=+-@＝" for cell in cells if cell)
    assert neutral(name) == f"'{name}"
    assert neutral("＝1") == "'＝1"
    sheet = load_workbook(BytesIO(employer_xlsx(made, CLOSED))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert sheet["B2"].value == name
    assert "<f>" not in str(zipfile.ZipFile(BytesIO(employer_xlsx(made, CLOSED))).read("xl/worksheets/sheet1.xml"))


def test_closing_changes_no_dossier() -> None:
    """The dossiers of the day are as they were."""
    one = day(family())
    before = dossier_to_json(one.dossier)
    closing([one], CLOSED)
    assert dossier_to_json(one.dossier) == before
