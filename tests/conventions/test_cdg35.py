"""CDG 35 walked: its grid read from the slides, its four families, its calendar, each of its findings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conventions.walks import (
    IBAN,
    ONE_DAY,
    asked,
    born,
    due,
    found_at,
    mandate,
    own_codes,
    partner,
    retired,
    shipped,
)
from tests.making import Said, alone, amounts, answer, child, codes, priced, put, starts

NAME = "cdg35-mutame"
CDG35 = shipped(NAME)
LEVELS = ("niveau-1", "niveau-2", "niveau-3")
ON = dt.date(2026, 3, 1)

# Read from the slide « Tarifs mensuels au 1er janvier 2026 », not from the folder: first age, last age, three levels.
ACTIVE = (
    (18, 30, ("33.58", "44.77", "67.63")),
    (31, 40, ("38.05", "54.36", "76.65")),
    (41, 50, ("44.77", "63.96", "90.18")),
    (51, 99, ("60.44", "83.14", "103.71")),
)
RETIRED = ("67.15", "102.33", "117.23")
CHILD = ("19.03", "24.46", "38.33")
ENDS = [(age, last, cells) for low, high, cells in ACTIVE for age, last in ((low, False), (high, True))]


def agent(birth: str = "1985-01-01", signed: str = "2026-02-03", **changes: Any) -> Said:
    """Give a member in work with nothing to cancel; no error stands against it."""
    return alone(birth, signed, **{"convention": NAME, "formula": "niveau-1", **changes})


def pays(said: Said) -> list[list[str]]:
    """Give what each person pays, level by level."""
    quotes = priced(said, CDG35)
    return [amounts(quotes[level]) for level in LEVELS]


def totals(said: Said) -> list[Decimal | None]:
    """Give the family's month, level by level."""
    quotes = priced(said, CDG35)
    return [quotes[level].total for level in LEVELS]


def test_the_base_dossier_holds() -> None:
    """The dossier that all tables start from can be printed."""
    assert codes(answer(agent(), CDG35)) == set()
    assert codes(answer(pensioner(), CDG35)) == set()


def pensioner(**changes: Any) -> Said:
    """Give a retired member that no error stands against."""
    return retired(**{"convention": NAME, "formula": "niveau-1", **changes})


# --- The grid


@pytest.mark.parametrize(("age", "last_day", "cells"), ENDS)
def test_each_active_cell_at_both_ends(age: int, last_day: bool, cells: tuple[str, ...]) -> None:  # noqa: FBT001
    """A member and a partner of one band pay the same published cell, on its first and on its last day."""
    birth = born(age, ON, last_day=last_day)
    assert pays(agent(birth, beneficiaries=[partner(birth)])) == [[cell, cell] for cell in cells]


@pytest.mark.parametrize("age", [18, 50, 51, 62, 99])
def test_each_retired_cell(age: int) -> None:
    """One amount in retirement, whatever the age; a partner in retirement too."""
    birth = born(age, ON)
    said = pensioner(member__birth_date=birth, beneficiaries=[partner(birth, category="retired")])
    assert pays(said) == [[cell, cell] for cell in RETIRED]


@pytest.mark.parametrize(("age", "last_day"), [(0, False), (17, True), (18, False), (24, True)])
def test_each_child_cell(age: int, last_day: bool) -> None:  # noqa: FBT001
    """Two children pay, the third and the fourth do not, at the first and the last day of childhood."""
    birth = born(age, ON, last_day=last_day)
    said = agent(beneficiaries=[child(birth) for _ in range(4)])
    assert [line[1:] for line in pays(said)] == [[cell, cell, "0.00", "0.00"] for cell in CHILD]


def test_the_youngest_is_the_free_one() -> None:
    """Ranks follow the births, not the order of the list."""
    said = agent(beneficiaries=[child("2020-01-01"), child("2010-01-01"), child("2015-01-01")])
    assert pays(said)[0][1:] == ["0.00", "19.03", "19.03"]


