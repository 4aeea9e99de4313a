"""MSPH walked: its 1,068 cells read from a second transcription, its family, its calendar, each of its findings."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.assessment import offered
from tests.conventions.walks import IBAN, asked, due, found_at, mandate, own_codes, shipped
from tests.making import Said, amounts, answer, codes, kept, priced, put, read, starts

NAME = "msph-mgen"
MSPH = shipped(NAME)
FORMULAS = ("msph-1", "msph-1-plus", "msph-2", "msph-2-plus", "msph-3", "msph-3-plus")
PLAIN = FORMULAS[::2]
TODAY = dt.date(2026, 3, 10)
BRACKETS = ((None, 1600), (1601, 1900), (1901, 2200), (2201, 2500), (2501, None))
TRANSCRIPTION = Path(__file__).parent / "msph-contributions-2026.txt"
OLDEST = 110


# --- The transcription: the layout of annex 2, table by table, read here and not by the program


def ages(words: str) -> tuple[int, int]:
    """Read « 25-26 ans », « Moins de 25 ans », « - de 55 ans », « À partir de 61 ans »."""
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    if "artir" in words:
        return numbers[0], OLDEST
    return (numbers[0], numbers[1]) if len(numbers) == 2 else (0, numbers[0] - 1)


@cache
def tables() -> dict[str, list[tuple[int, int, list[str]]]]:
    """Give each table of the transcription: first age, last age, its cells in order."""
    found: dict[str, list[tuple[int, int, list[str]]]] = {}
    for line in TRANSCRIPTION.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words, cells = line.split("ans", 1)
            rows.append((*ages(words), cells.removeprefix(" en situation de handicap").split()))
    return found


def born(age: int) -> str:
    """Give a birth date for an age counted by years, in 2026: the day of the year does not matter."""
    return f"{2026 - age}-12-31" if age % 2 else f"{2026 - age}-01-01"


def agent(changes: dict[str, Any] | None = None) -> Said:
    """Give an agent alone, complete, signed on 10 March 2026, paid 2,150 euros."""
    base = kept("contract-example")
    base |= {"convention": NAME, "formula": "msph-2", "beneficiaries": [], "previous_contract": None, "employer": None}
    base["member"] |= {"status": "civil_servant", "gross_index_salary": "2150.00", "staff_number": None}
    base["request"] = {"signed_on": "2026-03-10", "place": "Caen", "setting": "remote"}
    base["payment"] = {"mode": "direct_debit", "iban": IBAN, "bic": "AGRIFRPP", "holder": "Élodie Nuñez"}
    return put(base, changes or {})


def spouse(birth: str = "1984-06-01", **more: Any) -> Said:
    """Give a spouse who could not join as a member."""
    return {**kept("contract-example")["beneficiaries"][0], "birth_date": birth, "category": None, **more}


def child(birth: str = "2012-07-14", **more: Any) -> Said:
    """Give a child: neither tax nor studies matter here."""
    person = kept("contract-example")["beneficiaries"][1]
    unasked = {"situation": None, "tax_dependent": None, "own_cover": None, "disabled": None}
    return {**person, **unasked, "first_name": f"Né{birth.replace('-', '')}", "birth_date": birth, **more}


def with_people(*people: Said, **more: Any) -> Said:
    """Give the agent with a family."""
    return agent({"beneficiaries": list(people), **more})


def not_active(category: str, **more: Any) -> Said:
    """Give a member who is not in work, and is asked no salary."""
    unasked = {"member.status": None, "member.hired_on": None, "member.gross_index_salary": None}
    return agent({"member.category": category, **unasked, **more})


def after_death(category: str, died: str = "2026-02-10", **more: Any) -> Said:
    """Give someone who joins because a member died."""
    return not_active(category, event={"kind": "death", "on": died}, **more)


def change(kind: str, **more: Any) -> Said:
    """Give a change of an agent covered since 1 January 2026."""
    current = {"formula": "msph-1", "since": "2026-01-01", "beneficiaries": []}
    return agent({"kind": kind, "current": current, **more})


def pays(said: Said) -> list[str]:
    """Give what the last person listed pays, formula by formula."""
    quotes = priced(said, MSPH)
    return [amounts(quotes[formula])[-1] for formula in FORMULAS]


# --- The grid


def test_the_transcription_is_whole() -> None:
    """Annex 2 has 1,068 cells: six tables of a hundred, fifteen, thirty, thirty and three rows of six."""
    sizes = {name: sum(len(cells) for _, _, cells in rows) for name, rows in tables().items() if rows}
    assert sizes.pop("retraités") == 15 * 6
    assert sizes.pop("orphelins") == sizes.pop("conjoints") == 30 * 6
    assert sizes.pop("enfants") == 3 * 6
    assert sizes == dict.fromkeys(("MSPH1", "MSPH1+", "MSPH2", "MSPH2+", "MSPH3", "MSPH3+"), 100)


@pytest.mark.parametrize("bracket", range(5))
@pytest.mark.parametrize("row", range(20))
def test_active_cells_at_each_end(row: int, bracket: int) -> None:
    """Each cell of the six active tables, at both ends of the age band and of the pay bracket."""
    low, high, _ = tables()["MSPH1"][row]
    cells = [tables()[f"MSPH{level}"][row][2][bracket] for level in ("1", "1+", "2", "2+", "3", "3+")]
    bottom, top = BRACKETS[bracket]
    pay = (f"{bottom or 0}.00", f"{top}.99" if top else "99999.00")
    for age in (max(low, 16), min(high, 99)):
        for salary in pay:
            said = agent({"member.birth_date": born(age), "member.gross_index_salary": salary})
            assert pays(said) == cells, (age, salary)


@pytest.mark.parametrize(
    ("category", "table"),
    [("retired", "retraités"), ("associate", "orphelins"), ("orphan", "orphelins"), ("survivor", "orphelins")],
)
def test_other_members_cells_at_each_end(category: str, table: str) -> None:
    """Retired members by their table; associates, orphans and survivors (assumed) by the associates' one."""
    for low, high, cells in tables()[table]:
        for age in (max(low, 16), min(high, 99)):
            assert pays(not_active(category, **{"member.birth_date": born(age)})) == cells, age


