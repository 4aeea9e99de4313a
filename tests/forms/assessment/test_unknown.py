"""Unknown is not no: take facts away, and each answer stays or becomes unknown; today moves no date and no price."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.assessment import assess, quotes
from forms.dossier.fields import pattern_of
from forms.french import typeset
from tests.making import TODAY, Said, alone, answer, cdg62, child, family, kept, put, read
from tests.taking_away import answered, answers, leaves, take_away

OLD: Said = {
    "insurer": "Mutuelle des Prés", "started_on": "2020-01-01", "compulsory_group": False, "cancellation": "mandate",
}  # fmt: skip
FREE: Said = {"disabled": True, "disability_recognised_on": "2020-01-01"}
PARTNER: Said = {"relation": "spouse", "first_name": "Noé", "birth_name": "Roy", "birth_date": "1960-09-12"}

WHOLE: dict[str, Said] = {
    "family": family(),
    "retired": kept("cdg62-retired"),
    "four children": alone(
        beneficiaries=[
            PARTNER,
            child("2005-03-02", situation="student"),
            child("2008-03-02", **FREE),
            child("2011-01-01"),
            child("2014-01-01"),
            child("2016-01-01", situation="employed", tax_dependent=False),
        ]
    ),
    "the partner's children": alone(
        "1998-01-01",
        beneficiaries=[PARTNER, child("1996-01-01"), child("1999-01-01", **FREE), child("2020-01-01")],
    ),
    "two partners": alone(beneficiaries=[PARTNER, {**PARTNER, "relation": "cohabitant"}, child("2026-05-01")]),
    "by the member": alone(
        previous_contract={**OLD, "cancellation": "by_member", "ends_on": "2026-06-30"},
        employer__joined_on="2026-05-02",
    ),
    "a bad mandate": alone(
        previous_contract={**OLD, "started_on": "2025-12-01", "compulsory_group": True, "ends_on": "2026-02-20"}
    ),
    "hired later": alone(member__hired_on="2026-06-15", employer__participation="14.00", payment__mode="direct_debit"),
    "too late": alone(signed="2031-12-15", request__setting="remote"),
    "a change": alone(kind="formula_change", current={"formula": "securite", "since": "2025-01-01"}),
    "a survivor": alone(member__category="survivor", payment__mode="direct_debit"),
}
"""Complete dossiers, right and wrong: each fact that a rule reads stands in one of them at least."""


@pytest.mark.parametrize("name", WHOLE)
def test_any_one_fact_taken_away_leaves_an_answer_or_makes_it_unknown(name: str) -> None:
    """Never another date, another amount, another finding."""
    for path in leaves(WHOLE[name]):
        take_away(WHOLE[name], cdg62(), [path])


@given(st.data())
def test_facts_taken_away_together_leave_an_answer_or_make_it_unknown(data: st.DataObject) -> None:
    """Nor do several at once."""
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    take_away(WHOLE[name], cdg62(), data.draw(st.lists(st.sampled_from(leaves(WHOLE[name])), max_size=6, unique=True)))


def test_every_fact_that_a_rule_reads_is_said_in_some_dossier() -> None:
    """The property above looks at enough: birth dates, links, rights, dates, payment, the old contract, the change."""
    said = {pattern_of(path) for name in WHOLE for path in leaves(WHOLE[name])}
    expected = {
        "member.birth_date", "member.category", "member.status", "member.hired_on", "employer.joined_on",
        "employer.participation", "beneficiaries.*.relation", "beneficiaries.*.birth_date", "beneficiaries.*.situation",
        "beneficiaries.*.tax_dependent", "beneficiaries.*.disabled", "beneficiaries.*.disability_recognised_on",
        "previous_contract.cancellation", "previous_contract.started_on", "previous_contract.compulsory_group",
        "request.signed_on", "payment.mode", "current.since", "request.setting",
    }  # fmt: skip
    assert expected <= said


def test_an_empty_dossier_is_unknown_everywhere() -> None:
    """All taken away: no error but what is missing, no date, and something to ask first."""
    dossier = read({"convention": "cdg62-mnt"})
    found = assess(dossier, cdg62(), TODAY)
    assert {i.code for i in found.issues if i.severity == "error"} == {"missing"}
    assert found.effective_date is None
    assert found.next == "member.birth_date"


@given(name=st.sampled_from(sorted(WHOLE)), today=st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)))
def test_today_moves_no_date_and_no_price(name: str, today: dt.date) -> None:
    """Whatever the day, the same assessment, but for a signature that lies ahead of it."""
    dossier = read(WHOLE[name])
    now = answers(assess(dossier, cdg62(), today), quotes(dossier, cdg62(), today))
    before = answered(WHOLE[name], cdg62())
    ahead = {("request.signed_on", "signed_ahead")}
    assert now._replace(found=now.found - ahead) == before._replace(found=before.found - ahead)
    signed = dossier.request.signed_on
    assert (("request.signed_on", "signed_ahead") in now.found) is (signed is not None and signed > today)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)))
def test_without_a_signature_today_only_prices_and_says_so(today: dt.date) -> None:
    """No date, no error of the day: a price for today, marked as such in its notes, or none."""
    found = answer(alone(request__signed_on=None), today=today)
    assert found.effective_date is None
    assert found.effective_date_lacks == ("request.signed_on",)
    assert {i.code for i in found.issues if i.severity == "error"} == {"missing"}
    assert found.quote.provisional
    assert "indicatif" in found.quote.notes[0] or "comme si" in found.quote.notes[0]


def test_an_end_that_could_not_be_read_is_not_an_end_that_is_not_there() -> None:
    """A mandate makes the end that nobody knows, never one that was typed and could not be read."""
    for said in (family(), alone(previous_contract={**OLD, "cancellation": "by_member"})):
        assert answer(said).effective_date
        found = answer(put(said, {"unread": {"previous_contract.ends_on": "fin juin"}}))
        assert found.effective_date is None
        assert found.effective_date_lacks == ("previous_contract.ends_on",)


@pytest.mark.parametrize(
    ("path", "text"),
    [("member.birth_date", "31/02/1985"), ("request.signed_on", "hier"), ("employer.joined_on", "?"),
     ("beneficiaries.1.birth_date", "x"), ("previous_contract.started_on", "x"), ("request.received_on", "x"),
     ("employer.participation", "quinze"), ("member.hired_on", "?")],
)  # fmt: skip
def test_what_could_not_be_read_is_unknown_and_said_once(path: str, text: str) -> None:
    """An error « unreadable » at its field with the text typed; not missing besides; and a price all the same."""
    said = put(family(request__received_on=None), {path: None, "unread": {path: text}})
    found = answer(said)
    assert [(i.code, text in i.message) for i in found.issues if i.path == path] == [("unreadable", True)]
    assert path not in found.missing
    assert not found.printable
    assert found.quote.formula == "essentielle"
    assert len(found.quote.lines) == 4


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("member.birth_date", "31/02/1985", "« 31/02/1985 » n’existe pas ; vérifiez le jour et le mois."),
        ("member.birth_date", "hier", "« hier » ne se lit pas ; retapez la valeur, par exemple 14/07/2005."),
        ("employer.participation", "31/02/1985", "ne se lit pas ; retapez la valeur, par exemple 15,00."),
    ],
)
def test_a_day_that_does_not_exist_is_said_so(path: str, text: str, message: str) -> None:
    """A date that no calendar has is no text that cannot be read; the spaces are those of French."""
    found = answer(put(family(), {path: None, "unread": {path: text}}))
    (issue,) = (one for one in found.issues if one.path == path)
    assert typeset(message) in issue.message
