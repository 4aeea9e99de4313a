"""The guide for those who write conventions builds a small one from nothing: exactly that one is built here."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from pathlib import Path

import pytest

from forms.assessment.examples import failures, uncovered
from forms.cli import main
from forms.convention.explaining import explained
from forms.convention.loading import checked, common_rules
from forms.resources import resource

permanence = partial(main, today=lambda: dt.date(2027, 1, 1), now=lambda: dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
_FILE = re.compile(r"<!-- (petite/[a-z]+\.toml) -->\n```toml\n(.*?)```", re.DOTALL)


@pytest.fixture
def petite(tmp_path: Path) -> Path:
    """Write the guide's files."""
    for name, text in _FILE.findall(resource("conventions", "README.md").read_text(encoding="utf-8")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "petite"


def test_the_guide_builds_a_convention_whose_examples_hold(petite: Path) -> None:
    """All five files load, both examples are met, and what they do not play is told."""
    declared, convention = checked(petite)
    assert sorted(path.name for path in petite.iterdir()) == [
        "convention.toml", "exemples.toml", "questions.toml", "regles.toml", "tarif.toml",
    ]  # fmt: skip
    assert (len(convention.examples), failures(convention)) == (2, [])
    assert uncovered(declared, convention) == ["règle jamais jouée : retired_to_confirm"]


def test_check_and_explain_say_it_in_french(petite: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command that the guide names answers 0 and counts; every rule of the guide is in the table."""
    assert permanence(["convention", "check", str(petite)]) == 0
    assert "petite, édition 2027-1 : 2 exemples et 0 soin joués, 0 faux." in capsys.readouterr().out
    assert permanence(["convention", "check", str(petite), "--explain"]) == 0
    table = re.sub("[\xa0\u202f]", " ", capsys.readouterr().out)
    assert "si réception du dossier complet à partir du jour du mois 20 → le 1er du mois, 2 mois après" in table
    assert "pour chaque enfant, si âge à la date d’effet au moins 25 et « Handicap reconnu » est non → refus" in table
    assert "À confirmer : Un agent retraité peut adhérer." in table
    assert "adulte, 40 ans et plus (40 ans et plus) : base 42,00 € ; confort 61,00 €" in table


@pytest.mark.parametrize("name", ["cdg62-mnt", "cdg76-mnt-mgen", "cdg35-mutame", "cdg33-mnfct", "msph-mgen"])
def test_every_rule_of_a_shipped_convention_is_explained(name: str) -> None:
    """The table has a line for each finding, price, paper and date rule, and names no field in English."""
    declared, _ = checked(resource("conventions", name))
    table = "\n".join(explained(declared, common_rules()))
    own = {finding.code for finding in declared.findings}
    common = [finding for finding in common_rules().findings if finding.code not in own]
    for finding in (*declared.findings, *common):
        assert f"({finding.code})" in table
    assert not re.search(r"(?<![\w{.])(member|request|previous_contract|beneficiaries)\.\w+", table)


def test_a_wrong_example_is_told(petite: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An amount that the rules do not give fails the check, with what was expected and what was found."""
    file = petite / "exemples.toml"
    file.write_text(file.read_text(encoding="utf-8").replace('"86.00"', '"86.01"'), encoding="utf-8")
    assert permanence(["convention", "check", str(petite)]) == 1
    assert "total attendu 86.01, calculé 86.00" in capsys.readouterr().err