def test_partner_is_priced_by_the_partner() -> None:
    """A partner of 51 beside a member of 30; a retired member beside a partner in work, and the reverse."""
    assert pays(agent(born(30, ON), beneficiaries=[partner(born(51, ON))]))[0] == ["33.58", "60.44"]
    assert pays(pensioner(beneficiaries=[partner(born(45, ON))]))[0] == ["67.15", "44.77"]
    assert pays(agent(born(30, ON), beneficiaries=[partner(born(63, ON), category="retired")]))[0] == ["33.58", "67.15"]


def test_a_partner_whose_situation_is_not_said_has_no_price() -> None:
    """Not said is not « in work »: the line waits for the partner's situation."""
    quote = priced(agent(beneficiaries=[partner("1985-01-01", category=None)]), CDG35)["niveau-1"]
    assert quote.total is None
    assert quote.missing == ("beneficiaries.0.category",)


@pytest.mark.parametrize(("birth", "age"), [("1996-02-29", 31), ("1996-03-01", 31), ("1996-03-02", 30)])
def test_born_on_29_february(birth: str, age: int) -> None:
    """Who is born on 29 February is older on 1 March: 31 on 2027-03-01, in the second band."""
    (line,) = priced(agent(birth, "2027-02-03"), CDG35)["niveau-1"].lines
    assert (line.age, f"{line.amount}") == (age, "38.05" if age == 31 else "33.58")


def test_the_grid_of_2026_is_to_be_confirmed_from_2027() -> None:
    """The slides give 2026 only."""
    assert "old_grid" not in codes(answer(agent(signed="2026-11-19"), CDG35), "warning")
    assert "old_grid" in codes(answer(agent(signed="2026-12-01"), CDG35), "warning")


FAMILIES = (
    ((30,), 1, ("52.61", "69.23", "105.96")),
    ((40, 41), 0, ("82.82", "118.32", "166.83")),
    ((41, 50), 3, ("127.60", "176.84", "257.02")),
    ((51, 50), 0, ("105.21", "147.10", "193.89")),
)


@pytest.mark.parametrize(("adults", "children", "expected"), FAMILIES)
def test_the_four_worked_families(adults: tuple[int, ...], children: int, expected: tuple[str, ...]) -> None:
    """« Exemple de tarification », at the three levels."""
    people = [partner(born(age, ON)) for age in adults[1:]]
    people += [child(f"20{10 + i}-05-01") for i in range(children)]
    assert totals(agent(born(adults[0], ON), beneficiaries=people)) == [Decimal(text) for text in expected]


def test_participation() -> None:
    """In work it is taken off, never below nothing; in retirement there is none."""
    assert priced(agent(born(30, ON), employer__participation="40.00"), CDG35)["niveau-1"].net == Decimal("0.00")
    assert priced(agent(born(30, ON), employer__participation="15.00"), CDG35)["niveau-1"].net == Decimal("18.58")
    assert priced(pensioner(employer__participation="15.00"), CDG35)["niveau-1"].net == Decimal("67.15")


# --- The effective date

