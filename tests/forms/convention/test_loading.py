"""Loading a convention's folder: the tiny one loads, and each fault of it is refused at its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from forms.convention import library, load
from forms.convention.loading import FILE_LIMIT
from forms.faults import Fault
from forms.resources import resource
from tests.making import TINY, changed, folder

TARIFF, RULES, ASKS, IDENTITY = "tariff.toml", "rules.toml", "asks.toml", "convention.toml"

FINDING = 'when = { age = { at_least = 26 } }\nmessage = "{name} a {age} ans."'
CASE = 'date = { rule = "first_of_month", after = "request.reception" }'
ROW = '{ group = "adult", label = "Autre", from_age = 30, amounts = { une = "11.00", deux = "21.00" } },'
PRICE = 'of = "child"\ngroup = "child"'
LATER = """
[[tariffs]]
starts_on = {}
published_for = 2027
source = "leaflet"
rows = [
  {{ group = "adult", label = "Tous", amounts = {{ une = "1.00", deux = "2.00" }} }},
  {{ group = "child", label = "Enfant", amounts = {{ une = "1.00", deux = "2.00" }} }},
]

[[prices]]
of = "adult\""""

BY_AGE = f"""when = {{ "member.age" = {{ at_least = 30 }} }}
{CASE}
reason = "x"
source = "leaflet"

[[effective_date]]
{CASE}"""
BY_PAY = "".join(ROW.replace("= 30", f"= 30, {pay}") for pay in ('to_salary = "1600"', 'from_salary = "1700"'))
AGAIN = """[[findings]]
code = "too_old"
about = ""
when = {}
message = "x"
source = "leaflet"

[[papers]]"""
ELSEWHERE = """[[asks]]
step = "summary"
section = "x"
fields = [{ path = "formula", need = "optional" }]

[[asks]]
step = "beneficiaries\""""


