"""CDG 33 walked: its grid read from the notice, its worked family, its calendar, each of its findings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conventions.walks import IBAN, asked, born, due, found_at, mandate, own_codes, shipped
from tests.making import Said, amounts, answer, codes, kept, priced, put, starts

NAME = "cdg33-mnfct"
CDG33 = shipped(NAME)
LEVELS = ("niveau-1", "niveau-2", "niveau-3")
ON = dt.date(2025, 4, 1)

# Read from the notice, « Grille tarifaire 2025 », not from the folder: first age, last age, three levels.
ADULT = (
    (16, 30, "32.25 49.01 57.26"),
    (31, 40, "39.17 59.52 69.53"),
    (41, 50, "51.20 77.80 90.89"),
    (51, 110, "63.07 95.84 111.96"),
)
RETIRED = "86.37 131.12 153.11"
CHILD = "28.16 42.79 49.99"
ENDS = [(age, last, cells) for low, high, cells in ADULT for age, last in ((low, False), (high, True))]


def agent(changes: dict[str, Any] | None = None) -> Said:
    """Give an agent alone, complete, signed on 10 March 2025, with nothing to cancel."""
    base = kept("contract-example")
    base |= {"beneficiaries": [], "previous_contract": None}
    return put(base, changes or {})


def spouse(birth: str = "1987-01-01", **more: Any) -> Said:
    """Give a spouse in work."""
    person = kept("contract-example")["beneficiaries"][0]
    return {**person, "birth_date": birth, **more}


def child(birth: str = "2012-07-14", **more: Any) -> Said:
    """Give a dependent child with no cover of their own."""
    person = kept("contract-example")["beneficiaries"][1]
    return {**person, "first_name": f"Né{birth.replace('-', '')}", "birth_date": birth, **more}


def with_people(*people: Said, **more: Any) -> Said:
    """Give the agent with a family."""
    return agent({"beneficiaries": list(people), **more})


def retired(**more: Any) -> Said:
    """Give a retired member."""
    said = agent({"member.category": "retired", "member.status": None, "payment.mode": "direct_debit", **more})
    return put(said, {"payment.iban": IBAN, "member.birth_date": more.get("member.birth_date", "1960-06-15")})


def survivor(died: str = "2025-01-10", **more: Any) -> Said:
    """Give the partner of an agent who died, with a reversion pension."""
    changes = {
        "member.category": "survivor",
        "member.status": "pensioner",
        "event": {"kind": "death", "on": died},
        "payment.mode": "direct_debit",
        "payment.iban": IBAN,
    }
    return agent({**changes, **more})


def change(kind: str, **more: Any) -> Said:
    """Give a change of an agent covered since 1 January 2025."""
    current: Said = {
        "formula": "niveau-2" if kind == "formula_change" else "niveau-1",
        "since": "2025-01-01",
        "beneficiaries": [],
    }
    return agent({"kind": kind, "current": current, **more})


def pays(said: Said) -> list[str]:
    """Give what the last person listed pays, level by level."""
    quotes = priced(said, CDG33)
    return [amounts(quotes[level])[-1] for level in LEVELS]


def totals(said: Said) -> list[str]:
    """Give the month of the whole family, level by level."""
    quotes = priced(said, CDG33)
    return [str(quotes[level].total) for level in LEVELS]


# --- The grid


@pytest.mark.parametrize(("age", "last", "cells"), ENDS)
def test_adult_cells_at_both_ends_of_each_band(age: int, last: bool, cells: str) -> None:  # noqa: FBT001
    """An agent and a partner pay the cell of their own age, on its first day and on its last."""
    birth = born(age, ON, last_day=last)
    assert pays(agent({"member.birth_date": birth})) == cells.split()
    assert pays(with_people(spouse(birth))) == cells.split()


@pytest.mark.parametrize("birth", ["1940-01-01", "1960-06-15", "1985-01-01"])
def test_retired_cells_whatever_the_age(birth: str) -> None:
    """A retired member and a retired partner pay one amount; the partner of a retired member pays their own band."""
    assert pays(retired(**{"member.birth_date": birth})) == RETIRED.split()
    assert pays(with_people(spouse(birth, category="retired"))) == RETIRED.split()
    working = put(retired(), {"beneficiaries": [spouse("1987-01-01")]})
    assert pays(working) == ADULT[1][2].split()


def test_child_cells_and_free_from_the_third() -> None:
    """The two oldest pay whoever they are, the youngest are free, in whatever order they are listed."""
    people = [child("2020-01-01"), child("2008-01-01"), child("2024-12-31", relation="grandchild"), child("2013-01-01")]
    quotes = priced(with_people(*people), CDG33)
    for level, cell in zip(LEVELS, CHILD.split(), strict=True):
        assert amounts(quotes[level])[1:] == ["0.00", cell, "0.00", cell]


def test_an_orphan_pays_as_a_child_and_a_survivor_as_an_adult() -> None:
    """Who stays after a death stays a beneficiary (assumed): the cell of a child, the band of an adult."""
    assert pays(survivor(**{"member.birth_date": born(45, dt.date(2025, 3, 11))})) == ADULT[2][2].split()
    assert pays(survivor(**{"member.category": "orphan", "member.birth_date": "2010-01-01"})) == CHILD.split()


def test_the_worked_family() -> None:
    """The notice's own: an agent of 41, a partner of 38, a child."""
    family = with_people(spouse("1986-09-01"), child(), **{"member.birth_date": "1983-06-15"})
    assert totals(family) == ["118.53", "180.11", "210.41"]


