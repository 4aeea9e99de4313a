"""Read a convention's folder, check all that it says, or refuse it with the file and the dotted place."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from forms.convention.compiling import Compiler, PlaceError, common_for, law_of
from forms.convention.dates import may_be_none
from forms.convention.declared.folder import CommonRules, Folder
from forms.convention.forms import forms_for
from forms.convention.grids import grids
from forms.convention.guarantee_table import cares, guarantees
from forms.convention.model import Convention, HandedOver
from forms.faults import Fault
from forms.french import long_date
from forms.resources import resource

M = TypeVar("M", bound=BaseModel)

FILE_LIMIT = 2_000_000
"""Bytes of one file of a convention: MSPH's grid of 1,068 cells is under 40,000."""
FOLDER_LIMIT = 30_000_000
"""Bytes of all of them: each is held in memory while its folder is read."""

COMMON = "common.toml"


def load(folder: Path) -> Convention:
    """Load one convention.

    Raises:
        Fault: what is wrong, in which file, at which dotted place.
    """
    return checked(folder)[1]


def checked(folder: Path) -> tuple[Folder, Convention]:
    """Load one convention, and give what it declares beside it; refuses as ``load`` does."""
    files = files_of(folder)
    data, origin = _joined(folder, files)
    try:
        declared = _validated(Folder, data)
        return declared, _compiled(declared, folder, files)
    except PlaceError as error:
        top = error.place.split(".", 1)[0].split("[", 1)[0]
        raise Fault(f"{folder.name}/{origin.get(top, 'convention.toml')}, {error.place} : {error.message}.") from None


@dataclass(frozen=True, slots=True)
class Library:
    """The conventions at hand, by id, and ``notes``: what could not be read, which of two editions was kept."""

    conventions: tuple[Convention, ...]
    notes: tuple[str, ...]

    def find(self, convention_id: str | None) -> Convention:
        """Give a convention by its id.

        Raises:
            Fault: it is not there; the line says which are.
        """
        for convention in self.conventions:
            if convention.id == convention_id:
                return convention
        known = ", ".join(convention.id for convention in self.conventions) or "aucune"
        asked = f"« {convention_id} » n’est pas installée" if convention_id else "le dossier ne dit pas sa convention"
        raise Fault(f"convention : {asked} ; installées : {known}.")


def library(*folders: Path) -> Library:
    """Load the shipped conventions, then those of other folders; of two with one id the newer edition is kept.

    A folder that cannot be read is told in ``notes`` and stops nothing.
    """
    found: dict[str, Convention] = {}
    notes: list[str] = []
    for root in (resource("conventions"), *folders):
        for folder in _convention_folders(root):
            try:
                convention = load(folder)
            except Fault as fault:
                notes.append(str(fault))
                continue
            other = found.get(convention.id)
            newer = other is None or other.edited_on < convention.edited_on
            if other is not None:
                kept, left = (convention, other) if newer else (other, convention)
                notes.append(
                    f"{kept.id} : l’édition {kept.edition} du {long_date(kept.edited_on)} est retenue, "
                    f"l’édition {left.edition} du {long_date(left.edited_on)} est laissée de côté."
                )
            if newer:
                found[convention.id] = convention
    return Library(tuple(found[key] for key in sorted(found)), tuple(notes))


def _convention_folders(root: Path) -> Iterable[Path]:
    if not root.is_dir():
        return []
    return sorted(path for path in root.iterdir() if (path / "convention.toml").is_file())


def files_of(folder: Path) -> dict[str, bytes]:
    """Read the files of a convention, by their names in its folder: what is of no kind that it has is left alone.

    Raises:
        Fault: it holds no convention, cannot be read, or is too large.
    """
    if not (folder / "convention.toml").is_file():
        raise Fault(f"{folder.name} n’est pas un dossier de convention : convention.toml n’y est pas.")
    files: dict[str, bytes] = {}
    read = 0
    try:
        for path in sorted(folder.rglob("*")):
            if path.suffix not in {".toml", ".csv", ".txt", ".pdf"} or not path.is_file():
                continue
            if path.stat().st_size > FILE_LIMIT:
                raise Fault(f"{folder.name}/{path.name} dépasse {FILE_LIMIT} octets.")
            files[path.relative_to(folder).as_posix()] = path.read_bytes()
            read += path.stat().st_size
            if read > FOLDER_LIMIT:
                raise Fault(f"{folder.name} dépasse {FOLDER_LIMIT} octets en tout.")
    except OSError as error:
        raise Fault(f"{folder.name} ne peut pas être lu : {error.strerror}.") from None
    return files