def when(test: str) -> tuple[str, str, str]:
    """Give the change that puts another condition on the tiny convention's finding."""
    return RULES, "when = { age = { at_least = 26 } }", f"when = {{ {test} }}"


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [
        # A key that nobody knows, at each level.
        (IDENTITY, "[convention]", "[convention]\ncolour = 1", "convention.colour", "clé inconnue"),
        (RULES, "[cover]", "[covers]\n[cover]", "covers", "clé inconnue"),
        (RULES, "first_of_month = true", "first_of_month = true\nfrom = 1", "cover.from", "clé inconnue"),
        (RULES, 'code = "too_old"', 'code = "too_old"\nhelp = "x"', "findings[0].help", "clé inconnue"),
        (RULES, CASE, CASE.replace(" }", ", days = 1 }"), "effective_date[0].date", ""),
        (*when("age = { at_lest = 26 }"), "findings[0].when.age.at_lest", "clé inconnue"),
        (TARIFF, "to_age = 29", "till = 29", "tariffs[0].rows[0].till", "clé inconnue"),
        (ASKS, 'need = "required" }, {', 'need = "required", why = "x" }, {', "asks[0].fields[0].why", "clé inconnue"),
        # What would let today, or nothing, make a date.
        (RULES, '"request.reception" }', '"today" }', "effective_date[0].date", "« today » ne sert qu’aux constats"),
        (TARIFF, 'of = "child"', 'of = "child"\nwhen = { birth_date = { after = "today" } }',
         "prices[1].when.birth_date.after",
         "« today » ne sert qu’aux constats"),
        (RULES, CASE, 'date = "request.effective_on"', "effective_date[0].date", "peut ne pas exister"),
        (RULES, CASE, 'date = { rule = "shift", of = "request.reception", years = 100000 }',
         "effective_date[0].date.years", "valeur refusée"),
        (RULES, CASE, "date = 9999-12-31", "effective_date[0].date", "une date entre"),
        # What is asked is a field, one by one.
        (ASKS, 'path = "member.birth_date"', 'path = ""', "asks[0].fields[0].path", "demandez ses champs un à un"),
        (ASKS, 'path = "member.birth_date"', 'path = "member"', "asks[0].fields[0].path", "demandez ses champs"),
        (ASKS, 'path = "member.birth_date"', 'path = "beneficiaries.*.nir"', "asks[0].fields[0].path", "of ="),
        (RULES, 'about = "birth_date"', 'about = "beneficiaries.*.birth_date"', "findings[0].about", "of ="),
        # A pay bracket that the price does not look at.
        (TARIFF, 'label = "Enfant",', 'label = "Enfant", from_salary = "0.00",', "prices[1]", "by_salary"),
        # What is missing.
        (IDENTITY, 'insurer = "Mutuelle inventée"\n', "", "convention.insurer", "il manque"),
        (IDENTITY, 'id = "tiny"', 'id = "Tiny convention"', "convention.id", "minuscules"),
        (RULES, 'source = "leaflet, page 1"', "", "effective_date[0].source", "il manque"),
        (RULES, '[cover.age_because]\nsource = "leaflet"', "", "cover.age_because", "il manque"),
        # Facts, sources, placeholders.
        (*when("taille = { at_least = 26 }"), "findings[0].when.taille", "fait inconnu « taille »"),
        (*when('"member.taille" = { is = true }'), "findings[0].when.member.taille", "fait inconnu"),
        (RULES, '"request.reception" }', '"request.someday" }', "effective_date[0].date", "fait inconnu"),
        (RULES, "{request.reception}.", "{request.someday}.", "effective_date[0].reason", "fait inconnu"),
        (RULES, "{name} a {age} ans.", "{nom} a {age} ans.", "findings[0].message", "fait inconnu « nom »"),
        (RULES, "{name} a {age} ans.", "{name.__class__}", "findings[0].message", "fait inconnu"),
        (RULES, "{name} a {age} ans.", "{name!r}", "findings[0].message", "un nom seul est attendu"),
        (RULES, "{name} a {age} ans.", "{age:>9999999}", "findings[0].message", "un nom seul est attendu"),
        (RULES, "{name} a {age} ans.", "{name", "findings[0].message", "accolade isolée"),
        (RULES, "Le 1er du mois qui suit le {request.reception}.", "Pour {name}.", "effective_date[0].reason",
         "fait inconnu « name »"),
        (RULES, 'source = "leaflet, page 1"', 'source = "poster, page 1"', "effective_date[0].source",
         "source inconnue « poster »"),
        (IDENTITY, 'source = "leaflet"', 'source = "poster"', "convention.source", "source inconnue"),
        # Tests that the fact cannot take.
        (*when("birth_date = { at_least = 26 }"), "findings[0].when.birth_date.at_least", "ne s’applique pas"),
        (*when("age = { in = ['26'] }"), "findings[0].when.age.in", "ne s’applique pas"),
        (*when("age = { before = 2026-01-01 }"), "findings[0].when.age.before", "ne s’applique pas"),
        (*when("disabled = { at_most = 1 }"), "findings[0].when.disabled.at_most", "ne s’applique pas"),
        (*when("disabled = { is = 'oui' }"), "findings[0].when.disabled.is", "n’est pas une valeur"),
        (*when("age = { is = true }"), "findings[0].when.age.is", "n’est pas une valeur"),
        (*when("situation = { is = 'studious' }"), "findings[0].when.situation.is", "« studious »"),
        (*when("situation = { in = ['student', 'studious'] }"), "findings[0].when.situation.in", "« studious »"),
        (*when("disabled = { given = true }"), "findings[0].when.disabled.given", "peut être inconnu"),
        (*when("birth_date = { after = 'age' }"), "findings[0].when.birth_date", "n’est pas une date"),
        (*when("birth_date = { from_day = 32 }"), "findings[0].when.birth_date.from_day", ""),
        (*when("age = { at_least = '26' }"), "findings[0].when.age.at_least", "un nombre entier"),
        (*when("age = { at_least = 26.5 }"), "findings[0].when.age.at_least", ""),
        (*when('"employer.participation" = { at_least = 15 }'), "findings[0].when.employer.participation.at_least",
         "un montant entre guillemets"),
        (*when('"employer.participation" = { at_least = 15.0 }'),
         "findings[0].when.employer.participation.at_least", ""),
        (*when("age = {}"), "findings[0].when.age", "aucun test"),
        (RULES, FINDING, FINDING.replace("{ age = { at_least = 26 } }", '"toujours"'), "findings[0].when", "table"),
        # Dates.
        (RULES, 'rule = "first_of_month"', 'rule = "next_monday"', "effective_date[0].date", ""),
        (RULES, 'rule = "first_of_month", ', "", "effective_date[0].date", ""),
        (RULES, CASE, 'date = "member.category"', "effective_date[0].date", "n’est pas une date"),
        (RULES, CASE, f"when = {{ kind = {{ is = 'enrolment' }} }}\n{CASE}", "effective_date[0].when",
         "le dernier cas ne doit pas avoir de condition"),
        (RULES, CASE, BY_AGE, "effective_date[0].when.member.age", "dépend de la date d’effet"),
        (RULES, '"request.reception" }', '"effective_date" }', "effective_date[0].date",
         "dépend de la date d’effet"),
        (RULES, CASE, "date = 12", "effective_date[0].date", ""),
        (IDENTITY, "starts_on = 2026-01-01", 'starts_on = "2026-01-01"', "convention.starts_on",
         "une date est attendue"),
        (IDENTITY, "2027-12-31", "2025-12-31", "convention.ends_on", "finit avant de commencer"),
        # Grids.
        (TARIFF, "from_age = 30", "from_age = 31", "tariffs[0]", "aucun montant entre 29 et 31 ans"),
        (TARIFF, "from_age = 30", "from_age = 29", "tariffs[0]", "se recouvrent"),
        (TARIFF, "to_age = 29, ", "", "tariffs[0]", "se recouvrent"),
        (TARIFF, "from_age = 30", "from_age = 30, to_age = 20", "tariffs[0].rows[1]", "finit avant de commencer"),
        (TARIFF, 'une = "11.00", ', "", "tariffs[0].rows[1].amounts", "« une » n’a pas de montant"),
        (TARIFF, 'une = "11.00"', 'une = "11.00", trois = "9.00"', "tariffs[0].rows[1].amounts", "formule inconnue"),
        (TARIFF, '"11.00"', "11.00", "tariffs[0].rows[1].amounts.une", "entre guillemets"),
        (TARIFF, '"11.00"', "11", "tariffs[0].rows[1].amounts.une", "entre guillemets"),
        (TARIFF, '"11.00"', '"11,00"', "tariffs[0].rows[1].amounts.une", ""),
        (TARIFF, '"11.00"', '"11.005"', "tariffs[0].rows[1].amounts.une", ""),
        (TARIFF, '"11.00"', '"-11.00"', "tariffs[0].rows[1].amounts.une", ""),
        (TARIFF, "starts_on = 2026-01-01", "starts_on = 2026-02-01", "tariffs[0].starts_on", "premier jour"),
        (TARIFF, '\n[[prices]]\nof = "adult"', LATER.format("2025-01-01"), "tariffs[1].starts_on", "par date"),
        (TARIFF, '\n[[prices]]\nof = "adult"', LATER.format("2026-01-01"), "tariffs[1].starts_on", "par date"),
        (TARIFF, ROW, BY_PAY, "tariffs[0]", "de traitement"),
        (TARIFF, PRICE, 'of = "child"\ngroup = "enfants"', "prices[1].group", "aucune grille n’a le groupe"),
        (TARIFF, PRICE, f"{PRICE}\nfree = true", "prices[1]", "soit"),
        (TARIFF, PRICE, 'of = "child"', "prices[1]", "soit"),
        (TARIFF, PRICE, 'of = "cousin"\ngroup = "child"', "prices[1].of", "attendu"),
        # Assumptions are said, and only where something is assumed.
        (RULES, 'source = "leaflet, page 1"', 'source = "leaflet"\ncertainty = "assumed"',
         "effective_date[0].assumption", "doit dire ce qui est supposé"),
        (RULES, 'source = "leaflet, page 1"', 'source = "leaflet"\nassumption = "x"', "effective_date[0].certainty",
         "ne peut pas porter de supposition"),
        # Codes, papers, paths, steps.
        (RULES, "[[papers]]", AGAIN, "findings[1].code", "déjà pris"),
        (RULES, 'code = "too_old"', 'code = "Too old"', "findings[0].code", ""),
        (RULES, 'about = "birth_date"', 'about = "naissance"', "findings[0].about", "champ inconnu « naissance »"),
        (RULES, 'kind = "bank_details"', 'kind = "passport"', "papers[0].kind", "pièce inconnue « passport »"),
        (ASKS, 'path = "formula"', 'path = "formule"', "asks[0].fields[1].path", "champ inconnu « formule »"),
        (ASKS, 'step = "formula"', 'step = "prix"', "asks[0].step", "attendu"),
        (ASKS, 'need = "required"', 'need = "maybe"', "asks[0].fields[0].need", "attendu"),
        (ASKS, '[[asks]]\nstep = "beneficiaries"', ELSEWHERE, "asks[1].fields[0].path", "autre étape"),
        (IDENTITY, '[[formulas]]\nid = "deux"', '[[formulas]]\nid = "une"\nlabel = "Une"\n[[formulas]]\nid = "deux"',
         "formulas[1].id", "déjà là"),
    ],
)  # fmt: skip
def test_each_fault_is_refused_at_its_place(
    tmp_path: Path, file: str, old: str, new: str, place: str, words: str
) -> None:
    """One French line: the file, the dotted place, and what is wrong there."""
    with pytest.raises(Fault) as caught:
        load(folder(tmp_path, changed(file, old, new)))
    line = str(caught.value)
    assert line.startswith((f"tiny/{file}, {place} : ", f"tiny/{file}, {place}.")), line
    assert words in line
    assert "\n" not in line
    assert not re.search(r"valid|expected|should|Input", line), "pydantic speaks English"


