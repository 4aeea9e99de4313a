"""The monthly contribution as a whole: sums, order, what is free, and what no grid holds."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.convention import load
from tests.making import TINY, Said, alone, amounts, answer, cdg62, changed, child, folder, priced, put

BIRTHS = st.dates(dt.date(2001, 1, 1), dt.date(2025, 12, 31))
PARTNER: Said = {"relation": "spouse", "birth_date": "1986-09-12", "first_name": "Noé", "birth_name": "Roy"}
KIDS = st.lists(BIRTHS, max_size=6, unique=True).map(lambda births: [child(str(born)) for born in births])


@settings(max_examples=30)
@given(kids=KIDS, share=st.integers(0, 300))
def test_the_total_is_the_sum_and_the_net_is_what_is_left(kids: list[Said], share: int) -> None:
    """To the cent, in each formula, and never less than nothing."""
    said = alone(beneficiaries=[PARTNER, *kids], employer__participation=f"{share}.37")
    for quote in priced(said).values():
        assert quote.total == sum((line.amount or Decimal(0) for line in quote.lines), Decimal(0))
        assert quote.participation is not None
        assert quote.net == quote.total - quote.participation >= 0
        assert quote.participation <= Decimal(f"{share}.37")
        assert (quote.missing, quote.refusals) == ((), ())


@settings(max_examples=30)
@given(kids=KIDS, draw=st.randoms(use_true_random=False))
def test_the_order_in_which_children_are_listed_changes_no_one_s_price(kids: list[Said], draw: object) -> None:
    """Each child keeps its line wherever it stands: births decide."""
    other = list(kids)
    draw.shuffle(other)  # type: ignore[attr-defined]
    one, two = (priced(alone(beneficiaries=listed))["securite"] for listed in (kids, other))
    assert {(line.label, line.amount) for line in one.lines} == {(line.label, line.amount) for line in two.lines}
    assert one.total == two.total


@settings(max_examples=30)
@given(kids=KIDS, born=BIRTHS)
def test_one_child_more_never_costs_less(kids: list[Said], born: dt.date) -> None:
    """And from the third on, the sum of all children is two shares."""
    before = priced(alone(beneficiaries=kids))["securite"].total
    after = priced(alone(beneficiaries=[*kids, child(str(born))]))["securite"].total
    assert before is not None
    assert after is not None
    assert after >= before
    assert after == Decimal("24.34") + min(2, len(kids) + 1) * Decimal("12.73")


def test_each_line_says_who_how_old_which_band_and_why() -> None:
    """The shape of a quote: a line a person, in the dossier's order, free ones too."""
    kids = [child(f"20{year}-05-01") for year in (10, 12, 14)]
    found = priced(alone(beneficiaries=[PARTNER, *kids]))
    assert list(found) == [formula.id for formula in cdg62().formulas]
    quote = found["renforcee"]
    assert [line.person for line in quote.lines] == ["member", *(f"beneficiaries.{i}" for i in range(4))]
    assert [line.label for line in quote.lines][:2] == ["Maïa Roy-Delattre", "Noé Roy"]
    assert [line.age for line in quote.lines] == [41, 41, 15, 13, 11]
    assert [line.note for line in quote.lines] == ["", "", "1er enfant", "2e enfant", "3e enfant"]
    assert amounts(quote)[-1] == "0.00"
    for line in quote.lines:
        assert line.band
        assert line.because
        assert line.because.reason
        assert line.because.source
    assert str(quote.on) == "2026-03-01"
    assert not quote.provisional


def test_a_price_is_given_whatever_is_wrong_elsewhere() -> None:
    """A wrong NIR, a child too old, two partners: the grid has an amount, so the quote has one."""
    said = alone(member__nir="1", payment__mode="direct_debit", beneficiaries=[PARTNER, PARTNER, child("1990-01-01")])
    assert amounts(priced(said)["securite"]) == ["24.34", "24.34", "24.34", "12.73"]
    assert not answer(said).printable


def test_who_has_no_row_is_named_and_there_is_no_total(tmp_path: Path) -> None:
    """A category that no rule prices, an age above the grid: who and why, and no sum of the others."""
    quote = priced(alone(member__category="survivor", beneficiaries=[child("2013-05-03")]))["securite"]
    assert quote.total is None
    assert len(quote.refusals) == 1
    assert quote.refusals[0].startswith("Maïa Roy-Delattre")
    young = load(folder(tmp_path, changed("tariff.toml", "from_age = 30", "from_age = 30, to_age = 40")))
    quote = priced(alone(member__birth_date="1985-03-01"), young)["une"]
    assert quote.total is None
    assert "41 ans" in quote.refusals[0]
    assert amounts(priced(alone(member__birth_date="1985-03-02"), young)["une"]) == ["11.00"]
    issues = [i for i in answer(alone(formula="une"), young).issues if i.code == "no_price"]
    assert [(i.path, i.severity) for i in issues] == [("", "error")]


@pytest.mark.parametrize("lacking", ["member.birth_date", "member.category"])
def test_a_fact_that_prices_leaves_only_what_rests_on_it_unknown(lacking: str) -> None:
    """The child's amount stands; member, partner, total and net do not; the path is told once."""
    quote = priced(put(alone(beneficiaries=[PARTNER, child("2013-05-03")]), {lacking: None}))["securite"]
    assert amounts(quote)[:2] == ["?", "?"]
    assert (quote.total, quote.net) == (None, None)
    assert quote.missing.count(lacking) == 1


def test_nobody_without_a_birth_date_is_priced() -> None:
    """Not even a retired member, whose amount is the same at any age, nor a partner who pays the member's band."""
    said = alone(beneficiaries=[{**PARTNER, "birth_date": None}])
    quote = priced(said)["securite"]
    assert amounts(quote) == ["24.34", "?"]
    assert quote.missing == ("beneficiaries.0.birth_date",)
    quote = priced(alone(member__category="retired", member__birth_date=None))["securite"]
    assert amounts(quote) == ["?"]


def test_the_grid_of_the_day_is_used(tmp_path: Path) -> None:
    """A later grid takes over on its first day."""
    later = TINY["tariff.toml"].replace("[[prices]]", "[[TWO]]", 1)
    second = later[: later.index("[[TWO]]")].replace("2026", "2027").replace("11.00", "12.50")
    toml = later.replace("[[TWO]]", f"{second}\n[[prices]]")
    convention = load(folder(tmp_path, {"tariff.toml": toml}))
    assert amounts(priced(alone(signed="2026-11-30"), convention)["une"]) == ["11.00"]
    assert amounts(priced(alone(signed="2026-12-01"), convention)["une"]) == ["12.50"]
    assert priced(alone(signed="2026-12-01"), convention)["une"].notes == ()


def test_a_formula_not_chosen_yet_has_no_price_and_is_asked() -> None:
    """Every formula is quoted, none is the dossier's."""
    found = answer(alone(formula=None))
    assert "formula" in found.missing
    assert found.quote.total is None
    assert len(priced(alone(formula=None))) == 3
