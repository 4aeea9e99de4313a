"""The NIR (numéro de sécurité sociale): its flaws, its look, and what it says of sex and birth.

Sources. INSEE, Courrier des statistiques n° 8 (2022), « Le système national de gestion des identifiants »,
encadré 4: sex, year, month (01–12, 20–99 where the month of birth is not known), place, order, key. The
Assurance Maladie's published validation rules (``assurance-maladie/nir-validation``, 2024): the same, and the
numbers that a fund gives while there is none: 7 a man, 8 a woman (numéro national provisoire), 5 a man, 6 a
woman (migrant de passage), then a kind, the fund and a rank, so neither birth nor place. Net-entreprises: a
waiting number is built like a NIR; 3 (man) and 4 (woman) while a registration is under way. Some read
the months 31–42 as January to December of an incomplete certificate: here not known and not compared.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from stdnum.fr import nir as stdnum_nir

from forms import french
from forms.dossier.flaw import Flaw, all_digits, flaw, shown, squeezed

if TYPE_CHECKING:
    import datetime as dt

BODY = 13
"""Characters before the key."""
FULL = 15
"""Characters with the key."""

_FUND_GIVEN = "5678"
_MEN = "1357"
_WOMEN = "2468"


def compact_nir(text: str) -> str:
    """Give the number without what was typed between its digits, the Corsican letter raised."""
    return squeezed(text)


def nir_flaw(text: str) -> Flaw | None:
    """Find the first thing wrong with a NIR.

    Codes: ``nir_characters``, ``nir_length``, ``nir_first_digit``, ``nir_month``, ``nir_department``,
    ``nir_no_key`` (13 digits), ``nir_key``. The right key is never told: it would make a number with a wrong
    digit look right.
    """
    number = compact_nir(text)
    return _shape_flaw(number) or _part_flaw(number) or _key_flaw(number)


def _shape_flaw(number: str) -> Flaw | None:
    for place, character in enumerate("" if all_digits(number) else number, 1):
        corsican = place == 7 and character in "AB"  # noqa: PLR2004 - the place of the letter
        if not all_digits(character) and not corsican:
            return flaw(
                "nir_characters",
                f"Le {french.ordinal(place)} caractère du numéro de sécurité sociale, {shown(character)}, "
                "n’est pas un chiffre : remplacez-le (seule la Corse a une lettre, 2A ou 2B).",
            )
    if len(number) not in {BODY, FULL}:
        return flaw(
            "nir_length",
            f"Le numéro de sécurité sociale a 15 chiffres, clé comprise ; ici {len(number)} : relisez-le "
            "sur la carte Vitale ou sur l’attestation de droits.",
        )
    return None


def _part_flaw(number: str) -> Flaw | None:
    first, month, department = number[0], number[3:5], number[5:7]
    if first not in _MEN + _WOMEN:
        return flaw(
            "nir_first_digit",
            f"Le numéro de sécurité sociale commence par {first} : le premier chiffre est 1 (homme) ou 2 "
            "(femme), de 3 à 8 si le numéro est provisoire. Corrigez-le.",
        )
    fund_given = first in _FUND_GIVEN
    if not fund_given and not ("01" <= month <= "12" or month >= "20"):
        return flaw(
            "nir_month",
            f"Les 4e et 5e chiffres du numéro de sécurité sociale, {month}, ne sont pas un mois (01 à 12, "
            "ou 20 à 99 s’il n’est pas connu) : corrigez-les.",
        )
    # 01–95, 2A and 2B (20 before 1976), 96 (protectorates), 97 and 98 (overseas), 99 (abroad): all but 00.
    # In a number given by a fund these two say nothing of a place: any digits.
    admitted = (
        all_digits(department)
        if fund_given
        else department in {"2A", "2B"} or (all_digits(department) and department != "00")
    )
    if not admitted:
        return flaw(
            "nir_department",
            f"Les 6e et 7e caractères du numéro de sécurité sociale, {department}, ne sont pas un "
            "département (01 à 98, 2A ou 2B pour la Corse, 99 à l’étranger) : corrigez-les.",
        )
    return None


def _key_flaw(number: str) -> Flaw | None:
    if len(number) == BODY:
        return flaw(
            "nir_no_key",
            "Il manque la clé du numéro de sécurité sociale : ajoutez les deux derniers chiffres, tels "
            "qu’ils sont sur la carte Vitale.",
        )
    # python-stdnum computes the key rightly, Corsica included; it looks at nothing else, hence the above.
    if stdnum_nir.calc_check_digits(number) != number[BODY:]:
        return flaw(
            "nir_key",
            "La clé (les deux derniers chiffres) ne correspond pas au numéro de sécurité sociale : un "
            "chiffre est faux ou deux sont inversés. Relisez-le en entier sur la carte Vitale.",
        )
    return None


def format_nir(text: str) -> str:
    """Give the number as shown and printed, ``2 84 05 33 249 051 62``; what has another shape, as typed."""
    number = compact_nir(text)
    if _shape_flaw(number) is not None:
        return text
    parts = (number[start:end] for start, end in pairwise((0, 1, 3, 5, 7, 10, 13, 15)))
    return " ".join(part for part in parts if part)


def _readable(text: str) -> str | None:
    """Give the number if its parts can be believed: whole and right, or right as far as it goes (no key)."""
    fault = nir_flaw(text)
    return compact_nir(text) if fault is None or fault.code == "nir_no_key" else None


def nir_sex(text: str) -> str | None:
    """Say ``m`` or ``mme`` from the first digit; None where the number has a flaw."""
    number = _readable(text)
    return None if number is None else _sex(number)


def _sex(number: str) -> str:
    return "m" if number[0] in _MEN else "mme"


def nir_birth(text: str) -> tuple[int, int | None] | None:
    """Give the year (two digits) and month of birth, None if not known; None for a fund's own number."""
    number = _readable(text)
    return None if number is None else _birth(number)


def _birth(number: str) -> tuple[int, int | None] | None:
    if number[0] in _FUND_GIVEN:
        return None
    month = int(number[3:5])
    return int(number[1:3]), month if month <= 12 else None  # noqa: PLR2004 - months


def nir_disagreements(nir: str | None, title: str | None, birth_date: dt.date | None) -> tuple[Flaw, ...]:
    """Say where a NIR disagrees with the title (``m``, ``mme``) and the birth date.

    Codes ``nir_sex`` and ``nir_birth_date``. Each is something to check, no error: a civil status may have
    been mended since. What is not known says nothing.
    """
    number = None if nir is None else _readable(nir)
    if number is None:
        return ()
    found = []
    sex = _sex(number)
    if title in {"m", "mme"} and sex != title:
        said, chosen = ("un homme", "Madame") if sex == "m" else ("une femme", "Monsieur")
        found.append(
            flaw(
                "nir_sex",
                f"Le numéro de sécurité sociale est celui d’{said} et la civilité est {chosen} : vérifiez "
                "l’un et l’autre.",
            )
        )
    birth = _birth(number)
    if birth is not None and birth_date is not None:
        year, month = birth
        if year != birth_date.year % 100 or month not in {None, birth_date.month}:
            said = f"l’année {year:02d}" if month is None else f"le mois {month:02d} et l’année {year:02d}"
            found.append(
                flaw(
                    "nir_birth_date",
                    f"Le numéro de sécurité sociale donne {said}, et la date de naissance est le "
                    f"{french.short_date(birth_date)} : vérifiez l’un et l’autre.",
                )
            )
    return tuple(found)
