"""What the forms other than the bulletin say in their boxes and sentences, by name; empty while it is not known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forms.bulletin.letters import withdrawal_law
from forms.dossier.identifiers import format_siret
from forms.dossier.paths import full_name
from forms.french import fold, listing, long_date, month_year, short_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from forms.bulletin.words import Words

    Phrase = Callable[[Words, str], str]

_WORD = re.compile(r"\w+")


def _day(day: dt.date | None) -> str:
    return long_date(day) if day else ""


def _town(words: Words) -> str:
    address = words.dossier.member.address
    return " ".join(part for part in (address.postal_code, address.city) if part)


def member_address(words: Words) -> list[str]:
    """Give the lines of the member's address, the town last."""
    return [line for line in (*words.dossier.member.address.lines, _town(words)) if line]


def _member(words: Words, _: str) -> str:
    """Give the civil names: "Maïa, Élodie Delattre, nom d’usage Delattre-Roy"."""
    person = words.dossier.member
    name = " ".join(part for part in (person.first_name, person.birth_name) if part)
    used = person.used_name
    return f"{name}, nom d’usage {used}" if used and used != person.birth_name else name


def _birth(words: Words, _: str) -> str:
    person = words.dossier.member
    place = f" à {person.birth_place}" if person.birth_place else ""
    return f"{short_date(person.birth_date)}{place}" if person.birth_date else ""


def _creditor(words: Words, _: str) -> str:
    return words.convention.creditor.name if words.convention.creditor else ""


def _creditor_address(words: Words, _: str) -> str:
    return ", ".join(words.convention.creditor.address) if words.convention.creditor else ""


def _ics(words: Words, _: str) -> str:
    return (words.convention.creditor.ics or "") if words.convention.creditor else ""


def _creditor_lacks(words: Words, _: str) -> str:
    """Give what the convention's folder does not say of the creditor, and a mandate cannot do without."""
    said = (("le nom", _creditor), ("l’identifiant (ICS)", _ics), ("l’adresse", _creditor_address))
    return listing([what for what, phrase in said if not phrase(words, "")])


def _rum(words: Words, _: str) -> str:
    """Give the mandate's reference where the insurer lets it be made here: never anything of a person."""
    creditor = words.convention.creditor
    if creditor is None or creditor.rum_prefix is None:
        return ""
    return f"{creditor.rum_prefix}{words.printing.reference}"


def _names(text: str | None) -> frozenset[str]:
    """Give the folded words of a name: ``Leroy`` is not ``Roy``, and ``Delattre, Maïa`` has two."""
    return frozenset(_WORD.findall(fold(text or "")))


def _first_name(words: Words) -> frozenset[str]:
    """Give the words of the member's first first name."""
    return _names((words.dossier.member.first_name or "").replace(",", " ").strip().split(" ")[0])


def _own_account(words: Words) -> bool:
    """Tell whether the account to debit is plainly the member's: only then is the member's address its holder's."""
    holder, first, person = _names(words.dossier.payment.holder), _first_name(words), words.dossier.member
    families = (_names(person.birth_name), _names(person.used_name))
    return bool(first) and first <= holder and any(family and family <= holder for family in families)


def _debtor_address(words: Words, _: str) -> str:
    return ", ".join(member_address(words)) if _own_account(words) or not words.dossier.payment.holder else ""


def _holder_signer(words: Words, _: str) -> str:
    """Say who else signs the cancellation: the old contract's holder, by name where that is plainly not the member."""
    old, first = words.dossier.previous_contract, _first_name(words)
    holder = old.holder if old else None
    if not holder or not first or first <= _names(holder):
        return "Signature du souscripteur du contrat, s’il s’agit de quelqu’un d’autre"
    return f"Signature du souscripteur du contrat, {holder}"


def _first_month(words: Words, _: str) -> str:
    found = words.assessment.effective_date
    return month_year(found.first_pay) if found else ""


def _old_end(words: Words, _: str) -> str:
    old = words.assessment.old_cover
    return _day(old.ends_on) if old else ""


def _notice_by(words: Words, _: str) -> str:
    old = words.assessment.old_cover
    return _day(old.notice_by) if old else ""


def _withdraw_by(words: Words, _: str) -> str:
    return _day(words.assessment.withdrawal.last_day) if words.assessment.withdrawal else ""


def _withdraw_model(words: Words, _: str) -> str:
    """Give the insurer's own model letter where the convention's folder carries its text; ours stands in any case."""
    model = words.convention.legal_texts.get("withdrawal_model")
    return (model.text or "") if model else ""


def _old_insurer(words: Words, _: str) -> str:
    return (words.dossier.previous_contract.insurer or "") if words.dossier.previous_contract else ""


def _kept(words: Words, _: str) -> str:
    return (words.dossier.previous_contract.keep or "") if words.dossier.previous_contract else ""


def _papers_by(words: Words, _: str) -> str:
    days = [due.by for due in words.assessment.documents_due if due.by and due.state == "missing"]
    return _day(min(days)) if days else ""


PHRASES: dict[str, Phrase] = {
    "=member_name": _member,
    "=member_birth": _birth,
    "=member_address": lambda words, _: ", ".join(member_address(words)),
    "=member_short": lambda words, _: full_name(words.dossier.member),
    "=insurer": lambda words, _: words.convention.insurer,
    "=insurers_list": lambda words, _: listing((words.convention.insurer, *words.convention.coinsurers)),
    "=convention": lambda words, _: words.convention.title,
    "=reference": lambda words, _: words.printing.reference,
    "=employer": lambda words, _: words.dossier.employer.name or "",
    "=employer_siret": lambda words, _: format_siret(words.dossier.employer.siret or ""),
    "=old_insurer": _old_insurer,
    "=member_noun": lambda words, _: words.member_noun,
    "=formula_name": lambda words, _: words.formula_label(words.dossier.formula),
    "=creditor": _creditor,
    "=creditor_lacks": _creditor_lacks,
    "=creditor_address": _creditor_address,
    "=ics": _ics,
    "=rum": _rum,
    "=debtor_address": _debtor_address,
    "=holder_signer": _holder_signer,
    "=first_month": _first_month,
    "=old_end_words": _old_end,
    "=notice_by": _notice_by,
    "=kept": _kept,
    "=signed_words": lambda words, _: _day(words.dossier.request.signed_on),
    "=withdraw_by": _withdraw_by,
    "=withdraw_law": lambda words, _: withdrawal_law(words),
    "=withdraw_model": _withdraw_model,
    "=papers_by": _papers_by,
    "=joiner": lambda words, _: {"m": "soussigné", "mme": "soussignée"}.get(
        words.dossier.member.title or "", "soussigné(e)"
    ),
}
