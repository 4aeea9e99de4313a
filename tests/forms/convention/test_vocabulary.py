"""What the vocabulary of a folder can say: the hard cases of four conventions, as sketches in invented folders.

The figures are invented; the rules are those of CDG 35, CDG 33, CDG 76 and MSPH.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from forms.convention import Convention, load
from tests.making import TINY, Said, alone, amounts, answer, child, codes, folder, priced, put, starts

COVER = """
[cover]
first_of_month = {first}
age = "{age}"
[cover.age_because]
source = "leaflet"
"""


def rules(*tables: str, first: bool = True, age: str = "completed_years") -> dict[str, str | bytes]:
    """Give the rules of a sketch: each table with its reason or message and its source."""
    text = COVER.format(first=str(first).lower(), age=age)
    for table in tables:
        words = "message" if "[[findings]]" in table else "reason"
        text += f'\n{table.strip()}\n{words} = "Parce que."\nsource = "leaflet"\n'
    return {"rules.toml": text}


def sketch(root: Path, files: dict[str, str | bytes]) -> Convention:
    """Load a sketch."""
    return load(folder(root, files))


def rows(*lines: str) -> str:
    """Give a grid of one formula from lines such as « adult Jeune 0 29 10.00 »."""
    found = []
    for line in lines:
        group, label, low, high, amount, *pay = line.split()
        ages = f"from_age = {low}" + (f", to_age = {high}" if high != "-" else "")
        pays = "".join(f', {key} = "{value}"' for key, value in zip(("from_salary", "to_salary"), pay, strict=False)
                       if value != "-")  # fmt: skip
        money = f'amounts = {{ une = "{amount}", deux = "{amount}" }}'
        found.append(f'{{ group = "{group}", label = "{label}", {ages}{pays}, {money} }},')
    return "\n".join(found)


def tariff(lines: str, *prices: str) -> dict[str, str | bytes]:
    """Give the tariff of a sketch."""
    text = f'[[tariffs]]\nstarts_on = 2026-01-01\npublished_for = 2026\nsource = "leaflet"\nrows = [\n{lines}\n]\n'
    for price in prices:
        text += f'\n[[prices]]\n{price}\nreason = "Parce que."\nsource = "leaflet"\n'
    return {"tariff.toml": text}


MANDATE = {"cancellation": "mandate", "started_on": "2020-01-01", "compulsory_group": False, "insurer": "X"}


def of(signed: str, **changes: Any) -> Said:
    """Give the member alone, received the day it is signed; an empty mandate block is filled in."""
    said = alone(signed=signed, employer__joined_on="2025-01-01", member__hired_on="2019-01-01")
    changes = {path.replace("__", "."): value for path, value in changes.items()}
    return put(said, {**changes, "convention": "tiny", "formula": "une"})


M_PLUS_2 = '[[effective_date]]\ndate = { rule = "first_of_month", after = "request.reception", months = 2 }\n'
FROM_20 = M_PLUS_2 + 'when = { "request.reception" = { from_day = 20 } }'
WITH_MANDATE = M_PLUS_2 + 'when = { "previous_contract.cancellation" = { is = "mandate" } }'
NEXT_MONTH = '[[effective_date]]\ndate = { rule = "first_of_month", after = "request.reception" }'
NOTICE_SHORT = """[[findings]]
code = "notice_short"
about = "previous_contract.cancellation"
severity = "warning"
when = { "previous_contract.cancellation" = { is = "mandate" }, effective_date = { on_or_before = "previous_contract.notice_end" } }"""  # noqa: E501
NOT_ONE_YEAR = """[[findings]]
code = "mandate_before_one_year"
about = "previous_contract.cancellation"
when = { "previous_contract.cancellation" = { is = "mandate" }, "previous_contract.started_on" = { after = { rule = "shift", of = "request.reception", years = -1 } } }"""  # noqa: E501


@pytest.mark.parametrize(
    ("signed", "previous", "date", "warned"),
    [
        ("2026-03-19", None, "2026-04-01", set()),
        ("2026-03-20", None, "2026-05-01", set()),
        ("2026-11-30", None, "2027-01-01", set()),
        ("2026-03-02", MANDATE, "2026-05-01", set()),
        ("2026-03-25", MANDATE, "2026-05-01", set()),
        ("2026-03-31", MANDATE, "2026-05-01", {"notice_short"}),
        ("2026-03-02", {"cancellation": "by_member", "ends_on": "2026-03-31"}, "2026-04-01", set()),
    ],
)
def test_the_month_after_next_from_the_20th_or_with_a_mandate(
    tmp_path: Path, signed: str, previous: Said | None, date: str, warned: set[str]
) -> None:  # fmt: skip
    """CDG 35: M+2 from the 20th, and with a mandate whatever the day, which a late file makes too short."""
    convention = sketch(tmp_path, rules(FROM_20, WITH_MANDATE, NEXT_MONTH, NOTICE_SHORT, NOT_ONE_YEAR))
    found = answer(of(signed, previous_contract=previous), convention)
    assert found.effective_date
    assert found.effective_date.date.isoformat() == date
    assert codes(found, "warning") & {"notice_short"} == warned
    young = {**MANDATE, "started_on": "2026-01-02"}
    issues = answer(of(signed, previous_contract=young), convention).issues
    assert [i.message for i in issues if i.code == "mandate_before_one_year"] == ["Parce que."]


EMPLOYER_DAY = """[[effective_date]]
when = { "previous_contract.cancellation" = { is_not = "mandate" }, "request.reception" = { on_or_before = "employer.joined_on" } }
date = "employer.joined_on\""""  # noqa: E501
OLD_END = """[[effective_date]]
when = { "previous_contract.cancellation" = { is = "mandate" } }
date = { rule = "shift", of = "previous_contract.end", days = 1 }"""
FAMILY_EVENT = """[[effective_date]]
when = { "event.on" = { given = true, on_or_before = "request.reception", on_or_after = { rule = "shift", of = "request.reception", days = -30 } } }
date = { rule = "first_of_month", after = "event.on", months = 0 }"""  # noqa: E501
THIS_MONTH = """[[effective_date]]
when = { "request.current_month" = { is = true }, "request.reception" = { before_day = 15 } }
date = { rule = "first_of_month", after = "request.reception", months = 0 }"""
TOO_LATE = """[[findings]]
code = "current_month_late"
about = "request.current_month"
severity = "warning"
when = { "request.current_month" = { is = true }, "request.reception" = { from_day = 15 } }"""
CDG33 = (EMPLOYER_DAY, OLD_END, FAMILY_EVENT, THIS_MONTH, NEXT_MONTH, TOO_LATE)


