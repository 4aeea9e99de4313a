"""The effective date: never before any limit, always later for a later file, and the day by which papers are due."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.convention.dates import last_notice, notice_end
from tests.making import Said, alone, answer, put, starts

DAYS = st.dates(dt.date(2025, 6, 1), dt.date(2028, 12, 31))
MAYBE = st.none() | DAYS
OLD: Said = {"insurer": "X", "started_on": "2020-01-01", "compulsory_group": False}


@st.composite
def dossiers(draw: st.DrawFn) -> Said:
    """Give dossiers with any dates at all, and any way of cancelling."""
    cancellation = draw(st.sampled_from(["mandate", "by_member", "none"]))
    ends_on = draw(MAYBE)
    old = {**OLD, "cancellation": cancellation, "ends_on": ends_on and str(ends_on)}
    return alone(
        signed=str(draw(DAYS)),
        previous_contract=draw(st.sampled_from([None, old])),
        employer__joined_on=str(draw(DAYS)),
        member__hired_on=str(draw(DAYS)),
        request__received_on=(received := draw(MAYBE)) and str(received),
    )


def day(said: Said, path: str) -> dt.date | None:
    """Read a day of a file."""
    here: Any = said
    for part in path.split("."):
        here = here[part] if here else None
    return dt.date.fromisoformat(here) if here else None


@settings(max_examples=30)
@given(dossiers())
def test_cover_starts_on_a_1st_after_reception_and_after_every_limit(said: Said) -> None:
    """Not before the convention, the employer, the hiring, the end of the old cover, said or made by a mandate."""
    start = starts(said)
    assert start
    found = dt.date.fromisoformat(start)
    received = day(said, "request.received_on") or day(said, "request.signed_on")
    assert received
    assert found.day == 1
    assert found > received
    limits = [dt.date(2026, 1, 1), day(said, "employer.joined_on"), day(said, "member.hired_on")]
    old = said["previous_contract"]
    if old and old["cancellation"] != "none":
        ends_on = day(said, "previous_contract.ends_on")
        by_notice = notice_end(received) if old["cancellation"] == "mandate" and not ends_on else None
        limits += [end + dt.timedelta(days=1) for end in (ends_on, by_notice) if end]
    known = [limit for limit in limits if limit]
    assert all(found >= limit for limit in known)
    # Nor later than all these ask for.
    assert (found - max(*known, received)).days <= 31


@settings(max_examples=30)
@given(dossiers(), st.integers(1, 90))
def test_a_later_file_never_starts_earlier(said: Said, later: int) -> None:
    """Received later, covered then or later."""
    received = day(said, "request.received_on") or day(said, "request.signed_on")
    assert received
    after = put(said, {"request.received_on": str(received + dt.timedelta(days=later))})
    assert str(starts(said)) <= str(starts(after))


@settings(max_examples=30)
@given(dossiers())
def test_papers_received_on_the_last_day_keep_the_date(said: Said) -> None:
    """On the day told, the date holds; the day after, it moves."""
    found = answer(said)
    by = found.documents_due[0].by
    if by is None:
        return
    on_time = put(said, {"request.received_on": str(by)})
    late = put(said, {"request.received_on": str(by + dt.timedelta(days=1))})
    assert starts(on_time) == starts(said) != starts(late)


@settings(max_examples=30)
@given(dossiers())
def test_a_mandate_tells_the_last_day_to_send(said: Said) -> None:
    """Sent that day, the old contract is over in time for the new one: no day is left uncovered or covered twice."""
    found = answer(said)
    old = said["previous_contract"]
    if not old or old["cancellation"] != "mandate":
        assert found.old_cover is None or found.old_cover.notice_by is None
        return
    assert found.old_cover
    assert found.old_cover.ends_on
    assert found.effective_date
    assert found.old_cover.notice_by == last_notice(found.old_cover.ends_on)
    assert found.old_cover.ends_on < found.effective_date.date
    if old["ends_on"] is None:
        assert found.old_cover.ends_on == found.effective_date.date - dt.timedelta(days=1)
        assert found.old_cover.because
        assert found.old_cover.because.certainty == "assumed"


@settings(max_examples=30)
@given(dossiers())
def test_reasons_and_sources_are_given_for_every_step(said: Said) -> None:
    """Each step is a French sentence with a source, and no sentence has a hole."""
    found = answer(said).effective_date
    assert found
    for step in found.steps:
        assert step.reason.endswith((".", "…"))
        assert "…" not in step.reason
        assert "{" not in step.reason
        assert step.source
    assert len({step.reason for step in found.steps}) == len(found.steps)


@pytest.mark.parametrize(
    ("previous", "ends_on"),
    [
        (None, None),
        ({**OLD, "cancellation": None}, None),
        ({**OLD, "cancellation": "none", "ends_on": "2026-05-31"}, None),
        ({**OLD, "cancellation": "by_member", "ends_on": "2026-05-31"}, "2026-05-31"),
        ({**OLD, "cancellation": "by_member"}, None),
        ({**OLD, "cancellation": "mandate", "ends_on": "2026-05-31"}, "2026-05-31"),
    ],
)
def test_the_old_cover_ends_as_said_or_is_not_told(previous: Said | None, ends_on: str | None) -> None:
    """Nothing is said of a contract that is not there, nor of an end that nobody knows."""
    found = answer(alone(previous_contract=previous)).old_cover
    assert (str(found.ends_on) if found and found.ends_on else None) == ends_on