def test_the_tiny_convention_loads(tmp_path: Path) -> None:
    """What the faults are faults of is sound."""
    convention = load(folder(tmp_path))
    assert (convention.id, len(convention.formulas), len(convention.grids)) == ("tiny", 2, 1)
    assert convention.formula("deux") is convention.formulas[1]
    assert convention.formula(None) is None


GRID = """group,label,from_age,to_age,une,deux
adult,Jeune,,29,10.00,20.00
adult,Autre,30,,11.00,21.00
child,Enfant,,,5.00,6.00
"""


def with_grid(text: str | bytes) -> dict[str, str | bytes]:
    """Give the tiny convention's grid as CSV instead of rows."""
    toml = re.sub(r"rows = \[.*?\n\]", 'grid = "grille.csv"', TINY[TARIFF], flags=re.DOTALL)
    return {TARIFF: toml, "grille.csv": text}


def test_a_grid_in_csv_is_the_same_grid(tmp_path: Path) -> None:
    """Amounts, bands and groups come out equal, with a byte order mark, and with Windows line ends."""
    in_toml = load(folder(tmp_path)).grids[0].bands
    for i, text in enumerate((GRID, f"\ufeff{GRID}", GRID.replace("\n", "\r\n"))):
        assert load(folder(tmp_path, with_grid(text), name=f"csv{i}")).grids[0].bands == in_toml


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GRID.replace("11.00", "11,00", 1), "ligne 3"),
        (GRID.replace("11.00", "onze"), "ligne 3"),
        (GRID.replace("11.00", "-11.00"), "ligne 3"),
        (GRID.replace("11.00", ""), "ligne 3"),
        (GRID.replace(",11.00", ""), "ligne 3"),
        (GRID.replace("11.00", "11.00,1,2"), "ligne 3"),
        (GRID.replace("30", "trente"), "ligne 3"),
        (GRID.replace("30", "30.5"), "ligne 3"),
        (GRID.replace(",", ";"), "ligne 2"),
        (GRID.replace("une,deux", "une,une,deux"), "la colonne « une » est deux fois"),
        (GRID.replace("Jeune", "J" * 200_000), "n’est pas un CSV lisible"),
        (GRID.replace("group,", "groupe,"), "ligne 2"),
        (GRID.replace("une,deux", "une,trois"), "« deux » n’a pas de montant"),
        (GRID.replace("30", "31"), "aucun montant entre 29 et 31 ans"),
        ("group,label,from_age,to_age,une,deux\n", "la grille est vide"),
        ("", "la grille est vide"),
        (GRID.encode("latin-1") + b"\xe9", "n’est pas en UTF-8"),
    ],
)
def test_each_fault_of_a_csv_is_refused(tmp_path: Path, text: str | bytes, words: str) -> None:
    """The line of the file is named, or what is wrong with the whole."""
    with pytest.raises(Fault) as caught:
        load(folder(tmp_path, with_grid(text)))
    assert str(caught.value).startswith("tiny/tariff.toml, tariffs[0]")
    assert words in str(caught.value)