@pytest.mark.parametrize(
    ("signed", "changes", "date"),
    [
        ("2026-03-10", {}, "2026-04-01"),
        ("2026-03-14", {"request__current_month": True}, "2026-03-01"),
        ("2026-03-15", {"request__current_month": True}, "2026-04-01"),
        ("2026-03-10", {"previous_contract": MANDATE}, "2026-04-12"),
        ("2026-01-30", {"previous_contract": MANDATE}, "2026-03-01"),
        ("2026-03-10", {"previous_contract": {**MANDATE, "ends_on": "2026-05-17"}}, "2026-05-18"),
        ("2026-03-10", {"employer__joined_on": "2026-03-10"}, "2026-03-10"),
        ("2026-03-10", {"employer__joined_on": "2026-04-18"}, "2026-04-18"),
        ("2026-03-10", {"employer__joined_on": "2026-03-09"}, "2026-04-01"),
        ("2026-03-30", {"event": {"kind": "birth", "on": "2026-02-28"}}, "2026-02-01"),
        ("2026-03-30", {"event": {"kind": "birth", "on": "2026-02-27"}}, "2026-04-01"),
        ("2026-03-30", {"event": {"kind": "birth", "on": "2026-04-02"}}, "2026-04-01"),
        ("2026-03-30", {"event": {"kind": "birth", "on": None}}, None),
        ("2026-03-10", {"previous_contract": {"cancellation": None}}, None),
    ],
)
def test_any_day_the_current_month_the_employers_day_and_the_day_after_the_old_contract(
    tmp_path: Path, signed: str, changes: Said, date: str | None
) -> None:
    """CDG 33: the cases in their order; what cannot be decided gives no date."""
    convention = sketch(tmp_path, rules(*CDG33, first=False))
    said = of(signed, **changes)
    assert starts(said, convention) == date
    late = said["request"].get("current_month") and signed == "2026-03-15"
    assert ("current_month_late" in codes(answer(said, convention), "warning")) is bool(late)


