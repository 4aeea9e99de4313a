"""French as it is written and typed: money, dates, lists, folding for search, reading of dates and amounts.

Every function is pure. The ``read_*`` functions take any text and never raise: what cannot be read is None.
Spaces follow the Unicode CLDR for ``fr``: U+202F (narrow) between thousands, U+00A0 before ``€``.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NBSP = "\u00a0"
NNBSP = "\u202f"

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

FIRST_YEAR = 1880
LAST_YEAR = 2200
"""A four-digit year outside these two is a slip of the finger: nobody covered was born before the first."""

_CENT = Decimal("0.01")
_LONGEST = 40  # characters of a date or an amount: what is longer is a paste gone wrong


# --- writing ---

_NO_BREAK = tuple((f" {mark}", f"{space}{mark}") for marks, space in ((":»€%", NBSP), (";!?", NNBSP)) for mark in marks)


def typeset(text: str) -> str:
    """Make the spaces of French punctuation no-break: before ``: ; ! ? » € %`` and after ``«``."""
    for broken, kept in _NO_BREAK:  # half the time of an expression, and a hundred texts are set at each key
        text = text.replace(broken, kept)
    return text.replace("« ", f"«{NBSP}")


def whole(number: int) -> str:
    """Give ``1600`` as ``1 600``, with a narrow no-break space."""
    return f"{number:,}".replace(",", NNBSP).replace("-", "−")


def amount(value: Decimal) -> str:
    """Give ``Decimal("1641.36")`` as ``1 641,36``: two decimals always, with no unit."""
    cents = f"{value.quantize(_CENT, ROUND_HALF_UP):,f}"
    return cents.replace(",", NNBSP).replace(".", ",").replace("-", "−")


def money(value: Decimal) -> str:
    """Give an amount in euros as ``1 641,36 €``."""
    return f"{amount(value)}{NBSP}€"


def ordinal(number: int, *, feminine: bool = False) -> str:
    """Give ``1er`` (``1re``), ``2e``, ``3e``."""
    if number == 1:
        return "1re" if feminine else "1er"
    return f"{number}e"


def long_date(day: dt.date) -> str:
    """Give a date as it is read: ``1er mars 2026``."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def weekday_date(day: dt.date) -> str:
    """Give a date with its day: ``mardi 3 février 2026``."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def short_date(day: dt.date) -> str:
    """Give a date as it is typed: ``14/07/2005``."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def month_year(day: dt.date) -> str:
    """Give a month as it is read: ``mars 2026``."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def time_of(moment: dt.datetime | dt.time) -> str:
    """Give an hour as ``14:32``."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def listing(items: Sequence[str], last: str = "et") -> str:
    """Join names as ``a, b et c``; nothing for no item. ``last`` may be ``ou``."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Count things: ``0 erreur``, ``1 erreur``, ``2 erreurs``. Give ``many`` where an s is not enough."""
    if abs(count) < 2:  # noqa: PLR2004 - French: the plural begins at two
        return f"{whole(count)} {one}"
    if many is None:
        many = one if one.endswith(("s", "x", "z")) else f"{one}s"
    return f"{whole(count)} {many}"


# A first name in h elides when the h is mute: the French names do, most borrowed ones (Hans, Hassan) do not.
_MUTE_H = (
    "hec", "hel", "henr", "herm", "herv", "hil", "hipp", "hom", "hon", "hor", "hub", "hug", "hya",
)  # fmt: skip
_VOWELS = "aeiou"


def of_name(name: str) -> str:
    """Give ``d’Élodie``, ``de Zoé``, ``d’Hélène``, ``de Yann``, ``d’Yves``; nothing for no name."""
    name = name.strip()
    plain = fold(name)
    if not plain:
        return ""
    if name.startswith(("le ", "la ", "l’")):  # who has no first name yet: "le conjoint", "l’enfant n° 2"
        return f"du {name[3:]}" if name.startswith("le ") else f"de {name}"
    # Y is a consonant before a vowel (Yann), a vowel otherwise (Yves).
    vowel = plain[1:2] not in tuple(_VOWELS) if plain[0] == "y" else plain[0] in _VOWELS
    elided = vowel or plain.startswith(_MUTE_H)
    return f"d’{name}" if elided else f"de {name}"


# --- search ---

# The Latin letters of Europe that no Unicode decomposition takes apart.
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
    "ŋ": "n", "ŧ": "t", "ĸ": "k", "ə": "e",
})  # fmt: skip

_ASCII_GAPS = str.maketrans("'`-", "   ")


def fold(text: str) -> str:
    """Give what a search compares: no case, no accent, words parted by one space.

    Spaces, hyphens and apostrophes of every kind count as a space: ``Jean-Pierre`` meets ``jean pierre`` and
    ``O’Neil`` meets ``O'Neil``. Folding twice changes nothing more.
    """
    if text.isascii():  # most names, and each is folded at each key
        return " ".join(text.lower().translate(_ASCII_GAPS).split())
    # Twice, as Unicode's own caseless matching does: casefolding may compose what was taken apart.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text).casefold()
    text = unicodedata.normalize("NFD", text).translate(_LETTERS)
    return " ".join("".join(map(_folded, text)).split())


