"""What an import would do to the list that is kept: new, updated, unchanged, refused, absent; columns remembered."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass

import pytest

from forms.dossier.model import Employer
from forms.exchange.importing import HEADINGS, Plan, absent_line, plan_csv, planned
from forms.exchange.prefill import prefilled
from forms.exchange.remembered import recalled, remembering
from forms.exchange.roster import dry_run, read_roster
from forms.exchange.values import Fact
from tests.forms.exchange.rosters import AGENTS, FILES, french, moved, separated

TODAY = dt.date(2026, 2, 3)


@dataclass(frozen=True)
class Kept:
    """An agent that is kept."""

    reference: str
    facts: tuple[tuple[str, Fact], ...]
    unread: tuple[tuple[str, str], ...] = ()


def plan(data: bytes, kept: tuple[Kept, ...] = ()) -> Plan:
    """Plan the import of a list over what is kept."""
    roster = read_roster(data, "liste.csv")
    return planned(dry_run(roster, roster.mapping({}), TODAY), kept)


def imported(made: Plan, kept: tuple[Kept, ...] = ()) -> tuple[Kept, ...]:
    """Do what a plan says."""
    here = {one.reference: one for one in kept}
    for number, step in enumerate(made.to_keep):
        reference = step.reference or f"R-{len(kept) + number}"
        here[reference] = Kept(reference, step.facts, step.unread)
    return tuple(here.values())


def rows(*lines: list[str], head: str = "Matricule;Nom de naissance;Prénom;Né le;NIR;Téléphone") -> bytes:
    """Give a list with these rows under usual headings."""
    return separated([head.split(";"), *lines])


MAIA = ["A-1042", "Delattre", "Maïa", "01/01/1985", AGENTS[0].nir, ""]
NOE = ["A-1043", "D’Alméida", "Noé", "12/09/1986", AGENTS[1].nir, ""]


@pytest.mark.parametrize("kind", FILES)
def test_the_same_file_again_changes_nothing(kind: str) -> None:
    """Each of the five files: five new agents, then five unchanged and nothing to keep."""
    data = FILES[kind][1]()
    first = plan(data)
    assert first.counts["new"] == 5
    again = plan(data, imported(first))
    assert (again.counts["unchanged"], again.to_keep, again.absent) == (5, (), ())


def test_the_five_files_are_one_list() -> None:
    """Whatever wrote them, they are the same five people: one after the other, nobody is new but the first time."""
    kept: tuple[Kept, ...] = ()
    for kind, (_, data) in FILES.items():
        made = plan(data(), kept)
        assert made.counts["new"] == (0 if kept else 5), kind
        kept = imported(made, kept)
    assert len(kept) == 5


def test_more_is_said_and_nothing_is_taken_away() -> None:
    """A phone is added and told; a blank cell, and a date that cannot be read, leave what was known."""
    kept = imported(plan(rows(MAIA, NOE)))
    made = plan(rows([*MAIA[:3], "le premier", "", "0612345678"], NOE), kept)
    step, other = made.steps
    assert (step.change, step.reference, other.change) == ("updated", "R-0", "unchanged")
    assert step.details[0] == "Change : téléphone."
    facts = dict(step.facts)
    assert (facts["member.nir"], facts["member.birth_date"]) == (AGENTS[0].nir, dt.date(1985, 1, 1))
    assert step.unread == ()
    kept = imported(made, kept)
    assert plan(rows([*MAIA[:3], "le premier", "", "0612345678"], NOE), kept).to_keep == ()


def test_what_cannot_be_read_waits() -> None:
    """It is kept as typed for a new agent, unchanged when it comes again, gone once it can be read."""
    doubtful = [*MAIA[:3], "le premier", "", ""]
    kept = imported(plan(rows(doubtful)))
    assert kept[0].unread == (("member.birth_date", "le premier"),)
    assert plan(rows(doubtful), kept).counts["unchanged"] == 1
    made = plan(rows([*MAIA[:4], "", ""]), kept)
    assert made.counts["updated"] == 1
    assert made.steps[0].unread == ()


@pytest.mark.parametrize(
    ("row", "known"),
    [
        (["Z-9", "Martin", "Maïa", "", AGENTS[0].nir, ""], True),
        (["", "DELATTRE", "MAIA", "01/01/1985", "", ""], True),
        (["A-1042", "Roy", "Maïa", "", "", ""], True),
        (["A-1042", "Roy", "M.", "01/01/1985", "", ""], True),
        (["A-1042", "Roy", "Inès", "", "", ""], False),
        (["", "Delattre", "Maïa", "01/01/1985", AGENTS[4].nir, ""], False),
        (["", "Delattre", "Maïa", "02/01/1985", "", ""], False),
    ],
)
def test_who_is_someone_already(row: list[str], known: bool) -> None:  # noqa: FBT001 - a table
    """By the NIR, by names and birth date, by staff number with one of them; never against another NIR."""
    kept = imported(plan(rows(MAIA)))
    made = plan(rows(row), kept)
    assert made.steps[0].change == ("updated" if known else made.steps[0].change)
    assert (made.steps[0].reference == "R-0") is known


def test_who_is_absent_is_told() -> None:
    """They stay unless someone says otherwise."""
    kept = imported(plan(rows(MAIA, NOE)))
    made = plan(rows(MAIA), kept)
    assert made.absent == ("R-1",)
    assert absent_line(made) == "1 agent gardé n’est plus dans ce fichier."
    assert absent_line(plan(rows(MAIA, NOE), kept)) == ""


def test_columns_that_moved_are_said_at_once() -> None:
    """One line before all: lines whose numbers are other people's, cells that are not what their column announces."""
    assert "décalées" in plan(moved()).alarm
    lines = [[a.birth_name, a.first_name, french(a.born), a.nir] for a in AGENTS]
    made = plan(rows(*lines))
    assert made.alarm.startswith("Les colonnes sont décalées")
    assert made.counts["refused"] == 5
    assert made.alarm not in made.notes
    assert plan(rows(MAIA, NOE)).alarm == ""


