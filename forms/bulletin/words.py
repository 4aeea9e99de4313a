"""What a form says in each of its boxes: the dossier's facts and the assessment's answers as French text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.bulletin.metrics import printable
from forms.bulletin.phrases import PHRASES
from forms.dossier.entry import shown
from forms.dossier.fields import field_at, pattern_of
from forms.dossier.identifiers import compact_bic, compact_iban, compact_nir, compact_siret
from forms.dossier.labels import choices_at
from forms.dossier.model import PARTNERS
from forms.dossier.paths import cancellation_of, value_at
from forms.french import amount, long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forms.assessment.answer import Assessment, Line
    from forms.bulletin.printing import Printing
    from forms.convention.model import Convention
    from forms.dossier.model import Dossier

Choice = tuple[str, bool]

_COMPACT: dict[str, Callable[[str], str]] = {
    "nir": compact_nir, "siret": compact_siret, "iban": compact_iban, "bic": compact_bic,
}  # fmt: skip

DERIVED = {
    "=kind": "kind", "=title": "member.title", "=address": "member.address.lines", "=formula": "formula",
    "=current_formula": "current.formula", "=teletransmission": "beneficiaries.*.teletransmission",
    "=previous_end": "previous_contract.ends_on", "=cancellation": "previous_contract.cancellation",
    "=mode": "payment.mode",
}  # fmt: skip
"""Boxes that show a fact of the dossier in their own way, with that fact's pattern."""
DERIVED_MANY = {
    "=previous_address": (
        "previous_contract.address.lines", "previous_contract.address.postal_code", "previous_contract.address.city",
    ),
}  # fmt: skip


def said(dossier: Dossier, path: str) -> str:
    """Give what the dossier says at a path, as it is printed; empty while unknown, and where it could not be read."""
    if path in dossier.unread:
        return ""
    return printable(shown(dossier, path).replace("\n", ", "))


def in_cells(dossier: Dossier, path: str) -> str:
    """Give what is put one character a cell at a path: an identifier without its spaces, a date as ``01032026``."""
    value = value_at(dossier, path)
    if value is None or path in dossier.unread:
        return ""
    if isinstance(value, dt.date):
        return day_cells(value)
    compact = _COMPACT.get(field_at(path).kind)
    return compact(printable(value)) if compact else printable(str(value))


def day_cells(day: dt.date) -> str:
    """Give a date for its eight cells."""
    return f"{day.day:02d}{day.month:02d}{day.year:04d}"


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one print. ``base`` is the path of the person whose card is being filled, with its dot."""

    dossier: Dossier
    assessment: Assessment
    convention: Convention
    printing: Printing

    @property
    def member_noun(self) -> str:
        """Give "adhérente" or "adhérent", and both while the title is unknown."""
        return {"m": "adhérent", "mme": "adhérente"}.get(self.dossier.member.title or "", "adhérent(e)")

    @property
    def form_title(self) -> str:
        """Give the title of the form for this kind of request."""
        return {
            "formula_change": "Bulletin de changement de formule",
            "beneficiary_change": "Bulletin de modification des bénéficiaires",
        }.get(self.dossier.kind, "Bulletin d’adhésion")

    def label(self, label: str, base: str) -> str:
        """Give the label of a box; ``=born`` agrees with the person."""
        if label != "=born":
            return label
        title = value_at(self.dossier, f"{base or 'member.'}title")
        return {"m": "Né le", "mme": "Née le"}.get(title or "", "Né(e) le")

    def text(self, key: str, base: str = "") -> str:
        """Give the text of a box."""
        if not key.startswith("="):
            return said(self.dossier, base + key)
        derived = _TEXTS.get(key) or PHRASES.get(key)
        return printable(derived(self, base)) if derived else ""

    def cells(self, key: str, base: str = "") -> str:
        """Give the characters of a box of cells."""
        if key == "=effective":
            found = self.assessment.effective_date
            return day_cells(found.date) if found else ""
        if key == "=previous_end":
            end = self.previous_end
            return day_cells(end) if end else ""
        if key == "=blank":
            return ""
        return in_cells(self.dossier, base + key)

    def choices(self, key: str, base: str = "") -> tuple[Choice, ...]:
        """Give the boxes to tick of a key, with what is ticked."""
        if key == "=formula":
            return tuple((printable(f.label), f.id == self.dossier.formula) for f in self.convention.formulas)
        if key == "=teletransmission":
            there = bool(base) and value_at(self.dossier, base.rstrip(".")) is not None
            return (("", there and bool(value_at(self.dossier, f"{base}teletransmission"))),)
        if key == "=recurrent":  # a contribution is debited again and again
            return ("récurrent", True), ("ponctuel", False)
        path = DERIVED[key]
        chosen = cancellation_of(self.dossier) if key == "=cancellation" else value_at(self.dossier, path)
        if self.printing.blank:
            chosen = None  # nobody has said yet what is asked for
        title = self.dossier.member.title
        offered = reversed_title(choices_at(path, title))
        if key == "=mode" and not self.convention.has_employer:  # there is no pay to take it from
            offered = tuple(one for one in offered if one[0] in {"direct_debit", chosen})
        return tuple((word, value == chosen) for value, word in offered)

    def line_of(self, person: str) -> Line | None:
        """Give the line of a person in the contribution."""
        return next((line for line in self.assessment.quote.lines if line.person == person), None)

    @property
    def previous_end(self) -> dt.date | None:
        """Give the last day of the old cover: as said, else as the assessment gives it."""
        old = self.dossier.previous_contract
        if old is not None and old.ends_on is not None:
            return old.ends_on
        return self.assessment.old_cover.ends_on if self.assessment.old_cover else None

    def formula_label(self, formula: str | None) -> str:
        """Give the label of a formula, or its id where the convention does not have it."""
        found = self.convention.formula(formula)
        return printable(found.label if found else formula or "")


def reversed_title(choices: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Put "Madame" before "Monsieur", as forms do."""
    return tuple(sorted(choices, key=lambda choice: choice[0] != "mme") if choices[0][0] == "m" else choices)