def test_partner_cells_at_each_end() -> None:
    """A partner pays by their own age, whatever the member's."""
    for low, high, cells in tables()["conjoints"]:
        for age in (max(low, 16), min(high, 99)):
            assert pays(with_people(spouse(born(age)))) == cells, age
            assert pays(put(not_active("retired"), {"beneficiaries": [spouse(born(age))]})) == cells, age


def test_child_cells_at_each_end() -> None:
    """Under 19, 19 to 29, and from 30 on with a recognised disability only."""
    for low, high, cells in tables()["enfants"]:
        for age in (low, min(high, 60)):
            assert pays(with_people(child(born(age), disabled=low > 29))) == cells, age
    too_old = priced(with_people(child(born(30), disabled=False)), MSPH)["msph-1"]
    assert too_old.total is None
    assert too_old.refusals


@pytest.mark.parametrize(
    ("salary", "cell"),
    [
        ("0.00", "90.76"),
        ("1600.00", "90.76"),
        ("1600.99", "90.76"),
        ("1601.00", "99.34"),
        ("1900.99", "99.34"),
        ("1901.00", "102.55"),
        ("2200.99", "102.55"),
        ("2201.00", "105.77"),
        ("2500.99", "105.77"),
        ("2501.00", "117.46"),
    ],
)
def test_cents_of_pay_are_cut(salary: str, cell: str) -> None:
    """The table leaves cents and 1,600 itself open: whole euros, 1,600 in the first bracket (assumed)."""
    said = agent({"member.birth_date": "1982-06-01", "member.gross_index_salary": salary})
    assert amounts(priced(said, MSPH)["msph-2"]) == [cell]


def test_the_family() -> None:
    """44 at 2,150 euros, a partner of 42, children of 20, 15, 12 and 8: the youngest is free."""
    children = [child(born(age)) for age in (8, 15, 20, 12)]
    quote = priced(with_people(spouse(born(42)), *children, **{"member.birth_date": born(44)}), MSPH)["msph-2"]
    assert [line.age for line in quote.lines] == [44, 42, 8, 15, 20, 12]
    assert amounts(quote) == ["102.55", "84.25", "0.00", "33.48", "41.88", "33.48"]
    assert (quote.total, quote.participation, quote.net) == (Decimal("295.64"), Decimal("0.00"), Decimal("295.64"))


