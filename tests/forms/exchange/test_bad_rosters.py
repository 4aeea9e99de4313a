"""Lists that are wrong, cut, too large or hostile: one French line, bounded memory, never half a list."""

from __future__ import annotations

import datetime as dt
import tracemalloc
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import DEFUSEDXML, LXML

from forms.dossier.model import Dossier
from forms.dossier.reading import dossier_from_json, dossier_to_json
from forms.exchange import bounds, guard, headings, separated, sheets
from forms.exchange.bounds import read_bounded
from forms.exchange.prefill import prefill
from forms.exchange.roster import dry_run, read_roster
from forms.faults import Fault
from tests.forms.exchange.rosters import FILES, merged, semicolons, workbook
from tests.forms.exchange.rosters import separated as lines

TODAY = dt.date(2026, 2, 3)
TEXT = "Matricule;Nom;Prénom\n1;Roy;Noé\n2;Bœuf;Françoise\n"


def inside(change: Callable[[str, bytes], bytes | None], made: bytes | None = None) -> bytes:
    """Give a workbook with its parts changed; ``None`` leaves one out."""
    out = BytesIO()
    source = BytesIO(made or workbook([["Nom", "Prénom"], ["Roy", "Noé"]]))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = change(info.filename, old.read(info))
            if data is not None:
                new.writestr(info.filename, data)
    return out.getvalue()


def sheet(text: bytes) -> bytes:
    """Give a workbook whose sheet holds this."""
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    body = head + text + b"</sheetData></worksheet>"
    return inside(lambda name, data: body if name.endswith("sheet1.xml") else data)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">
<c r="A1" t="inlineStr"><is><t>&d;</t></is></c></row></sheetData></worksheet>"""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "vide"),
        (b"\n\n;;;\n", "vide"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "XLSX"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04" + b"\0" * 30, "incomplet"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "liste"),
        (b"Nom;Pr\xc3\xa9nom\n\0\x01\x02", "liste"),
        (b"\xff\xfeN\x00o", "lisible"),
        (b'Nom;Pr\nRoy;"No\nPetit;L\n', "ligne 2"),
        (b'Nom;Pr\nRoy;"No\nPetit;L\nGros;"A\nFin;B\n', "ligne 2"),
        (b'Nom;Pr\nRoy;"' + b"x" * 200_000, "guillemet"),
        (b";" * 300 + b"\n", "200 colonnes"),
        (merged()[:-40], "incomplet"),
        (merged()[:3000], "incomplet"),
        (inside(lambda name, data: None if "workbook.xml" in name else data), "lisible"),
        (inside(lambda name, data: b"<a" if "sheet1" in name else data), "lisible"),
        (inside(lambda name, data: LAUGHS if "sheet1" in name else data), "trop de cases"),
        (sheet(b'<row r="1">' + b"".join(b'<c r="A1"/>' for _ in range(2)) + b'<c r="ZZ1"><v>1</v></c></row>'), "vide"),
        (sheet(b'<row r="99999999999999"><c r="A1"><v>1</v></c></row>'), "vide"),
        (sheet(b'<row r="1"><c r="A1"><v>' + b"9" * 5000 + b"</v></c></row>"), "lisible"),
    ],
)
def test_what_is_no_list_is_told_in_one_line(data: bytes, said: str) -> None:
    """Each is refused with what it is and what to do."""
    with pytest.raises(Fault, match=said):
        read_roster(data, "liste.xlsx")


def test_entities_are_never_expanded() -> None:
    """Openpyxl reads XML through defusedxml, and through nothing that would pass it by."""
    assert DEFUSEDXML is True
    assert LXML is False


def test_a_libreoffice_workbook_is_named() -> None:
    """Its first file says what it is."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(Fault, match="LibreOffice"):
        read_roster(out.getvalue(), "liste.ods")


