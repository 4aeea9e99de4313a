"""The recovery key as people print, read out and type it: 135 random bits in seven groups of four letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread on paper
_MISREAD = str.maketrans("OIL", "011")
_BITS = 135
_GROUP = 4
_LENGTH = _BITS // 5 + 1
_MODULUS = 37
"""Crockford's check: prime and above 32, so that one wrong letter, or two that changed places, is seen."""


class RecoveryTypo(Fault):
    """What was typed cannot be any recovery key: a letter is wrong, missing or too many."""


def make(entropy: Callable[[int], bytes]) -> str:
    """Draw a recovery key, ``7K3M-Q2XD-…``: seven groups of four, the last letter a check."""
    number = int.from_bytes(entropy((_BITS + 7) // 8)) % (1 << _BITS)
    # Five of Crockford's check symbols (* ~ $ = U) are no letters: a number that needs none is taken.
    while number % _MODULUS >= len(_LETTERS):
        number = (number + 1) % (1 << _BITS)
    text = "".join(_LETTERS[number >> shift & 31] for shift in range(_BITS - 5, -1, -5))
    text += _LETTERS[number % _MODULUS]
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read(text: str) -> bytes:
    """Give the 17 bytes of a recovery key.

    It is typed in any case, with or without spaces and hyphens; O is read as 0, I and L as 1.

    Raises:
        RecoveryTypo: it cannot be a recovery key.
    """
    letters = "".join(c for c in text.upper() if not c.isspace() and c not in "-‐‑–—.").translate(_MISREAD)
    strange = next((place for place, letter in enumerate(letters) if letter not in _LETTERS), None)
    if strange is not None:
        raise RecoveryTypo(
            f"« {letters[strange]} » n’est dans aucune clé de secours : relisez le groupe {strange // _GROUP + 1}."
        )
    if len(letters) != _LENGTH:
        raise RecoveryTypo(
            f"Une clé de secours a {_LENGTH} lettres et chiffres, en {_LENGTH // _GROUP} groupes "
            f"de {_GROUP} ; il y en a {len(letters)} ici."
        )
    number = 0
    for letter in letters[:-1]:
        number = number << 5 | _LETTERS.index(letter)
    if number % _MODULUS != _LETTERS.index(letters[-1]):
        raise RecoveryTypo("Il y a une faute de frappe dans la clé de secours : relisez chaque groupe sur le papier.")
    return number.to_bytes((_BITS + 7) // 8)