def test_age_is_a_difference_of_years() -> None:
    """Born on 31 December, a year older from 1 January on."""
    said = agent({"member.birth_date": "1985-12-31"})
    assert answer(said, MSPH).ages["member"] == 41
    assert answer(put(said, {"request.signed_on": "2026-12-30"}), MSPH).ages["member"] == 41
    assert answer(put(said, {"request.signed_on": "2026-12-31"}), MSPH).ages["member"] == 42


def test_pay_is_needed_of_active_members_only() -> None:
    """An unknown salary leaves the price unknown; a retired member is not asked for one."""
    unknown = answer(agent({"member.gross_index_salary": None}), MSPH)
    assert unknown.quote.total is None
    assert "member.gross_index_salary" in unknown.missing
    assert answer(not_active("retired"), MSPH).quote.total is not None


def test_alsace_moselle_is_quoted_whole_with_a_note() -> None:
    """The document gives no reduced amount: the full one stands, and says so, for each such person."""
    said = with_people(spouse(scheme="alsace_moselle"), **{"member.scheme": "alsace_moselle"})
    quote, whole = priced(said, MSPH)["msph-2"], priced(with_people(spouse()), MSPH)["msph-2"]
    assert quote.total == whole.total
    assert len([note for note in quote.notes if "Alsace-Moselle" in note]) == 2
    assert not whole.notes


def test_formulas_offered() -> None:
    """The three plain formulas to those who are not in work, and the one they chose all the same."""

    def of(said: Said) -> tuple[str, ...]:
        return tuple(formula.id for formula in offered(read(said), MSPH, TODAY))

    assert of(agent()) == FORMULAS
    assert of(agent({"member.category": None})) == FORMULAS
    for category in ("retired", "associate", "orphan", "survivor"):
        assert of(not_active(category)) == PLAIN
    assert of(not_active("retired", formula="msph-3-plus")) == (*PLAIN, "msph-3-plus")


# --- The calendar

SIGNED = "request.signed_on"
RECEIVED = "request.received_on"
WISH = "request.effective_on"
HIRED = "member.hired_on"
OLD = "previous_contract"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        # The day after the request, any day.
        ({RECEIVED: "2026-03-10"}, "2026-03-11"),
        ({RECEIVED: None, SIGNED: "2026-03-15"}, "2026-03-16"),
        ({RECEIVED: "2026-03-31"}, "2026-04-01"),
        ({RECEIVED: "2028-02-28"}, "2028-02-29"),
        ({RECEIVED: "2028-02-29"}, "2028-03-01"),
        ({RECEIVED: "2026-12-31"}, "2027-01-01"),
        # The règlement's first day.
        ({RECEIVED: "2025-12-30"}, "2026-01-01"),
        ({RECEIVED: "2025-12-31"}, "2026-01-01"),
        ({RECEIVED: "2026-01-01"}, "2026-01-02"),
        # A chosen day: never the day of the request or before.
        ({WISH: "2026-03-09"}, "2026-03-11"),
        ({WISH: "2026-03-10"}, "2026-03-11"),
        ({WISH: "2026-03-11"}, "2026-03-11"),
        ({WISH: "2026-05-17"}, "2026-05-17"),
        ({WISH: "2026-09-01"}, "2026-09-01"),
        ({WISH: "2026-10-01"}, "2026-10-01"),
        # Hired: in the field on that day.
        ({HIRED: "2026-03-11"}, "2026-03-11"),
        ({HIRED: "2026-04-15"}, "2026-04-15"),
        # A mandate: the day after the end that the notice gives, or the chosen day if later.
        ({OLD: mandate()}, "2026-04-12"),
        ({OLD: mandate(), RECEIVED: "2026-01-30"}, "2026-03-01"),
        ({OLD: mandate(ends_on="2026-06-30")}, "2026-07-01"),
        ({OLD: mandate(), WISH: "2026-04-01"}, "2026-04-12"),
        ({OLD: mandate(), WISH: "2026-05-01"}, "2026-05-01"),
        ({OLD: mandate(cancellation="by_member", ends_on="2026-04-14")}, "2026-04-15"),
        # A change of formula: the 1st of the next month, whatever is wished.
        ({"kind": "formula_change", RECEIVED: "2026-03-31"}, "2026-04-01"),
        ({"kind": "formula_change", RECEIVED: "2026-04-01", WISH: "2026-08-01"}, "2026-05-01"),
        ({"kind": "formula_change", RECEIVED: "2026-12-31"}, "2027-01-01"),
    ],
)
def test_the_day_cover_starts(said: dict[str, Any], day: str) -> None:
    """The days around each limit of articles 2 and 25."""
    assert starts(agent(said), MSPH) == day


