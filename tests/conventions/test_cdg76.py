"""CDG 76 walked: its grid read from article 5, its worked family, its calendar, each of its findings."""

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

NAME = "cdg76-mnt-mgen"
CDG76 = shipped(NAME)
LEVELS = ("niveau-1", "niveau-2", "niveau-3")
ON = dt.date(2026, 3, 1)

# Read from article 5 of the particular conditions, not from the folder: first age, last age, three levels.
ACTIVE = (
    (18, 29, ("39.83", "49.35", "60.20")),
    (30, 39, ("42.19", "52.30", "67.54")),
    (40, 49, ("52.55", "65.08", "84.07")),
    (50, 59, ("67.99", "84.24", "108.85")),
    (60, 99, ("85.69", "110.60", "134.19")),
)
RETIRED = ("98.25", "127.23", "154.58")
CHILD = ("23.93", "29.54", "38.02")
ENDS = [(age, last, cells) for low, high, cells in ACTIVE for age, last in ((low, False), (high, True))]


def agent(birth: str = "1985-01-01", signed: str = "2026-02-03", **changes: Any) -> Said:
    """Give a member in work with nothing to cancel; no error stands against it."""
    place = {"employer__name": "Mairie d’Isneauville", "convention": NAME, "formula": "niveau-1"}
    return alone(birth, signed, **{**place, **changes})


def pensioner(**changes: Any) -> Said:
    """Give a retired member that no error stands against."""
    return retired(**{"convention": NAME, "formula": "niveau-1", **changes})


def pays(said: Said) -> list[list[str]]:
    """Give what each person pays, level by level."""
    quotes = priced(said, CDG76)
    return [amounts(quotes[level]) for level in LEVELS]


def test_the_base_dossiers_hold() -> None:
    """The dossiers that all tables start from can be printed."""
    assert codes(answer(agent(), CDG76)) == set()
    assert codes(answer(pensioner(), CDG76)) == set()


def test_who_insures() -> None:
    """MNT signs for itself and for its two co-insurers."""
    assert (CDG76.insurer, CDG76.coinsurers) == ("MNT", ("MGEN", "MGEN Vie"))


# --- The grid


@pytest.mark.parametrize(("age", "last_day", "cells"), ENDS)
def test_each_active_cell_at_both_ends(age: int, last_day: bool, cells: tuple[str, ...]) -> None:  # noqa: FBT001
    """A member and a partner of one band pay the same published cell, on its first and on its last day."""
    birth = born(age, ON, last_day=last_day)
    assert pays(agent(birth, beneficiaries=[partner(birth)])) == [[cell, cell] for cell in cells]


@pytest.mark.parametrize("age", [18, 59, 60, 62, 99])
def test_each_retired_cell(age: int) -> None:
    """One amount in retirement, whatever the age; a partner in retirement too."""
    birth = born(age, ON)
    said = pensioner(member__birth_date=birth, beneficiaries=[partner(birth, category="retired")])
    assert pays(said) == [[cell, cell] for cell in RETIRED]


@pytest.mark.parametrize(
    ("age", "last_day"), [(0, False), (17, True), (18, False), (25, True), (26, False), (40, True)]
)
def test_each_child_cell(age: int, last_day: bool) -> None:  # noqa: FBT001
    """Two children pay, the third and the fourth do not, at any age."""
    birth = born(age, ON, last_day=last_day)
    said = agent("1950-01-01", beneficiaries=[child(birth) for _ in range(4)])
    assert [line[1:] for line in pays(said)] == [[cell, cell, "0.00", "0.00"] for cell in CHILD]


def test_grandchildren_count_among_the_children() -> None:
    """A grandchild pays a child's amount and takes a rank; the youngest of all is free."""
    said = agent(
        "1966-01-01",
        beneficiaries=[child("2010-01-01"), child("2020-01-01", relation="grandchild"), child("2015-01-01")],
    )
    assert pays(said)[0][1:] == ["23.93", "0.00", "23.93"]


def test_partner_is_priced_by_the_partner() -> None:
    """A partner of 60 beside a member of 30; a retired member beside a partner in work, and the reverse."""
    assert pays(agent(born(30, ON), beneficiaries=[partner(born(60, ON))]))[0] == ["42.19", "85.69"]
    assert pays(pensioner(beneficiaries=[partner(born(59, ON))]))[0] == ["98.25", "67.99"]
    assert pays(agent(born(30, ON), beneficiaries=[partner(born(58, ON), category="retired")]))[0] == ["42.19", "98.25"]


def test_a_partner_whose_situation_is_not_said_has_no_price() -> None:
    """Not said is not « in work »: the line waits for the partner's situation."""
    quote = priced(agent(beneficiaries=[partner("1985-01-01", category=None)]), CDG76)["niveau-1"]
    assert quote.total is None
    assert quote.missing == ("beneficiaries.0.category",)


