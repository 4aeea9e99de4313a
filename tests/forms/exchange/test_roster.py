"""Lists of agents as employers send them: what is read, what is refused and why, what a dossier gets of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from forms.dossier.entry import shown
from forms.dossier.fields import field_at
from forms.dossier.reading import dossier_from_json, dossier_to_json
from forms.exchange.headings import coded, columns, find_header, words
from forms.exchange.prefill import prefill
from forms.exchange.roster import Report, dry_run, mapping_choices, read_roster
from forms.exchange.values import date_of, recased
from forms.exchange.written import report_json, report_lines
from forms.faults import Fault
from forms.french import fold, typeset
from tests.forms.exchange.rosters import AGENTS, FILES, letters, moved, nir, separated, serial
from tests.making import alone, put, read

TODAY = dt.date(2026, 2, 3)
HEAD = ["Matricule", "Nom de naissance", "Prénom", "Sexe", "Né le", "NIR", "CP"]


def run(data: bytes, name: str = "agents.csv") -> Report:
    """Read a list and run it dry, with the mapping that is guessed."""
    roster = read_roster(data, name)
    return dry_run(roster, roster.mapping({}), TODAY)


def rows(*cells: Sequence[str]) -> Report:
    """Run rows under the usual headings."""
    return run(separated([HEAD, *cells]))


@pytest.mark.parametrize("kind", FILES)
def test_lists_as_employers_send_them(kind: str) -> None:
    """Each of the five files gives its five agents, ready, with the facts of each and nothing more."""
    name, made = FILES[kind]
    report = run(made(), name)
    assert [row.outcome for row in report.rows if row.outcome != "skipped"] == ["ready"] * 5
    for row, agent in zip(report.importable, AGENTS, strict=True):
        member = prefill(row, read({})).member
        assert (member.staff_number, member.title, member.birth_date) == (agent.staff, agent.title, agent.born)
        assert member.nir == agent.nir
        names = (member.birth_name, member.used_name or "", member.first_name)
        if kind == "capitals":
            assert [fold(text or "") for text in names] == [
                fold(text) for text in (agent.birth_name, agent.used_name, agent.first_name)
            ]
            assert not any(text and text.isupper() for text in names)
        else:
            assert names == (agent.birth_name, agent.used_name, agent.first_name)


def test_what_is_particular_is_told() -> None:
    """A total and repeated headings are passed over, capitals without accents are told."""
    report = run(FILES["total"][1]())
    assert [row.number for row in report.rows if row.outcome == "skipped"] == [7, 11]
    assert any("sans accents" in note for note in run(FILES["capitals"][1]()).notes)


def test_a_column_sorted_alone_is_found() -> None:
    """The numbers of other people stop the whole file; one wrong number stops its row only."""
    report = run(moved())
    assert report.counts == {"refused": 5}
    assert "décalées" in report.notes[-3] + report.notes[1]
    someone, other = AGENTS[0], AGENTS[3]
    lines = [[a.staff, a.birth_name, a.first_name, a.title, str(a.born), a.nir] for a in AGENTS[:3]]
    lines[0][5] = other.nir
    assert [row.outcome for row in rows(*lines).rows] == ["refused", "ready", "ready"], someone


ONE = ["A-1", "Roy", "Noé", "M", "12/09/1986", "186095935011862", "62400"]


@pytest.mark.parametrize(
    ("cells", "outcome", "said"),
    [
        (ONE, "ready", ""),
        (["A-1", "ROY", "NOÉ", "H", "12 sept. 86", "1 86 09 59 350 118 62", "2400"], "ready", ""),
        ([*ONE[:1], "", *ONE[2:]], "refused", "Pas de nom"),
        (["x", *ONE[:-1]], "refused", "décalées"),
        ([*ONE[:2], *ONE[3:], ""], "refused", "décalées"),
        ([*ONE[:4], "186095935011862", "12/09/1986"], "refused", "décalées"),
        ([*ONE[:4], "vers 1986", ONE[5]], "warning", "ne se lit pas"),
        ([*ONE[:4], "31/02/1986", ONE[5]], "warning", "n’existe pas"),
        ([*ONE[:5], "186095935011863"], "warning", "La clé"),
        ([*ONE[:5], "1,86096E+14"], "warning", "arrondi"),
        ([*ONE[:3], "Mme", *ONE[4:]], "warning", "homme"),
        ([*ONE[:3], "Mme", "12/09/1985", ONE[5]], "refused", "quelqu’un d’autre"),
        ([*ONE[:4], "12/09/1985", ONE[5]], "warning", "vérifiez"),
        ([*ONE[:3], "X", *ONE[4:]], "warning", "n’est pas connu"),
        ([*ONE[:4], "12/09/2020", ""], "warning", "à vérifier"),
        ([ONE[0], "R" * 301, *ONE[2:]], "refused", "plus de 300"),
        ([*ONE[:2], "", *ONE[3:]], "warning", "Pas de prénom"),
    ],
)
def test_rows_one_by_one(cells: list[str], outcome: str, said: str) -> None:
    """Each row is ready, to be seen or refused, and says why."""
    row = rows(cells).rows[0]
    assert (row.outcome, row.number) == (outcome, 2)
    assert said in " ".join(row.reasons)
    assert "186095935011862" not in " ".join(row.reasons).replace(" ", "")


def test_one_person_twice_is_one_dossier() -> None:
    """The same number, or names and birth date, refuses the second row; another number is to be seen."""
    other = nir("1", dt.date(1986, 9, 12), "59350119")
    again = ["A-3", "ROY", "Noe", "M", "12/09/86"]
    report = rows(ONE, ["A-2", *ONE[1:]], [*again, "", ""], [*again, other], ["A-1", "Petit", "Léo"])
    assert [row.outcome for row in report.rows] == ["ready", "refused", "refused", "warning", "warning"]
    assert "ligne 2" in report.rows[1].reasons[0].replace("\u00a0", " ")
    assert "autre numéro" in report.rows[3].reasons[0]
    assert "Même matricule" in report.rows[4].reasons[0]


def test_a_dossier_is_prefilled_over_the_day() -> None:
    """What a row says goes over the permanence's own facts, the rest stays; what cannot be read waits in `unread`."""
    head = [
        "Nom et prénom",
        "Naissance",
        "Adresse",
        "Complément",
        "CP",
        "Ville",
        "Tél",
        "Mail",
        "Statut",
        "TIB",
        "Entrée le",
    ]
    line = ["DE LA TOUR Anne-Sophie", "1/3/84", "8 rue du Four", "Bât. C", "2400", "Béthune", "612345678"]
    line += ["as.delatour@example.fr", "Stagiaire (CNRACL)", "1 842,36 €", "bientôt"]
    row = run(separated([head, line])).importable[0]
    base = read(put(alone(), {"member": {"category": "active", "scheme": "general"}}))
    dossier = prefill(row, base)
    member = dossier.member
    assert (member.birth_name, member.first_name, member.birth_date) == (
        "De La Tour",
        "Anne-Sophie",
        dt.date(1984, 3, 1),
    )
    assert member.address.lines == ("8 rue du Four", "Bât. C")
    assert (member.address.postal_code, member.phone, member.status) == ("02400", "0612345678", "trainee")
    assert (str(member.gross_index_salary), member.category, dossier.request) == ("1842.36", "active", base.request)
    assert shown(dossier, "member.hired_on") == "bientôt"
    assert dossier_from_json(dossier_to_json(dossier)) == dossier