@pytest.mark.parametrize(
    ("died", "received", "day"),
    [
        ("2026-02-10", "2026-05-10", "2026-02-11"),
        ("2026-02-10", "2026-05-11", "2026-05-12"),
        ("2026-11-30", "2027-02-28", "2026-12-01"),
        ("2026-11-30", "2027-03-01", "2027-03-02"),
        ("2025-12-20", "2026-01-15", "2026-01-01"),
    ],
)
@pytest.mark.parametrize("category", ["orphan", "survivor", "associate"])
def test_after_a_death(category: str, died: str, received: str, day: str) -> None:
    """Asked within three months: the day after the death; later: the day after the request."""
    assert starts(after_death(category, died, **{RECEIVED: received}), MSPH) == day


@pytest.mark.parametrize(
    ("before", "now", "said", "day"),
    [
        ([], [child()], {}, "2026-03-11"),
        ([], [child()], {WISH: "2026-06-15"}, "2026-06-15"),
        ([child()], [], {}, "2026-04-10"),
        ([child()], [], {RECEIVED: "2026-01-31"}, "2026-02-28"),
        ([child()], [], {WISH: "2026-06-15"}, "2026-04-10"),
        ([child(first_name=None)], [child()], {}, None),
    ],
)
def test_the_day_beneficiaries_change(
    before: list[Said], now: list[Said], said: dict[str, Any], day: str | None
) -> None:
    """An addition as for joining; a removal one month after notice; unknown people, unknown date."""
    changes = {"beneficiaries": now, "current.beneficiaries": before, **said}
    assert starts(change("beneficiary_change", **changes), MSPH) == day


STRICT = {1: "2026-07-01", 2: "2026-08-01", 3: "2026-09-01", 6: "2026-12-01", 7: "2027-01-01", 12: "2027-06-01"}


@given(month=st.sampled_from(sorted(STRICT)), day=st.integers(1, 28), later=st.integers(-40, 70))
def test_the_seventh_month(month: int, day: int, later: int) -> None:
    """Up to the strict 1st, nothing; up to the wide one, a warning; beyond, an error."""
    strict = dt.date.fromisoformat(STRICT[month])
    wide = (strict + dt.timedelta(days=31)).replace(day=1)
    wished = strict + dt.timedelta(days=later)
    found = answer(agent({SIGNED: f"2026-{month:02}-{day:02}", WISH: wished.isoformat()}), MSPH)
    assert found.effective_date is not None
    assert found.effective_date.date == wished
    assert ("effective_date_to_confirm" in codes(found, "warning")) is (strict < wished <= wide)
    assert ("effective_date_too_late" in codes(found)) is (wished > wide)


# --- Findings: what makes each, where it is said, how much it weighs, and the nearest dossier without it