def test_the_quote_of_the_contract() -> None:
    """The quote that the contract writes out, with the mandate, age by age and to the cent."""
    quote = priced(put(kept("contract-example"), {"previous_contract.compulsory_group": False}), CDG33)["niveau-1"]
    assert quote.on == dt.date(2025, 4, 12)
    assert [(line.age, line.band) for line in quote.lines] == [
        (40, "Adulte de 31 ans à 40 ans inclus"),
        (38, "Adulte de 31 ans à 40 ans inclus"),
        (12, "Enfant"),
    ]
    assert amounts(quote) == ["39.17", "39.17", "28.16"]
    assert (quote.total, quote.participation, quote.net) == (Decimal("106.50"), Decimal("15.00"), Decimal("91.50"))


def test_a_retired_member_has_no_participation() -> None:
    """The employer's amount is left out for a retired member, even where it is typed."""
    quote = priced(retired(), CDG33)["niveau-1"]
    assert (quote.participation, quote.net) == (Decimal("0.00"), Decimal("86.37"))


def test_a_partner_whose_situation_is_unknown_has_no_price() -> None:
    """Retired or not is what prices a partner: unknown is not « in work »."""
    quote = priced(with_people(spouse(category=None)), CDG33)["niveau-1"]
    assert quote.total is None
    assert quote.missing == ("beneficiaries.0.category",)


def test_the_grid_says_its_year() -> None:
    """The grid of 2025 is used later with a note, and not outside the convention."""
    assert "Grille de 2025" in priced(agent({RECEIVED: "2026-03-10"}), CDG33)["niveau-1"].notes[0]
    last = agent({"request": {"signed_on": "2030-11-30"}})
    after = agent({"request": {"signed_on": "2030-12-01"}})
    assert starts(last, CDG33) == "2030-12-01"
    assert not priced(last, CDG33)["niveau-1"].refusals
    assert priced(after, CDG33)["niveau-1"].refusals
    assert "after_convention" in codes(answer(after, CDG33))


# --- The calendar