def test_a_mapping_is_remembered() -> None:
    """What was chosen for a heading is taken again for the next file, with its accents or without; « none » too."""
    roster = read_roster(
        separated([["Nom", "Prénom", "Réf. interne", "Réf. paie"], ["Roy", "Noé", "X", "77"]]), "a.csv"
    )
    assert "member.staff_number" not in roster.mapping({})
    chosen = {"member.staff_number": "REF PAIE", "member.first_name": ""}
    again = roster.mapping(chosen)
    assert again == {"member.staff_number": "Réf. paie", "member.first_name": "", "member.birth_name": "Nom"}
    facts = dict(dry_run(roster, again, TODAY).rows[0].facts)
    assert facts == {"member.staff_number": "77", "member.birth_name": "Roy"}
    with pytest.raises(Fault, match="nom des agents"):
        dry_run(roster, {}, TODAY)


@pytest.mark.parametrize(
    ("head", "guess"),
    [
        (["Nom", "Nom d'usage", "Prenom"], {"member.birth_name": 0, "member.used_name": 1, "member.first_name": 2}),
        (["NOM_NAISSANCE", "NOM", "PRENOM"], {"member.birth_name": 0, "member.used_name": 1, "member.first_name": 2}),
        (
            ["dateNaissance", "NomAgent", "id"],
            {"member.birth_date": 0, "member.birth_name": 1, "member.staff_number": 2},
        ),
        (["Date de naissance (JJ/MM/AAAA) *", "Agent"], {"member.birth_date": 0, "name": 1}),
        (["Conjoint Nom", "Enfant 1 prénom", "Remarques"], {}),
    ],
)
def test_headings_are_met_whatever_their_writing(head: list[str], guess: dict[str, int]) -> None:
    """Case, accents, order, underscores, humps and notes change nothing; someone else's columns are left."""
    header = find_header([tuple(head)])
    assert header.guess == {target: head[place] for target, place in guess.items()}


