"""The strength of a passphrase: honest about what people do choose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.drafts.strength import MINIMUM, strength


@pytest.mark.parametrize(
    ("passphrase", "lowest", "highest"),
    [
        ("", 0, 0),
        ("azerty", 0, 0),
        ("Azerty123!", 0, 0),
        ("motdepasse2026", 0, 0),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", 0, 0),
        ("abababababababababababab", 0, 0),
        ("abcdefghijklmnopqrstuvwxyz", 0, 1),
        ("12345678901234567890", 0, 0),
        ("Mairie62!", 0, 0),
        ("bonjour bonjour bonjour bonjour", 0, 0),
        ("elephant", 0, 0),
        ("cheval agrafe", 0, 1),
        ("cheval agrafe corbeille", 2, 3),
        ("cheval agrafe corbeille lundi", 3, 4),
        ("Le hibou de Zoé mange 3 crêpes à minuit.", 4, 4),
        ("xK9$vQ2!mZ7p", 2, 4),
    ],
)
def test_what_people_choose(passphrase: str, lowest: int, highest: int) -> None:
    """Common choices are weak, four unrelated words are good."""
    score, advice = strength(passphrase)
    assert lowest <= score <= highest
    assert advice.endswith(".")
    assert (score >= MINIMUM) == (lowest >= MINIMUM)


@given(st.text(max_size=60))
def test_any_text_has_a_score_and_its_decomposed_form_the_same(text: str) -> None:
    """No text breaks it, and no advice repeats what was typed."""
    score, advice = strength(text)
    assert 0 <= score <= 4
    assert len(text.strip()) < 12 or text not in advice


def test_a_longer_phrase_is_never_weaker() -> None:
    """Adding a new word never lowers the score."""
    words = ("cheval", "agrafe", "corbeille", "lundi", "moutarde", "fenêtre")
    scores = [strength(" ".join(words[:count]))[0] for count in range(1, len(words) + 1)]
    assert scores == sorted(scores)