RECEIVED = "request.received_on"
MONTH = "request.current_month"
JOINED = "employer.joined_on"
HIRED = "member.hired_on"
OLD = "previous_contract"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        # The 1st of the month after reception; signature counts where reception is not said.
        ({RECEIVED: "2025-03-01"}, "2025-04-01"),
        ({RECEIVED: "2025-03-31"}, "2025-04-01"),
        ({RECEIVED: "2025-04-01"}, "2025-05-01"),
        ({RECEIVED: "2025-12-31"}, "2026-01-01"),
        ({RECEIVED: "2028-02-29"}, "2028-03-01"),
        ({RECEIVED: None, "request.signed_on": "2025-06-30"}, "2025-07-01"),
        # The current month: asked for before the 15th.
        ({RECEIVED: "2025-03-14", MONTH: True}, "2025-03-01"),
        ({RECEIVED: "2025-03-15", MONTH: True}, "2025-04-01"),
        ({RECEIVED: "2025-03-16", MONTH: True}, "2025-04-01"),
        ({RECEIVED: "2025-03-14", MONTH: False}, "2025-04-01"),
        ({RECEIVED: "2025-12-31", MONTH: True}, "2026-01-01"),
        # The employer's day: that same day, and nothing before it.
        ({RECEIVED: "2025-03-10", JOINED: "2025-03-15"}, "2025-03-15"),
        ({RECEIVED: "2025-03-15", JOINED: "2025-03-15"}, "2025-03-15"),
        ({RECEIVED: "2025-03-16", JOINED: "2025-03-15"}, "2025-04-01"),
        ({RECEIVED: "2025-03-10", JOINED: "2025-06-01"}, "2025-06-01"),
        ({RECEIVED: "2025-03-14", JOINED: "2025-03-05", MONTH: True}, "2025-04-01"),
        # The convention's first day.
        ({RECEIVED: "2024-11-30", JOINED: "2024-10-01"}, "2025-01-01"),
        ({RECEIVED: "2024-12-31", JOINED: "2025-01-01"}, "2025-01-01"),
        # The hired day; in the middle of a month it goes to the next 1st, save after a mandate.
        ({HIRED: "2025-04-01"}, "2025-04-01"),
        ({HIRED: "2025-04-02"}, "2025-05-01"),
        ({HIRED: "2025-04-30", OLD: mandate()}, "2025-04-30"),
        # A mandate: the day after the old contract, whatever the day and whatever is asked.
        ({OLD: mandate()}, "2025-04-12"),
        ({OLD: mandate(), MONTH: True}, "2025-04-12"),
        ({OLD: mandate(), RECEIVED: "2025-01-30"}, "2025-03-01"),
        ({OLD: mandate(), RECEIVED: "2028-01-29"}, "2028-03-01"),
        ({OLD: mandate(), RECEIVED: "2028-01-28"}, "2028-03-01"),
        ({OLD: mandate(), RECEIVED: "2028-01-27"}, "2028-02-29"),
        ({OLD: mandate(ends_on="2025-06-30")}, "2025-07-01"),
        ({OLD: mandate(ends_on="2025-06-14")}, "2025-06-15"),
        ({OLD: mandate(), JOINED: "2025-05-10"}, "2025-05-10"),
        # The member cancels: never before the old cover ends, and on a 1st.
        ({OLD: mandate(cancellation="by_member", ends_on="2025-03-31")}, "2025-04-01"),
        ({OLD: mandate(cancellation="by_member", ends_on="2025-04-01")}, "2025-05-01"),
        ({OLD: mandate(cancellation="by_member", ends_on="2025-12-31")}, "2026-01-01"),
    ],
)
def test_the_day_cover_starts(said: dict[str, Any], day: str) -> None:
    """The days around each limit of article 6."""
    assert starts(agent(said), CDG33) == day


@given(received=st.dates(dt.date(2025, 1, 1), dt.date(2030, 11, 30)), month=st.booleans())
def test_an_ordinary_date_is_a_1st_near_reception(received: dt.date, month: bool) -> None:  # noqa: FBT001
    """With no mandate, cover starts on the 1st of the next month; of this one only when asked for by the 14th."""
    day = answer(agent({RECEIVED: received.isoformat(), MONTH: month}), CDG33).effective_date
    assert day is not None
    assert day.date.day == 1
    assert (day.date <= received) is ((month and received.day < 15) or received == CDG33.starts_on)


