"""CDG 62, MNT: the published figures typed here again, each rule on both sides of its edge, families to the cent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest

from forms.assessment.examples import failures
from tests.making import Said, alone, amounts, answer, cdg62, child, codes, family, kept, priced, put, starts

FORMULAS = ("securite", "essentielle", "renforcee")
PUBLISHED = {
    "29": ("19.58", "40.22", "49.54"),
    "30 to 45": ("24.34", "49.88", "61.52"),
    "46": ("36.20", "74.26", "91.62"),
    "retired": ("56.69", "116.16", "143.07"),
    "child": ("12.73", "26.01", "32.05"),
}
"""« Les cotisations mensuelles actifs 2026 » and « retraités 2026 » of the insurer's presentation."""

# Cover from 1 March 2026: the birthday, and the day before it is reached.
BIRTHS = {
    "1996-03-02": "29",
    "2010-01-01": "29",
    "1996-03-01": "30 to 45",
    "1980-03-02": "30 to 45",
    "1980-03-01": "46",
    "1930-01-01": "46",
    "1996-02-29": "30 to 45",
    "1980-02-29": "46",
}


def spouse(born: str, relation: str = "spouse", **more: Any) -> Said:
    """Give a partner."""
    return {"relation": relation, "title": "m", "birth_name": "Roy", "first_name": "Noé", "birth_date": born, **more}


def retired(**changes: Any) -> Said:
    """Give a retired member alone."""
    base = {"member.category": "retired", "member.status": None, "payment.mode": "direct_debit",
            "payment.iban": "FR7630006000011234567890189"}  # fmt: skip
    return put(alone("1958-06-15"), {**base, **{path.replace("__", "."): value for path, value in changes.items()}})


def totals(said: Said) -> tuple[str | None, ...]:
    """Give the total of each formula."""
    found = priced(said)
    return tuple(f"{found[f].total:.2f}" if found[f].total is not None else None for f in FORMULAS)


def lines(said: Said, formula: str = "securite") -> list[str]:
    """Give what each person pays."""
    return amounts(priced(said)[formula])


# --- Prices


@pytest.mark.parametrize(("born", "band"), BIRTHS.items())
@pytest.mark.parametrize("place", range(3))
def test_every_cell_of_the_active_grid_at_both_ends_of_its_band(born: str, band: str, place: int) -> None:
    """The amount of the age completed on the first day of cover, for the member and for any partner."""
    amount, of_child = PUBLISHED[band][place], PUBLISHED["child"][place]
    said = alone(born, beneficiaries=[spouse("1950-01-01"), child("2013-05-03"), child("2014-05-03")])
    assert lines(said, FORMULAS[place]) == [amount, amount, of_child, of_child]


@pytest.mark.parametrize("born", ["1996-03-02", "1980-03-01", "1940-01-01"])
@pytest.mark.parametrize("place", range(3))
def test_every_cell_of_the_retired_grid(born: str, place: int) -> None:
    """One amount at any age, the same for the partner, however young and active."""
    amount, of_child = PUBLISHED["retired"][place], PUBLISHED["child"][place]
    people = [spouse("1998-01-01", category="active"), child("2013-05-03")]
    said = retired(member__birth_date=born, beneficiaries=people)
    assert lines(said, FORMULAS[place]) == [amount, amount, of_child]


CHILDREN = [child(born) for born in ("2008-05-01", "2011-05-01", "2014-05-01")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (alone("1996-06-15", beneficiaries=[spouse("1975-06-15")]), ("39.16", "80.44", "99.08")),
        (alone("1979-06-15", beneficiaries=[spouse("1981-02-01"), *CHILDREN]), ("97.86", "200.54", "247.34")),
        (retired(beneficiaries=[spouse("1975-06-15")]), ("113.38", "232.32", "286.14")),
        (family(), ("74.14", "151.78", "187.14")),
        (alone("1979-06-15", beneficiaries=CHILDREN), ("61.66", "126.28", "155.72")),
        (kept("cdg62-retired"), ("113.38", "232.32", "286.14")),
    ],
)
def test_families_to_the_cent(said: Said, expected: tuple[str, ...]) -> None:
    """The families of the issue, and some more, under each formula."""
    assert totals(said) == expected


