"""What importing a list would do to the one that is kept: who is new, updated, unchanged, refused, no longer in it."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING, Literal, Protocol

from forms.dossier.identifiers import compact_nir
from forms.exchange.lists import neutral
from forms.exchange.prefill import Listed
from forms.exchange.values import title_of
from forms.french import fold, listing, plural, typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from forms.exchange.roster import Report, ReportRow
    from forms.exchange.values import Fact

Change = Literal["new", "updated", "unchanged", "refused", "skipped"]

WORDS: dict[Change, str] = {
    "new": "nouveau",
    "updated": "mis à jour",
    "unchanged": "inchangé",
    "refused": "refusé",
    "skipped": "ligne ignorée",
}
HEADINGS = ("Ligne", "Agent", "Résultat", "Détail")
NIR_BODY = 13


class Known(Listed, Protocol):
    """An agent that is kept, with the reference of their dossier."""

    @property
    def reference(self) -> str:
        """Give the reference."""


@dataclass(frozen=True)
class Step:
    """What becomes of one row: ``facts`` and ``unread`` once it is imported, under ``reference`` ("" for a new one)."""

    row: ReportRow
    change: Change
    reference: str = ""
    facts: tuple[tuple[str, Fact], ...] = field(default=(), repr=False)
    unread: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    details: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Plan:
    """The import of a whole list: a step a row in the order of the file; ``absent`` are kept and no longer in it.

    ``alarm`` is the one line to be said before all, ``notes`` are others on the whole.
    """

    steps: tuple[Step, ...]
    absent: tuple[str, ...]
    notes: tuple[str, ...]
    alarm: str = ""

    @cached_property
    def counts(self) -> Counter[Change]:
        """Count the rows by what becomes of them."""
        return Counter(step.change for step in self.steps)

    @property
    def totals(self) -> str:
        """Give "3 nouveaux, 1 mis à jour, 2 refusés" in French."""
        forms: tuple[tuple[Change, str, str], ...] = (
            ("new", "nouveau", "nouveaux"),
            ("updated", "mis à jour", "mis à jour"),
            ("unchanged", "inchangé", "inchangés"),
            ("refused", "refusé", "refusés"),
            ("skipped", "ligne ignorée", "lignes ignorées"),
        )
        return ", ".join(plural(self.counts[key], *said) for key, *said in forms if self.counts[key]) or "Aucune ligne"

    @property
    def to_keep(self) -> tuple[Step, ...]:
        """Give the steps that change something."""
        return tuple(step for step in self.steps if step.change in {"new", "updated"})


def planned(report: Report, kept: Sequence[Known]) -> Plan:
    """Put a dry run against the agents that are kept; nothing is written.

    A row is someone who is kept by the NIR; else by the names and birth date, unless both have another NIR; else by
    the staff number with the birth date or the first name. It says more of them and takes nothing away: a cell that is
    blank or cannot be read leaves what was known.
    """
    finding = _Finding(kept)
    steps = tuple(_step(row, finding) for row in report.rows)
    notes = tuple(note for note in report.notes if note != report.alarm)
    return Plan(steps, finding.left(), notes, report.alarm)


def _step(row: ReportRow, finding: _Finding) -> Step:
    if row.outcome == "refused":
        return Step(row, "refused", details=row.reasons)
    if row.outcome == "skipped":
        return Step(row, "skipped", details=row.reasons)
    known = finding.find(row)
    if known is None:
        return Step(row, "new", "", row.facts, row.unread, row.reasons)
    facts = dict(known.facts)
    said = facts | dict(row.facts)
    unread = {path: text for path, text in (dict(known.unread) | dict(row.unread)).items() if path not in said}
    changed = [path for path, value in said.items() if facts.get(path) != value]
    changed += [path for path, text in unread.items() if dict(known.unread).get(path) != text]
    change: Change = "updated" if changed else "unchanged"
    told = (f"Change : {listing([_title(path) for path in changed])}.",) if changed else ()
    return Step(row, change, known.reference, tuple(said.items()), tuple(unread.items()), (*told, *row.reasons))


def _title(path: str) -> str:
    return title_of("address_1" if path == "address" else path).lower().replace("n° de sécurité", "n° de Sécurité")


class _Finding:
    """Who is kept, by what tells them; each is found once."""

    def __init__(self, kept: Sequence[Known]) -> None:
        self._free = {known.reference: known for known in kept}
        self._by: dict[tuple[str, ...], list[Known]] = {}
        for known in kept:
            for key in _keys(dict(known.facts)):
                self._by.setdefault(key, []).append(known)

    def find(self, row: ReportRow) -> Known | None:
        facts = dict(row.facts)
        number = _number(facts)
        for key in _keys(facts):
            for known in self._by.get(key, ()):
                other = _number(dict(known.facts))
                if known.reference in self._free and (not number or not other or number == other):
                    return self._free.pop(known.reference)
        return None

    def left(self) -> tuple[str, ...]:
        return tuple(self._free)


def _text(facts: dict[str, Fact], path: str) -> str:
    return fold(str(facts.get(path) or ""))


def _number(facts: dict[str, Fact]) -> str:
    number = compact_nir(str(facts.get("member.nir") or ""))
    return number[:NIR_BODY] if len(number) >= NIR_BODY else ""


def _keys(facts: dict[str, Fact]) -> Iterator[tuple[str, ...]]:
    """Give what tells a person, the surest first."""
    number, born = _number(facts), _text(facts, "member.birth_date")
    first, badge = _text(facts, "member.first_name"), _text(facts, "member.staff_number")
    name = _text(facts, "member.birth_name") or _text(facts, "member.used_name")
    if number:
        yield "nir", number
    if name and first and born:
        yield "person", name, first, born
    if badge and born:
        yield "badge, born", badge, born
    if badge and first:
        yield "badge, called", badge, first
    if name and not (born or badge or number):
        yield "name alone", name, first


def plan_csv(plan: Plan) -> bytes:
    """Give the report of an import as CSV for a French Excel: a line a row of the file, by the number it has there."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for step in plan.steps:
        cells = (step.row.name, WORDS[step.change], " ".join(step.details))
        writer.writerow([str(step.row.number), *(neutral(cell) for cell in cells)])
    return out.getvalue().encode("utf-8-sig")


def absent_line(plan: Plan) -> str:
    """Say who is kept and no longer in the file; empty where everyone is."""
    count = len(plan.absent)
    if not count:
        return ""
    said = "agent gardé n’est plus dans ce fichier", "agents gardés ne sont plus dans ce fichier"
    return typeset(f"{plural(count, *said)}.")