@given(received=st.dates(dt.date(2025, 1, 1), dt.date(2030, 10, 30)))
def test_a_mandate_leaves_no_gap(received: dt.date) -> None:
    """Cover starts on the day after the old one ends, and no gap is told of."""
    found = answer(agent({RECEIVED: received.isoformat(), OLD: mandate()}), CDG33)
    assert found.effective_date is not None
    assert found.old_cover is not None
    assert found.old_cover.ends_on == found.effective_date.date - dt.timedelta(days=1)
    assert "cover_gap" not in codes(found, "warning")


def test_the_employer_s_day_is_needed() -> None:
    """Without the day the employer joined there is no date, and the day is what is missing."""
    found = answer(agent({JOINED: None}), CDG33)
    assert found.effective_date is None
    assert found.effective_date_lacks == (JOINED,)


# --- Changes

NEWBORN = child("2025-04-12")
BIRTH = {"kind": "birth", "on": "2025-04-12"}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"event": BIRTH, RECEIVED: "2025-04-12"}, "2025-04-01"),
        ({"event": BIRTH, RECEIVED: "2025-05-12"}, "2025-04-01"),
        ({"event": BIRTH, RECEIVED: "2025-05-13"}, "2025-06-01"),
        ({"event": None, RECEIVED: "2025-04-20"}, "2025-05-01"),
        ({"event": None, RECEIVED: "2025-04-20", MONTH: True}, "2025-05-01"),
        ({"event": None, RECEIVED: "2025-05-14", MONTH: True}, "2025-05-01"),
        ({"event": {"kind": "birth", "on": None}, RECEIVED: "2025-04-20"}, None),
        ({"event": {"kind": None, "on": "2025-04-12"}, RECEIVED: "2025-04-20"}, None),
    ],
)
def test_the_day_a_beneficiary_is_added(said: dict[str, Any], day: str | None) -> None:
    """Within thirty days of the event, the 1st of its month; later, as for joining; unknown stays unknown."""
    assert starts(change("beneficiary_change", beneficiaries=[NEWBORN], **said), CDG33) == day


def test_a_newborn_is_covered_from_the_1st_and_pays() -> None:
    """Born on the 12th, covered from the 1st: no error, an age of 0, the whole month due."""
    said = change("beneficiary_change", beneficiaries=[NEWBORN], event=BIRTH, **{RECEIVED: "2025-04-20"})
    found = answer(said, CDG33)
    assert codes(found) == set()
    assert (found.quote.lines[-1].age, found.quote.lines[-1].amount) == (0, Decimal("28.16"))
    assert any("due en entier" in note for note in found.quote.notes)


SPOUSE = spouse()


@pytest.mark.parametrize(
    ("event", "received", "day"),
    [
        (None, "2025-10-31", "2026-01-01"),
        (None, "2025-11-01", "2027-01-01"),
        (None, "2025-12-31", "2027-01-01"),
        ({"kind": "separation", "on": "2025-10-20"}, "2025-11-19", "2025-10-01"),
        ({"kind": "separation", "on": "2025-10-20"}, "2025-11-20", "2025-12-01"),
    ],
)
def test_the_day_a_beneficiary_leaves(event: Said | None, received: str, day: str) -> None:
    """Two months before 31 December, or with a family event."""
    said = change("beneficiary_change", event=event, **{RECEIVED: received, "current.beneficiaries": [SPOUSE]})
    assert starts(said, CDG33) == day


@pytest.mark.parametrize(
    ("signed", "wished", "day"),
    [
        ("2026-01-02", None, "2026-02-01"),
        ("2026-01-31", None, "2026-02-01"),
        ("2026-01-02", "2026-01-20", "2026-02-01"),
        ("2026-01-02", "2026-06-01", "2026-06-01"),
    ],
)
def test_the_day_a_formula_changes(signed: str, wished: str | None, day: str) -> None:
    """At the earliest the 1st of the month after signature; later where the bulletin says so."""
    said = change("formula_change", request={"signed_on": signed, "effective_on": wished, "setting": "remote"})
    assert starts(said, CDG33) == day


