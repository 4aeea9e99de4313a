"""French as written and typed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import french

TODAY = dt.date(2026, 3, 10)
DATES = st.dates(dt.date(french.FIRST_YEAR, 1, 1), dt.date(french.LAST_YEAR, 12, 31))
AMOUNTS = st.decimals(0, Decimal("9999999.99"), places=2)
# What people type by mistake lies near what they mean: digits, separators, a few letters, other scripts.
NEAR = st.text(st.sampled_from("0123456789 /.-,+€er\u00a0\u202fjanfévmsûoctuidp١２²\u0301\u200f\x00"), max_size=25)
ANY = st.text() | NEAR


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "0,00\u00a0€"),
        ("49.88", "49,88\u00a0€"),
        ("1641.36", "1\u202f641,36\u00a0€"),
        ("9999999.99", "9\u202f999\u202f999,99\u00a0€"),
        ("-12.5", "−12,50\u00a0€"),
    ],
)
def test_money(value: str, expected: str) -> None:
    """Thousands are parted by U+202F, the euro sign by U+00A0, and there are always two decimals."""
    assert french.money(Decimal(value)) == expected
    assert french.amount(Decimal(value)) == expected.removesuffix("\u00a0€")


def test_dates_and_times() -> None:
    """A date to read, to type, with its day; an hour."""
    assert french.long_date(dt.date(2026, 3, 1)) == "1er mars 2026"
    assert french.long_date(dt.date(2026, 12, 31)) == "31 décembre 2026"
    assert french.short_date(dt.date(2005, 7, 14)) == "14/07/2005"
    assert french.weekday_date(dt.date(2026, 2, 3)) == "mardi 3 février 2026"
    assert french.time_of(dt.datetime(2026, 2, 3, 14, 32, tzinfo=dt.UTC)) == "14:32"
    assert french.time_of(dt.time(9, 5)) == "09:05"


def test_words() -> None:
    """Lists, counts, ranks and punctuation follow French use."""
    assert [french.listing(x) for x in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a et b",
        "a, b et c",
    ]
    assert french.listing(["a", "b"], "ou") == "a ou b"
    assert [french.plural(n, "erreur") for n in (0, 1, 2)] == ["0 erreur", "1 erreur", "2 erreurs"]
    assert french.plural(2, "mois") == "2 mois"
    assert french.plural(2, "pièce manquante", "pièces manquantes") == "2 pièces manquantes"
    assert french.plural(1600, "agent") == "1\u202f600 agents"
    assert [french.ordinal(1), french.ordinal(1, feminine=True), french.ordinal(4)] == ["1er", "1re", "4e"]
    assert french.typeset("« Oui » : non ; 5 € !") == "«\u00a0Oui\u00a0»\u00a0: non\u202f; 5\u00a0€\u202f!"
    assert french.typeset(french.typeset("a : b ?")) == french.typeset("a : b ?")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Élodie", "d’Élodie"),
        ("Íñigo", "d’Íñigo"),
        ("Œdipe", "d’Œdipe"),
        ("Zoé", "de Zoé"),
        ("Hélène", "d’Hélène"),
        ("Hans", "de Hans"),
        ("Yann", "de Yann"),
        ("Yves", "d’Yves"),
        ("  ", ""),
    ],
)
def test_of_name(name: str, expected: str) -> None:
    """A name elides before a vowel, a mute h and a y that is one."""
    assert french.of_name(name) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Škvorecký", "skvorecky"),
        ("Łukasz Ødegård", "lukasz odegard"),
        ("Œuvre Straße Æbelø Đorđe", "oeuvre strasse aebelo dorde"),
        ("Jean-Pierre", "jean  pierre"),
        ("O’Neil", "o'neil"),
        ("LE\u00a0GOFF", "le goff"),
        ("e\u0301t\u00e9", "ÉTÉ"),
    ],
)
def test_fold_meets(one: str, other: str) -> None:
    """Two ways of writing a name meet."""
    assert french.fold(one) == french.fold(other)


@given(st.text())
def test_fold_is_idempotent(text: str) -> None:
    """Folding twice changes nothing more."""
    once = french.fold(text)
    assert french.fold(once) == once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/3/84", "1984-03-01"),
        ("01.03.1984", "1984-03-01"),
        ("1 3 84", "1984-03-01"),
        ("1-3-84", "1984-03-01"),
        ("010384", "1984-03-01"),
        ("01031984", "1984-03-01"),
        ("1984-03-01", "1984-03-01"),
        ("1er mars 1984", "1984-03-01"),
        ("1ER MARS 84", "1984-03-01"),
        (" 1 mars 84 ", "1984-03-01"),
        ("1\u00a0mars\u202f1984", "1984-03-01"),
        ("12 déc. 1984", "1984-12-12"),
        ("12 aout 84", "1984-08-12"),
        ("3 juil 2005", "2005-07-03"),
        ("3 fe\u0301vr. 2005", "2005-02-03"),
        ("10/03/26", "2026-03-10"),
        ("11/03/26", "1926-03-11"),
        ("29/02/00", "2000-02-29"),
    ],
)
def test_birth_dates_read(text: str, expected: str) -> None:
    """A birth date is read as people type it, and two digits are the latest year that is not after today."""
    assert french.read_date(text, TODAY, birth=True) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1 déc. 2026", "2026-12-01"), ("11/03/26", "2026-03-11"), ("1/1/99", "2099-01-01")],
)
def test_other_dates_read(text: str, expected: str) -> None:
    """Two digits of another date are 20xx."""
    assert french.read_date(text, TODAY, birth=False) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "", "31/02/1984", "29/02/85", "0/1/84", "1/13/84", "12/31/84", "3 jui 84", "3 ma 84",
        "32 mars 1984", "2er mars 84",
        "10384", "1/3", "mars 1984", "1/3/984", "1/3/1879", "1/3/2201",
        "٠١/٠٣/١٩٨٤", "０１/０３/１９８４", "1/3/84 ou 85", "-1/3/84",
    ],
)  # fmt: skip
def test_dates_refused(text: str) -> None:
    """What is no date, or could be two, is not guessed."""
    assert french.read_date(text, TODAY, birth=True) is None
    assert french.read_date(text, TODAY, birth=False) is None


@pytest.mark.parametrize("text", ["31/02/2026", "29/02/85", "29 février 25", "1/13/84", "32 mars 1984", "1984-02-30"])
def test_days_that_do_not_exist(text: str) -> None:
    """A whole date of no calendar is told from what is no date."""
    assert french.is_no_day(text)
    assert french.read_date(text, TODAY, birth=False) is None


@pytest.mark.parametrize("text", ["", "hier", "29/02/84", "31/12/2026", "31/02", "3 jui 84", "1/3/1879", "31/02/0984"])
def test_what_is_no_date_or_is_a_day(text: str) -> None:
    """What could be a day, what lies out of the years and what is no date at all are not said not to exist."""
    assert not french.is_no_day(text)


@given(DATES, st.booleans())
def test_dates_come_back(day: dt.date, birth: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    """A date that was written is read back."""
    for text in (french.long_date(day), french.short_date(day), day.isoformat(), f"{day:%d%m%Y}"):
        assert french.read_date(text, TODAY, birth=birth) == day
        assert not french.is_no_day(text)


@given(st.dates(dt.date(1927, 1, 1), TODAY), DATES)
def test_two_digit_birth_years(born: dt.date, today: dt.date) -> None:
    """Two digits give a birth date that is not after today, and none of the same ending lies between."""
    typed = f"{born.day}/{born.month}/{born.year % 100:02d}"
    assert french.read_date(typed, TODAY, birth=True) == born
    read = french.read_date(typed, today, birth=True)
    if read is not None:
        later = read.year + 100
        assert read <= today
        assert (read.day, read.month, read.year % 100) == (born.day, born.month, born.year % 100)
        leap_day = (read.month, read.day) == (2, 29)
        assert leap_day or (later, read.month, read.day) > (today.year, today.month, today.day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15", "15.00"),
        ("15,5", "15.50"),
        ("1 641,36 €", "1641.36"),
        ("1\u202f641,36\u00a0€", "1641.36"),
        ("15.00 euros", "15.00"),
        ("1 EURO", "1.00"),
        ("1 600", "1600.00"),
        ("007", "7.00"),
        ("0", "0.00"),
        ("9 999 999,99", "9999999.99"),
    ],
)
def test_money_read(text: str, expected: str) -> None:
    """An amount is read as people type it, and has two decimals."""
    assert str(french.read_money(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-15",
        "+15",
        "15,555",
        "1.600",
        "10 000 000",
        "1 6 00",
        "16 00",
        "15 $",
        "1e3",
        "NaN",
        "١٥",
        "15,",
        ",5",
        "€",
    ],
)
def test_money_refused(text: str) -> None:
    """What is no amount, or could be two, is not guessed."""
    assert french.read_money(text) is None


@given(AMOUNTS)
def test_money_comes_back(value: Decimal) -> None:
    """An amount that was written is read back."""
    assert french.read_money(french.money(value)) == value
    assert french.read_money(french.amount(value)) == value


def test_whole_numbers() -> None:
    """A number of things is read, up to nine digits."""
    assert [french.read_whole(text) for text in ("2", "1 600", "999999999")] == [2, 1600, 999_999_999]
    assert [french.read_whole(text) for text in ("", "-2", "2,5", "1000000000", "²")] == [None] * 5


@given(ANY, st.booleans())
def test_reading_never_raises(text: str, birth: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    """Any text gives a value within its bounds, or None."""
    day = french.read_date(text, TODAY, birth=birth)
    value, count = french.read_money(text), french.read_whole(text)
    assert day is None or not french.is_no_day(text)
    assert day is None or french.FIRST_YEAR <= day.year <= french.LAST_YEAR
    assert value is None or (0 <= value <= Decimal("9999999.99") and value.as_tuple().exponent == -2)
    assert count is None or 0 <= count < 10**9
    french.of_name(text)