@pytest.mark.parametrize(
    ("said", "share", "net"),
    [
        (alone("2000-06-15", employer__participation="30.00"), "19.58", "0.00"),
        (alone("2000-06-15", employer__participation="15.00"), "15.00", "4.58"),
        (alone("2000-06-15", employer__participation="19.58"), "19.58", "0.00"),
        (alone("2000-06-15", employer__participation="0.00"), "0.00", "19.58"),
        (retired(employer__participation="15.00"), "0.00", "56.69"),
    ],
)
def test_the_participation_is_cut_to_the_contribution_and_for_active_members(said: Said, share: str, net: str) -> None:
    """30 € on 19.58 € leaves nothing to pay; a retired member has none."""
    quote = priced(said)["securite"]
    assert (f"{quote.participation}", f"{quote.net}") == (share, net)
    assert quote.net is not None
    assert quote.yearly == quote.net * 12


def test_a_participation_not_known_leaves_the_net_unknown() -> None:
    """The total stands, what is left to pay does not."""
    quote = priced(alone(employer__participation=None))["securite"]
    assert str(quote.total) == "24.34"
    assert (quote.participation, quote.net, quote.missing) == (None, None, ("employer.participation",))


FREE = {"disabled": True, "disability_recognised_on": "2020-01-01"}


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        ([child("2014-01-01"), child("2008-01-01"), child("2011-01-01")], ["0.00", "12.73", "12.73"]),
        ([child("2010-01-01"), child("2010-01-01"), child("2010-01-01")], ["12.73", "12.73", "0.00"]),
        ([child("2008-01-01"), child("2012-01-01", birth_rank=2), child("2012-01-01", birth_rank=1)],
         ["12.73", "0.00", "12.73"]),
        ([child("2012-01-01", birth_rank=1), child("2008-01-01"), child("2012-01-01", birth_rank=2)],
         ["12.73", "12.73", "0.00"]),
        ([child("2005-01-01", **FREE), child("2008-01-01"), child("2011-01-01")], ["0.00", "12.73", "12.73"]),
        ([child("2005-01-01", **FREE), child("2008-01-01"), child("2011-01-01"), child("2014-01-01")],
         ["0.00", "12.73", "12.73", "0.00"]),
        ([child("2000-06-15", disabled=True, disability_recognised_on="2021-06-14"), child("2008-01-01"),
          child("2011-01-01")], ["0.00", "12.73", "12.73"]),
        ([child("2000-06-15", disabled=True, disability_recognised_on="2021-06-15"), child("2008-01-01"),
          child("2011-01-01")], ["12.73", "12.73", "0.00"]),
        ([child("2000-02-29", disabled=True, disability_recognised_on="2021-02-28")], ["0.00"]),
        ([child("2000-02-29", disabled=True, disability_recognised_on="2021-03-01")], ["12.73"]),
        ([child("2008-01-01"), child("2011-01-01", disabled=None)], ["12.73", "?"]),
        ([child("2008-01-01"), child("2011-01-01", disabled=True)], ["12.73", "?"]),
    ],
)  # fmt: skip
def test_which_children_are_free(children: list[Said], expected: list[str]) -> None:
    """From the third by birth, twins by rank; the disabled recognised before 21 are free and do not count."""
    assert lines(alone(beneficiaries=children))[1:] == expected


@pytest.mark.parametrize(
    ("signed", "refused"),
    [("2031-11-30", False), ("2031-12-01", True), ("2040-01-01", True)],
)
def test_no_price_after_the_end_of_the_convention(signed: str, refused: bool) -> None:  # noqa: FBT001 - a column of the table
    """The last first day is 1 December 2031; after 31 December there is no price, and an error says so."""
    found = answer(alone(signed=signed))
    assert (found.quote.total is None) is refused
    assert bool(found.quote.refusals) is refused
    assert ({"no_price", "after_convention"} <= codes(found)) is refused
    assert found.printable is not refused