@pytest.mark.parametrize(
    ("died", "received", "day"),
    [("2025-01-10", "2025-03-10", "2025-03-11"), ("2025-01-10", "2025-12-31", "2026-01-01")],
)
def test_survivors_are_covered_from_the_day_after(died: str, received: str, day: str) -> None:
    """The day after the request, any day of the month."""
    assert starts(survivor(died, **{RECEIVED: received}), CDG33) == day


# --- Findings: what makes each, where it is said, how much it weighs, and the nearest dossier without it

KEPT = child("2003-05-01", situation="employed", first_name="Ana")
"""A child who was covered already: 21 on 2024-05-01, 24 at most in 2027."""


def still(person: Said, **more: Any) -> Said:
    """Give a change of formula in which a person was covered before; signed in March 2026 unless said."""
    said = change("formula_change", beneficiaries=[person], **{"current.beneficiaries": [person]})
    return put(said, {"request.signed_on": "2026-03-10", RECEIVED: None, **more})


LEFT = change("beneficiary_change", **{"current.beneficiaries": [SPOUSE]})
SWAP = put(LEFT, {"beneficiaries": [NEWBORN], RECEIVED: "2025-04-20"})
STUDENT = {"situation": "student"}
EVENT = "event.on"
PAY = "payment.mode"
ZERO = "beneficiaries.0"
FINDINGS: dict[str, tuple[str, str, Said, dict[str, Any]]] = {
    "category_refused": (
        "member.category",
        "error",
        agent({"member.category": "associate"}),
        {"member.category": "active"},
    ),
    "status_not_active": (
        "member.status",
        "error",
        agent({"member.status": "pensioner"}),
        {"member.status": "without_post"},
    ),
    "retired_not_pensioner": (
        "member.status",
        "warning",
        retired(**{"member.status": "seconded"}),
        {"member.status": "pensioner"},
    ),
    "leave_to_check": ("member.status", "info", agent({"member.status": "on_leave"}), {"member.status": "trainee"}),
    "scheme_none": (f"{ZERO}.scheme", "error", with_people(spouse(scheme="none")), {f"{ZERO}.scheme": "agricultural"}),
    "separated_spouse": (
        f"{ZERO}.relation",
        "warning",
        change("beneficiary_change", beneficiaries=[SPOUSE], event={"kind": "separation", "on": "2025-03-01"}),
        {"event.kind": "marriage"},
    ),
    "survivor_event": ("event.kind", "error", survivor(**{"event.kind": "separation"}), {"event.kind": "death"}),
    "survivor_too_late": (EVENT, "error", survivor("2024-03-09"), {EVENT: "2024-03-10"}),
    "survivor_without_pension_late": (
        EVENT,
        "error",
        survivor("2024-09-09", **{"member.status": "trainee"}),
        {EVENT: "2024-09-10"},
    ),
    "survivor_twelve_months": (
        "member.status",
        "info",
        survivor("2024-09-10", **{"member.status": "trainee"}),
        {"member.status": "pensioner"},
    ),
    "child_too_old": (
        f"{ZERO}.birth_date",
        "error",
        with_people(child("2000-04-01", **STUDENT)),
        {f"{ZERO}.birth_date": "2000-04-02"},
    ),
    "child_cover_ended": (
        f"{ZERO}.birth_date",
        "error",
        still(child("2000-12-31", first_name="Ana", **STUDENT)),
        {f"{ZERO}.birth_date": "2001-01-01", "current.beneficiaries.0.birth_date": "2001-01-01"},
    ),
    "child_not_studying": (
        f"{ZERO}.situation",
        "error",
        with_people(child("2004-04-01", situation="dependent")),
        {f"{ZERO}.birth_date": "2004-04-02"},
    ),
    "child_no_longer_studying": (
        f"{ZERO}.situation",
        "warning",
        still(KEPT),
        {f"{ZERO}.birth_date": "2005-01-01", "current.beneficiaries.0.birth_date": "2005-01-01"},
    ),
    "child_not_dependent": (
        f"{ZERO}.tax_dependent",
        "error",
        with_people(child(tax_dependent=False)),
        {f"{ZERO}.tax_dependent": True},
    ),
    "child_no_longer_dependent": (
        f"{ZERO}.tax_dependent",
        "warning",
        still(child(tax_dependent=False)),
        {f"{ZERO}.tax_dependent": True},
    ),
    "child_own_cover": (f"{ZERO}.own_cover", "error", with_people(child(own_cover=True)), {f"{ZERO}.own_cover": False}),
    "child_now_own_cover": (f"{ZERO}.own_cover", "warning", still(child(own_cover=True)), {f"{ZERO}.own_cover": False}),
    "child_until": (
        f"{ZERO}.situation",
        "info",
        with_people(child("2000-04-02", **STUDENT)),
        {f"{ZERO}.birth_date": "2004-04-02"},
    ),
    "born_after_effective_date": (
        f"{ZERO}.birth_date",
        "error",
        with_people(child("2025-04-02")),
        {f"{ZERO}.birth_date": "2025-04-01"},
    ),
    "current_month_too_late": (
        MONTH,
        "warning",
        agent({RECEIVED: "2025-03-15", MONTH: True}),
        {RECEIVED: "2025-03-14"},
    ),
    "current_month_with_mandate": (MONTH, "warning", agent({MONTH: True, OLD: mandate()}), {OLD: None}),
    "whole_month_due": (MONTH, "info", agent({RECEIVED: "2025-03-14", MONTH: True}), {MONTH: False}),
    "event_month_due": (
        EVENT,
        "info",
        change("beneficiary_change", beneficiaries=[NEWBORN], event=BIRTH, **{RECEIVED: "2025-05-12"}),
        {RECEIVED: "2025-05-13"},
    ),
    "event_late": (
        EVENT,
        "warning",
        change("beneficiary_change", beneficiaries=[NEWBORN], event=BIRTH, **{RECEIVED: "2025-05-13"}),
        {RECEIVED: "2025-05-12"},
    ),
    "effective_on_ignored": (
        "request.effective_on",
        "warning",
        agent({"request.effective_on": "2025-05-01"}),
        {"request.effective_on": None},
    ),
    "effective_on_too_early": (
        "request.effective_on",
        "warning",
        change("formula_change", **{"request.signed_on": "2026-03-10", "request.effective_on": "2026-03-31"}),
        {"request.effective_on": "2026-04-01"},
    ),
    "cover_gap": (
        "previous_contract.ends_on",
        "warning",
        agent({OLD: mandate(), HIRED: "2025-04-13"}),
        {HIRED: "2025-04-12"},
    ),
    "retired_by_payroll": (PAY, "error", retired(**{PAY: "payroll"}), {PAY: "direct_debit"}),
    "survivor_by_payroll": (PAY, "error", survivor(**{PAY: "payroll"}), {PAY: "direct_debit"}),
    "unpaid_by_payroll": (
        PAY,
        "error",
        agent({"member.status": "on_leave"}),
        {PAY: "direct_debit", "payment.iban": IBAN},
    ),
    "active_by_debit": (
        PAY,
        "error",
        agent({PAY: "direct_debit", "payment.iban": IBAN}),
        {"member.status": "on_leave"},
    ),
    "formula_change_too_early": (
        "current.since",
        "error",
        change("formula_change", **{"request.signed_on": "2026-01-01"}),
        {"request.signed_on": "2026-01-02"},
    ),
    "change_both_ways": ("event.kind", "error", SWAP, {"event": BIRTH}),
    "removal_next_year": (
        "request.received_on",
        "warning",
        put(LEFT, {RECEIVED: "2025-11-01"}),
        {RECEIVED: "2025-10-31"},
    ),
    "nothing_changed": ("kind", "warning", put(LEFT, {"beneficiaries": [SPOUSE]}), {"beneficiaries": []}),
    "withdrawal_in_notice": ("request.setting", "info", agent(), {"request.setting": "insurer_office"}),
}