ZERO = "beneficiaries.0"
EVENT = "event.on"
CATEGORY = "member.category"
BORN = "member.birth_date"
LEFT = change("beneficiary_change", **{"current.beneficiaries": [child()]})
SEPARATED = {"kind": "separation", "on": "2025-12-10"}
ALSACE = {"scheme": "alsace_moselle"}
FINDINGS: dict[str, tuple[str, str, Said, dict[str, Any]]] = {
    "status_not_active": (
        "member.status",
        "error",
        agent({"member.status": "pensioner"}),
        {"member.status": "on_leave"},
    ),
    "status_to_confirm": (
        "member.status",
        "warning",
        agent({"member.status": "seconded"}),
        {"member.status": "contract_public"},
    ),
    "retired_already_member": (CATEGORY, "warning", not_active("retired"), {"kind": "formula_change"}),
    "associate_in_three_months": (CATEGORY, "info", not_active("associate"), {"event": SEPARATED}),
    "associate_too_late": (
        EVENT,
        "error",
        not_active("associate", event={**SEPARATED, "on": "2025-12-09"}),
        {EVENT: "2025-12-10"},
    ),
    "survivor_event": ("event.kind", "error", not_active("survivor", event=SEPARATED), {"event.kind": "death"}),
    "survivor_too_late": (EVENT, "error", after_death("orphan", "2025-03-09"), {EVENT: "2025-03-10"}),
    "survivor_after_three_months": (EVENT, "info", after_death("survivor", "2025-12-09"), {EVENT: "2025-12-10"}),
    "orphan_too_old": (
        BORN,
        "error",
        put(after_death("orphan"), {BORN: "1996-12-31", "member.disabled": False}),
        {BORN: "1997-01-01"},
    ),
    "member_under_sixteen": (BORN, "warning", agent({BORN: "2010-03-12"}), {BORN: "2010-03-11"}),
    "member_minor": (BORN, "info", agent({BORN: "2010-03-11"}), {BORN: "2008-03-11"}),
    "adult_too_young": (
        f"{ZERO}.birth_date",
        "warning",
        with_people(spouse("2011-01-01")),
        {f"{ZERO}.birth_date": "2010-12-31"},
    ),
    "scheme_none": ("member.scheme", "error", agent({"member.scheme": "none"}), {"member.scheme": "other_french"}),
    "partner_could_join": (
        f"{ZERO}.eligible_member",
        "error",
        with_people(spouse(eligible_member=True)),
        {f"{ZERO}.eligible_member": False},
    ),
    "relation_refused": (
        f"{ZERO}.relation",
        "error",
        with_people(child(relation="grandchild")),
        {f"{ZERO}.relation": "child"},
    ),
    "child_too_old": (
        f"{ZERO}.birth_date",
        "error",
        with_people(child("1996-12-31", disabled=False)),
        {f"{ZERO}.birth_date": "1997-01-01"},
    ),
    "disabled_child_new": (
        f"{ZERO}.disabled",
        "warning",
        with_people(child("1990-01-01", disabled=True)),
        {"kind": "formula_change"},
    ),
    "alsace_moselle": ("member.scheme", "warning", agent({"member.scheme": "alsace_moselle"}), {CATEGORY: "orphan"}),
    "alsace_moselle_beneficiary": (
        f"{ZERO}.scheme",
        "warning",
        with_people(child(**ALSACE)),
        {f"{ZERO}.scheme": "general"},
    ),
    "plus_adds_nothing": ("formula", "warning", not_active("retired", formula="msph-1-plus"), {"formula": "msph-1"}),
    "allowances_wait": (HIRED, "info", agent({HIRED: "2023-12-31"}), {HIRED: "2024-01-01"}),
    "paid_directly": (
        f"{ZERO}.birth_date",
        "info",
        with_people(child("2010-03-11")),
        {f"{ZERO}.birth_date": "2010-03-12"},
    ),
    "effective_on_too_early": (WISH, "error", agent({WISH: "2026-03-10"}), {WISH: "2026-03-11"}),
    "effective_date_to_confirm": (WISH, "warning", agent({WISH: "2026-09-02"}), {WISH: "2026-09-01"}),
    "effective_date_too_late": (WISH, "error", agent({WISH: "2026-10-02"}), {WISH: "2026-10-01"}),
    "effective_on_ignored": (
        WISH,
        "warning",
        change("formula_change", **{WISH: "2026-05-01"}),
        {"kind": "beneficiary_change"},
    ),
    "effective_on_after_death": (
        WISH,
        "warning",
        after_death("orphan", "2025-12-10", **{WISH: "2026-05-01"}),
        {EVENT: "2025-12-09"},
    ),
    "effective_on_removal": (WISH, "warning", put(LEFT, {WISH: "2026-05-01"}), {"beneficiaries": [child()]}),
    "cover_gap": (
        "previous_contract.ends_on",
        "warning",
        agent({OLD: mandate(), WISH: "2026-04-13"}),
        {WISH: "2026-04-12"},
    ),
    "payroll_without_employer": (
        "payment.mode",
        "error",
        agent({"payment.mode": "payroll"}),
        {"payment.mode": "direct_debit"},
    ),
    "participation_below_minimum": (
        "employer.participation",
        "warning",
        agent({"employer.participation": "15.00"}),
        {"employer.participation": "0.00"},
    ),
    "formula_change_too_early": (
        "current.since",
        "error",
        change("formula_change", **{RECEIVED: "2026-12-31"}),
        {RECEIVED: "2027-01-01"},
    ),
    "formula_change_event_late": (
        EVENT,
        "error",
        change("formula_change", event={"kind": "birth", "on": "2026-03-09"}, **{RECEIVED: "2026-09-10"}),
        {EVENT: "2026-03-10"},
    ),
    "formula_change_event_ahead": (
        EVENT,
        "error",
        change("formula_change", event={"kind": "marriage", "on": "2026-03-11"}),
        {EVENT: "2026-03-10"},
    ),
    "sick_leave": ("formula", "info", change("formula_change"), {CATEGORY: "retired"}),
    "change_both_ways": ("kind", "error", put(LEFT, {"beneficiaries": [child("2015-01-01")]}), {"beneficiaries": []}),
    "nothing_changed": ("kind", "warning", put(LEFT, {"beneficiaries": [child()]}), {"beneficiaries": []}),
}


