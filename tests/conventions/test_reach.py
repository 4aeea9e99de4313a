"""What real schemes elsewhere also have, each said without code by a small invented convention."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from forms.convention import Convention, load
from forms.faults import Fault
from tests.making import TINY, Said, amounts, answer, codes, folder, priced

ADULT = """
[[prices]]
of = "adult"
group = "adult"
reason = "Adulte de {age} ans."
source = "leaflet"
"""
CHILD = """
[[prices]]
of = "child"
group = "child"
reason = "Enfant."
source = "leaflet"
"""


def case(of: str, group: str, when: str = "") -> str:
    """Give one case of a price as TOML."""
    condition = f"when = {{ {when} }}\n" if when else ""
    return f'[[prices]]\nof = "{of}"\n{condition}group = "{group}"\nreason = "{group}."\nsource = "leaflet"\n'


def rows(*said: str) -> str:
    """Give a tariff of 2026 with these rows: ``group 0-29 10.00 20.00``."""
    made = []
    for row in said:
        group, ages, une, deux = re.split(r"\s+", row, maxsplit=3)
        low, _, high = ages.partition("-")
        top = f", to_age = {high}" if high else ""
        made.append(
            f'{{ group = "{group}", label = "{group} {ages}", from_age = {low}{top}, '
            f'amounts = {{ une = "{une}", deux = "{deux}" }} }}'
        )
    return (
        f'[[tariffs]]\nstarts_on = 2026-01-01\npublished_for = 2026\nsource = "leaflet"\nrows = [{", ".join(made)}]\n'
    )


def convention(root: Path, tariff: str, **files: str) -> Convention:
    """Load the tiny convention with another tariff file, and other files whole."""
    return load(folder(root, {"tariff.toml": tariff, **{f"{name}.toml": text for name, text in files.items()}}))


def household(*children: str, partner: bool = False, **member: Any) -> Said:
    """Give a member born in 1985 with a partner and children, signed on 3 February 2026."""
    people: list[Said] = [{"relation": "spouse", "birth_date": "1987-05-05"}] if partner else []
    people += [{"relation": "child", "birth_date": born} for born in children]
    return {
        "convention": "tiny",
        "formula": "une",
        "member": {"birth_date": "1985-01-01", "category": "active", **member},
        "beneficiaries": people,
        "request": {"signed_on": "2026-02-03"},
    }


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (household(), ["40.00"]),
        (household(partner=True), ["70.00", "0.00"]),
        (household("2015-01-01"), ["70.00", "0.00"]),
        (household("2015-01-01", "2017-01-01", partner=True), ["100.00", "0.00", "0.00", "0.00"]),
    ],
)
def test_a_price_by_household(tmp_path: Path, said: Said, expected: list[str]) -> None:
    """Alone, two or a family: the member's line carries the price, the others are in it."""
    tariff = rows("alone 0 40.00 50.00", "duo 0 70.00 80.00", "family 0 100.00 110.00")
    tariff += case("member", "alone", "people = { is = 1 }") + case("member", "duo", "people = { is = 2 }")
    tariff += case("member", "family")
    tariff += '[[prices]]\nof = "beneficiary"\nfree = true\nreason = "Compris."\nsource = "leaflet"\n'
    assert amounts(priced(said, convention(tmp_path, tariff))["une"]) == expected


LATE = """
[surcharge]
of = "member"
since = "member.hired_on"
after_years = 1
percent_per_year = "2.00"
at_most = "10.00"
reason = "Adhésion tardive."
source = "leaflet"
"""
CEILING = '[[ceilings]]\nyear = 2026\nmonthly = "4005.00"\nsource = "leaflet"\n'


def test_a_share_of_the_ceiling_is_rounded_a_person_at_a_time(tmp_path: Path) -> None:
    """1.11 % of 4 005.00 € is 44.4555: each adult pays 44.46, two pay 88.92 (and not 88.91)."""
    tariff = rows("adult 0 1.11% 2%") + CEILING + case("adult", "adult")
    quote = priced(household(partner=True), convention(tmp_path, tariff))["une"]
    assert amounts(quote) == ["44.46", "44.46"]
    assert f"{quote.total:.2f}" == "88.92"


def test_without_the_ceiling_of_the_year_there_is_no_price(tmp_path: Path) -> None:
    """A ceiling that nobody gave is never the one of another year."""
    tariff = rows("adult 0 1.11% 2%") + CEILING.replace("2026", "2025") + case("adult", "adult")
    quote = priced(household(), convention(tmp_path, tariff))["une"]
    assert quote.total is None
    assert "plafond de la Sécurité sociale de 2026" in quote.refusals[0]


def test_another_grid_for_alsace_moselle(tmp_path: Path) -> None:
    """The local scheme has its own rows; a scheme not said is asked for, never guessed."""
    tariff = rows("adult 0 40.00 50.00", "local 0 30.00 35.00")
    tariff += case("member", "local", 'scheme = { is = "alsace_moselle" }') + case("member", "adult")
    loaded = convention(tmp_path, tariff)
    assert amounts(priced(household(scheme="alsace_moselle"), loaded)["une"]) == ["30.00"]
    assert amounts(priced(household(scheme="general"), loaded)["une"]) == ["40.00"]
    unknown = priced(household(), loaded)["une"]
    assert amounts(unknown) == ["?"]
    assert unknown.missing == ("member.scheme",)


