"""Dates made from dates: ends of months, leap years, notices of a month."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from forms.convention.dates import (
    Operand,
    add_months,
    add_years,
    compile_date,
    completed_years,
    first_of_month,
    first_on_or_after,
    last_notice,
    notice_end,
)
from forms.convention.facts import FactRef, Lacks

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31))


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-12-31", 2, "2027-02-28"),
     ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"), ("2026-11-30", 3, "2027-02-28"),
     ("2026-12-05", 1, "2027-01-05"), ("2026-05-31", 0, "2026-05-31"), ("2026-06-15", 12, "2027-06-15")],
)  # fmt: skip
def test_months_are_added_with_their_ends_clamped(start: str, months: int, end: str) -> None:
    """The 31st of a month that has none is its last day, in both directions."""
    assert add_months(day(start), months) == day(end)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [("1996-03-01", "2026-02-28", 29), ("1996-03-01", "2026-03-01", 30), ("2000-02-29", "2026-02-28", 25),
     ("2000-02-29", "2026-03-01", 26), ("2000-02-29", "2028-02-28", 27), ("2000-02-29", "2028-02-29", 28),
     ("2026-03-01", "2026-03-01", 0), ("2026-03-02", "2026-03-01", -1), ("1980-12-31", "2026-12-30", 45)],
)  # fmt: skip
def test_years_are_completed_on_the_birthday(birth: str, on: str, years: int) -> None:
    """Older on the day itself; born on 29 February, on 1 March of a common year."""
    assert completed_years(day(birth), day(on)) == years


@pytest.mark.parametrize(
    ("sent", "end"),
    [("2026-03-05", "2026-04-06"), ("2026-01-30", "2026-02-28"), ("2026-01-29", "2026-02-28"),
     ("2026-01-31", "2026-03-01"), ("2026-01-27", "2026-02-28"), ("2026-02-28", "2026-04-01"),
     ("2028-01-30", "2028-02-29"), ("2026-12-30", "2027-01-31"), ("2026-12-31", "2027-02-01"),
     ("2026-02-03", "2026-03-04"), ("2025-03-10", "2025-04-11"), ("2026-04-29", "2026-05-30")],
)  # fmt: skip
def test_a_notice_ends_a_contract_a_month_after_it_is_received(sent: str, end: str) -> None:
    """Received the day after it is sent, then one month, the end of the month clamped (L221-10-2, R221-6)."""
    assert notice_end(day(sent)) == day(end)


@given(DAYS)
def test_the_last_day_to_send_is_the_last(end: dt.date) -> None:
    """Sent that day, the contract ends in time; the day after, it does not."""
    sent = last_notice(end)
    assert notice_end(sent) <= end < notice_end(sent + dt.timedelta(days=1))


@given(DAYS, DAYS)
def test_a_later_notice_never_ends_a_contract_earlier(one: dt.date, other: dt.date) -> None:
    """The end of the contract follows the notice."""
    assert (notice_end(one) <= notice_end(other)) or one > other


@given(DAYS, st.integers(-100, 100))
def test_ages_and_birthdays_agree(birth: dt.date, years: int) -> None:
    """A person is that old from the birthday on, and not on its eve."""
    birthday = add_years(birth, years)
    assert completed_years(birth, birthday) == years
    assert completed_years(birth, birthday - dt.timedelta(days=1)) == years - 1


@given(DAYS)
def test_firsts_are_firsts(some: dt.date) -> None:
    """The next 1st is the day itself when it is one; the 1st after is always later."""
    assert first_on_or_after(some).day == first_of_month(some).day == 1
    assert 0 <= (first_on_or_after(some) - some).days <= 30
    assert first_of_month(some, 1) > some >= first_of_month(some)


class Facts:
    """A scene with few dates."""

    said: dict[str, Any] = {"request.reception": day("2026-02-03"), "request.effective_on": None}  # noqa: RUF012

    def fact(self, ref: FactRef, subject: str) -> Any:
        """Give a date, none, or that it lacks."""
        return self.said.get(ref.name, Lacks((f"{subject}{ref.name}",)))


def made(rule: Any) -> Any:
    """Give what a rule makes of these facts."""
    operand = TypeAdapter[Operand](Operand).validate_python(rule)
    return compile_date(operand, "dossier", use="date")(Facts(), "")


RECEIVED = "request.reception"
LACKING = Lacks(("request.signed_on",))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (day("2026-05-05"), day("2026-05-05")),
        (RECEIVED, day("2026-02-03")),
        ("request.effective_on", None),
        ("request.signed_on", LACKING),
        ({"rule": "first_of_month", "after": RECEIVED}, day("2026-03-01")),
        ({"rule": "first_of_month", "after": RECEIVED, "months": 0}, day("2026-02-01")),
        ({"rule": "first_of_month", "after": RECEIVED, "months": 11}, day("2027-01-01")),
        ({"rule": "first_on_or_after", "of": RECEIVED}, day("2026-03-01")),
        ({"rule": "shift", "of": RECEIVED, "days": 1}, day("2026-02-04")),
        ({"rule": "shift", "of": RECEIVED, "years": -1, "months": 1, "days": -2}, day("2025-03-01")),
        ({"rule": "end_of_year", "of": RECEIVED}, day("2026-12-31")),
        ({"rule": "end_of_year", "of": RECEIVED, "years": 29}, day("2055-12-31")),
        ({"rule": "latest", "of": [RECEIVED, day("2026-01-01"), "request.effective_on"]}, day("2026-02-03")),
        ({"rule": "earliest", "of": [RECEIVED, day("2026-01-01")]}, day("2026-01-01")),
        ({"rule": "latest", "of": ["request.effective_on"]}, None),
        ({"rule": "latest", "of": [RECEIVED, "request.signed_on"]}, LACKING),
        ({"rule": "shift", "of": "request.signed_on", "days": 1}, LACKING),
        ({"rule": "shift", "of": "request.effective_on", "days": 1}, None),
        ({"rule": "first_of_month", "months": 0, "after": {"rule": "shift", "of": RECEIVED, "days": -3}},
         day("2026-01-01")),
    ],
)  # fmt: skip
def test_each_rule_makes_a_date_none_or_says_what_it_lacks(rule: Any, expected: Any) -> None:
    """A rule on what is not known lacks the same; a rule on what does not exist gives nothing."""
    assert made(rule) == expected