@pytest.mark.parametrize(("signed", "noted"), [("2026-11-30", False), ("2026-12-01", True), ("2027-05-05", True)])
def test_the_grid_is_to_confirm_after_the_year_it_was_published_for(signed: str, noted: bool) -> None:  # noqa: FBT001 - a column of the table
    """From 1 January 2027 the grid of 2026 is still used, with a warning."""
    found = answer(alone(signed=signed))
    assert found.quote.total is not None
    assert any(note.startswith("Grille de 2026, à confirmer") for note in found.quote.notes) is noted
    assert ("old_grid" in codes(found, "warning")) is noted


# --- Dates


@pytest.mark.parametrize(
    ("signed", "changes", "date"),
    [
        ("2026-02-03", {}, "2026-03-01"),
        ("2026-02-01", {}, "2026-03-01"),
        ("2026-02-28", {}, "2026-03-01"),
        ("2026-01-31", {}, "2026-02-01"),
        ("2028-02-29", {}, "2028-03-01"),
        ("2026-12-31", {}, "2027-01-01"),
        ("2026-02-03", {"request__received_on": "2026-03-04"}, "2026-04-01"),
        ("2025-10-02", {"employer__joined_on": "2025-10-01"}, "2026-01-01"),
        ("2025-12-31", {"employer__joined_on": "2025-10-01"}, "2026-01-01"),
        ("2026-01-01", {}, "2026-02-01"),
        ("2026-02-03", {"employer__joined_on": "2026-05-01"}, "2026-05-01"),
        ("2026-02-03", {"employer__joined_on": "2026-05-02"}, "2026-06-01"),
        ("2026-02-03", {"employer__joined_on": "2026-03-01"}, "2026-03-01"),
        ("2026-02-03", {"member__hired_on": "2026-06-15"}, "2026-07-01"),
        ("2026-02-03", {"member__hired_on": "2026-12-31", "employer__joined_on": "2026-05-01"}, "2027-01-01"),
        ("2026-02-03", {"employer__joined_on": None}, None),
        ("2026-02-03", {"member__hired_on": None}, None),
        ("2026-02-03", {"member__category": None}, None),
    ],
)
def test_cover_starts_on_the_1st_after_reception_and_not_before_its_limits(
    signed: str, changes: dict[str, Any], date: str | None
) -> None:
    """Around ends of months and years, 29 February, the convention's first day, the employer's, the hiring."""
    assert starts(alone(signed=signed, **changes)) == date


OLD = {"insurer": "Mutuelle des Prés", "started_on": "2020-01-01", "compulsory_group": False, "cancellation": "mandate"}


@pytest.mark.parametrize(
    ("received", "date", "send_by"),
    [
        ("2026-02-03", "2026-04-01", "2026-02-27"),
        ("2026-02-27", "2026-04-01", "2026-02-27"),
        ("2026-02-28", "2026-05-01", "2026-03-30"),
        ("2026-01-30", "2026-03-01", "2026-01-30"),
        ("2026-01-31", "2026-04-01", "2026-02-27"),
        ("2026-03-05", "2026-05-01", "2026-03-30"),
        ("2026-11-29", "2027-01-01", "2026-11-29"),
        ("2026-11-30", "2027-02-01", "2026-12-30"),
        ("2028-01-30", "2028-03-01", "2028-01-30"),
    ],
)
def test_with_a_mandate_cover_starts_on_the_1st_after_the_old_contract(received: str, date: str, send_by: str) -> None:
    """The old cover ends on the eve, and the last day to send the notice is told."""
    found = answer(alone(signed=received, previous_contract=OLD))
    assert found.effective_date
    assert found.effective_date.date.isoformat() == date
    assert found.effective_date.certainty == "assumed"
    assert found.old_cover
    assert found.old_cover.ends_on == found.effective_date.date - dt.timedelta(days=1)
    assert str(found.old_cover.notice_by) == send_by
    assert "mandate_too_late" not in codes(found)


