"""The tables of guarantees against the documents, the worked reimbursements, and what no reimbursement may do."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.assessment.examples import failures
from forms.assessment.reimbursement import reimburse
from forms.cli import main
from forms.convention.guarantees import Care, CareItem, Guarantee, Part
from tests.conventions.walks import shipped

NAMES = ("cdg33-mnfct", "cdg35-mutame", "cdg76-mnt-mgen", "msph-mgen")
LEVELS = ("niveau-1", "niveau-2", "niveau-3")
CATEGORIES = (
    "Soins courants",
    "Hospitalisation",
    "Dentaire",
    "Optique",
    "Aides auditives",
    "Prévention et autres",
)
WORDS = {"réels": "real", "intégral": "full", "néant": "none", "oui": "included", "SS": "health"}


def worth(cell: str) -> tuple[Part, ...]:
    """Read ``100%+150€`` as the document writes it."""
    found = []
    for piece in cell.split("+"):
        number = re.fullmatch(r"([\d,]+)([%€])", piece)
        if number:
            value = Decimal(number[1].replace(",", "."))
            found.append(Part("percent" if number[2] == "%" else "euros", value))
        else:
            found.append(Part(WORDS[piece]))  # type: ignore[arg-type]
    return tuple(found)


def transcribed(name: str) -> dict[str, tuple[tuple[tuple[Part, ...], ...], str, bool]]:
    """Read what was taken from the document, apart from the folder: three levels, per what, on top or not."""
    found = {}
    for line in (Path(__file__).parent / f"{name}-guarantees.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        key, cells, per, on_top = ([part.strip() for part in line.split("|")] + ["", ""])[:4]
        levels = cells.split() * (1 if " " in cells else 3)
        found[key] = (tuple(worth(cell) for cell in levels), per, on_top == "en plus")
    return found


def line(name: str, key: str) -> Guarantee:
    """Give one line of a shipped table."""
    return next(guarantee for guarantee in shipped(name).guarantees if guarantee.id == key)


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_the_document_s(name: str) -> None:
    """Each line is there, once, with its figures at each level, per what they are due, and on top of what."""
    convention = shipped(name)
    formulas = [formula.id for formula in convention.formulas]
    each = len(formulas) // 3
    carried = {
        guarantee.id: (
            tuple(guarantee.worth[formula] for formula in formulas[::each]),
            guarantee.per,
            not guarantee.includes_health,
        )
        for guarantee in convention.guarantees
    }
    assert carried == transcribed(name)
    for guarantee in convention.guarantees:
        assert all(guarantee.worth[plain] == guarantee.worth[f"{plain}-plus"] for plain in formulas[::each] if each > 1)


@pytest.mark.parametrize("name", NAMES)
def test_the_tables_can_be_laid_side_by_side(name: str) -> None:
    """The categories are those of all tables, each in one piece and in one order; labels are short and told apart."""
    table = shipped(name).guarantees
    pieces = [category for category, _ in groupby(guarantee.category for guarantee in table)]
    assert pieces == [category for category in CATEGORIES if category in pieces]
    assert len({(guarantee.category, guarantee.label) for guarantee in table}) == len(table)
    assert all(guarantee.source and len(guarantee.label) <= 65 and len(guarantee.limit) <= 140 for guarantee in table)


@pytest.mark.parametrize("name", NAMES)
def test_a_higher_level_never_pays_less(name: str) -> None:
    """For an act of 25 € at a price that lets every guarantee play, each level pays as much as the one below."""
    act = Care("", "", "", Decimal(9000), (CareItem(Decimal(25), Decimal(65), 1),), Decimal(0), {}, "")
    convention = shipped(name)
    for guarantee in convention.guarantees:
        paid = [reimburse(act, guarantee, formula.id).mutual for formula in convention.formulas]
        assert all(low <= high for low, high in pairwise(paid)), guarantee.id


@pytest.mark.parametrize("name", NAMES)
def test_out_of_the_tariff_options_two_limits_hold(name: str) -> None:
    """CDG 33's rule, kept by all: above the base, 100 % at most and 20 points under doctors in the option."""
    table = {guarantee.id: guarantee for guarantee in shipped(name).guarantees}
    pairs = [(table[key], table.get(key.replace("-hors-", "-"))) for key in table if "-hors-dptam" in key]
    assert pairs
    for outside, inside in pairs:
        for formula, parts in outside.worth.items():
            above = parts[0].value - 100
            assert above <= 100
            if inside is not None:
                assert above <= max(Decimal(0), inside.worth[formula][0].value - 120)