@pytest.mark.parametrize(("age", "assumed"), [(59, False), (60, True), (61, False)])
def test_sixty_is_assumed(age: int, assumed: bool) -> None:  # noqa: FBT001
    """The document goes from « under 60 » to « over 60 »: exactly 60 is said to be confirmed, no other age."""
    found = answer(agent(born(age, ON)), CDG76)
    assert any("60 ans tout juste" in (why.assumption or "") for why in found.assumptions) is assumed


@pytest.mark.parametrize(
    ("birth", "amount"), [("1996-02-29", "42.19"), ("1996-03-01", "42.19"), ("1996-03-02", "39.83")]
)
def test_born_on_29_february(birth: str, amount: str) -> None:
    """Who is born on 29 February is older on 1 March."""
    assert pays(agent(birth))[0] == [amount]


@pytest.mark.parametrize(("signed", "to_confirm"), [("2026-12-01", False), ("2027-11-30", False), ("2027-12-01", True)])
def test_the_grid_is_kept_two_years(signed: str, to_confirm: bool) -> None:  # noqa: FBT001
    """Article 5 holds the amounts through 2027; from 2028 on they are to be confirmed."""
    assert ("old_grid" in codes(answer(agent(signed=signed), CDG76), "warning")) is to_confirm


def test_the_worked_family() -> None:
    """52 and 47 with three children."""
    people = [partner(born(47, ON)), child("2008-05-01"), child("2011-05-01"), child("2014-05-01")]
    quotes = priced(agent(born(52, ON), beneficiaries=people), CDG76)
    assert [quotes[level].total for level in LEVELS] == [Decimal("168.40"), Decimal("208.40"), Decimal("268.96")]


def test_participation() -> None:
    """In work it is taken off, never below nothing; in retirement there is none."""
    assert priced(agent(born(29, ON), employer__participation="40.00"), CDG76)["niveau-1"].net == Decimal("0.00")
    assert priced(agent(born(29, ON), employer__participation="39.00"), CDG76)["niveau-1"].net == Decimal("0.83")
    assert priced(pensioner(employer__participation="15.00"), CDG76)["niveau-1"].net == Decimal("98.25")


# --- The effective date

DAYS: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("2026-02-01", {}, "2026-03-01"),
    ("2026-02-19", {}, "2026-03-01"),
    ("2026-02-20", {}, "2026-03-01"),
    ("2026-02-21", {}, "2026-03-01"),
    ("2026-02-28", {}, "2026-03-01"),
    ("2026-03-01", {}, "2026-04-01"),
    ("2028-02-29", {}, "2028-03-01"),
    ("2026-01-31", {}, "2026-02-01"),
    ("2026-12-01", {}, "2027-01-01"),
    ("2026-12-31", {}, "2027-01-01"),
    ("2027-01-01", {}, "2027-02-01"),
    # The contract's first day.
    ("2025-11-12", {}, "2026-01-01"),
    ("2025-12-31", {}, "2026-01-01"),
    ("2026-01-01", {}, "2026-02-01"),
    # The employer's day: a 1st holds, another day waits for the next 1st.
    ("2026-02-03", {"employer__joined_on": "2026-03-01"}, "2026-03-01"),
    ("2026-02-03", {"employer__joined_on": "2026-03-02"}, "2026-04-01"),
    ("2026-02-03", {"employer__joined_on": "2026-02-28"}, "2026-03-01"),
    # The day of hiring.
    ("2026-02-03", {"member__hired_on": "2026-03-01"}, "2026-03-01"),
    ("2026-02-03", {"member__hired_on": "2026-03-02"}, "2026-04-01"),
    ("2026-02-03", {"member__hired_on": "2026-12-31"}, "2027-01-01"),
    # A mandate: the first 1st after the notice has run, month ends clamped.
    ("2026-02-03", {"previous_contract": mandate()}, "2026-04-01"),
    ("2026-01-29", {"previous_contract": mandate()}, "2026-03-01"),
    ("2026-01-30", {"previous_contract": mandate()}, "2026-03-01"),
    ("2026-01-31", {"previous_contract": mandate()}, "2026-04-01"),
    ("2026-02-27", {"previous_contract": mandate()}, "2026-04-01"),
    ("2026-02-28", {"previous_contract": mandate()}, "2026-05-01"),
    ("2026-03-30", {"previous_contract": mandate()}, "2026-05-01"),
    ("2026-03-31", {"previous_contract": mandate()}, "2026-06-01"),
    ("2026-04-29", {"previous_contract": mandate()}, "2026-06-01"),
    ("2028-01-30", {"previous_contract": mandate()}, "2028-03-01"),
    ("2026-12-30", {"previous_contract": mandate()}, "2027-02-01"),
    ("2026-12-31", {"previous_contract": mandate()}, "2027-03-01"),
    ("2025-11-12", {"previous_contract": mandate()}, "2026-01-01"),
    ("2026-02-03", {"previous_contract": mandate(ends_on="2026-03-31")}, "2026-04-01"),
    ("2026-02-03", {"previous_contract": mandate(ends_on="2026-04-01")}, "2026-05-01"),
    # The member cancels: never before the eve has passed.
    ("2026-02-03", {"previous_contract": mandate(cancellation="by_member")}, "2026-03-01"),
    ("2026-02-03", {"previous_contract": mandate(cancellation="by_member", ends_on="2026-02-28")}, "2026-03-01"),
    ("2026-02-03", {"previous_contract": mandate(cancellation="by_member", ends_on="2026-03-01")}, "2026-04-01"),
    ("2026-02-03", {"previous_contract": mandate(cancellation="none")}, "2026-03-01"),
    # Received counts, not signed.
    ("2026-02-27", {"request__received_on": "2026-03-02"}, "2026-04-01"),
    # A change keeps the calendar, and a mandate moves nothing there.
    ("2026-02-28", {"kind": "formula_change"}, "2026-03-01"),
    ("2026-02-28", {"kind": "beneficiary_change"}, "2026-03-01"),
    ("2026-02-28", {"kind": "beneficiary_change", "previous_contract": mandate()}, "2026-03-01"),
)