def _toml(text: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        line = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Fault(f"{name} n’est pas du TOML lisible : {line}.") from None


def _joined(folder: Path, files: dict[str, bytes]) -> tuple[dict[str, Any], dict[str, str]]:
    data: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for name, text in files.items():
        if not name.endswith(".toml"):
            continue
        for key, value in _toml(text, f"{folder.name}/{name}").items():
            if key in data:
                raise Fault(f"{folder.name}/{name} : « {key} » est déjà dans {origin[key]}.")
            data[key], origin[key] = value, name
    return data, origin


@cache
def common_rules() -> CommonRules:
    """Give what holds for every convention (``common.toml``)."""
    name = resource("conventions", COMMON)
    try:
        return _validated(CommonRules, _toml(name.read_bytes(), COMMON))
    except PlaceError as error:
        raise Fault(f"{COMMON}, {error.place} : {error.message}.") from None


def _validated(model: type[M], data: dict[str, Any]) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # A union tells the fault of each member: the one that went furthest is the one that was meant.
        first = max(error.errors(include_url=False), key=lambda found: len(found["loc"]))
        raise PlaceError(_place(first, data), _message(first)) from None


def _place(error: ErrorDetails, data: Any) -> str:
    """Give ``findings[3].when.age``: pydantic's own steps (union members, tags) are not places of the file."""
    place = ""
    here: Any = data
    for position, part in enumerate(error["loc"]):
        last = position == len(error["loc"]) - 1
        if isinstance(part, int) and isinstance(here, list) and part < len(here):
            place, here = f"{place}[{part}]", here[part]
        elif isinstance(here, dict) and (part in here or (last and error["type"] in {"missing", "extra_forbidden"})):
            place, here = f"{place}.{part}" if place else str(part), here.get(part)
    return place


def _message(error: ErrorDetails) -> str:
    kind = error["type"]
    context = error.get("ctx", {})
    words = {
        "missing": "il manque",
        "extra_forbidden": "clé inconnue",
        "literal_error": f"attendu : {context.get('expected', '')}".replace(" or ", " ou "),
        "union_tag_invalid": f"règle de date inconnue ; attendu : {context.get('expected_tags', '')}",
        "union_tag_not_found": "règle de date sans « rule »",
        "string_type": "un texte entre guillemets est attendu",
        "int_type": "un nombre entier est attendu",
        "bool_type": "true ou false est attendu",
        "date_type": "une date est attendue, sans guillemets, par exemple 2026-01-01",
        "dict_type": "une table est attendue",
        "model_type": "une table est attendue",
        "list_type": "une liste est attendue",
        "too_short": "la liste est vide",
        "string_pattern_mismatch": "écriture refusée : minuscules, chiffres et tirets",
        "money": error["msg"],
    }
    return words.get(kind, "valeur refusée").rstrip(".")


def _compiled(declared: Folder, folder: Path, files: dict[str, bytes]) -> Convention:
    compiler = Compiler(declared.sources)
    identity = declared.convention
    compiler.source(identity.source, "convention")
    if declared.effective_date[-1].when:
        place = f"effective_date[{len(declared.effective_date) - 1}].when"
        raise PlaceError(place, "le dernier cas ne doit pas avoir de condition, sinon une date peut manquer")
    if may_be_none(declared.effective_date[-1].date):
        place = f"effective_date[{len(declared.effective_date) - 1}].date"
        raise PlaceError(place, "le dernier cas doit toujours donner une date : celle-ci peut ne pas exister")
    common = common_rules()
    own_limits = compiler.date_cases(declared.not_before, "not_before")
    limits = Compiler(common.sources).date_cases(common.not_before, "not_before")
    findings = compiler.findings(declared.findings)
    tariffs = grids(declared, files, compiler)
    groups: dict[str, bool] = {}
    for grid in tariffs:
        for group, bands in grid.bands.items():
            groups[group] = groups.get(group, False) or any(
                band.from_salary is not None or band.to_salary is not None for band in bands
            )
    _check_formulas(declared)
    table = guarantees(declared, files, compiler)

    def legal_text(name: str) -> str | None:
        text = files.get(f"texts/{name}.txt")
        try:
            return None if text is None else text.decode("utf-8-sig").strip() or None
        except UnicodeDecodeError:
            raise PlaceError(f"legal_texts.{name}", f"texts/{name}.txt n’est pas en UTF-8") from None

    return Convention(
        **{
            key: getattr(identity, key)
            for key in (
                "id",
                "edition",
                "edited_on",
                "title",
                "scheme",
                "product",
                "insurer",
                "cdg",
                "contract_number",
                "has_employer",
                "formula_by_person",
                "starts_on",
                "ends_on",
                "guarantees_note",
            )
        },
        coinsurers=tuple(identity.coinsurers),
        fingerprint=_fingerprint(files),
        folder=folder,
        formulas=compiler.formulas(declared),
        before=tuple(declared.before),
        handed_over=tuple(HandedOver(h.key, h.label) for h in declared.handed_over),
        legal_texts=compiler.legal_texts(declared, legal_text),
        creditor=declared.creditor,
        cover=compiler.cover(declared),
        law=law_of(common),
        effective_date=compiler.date_cases(declared.effective_date, "effective_date"),
        not_before=(*limits, *own_limits),
        findings=(*findings, *common_for(common, findings)),
        asks=compiler.asks(declared),
        papers=compiler.papers(declared),
        forms=forms_for(common, declared, files),
        grids=tariffs,
        prices=compiler.prices(declared.prices, groups),
        options=compiler.options(declared, groups),
        ceilings=compiler.ceilings(declared),
        surcharge=compiler.surcharge(declared),
        free_children=compiler.free_children(declared),
        participation=compiler.participation(declared),
        guarantees=table,
        cares=cares(declared, table, compiler),
        examples=tuple(declared.examples),
    )


def _check_formulas(declared: Folder) -> None:
    ids = [formula.id for formula in declared.formulas]
    twice = next((i for i, formula in enumerate(ids) if formula in ids[:i]), None)
    if twice is not None:
        raise PlaceError(f"formulas[{twice}].id", f"la formule « {ids[twice]} » est déjà là")


def _fingerprint(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, text in files.items():
        digest.update(f"{name}\0{len(text)}\0".encode())
        digest.update(text)
    return digest.hexdigest()