# Read from the slides: price, what the health insurance pays, then for each level the insurer's part and what is left.
WORKED = {
    "consultation-generaliste": ("30.00", "19.00", "9.00 2.00", "9.00 2.00", "9.00 2.00"),
    "consultation-specialiste": ("66.00", "14.10", "13.80 38.10", "25.30 26.60", "29.90 22.00"),
    "cataracte-dptam": ("443.00", "271.70", "135.85 35.45", "171.30 0.00", "171.30 0.00"),
    "cataracte-hors-dptam": ("486.00", "271.70", "81.51 132.79", "214.30 0.00", "214.30 0.00"),
    "couronne": ("561.99", "72.00", "168.00 321.99", "288.00 201.99", "408.00 81.99"),
    "lunettes": ("592.00", "0.09", "300.00 291.91", "500.00 91.91", "591.91 0.00"),
    "aide-auditive": ("1515.00", "240.00", "1000.00 275.00", "1250.00 25.00", "1275.00 0.00"),
}


def said(*words: str) -> int:
    """Run the command line."""
    return main(list(words), today=lambda: dt.date(2026, 2, 3), now=lambda: dt.datetime(2026, 2, 3, tzinfo=dt.UTC))


def test_the_seven_worked_reimbursements(capsys: pytest.CaptureFixture[str]) -> None:
    """CDG 35's seven cares come out to the cent, by the calculation and by the command line."""
    convention = shipped("cdg35-mutame")
    found = {}
    for care in convention.cares:
        rows = [reimburse(care, line("cdg35-mutame", care.guarantee), level) for level in LEVELS]
        found[care.id] = (
            str(care.price),
            *{str(row.health) for row in rows},
            *(f"{row.mutual} {row.left}" for row in rows),
        )
    assert found == WORKED
    assert failures(convention) == []

    assert said("reimburse", "cdg35-mutame", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert {
        care["id"]: (
            care["price"],
            *{row["health_insurance"] for row in care["formulas"]},
            *(f"{row['mutual']} {row['left']}" for row in care["formulas"]),
        )
        for care in answer["cares"]
    } == WORKED


@pytest.mark.parametrize("name", NAMES)
def test_any_line_can_be_asked_for(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A hearing aid of 1 700 € is worked out for each formula of each convention that holds the line."""
    ends = {
        "cdg33-mnfct": ["460.00", "210.00", "0.00"],
        "cdg35-mutame": ["460.00", "210.00", "0.00"],
        "cdg76-mnt-mgen": ["700.00", "450.00", "200.00"],
        "msph-mgen": ["1300.00", "1300.00", "1130.00", "1130.00", "960.00", "960.00"],
    }
    asked = ("--guarantee", "audio-plus-20", "--price", "1700", "--base", "400", "--rate", "60")
    assert said("reimburse", name, *asked, "--json") == 0
    rows = json.loads(capsys.readouterr().out)["cares"][0]["formulas"]
    assert [row["left"] for row in rows] == ends[name]
    assert said("reimburse", name, *asked[:1], "voyage", *asked[2:]) == 1
    assert "voyage" in capsys.readouterr().err


def guarantee(parts: tuple[Part, ...], *, includes_health: bool = True) -> Guarantee:
    """Give a line that pays these parts under the one formula « f »."""
    return Guarantee("g", "Optique", "G", "", "", includes_health, {"f": ""}, {"f": parts}, "", None)


@pytest.mark.parametrize(
    ("cell", "in_total", "on_top"),
    [
        ("150%", "80.00", "130.00"),
        ("50€", "0.00", "50.00"),
        ("100%+50€", "80.00", "130.00"),
        ("SS", "0.00", "0.00"),
        ("SS+50€", "50.00", "50.00"),
        ("réels", "130.00", "130.00"),
        ("intégral", "130.00", "130.00"),
        ("néant", "0.00", "0.00"),
        ("oui", "0.00", "0.00"),
    ],
)
def test_each_kind_pays_its_way(cell: str, in_total: str, on_top: str) -> None:
    """An act of 200 € on a base of 100 € at 70 %: what each kind pays, counting the 70 € or on top of them."""
    act = Care("", "", "", Decimal(200), (CareItem(Decimal(100), Decimal(70), 1),), Decimal(2), {}, "")
    for includes_health, expected in ((True, in_total), (False, on_top)):
        found = reimburse(act, guarantee(worth(cell), includes_health=includes_health), "f")
        assert (str(found.health), str(found.mutual)) == ("68.00", expected)


def test_a_frame_above_its_limit_is_left_to_pay() -> None:
    """Of a frame of 180 € the insurer pays 100 €, whatever the guarantee: 79,97 € are left."""
    lens = CareItem(Decimal("0.05"), Decimal(60), 2, Decimal(100))
    frame = CareItem(Decimal("0.05"), Decimal(60), 1, Decimal(180), Decimal(100))
    glasses = Care("", "", "", Decimal(380), (lens, frame), Decimal(0), {}, "")
    found = reimburse(glasses, line("cdg35-mutame", "optique-c"), "niveau-3")
    assert (str(found.health), str(found.mutual), str(found.left)) == ("0.09", "299.94", "79.97")


def test_a_lump_sum_is_due_as_often_as_it_is_earned() -> None:
    """Five days in a room of one's own at 80 € with 65 € a day leave 75 €."""
    stay = Care("", "", "", Decimal(400), (CareItem(Decimal(0), Decimal(0), 1),), Decimal(0), {}, "", times=5)
    assert reimburse(stay, line("cdg76-mnt-mgen", "chambre"), "niveau-2").left == Decimal(75)


EUROS = st.decimals(0, 3000, places=2)
ITEM = st.builds(
    CareItem,
    EUROS,
    st.sampled_from([Decimal(0), Decimal(15), Decimal("64.5"), Decimal(70), Decimal(100)]),
    st.integers(1, 3),
    st.none() | EUROS,
    st.none() | EUROS,
)
ALL_LINES = [(name, guarantee.id) for name in NAMES for guarantee in shipped(name).guarantees]


@given(
    st.sampled_from(ALL_LINES),
    EUROS,
    st.lists(ITEM, min_size=1, max_size=3),
    st.sampled_from([Decimal(0), Decimal(2)]),
    st.integers(1, 9),
)
def test_the_parts_always_make_the_price(
    at: tuple[str, str], price: Decimal, items: list[CareItem], fixed: Decimal, times: int
) -> None:
    """Nothing is negative, nobody gains by being ill, the fixed participation is the patient's alone."""
    care = Care("", "", at[1], price, tuple(items), fixed, {}, "", times)
    for formula in shipped(at[0]).formulas:
        found = reimburse(care, line(*at), formula.id)
        assert found.health + found.mutual + found.left == price
        assert min(found.health, found.mutual, found.left) >= 0
        without = reimburse(replace(care, fixed_participation=Decimal(0)), line(*at), formula.id)
        assert (found.mutual, found.health) == (without.mutual, max(Decimal(0), without.health - fixed))
        assert all(part == part.quantize(Decimal("0.01")) for part in (found.health, found.mutual, found.left))