def test_an_event_without_its_day_asks_for_it(tmp_path: Path) -> None:
    """An event that is there but not dated is not an event that is not there."""
    convention = sketch(tmp_path, rules(*CDG33, first=False))
    found = answer(of("2026-03-30", event={"kind": "birth", "on": None}), convention)
    assert found.effective_date_lacks == ("event.on",)
    assert "event.on" in found.missing


CHOSEN = """[[effective_date]]
when = { "request.effective_on" = { given = true } }
date = "request.effective_on\""""
DAY_AFTER = """[[effective_date]]
date = { rule = "shift", of = "request.reception", days = 1 }"""
LIMITS = """[[findings]]
code = "chosen_{code}"
about = "request.effective_on"
severity = "{severity}"
when = {{ "request.effective_on" = {{ given = true, {test} }} }}"""
STRICT, WIDE = ('{ rule = "first_of_month", after = "request.reception", months = ' + n + " }" for n in "67")
MSPH = (
    CHOSEN,
    DAY_AFTER,
    LIMITS.format(code="early", severity="error", test='on_or_before = "request.reception"'),
    LIMITS.format(code="between", severity="warning", test=f"after = {STRICT}, on_or_before = {WIDE}"),
    LIMITS.format(code="far", severity="error", test=f"after = {WIDE}"),
)


@pytest.mark.parametrize(
    ("chosen", "date", "raised"),
    [
        (None, "2026-02-11", set()),
        ("2026-02-09", "2026-02-09", {"chosen_early"}),
        ("2026-02-10", "2026-02-10", {"chosen_early"}),
        ("2026-02-11", "2026-02-11", set()),
        ("2026-08-01", "2026-08-01", set()),
        ("2026-08-02", "2026-08-02", {"chosen_between"}),
        ("2026-09-01", "2026-09-01", {"chosen_between"}),
        ("2026-09-02", "2026-09-02", {"chosen_far"}),
    ],
)
def test_a_day_chosen_within_limits_read_strictly_and_widely(
    tmp_path: Path, chosen: str | None, date: str, raised: set[str]
) -> None:
    """MSPH: asked on 10 February, six months strictly, seven widely; the day of the request is too early."""
    found = answer(of("2026-02-10", request__effective_on=chosen), sketch(tmp_path, rules(*MSPH, first=False)))
    assert found.effective_date
    assert found.effective_date.date.isoformat() == date
    assert {i.code for i in found.issues if i.code.startswith("chosen_")} == raised


PLAIN = '[[effective_date]]\ndate = "request.reception"'


@pytest.mark.parametrize(
    ("signed", "born", "age"), [("2026-01-01", "1990-12-31", 36), ("2026-12-31", "1990-01-01", 36)]
)
def test_age_by_difference_of_years(tmp_path: Path, signed: str, born: str, age: int) -> None:
    """MSPH: the year of cover less the year of birth, from 1 January to 31 December, and it is the age shown."""
    convention = sketch(tmp_path, rules(PLAIN, first=False, age="year_difference"))
    said = of(signed, member__birth_date=born)
    assert priced(said, convention)["une"].lines[0].age == age
    assert answer(said, convention).ages == {"member": age}


