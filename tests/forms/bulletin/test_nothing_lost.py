"""Whatever a dossier says is on its paper: on the form, on the overflow that it announces, or among the reasons."""

from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.bulletin import pack
from forms.dossier.fields import fields
from forms.dossier.labels import label_at
from forms.dossier.model import Beneficiary, Dossier, DossierKind
from forms.dossier.paths import edited, value_at
from forms.french import amount, short_date
from tests.forms.bulletin import people
from tests.forms.bulletin.reading import squeezed, text_of

# On the foot of each page, or beside a paper that must be there first.
_NOT_HERE = ("format", "reference", "convention", "documents.", "current.beneficiaries.")
_LETTERS = "".join(
    chr(c) for c in range(0x20, 0x17F) if chr(c).isprintable() and unicodedata.normalize("NFKC", chr(c)) == chr(c)
)
_TEXT = st.text(_LETTERS, min_size=1, max_size=60) | st.text("éW <&>{}%s' ", min_size=1, max_size=300)
_DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
_BY_KIND: dict[str, st.SearchStrategy[Any]] = {
    "date": _DAYS,
    "money": st.integers(0, 999_999_999).map(lambda cents: Decimal(cents) / 100),
    "percent": st.integers(0, 10_000).map(lambda cents: Decimal(cents) / 100),
    "flag": st.booleans(),
    "whole": st.integers(1, 9),
    "lines": st.lists(_TEXT.filter(str.strip), min_size=1, max_size=3).map(tuple),
    **dict.fromkeys(("nir", "siret", "iban", "bic", "phone"), st.text("0123456789AB", min_size=1, max_size=40)),
}


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """Give a dossier of random facts, most of them nonsense: the paper prints, rules judge elsewhere."""
    count = draw(st.integers(0, 9))
    kind: DossierKind = draw(st.sampled_from(("enrolment", "enrolment", "formula_change", "beneficiary_change")))
    dossier = Dossier(convention="cdg62-mnt", kind=kind, beneficiaries=(Beneficiary(),) * count)
    patterns = [
        p
        for p in fields()
        if p != "kind" and not p.startswith(_NOT_HERE) and (count or not p.startswith("beneficiaries"))
    ]
    for pattern in draw(st.lists(st.sampled_from(patterns), max_size=30, unique=True)):
        field = fields()[pattern]
        path = pattern.replace("*", str(draw(st.integers(0, max(0, count - 1)))))
        value = draw(st.sampled_from(field.choices) if field.choices else _BY_KIND.get(field.kind, _TEXT))
        dossier = edited(dossier, path, value)
    return dossier


def _expected(dossier: Dossier, path: str) -> list[str]:
    """Give the ways in which a value may stand on paper; none for one that is shown by a tick."""
    value = value_at(dossier, path)
    if value is None or path in {"member.title", "payment.mode", "previous_contract.cancellation"}:
        return []
    if isinstance(value, bool):
        return []
    if isinstance(value, dt.date):
        return [short_date(value), f"{value.day:02}{value.month:02}{value.year:04}"]
    if isinstance(value, Decimal):
        return [amount(value)]
    if isinstance(value, tuple):
        return [", ".join(value)]
    return [label_at(dossier, path) if fields_choices(path) else str(value)]


def fields_choices(path: str) -> bool:
    """Tell whether a path holds a value of an enumeration."""
    return bool(fields()[".".join("*" if part.isdigit() else part for part in path.split("."))].choices)


@settings(max_examples=40)
@given(dossiers())
def test_every_value_is_on_the_paper(dossier: Dossier) -> None:
    """Random dossiers, long, accented, with markup: every value is found whole in what poppler reads."""
    pdf = pack(dossier, people.answer(dossier), people.convention(), people.PRINTING)
    text = squeezed(text_of(pdf)).casefold()
    for pattern in fields():
        if pattern.startswith(_NOT_HERE):
            continue
        paths = [pattern.replace("*", str(place)) for place in range(len(dossier.beneficiaries))]
        for path in paths if pattern.startswith("beneficiaries") else [pattern]:
            expected = _expected(dossier, path)
            assert not expected or any(squeezed(way).casefold() in text for way in expected), (path, expected)
