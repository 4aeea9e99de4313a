"""A list read a line at a time says what it says when it is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.exchange.roster import read_roster
from forms.exchange.streamed import streamed
from forms.faults import Fault
from tests.forms.exchange.rosters import FILES, separated

_CELLS = st.text(st.sampled_from('Aé ’\u2028\x0c\x85-"1'), max_size=6)


@pytest.mark.parametrize("kind", FILES)
def test_the_five_lists(tmp_path: Path, kind: str) -> None:
    """Headings, columns, rows with their numbers and notes are those of the list read whole, twice over."""
    name, made = FILES[kind]
    path = tmp_path / name
    path.write_bytes(made())
    whole, listed = read_roster(path.read_bytes(), name), streamed(path)
    assert (listed.headings, dict(listed.guess), listed.zero, listed.notes) == (
        whole.headings,
        whole.guess,
        whole.zero,
        whole.notes,
    )
    for _ in range(2):
        assert tuple(listed.rows()) == whole.rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(_CELLS, min_size=3, max_size=3), max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["", "\x1a"]),
)
def test_every_encoding_and_end_of_line(
    tmp_path: Path, cells: list[list[str]], encoding: str, end: str, last: str
) -> None:
    """Whatever stands in the cells, both readings give the same rows, or refuse both."""
    rows = [
        ["Nom", "Prénom", "Matricule"],
        *([f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in cells),
    ]
    text = end.join(";".join(row) for row in rows) + end + last
    path = tmp_path / "agents.csv"
    path.write_bytes(text.encode(encoding, "replace"))
    try:
        whole: object = read_roster(path.read_bytes(), path.name).rows
    except Fault as fault:
        whole = str(fault)
    try:
        found: object = tuple(streamed(path).rows())
    except Fault as fault:
        found = str(fault)
    assert found == whole


def test_a_list_that_changes_under_the_reading_is_refused(tmp_path: Path) -> None:
    """The second reading is of the same bytes as the first, or is none."""
    path = tmp_path / "agents.csv"
    path.write_bytes(separated([["Nom", "Prénom"], ["Delattre", "Maïa"]]))
    listed = streamed(path)
    path.write_bytes(separated([["Nom", "Prénom"], ["Delattre", "Noé"]]))
    with pytest.raises(Fault, match="a changé"):
        list(listed.rows())


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "est vide"), (b"Nom;Pr\x00\x01", "pas une liste"), (b"%PDF-1.7", "PDF"), (b"PK\x03\x04", "abîmé")],
)
def test_what_is_no_list(tmp_path: Path, data: bytes, words: str) -> None:
    """An empty file, a binary one, a PDF or a broken workbook is one French line."""
    path = tmp_path / "agents.csv"
    path.write_bytes(data)
    with pytest.raises(Fault, match=words):
        streamed(path)
    with pytest.raises(Fault, match="n’existe pas"):
        streamed(tmp_path / "none.csv")