DAYS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("2026-02-01", {}, "2026-03-01"),
    ("2026-02-19", {}, "2026-03-01"),
    ("2026-02-20", {}, "2026-04-01"),
    ("2026-02-21", {}, "2026-04-01"),
    ("2026-02-28", {}, "2026-04-01"),
    ("2026-03-01", {}, "2026-04-01"),
    ("2028-02-19", {}, "2028-03-01"),
    ("2028-02-29", {}, "2028-04-01"),
    ("2026-01-31", {}, "2026-03-01"),
    ("2026-11-19", {}, "2026-12-01"),
    ("2026-11-20", {}, "2027-01-01"),
    ("2026-12-01", {}, "2027-01-01"),
    ("2026-12-19", {}, "2027-01-01"),
    ("2026-12-31", {}, "2027-02-01"),
    # The convention's first day.
    ("2025-10-02", {}, "2026-01-01"),
    ("2025-11-30", {}, "2026-01-01"),
    ("2025-12-19", {}, "2026-01-01"),
    ("2025-12-20", {}, "2026-02-01"),
    # The employer's day: a 1st holds, another day waits for the next 1st.
    ("2026-02-03", {"employer__joined_on": "2026-03-01"}, "2026-03-01"),
    ("2026-02-03", {"employer__joined_on": "2026-03-02"}, "2026-04-01"),
    ("2026-02-03", {"employer__joined_on": "2026-02-28"}, "2026-03-01"),
    # The day of hiring.
    ("2026-02-03", {"member__hired_on": "2026-03-01"}, "2026-03-01"),
    ("2026-02-03", {"member__hired_on": "2026-03-02"}, "2026-04-01"),
    ("2026-02-03", {"member__hired_on": "2026-12-31"}, "2027-01-01"),
    # A mandate: the second month whatever the day.
    ("2026-02-01", {"previous_contract": mandate()}, "2026-04-01"),
    ("2026-02-19", {"previous_contract": mandate()}, "2026-04-01"),
    ("2026-02-20", {"previous_contract": mandate()}, "2026-04-01"),
    ("2026-01-30", {"previous_contract": mandate()}, "2026-03-01"),
    ("2026-01-31", {"previous_contract": mandate()}, "2026-03-01"),
    ("2026-12-31", {"previous_contract": mandate()}, "2027-02-01"),
    ("2025-12-05", {"previous_contract": mandate()}, "2026-02-01"),
    ("2026-02-03", {"previous_contract": mandate(ends_on="2026-03-31")}, "2026-04-01"),
    ("2026-02-03", {"previous_contract": mandate(ends_on="2026-04-01")}, "2026-05-01"),
    # The member cancels: the file's own day, never before the eve has passed.
    ("2026-02-03", {"previous_contract": mandate(cancellation="by_member")}, "2026-03-01"),
    ("2026-02-03", {"previous_contract": mandate(cancellation="by_member", ends_on="2026-02-28")}, "2026-03-01"),
    ("2026-02-03", {"previous_contract": mandate(cancellation="by_member", ends_on="2026-03-01")}, "2026-04-01"),
    ("2026-02-03", {"previous_contract": mandate(cancellation="by_member", ends_on="2026-12-31")}, "2027-01-01"),
    ("2026-02-03", {"previous_contract": mandate(cancellation="none")}, "2026-03-01"),
    # Received counts, not signed.
    ("2026-02-03", {"request__received_on": "2026-02-20"}, "2026-04-01"),
    # A change keeps the calendar, and a mandate moves nothing there.
    ("2026-02-19", {"kind": "formula_change"}, "2026-03-01"),
    ("2026-02-20", {"kind": "formula_change"}, "2026-04-01"),
    ("2026-02-19", {"kind": "beneficiary_change"}, "2026-03-01"),
    ("2026-02-20", {"kind": "beneficiary_change"}, "2026-04-01"),
)


@pytest.mark.parametrize(("signed", "changes", "expected"), DAYS)
def test_effective_date(signed: str, changes: dict[str, Any], expected: str) -> None:
    """The days around each limit."""
    assert starts(agent(signed=signed, **changes), CDG35) == expected


def test_a_retired_member_waits_for_the_employer_too() -> None:
    """The convention reaches a retired member through the former employer."""
    assert starts(pensioner(employer__joined_on="2026-05-02"), CDG35) == "2026-06-01"
    assert answer(pensioner(employer__joined_on=None), CDG35).effective_date_lacks == ("employer.joined_on",)


