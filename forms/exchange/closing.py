"""Closing the day: totals, what is missing for whom, and for each employer the list that its payroll needs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from forms.assessment import Assessment
from forms.convention import Convention
from forms.dossier.identifiers import compact_siret, format_siret
from forms.dossier.labels import label
from forms.dossier.model import Dossier
from forms.dossier.paths import full_name, name_of, title_at
from forms.dossier.states import ON_PAPER, STATES
from forms.french import fold, money, plural, time_of, typeset, weekday_date


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
    """One line of an employer's list; amounts in euros a month, ``first_pay`` the 1st of the first pay month.

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
class EmployerList:
    """What one employer is sent: its own agents and no one else's; sums in euros a month."""

    employer: str
    siret: str
    rows: tuple[EmployerRow, ...] = field(repr=False)

    @property
    def total(self) -> Decimal:
        """Give the contributions of the list."""
        return sum((row.total for row in self.rows), Decimal(0))

    @property
    def participation(self) -> Decimal:
        """Give what the employer pays of them."""
        return sum((row.participation for row in self.rows), Decimal(0))

    @property
    def net(self) -> Decimal:
        """Give what its agents pay."""
        return sum((row.net for row in self.rows), Decimal(0))


@dataclass(frozen=True)
class Wanting:
    """A dossier that lacks something, in French; ``off_list``: its employer's list is without it for that."""

    reference: str
    name: str = field(repr=False)
    state: str
    off_list: bool
    lacks: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Closing:
    """The day as closed: a list for each employer, who is on none, counts; ``formulas`` and sums are of all due.

    Sums are in euros a month. An individual contract is counted and summed, and stands on no one's list.
    ``settled``: the references on a list, or due none; no other day counts them again.
    """

    closed_at: dt.datetime
    lists: tuple[EmployerList, ...] = field(repr=False)
    wanting: tuple[Wanting, ...] = field(repr=False)
    states: dict[str, int]
    formulas: dict[str, int]
    total: Decimal
    participation: Decimal
    net: Decimal
    journal_head: str = ""
    settled: frozenset[str] = frozenset()


def closing(dossiers: Sequence[DayDossier], closed_at: dt.datetime, journal_head: str = "") -> Closing:
    """Close a day. On its employer's list: each dossier on paper that nothing blocks, with its date and price.

    ``journal_head`` is the hash of the journal's last entry, printed so that a cut tail shows later.
    """
    due = [(day, row) for day in dossiers if (row := _employer_row(day)) is not None]
    lists = _lists(due)
    on_list = frozenset(day.reference for day, _ in due if _employer(day))
    found = [_wanting(day, off_list=day.convention.has_employer and day.reference not in on_list) for day in dossiers]
    return Closing(
        closed_at,
        lists,
        tuple(wanting for wanting in found if wanting.lacks),
        dict(Counter(day.state for day in dossiers)),
        dict(Counter(row.formula for _, row in due)),
        sum((row.total for _, row in due), Decimal(0)),
        sum((row.participation for _, row in due), Decimal(0)),
        sum((row.net for _, row in due), Decimal(0)),
        journal_head,
        on_list | {day.reference for day, _ in due if not day.convention.has_employer},
    )


def _employer(day: DayDossier) -> str:
    """Give what tells employers apart: the SIRET, else the folded name; empty for an individual contract."""
    employer = day.dossier.employer
    return compact_siret(employer.siret or "") or fold(employer.name or "") if day.convention.has_employer else ""


def _lists(due: Sequence[tuple[DayDossier, EmployerRow]]) -> tuple[EmployerList, ...]:
    """Give one list an employer, by name, its agents by name."""
    by_employer: dict[str, list[tuple[DayDossier, EmployerRow]]] = {}
    for day, row in due:
        if key := _employer(day):
            by_employer.setdefault(key, []).append((day, row))
    lists = []
    for entries in by_employer.values():
        names = (day.dossier.employer.name for day, _ in entries)
        rows = sorted((row for _, row in entries), key=lambda row: (fold(row.birth_name), fold(row.first_name)))
        siret = compact_siret(entries[0][0].dossier.employer.siret or "")
        lists.append(EmployerList(next(filter(None, names), ""), siret, tuple(rows)))
    return tuple(sorted(lists, key=lambda made: (fold(made.employer), made.siret)))


def _employer_row(day: DayDossier) -> EmployerRow | None:
    answer, member = day.assessment, day.dossier.member
    quote, found = answer.quote, answer.effective_date
    if day.state not in ON_PAPER or not answer.printable or found is None or quote.total is None or quote.net is None:
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
        found.first_pay if day.dossier.payment.mode == "payroll" else None,
    )


def _wanting(day: DayDossier, *, off_list: bool) -> Wanting:
    dossier, answer = day.dossier, day.assessment
    lacks = [f"{title_at(path)}{_whose(dossier, path)}" for path in answer.missing]
    lacks += [
        issue.message.rstrip(".") for issue in answer.issues if issue.severity == "error" and issue.code != "missing"
    ]
    for due in answer.documents_due:
        if due.state == "missing":
            whose = "" if due.person == "member" else f" ({name_of(dossier, due.person)})"
            lacks.append(f"pièce : {label('documents.kind', due.kind)}{whose}")
    if day.convention.has_employer and not _employer(day):
        lacks.append(title_at("employer.name"))
    if day.state not in ON_PAPER and answer.printable:
        lacks.insert(0, "à imprimer et à faire signer")
    name = full_name(dossier.member) or "sans nom"
    return Wanting(day.reference, name, day.state, off_list, tuple(dict.fromkeys(lacks)))


def _whose(dossier: Dossier, path: str) -> str:
    parts = path.split(".")
    return f" ({name_of(dossier, '.'.join(parts[:2]))})" if parts[0] == "beneficiaries" and len(parts) > 1 else ""


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
        f"En tout : cotisations {money(closed.total)} par mois, participation {money(closed.participation)}, "
        f"à payer {money(closed.net)}."
    )
    for made in closed.lists:
        yield (
            f"Liste pour {_named(made)} : {plural(len(made.rows), 'agent')}, cotisations {money(made.total)} "
            f"par mois, participation {money(made.participation)}, à payer {money(made.net)}."
        )
    for wanting in closed.wanting:
        apart = ", pas sur la liste de l’employeur" if wanting.off_list else ""
        yield f"{wanting.reference}, {wanting.name}{apart} : {' ; '.join(wanting.lacks)}"
    if closed.journal_head:
        yield f"Journal, dernière empreinte : {closed.journal_head}"


def _named(made: EmployerList) -> str:
    """Give the employer's name, with its SIRET: two may have one name."""
    siret = f"SIRET {format_siret(made.siret)}" if made.siret else ""
    return f"{made.employer} ({siret})" if made.employer and siret else made.employer or siret
