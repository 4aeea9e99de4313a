"""Take facts away from complete dossiers: each answer stays or becomes unknown, whatever the convention."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from forms.assessment import Assessment, Quote, assess, quotes
from forms.convention import Convention
from forms.dossier.fields import fields
from forms.dossier.paths import edited
from tests.making import TODAY, Said, read

AN_ANSWER = {
    "kind": "null is an enrolment",
    "request.received_on": "signed_on stands for it (assumed)",
    "previous_contract.ends_on": "a mandate makes it (assumed); without one, a warning and no limit",
    "beneficiaries.*.birth_rank": "twins then come as listed",
}
"""Facts whose absence is itself an answer, and where that is decided."""


def leaves(said: Said) -> list[str]:
    """Give the paths of all that is said and may be taken away."""
    dossier = read(said)
    found = []
    for pattern in fields():
        places = [pattern]
        if "*" in pattern:
            head, _, tail = pattern.partition(".*.")
            items: Any = said.get(head, []) if head != "current.beneficiaries" else []
            places = [f"{head}.{i}.{tail}" for i in range(len(items))] if "*" not in tail else []
        found += [path for path in places if pattern not in AN_ANSWER and is_said(said, path)]
    assert dossier
    return found


def is_said(said: Said, path: str) -> bool:
    """Tell whether a file says something at a path."""
    here: Any = said
    for part in path.split("."):
        here = here[int(part)] if isinstance(here, list) else here.get(part) if isinstance(here, dict) else None
    return here not in (None, [], {}) and path not in {"format", "convention"}


class Answers(NamedTuple):
    """What is compared: the date, the prices of each formula, the issues."""

    date: dt.date | None
    prices: dict[tuple[str, str], Decimal | None] | None
    found: set[tuple[str, str]]


def answers(found: Assessment, prices: tuple[Quote, ...]) -> Answers:
    """Give what is compared; a price for want of a date is none of the dossier's."""
    issues = {(i.path, i.code) for i in found.issues if i.code not in {"missing", "to_confirm"}}
    table: dict[tuple[str, str], Decimal | None] = {}
    for quote in prices:
        table |= {(quote.formula, line.person): line.amount for line in quote.lines}
        table[quote.formula, "total"], table[quote.formula, "net"] = quote.total, quote.net
        table[quote.formula, "participation"] = quote.participation if quote.total is not None else None
    provisional = any(quote.provisional for quote in prices)
    return Answers(found.effective_date.date if found.effective_date else None, None if provisional else table, issues)


def answered(said: Said, convention: Convention) -> Answers:
    """Give the answers to a dossier."""
    dossier = read(said)
    return answers(assess(dossier, convention, TODAY), quotes(dossier, convention, TODAY))


def take_away(said: Said, convention: Convention, away: list[str]) -> None:
    """Take facts away and compare: equal or unknown; what is missing is asked, and said at its field."""
    dossier = read(said)
    for path in away:
        dossier = edited(dossier, path, None)
    found = assess(dossier, convention, TODAY)
    before, now = answered(said, convention), answers(found, quotes(dossier, convention, TODAY))
    assert now.date in {before.date, None}, away
    if now.prices is not None and before.prices is not None:
        wrong = {k: (before.prices.get(k), v) for k, v in now.prices.items() if v not in (None, before.prices.get(k))}
        assert not wrong, away
    assert now.found <= before.found, (away, now.found - before.found)
    asked = {ask.path for ask in found.asks}
    assert set(found.missing) <= asked, (away, set(found.missing) - asked)
    assert set(found.missing) <= {issue.path for issue in found.issues}
    assert found.next in (*found.missing, None)
    assert (found.next is None) == (not found.missing)