def test_what_the_date_cannot_do_without() -> None:
    """An unknown old contract is not « no contract »."""
    asked_for = answer(agent(previous_contract={"cancellation": None}), CDG35)
    assert asked_for.effective_date is None
    assert asked_for.effective_date_lacks == ("previous_contract.cancellation",)


@given(received=st.dates(dt.date(2026, 1, 1), dt.date(2032, 12, 31)), by_mandate=st.booleans())
def test_the_calendar_holds_on_any_day(received: dt.date, by_mandate: bool) -> None:  # noqa: FBT001
    """Month by month, counted another way; the notice is late on the last day of a month and no other."""
    said = agent(
        signed=received.isoformat(), previous_contract=mandate() if by_mandate else None, member__hired_on="2014-09-01"
    )
    months = 2 if by_mandate or received.day >= 20 else 1
    year, month = divmod(received.year * 12 + received.month - 1 + months, 12)
    assert starts(said, CDG35) == dt.date(year, month + 1, 1).isoformat()
    late = by_mandate and (received + ONE_DAY).day == 1
    assert bool(found_at(said, CDG35, "mandate_notice_late")) is late


def test_the_notice_that_a_mandate_prints() -> None:
    """The old cover ends on the eve; the notice leaves early enough for that."""
    old = answer(agent(previous_contract=mandate()), CDG35).old_cover
    assert old is not None
    assert (old.ends_on, old.notice_by) == (dt.date(2026, 3, 31), dt.date(2026, 2, 27))


def test_certainty_of_the_date() -> None:
    """The slides state the calendar; that the employer's day counts is assumed."""
    stated = answer(agent(), CDG35).effective_date
    later = answer(agent(employer__joined_on="2026-06-01"), CDG35).effective_date
    assert stated is not None
    assert later is not None
    assert (stated.certainty, later.certainty) == ("stated", "assumed")


# --- Findings: for each code, a dossier that has it, where, and one beside it that has not

kid = partial(child, "2010-05-01")


def change(since: str) -> Said:
    """Give a change of level asked on 2026-02-03, so of 2026-03-01."""
    return agent(kind="formula_change", current={"formula": "niveau-2", "since": since})


