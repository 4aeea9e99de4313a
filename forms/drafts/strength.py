"""How hard a passphrase is to guess: a modest count of bits, and one French line of advice."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

MINIMUM = 2
"""The score below which the first start asks for a better passphrase."""

_STEPS = (25, 35, 45, 58)
"""Bits at which scores 1 to 4 begin. Argon2id at 64 MiB leaves an attacker some ten guesses a second and a
core: 45 bits are a century for a thousand cores."""

_ADVICE = (
    "Très faible : elle se devine en peu d’essais. Prenez quatre ou cinq mots sans lien entre eux.",
    "Faible : allongez-la, par exemple avec deux mots de plus.",
    "Moyenne : un mot de plus la rendrait bonne.",
    "Bonne.",
    "Très bonne.",
)
_GUESSED_FIRST = "Elle contient un mot ou une suite que l’on essaie d’abord : remplacez-le. "

_COMMON = (
    "motdepasse",
    "passphrase",
    "password",
    "passwort",
    "permanence",
    "mutuelle",
    "prevoyance",
    "collectivite",
    "mairie",
    "bonjour",
    "bienvenue",
    "welcome",
    "soleil",
    "chouchou",
    "doudou",
    "loulou",
    "coucou",
    "jetaime",
    "iloveyou",
    "amour",
    "secret",
    "admin",
    "administrateur",
    "administrator",
    "utilisateur",
    "princesse",
    "princess",
    "dragon",
    "monkey",
    "football",
    "marseille",
    "paris",
    "france",
    "nicolas",
    "camille",
    "thomas",
    "julien",
    "isabelle",
    "sandrine",
    "caroline",
    "azerty",
    "qwerty",
    "letmein",
    "changeme",
    "changezmoi",
    "toto",
    "titi",
)
_ROWS = (
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "0123456789",
    "9876543210",
)
_COMMON_WORD = re.compile("|".join(sorted(_COMMON, key=len, reverse=True)))
_MARK = "\0"
_LETTER, _DIGIT, _OTHER, _CHANGE, _KNOWN = 2.0, 2.5, 4.0, 2.0, 4.0
"""Bits a sign: a letter counts as one of a word (four words come to some 55 bits), not as a drawn one."""


def strength(passphrase: str) -> tuple[int, str]:
    """Give a score from 0 (guessed at once) to 4, and its advice, which repeats nothing typed."""
    text = unicodedata.normalize("NFC", passphrase)
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    reduced, known = _COMMON_WORD.subn(_MARK, bare)
    bits = known * _KNOWN + _bits(reduced) + _case_changes(text)
    if len(set(bare)) < 6:  # noqa: PLR2004 - "ababab…" and the like, however long
        bits = min(bits, _STEPS[0] - 1)
    score = sum(bits >= step for step in _STEPS)
    advice = _ADVICE[score]
    return score, f"{_GUESSED_FIRST}{advice}" if known and score < len(_STEPS) - 1 else advice


def _bits(text: str) -> float:
    bits, before, seen = 0.0, "", set[str]()
    for token in re.findall(r"[^\W\d_]+|\d+|[^\w\0]|_", text):
        if token in seen:
            bits += 1.0  # a word said twice, or the space between all words
            before = token[-1]
            continue
        seen.add(token)
        if before and not (before.isspace() or token.isspace()):
            bits += _CHANGE
        for sign in token:
            bits += 0.5 if _follows(before, sign) else _worth(sign)
            before = sign
    return bits


def _worth(sign: str) -> float:
    if sign.isspace():
        return 1.0
    return _LETTER if sign.isalpha() else _DIGIT if sign.isdigit() else _OTHER


def _follows(before: str, sign: str) -> bool:
    """Say whether a sign repeats the one before or follows it in the alphabet or on a keyboard's row."""
    if not before:
        return False
    return abs(ord(sign) - ord(before)) <= 1 or any(before + sign in row for row in _ROWS)


def _case_changes(text: str) -> float:
    """Count capitals inside words; one at the beginning of a word is everyone's."""
    return sum(1.0 for a, b in pairwise(text) if a.isalpha() and b.isupper())