@pytest.mark.parametrize(
    ("ends_on", "cancellation", "date"),
    [
        ("2026-02-28", "by_member", "2026-03-01"),
        ("2026-06-30", "by_member", "2026-07-01"),
        ("2026-06-15", "by_member", "2026-07-01"),
        ("2026-07-01", "by_member", "2026-08-01"),
        ("2025-12-31", "by_member", "2026-03-01"),
        (None, "by_member", "2026-03-01"),
        ("2026-06-30", "mandate", "2026-07-01"),
        ("2026-03-04", "mandate", "2026-04-01"),
        ("2026-06-30", None, None),
        (None, None, None),
        ("2026-06-30", "none", "2026-03-01"),
    ],
)
def test_new_cover_never_starts_before_the_old_one_ends(ends_on: str | None, cancellation: str | None,
                                                        date: str | None) -> None:  # fmt: skip
    """The end as said, whoever cancels; not asked yet is no date; nothing to cancel is no limit."""
    assert starts(alone(previous_contract={**OLD, "ends_on": ends_on, "cancellation": cancellation})) == date


def test_a_retired_member_too_waits_for_the_employer() -> None:
    """The employer's day is a limit for everyone, the hiring for those who are paid."""
    assert starts(retired(employer__joined_on="2026-05-02", member__hired_on=None)) == "2026-06-01"
    assert starts(retired(employer__joined_on=None)) is None


def test_dates_say_why_and_since_when_they_are_assumed() -> None:
    """The rule, then each limit that moved it, each with its source."""
    found = answer(alone(employer__joined_on="2026-05-02")).effective_date
    assert found
    assert len(found.steps) == 2
    assert "3 février 2026" in found.reason
    assert "2 mai 2026" in found.reason
    assert found.source
    assert found.certainty == "assumed"
    same_day = answer(alone(employer__joined_on="2026-03-01")).effective_date
    assert same_day
    assert len(same_day.steps) == 1


@pytest.mark.parametrize(
    ("signed", "setting", "last"),
    [
        ("2026-03-03", "workplace", "2026-03-17"),
        ("2026-02-20", "workplace", "2026-03-06"),
        ("2026-03-03", "remote", "2026-04-15"),
        ("2026-03-03", "insurer_office", None),
    ],
)
def test_the_member_may_withdraw_for_fourteen_days(signed: str, setting: str, last: str | None) -> None:
    """From the signature at the workplace; at a distance, from the effective date."""
    found = answer(alone(signed=signed, request__setting=setting)).withdrawal
    assert (str(found.last_day) if found else None) == last


def test_at_a_distance_the_fortnight_counts_from_the_conditions_when_they_come_later() -> None:
    """The later of the effective date and the documents handed over."""
    said = alone(signed="2026-03-03", request__setting="remote", acknowledgements__notice="2026-04-20")
    found = answer(said).withdrawal
    assert found
    assert str(found.last_day) == "2026-05-04"


@pytest.mark.parametrize(
    ("since", "refused"), [("2024-03-01", False), ("2024-03-02", True), ("2024-02-29", False), ("2025-01-01", True)]
)
def test_the_formula_changes_from_the_second_anniversary(since: str, refused: bool) -> None:  # noqa: FBT001 - a column of the table
    """On the day itself it may; one day less, it may not (cover changes on 1 March 2026)."""
    current = {"formula": "securite", "since": since}
    found = answer(alone(kind="formula_change", current=current))
    assert ("formula_change_too_early" in codes(found)) is refused


# --- Findings: what raises each, and the nearest thing that does not


def one(kid: Said, **changes: Any) -> Said:
    """Give the member with one child."""
    return alone(beneficiaries=[kid], **changes)


