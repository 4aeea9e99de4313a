"""A table of guarantees and its worked cares: read, or refused with the file and the line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.assessment.examples import failures
from forms.convention import load
from forms.faults import Fault
from tests.making import folder

GRID = """id,category,label,per,limit,basis,source,une,deux
verres,Optique,Verres,,,complement,,100.00 €,200 %
"""
TABLE = '[guarantees]\ngrid = "g.csv"\nsource = "leaflet"\n'
CARE = """
[[cares]]
id = "verre"
label = "Verre"
guarantee = "verres"
price = "90.00"
items = [{ base = "10.00", rate = "60" }]
source = "leaflet"
[cares.expected]
une = { health = "6.00", mutual = "84.00", left = "0.00" }
"""


def tiny(root: Path, table: str = TABLE + CARE, grid: str = GRID) -> Path:
    """Write the tiny convention with guarantees."""
    return folder(root, {"guarantees.toml": table, "g.csv": grid})


@pytest.mark.parametrize(
    ("table", "grid", "told"),
    [
        (TABLE, GRID.replace("200 %", "200%"), "g.csv ligne 2, deux : « 200% » : attendu 130 %"),
        (TABLE, GRID + "\n\nb,Optique,B,,,total,,12 €,SS\n", "g.csv ligne 5, une : « 12 € »"),
        (TABLE, GRID.replace("200 %", "non couvert + SS"), "seuls des %, des € et SS s’ajoutent"),
        (TABLE, GRID.replace(",basis", "").replace(",complement", ""), "g.csv ligne 1 : colonnes attendues : id"),
        (TABLE, GRID.replace(",deux", "").replace(",200 %", ""), "g.csv ligne 1 : colonnes attendues : id"),
        (TABLE, GRID.replace(",200 %", ""), "g.csv ligne 2 : la ligne n’a pas le nombre de colonnes"),
        (TABLE, GRID.replace("complement", "net"), "g.csv ligne 2 : basis"),
        (TABLE, GRID.replace("verres,", "Verres,"), "g.csv ligne 2 : id"),
        (TABLE, GRID.replace("complement,,", "complement,rien,"), "source inconnue « rien »"),
        (TABLE, GRID + GRID.splitlines()[1], "g.csv ligne 3 : « verres » est déjà"),
        (TABLE.replace("g.csv", "h.csv"), GRID, "« h.csv » n’est pas dans le dossier"),
        (TABLE + 'assumptions = { lunettes = "?" }\n', GRID, "guarantees.assumptions : « lunettes »"),
        (TABLE + 'certainty = "assumed"\n', GRID, "guarantees.assumption : une règle supposée"),
        (TABLE + CARE.replace('"verres"', '"lunettes"'), GRID, "cares[0].guarantee : « lunettes »"),
        (TABLE + CARE.replace("une =", "trois ="), GRID, "cares[0].expected : formule inconnue « trois »"),
        (TABLE + CARE.replace('"60" }', '"60", at_most = "1.00" }'), GRID, "cares[0].items[0].at_most"),
    ],
)
def test_a_fault_says_its_file_and_line(tmp_path: Path, table: str, grid: str, told: str) -> None:
    """What is wrong in the table or in a care is told with its place, in one line."""
    with pytest.raises(Fault, match=re.escape(told)) as fault:
        load(tiny(tmp_path, table, grid))
    assert str(fault.value).startswith("tiny/guarantees.toml, ")
    assert "\n" not in str(fault.value)


def test_a_worked_care_that_is_not_met_is_told(tmp_path: Path) -> None:
    """The folder's own expectation is played: right, nothing is said; wrong, the part and both amounts are."""
    assert failures(load(tiny(tmp_path))) == []
    (tmp_path / "wrong").mkdir()
    wrong = load(tiny(tmp_path / "wrong", TABLE + CARE.replace("84.00", "83.00")))
    assert failures(wrong) == ["tiny, soin « Verre » : formule une, mutual attendu 83.00, calculé 84.00."]


def test_an_unclear_line_says_how_it_was_read(tmp_path: Path) -> None:
    """An assumption is its own line's; the others stay stated."""
    grid = GRID + "monture,Optique,Monture,,,complement,,10.00 €,20.00 €\n"
    found = load(tiny(tmp_path, TABLE + 'assumptions = { monture = "Lu comme un forfait." }\n', grid))
    assert [line.assumption for line in found.guarantees] == [None, "Lu comme un forfait."]