def test_a_grid_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A CSV is named by its file, inside the folder: no path out of it is followed."""
    (tmp_path / "grille.csv").write_text(GRID)
    for i, name in enumerate(("grille.csv", "../grille.csv", str(tmp_path / "grille.csv"))):
        toml = str(with_grid("")[TARIFF]).replace("grille.csv", name)
        with pytest.raises(Fault, match="n’est pas dans le dossier"):
            load(folder(tmp_path, {TARIFF: toml}, name=f"tiny{i}"))


WORLD: list[tuple[Callable[[Path], object], str]] = [
    (lambda at: (at / IDENTITY).unlink(), "tiny n’est pas un dossier de convention"),
    (lambda at: (at / RULES).write_bytes(b"\xff\xfe"), "tiny/rules.toml n’est pas du TOML lisible"),
    (lambda at: (at / RULES).write_text("[cover"), "tiny/rules.toml n’est pas du TOML lisible"),
    (lambda at: (at / RULES).write_text("a = 1\na = 2"), "tiny/rules.toml n’est pas du TOML lisible"),
    (lambda at: (at / RULES).write_text("a = " + "[" * 100_000), "tiny/rules.toml n’est pas du TOML lisible"),
    (lambda at: (at / RULES).write_text("a=1\n" * (FILE_LIMIT // 4 + 1)), f"dépasse {FILE_LIMIT} octets"),
    (lambda at: (at / "more.toml").write_text("[cover]\n"), "tiny/rules.toml : « cover » est déjà dans more.toml"),
    (lambda at: (at / RULES).unlink(), "il manque"),
]


@pytest.mark.parametrize(("spoil", "words"), WORLD)
def test_files_that_cannot_be_read_are_named(tmp_path: Path, spoil: Callable[[Path], object], words: str) -> None:
    """No convention there, not UTF-8, no TOML, a key twice, too big, the same table in two files."""
    made = folder(tmp_path)
    spoil(made)
    with pytest.raises(Fault) as caught:
        load(made)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_folder_is_no_convention(tmp_path: Path) -> None:
    """A file, or nothing at all."""
    (tmp_path / "file").write_text("x")
    for name in ("file", "nothing"):
        with pytest.raises(Fault, match="n’est pas un dossier de convention"):
            load(tmp_path / name)


def test_the_fingerprint_is_the_content(tmp_path: Path) -> None:
    """Two folders of the same files have one fingerprint, another amount has another."""
    one, two = load(folder(tmp_path)), load(folder(tmp_path, name="again"))
    other = load(folder(tmp_path, changed(TARIFF, "11.00", "11.01"), name="other"))
    assert one.fingerprint == two.fingerprint != other.fingerprint
    assert re.fullmatch(r"[0-9a-f]{64}", one.fingerprint)


def test_conventions_are_listed_by_id_and_the_newer_edition_stays(tmp_path: Path) -> None:
    """The shipped one is there; of two folders of one id, the one edited last is taken, in whatever order."""
    folder(tmp_path, name="b-old")
    newer = changed(IDENTITY, "edited_on = 2026-01-01", "edited_on = 2026-06-01")
    newer = {IDENTITY: str(newer[IDENTITY]).replace('edition = "1"', 'edition = "2"')}
    folder(tmp_path, newer, name="a-new")
    (tmp_path / "notes").mkdir()
    found = {convention.id: convention for convention in library(tmp_path, tmp_path / "nowhere").conventions}
    assert found["tiny"].edition == "2"
    assert list(found) == sorted(found)
    assert "cdg62-mnt" in found


def test_common_rules_stand_unless_a_convention_rules_itself(tmp_path: Path) -> None:
    """A finding of the same code replaces the common one, which otherwise holds."""
    plain = load(folder(tmp_path))
    own = load(folder(tmp_path, changed(RULES, 'code = "too_old"', 'code = "scheme_none"'), name="own"))
    assert sum(f.code == "scheme_none" for f in plain.findings) == 1
    assert [f.about for f in own.findings if f.code == "scheme_none"] == ["birth_date"]


@pytest.mark.parametrize("name", sorted(path.parent.name for path in resource("conventions").glob("*/convention.toml")))
def test_each_shipped_convention_loads_under_its_own_name(name: str) -> None:
    """Its folder is called by its id, and each of its figures and rules has a source."""
    convention = load(resource("conventions", name))
    assert convention.id == name
    bases = [rule.basis for rule in convention.findings]
    bases += [rule.basis for rule in (*convention.effective_date, *convention.not_before)]
    bases += [rule.basis for rule in convention.grids] + [rule.basis for rule in convention.prices]
    assert all(basis.source for basis in bases)