def test_each_code_of_the_folder_has_its_dossier() -> None:
    """No finding of the folder goes without a dossier that makes it."""
    assert set(FINDINGS) == own_codes(NAME)


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_each_finding_and_its_near_miss(code: str) -> None:
    """The dossier makes the finding at its field; the nearest one does not."""
    path, severity, said, near = FINDINGS[code]
    assert (path, severity) in found_at(said, CDG33, code)
    assert found_at(put(said, near), CDG33, code) == set()


def test_a_complete_family_has_no_error() -> None:
    """The contract's own dossier is printable once it says that the old contract is no compulsory one."""
    found = answer(put(kept("contract-example"), {"previous_contract.compulsory_group": False}), CDG33)
    assert codes(found) == set()
    assert found.printable


@pytest.mark.parametrize("relation", ["child", "grandchild", "ward"])
@pytest.mark.parametrize("situation", ["student", "apprentice", "job_seeker"])
def test_children_of_every_kind_up_to_24(relation: str, situation: str) -> None:
    """Children, grandchildren and wards are covered to 24 while they study, learn or look for work; 25 is too old."""
    at_24 = with_people(child("2000-04-02", relation=relation, situation=situation))
    at_25 = put(at_24, {f"{ZERO}.birth_date": "2000-04-01"})
    disabled = put(at_25, {f"{ZERO}.disabled": True})
    assert codes(answer(at_24, CDG33)) == set()
    assert codes(answer(at_25, CDG33)) == {"child_too_old"}
    assert codes(answer(disabled, CDG33)) == set()


