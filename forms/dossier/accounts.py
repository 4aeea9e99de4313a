"""Bank accounts: the IBAN of any SEPA country, with the French key inside it, and the BIC."""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum import bic as stdnum_bic
from stdnum import numdb
from stdnum.exceptions import InvalidComponent, ValidationError
from stdnum.iso7064 import mod_97_10

from forms.dossier.flaw import Flaw, flaw, shown, squeezed

SEPA = frozenset({
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR",
    "GB", "GI", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD",
    "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA",
})  # fmt: skip
"""Country codes that begin an IBAN of a SEPA scheme country (European Payments Council, EPC409-09, 2025).

Accounts of the French overseas begin with FR; of Guernsey, Jersey and Man with GB; of Åland with FI.
"""

# A BIC carries the place, an IBAN its banking system: these countries live under the code on the right.
# Monaco's banks are often branches of French ones and use their BIC.
_BANKING_SYSTEM = {
    "BL": "FR", "GF": "FR", "GP": "FR", "MC": "FR", "MF": "FR", "MQ": "FR", "NC": "FR",
    "PF": "FR", "PM": "FR", "RE": "FR", "TF": "FR", "WF": "FR", "YT": "FR",
    "GG": "GB", "IM": "GB", "JE": "GB",
    "AX": "FI",
}  # fmt: skip

_registry = numdb.get("iban")
_LABEL = re.compile(r"\A(?:IBAN:?)+")
_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{1,30}")
_BIC_SHAPE = re.compile(r"[0-9A-Z]{8}(?:[0-9A-Z]{3})?")
_GROUPS = re.compile(r"([1-9][0-9]*)!([nac])")
_LETTERS = {"n": "[0-9]", "a": "[A-Z]", "c": "[A-Za-z0-9]"}


def compact_iban(text: str) -> str:
    """Give the IBAN without spaces, dashes or a pasted ``IBAN :`` in front, letters raised."""
    return _LABEL.sub("", squeezed(text), count=1)


@lru_cache(256)
def _structure(country: str) -> tuple[int, re.Pattern[str]] | None:
    """Give the length of a country's IBAN and the shape of its account, by the SWIFT registry of python-stdnum."""
    structure = _registry.info(country + "00")[0][1].get("bban")
    if structure is None:
        return None
    groups = _GROUPS.findall(structure)
    shape = "".join(f"{_LETTERS[kind]}{{{count}}}" for count, kind in groups)
    return 4 + sum(int(count) for count, _ in groups), re.compile(shape)


def iban_flaw(text: str) -> Flaw | None:
    """Find the first thing wrong with an IBAN.

    Codes: ``iban_characters``, ``iban_country``, ``iban_not_sepa``, ``iban_length``, ``iban_key``,
    ``iban_structure`` (a letter where the country's accounts have a digit), ``iban_rib_key``.
    """
    number = compact_iban(text)
    return _iban_shape_flaw(number) or _iban_key_flaw(number)


def _iban_shape_flaw(number: str) -> Flaw | None:
    for character in "" if number.isascii() and number.isalnum() else number:
        if not (character.isascii() and character.isalnum()):
            return flaw(
                "iban_characters",
                f"L’IBAN contient un caractère {shown(character)} : il n’a que des chiffres et des lettres "
                "sans accent. Corrigez-le.",
            )
    country = number[:2]
    known = _structure(country) if country.isalpha() and len(country) == 2 else None  # noqa: PLR2004
    if known is None:
        return flaw(
            "iban_country",
            "L’IBAN doit commencer par les deux lettres d’un pays (FR pour la France et l’outre-mer) : "
            "recopiez-le du RIB, depuis ces lettres.",
        )
    if country not in SEPA:
        return flaw(
            "iban_not_sepa",
            f"L’IBAN est d’un pays ({country}) hors de l’espace SEPA : demandez un compte d’un pays de cet espace.",
        )
    if len(number) != known[0]:
        return flaw(
            "iban_length",
            f"Un IBAN qui commence par {country} a {known[0]} caractères ; ici {len(number)} : recopiez-le du RIB.",
        )
    return None


