"""What a small invented convention can say of a change: who was there, who comes, who goes, offers, notes, and 1sts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from forms.assessment import offered
from forms.convention import Convention, load
from tests.making import TINY, Said, alone, answer, changed, codes, folder, priced, put, read, starts

FINDING = """
[[findings]]
code = "{code}"
of = "{of}"
about = "{about}"
when = {{ {when} }}
severity = "info"
in_quote = true
message = "{code}"
source = "leaflet"
"""
COUNTED = "".join(
    FINDING.format(code=code, of=of, about=about, when=when)
    for code, of, about, when in (
        ("one_comes", "dossier", "kind", "added = { is = 1 }"),
        ("one_goes", "dossier", "kind", "removed = { is = 1 }"),
        ("was_there", "beneficiary", "birth_date", "already_covered = { is = true }"),
    )
)
ZOE = {"relation": "child", "first_name": "Zoé", "birth_date": "2012-07-14"}
MAX = {"relation": "child", "first_name": "Max", "birth_date": "2014-07-14"}


@pytest.fixture
def counted(tmp_path: Path) -> Convention:
    """Give a convention that tells who comes, who goes, and who was there."""
    return load(folder(tmp_path, {"rules.toml": TINY["rules.toml"] + COUNTED}))


def changes(kind: str, before: list[Said] | None, now: list[Said]) -> Said:
    """Give a dossier of a kind, with the people before and now."""
    current: dict[str, Any] | None = None if before is None else {"formula": "une", "beneficiaries": before}
    return alone(convention="tiny", formula="une", kind=kind, current=current, beneficiaries=now)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (changes("enrolment", None, [ZOE]), {"one_comes"}),
        (changes("enrolment", [ZOE], [ZOE]), {"one_comes"}),
        (changes("beneficiary_change", None, [ZOE]), {"one_comes"}),
        (changes("beneficiary_change", [], [ZOE]), {"one_comes"}),
        (changes("beneficiary_change", [ZOE], [ZOE, MAX]), {"one_comes", "was_there"}),
        (changes("beneficiary_change", [ZOE, MAX], [{**MAX, "first_name": "MAX "}]), {"one_goes", "was_there"}),
        (changes("beneficiary_change", [ZOE], [MAX]), {"one_comes", "one_goes"}),
        (changes("beneficiary_change", [ZOE], [{**ZOE, "birth_date": None}]), set()),
        (changes("beneficiary_change", [{**ZOE, "first_name": None}], [MAX]), set()),
        (changes("formula_change", [], [ZOE]), {"was_there"}),
        (changes("formula_change", [ZOE], [ZOE, MAX]), {"one_comes", "was_there"}),
    ],
)
def test_who_comes_and_goes(counted: Convention, said: Said, told: set[str]) -> None:
    """Two entries with one first name and one birth date are one person; a person half said is neither."""
    assert codes(answer(said, counted), "info") & {"one_comes", "one_goes", "was_there"} == told


def test_a_finding_can_be_a_note_of_the_price(counted: Convention) -> None:
    """What a price is not to be read without stands under it, once."""
    said = changes("formula_change", [], [ZOE, MAX])
    assert priced(said, counted)["une"].notes.count("Was_there") == 1


def test_a_formula_kept_for_some_is_not_offered_to_others(tmp_path: Path) -> None:
    """It is offered to those it is for, to those not known yet, and to whoever chose it."""
    when = 'label = "Deux"\nwhen = { "member.category" = { is = "active" } }'
    tiny = load(folder(tmp_path, changed("convention.toml", 'label = "Deux"', when)))

    def ids(**said: Any) -> list[str]:
        return [formula.id for formula in offered(read(alone(convention="tiny", **said)), tiny, dt.date(2026, 2, 3))]

    assert ids(member__category="active", formula="une") == ["une", "deux"]
    assert ids(member__category=None, formula="une") == ["une", "deux"]
    assert ids(member__category="retired", formula="une") == ["une"]
    assert ids(member__category="retired", formula="deux") == ["une", "deux"]


@pytest.mark.parametrize(("own", "day"), [("true", "2026-04-01"), ("false", "2026-03-12")])
@pytest.mark.parametrize("all_of_them", ["true", "false"])
def test_a_case_says_itself_whether_only_1sts_are_allowed(tmp_path: Path, own: str, day: str, all_of_them: str) -> None:
    """A case of the effective date overrides ``[cover]`` when a limit falls in the middle of a month."""
    rules = TINY["rules.toml"].replace("first_of_month = true", f"first_of_month = {all_of_them}", 1)
    rules = rules.replace('source = "leaflet, page 1"', f'source = "leaflet"\nfirst_of_month = {own}', 1)
    tiny = load(folder(tmp_path, {"rules.toml": rules}))
    old = {"cancellation": "by_member", "ends_on": "2026-03-11"}
    assert starts(put(alone(convention="tiny", formula="une"), {"previous_contract": old}), tiny) == day
