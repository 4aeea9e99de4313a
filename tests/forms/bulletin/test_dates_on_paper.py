"""The two dates that are most often wrong on paper: the end of a withdrawal, and of an old contract under mandate."""

from __future__ import annotations

import datetime as dt

import pytest

from forms.bulletin import Printing
from forms.bulletin.marks import Text
from forms.bulletin.pack import form_pages
from forms.bulletin.words import Words
from tests.conventions.walks import FORMULAS, mandate, shipped, whole
from tests.making import answer, put, read

PRINTING = Printing("7K3M-Q2XD", 1, dt.datetime(2026, 3, 3, 14, 32, tzinfo=dt.UTC))


def _printed(convention: str, form: str, **said: object) -> str:
    """Give the texts of one form, as they are printed."""
    dossier = put(whole(convention, "active"), {path.replace("__", "."): value for path, value in said.items()})
    found = answer(dossier, shipped(convention))
    assert form in found.forms
    pages = form_pages(form, Words(read(dossier), found, shipped(convention), PRINTING), 1)
    texts = (mark.text for page in pages for mark in page.marks if isinstance(mark, Text))
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize("convention", FORMULAS)
def test_a_withdrawal_ends_fourteen_days_after_the_signature(convention: str) -> None:
    """Signed at the workplace on 3 March 2026: until 17 March, the day of the signature not counted."""
    day = "2026-03-03"
    text = _printed(
        convention, "withdrawal", request__signed_on=day, request__received_on=day, request__setting="workplace"
    )
    assert "17 mars 2026" in text


@pytest.mark.parametrize("convention", [name for name in FORMULAS if not shipped(name).cover.first_of_month])
def test_a_mandate_ends_the_old_cover_a_month_after_it_is_received(convention: str) -> None:
    """Sent on 30 January 2026, presumed received on the 31st: the old cover ends on 28 February."""
    day = "2026-01-30"
    text = _printed(
        convention, "cancellation", request__signed_on=day, request__received_on=day, previous_contract=mandate()
    )
    assert "28 février 2026" in text
