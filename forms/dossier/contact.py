"""How to reach a person: e-mail address, telephone and postal code, judged as little as is useful."""

from __future__ import annotations

import re

from forms.dossier.flaw import Flaw, all_digits, flaw, squeezed

# One @, something before, a dotted domain after. No more: the full grammar catches no more slips.
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)+")
_FRENCH = re.compile(r"0[1-9][0-9]{8}")
_FRENCH_ABROAD = re.compile(r"(?:\+|00)33(?:\(0\)|0)?([1-9][0-9]{8})")
_FOREIGN = re.compile(r"(?:\+|00)[1-9][0-9]{6,13}")  # E.164: fifteen digits at most


def compact_email(text: str) -> str:
    """Give the address without the spaces around it: case may count, so it stays."""
    return text.strip()


def email_flaw(text: str) -> Flaw | None:
    """Say what is wrong with an e-mail address: ``email_shape``."""
    address = compact_email(text)
    if _EMAIL.fullmatch(address) and ".." not in address:
        return None
    return flaw(
        "email_shape",
        "L’adresse électronique n’est pas complète : il faut un nom, une arobase (@) puis un domaine avec "
        "un point, sans espace. Corrigez-la ou laissez-la vide.",
    )


def format_email(text: str) -> str:
    """Give the address as it is printed: as typed, without the spaces around it."""
    return compact_email(text)


def compact_phone(text: str) -> str:
    """Give the number without what was typed between its digits."""
    return squeezed(text)


def phone_flaw(text: str) -> Flaw | None:
    """Say what is wrong with a telephone number, French or international: ``phone_shape``."""
    number = compact_phone(text)
    if any(shape.fullmatch(number) for shape in (_FRENCH, _FRENCH_ABROAD, _FOREIGN)):
        return None
    return flaw(
        "phone_shape",
        "Le numéro de téléphone a dix chiffres et commence par 0, ou commence par + et l’indicatif du pays : "
        "corrigez-le ou laissez-le vide.",
    )


def format_phone(text: str) -> str:
    """Give ``06 12 34 56 78`` or ``+33 6 12 34 56 78``; any other number, as typed."""
    number = compact_phone(text)
    if _FRENCH.fullmatch(number):
        return _pairs(number)
    if match := _FRENCH_ABROAD.fullmatch(number):
        return f"+33 {match[1][0]} {_pairs(match[1][1:])}"
    return text


def _pairs(digits: str) -> str:
    return " ".join(digits[start : start + 2] for start in range(0, len(digits), 2))


def compact_postal_code(text: str) -> str:
    """Give the code without spaces."""
    return squeezed(text)


def postal_code_flaw(text: str) -> Flaw | None:
    """Say what is odd in a postal code: ``postal_code_shape``, to check, for an address may be abroad."""
    code = compact_postal_code(text)
    if len(code) == 5 and all_digits(code):  # noqa: PLR2004 - the length of a French code
        return None
    return flaw(
        "postal_code_shape",
        "Un code postal français a cinq chiffres : corrigez-le, ou laissez-le ainsi si l’adresse est à l’étranger.",
    )


def format_postal_code(text: str) -> str:
    """Give a French code as five digits together; any other, as typed."""
    return text if postal_code_flaw(text) else compact_postal_code(text)
