"""Closing the day: totals, what is missing for whom, and the list that the employer's payroll needs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from forms.assessment import Assessment
from forms.convention import Convention
from forms.dossier.labels import label
from forms.dossier.model import Dossier
from forms.dossier.paths import full_name, name_of, title_at
from forms.french import MONTHS, money, plural, time_of, typeset, weekday_date

STATES = {"draft": "brouillon", "complete": "complet", "printed": "imprimé", "sent": "transmis"}


@dataclass(frozen=True)
class DayDossier:
    """One dossier of the day: ``state`` is the draft's, ``assessment`` what follows from it today."""

    reference: str
    state: str
    dossier: Dossier = field(repr=False)
    assessment: Assessment = field(repr=False)
    convention: Convention = field(repr=False)


@dataclass(frozen=True)
class EmployerRow:
    """One line of the employer's list; amounts in euros a month, ``first_pay`` the 1st of the first pay month.

    Neither NIR nor IBAN: payroll needs neither. ``first_pay`` is nothing where the bank is debited.
    """

    staff_number: str
    birth_name: str
    used_name: str
    first_name: str
    effective_on: dt.date
    formula: str
    total: Decimal
    participation: Decimal
    net: Decimal
    first_pay: dt.date | None


@dataclass(frozen=True)
class Wanting:
    """A dossier that is not on the employer's list, or whose papers are not all there: what it lacks, in French."""

    reference: str
    name: str = field(repr=False)
    state: str
    listed: bool
    lacks: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Closing:
    """The day as closed: who is on the employer's list and who is not, counts, sums in euros a month."""

    closed_at: dt.datetime
    rows: tuple[EmployerRow, ...] = field(repr=False)
    wanting: tuple[Wanting, ...] = field(repr=False)
    states: dict[str, int]
    formulas: dict[str, int]
    total: Decimal
    participation: Decimal
    net: Decimal
    journal_head: str = ""


def closing(dossiers: Sequence[DayDossier], closed_at: dt.datetime, journal_head: str = "") -> Closing:
    """Close a day. On the employer's list: the dossiers that nothing blocks, with their date and price.

    ``journal_head`` is the hash of the journal's last entry, printed so that a cut tail shows later.
    """
    listed = [(day, row) for day in dossiers if (row := _employer_row(day)) is not None]
    on_list = {day.reference for day, _ in listed}
    ordered = sorted((row for _, row in listed), key=lambda row: (row.birth_name.casefold(), row.first_name.casefold()))
    found = [_wanting(day, listed=day.reference in on_list) for day in dossiers]
    return Closing(
        closed_at,
        tuple(ordered),
        tuple(wanting for wanting in found if wanting.lacks),
        dict(Counter(day.state for day in dossiers)),
        dict(Counter(row.formula for row in ordered)),
        sum((row.total for row in ordered), Decimal(0)),
        sum((row.participation for row in ordered), Decimal(0)),
        sum((row.net for row in ordered), Decimal(0)),
        journal_head,
    )


def _employer_row(day: DayDossier) -> EmployerRow | None:
    answer, member = day.assessment, day.dossier.member
    quote, found = answer.quote, answer.effective_date
    if not answer.printable or found is None or quote.total is None or quote.net is None:
        return None
    formula = day.convention.formula(day.dossier.formula)
    return EmployerRow(
        member.staff_number or "",
        member.birth_name or "",
        member.used_name or "",
        member.first_name or "",
        found.date,
        formula.label if formula else day.dossier.formula or "",
        quote.total,
        quote.participation or Decimal(0),
        quote.net,
        # As on the printed authorisation: the month in which cover starts.
        found.date.replace(day=1) if day.dossier.payment.mode == "payroll" else None,
    )


def _wanting(day: DayDossier, *, listed: bool) -> Wanting:
    dossier, answer = day.dossier, day.assessment
    lacks = [f"{title_at(path)}{_whose(dossier, path)}" for path in answer.missing]
    lacks += [issue.message for issue in answer.issues if issue.severity == "error" and issue.code != "missing"]
    for due in answer.documents_due:
        if due.state == "missing":
            whose = "" if due.person == "member" else f" ({name_of(dossier, due.person)})"
            lacks.append(f"pièce : {label('documents.kind', due.kind)}{whose}")
    name = full_name(dossier.member) or "sans nom"
    return Wanting(day.reference, name, day.state, listed, tuple(dict.fromkeys(lacks)))


def _whose(dossier: Dossier, path: str) -> str:
    parts = path.split(".")
    return f" ({name_of(dossier, '.'.join(parts[:2]))})" if parts[0] == "beneficiaries" and len(parts) > 1 else ""


def month_of(day: dt.date) -> str:
    """Give a month as it is read: ``mars 2026``."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def closing_lines(closed: Closing) -> Iterator[str]:
    """Give the closing as French lines, for the screen and for paper."""
    return map(typeset, _lines(closed))


def _lines(closed: Closing) -> Iterator[str]:
    yield f"Clôture du {weekday_date(closed.closed_at.date())}, {time_of(closed.closed_at)}"
    count = sum(closed.states.values())
    states = ", ".join(f"{closed.states[key]} {word}" for key, word in STATES.items() if closed.states.get(key))
    yield f"{plural(count, 'dossier')}{f' : {states}' if states else ''}."
    for formula, number in sorted(closed.formulas.items()):
        yield f"{formula} : {plural(number, 'adhésion')}."
    yield (
        f"Sur la liste de l’employeur : {plural(len(closed.rows), 'agent')}, cotisations {money(closed.total)} "
        f"par mois, participation {money(closed.participation)}, à payer {money(closed.net)}."
    )
    for wanting in closed.wanting:
        apart = "" if wanting.listed else ", pas sur la liste de l’employeur"
        yield f"{wanting.reference}, {wanting.name}{apart} : {' ; '.join(wanting.lacks)}"
    if closed.journal_head:
        yield f"Journal, dernière empreinte : {closed.journal_head}"