@lru_cache(1024)
def _folded(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    return " " if character in "'’‘ʼ`´" or category == "Pd" else character


# --- reading ---

# [0-9] and not \d: digits of other scripts are refused. \s takes no-break spaces, which people paste.
_YEAR = r"([0-9]{4}|[0-9]{2})"
_GAP = r"\s*[\s./-]\s*"
_NUMBERS = re.compile(rf"([0-9]{{1,2}}){_GAP}([0-9]{{1,2}}){_GAP}{_YEAR}")
_TOGETHER = re.compile(rf"([0-9]{{2}})([0-9]{{2}}){_YEAR}")
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_WORDS = re.compile(rf"([0-9]{{1,2}}|1\s?er)[\s./-]*([^\W\d_]{{3,9}})\.?[\s./-]*{_YEAR}")
_DIGITS = r"([0-9]{1,3}(?:\s[0-9]{3})+|[0-9]+)"
_MONEY = re.compile(rf"{_DIGITS}(?:[.,]([0-9]{{1,2}}))?\s*(?:€|euros?|eur)?")
_WHOLE = re.compile(_DIGITS)


def _typed(text: str) -> str:
    text = unicodedata.normalize("NFC", text).strip().lower()
    return text if len(text) <= _LONGEST else ""


def read_date(text: str, today: dt.date, *, birth: bool) -> dt.date | None:
    """Read a typed date, day first: ``1/3/84``, ``010384``, ``1 mars 84``, ``1er déc. 2026``, ``1984-03-01``.

    A year of two digits is, for a birth, the latest that puts the date no later than ``today``; else 20xx.
    A day that does not exist and a year outside ``FIRST_YEAR``..``LAST_YEAR`` give None.
    """
    parts = _date_parts(text)
    if parts is None:
        return None
    year, month, day = parts
    if len(year) == 4:  # noqa: PLR2004 - digits, not years
        return _date(int(year), month, day)
    if not birth:
        return _date(2000 + int(year), month, day)
    century = today.year - today.year % 100
    for first in (century, century - 100):
        born = _date(first + int(year), month, day)
        if born is not None and born <= today:
            return born
    return None


def is_no_day(text: str) -> bool:
    """Tell whether a text is a whole date of a day that no calendar has: ``31/02/2026``, ``29 février 25``."""
    parts = _date_parts(text)
    if parts is None:
        return False
    year, month, day = parts
    years = [int(year)] if len(year) == 4 else [1900 + int(year), 2000 + int(year)]  # noqa: PLR2004 - digits
    return FIRST_YEAR <= years[0] <= LAST_YEAR and not any(_date(one, month, day) for one in years)


def _date_parts(text: str) -> tuple[str, int, int] | None:
    """Give the year as typed, the month and the day of a text that has a date's shape."""
    typed = _typed(text)
    if match := _ISO.fullmatch(typed):
        year, month, day = match.groups()
    elif match := _NUMBERS.fullmatch(typed) or _TOGETHER.fullmatch(typed):
        day, month, year = match.groups()
    elif (match := _WORDS.fullmatch(typed)) and (named := _month(match[2])):
        return match[3], named, int(match[1].removesuffix("er"))
    else:
        return None
    return year, int(month), int(day)


def _month(word: str) -> int:
    """Find a month by its first letters, three at least; 0 where none or two fit (``jui``)."""
    start = fold(word)
    fitting = [number for number, name in enumerate(MONTHS, 1) if fold(name).startswith(start)]
    return fitting[0] if len(fitting) == 1 and len(start) >= 3 else 0  # noqa: PLR2004 - letters


def _date(year: int, month: int, day: int) -> dt.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def read_money(text: str) -> Decimal | None:
    """Read an amount in euros: ``15``, ``15,5``, ``1 641,36 €``, ``15.00 euros``; two decimals in the answer.

    Negative amounts, more than two decimals and more than 9 999 999,99 give None.
    """
    match = _MONEY.fullmatch(_typed(text))
    if match is None:
        return None
    units, cents = "".join(match[1].split()).lstrip("0"), match[2] or ""
    if len(units) > 7:  # noqa: PLR2004 - the dossier's own bound: seven digits before the comma
        return None
    return Decimal(f"{units or '0'}.{cents:0<2}")


def read_whole(text: str) -> int | None:
    """Read a number of things, ``2`` or ``1 600``: up to nine digits, not negative."""
    match = _WHOLE.fullmatch(_typed(text))
    if match is None:
        return None
    units = "".join(match[1].split()).lstrip("0")
    return int(units or "0") if len(units) <= 9 else None  # noqa: PLR2004 - digits
