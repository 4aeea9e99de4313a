"""The employer's list of agents: read it, match its columns, say row by row what would happen; nothing is written."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

from forms.dossier.identifiers import compact_nir
from forms.exchange.bounds import check_size
from forms.exchange.headings import HEAD_ROWS, Row, columns, find_header, total_words, words
from forms.exchange.separated import Numbered, read_separated
from forms.exchange.sheets import read_workbook
from forms.exchange.values import EXCEL_ZERO, Fact, Said, called, identity, said_by, title_of
from forms.faults import Fault
from forms.french import fold, listing, plural, typeset, whole

Mapped = dict[str, str]
"""Target (``member.birth_name``, ``name``, ``nir_key``…) to the label of its column; ``""``: in no column."""

Outcome = Literal["ready", "warning", "refused", "skipped"]
"""``skipped`` is a line that is nobody's: a total, headings again."""

SEARCH_FROM = 3
"""Letters from which a search answers."""

_BY_CHANCE = 3  # first names with no accent that a short list may well have
_NAMES = ("member.birth_name", "member.used_name", "name")
_LINES_MOVED = (
    "Les n° de Sécurité sociale ne concordent ni avec les naissances ni avec les civilités : une colonne ou "
    "des lignes ont été décalées. Corrigez le fichier, rien n’est repris."
)
_COLUMNS_MOVED = (
    "Les colonnes sont décalées : ce qu’elles contiennent n’est pas ce qu’elles annoncent. Choisissez ce que "
    "chacune contient, ou corrigez le fichier."
)
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Roster:
    """A list as read: ``headings`` all different, ``rows`` with their number in the file, ``guess`` of the columns.

    ``zero`` is day zero of the dates that are numbers; ``notes`` are French lines on the reading.
    """

    name: str
    headings: Row
    rows: tuple[Numbered, ...] = field(repr=False)
    guess: Mapped
    zero: dt.date = EXCEL_ZERO
    notes: tuple[str, ...] = ()

    def mapping(self, remembered: Mapping[str, str]) -> Mapped:
        """Give the mapping to start from: what was chosen for such headings before, then what is guessed."""
        known = {words(label): label for label in reversed(self.headings)}
        kept = {target: known.get(words(label), "") for target, label in remembered.items()}
        kept = {target: label for target, label in kept.items() if label or not remembered[target]}
        taken = set(kept.values())
        return kept | {
            target: label for target, label in self.guess.items() if target not in kept and label not in taken
        }


@dataclass(frozen=True)
class ReportRow:
    """What would happen to one row; ``facts`` by path, ``unread`` what must be typed again; ``number`` in the file."""

    number: int
    outcome: Outcome
    name: str = field(repr=False)
    reasons: tuple[str, ...] = field(default=(), repr=False)
    facts: tuple[tuple[str, Fact], ...] = field(default=(), repr=False)
    unread: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    folded: str = field(default="", repr=False)


@dataclass(frozen=True)
class Report:
    """The dry run: every row in the order of the file, and French notes on the whole.

    ``alarm`` is the one line to be said before all: columns or lines moved. Empty where they did not.
    """

    rows: tuple[ReportRow, ...]
    notes: tuple[str, ...]
    alarm: str = ""

    @cached_property
    def counts(self) -> Counter[str]:
        """Count the rows by outcome."""
        return Counter(row.outcome for row in self.rows)

    @cached_property
    def importable(self) -> tuple[ReportRow, ...]:
        """Give the rows that would open a dossier, seen or not: ``ready`` and ``warning``."""
        return tuple(row for row in self.rows if row.outcome in {"ready", "warning"})

    @cached_property
    def _searched(self) -> tuple[str, list[int]]:
        """Give all that is searched as one text, a line a row, and where each line starts."""
        lines = [f" {row.folded}\n" for row in self.importable]
        return "".join(lines), list(accumulate(map(len, lines), initial=0))

    def search(self, text: str, limit: int = 20) -> list[ReportRow]:
        """Find importable rows by any part of a name or staff number, accents and case aside, from three letters on.

        Every word typed must be there; those that begin a name come first, then the order of the file.
        """
        typed = sorted(fold(text).split(), key=len, reverse=True)
        if sum(map(len, typed)) < SEARCH_FROM:
            return []
        whole_text, starts = self._searched
        begun: list[ReportRow] = []
        others: list[ReportRow] = []
        place = whole_text.find(typed[0])
        while place >= 0 and len(begun) < limit:
            line = bisect_right(starts, place) - 1
            row = self.importable[line]
            if all(word in row.folded for word in typed):
                first = all(f" {word}" in f" {row.folded}" for word in typed)
                (begun if first else others).append(row)
            place = whole_text.find(typed[0], starts[line + 1])
        return (begun + others)[:limit]


