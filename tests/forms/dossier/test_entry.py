"""What a person types becomes a fact or is kept as typed; what is shown is one or the other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.dossier.entry import shown, typed
from forms.dossier.fields import fields
from forms.dossier.model import Dossier
from forms.dossier.paths import value_at
from forms.dossier.reading import dossier_from_json, dossier_to_json
from tests.making import TODAY, family, read

TYPED_KINDS = {"date", "money", "percent", "whole", "text", "nir", "iban", "bic", "siret", "phone", "email",
               "postal_code", "lines"}  # fmt: skip
TYPED = [
    field.pattern.replace("*", "0")
    for field in fields().values()
    if field.kind in TYPED_KINDS
    and "refund." not in field.pattern.replace("refund.iban", "", field.pattern == "refund.iban")
    and field.pattern not in {"format", "reference", "documents.*.person"}
    and not field.pattern.startswith("current.b")
]


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("member.birth_date", "1/3/84", dt.date(1984, 3, 1)),
        ("member.birth_date", "010325", dt.date(2025, 3, 1)),
        ("member.birth_date", "010327", dt.date(1927, 3, 1)),
        ("request.signed_on", "1er mars 2026", dt.date(2026, 3, 1)),
        ("request.signed_on", "01\u00a003\u00a02026", dt.date(2026, 3, 1)),
        ("request.signed_on", "010327", dt.date(2027, 3, 1)),
        ("employer.participation", "15", Decimal("15.00")),
        ("employer.participation", "1\u202f641,36 €", Decimal("1641.36")),
        ("employer.participation_percent", "50", Decimal("50.00")),
        ("beneficiaries.0.birth_rank", " 2 ", 2),
        ("member.first_name", "Jean\u00a0Pierre", "Jean Pierre"),
        ("member.first_name", "Jean\tPierre\n", "Jean Pierre"),
        ("member.first_name", "Zo\u202eé\0", "Zoé"),
        ("member.nir", "2 85 01", "2 85 01"),
        ("refund.iban", " fr14 2004\u00a01010 0505 0001 3M02 606 ", "FR1420041010050500013M02606"),
        ("refund.iban", " voir le RIB ", "voir le RIB"),
        ("payment.iban", "IBAN :", "IBAN :"),
        ("member.address.lines", "8 rue du Four\n\nBât. C\n", ("8 rue du Four", "Bât. C")),
        ("member.address.lines", "8 rue\u00a0du Four", ("8 rue du Four",)),
        ("member.address.lines", "\t8 rue du Four \n\u00a0Bât. C", ("8 rue du Four", "Bât. C")),
        ("member.nir", " 2 85 01 62 119 042 68\n", "2 85 01 62 119 042 68"),
        ("employer.siret", "\u202f216 209 106 00014\u00a0", "216 209 106 00014"),
        ("member.email", "\tmaia.delattre@exemple.fr\r\n", "maia.delattre@exemple.fr"),
        ("member.phone", "\ufeff 06 12 34 56 78 ", "06 12 34 56 78"),
    ],
)
def test_what_can_be_read_is_a_fact(path: str, text: str, value: Any) -> None:
    """Dates, amounts, numbers and texts as people type and paste them."""
    after = typed(read(family()), path, text, TODAY)
    assert value_at(after, path) == value
    assert after.unread == {}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("member.birth_date", "31/02/1985"),
        ("member.birth_date", "demain"),
        ("request.signed_on", "1/1"),
        ("employer.participation", "quinze"),
        ("employer.participation", "15,005"),
        ("beneficiaries.0.birth_rank", "12"),
        ("beneficiaries.0.birth_rank", "0"),
        ("beneficiaries.0.birth_rank", "deux"),
    ],
)
def test_what_cannot_be_read_is_kept_and_shown_again(path: str, text: str) -> None:
    """The text stays on screen and in the file, the fact is unknown, and a readable text puts an end to it."""
    after = typed(read(family()), path, text, TODAY)
    assert after.unread == {path: text}
    assert value_at(after, path) is None
    assert shown(after, path) == text
    assert dossier_from_json(dossier_to_json(after)) == after
    good = {"birth_date": "14/07/1985", "signed_on": "3/2/26", "participation": "15", "birth_rank": "2"}
    again = typed(after, path, good[path.rsplit(".", 1)[-1]], TODAY)
    assert again.unread == {}
    assert value_at(again, path) is not None


@pytest.mark.parametrize("path", TYPED)
def test_a_blank_takes_the_fact_and_the_unread_text_away(path: str) -> None:
    """Spaces typed over a fact, or over what could not be read, leave nothing behind."""
    said = family(event={"kind": "birth", "on": "2026-01-01"}, current={"since": "2024-01-01"})
    cleared = typed(typed(read(said), path, "?!", TODAY), path, "  ", TODAY)
    assert value_at(cleared, path) in (None, ())
    assert cleared.unread == {}
    assert shown(cleared, path) == ""


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("member.birth_date", "01/01/1985"),
        ("employer.participation", "15,00"),
        ("member.nir", "2 85 01 62 119 042 68"),
        ("refund.iban", "FR76 3000 6000 0112 3456 7890 189"),
        ("employer.siret", "216 209 106 00014"),
        ("member.phone", "06 12 34 56 78"),
        ("member.address.lines", "8 rue du Four"),
        ("member.title", "Madame"),
        ("beneficiaries.0.relation", "conjoint"),
        ("beneficiaries.1.situation", "étudiante"),
        ("beneficiaries.1.tax_dependent", "oui"),
        ("beneficiaries.1.disabled", "non"),
        ("payment.iban", ""),
        ("event.on", ""),
    ],
)
def test_a_fact_is_shown_as_french_people_write_it(path: str, text: str) -> None:
    """Day first, comma, groups of digits, French words in the person's gender."""
    assert shown(read(family()), path) == text


def test_what_is_shown_is_read_as_the_same_fact() -> None:
    """Typing what is shown changes nothing, at any field of a complete dossier."""
    dossier = read(family())
    for path in TYPED:
        if value_at(dossier, path) not in (None, ()) and not path.startswith(("member.nir", "member.phone", "refund")):
            again = typed(dossier, path, shown(dossier, path), TODAY)
            assert value_at(again, path) in (value_at(dossier, path), shown(dossier, path)), path


@given(path=st.sampled_from(TYPED), text=st.text(max_size=400))
def test_any_text_at_any_field_is_kept_in_a_dossier_that_reads(path: str, text: str) -> None:
    """No text typed anywhere ends in an exception, nor in a draft that its own file refuses."""
    after = typed(read(family(event={"kind": "birth"}, current={})), path, text, TODAY)
    assert dossier_from_json(dossier_to_json(after)) == after
    assert isinstance(shown(after, path), str)


def test_typing_at_an_unknown_path_is_our_bug() -> None:
    """KeyError, as everywhere."""
    with pytest.raises(KeyError):
        typed(Dossier(), "member.nom", "x", TODAY)


def test_lines_beyond_the_last_one_are_put_on_it() -> None:
    """An address pasted with seven lines keeps all its words in the six that a file may have."""
    dossier = typed(Dossier(), "member.address.lines", "\n".join("abcdefgh"), TODAY)
    assert dossier.member.address.lines == ("a", "b", "c", "d", "e", "f, g, h")
    assert typed(Dossier(), "member.address.lines", "a\n\nb", TODAY).member.address.lines == ("a", "b")