def test_the_report_of_an_import() -> None:
    """A line a row, by its number in the file; a cell is never a formula."""
    made = plan(rows(MAIA, ["", "=CMD()", "12", "", "", ""], ["Total", "2", "", "", "", ""]))
    assert made.totals == "1 nouveau, 1 refusé, 1 ligne ignorée"
    text = plan_csv(made).decode("utf-8-sig")
    table = list(csv.reader(text.splitlines(), delimiter=";"))
    assert tuple(table[0]) == HEADINGS
    assert [(row[0], row[2]) for row in table[1:]] == [("2", "nouveau"), ("3", "refusé"), ("4", "ligne ignorée")]
    assert not any(cell.startswith("=") for row in table for cell in row)


def test_columns_are_remembered_without_their_words() -> None:
    """For the same headings in any order or writing; « none » too; what is kept holds no text of the file."""
    headings = ("Delattre", "Maïa", "Code A", "Code B")
    chosen = {"member.birth_name": "Delattre", "member.staff_number": "Code B", "member.nir": ""}
    kept = remembering(None, headings, chosen)
    assert "elattre" not in repr(kept)
    assert recalled(kept, headings) == chosen
    assert recalled(kept, ("CODE B", "maia", "code a", "delattre")) == {
        "member.birth_name": "delattre", "member.staff_number": "CODE B", "member.nir": "",
    }  # fmt: skip
    assert recalled(kept, (*headings, "Autre")) == {}
    assert [recalled(broken, headings) for broken in (None, 3, {"x": 1})] == [{}, {}, {}]
    for number in range(40):
        kept = remembering(kept, (f"Colonne {number}",), {})
    assert len(kept) == 30


def test_a_dossier_is_prefilled_and_no_more() -> None:
    """Names, number and dates of the list; the day and the formula are not known, an earlier contract is not asked."""
    (kept,) = imported(plan(rows(MAIA)))
    dossier = prefilled(kept, "cdg62-mnt", Employer(name="Mairie de Béthune"), None, "7K3M-Q2XD", "Béthune")
    assert (dossier.reference, dossier.member.first_name, dossier.member.staff_number) == (
        "7K3M-Q2XD",
        "Maïa",
        "A-1042",
    )
    assert (dossier.request.signed_on, dossier.formula, dossier.member.category, dossier.payment.mode) == (None,) * 4
    assert dossier.previous_contract is not None
    assert dossier.previous_contract.cancellation is None