def read_roster(data: bytes, name: str) -> Roster:
    """Read a list of agents, XLSX or CSV by its content; ``name`` is said in refusals.

    Raises:
        Fault: another kind of file, a damaged or protected one, one larger than the limits of ``bounds``.
    """
    check_size(data, name)
    if data.startswith(_OLD_WORKBOOK):
        raise Fault(f"« {name} » est un ancien classeur (XLS), ou il est protégé : enregistrez-le en XLSX.")
    if data.startswith(b"%PDF"):
        raise Fault(f"« {name} » est un PDF : demandez la liste en XLSX ou en CSV.")
    zero = EXCEL_ZERO
    if data.startswith(b"PK"):
        if b"opendocument" in data[:200]:
            raise Fault(f"« {name} » est un classeur LibreOffice : enregistrez-le en XLSX.")
        rows, zero, notes = read_workbook(data, name)
    else:
        rows, notes = read_separated(data, name)
    if not rows:
        raise Fault(f"« {name} » est vide : aucune ligne à reprendre.")
    header = find_header([row for _, row in rows[:HEAD_ROWS]])
    return Roster(name, header.labels, tuple(rows[header.last + 1 :]), header.guess, zero, notes)


def dry_run(roster: Roster, mapping: Mapping[str, str], today: dt.date) -> Report:
    """Say row by row what importing would do; nothing is written.

    Raises:
        Fault: no column of the mapping says the names.
    """
    wanted = places(roster.headings, mapping)
    judged = [(number, said_in(row, roster.headings, wanted, today, roster.zero)) for number, row in roster.rows]
    people = [said for _, said in judged if said is not None]
    shifted = _shifted(people)
    alarm = _LINES_MOVED if shifted else _COLUMNS_MOVED if _moved(people) else ""
    rows = tuple(_rows(judged, shifted))
    notes = (*roster.notes, *([alarm] if alarm else []), *_notes(wanted, judged))
    return Report(rows, tuple(map(typeset, notes)), typeset(alarm))


def places(headings: Row, mapping: Mapping[str, str]) -> dict[str, int]:
    """Give the place of each target's column.

    Raises:
        Fault: no column of the mapping says the names.
    """
    known = {label: place for place, label in enumerate(headings)}
    wanted = {target: known[label] for target, label in mapping.items() if label in known}
    if not any(target in wanted for target in _NAMES):
        raise Fault("Aucune colonne ne donne le nom des agents : choisissez-la, puis recommencez.")
    return wanted


def said_in(row: Row, headings: Row, wanted: Mapping[str, int], today: dt.date, zero: dt.date) -> Said | None:
    """Give what a row says; None for one that is nobody's."""
    cells = {target: row[place] if place < len(row) else "" for target, place in wanted.items()}
    return None if _nobody(cells, row, headings) else said_by(cells, today, zero)


def _nobody(cells: Mapping[str, str], row: Row, headings: Row) -> bool:
    """Tell a line that is no agent's: headings printed again, a total, or nothing in the columns that count."""
    if [cell for cell in row if cell] and set(filter(None, row)) <= set(headings):
        return True
    first_name = cells.get("member.first_name", "")
    if any(map(str.isalpha, first_name)) or cells.get("member.birth_date") or cells.get("member.nir"):
        return False
    first = fold(next((cell for cell in row if cell), ""))
    is_total = any(first == word or first.startswith((f"{word} ", f"{word}:")) for word in total_words())
    return is_total or not any(cells.values())