def test_a_child_s_unknown_facts_are_missing_not_refused() -> None:
    """At 22, the situation decides; unknown, it is asked for, and no refusal is given."""
    found = answer(with_people(child("2002-10-01", situation=None, disabled=None)), CDG33)
    assert codes(found) == {"missing"}
    assert {f"{ZERO}.situation", f"{ZERO}.disabled"} <= set(found.missing)


# --- Asked, papers


def test_what_is_asked() -> None:
    """A retired member is not asked about pay; a small child is not asked about studies; no one about a salary."""
    at_work, at_rest = asked(agent(), CDG33), asked(retired(), CDG33)
    assert {"employer.participation", "member.staff_number", HIRED} <= at_work
    assert not {"employer.participation", "member.staff_number", HIRED, "member.status"} & at_rest
    assert JOINED in at_rest
    assert not any("salary" in path for path in at_work | at_rest)
    assert f"{ZERO}.situation" not in asked(with_people(child()), CDG33)
    assert f"{ZERO}.situation" in asked(with_people(child("2003-01-01")), CDG33)


@pytest.mark.parametrize(
    ("said", "papers"),
    [
        (agent(), set()),
        (with_people(spouse()), {("rights_certificate", ZERO)}),
        (with_people(spouse(relation="cohabitant")), {("rights_certificate", ZERO), ("partnership_certificate", ZERO)}),
        (with_people(child("2004-04-02", **STUDENT)), set()),
        (with_people(child("2004-04-01", **STUDENT)), {("school_certificate", ZERO)}),
        (with_people(child("2004-04-01", situation="apprentice")), {("apprenticeship_contract", ZERO)}),
        (with_people(child("2004-04-01", situation="job_seeker")), {("job_seeker_certificate", ZERO)}),
        (with_people(child("1995-04-01", disabled=True)), {("disability_card", ZERO)}),
        (with_people(child(relation="ward")), {("other", ZERO)}),
        (change("beneficiary_change", beneficiaries=[NEWBORN], event=BIRTH), {("other", ZERO)}),
        (retired(), {("retirement_title", "member")}),
        (survivor(), {("retirement_title", "member")}),
    ],
)
def test_papers(said: Said, papers: set[tuple[str, str]]) -> None:
    """Bank details and rights always; then what a right rests on."""
    always = {("bank_details", "member"), ("rights_certificate", "member")}
    assert due(said, CDG33) == always | papers