@pytest.mark.parametrize(("signed", "changes", "expected"), DAYS)
def test_effective_date(signed: str, changes: dict[str, Any], expected: str) -> None:
    """The days around each limit; each answer is assumed, as no article gives it."""
    found = answer(agent(signed=signed, **changes), CDG76).effective_date
    assert found is not None
    assert (found.date.isoformat(), found.certainty) == (expected, "assumed")


def test_a_retired_member_waits_for_the_employer_too() -> None:
    """The contract is the employer's, for its retired agents as well."""
    assert starts(pensioner(employer__joined_on="2026-05-02"), CDG76) == "2026-06-01"
    assert answer(pensioner(employer__joined_on=None), CDG76).effective_date_lacks == ("employer.joined_on",)


@given(received=st.dates(dt.date(2026, 1, 1), dt.date(2032, 12, 31)), by_mandate=st.booleans())
def test_the_calendar_holds_on_any_day(received: dt.date, by_mandate: bool) -> None:  # noqa: FBT001
    """The next 1st; with a mandate, one month more, and one more still when the notice arrives in the next month."""
    said = agent(signed=received.isoformat(), previous_contract=mandate() if by_mandate else None)
    last_day = (received + ONE_DAY).day == 1
    months = (3 if last_day else 2) if by_mandate else 1
    year, month = divmod(received.year * 12 + received.month - 1 + months, 12)
    assert starts(said, CDG76) == dt.date(year, month + 1, 1).isoformat()


# --- Findings: for each code, a dossier that has it, where, and one beside it that has not

kid = partial(child, "2010-05-01")