PAY = tariff(
    rows("active Bas 0 - 10.00 0 1600", "active Milieu 0 - 20.00 1601 1900", "active Haut 0 - 30.00 1901 -",
         "associate Seul 0 - 40.00", "child Enfant 0 - 5.00"),
    'of = "member"\nwhen = { category = { is = "active" } }\ngroup = "active"\nby_salary = true\nwhole_euros = true',
    'of = "member"\nwhen = { category = { in = ["associate", "orphan"] } }\ngroup = "associate"',
    'of = "partner"\ngroup = "associate"',
    'of = "child"\ngroup = "child"',
)  # fmt: skip


@pytest.mark.parametrize(
    ("salary", "category", "amount"),
    [
        ("1600.00", "active", "10.00"),
        ("1600.99", "active", "10.00"),
        ("1601.00", "active", "20.00"),
        ("1900.99", "active", "20.00"),
        ("1901.00", "active", "30.00"),
        ("99999.00", "active", "30.00"),
        ("0.50", "active", "10.00"),
        (None, "active", "?"),
        (None, "associate", "40.00"),
        (None, "orphan", "40.00"),
    ],
)
def test_brackets_of_pay_and_a_group_for_others(tmp_path: Path, salary: str | None, category: str, amount: str) -> None:
    """MSPH: whole euros, cents cut, 1 600 in the first; associates and orphans in a table of their own."""
    convention = sketch(tmp_path, {**rules(PLAIN), **PAY})
    quote = priced(of("2026-03-02", member__gross_index_salary=salary, member__category=category), convention)["une"]
    assert amounts(quote) == [amount]
    assert quote.missing == (("member.gross_index_salary",) if amount == "?" else ())


def test_the_youngest_are_free_from_the_fourth(tmp_path: Path) -> None:
    """MSPH: whatever the order in which they are listed."""
    table = rows("adult Adulte 0 - 10.00", "child Petit 0 18 5.00", "child Grand 19 29 7.00")
    free = '\n[free_children]\nfrom_rank = 4\nreason = "x"\nsource = "leaflet"\n'
    files = tariff(table, 'of = "adult"\ngroup = "adult"', 'of = "child"\ngroup = "child"')
    files["tariff.toml"] = str(files["tariff.toml"]) + free
    births = ["2020-01-01", "2004-01-01", "2012-01-01", "2022-01-01", "2010-01-01"]
    said = of("2026-03-02", beneficiaries=[child(born) for born in births])
    quote = priced(said, sketch(tmp_path, {**rules(PLAIN), **files}))["une"]
    assert amounts(quote) == ["10.00", "0.00", "7.00", "5.00", "0.00", "5.00"]
    assert str(quote.total) == "27.00"


UNTIL_29 = """[[findings]]
code = "child_past_29"
of = "child"
about = "birth_date"
when = { effective_date = { after = { rule = "end_of_year", of = "birth_date", years = 29 } }, disabled = { is = false } }"""  # noqa: E501
ORPHAN_29 = """[[findings]]
code = "orphan_past_29"
of = "member"
about = "birth_date"
when = { category = { is = "orphan" }, effective_date = { after = { rule = "end_of_year", of = "birth_date", years = 29 } }, disabled = { is = false } }"""  # noqa: E501


@pytest.mark.parametrize(("signed", "refused"), [("2026-12-31", set()), ("2027-01-01", {"child_past_29"})])
def test_until_the_end_of_the_year_of_the_29th_birthday(tmp_path: Path, signed: str, refused: set[str]) -> None:
    """MSPH: born in 1997, covered until 31 December 2026, child or orphan; beyond, with a recognised disability."""
    convention = sketch(tmp_path, rules(PLAIN, UNTIL_29, ORPHAN_29, first=False))
    for disabled in (False, True, None):
        said = of(signed, beneficiaries=[child("1997-02-03", disabled=disabled)])
        found = answer(said, convention)
        assert codes(found) & {"child_past_29"} == (refused if disabled is False else set())
        assert ("beneficiaries.0.disabled" in found.missing) is (disabled is None and bool(refused))
    orphan = of(signed, member__category="orphan", member__birth_date="1997-12-31", member__disabled=False)
    assert ("orphan_past_29" in codes(answer(orphan, convention))) is bool(refused)