def student(born: str, **more: Any) -> Said:
    """Give a student."""
    return child(born, situation="student", **more)


# On 1 March 2026: 18 on 2008-03-01, 21 on 2005-03-01, 26 on 2000-03-01.
GOLDEN: dict[str, tuple[Said, Said]] = {
    "category_refused": (alone(member__category="survivor"), retired()),
    "status_to_confirm": (alone(member__status="seconded"), alone(member__status="contract_private")),
    "status_not_active": (alone(member__status="pensioner"), retired(member__status="pensioner")),
    "relation_refused": (one(child("2013-05-03", relation="grandchild")), one(child("2013-05-03"))),
    "child_too_old": (one(student("2000-03-01")), one(student("2000-03-02"))),
    "child_not_student": (one(child("2005-03-01")), one(child("2005-03-02"))),
    "student_not_dependent": (one(student("2005-03-01", tax_dependent=False)), one(student("2005-03-01"))),
    "child_not_dependent": (
        one(child("2008-03-01", tax_dependent=False)),
        one(child("2008-03-02", tax_dependent=False)),
    ),
    "minor_not_dependent": (
        one(child("2008-03-02", situation="apprentice", tax_dependent=False)),
        one(child("2008-03-02", tax_dependent=False)),
    ),
    "disabled_child_to_confirm": (
        one(child("2005-03-01", **FREE)),
        one(child("2005-03-02", **FREE)),
    ),
    "retired_by_payroll": (retired(payment__mode="payroll"), retired()),
    "unpaid_by_payroll": (
        alone(member__status="on_leave"),
        alone(member__status="on_leave", payment__mode="direct_debit"),
    ),
    "active_by_debit": (alone(payment__mode="direct_debit"), alone()),
    "formula_changes_too": (
        alone(kind="beneficiary_change", current={"formula": "securite", "since": "2020-01-01"}),
        alone(kind="beneficiary_change", current={"formula": "essentielle", "since": "2020-01-01"}),
    ),
    "formula_unchanged": (
        alone(kind="formula_change", current={"formula": "essentielle", "since": "2020-01-01"}),
        alone(kind="formula_change", current={"formula": "securite", "since": "2020-01-01"}),
    ),
    "nothing_changed": (
        alone(kind="beneficiary_change", current={"formula": "essentielle"}),
        alone(kind="beneficiary_change", current={"formula": "essentielle"}, beneficiaries=[child("2013-05-03")]),
    ),
    "formula_change_too_early": (
        alone(kind="formula_change", current={"formula": "securite", "since": "2024-03-02"}),
        alone(kind="enrolment", current={"formula": "securite", "since": "2024-03-02"}),
    ),
    "student_until": (one(student("2008-03-01")), one(student("2008-03-02"))),
    "partner_twice": (
        alone(beneficiaries=[spouse("1990-01-01"), spouse("1991-01-01", "cohabitant")]),
        alone(beneficiaries=[spouse("1990-01-01"), child("2013-05-03")]),
    ),
    "born_after_effective_date": (one(child("2026-03-02")), one(child("2026-03-01"))),
    "child_older_than_parents": (one(child("1984-12-31")), one(child("1985-01-01"))),
    "child_close_to_parents": (one(child("1996-12-31")), one(child("1997-01-01"))),
    "age_odd": (alone("1926-03-01"), alone("1926-03-02")),
    "adult_too_young": (alone("2010-03-02"), alone("2010-03-01")),
    "scheme_none": (alone(member__scheme="none"), alone(member__scheme="other_french")),
    "signed_ahead": (alone(signed="2026-02-04"), alone(signed="2026-02-03")),
    "received_before_signed": (
        alone(request__received_on="2026-02-02"),
        alone(request__received_on="2026-02-03"),
    ),
    "after_convention": (alone(signed="2031-12-01"), alone(signed="2031-11-30")),
    "effective_on_ignored": (alone(request__effective_on="2026-04-01"), alone()),
    "mandate_before_one_year": (
        alone(previous_contract={**OLD, "started_on": "2025-02-04"}),
        alone(previous_contract={**OLD, "started_on": "2025-02-03"}),
    ),
    "mandate_compulsory_group": (
        alone(previous_contract={**OLD, "compulsory_group": True}),
        alone(previous_contract={**OLD, "compulsory_group": True, "cancellation": "by_member"}),
    ),
    "mandate_too_late": (
        alone(previous_contract={**OLD, "ends_on": "2026-03-03"}),
        alone(previous_contract={**OLD, "ends_on": "2026-03-04"}),
    ),
    "old_contract_backwards": (
        alone(previous_contract={**OLD, "ends_on": "2026-03-31", "started_on": "2026-04-01"}),
        alone(previous_contract={**OLD, "ends_on": "2026-03-31", "started_on": "2026-03-31"}),
    ),
    "cover_gap": (
        alone(previous_contract={**OLD, "ends_on": "2026-02-27", "cancellation": "by_member"}),
        alone(previous_contract={**OLD, "ends_on": "2026-02-28", "cancellation": "by_member"}),
    ),
    "participation_below_minimum": (
        alone(employer__participation="14.99"),
        alone(employer__participation="15.00"),
    ),
}


