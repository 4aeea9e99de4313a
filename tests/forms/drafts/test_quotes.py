"""Quotes kept with a draft: as they were, apart from its papers, gone with it; the dossier is untouched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms.assessment.supposing import Estimate, Supposition, estimate
from forms.drafts import attachments, quotes
from forms.faults import Fault
from tests.forms.drafts.invented import NOON
from tests.forms.drafts.scanned import pdf
from tests.making import TODAY, cdg62, family, read

if TYPE_CHECKING:
    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore


def made(child: int | None = 8) -> Estimate:
    """Give a quote of the invented family."""
    return estimate(read(family()), cdg62(), TODAY, Supposition(child=child), NOON)


def test_quotes_are_kept_listed_and_taken_away(store: DraftStore, draft: Draft) -> None:
    """The newest first, the same as they were made; no paper of the draft; put back after it was taken away."""
    store.save(draft)
    before = store.load(draft.reference)
    first = quotes.keep(store, draft.reference, made())
    second = quotes.keep(store, draft.reference, made(None))
    assert [one.estimate for one in quotes.kept(store, draft.reference)] == [second.estimate, first.estimate]
    assert first.estimate.supposition == Supposition(child=8)
    assert quotes.kept(store, "5H3N-K0TQ") == ()
    assert attachments.listed(store, draft.reference) == ()
    assert attachments.sweep(store, draft.reference, (), NOON) == 0
    quotes.drop(store, first)
    quotes.drop(store, first)
    assert [one.name for one in quotes.kept(store, draft.reference)] == [second.name]
    quotes.keep(store, draft.reference, first.estimate)
    quotes.drop(store, first)
    assert len(quotes.kept(store, draft.reference)) == 1
    assert store.load(draft.reference) == before


def test_quotes_take_no_place_of_the_papers(store: DraftStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has its own limit, said in a line; one that is damaged is left out of the list."""
    monkeypatch.setattr(attachments, "COUNT_LIMIT", 1)
    monkeypatch.setattr(quotes, "COUNT_LIMIT", 2)
    quotes.keep(store, "AAAA-0001", made())
    kept = quotes.keep(store, "AAAA-0001", made(9))
    attachments.attach(store, "AAAA-0001", attachments.new_paper(store, "AAAA-0001", "payslip"), pdf(), NOON)
    with pytest.raises(Fault, match="a déjà 2 devis"):
        quotes.keep(store, "AAAA-0001", made(10))
    with store.transaction() as database:
        database.execute("UPDATE attachments SET content = x'7B7D' WHERE number = ?", [kept.number])
    assert len(quotes.kept(store, "AAAA-0001")) == 1


def test_a_quote_says_no_number_of_anyone() -> None:
    """Neither NIR nor IBAN, nor a birth date, is in what is kept."""
    text = made().model_dump_json()
    said = family()
    for secret in (said["member"]["nir"], said["refund"]["iban"], said["member"]["birth_date"]):
        assert secret
        assert secret.replace(" ", "") not in text.replace(" ", "")