def _shifted(people: list[Said]) -> bool:
    """Tell that a column moved against the others: half of the numbers that can be compared are someone else's."""
    compared = [said.someone_else for said in people if said.someone_else is not None]
    return is_shifted(sum(compared), len(compared))


def is_shifted(wrong: int, compared: int) -> bool:
    """Tell that a column moved, from how many of the numbers that can be compared are someone else's."""
    return wrong > 1 and wrong * 2 >= compared


def _moved(people: list[Said]) -> bool:
    """Tell that the columns are not what their headings say: half of the lines say so, and more than one."""
    count = sum(said.moved for said in people)
    return count > 1 and count * 2 >= len(people)


def _rows(judged: list[tuple[int, Said | None]], shifted: bool) -> Iterator[ReportRow]:  # noqa: FBT001 - one file, one answer
    numbers: dict[str, int] = {}
    persons: dict[tuple[str, str, str], tuple[int, str]] = {}
    staff: dict[str, int] = {}
    for number, said in judged:
        if said is None:
            yield ReportRow(number, "skipped", "", ("Ligne de total ou de titre : ignorée.",))
            continue
        if shifted and not said.refusals:
            said.refusals.append("Les n° de Sécurité sociale de ce fichier sont décalés : rien n’est repris.")
        _find_twins(said, number, numbers, persons, staff)
        outcome: Outcome = "refused" if said.refusals else "warning" if said.warnings else "ready"
        searched = ("member.birth_name", "member.used_name", "member.first_name", "member.staff_number")
        yield ReportRow(
            number,
            outcome,
            called(said, number),
            tuple(map(typeset, said.refusals or said.warnings)),
            tuple(said.facts.items()),
            tuple(said.unread.items()),
            fold(" ".join(filter(None, map(said.text, searched)))),
        )


def _find_twins(
    said: Said,
    number: int,
    numbers: dict[str, int],
    persons: dict[tuple[str, str, str], tuple[int, str]],
    staff: dict[str, int],
) -> None:
    """Refuse a person already in the list; what only looks like one (another NIR, one staff number) is to be seen."""
    nir, person, badge = compact_nir(said.text("member.nir")), identity(said), fold(said.text("member.staff_number"))
    same = numbers.get(nir) if nir else None
    if same is None and person in persons:
        line, other = persons[person]
        if nir and other:
            said.warnings.append(
                f"Mêmes nom, prénom et naissance qu’à la ligne {whole(line)}, autre numéro : à vérifier."
            )
        else:
            same = line
    if same is not None:
        said.refusals.append(f"Même personne qu’à la ligne {whole(same)} : un seul dossier pour deux lignes.")
    elif badge and badge in staff:
        said.warnings.append(f"Même matricule qu’à la ligne {whole(staff[badge])}.")
    if nir:
        numbers.setdefault(nir, number)
    if person is not None:
        persons.setdefault(person, (number, nir))
    if badge:
        staff.setdefault(badge, number)


def _notes(wanted: Mapping[str, int], judged: list[tuple[int, Said | None]]) -> Iterator[str]:
    absent = [title_of(target) for target in ("member.birth_date", "member.staff_number") if target not in wanted]
    if absent:
        yield f"Pas de colonne {listing([f'« {title} »' for title in absent], 'ni')} : à saisir pour chaque agent."
    if "member.used_name" not in wanted and "member.birth_name" in wanted:
        yield "Une seule colonne de nom, prise pour le nom de naissance : à vérifier avec chaque agent."
    people = [said for _, said in judged if said is not None]
    if people and all(said.text("member.first_name").isascii() for said in people) and len(people) > _BY_CHANCE:
        yield "Les prénoms sont sans accents : à relire avec chaque agent."
    nobody = len(judged) - len(people)
    if nobody:
        yield f"{plural(nobody, 'ligne ignorée', 'lignes ignorées')} : total ou titre."


def mapping_choices() -> tuple[tuple[str, str], ...]:
    """Give what a column can be, with its French title, in the order of a mapping's table."""
    return tuple((column.target, column.title) for column in columns())