GOLDEN: dict[str, tuple[Said, str, str, Said]] = {
    "mandate_before_one_year": (
        agent(previous_contract=mandate(started_on="2025-02-04")),
        "previous_contract.cancellation",
        "error",
        agent(previous_contract=mandate(started_on="2025-02-03")),
    ),
    "mandate_notice_late": (
        agent(signed="2026-01-31", previous_contract=mandate()),
        "previous_contract.cancellation",
        "warning",
        agent(signed="2026-01-30", previous_contract=mandate()),
    ),
    "by_member_ways": (
        agent(previous_contract=mandate(cancellation="by_member")),
        "previous_contract.cancellation",
        "info",
        agent(previous_contract=mandate(cancellation="by_member", ends_on="2026-02-28")),
    ),
    "category_refused": (agent(member__category="survivor"), "member.category", "error", agent()),
    "status_to_confirm": (
        agent(member__status="seconded"),
        "member.status",
        "warning",
        agent(member__status="contract_public"),
    ),
    "status_not_active": (
        agent(member__status="pensioner"),
        "member.status",
        "error",
        put(pensioner(), {"member.status": "pensioner"}),
    ),
    "partner_eligible": (
        agent(beneficiaries=[partner("1985-01-01", eligible_member=True)]),
        "beneficiaries.0.eligible_member",
        "warning",
        agent(beneficiaries=[partner("1985-01-01")]),
    ),
    "relation_refused": (
        agent(beneficiaries=[kid(relation="grandchild")]),
        "beneficiaries.0.relation",
        "error",
        agent(beneficiaries=[kid()]),
    ),
    "child_too_old": (
        agent(beneficiaries=[child("2001-03-01")]),
        "beneficiaries.0.birth_date",
        "error",
        agent(beneficiaries=[child("2001-03-02")]),
    ),
    "no_disability_exception": (
        agent(beneficiaries=[child("2001-03-01", disabled=True)]),
        "beneficiaries.0.disabled",
        "error",
        agent(beneficiaries=[child("2001-03-02", disabled=True)]),
    ),
    "child_employed": (
        agent(beneficiaries=[child("2005-05-01", situation="employed")]),
        "beneficiaries.0.situation",
        "error",
        agent(beneficiaries=[child("2005-05-01", situation="job_seeker")]),
    ),
    "apprentice_employed": (
        agent(beneficiaries=[child("2008-05-01", situation="apprentice")]),
        "beneficiaries.0.situation",
        "error",
        agent(beneficiaries=[child("2008-05-01", situation="student")]),
    ),
    "child_not_dependent": (
        agent(beneficiaries=[child("2008-03-01", tax_dependent=False)]),
        "beneficiaries.0.tax_dependent",
        "error",
        agent(beneficiaries=[child("2008-03-02", tax_dependent=False)]),
    ),
    "minor_not_dependent": (
        agent(beneficiaries=[child("2008-03-02", situation="student", tax_dependent=False)]),
        "beneficiaries.0.tax_dependent",
        "error",
        agent(beneficiaries=[child("2008-03-02", situation="student", tax_dependent=True)]),
    ),
    "child_until": (
        agent(beneficiaries=[child("2008-03-01")]),
        "beneficiaries.0.birth_date",
        "info",
        agent(beneficiaries=[child("2008-03-02")]),
    ),
    "retired_by_payroll": (pensioner(payment__mode="payroll"), "payment.mode", "error", pensioner()),
    "unpaid_by_payroll": (
        agent(member__status="on_leave"),
        "payment.mode",
        "error",
        agent(member__status="on_leave", payment={"mode": "direct_debit", "iban": IBAN}),
    ),
    "active_by_debit": (
        agent(payment={"mode": "direct_debit", "iban": IBAN}),
        "payment.mode",
        "error",
        agent(member__status="on_leave", payment={"mode": "direct_debit", "iban": IBAN}),
    ),
    "formula_change_too_early": (change("2025-03-02"), "current.since", "error", change("2025-03-01")),
}


@pytest.mark.parametrize("code", sorted(GOLDEN))
def test_each_code_and_a_near_miss(code: str) -> None:
    """The code stands at its field with its severity, and a source; next door it does not."""
    hit, path, severity, miss = GOLDEN[code]
    assert found_at(hit, CDG35, code) == {(path, severity)}
    assert found_at(miss, CDG35, code) == set()
    (issue,) = (issue for issue in answer(hit, CDG35).issues if issue.code == code)
    assert issue.source.startswith("Mutame & Plus")
    assert "…" not in issue.message


def test_no_code_is_left_out() -> None:
    """Each finding of the folder has its golden dossier."""
    assert own_codes(NAME) == set(GOLDEN)


BESIDE = {"category_refused": {"no_price"}, "no_disability_exception": {"child_too_old"}}
"""Errors that come with another: no band for that category, no exception to the age."""


@pytest.mark.parametrize("code", sorted(code for code in GOLDEN if GOLDEN[code][2] == "error"))
def test_one_thing_wrong_is_said_once(code: str) -> None:
    """A dossier with one error has that one only."""
    assert codes(answer(GOLDEN[code][0], CDG35)) == {code} | BESIDE.get(code, set())


def test_mandate_refused_names_the_other_ways() -> None:
    """31 October for 31 December, and the loi Châtel."""
    (issue,) = (i for i in answer(GOLDEN["mandate_before_one_year"][0], CDG35).issues if i.severity == "error")
    assert "31 octobre" in issue.message
    assert "Châtel" in issue.message


