"""Dossiers and conventions for the tests: invented people, small invented folders, and what follows from both."""

from __future__ import annotations

import copy
import datetime as dt
import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from forms.assessment import Assessment, Quote, assess, quotes
from forms.convention import Convention, load
from forms.dossier.model import FORMAT, Dossier
from forms.dossier.reading import dossier_from_json
from forms.resources import resource

DOSSIERS = Path(__file__).parent / "dossiers"
TODAY = dt.date(2026, 2, 3)

Said = dict[str, Any]
"""A dossier as it stands in a file."""


def kept(name: str) -> Said:
    """Give a dossier of tests/dossiers, fresh: ``cdg62-family``, ``cdg62-retired``, ``contract-example``."""
    said: Said = json.loads((DOSSIERS / f"{name}.json").read_text(encoding="utf-8"))
    return said


def put(said: Said, changes: Mapping[str, Any]) -> Said:
    """Give a copy with values put at dotted paths; a block or an item that is not there is made."""
    new = copy.deepcopy(said)
    for path, value in changes.items():
        here: Any = new
        *blocks, last = path.split(".")
        for block in blocks:
            if isinstance(here, list):
                here = here[int(block)]
            else:
                here[block] = here.get(block) or {}
                here = here[block]
        here[int(last) if isinstance(here, list) else last] = value
    return new


def read(said: Mapping[str, Any]) -> Dossier:
    """Read a dossier through its door."""
    return dossier_from_json(json.dumps({"format": FORMAT, **said}))


def family(**changes: Any) -> Said:
    """Give the complete family of four; ``member__birth_date="…"`` changes ``member.birth_date``."""
    return put(kept("cdg62-family"), {path.replace("__", "."): value for path, value in changes.items()})


_LETTERS = str.maketrans("0123456789", "aeioubdlmn", "-")


def child(born: str, **more: Any) -> Said:
    """Give a dependent child, complete; the first name, in letters, is of the day of birth."""
    return {
        "relation": "child",
        "title": "m",
        "birth_name": "Roy",
        "first_name": f"Né{born}".translate(_LETTERS),
        "birth_date": born,
        "nir": None,
        "situation": "dependent",
        "tax_dependent": True,
        "disabled": False,
        **more,
    }


def alone(born: str = "1985-01-01", signed: str = "2026-02-03", **changes: Any) -> Said:
    """Give the member of the family without anyone else, and nothing to cancel."""
    said = family(member__birth_date=born, beneficiaries=[], previous_contract=None, documents=[])
    said["request"] = {"signed_on": signed, "place": "Béthune", "setting": "workplace"}
    return put(said, {path.replace("__", "."): value for path, value in changes.items()})


@cache
def cdg62() -> Convention:
    """Give the shipped convention."""
    return load(resource("conventions", "cdg62-mnt"))


def answer(said: Mapping[str, Any], convention: Convention | None = None, today: dt.date = TODAY) -> Assessment:
    """Give what follows from a dossier."""
    return assess(read(said), convention or cdg62(), today)


def starts(said: Mapping[str, Any], convention: Convention | None = None) -> str | None:
    """Give the effective date, as a file writes it."""
    found = answer(said, convention).effective_date
    return found.date.isoformat() if found else None


def codes(found: Assessment, severity: str = "error") -> set[str]:
    """Give the codes of the issues of one severity."""
    return {issue.code for issue in found.issues if issue.severity == severity}


def priced(said: Mapping[str, Any], convention: Convention | None = None) -> dict[str, Quote]:
    """Give the quote of each formula."""
    return {quote.formula: quote for quote in quotes(read(said), convention or cdg62(), TODAY)}


def amounts(quote: Quote) -> list[str]:
    """Give what each person pays, as the grid prints it."""
    return [f"{line.amount:.2f}" if line.amount is not None else "?" for line in quote.lines]


TINY = {
    "convention.toml": """
[convention]
id = "tiny"
edition = "1"
edited_on = 2026-01-01
title = "Convention inventée"
scheme = "Essai"
insurer = "Mutuelle inventée"
starts_on = 2026-01-01
ends_on = 2027-12-31
source = "leaflet"

[sources.leaflet]
title = "Plaquette inventée"
publisher = "Personne"
checked_on = 2026-01-01

[[formulas]]
id = "une"
label = "Une"

[[formulas]]
id = "deux"
label = "Deux"
""",
    "rules.toml": """
[cover]
first_of_month = true
[cover.age_because]
source = "leaflet"

[[effective_date]]
date = { rule = "first_of_month", after = "request.reception" }
reason = "Le 1er du mois qui suit le {request.reception}."
source = "leaflet, page 1"

[[findings]]
code = "too_old"
of = "child"
about = "birth_date"
when = { age = { at_least = 26 } }
message = "{name} a {age} ans."
source = "leaflet"

[[papers]]
kind = "bank_details"
of = "member"
why = "Pour rembourser."
source = "leaflet"
""",
    "tariff.toml": """
[[tariffs]]
starts_on = 2026-01-01
published_for = 2026
source = "leaflet"
rows = [
  { group = "adult", label = "Jeune", to_age = 29, amounts = { une = "10.00", deux = "20.00" } },
  { group = "adult", label = "Autre", from_age = 30, amounts = { une = "11.00", deux = "21.00" } },
  { group = "child", label = "Enfant", amounts = { une = "5.00", deux = "6.00" } },
]

[[prices]]
of = "adult"
group = "adult"
reason = "Adulte de {age} ans."
source = "leaflet"

[[prices]]
of = "child"
group = "child"
reason = "Enfant."
source = "leaflet"
""",
    "asks.toml": """
[[asks]]
step = "formula"
section = "Le prix"
fields = [{ path = "member.birth_date", need = "required" }, { path = "formula", need = "required" }]

[[asks]]
step = "beneficiaries"
section = "Bénéficiaire"
of = "beneficiary"
fields = [{ path = "birth_date", need = "required" }]
""",
}
"""The smallest convention that loads; nothing in it is anyone's."""


def folder(root: Path, files: Mapping[str, str | bytes] | None = None, name: str = "tiny") -> Path:
    """Write the tiny convention; ``files`` replaces or adds whole files."""
    made = root / name
    made.mkdir()
    for file, text in {**TINY, **(files or {})}.items():
        path = made / file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return made


def changed(file: str, old: str, new: str) -> dict[str, str | bytes]:
    """Give one file of the tiny convention with one text in place of another."""
    assert TINY[file].count(old) >= 1, (file, old)
    return {file: TINY[file].replace(old, new, 1)}


def former_edition(root: Path) -> Convention:
    """Give an invented edition of cdg62-mnt, in a folder of ``root``: the same but for its name and two prices."""
    copied = root / "cdg62-mnt"
    shutil.copytree(resource("conventions", "cdg62-mnt"), copied, dirs_exist_ok=True)
    for name, old, new in (
        ("convention.toml", 'edition = "2026-1"', 'edition = "2025-4"'),
        ("tariff.toml", "49.88", "47.10"),
        ("tariff.toml", "91.62", "88.40"),
    ):
        text = (copied / name).read_text(encoding="utf-8")
        assert old in text
        (copied / name).write_text(text.replace(old, new), encoding="utf-8")
    return load(copied)