GOLDEN: dict[str, tuple[Said, str, str, Said]] = {
    "category_refused": (agent(member__category="associate"), "member.category", "error", agent()),
    "status_to_confirm": (
        agent(member__status="without_post"),
        "member.status",
        "warning",
        agent(member__status="made_available"),
    ),
    "status_not_active": (
        agent(member__status="pensioner"),
        "member.status",
        "error",
        put(pensioner(), {"member.status": "pensioner"}),
    ),
    "other_employer": (agent(employer__name="Mairie de Rouen"), "employer.name", "info", agent()),
    "employer_list": (agent(), "employer.name", "info", agent(member__category="orphan")),
    "relation_refused": (
        agent(beneficiaries=[kid(relation="ward")]),
        "beneficiaries.0.relation",
        "error",
        agent("1960-01-01", beneficiaries=[kid(relation="grandchild")]),
    ),
    "child_age_to_confirm": (
        agent("1960-01-01", beneficiaries=[child("2000-03-01")]),
        "beneficiaries.0.birth_date",
        "warning",
        agent("1960-01-01", beneficiaries=[child("2000-03-02")]),
    ),
    "descendant_to_confirm": (
        agent("1960-01-01", beneficiaries=[kid(relation="grandchild", tax_dependent=False)]),
        "beneficiaries.0.tax_dependent",
        "warning",
        agent("1960-01-01", beneficiaries=[kid(relation="grandchild")]),
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
    "formula_change_to_confirm": (
        agent(kind="formula_change", current={"formula": "niveau-2", "since": "2026-01-01"}),
        "kind",
        "warning",
        agent(kind="beneficiary_change"),
    ),
}


@pytest.mark.parametrize("code", sorted(GOLDEN))
def test_each_code_and_a_near_miss(code: str) -> None:
    """The code stands at its field with its severity, and a source; next door it does not."""
    hit, path, severity, miss = GOLDEN[code]
    assert found_at(hit, CDG76, code) == {(path, severity)}
    assert found_at(miss, CDG76, code) == set()
    (issue,) = (issue for issue in answer(hit, CDG76).issues if issue.code == code)
    assert issue.source.startswith("Conditions")
    assert "…" not in issue.message


def test_no_code_is_left_out() -> None:
    """Each finding of the folder has its golden dossier."""
    assert own_codes(NAME) == set(GOLDEN)


@pytest.mark.parametrize("code", sorted(GOLDEN))
def test_one_thing_wrong_is_said_once(code: str) -> None:
    """A dossier with one error has that one only; a warning or an information lets the bulletin be printed."""
    expected = {code} if GOLDEN[code][2] == "error" else set()
    beside = {"category_refused": {"no_price"}}.get(code, set())
    assert codes(answer(GOLDEN[code][0], CDG76)) == expected | beside


STATUSES = ("civil_servant", "trainee", "contract_public", "contract_private", "seconded", "made_available")


@pytest.mark.parametrize("status", STATUSES)
def test_statuses_of_article_1(status: str) -> None:
    """Public or private law, seconded and made available: named, so nothing to confirm."""
    found = answer(agent(member__status=status), CDG76)
    assert not {"status_to_confirm", "status_not_active"} & (codes(found) | codes(found, "warning"))


@pytest.mark.parametrize("situation", ["dependent", "student", "apprentice", "job_seeker", "employed"])
@pytest.mark.parametrize("dependent", [True, False])
def test_no_child_is_refused(situation: str, dependent: bool) -> None:  # noqa: FBT001
    """The definitions are in the general conditions: what they may refuse is a warning, never an error of ours."""
    people = [child("1999-01-01", situation=situation, tax_dependent=dependent)]
    found = answer(agent("1960-01-01", beneficiaries=people), CDG76)
    assert codes(found) == set()
    assert ("descendant_to_confirm" in codes(found, "warning")) is not dependent


@pytest.mark.parametrize("name", ["Mairie d'Isneauville", "MAIRIE D’ISNEAUVILLE", "Commune d’Isneauville"])
def test_the_employer_however_it_is_written(name: str) -> None:
    """A straight apostrophe or capitals make no other employer."""
    assert found_at(agent(employer__name=name), CDG76, "other_employer") == set()


def test_mandate_before_one_year_is_the_common_rule() -> None:
    """A year to the day can be cancelled; a day less cannot, 29 February or not."""
    for signed, started, refused in (
        ("2026-02-03", "2025-02-03", False),
        ("2026-02-03", "2025-02-04", True),
        ("2028-02-29", "2027-02-28", False),
        ("2028-02-29", "2027-03-01", True),
    ):
        said = agent(signed=signed, previous_contract=mandate(started_on=started))
        assert bool(found_at(said, CDG76, "mandate_before_one_year")) is refused


# --- Papers, and what is asked


def test_papers() -> None:
    """Bank details and rights always; proof of a shared home and of what a grown child's right rests on."""
    people = [
        partner("1985-01-01", relation="civil_partner"),
        child("2005-01-01", situation="student"),
        child("2006-01-01", situation="job_seeker"),
        child("2008-01-01", situation="apprentice"),
        child("2003-01-01", disabled=True),
        child("2012-01-01", situation="student"),
    ]
    assert due(agent(beneficiaries=people), CDG76) == {
        ("bank_details", "member"),
        ("rights_certificate", "member"),
        ("rights_certificate", "beneficiaries.0"),
        ("partnership_certificate", "beneficiaries.0"),
        ("school_certificate", "beneficiaries.1"),
        ("job_seeker_certificate", "beneficiaries.2"),
        ("apprenticeship_contract", "beneficiaries.3"),
        ("disability_card", "beneficiaries.4"),
    }
    assert ("retirement_title", "member") in due(pensioner(), CDG76)


def test_asks() -> None:
    """In work: the employer's part and the post; retired: an account and nothing about pay; never the salary."""
    at_work, at_rest = asked(agent(), CDG76), asked(pensioner(), CDG76)
    pay = {"employer.participation", "member.status", "member.hired_on", "member.staff_number"}
    assert pay <= at_work
    assert not pay & at_rest
    assert "payment.iban" in at_rest - at_work
    assert not {path for path in at_work | at_rest if "salary" in path or "effective_on" in path}
    with_partner = asked(agent(beneficiaries=[partner("1985-01-01")]), CDG76)
    assert "beneficiaries.0.category" in with_partner
    assert "beneficiaries.0.eligible_member" not in with_partner