@pytest.mark.parametrize(("started", "refused"), [("2027-02-28", False), ("2027-03-01", True)])
def test_one_year_on_29_february(started: str, refused: bool) -> None:  # noqa: FBT001
    """A contract of 1 March 2027 is a year old on 1 March 2028, not on the eve."""
    said = agent(signed="2028-02-29", previous_contract=mandate(started_on=started))
    assert bool(found_at(said, CDG35, "mandate_before_one_year")) is refused


CHILDREN: tuple[tuple[str, dict[str, Any], set[str]], ...] = (
    ("2020-01-01", {"situation": "dependent", "tax_dependent": False}, set()),
    ("2002-01-01", {"situation": "student"}, set()),
    ("2002-01-01", {"situation": "job_seeker"}, set()),
    ("2002-01-01", {"situation": "job_seeker", "tax_dependent": False}, {"child_not_dependent"}),
    ("2001-03-01", {"situation": "student"}, {"child_too_old"}),
    ("2001-03-01", {"situation": "employed"}, {"child_too_old", "child_employed"}),
    ("1990-01-01", {"disabled": True}, {"child_too_old", "no_disability_exception"}),
    ("2010-01-01", {"relation": "ward"}, {"relation_refused"}),
    ("2004-01-01", {"tax_dependent": None}, {"missing"}),
    ("2010-01-01", {"situation": None}, {"missing"}),
)


@pytest.mark.parametrize(("birth", "more", "expected"), CHILDREN)
def test_children(birth: str, more: dict[str, Any], expected: set[str]) -> None:
    """Who is a child of the convention; what is not said is asked, never guessed."""
    member = agent("1969-01-01", beneficiaries=[child(birth, **more)])
    assert codes(answer(member, CDG35)) == expected


@pytest.mark.parametrize("status", ["civil_servant", "trainee", "contract_public", "contract_private"])
def test_statuses_that_need_no_confirmation(status: str) -> None:
    """An agent in post, of whatever statute."""
    said = agent(member__status=status)
    assert codes(answer(said, CDG35)) == set()
    assert "status_to_confirm" not in codes(answer(said, CDG35), "warning")


# --- Papers, and what is asked


def test_papers() -> None:
    """Bank details and rights always; proof of a shared home, of studies, of job seeking, of retirement."""
    people = [
        partner("1985-01-01", relation="cohabitant"),
        child("2005-01-01", situation="student"),
        child("2006-01-01", situation="job_seeker"),
        child("2012-01-01", situation="student"),
    ]
    assert due(agent(beneficiaries=people), CDG35) == {
        ("bank_details", "member"),
        ("rights_certificate", "member"),
        ("rights_certificate", "beneficiaries.0"),
        ("partnership_certificate", "beneficiaries.0"),
        ("school_certificate", "beneficiaries.1"),
        ("job_seeker_certificate", "beneficiaries.2"),
    }
    assert ("retirement_title", "member") in due(pensioner(), CDG35)
    assert ("partnership_certificate", "beneficiaries.0") not in due(
        agent(beneficiaries=[partner("1985-01-01")]), CDG35
    )


def test_the_file_must_be_complete_before_the_20th() -> None:
    """Each paper says until when it may come without moving the date."""
    assert {paper.by for paper in answer(agent(), CDG35).documents_due} == {dt.date(2026, 2, 19)}


def test_asks() -> None:
    """In work: the employer's part and the post; retired: an account and nothing about pay; never the salary."""
    at_work, at_rest = asked(agent(), CDG35), asked(pensioner(), CDG35)
    pay = {"employer.participation", "member.status", "member.hired_on", "member.staff_number"}
    assert pay <= at_work
    assert not pay & at_rest
    assert "payment.iban" in at_rest - at_work
    assert not {path for path in at_work | at_rest if "salary" in path or "effective_on" in path}
    assert "beneficiaries.0.eligible_member" in asked(agent(beneficiaries=[partner("1985-01-01")]), CDG35)
    assert "beneficiaries.0.disabled" not in asked(agent(beneficiaries=[kid()]), CDG35)