OWN_AGE = tariff(
    rows("active Jeune 0 29 10.00", "active Suivant 30 39 20.00", "active Ancien 40 - 30.00",
         "retired Retraité 0 - 50.00", "child Enfant 0 - 5.00"),
    'of = "adult"\nwhen = { category = { is = "retired" } }\ngroup = "retired"',
    'of = "adult"\ngroup = "active"',
    'of = "child"\ngroup = "child"',
)  # fmt: skip


def test_a_partner_pays_by_the_partners_own_age_and_category(tmp_path: Path) -> None:
    """CDG 76, 35 and 33: own age, own retirement; 30 ≤ age < 40 is one band; a category not said is not guessed."""
    convention = sketch(tmp_path, {**rules(PLAIN), **OWN_AGE})

    def couple(born: str, category: str | None) -> list[str]:
        partner = {"relation": "spouse", "birth_date": born, "category": category}
        said = of("2026-03-02", member__birth_date="1960-01-01", beneficiaries=[partner])
        return amounts(priced(said, convention)["une"])

    assert couple("1996-03-03", "active") == ["30.00", "10.00"]
    assert couple("1996-03-02", "active") == ["30.00", "20.00"]
    assert couple("1986-03-03", "active") == ["30.00", "20.00"]
    assert couple("1986-03-02", "active") == ["30.00", "30.00"]
    assert couple("1996-03-03", "retired") == ["30.00", "50.00"]
    assert couple("1996-03-03", None) == ["30.00", "?"]


def test_a_grid_that_says_how_long_it_holds(tmp_path: Path) -> None:
    """CDG 76: kept two years, so that its second year is no assumption; the third is."""
    toml = TINY["tariff.toml"].replace("published_for = 2026", "published_for = 2026\nholds_until = 2027-12-31")
    convention = sketch(
        tmp_path, {"tariff.toml": toml, "convention.toml": TINY["convention.toml"].replace("2027", "2030")}
    )
    assert "old_grid" not in codes(answer(of("2027-11-02"), convention), "warning")
    assert "old_grid" in codes(answer(of("2027-12-02"), convention), "warning")


TWO_AGENTS = """[[findings]]
code = "two_agents"
of = "partner"
about = "eligible_member"
severity = "warning"
when = { eligible_member = { is = true } }"""
APPRENTICE = """[[findings]]
code = "apprentice_employed"
of = "child"
about = "situation"
when = { situation = { in = ["apprentice", "employed"] } }"""


def test_two_agents_in_a_couple_and_an_apprentice(tmp_path: Path) -> None:
    """CDG 35: seen and not blocking for the one, refused for the other."""
    convention = sketch(tmp_path, rules(PLAIN, TWO_AGENTS, APPRENTICE))
    partner = {"relation": "civil_partner", "birth_date": "1990-01-01", "eligible_member": True}
    found = answer(of("2026-03-02", beneficiaries=[partner, child("2007-01-01", situation="apprentice")]), convention)
    assert "two_agents" in codes(found, "warning")
    assert codes(found) == {"apprentice_employed"}


FULL_PRICE = """[[findings]]
code = "alsace_moselle"
of = "member"
about = "scheme"
severity = "info"
in_quote = true
when = { scheme = { is = "alsace_moselle" } }"""


def test_a_price_with_a_note(tmp_path: Path) -> None:
    """MSPH: the reduction of Alsace-Moselle has no figure; the full price is quoted, and says so."""
    convention = sketch(tmp_path, rules(PLAIN, FULL_PRICE))
    assert priced(of("2026-03-02", member__scheme="alsace_moselle"), convention)["une"].notes == ("Parce que.",)
    assert priced(of("2026-03-02"), convention)["une"].notes == ()