OPTION = """
[[options]]
id = "optique"
label = "Optique"
source = "leaflet"
[[options.prices]]
of = "adult"
group = "optique"
reason = "Option optique."
source = "leaflet"
"""


def test_options_are_stacked_on_a_base(tmp_path: Path) -> None:
    """An option of the whole family prices each adult, one of a person that person; one unknown is refused."""
    tariff = rows("adult 0 40.00 50.00", "child 0 5.00 6.00", "optique 0 4.50 4.50") + OPTION + ADULT + CHILD
    loaded = convention(tmp_path, tariff)
    said = household("2015-01-01", partner=True)
    assert amounts(priced({**said, "options": ["optique"]}, loaded)["une"]) == ["44.50", "44.50", "5.00"]
    said["beneficiaries"][0]["options"] = ["optique"]
    assert amounts(priced(said, loaded)["une"]) == ["40.00", "44.50", "5.00"]
    assert "option_unknown" in codes(answer({**said, "options": ["dentaire"]}, loaded))


def test_an_employers_share_as_a_percentage(tmp_path: Path) -> None:
    """25 % of 61.02 is 15.255: 15.26 is paid by the employer; more than all of it is the whole and no more."""
    tariff = rows("adult 0 61.02 70.00") + ADULT
    tariff += '[participation]\npercent = true\nreason = "Un quart."\nsource = "leaflet"\n'
    loaded = convention(tmp_path, tariff)
    quote = priced({**household(), "employer": {"participation_percent": "25.00"}}, loaded)["une"]
    assert (str(quote.participation), str(quote.net)) == ("15.26", "45.76")
    whole = priced({**household(), "employer": {"participation_percent": "120.00"}}, loaded)["une"]
    assert str(whole.net) == "0.00"
    assert priced(household(), loaded)["une"].missing == ("employer.participation_percent",)


def test_several_dated_tariffs(tmp_path: Path) -> None:
    """The effective date chooses the grid: 2026's in December, 2027's from January on."""
    tariff = rows("adult 0 40.00 50.00") + rows("adult 0 42.00 52.00").replace("2026", "2027") + ADULT
    loaded = convention(tmp_path, tariff)
    for signed, price in (("2026-11-30", "40.00"), ("2026-12-01", "42.00")):
        assert amounts(priced({**household(), "request": {"signed_on": signed}}, loaded)["une"]) == [price]


@pytest.mark.parametrize(
    ("hired", "price"),
    [
        ("2025-03-01", "40.00"),
        ("2024-03-02", "40.00"),
        ("2024-03-01", "40.80"),
        ("2021-03-01", "43.20"),
        ("1990-01-01", "44.00"),
    ],
)
def test_a_surcharge_for_each_year_of_late_joining(tmp_path: Path, hired: str, price: str) -> None:
    """2 % a completed year beyond the first, 10 % at most, counted to the effective date (1 March 2026)."""
    tariff = rows("adult 0 40.00 50.00") + ADULT
    tariff += LATE
    loaded = convention(tmp_path, tariff)
    assert amounts(priced(household(hired_on=hired), loaded)["une"]) == [price]
    assert priced(household(), loaded)["une"].missing == ("member.hired_on",)


def test_free_from_the_second_child(tmp_path: Path) -> None:
    """The oldest pays, the youngest are free, in whatever order they are listed."""
    tariff = TINY["tariff.toml"] + '[free_children]\nfrom_rank = 2\nreason = "Gratuit."\nsource = "leaflet"\n'
    said = household("2017-01-01", "2015-01-01", "2019-01-01")
    assert amounts(priced(said, convention(tmp_path, tariff))["une"]) == ["11.00", "0.00", "5.00", "0.00"]


def test_a_level_a_person(tmp_path: Path) -> None:
    """Where the convention allows it, a partner takes another level; elsewhere that is refused."""
    said = household(partner=True)
    said["beneficiaries"][0]["formula"] = "deux"
    identity = TINY["convention.toml"].replace("insurer =", "formula_by_person = true\ninsurer =")
    assert amounts(priced(said, load(folder(tmp_path, {"convention.toml": identity})))["une"]) == ["11.00", "21.00"]
    assert "formula_for_all" in codes(answer(said, load(folder(tmp_path, name="other"))))


@pytest.mark.parametrize(
    ("tariff", "words"),
    [
        (rows("adult 0 1,5% 2%") + ADULT, "amounts.une"),
        (rows("adult 0 40.00 50.00") + OPTION + ADULT, "options[0].prices[0].group"),
        (rows("adult 0 40.00 50.00") + ADULT + CEILING + CEILING, "ceilings[1].year"),
        (
            rows("adult 0 40.00 50.00") + ADULT + LATE.replace("hired_on", "age"),
            "surcharge.since",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, tariff: str, words: str) -> None:
    """A fault in one of these tables names its place."""
    with pytest.raises(Fault, match=re.escape(words)):
        convention(tmp_path, tariff)