def test_each_code_of_the_folder_has_its_dossier() -> None:
    """No finding of the folder goes without a dossier that makes it."""
    assert set(FINDINGS) == own_codes(NAME)


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_each_finding_and_its_near_miss(code: str) -> None:
    """The dossier makes the finding at its field; the nearest one does not."""
    path, severity, said, near = FINDINGS[code]
    assert (path, severity) in found_at(said, MSPH, code)
    assert found_at(put(said, near), MSPH, code) == set()


def test_a_complete_family_has_no_error() -> None:
    """An agent, a partner, four children and a mandate: printable, with no employer anywhere."""
    family = with_people(spouse(), *(child(born(age)) for age in (20, 15, 12, 8)), **{OLD: mandate()})
    found = answer(family, MSPH)
    assert codes(found) == set()
    assert found.printable
    assert not any(ask.path.startswith("employer") for ask in found.asks)


def test_an_old_orphan_is_asked_about_disability() -> None:
    """At 30, a recognised disability decides: unknown is asked for, recognised is covered."""
    said = after_death("orphan", **{BORN: "1990-01-01"})
    assert codes(answer(said, MSPH)) == {"missing"}
    assert "member.disabled" in answer(said, MSPH).missing
    assert codes(answer(put(said, {"member.disabled": True}), MSPH)) == set()


def test_what_is_asked() -> None:
    """The salary of active members; no employer; the refunds' own account from 16 on; disability from 30 on."""
    at_work, at_rest = asked(agent(), MSPH), asked(not_active("retired"), MSPH)
    assert "member.gross_index_salary" in at_work
    assert not {"member.gross_index_salary", "member.status", HIRED} & at_rest
    assert not any("employer" in path or "staff_number" in path for path in at_work | at_rest)
    assert f"{ZERO}.refund.iban" in asked(with_people(child("2010-03-11")), MSPH)
    assert f"{ZERO}.refund.iban" not in asked(with_people(child("2010-03-12")), MSPH)
    assert f"{ZERO}.disabled" in asked(with_people(child("1996-06-01")), MSPH)
    assert f"{ZERO}.disabled" not in asked(with_people(child("1997-06-01")), MSPH)
    assert not any(path.endswith(("situation", "tax_dependent")) for path in asked(with_people(child()), MSPH))


@pytest.mark.parametrize(
    ("said", "papers"),
    [
        (agent(), set()),
        (with_people(spouse(), child()), {("rights_certificate", ZERO)}),
        (
            with_people(spouse(relation="civil_partner")),
            {("rights_certificate", ZERO), ("partnership_certificate", ZERO)},
        ),
        (with_people(child("1990-01-01", disabled=True)), {("disability_card", ZERO)}),
        (with_people(child("2015-01-01", disabled=True)), set()),
        (not_active("retired"), {("retirement_title", "member")}),
        (put(after_death("orphan"), {BORN: "1990-01-01", "member.disabled": True}), {("disability_card", "member")}),
    ],
)
def test_papers(said: Said, papers: set[tuple[str, str]]) -> None:
    """Bank details and rights always; then what a right rests on."""
    always = {("bank_details", "member"), ("rights_certificate", "member")}
    assert due(said, MSPH) == always | papers