def _iban_key_flaw(number: str) -> Flaw | None:
    country, key = number[:2], number[2:4]
    # stdnum's validate takes 99 for 02 (the same modulo 97), and works out the country's shape at each call; its own
    # checks by country want, for Belgium, a bank on a list that ages: only its registry and its key are used.
    if mod_97_10.calc_check_digits(number[4:] + country) != key:
        return flaw(
            "iban_key",
            f"La clé de l’IBAN (les deux caractères qui suivent {country}) ne correspond pas au reste : un "
            "caractère est faux ou deux sont inversés. Recopiez-le du RIB.",
        )
    known = _structure(country)
    if known is None or not known[1].fullmatch(number[4:]):
        return flaw(
            "iban_structure",
            f"L’IBAN n’a pas la composition de ceux qui commencent par {country} (une lettre à la place d’un "
            "chiffre, ou l’inverse) : recopiez-le du RIB.",
        )
    # It has no French check: the accounts of France and Monaco end with their RIB key.
    if country in {"FR", "MC"} and _rib_key(number) != number[25:]:
        return flaw(
            "iban_rib_key",
            "La clé RIB (les deux derniers chiffres de l’IBAN) ne correspond pas au numéro de compte : "
            "recopiez l’IBAN du RIB de la banque.",
        )
    return None


# Letters of a French account number count as digits: A J = 1, B K S = 2, … I R Z = 9 (Comité français
# d'organisation et de normalisation bancaires, clé RIB).
_RIB_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def _rib_key(number: str) -> str:
    account = number[4:25].translate(_RIB_LETTERS)
    return f"{97 - int(account) * 100 % 97:02d}"


def kept_iban(text: str) -> str:
    """Give the IBAN compact, as a dossier keeps it; what has another shape, as typed."""
    number = compact_iban(text)
    return number if _SHAPE.fullmatch(number) else text


def format_iban(text: str) -> str:
    """Give the IBAN in groups of four, ``FR76 3000 6000 …``; what has another shape, as typed."""
    number = compact_iban(text)
    if _SHAPE.fullmatch(number) is None:
        return text
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def compact_bic(text: str) -> str:
    """Give the BIC without spaces or dashes, letters raised."""
    return squeezed(text)


def bic_flaw(text: str) -> Flaw | None:
    """Find the first thing wrong with a BIC: ``bic_length``, ``bic_structure``, ``bic_country``."""
    number = compact_bic(text)
    if len(number) not in {8, 11}:
        return flaw(
            "bic_length",
            f"Un BIC a 8 ou 11 caractères ; ici {len(number)} : recopiez-le du RIB, ou laissez-le vide.",
        )
    # python-stdnum is right here: four letters, a country, two and then three letters or digits.
    try:
        stdnum_bic.validate(number)
    except InvalidComponent:
        return flaw(
            "bic_country",
            f"Les 5e et 6e lettres du BIC, {number[4:6]}, ne sont pas un pays : recopiez-le du RIB, ou "
            "laissez-le vide.",
        )
    except ValidationError:
        return flaw(
            "bic_structure",
            "Un BIC a quatre lettres pour la banque, deux pour le pays, puis deux ou cinq lettres ou "
            "chiffres : recopiez-le du RIB, ou laissez-le vide.",
        )
    return None


def format_bic(text: str) -> str:
    """Give the BIC in capitals, together; what has another shape, as typed."""
    number = compact_bic(text)
    return number if _BIC_SHAPE.fullmatch(number) else text


def bic_disagrees(iban: str | None, bic: str | None) -> Flaw | None:
    """Say where a BIC and an IBAN, both right, are of two countries: ``bic_country_differs``, to check."""
    if iban is None or bic is None:
        return None
    account, bank = compact_iban(iban)[:2], compact_bic(bic)[4:6]
    if _BANKING_SYSTEM.get(account, account) == _BANKING_SYSTEM.get(bank, bank):
        return None
    if iban_flaw(iban) is not None or bic_flaw(bic) is not None:
        return None
    return flaw(
        "bic_country_differs",
        f"Le BIC est d’une banque d’un autre pays ({bank}) que l’IBAN ({account}) : vérifiez l’un et "
        "l’autre sur le RIB.",
    )
