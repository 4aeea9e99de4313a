"""The identifiers of a dossier, all in one place: NIR, SIRET, IBAN, BIC and the ways to reach a person.

Each has three functions that take any text and never raise: ``compact_x`` (what is compared), ``x_flaw`` (the
first thing wrong, or None) and ``format_x`` (as shown and printed; what it cannot read stays as typed).
"""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.fr import siret as stdnum_siret

from forms.dossier.accounts import (
    bic_disagrees,
    bic_flaw,
    compact_bic,
    compact_iban,
    format_bic,
    format_iban,
    iban_flaw,
    kept_iban,
)
from forms.dossier.contact import (
    compact_email,
    compact_phone,
    compact_postal_code,
    email_flaw,
    format_email,
    format_phone,
    format_postal_code,
    phone_flaw,
    postal_code_flaw,
)
from forms.dossier.flaw import Flaw, all_digits, flaw, shown, squeezed
from forms.dossier.nir import compact_nir, format_nir, nir_birth, nir_disagreements, nir_flaw, nir_sex

TO_CHECK = frozenset({
    "bic_country_differs", "email_shape", "nir_birth_date", "nir_sex", "phone_shape", "postal_code_shape",
})  # fmt: skip
"""Codes of what must be seen and does not block: each may be right after all, or be written by hand later."""

SIREN = 9
SIRET = 14


def compact_siret(text: str) -> str:
    """Give the number without what was typed between its digits."""
    return squeezed(text)


def siret_flaw(text: str) -> Flaw | None:
    """Find the first thing wrong with a SIRET: ``siret_characters``, ``siret_length``, ``siret_key``."""
    number = compact_siret(text)
    for place, character in enumerate("" if all_digits(number) else number, 1):
        if not all_digits(character):
            return flaw(
                "siret_characters",
                f"Le SIRET contient, à la place {place}, un caractère {shown(character)} : il n’a que des "
                "chiffres. Corrigez-le.",
            )
    if len(number) == SIREN:
        return flaw(
            "siret_length",
            "Ces 9 chiffres sont un SIREN : ajoutez les 5 chiffres de l’établissement pour avoir le SIRET, "
            "qui en a 14.",
        )
    if len(number) != SIRET:
        return flaw(
            "siret_length",
            f"Le SIRET a 14 chiffres ; ici {len(number)} : relisez-le sur un bulletin de paie de la collectivité.",
        )
    # python-stdnum is right: Luhn on SIREN and SIRET, and La Poste's own sum. But it takes fourteen zeros.
    try:
        stdnum_siret.validate(number)
        right = int(number[:SIREN]) > 0
    except ValidationError:
        right = False
    if right:
        return None
    return flaw(
        "siret_key",
        "Le SIRET n’est pas juste (son dernier chiffre le vérifie) : un chiffre est faux ou deux sont "
        "inversés. Relisez-le sur un bulletin de paie de la collectivité.",
    )


def format_siret(text: str) -> str:
    """Give ``213 302 490 00015``; what has another shape, as typed."""
    number = compact_siret(text)
    if len(number) != SIRET or not all_digits(number):
        return text
    return f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"


__all__ = [
    "TO_CHECK",
    "Flaw",
    "bic_disagrees",
    "bic_flaw",
    "compact_bic",
    "compact_email",
    "compact_iban",
    "compact_nir",
    "compact_phone",
    "compact_postal_code",
    "compact_siret",
    "email_flaw",
    "format_bic",
    "format_email",
    "format_iban",
    "format_nir",
    "format_phone",
    "format_postal_code",
    "format_siret",
    "iban_flaw",
    "kept_iban",
    "nir_birth",
    "nir_disagreements",
    "nir_flaw",
    "nir_sex",
    "phone_flaw",
    "postal_code_flaw",
    "siret_flaw",
]