def _address(words: Words, _: str) -> str:
    return ", ".join(line for line in words.dossier.member.address.lines if line)


def _previous_address(words: Words, _: str) -> str:
    old = words.dossier.previous_contract
    if old is None:
        return ""
    town = " ".join(part for part in (old.address.postal_code, old.address.city) if part)
    return ", ".join(part for part in (*old.address.lines, town) if part)


def _situation(words: Words, base: str) -> str:
    partner = value_at(words.dossier, f"{base}relation") in PARTNERS
    return said(words.dossier, f"{base}category" if partner else f"{base}situation")


def _amount(words: Words, base: str) -> str:
    line = words.line_of(base.rstrip("."))
    return amount(line.amount) if line and line.amount is not None else ""


def _priced_on(words: Words, _: str) -> str:
    quote = words.assessment.quote
    if quote.on is None:
        return ""
    grid = f", {quote.old_grid[:1].lower()}{quote.old_grid[1:].rstrip('.')}" if quote.old_grid else ""
    return f"{'estimation' if quote.provisional else 'prix'} au {long_date(quote.on)}{grid}"


def _insurers(words: Words, _: str) -> str:
    return ", ".join((words.convention.insurer, *words.convention.coinsurers))


def _effective(words: Words, _: str) -> str:
    found = words.assessment.effective_date
    return long_date(found.date) if found else ""


def _current_formula(words: Words, _: str) -> str:
    return words.formula_label(words.dossier.current.formula) if words.dossier.current else ""


_TEXTS: dict[str, Callable[[Words, str], str]] = {
    "=address": _address,
    "=previous_address": _previous_address,
    "=situation": _situation,
    "=amount": _amount,
    "=priced_on": _priced_on,
    "=insurers": _insurers,
    "=contract_number": lambda words, _: words.convention.contract_number or "",
    "=member": lambda words, _: f"L’{words.member_noun}",
    "=scheme": lambda words, _: words.convention.scheme,
    "=cdg": lambda words, _: words.convention.cdg or "",
    "=effective_words": _effective,
    "=current_formula": _current_formula,
}


def boxed(keys: Sequence[str], base: str = "") -> frozenset[str]:
    """Give the patterns of the dossier's facts that boxes with these keys show."""
    found: set[str] = set()
    for key in keys:
        if not key.startswith("="):
            found.add(pattern_of(base + key))
        elif key in DERIVED:
            found.add(DERIVED[key])
        else:
            found |= set(DERIVED_MANY.get(key, ()))
    return frozenset(found)
