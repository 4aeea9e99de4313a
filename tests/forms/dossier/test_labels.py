"""The French words of what is chosen from a list."""

from __future__ import annotations

import pytest

from forms.dossier.fields import fields
from forms.dossier.labels import choices_at, label, label_at
from tests.making import family, read

CHOICES = sorted(path for path, field in fields().items() if field.choices and path != "format")


@pytest.mark.parametrize("pattern", CHOICES)
@pytest.mark.parametrize("title", ["m", "mme", None])
def test_every_value_has_words_of_its_own(pattern: str, title: str | None) -> None:
    """No English value reaches the screen, and no two values of a list read the same."""
    words = dict(choices_at(pattern.replace("*", "0"), title))
    assert list(words) == list(fields()[pattern].choices)
    assert len(set(words.values())) == len(words)
    same = {"active", "adoption"}  # the French word is the English one
    assert not [w for value, w in words.items() if (w == value and w not in same) or "_" in w or not w.strip()]


@pytest.mark.parametrize(("title", "word"), [("m", "retraité"), ("mme", "retraitée"), (None, "retraité")])
def test_words_take_the_gender_of_the_person(title: str | None, word: str) -> None:
    """The title chooses; the masculine stands while it is not known."""
    assert label("member.category", "retired", title) == word
    assert label_at(read(family(member__category="retired", member__title=title)), "member.category") == word


def test_the_same_key_in_two_places_has_two_vocabularies() -> None:
    """``kind`` of a dossier, of an event and of a paper are three lists."""
    found = label("kind", "enrolment"), label("event.kind", "birth"), label("documents.0.kind", "payslip")
    assert found == ("Nouvelle adhésion", "naissance", "bulletin de paie")


def test_what_is_not_said_has_no_word() -> None:
    """Nothing is shown for what is not known; yes and no have words."""
    dossier = read(family(beneficiaries__1__disabled=None))
    assert label_at(dossier, "beneficiaries.1.disabled") == ""
    assert label_at(dossier, "beneficiaries.1.tax_dependent") == "oui"
    assert label_at(dossier, "request.current_month") == "non"