@pytest.mark.parametrize("code", [finding.code for finding in cdg62().findings])
def test_each_finding_is_raised_and_not_by_the_nearest_thing(code: str) -> None:
    """One dossier raises it, at its field, with its severity and a French sentence; its neighbour does not."""
    raising, near = GOLDEN[code]
    rule = next(finding for finding in cdg62().findings if finding.code == code)
    raised = [issue for issue in answer(raising).issues if issue.code == code]
    assert len(raised) == 1
    assert raised[0].severity == rule.severity
    assert raised[0].path.endswith(rule.about)
    assert raised[0].source
    assert re.match(r"[A-ZÀ-Ý«].*[.…]$", raised[0].message)
    assert "{" not in raised[0].message
    assert "…" not in raised[0].message
    assert code not in {issue.code for issue in answer(near).issues}


def kids() -> Iterator[tuple[Said, set[str]]]:
    """Give children around each birthday, in each situation, with the errors that the document gives reason for."""
    minor, of_18, of_20, of_21, of_25, of_26 = (
        "2008-03-02", "2008-03-01", "2005-03-02", "2005-03-01", "2000-03-02", "2000-03-01",
    )  # fmt: skip
    for born in (minor, "2026-02-01"):
        yield child(born, tax_dependent=False), set()
        yield child(born, tax_dependent=None), set()
        yield child(born, situation="employed", tax_dependent=True), set()
        yield child(born, situation="employed", tax_dependent=False), {"minor_not_dependent"}
        yield child(born, situation="job_seeker", tax_dependent=False), set()
    for born in (of_18, of_20):
        for situation in ("dependent", "student", "apprentice", "employed"):
            yield child(born, situation=situation), set()
            yield child(born, situation=situation, tax_dependent=False), {"child_not_dependent"}
        yield child(born, situation="job_seeker", tax_dependent=False), set()
        yield child(born, situation="job_seeker", tax_dependent=None), set()
    for born in (of_21, of_25):
        yield student(born), set()
        yield student(born, tax_dependent=False), {"student_not_dependent"}
        for situation in ("dependent", "apprentice", "employed", "job_seeker"):
            yield child(born, situation=situation), {"child_not_student"}
            yield child(born, situation=situation, **FREE), set()
    yield student(of_26), {"child_too_old"}
    yield child(of_26, **FREE), set()
    yield child("1960-01-01", relation="ward", **FREE), {"relation_refused"}


@pytest.mark.parametrize(("kid", "errors"), list(kids()))
def test_which_children_are_covered(kid: Said, errors: set[str]) -> None:
    """Minors dependent, under 21 dependent or seeking work, under 26 students and dependent, disabled at any age."""
    assert codes(answer(one(kid))) == errors