def test_limits_stop_the_reading(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Rows, cells, tags, files, bytes packed and unpacked: each limit refuses the whole list."""
    rows = [["Nom", "Prénom"], *([f"Roy{n}", "Noé"] for n in range(50))]
    for limit in ("ROW_LIMIT", "CELLS_LIMIT"):
        with monkeypatch.context() as patch:
            patch.setattr(separated, limit, 50)
            with pytest.raises(Fault, match="la lecture s’arrête"):
                read_roster(lines(rows), "a.csv")
    with pytest.raises(Fault, match="64 Mo"):
        read_roster(b"x" * (bounds.FILE_LIMIT + 1), "a.csv")
    for module, limit, said in (
        (sheets, "ROW_LIMIT", "200 000 lignes"),
        (sheets, "CELLS_LIMIT", "cases"),
        (guard, "CELLS_LIMIT", "cases"),
        (guard, "ITEMS_LIMIT", "cases"),
        (guard, "REST_LIMIT", "cases"),
        (guard, "UNPACKED_LIMIT", "décompressé"),
        (bounds, "MEMBERS_LIMIT", "fichiers"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, limit, 50 if "MEMBERS" not in limit else 3)
            with pytest.raises(Fault, match=said.replace(" ", ".")):
                read_roster(workbook(rows), "a.xlsx")
    large = tmp_path / "a.csv"
    large.write_bytes(b"x" * 1001)
    with pytest.raises(Fault, match="dépasse"):
        read_bounded(large, 1000)
    with pytest.raises(Fault, match="n’existe pas"):
        read_bounded(tmp_path / "b.csv")
    assert read_bounded(large) == b"x" * 1001


def bomb() -> bytes:
    """Give 300 MB of blanks, packed."""
    out = BytesIO()
    archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("xl/a.xml", "w") as part:
        for _ in range(300):
            part.write(b" " * bounds.MEGABYTE)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bomb(), "décompressé"),
        (sheet(b'<row r="1">' + b"<c/>" * 100_000 + b"</row>"), "cases"),
        (sheet(b'<row r="1"><row/>' + b"<c/><row/>" * 100_000 + b"</row>"), "cases"),
        (sheet(b"<x/>" * 500_000), "cases"),
        (sheet(b'<x a="" b="" c="" d=""/>' * 100_000), "cases"),
        (sheet(b"<row " + b"".join(b'a%d="" ' % n for n in range(10_000)) + b"/>"), "cases"),
        (sheet(b"<row><c><v>" + b"1" * 3_000_000 + b"</v></c></row>"), "cases"),
        (
            inside(lambda name, data: b"<fonts>" + b"<row/>" * 500_000 + b"</fonts>" if "styles" in name else data),
            "cases",
        ),
    ],
)
def test_a_bomb_costs_no_memory(data: bytes, said: str) -> None:
    """Small once packed, a workbook that would fill the memory is refused within 20 MB."""
    tracemalloc.start()
    try:
        with pytest.raises(Fault, match=said):
            read_roster(data, "a.xlsx")
        assert tracemalloc.get_traced_memory()[1] < 20 * bounds.MEGABYTE
    finally:
        tracemalloc.stop()


def test_blank_rows_end_a_sheet() -> None:
    """A sheet formatted down to its last row is read to its end and says where it stopped."""
    cell = b'<c r="%b" t="inlineStr"><is><t>%b</t></is></c>'
    head = b'<row r="1">' + cell % (b"A1", b"Nom") + cell % (b"B1", b"CP") + b"</row>"
    data = sheet(head + b'<row r="2"><c r="A2" t="inlineStr"><is><t>Roy</t></is></c></row><row r="1048576"/>')
    roster = read_roster(data, "a.xlsx")
    assert [row for _, row in roster.rows] == [("Roy",)]
    assert "5\u202f000 lignes vides" in roster.notes[0]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac_roman", "cp850"]
)
@pytest.mark.parametrize("separator", separated.SEPARATORS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_separator(encoding: str, separator: str, end: str) -> None:
    """The same rows come out, whatever wrote them (DOS has no œ)."""
    text = TEXT.replace("œ", "oe") if encoding == "cp850" else TEXT
    data = text.replace(";", separator).replace("\n", end).encode(encoding)
    rows = [row for _, row in read_roster(data, "a.csv").rows]
    assert rows == [("1", "Roy", "Noé"), ("2", "Boeuf" if encoding == "cp850" else "Bœuf", "Françoise")]


def test_csv_as_spreadsheets_write_it() -> None:
    """Excel's own `sep=` line, quotes, a line break in a cell, an apostrophe against formulas."""
    roster = read_roster(b'sep=,\nNom,Adresse,Ville\n"Roy ""dit"" Petit","8, rue du Four\nappt 2",Arras\n', "a.csv")
    assert roster.rows == ((3, ('Roy "dit" Petit', "8, rue du Four appt 2", "Arras")),)
    assert roster.headings == ("Nom", "Adresse", "Ville")


def survives(data: bytes) -> None:
    """Read, run and prefill: a Fault or dossiers that can be written and read again, nothing else."""
    try:
        roster = read_roster(data, "a.xlsx")
        report = dry_run(roster, roster.mapping({}) | {"member.birth_name": roster.headings[0]}, TODAY)
    except Fault:
        return
    for row in report.rows:
        dossier = prefill(row, Dossier())
        assert dossier_from_json(dossier_to_json(dossier)) == dossier


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes(data: bytes) -> None:
    """Any bytes are a list or a Fault."""
    survives(data)


@given(
    st.sampled_from(
        [b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b"Nom;NIR;Date de naissance;CP;Statut\n"]
    ),
    st.lists(
        st.lists(st.text(max_size=20) | st.sampled_from(["31048", "1E+14", "=1", '"', "TOTAL"]), max_size=6), max_size=6
    ),
    st.sampled_from(["utf-8", "utf-16-le"]),
)
def test_any_cells(start: bytes, rows: list[list[str]], encoding: str) -> None:
    """Any cells under any beginning are a list or a Fault."""
    survives(start + "\n".join(";".join(row) for row in rows).encode(encoding, "replace"))


WORKBOOK = merged()


@given(
    st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), min_size=1, max_size=8), st.booleans()
)
def test_any_damage_to_a_workbook(damage: list[tuple[int, int]], cut: bool) -> None:  # noqa: FBT001 - drawn
    """Bytes changed or cut away: a list or a Fault."""
    data = bytearray(WORKBOOK)
    for place, byte in damage:
        data[place] = byte
    survives(bytes(data[: damage[0][0]] if cut else data))


@given(
    st.sampled_from(["sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml", "Content_Types", "rels"]),
    st.integers(0, 3000),
    st.sampled_from(
        [
            b"",
            b"<",
            b">",
            b'"',
            b"&x;",
            b"-1",
            b"1e999",
            b"NaN",
            b"/",
            b"\xff",
            b'r="0" ',
            b't="s" ',
            b't="d" ',
            b"ZZZZZ",
        ]
    ),
    st.integers(0, 12),
)
def test_any_damage_inside_a_workbook(part: str, place: int, text: bytes, length: int) -> None:
    """XML changed under a sound archive: a list or a Fault."""
    survives(
        inside(lambda name, data: data[:place] + text + data[place + length :] if part in name else data, WORKBOOK)
    )


def test_headings_are_looked_for_among_few_rows() -> None:
    """A list of two hundred odd columns costs no more than a moment to match, and nothing is guessed."""
    assert headings.find_header([tuple(f"x{n}" for n in range(200))] * 40).guess == {}
    assert set(FILES) == {"semicolons", "merged", "numbers", "capitals", "total"}
    assert semicolons().decode("cp1252").count("\r\n") == 6