def test_a_list_without_headings_is_matched_by_hand() -> None:
    """Columns are then called by their letters, and no line is lost."""
    roster = read_roster(separated([["12", "Roy", "Noé"], ["13", "Petit", "Léa"]]), "a.csv")
    assert roster.headings == ("Colonne A", "Colonne B", "Colonne C")
    report = dry_run(roster, {"member.birth_name": "Colonne B", "member.first_name": "Colonne C"}, TODAY)
    assert [row.name for row in report.importable] == ["Noé Roy", "Léa Petit"]
    assert [letters(place) for place in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


def test_three_letters_find_an_agent() -> None:
    """Any part of a name or staff number, accents aside; those that begin a name come first."""
    report = run(FILES["semicolons"][1]())
    assert [row.name for row in report.search("nun")] == ["Élodie Nuñez"]
    assert [row.name for row in report.search("elo lef")] == ["Élodie Nuñez"]
    assert [row.name for row in report.search("0871")] == ["Jean-François Bœuf"]
    assert [row.name for row in report.search("boeu")] == ["Jean-François Bœuf"]
    assert report.search("zo") == []
    assert [row.name for row in report.search("delatre")] == []
    assert [row.name for row in report.search("a-10", 2)] == ["Maïa Roy-Delattre", "Noé D’Alméida"]
    assert report.search("zzz") == []


def test_the_dry_run_as_written() -> None:
    """The lines say what is to be seen; the JSON names no row's agent, but its reasons quote the cells at fault."""
    roster = read_roster(separated([HEAD, ONE, [*ONE[:5], "186095935011863"], ["Total", "2"]]), "a.csv")
    mapping = roster.mapping({})
    report = dry_run(roster, mapping, TODAY)
    lines = list(report_lines(roster, mapping, report))
    assert lines[-1] == "1 ligne prête, 1 ligne à vérifier, 1 ligne ignorée. Rien n’a été écrit."
    written = str(report_json(roster, mapping, report))
    assert "186095935011862" not in written
    assert "Noé" not in written
    assert "Roy" not in repr(report.rows[0])
    wrong = read_roster(separated([HEAD, [*ONE[:4], "31/02/1986", *ONE[5:]]]), "a.csv")
    quoted = str(report_json(wrong, wrong.mapping({}), dry_run(wrong, wrong.mapping({}), TODAY)))
    assert "31/02/1986" in quoted


def test_no_cell_stays_in_memory() -> None:
    """What is compared of a cell is made again each time: the first agents are read as if they were headings."""
    assert not hasattr(words, "cache_info")


def test_the_synonyms_agree_with_the_model() -> None:
    """Each target is a field or a known part, no heading names two for sure, coded values are the model's."""
    parts = {"name", "nir_key", "address_1", "address_2", "address_3"}
    seen: dict[frozenset[str], str] = {}
    for column in columns():
        assert column.target in parts or field_at(column.target)
        for key in column.headings:
            assert key != words("")
            assert seen.setdefault(key, column.target) == column.target
        if column.target not in parts and field_at(column.target).kind == "choice":
            assert set(coded(column.target).values()) <= set(field_at(column.target).choices)
            assert coded(column.target)
    assert [target for target, _ in mapping_choices()] == [column.target for column in columns()]


@given(st.dates(dt.date(1926, 1, 1), dt.date(2012, 1, 1)))
def test_dates_in_every_writing(day: dt.date) -> None:
    """A birth date is read as text, with an hour, as Excel's number, or as digits less their first zero."""
    writings = [f"{day:%d/%m/%Y}", f"{day} 00:00:00", str(serial(day)), f"{serial(day)}.5", f"{day:%d%m%Y}".lstrip("0")]
    assert {date_of(text, TODAY, birth=True) for text in writings} == {day}


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("JEAN-PIERRE", "Jean-Pierre"),
        ("D'ALMÉIDA", "D'Alméida"),
        ("LE GOFF", "Le Goff"),
        ("McAdam", "McAdam"),
        ("ŒIL", "Œil"),
    ],
)
def test_capitals_become_names(name: str, better: str) -> None:
    """Only what is all capitals is written again."""
    assert recased(name) == better


def test_the_best_sheet_is_read() -> None:
    """Of several sheets, the one whose headings are known; dates as cells and cents come right."""
    book = Workbook()
    book.create_sheet("Notes").append(["À l’attention de", "la mutuelle"])
    sheet = book.create_sheet("Liste 2026")
    for row in (["Nom", "Prénom", "Né le", "TIB", "Âge"], ["Roy", "Noé", dt.date(1986, 9, 12), 1842.36, "=YEAR(C2)"]):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    report = run(out.getvalue(), "a.xlsx")
    assert {str(value) for _, value in report.rows[0].facts} == {"Roy", "Noé", "1986-09-12", "1842.36"}
    assert report.notes[0] == typeset("Feuille lue : « Liste 2026 » ; 2 autres feuilles laissées.")