@pytest.mark.parametrize(
    ("kid", "lacking"),
    [
        (child("2008-03-01", tax_dependent=None), {"tax_dependent"}),
        (student("2005-03-01", tax_dependent=None), {"tax_dependent"}),
        (child("2005-03-01", disabled=None), {"disabled"}),
        (child("2005-03-01", situation=None), {"situation"}),
        (child("2000-03-01", disabled=None), {"disabled"}),
        (child("2000-03-01", disabled=True), {"disability_recognised_on"}),
        (child("2013-05-03", birth_date=None), {"birth_date"}),
        ({**child("2013-05-03"), "relation": None}, {"relation"}),
    ],
)
def test_what_a_childs_right_rests_on_is_asked_for(kid: Said, lacking: set[str]) -> None:
    """What could make an error is missing, as an error; nothing is refused meanwhile."""
    found = answer(one({**kid, "nir": "113056211905709"}))
    assert codes(found) == {"missing"}
    blocking = {i.path for i in found.issues if i.severity == "error"}
    assert blocking == {f"beneficiaries.0.{name}" for name in lacking}
    assert blocking <= set(found.missing)


# --- The folder


@pytest.mark.parametrize("name", ["cdg62-family", "cdg62-retired"])
def test_a_complete_dossier_has_nothing_against_it(name: str) -> None:
    """No error, nothing missing: the bulletin can be printed."""
    found = answer(kept(name), today=dt.date(2026, 3, 2))
    assert codes(found) == set()
    assert (found.missing, found.next, found.printable) == ((), None, True)
    assert codes(found, "warning") <= {"to_confirm", "legal_text_missing"}


def test_papers_follow_the_people() -> None:
    """Bank details and rights always; what a right rests on; a paper seen is not missing."""
    papers = {(due.person, due.kind): due.state for due in answer(family()).documents_due}
    assert papers == {
        ("member", "bank_details"): "seen", ("member", "rights_certificate"): "seen",
        ("beneficiaries.0", "rights_certificate"): "attached", ("beneficiaries.1", "school_certificate"): "seen",
    }  # fmt: skip
    kinds = {due.kind for due in answer(kept("cdg62-retired")).documents_due}
    assert kinds == {"bank_details", "rights_certificate", "partnership_certificate", "retirement_title"}
    seeker, card = child("2007-01-01", situation="job_seeker"), child("2010-01-01", **FREE)
    kinds = {due.kind for due in answer(alone(beneficiaries=[seeker, card])).documents_due if due.person != "member"}
    assert kinds == {"job_seeker_certificate", "disability_card"}


@pytest.mark.parametrize(
    ("said", "by"),
    [(alone(), "2026-02-28"), (alone(previous_contract=OLD), "2026-02-27"), (retired(), "2026-02-28"),
     (alone(employer__joined_on="2026-05-01"), "2026-04-30")],
)  # fmt: skip
def test_papers_are_due_in_time_for_the_date(said: Said, by: str) -> None:
    """The last day of reception for which the date holds."""
    assert {str(due.by) for due in answer(said).documents_due} == {by}


def test_a_missing_paper_blocks_nothing() -> None:
    """It is on the list, and the bulletin is printed all the same."""
    found = answer(family(documents=[]))
    assert set(found.missing_documents) == {"bank_details", "rights_certificate", "school_certificate"}
    assert found.printable


def test_the_examples_of_the_folder_come_out() -> None:
    """What « convention check » runs."""
    assert failures(cdg62()) == []
    assert len(cdg62().examples) >= 5


def test_the_folder_says_what_it_is() -> None:
    """Six years from 2026, three formulas, the table of guarantees left to the leaflet, no one's name."""
    convention = cdg62()
    assert (str(convention.starts_on), str(convention.ends_on)) == ("2026-01-01", "2031-12-31")
    assert tuple(formula.id for formula in convention.formulas) == FORMULAS
    assert convention.guarantees_note
    assert convention.guarantees == ()
