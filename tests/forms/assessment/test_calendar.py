"""The days around a change of cover: what the assessment says, as facts and in ``check --json``."""

from __future__ import annotations

import datetime as dt

import pytest

from forms.assessment.answer import Calendar
from forms.assessment.supposing import Supposition, estimate, supposed
from forms.assessment.written import assessment_json
from forms.convention import load
from forms.resources import resource
from tests.making import TODAY, alone, answer, cdg62, family, put, read

MARCH = dt.date(2026, 3, 1)
AT = dt.datetime(2026, 2, 3, 14, 32, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("ends_on", "between", "days"),
    [
        (dt.date(2026, 2, 28), "adjoining", 0),
        (dt.date(2026, 2, 14), "gap", 14),
        (dt.date(2026, 2, 27), "gap", 1),
        (dt.date(2026, 3, 1), "overlap", -1),
        (dt.date(2026, 4, 30), "overlap", -61),
        (None, "", None),
    ],
)
def test_how_the_new_cover_follows_the_old_one(ends_on: dt.date | None, between: str, days: int | None) -> None:
    """To the day: without interruption, days without cover, days with two; nothing while an end is not known."""
    found = Calendar(effective_on=MARCH, old_ends_on=ends_on)
    assert (found.between, found.days) == (between, days)
    assert Calendar(old_ends_on=ends_on).between == ""


def test_the_days_of_a_family() -> None:
    """A mandate: the eve of the effective date, and the last day of the file that gives the same date."""
    said = family()
    found = answer(said).calendar
    assert found.effective_on == found.earliest == dt.date(2026, 4, 1)
    assert (found.old_ends_on, found.between) == (dt.date(2026, 3, 31), "adjoining")
    assert found.complete_by is not None
    for day, same in ((found.complete_by, True), (found.complete_by + dt.timedelta(days=1), False)):
        moved = put(said, {"request.received_on": day.isoformat()})
        assert (answer(moved).calendar.effective_on == found.effective_on) is same
    assert all(paper.by == found.complete_by for paper in answer(said).documents_due)


def test_days_without_cover_are_counted_for_a_contract_that_ends_early() -> None:
    """The old contract ends on its own, in the middle of the month before."""
    old = {"insurer": "Mutuelle", "cancellation": "by_member", "ends_on": "2026-02-14"}
    found = answer(alone(previous_contract=old)).calendar
    assert (found.effective_on, found.between, found.days) == (MARCH, "gap", 14)


def test_what_is_not_known_is_not_said() -> None:
    """No signature: no date, no day; no old contract: nothing between."""
    assert answer(alone(request__signed_on=None)).calendar == Calendar()
    found = answer(alone()).calendar
    assert (found.old_ends_on, found.between, found.days) == (None, "", None)


def test_a_later_day_that_was_asked_for_leaves_the_earliest() -> None:
    """CDG 33: a change of formula may ask for its date; the calendar says what it could have been."""
    said = family(convention="cdg33-mnfct", formula="niveau-1", kind="formula_change")
    said["current"] = {"formula": "niveau-2", "since": "2024-01-01", "beneficiaries": []}
    said["request"] = {"signed_on": "2026-02-03", "effective_on": "2026-06-01", "setting": "workplace"}
    convention = load(resource("conventions", "cdg33-mnfct"))
    found = answer(said, convention).calendar
    assert found.effective_on == dt.date(2026, 6, 1)
    assert found.earliest is not None
    assert found.earliest <= found.effective_on


def test_check_says_it_as_json() -> None:
    """The same days, in ISO; what is not known is null."""
    told = assessment_json(answer(family()))["calendar"]
    assert told == {
        "effective_on": "2026-04-01", "earliest": "2026-04-01", "complete_by": "2026-02-27",
        "old_cover_ends_on": "2026-03-31", "notice_by": "2026-02-27", "between": "adjoining", "days": 0,
    }  # fmt: skip
    empty = assessment_json(answer(alone(request__signed_on=None)))["calendar"]
    assert set(empty.values()) == {None}


def test_a_quote_is_priced_as_the_supposed_family_would_be() -> None:
    """Each formula for everyone, net of the participation, until the last day for the file; the dossier stays."""
    dossier = read(family())
    found = estimate(dossier, cdg62(), TODAY, Supposition(child=8, signed_on=dt.date(2026, 3, 3)), AT)
    assert [party.who for party in found.people] == ["Maïa", "Noé", "Zoé", "Gaël", "Un enfant"]
    assert [party.supposed for party in found.people] == [False] * 4 + [True]
    assert found.on == dt.date(2026, 5, 1)
    assert found.valid_until is not None
    assert found.valid_until > dt.date(2026, 3, 3)
    for offer in found.offers:
        assert offer.total == sum(amount for amount in offer.people if amount is not None)
        assert offer.net == (offer.total or 0) - (offer.participation or 0)
    assert any("supposé à charge" in note for note in found.notes)
    assert dossier == read(family())


def test_a_quote_without_a_date_is_for_information() -> None:
    """Nothing signed: no day until which it holds, and it says that it is priced as if signed today."""
    found = estimate(read(alone(request__signed_on=None)), cdg62(), TODAY, Supposition(), AT)
    assert found.provisional
    assert found.valid_until is None
    assert any("comme si le bulletin était signé" in note for note in found.notes)


def test_a_scheme_that_is_not_known_is_not_supposed() -> None:
    """A partner has the member's, else none that is said; the price is given all the same."""
    said, what = read(put(alone(), {"member.scheme": None})), Supposition(partner=40)
    assert supposed(said, cdg62(), TODAY, what).beneficiaries[-1].scheme is None
    assert all(offer.total is not None for offer in estimate(said, cdg62(), TODAY, what, AT).offers)
