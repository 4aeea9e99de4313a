"""The grids of a convention: read from TOML or CSV, and refused for a hole, an overlap or an amount left out."""

from __future__ import annotations

import csv
import io
import itertools
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pydantic import ValidationError

from forms.convention.compiling import Compiler, PlaceError
from forms.convention.declared.folder import Folder
from forms.convention.declared.prices import Row, Tariff
from forms.convention.model import Band, Grid

_FIXED = ("group", "label", "from_age", "to_age", "from_salary", "to_salary")
_ONE_CENT = Decimal("0.01")


def grids(folder: Folder, files: dict[str, bytes], compiler: Compiler) -> tuple[Grid, ...]:
    """Give the grids in the order of their dates.

    Raises:
        PlaceError: dates out of order, a band with a hole or an overlap, a formula without an amount.
    """
    found: list[Grid] = []
    for i, tariff in enumerate(folder.tariffs):
        place = f"tariffs[{i}]"
        if found and tariff.starts_on <= found[-1].starts_on:
            raise PlaceError(
                f"{place}.starts_on", "les grilles se suivent par date, de la plus ancienne à la plus récente"
            )
        rows = [*tariff.rows, *(_csv_rows(tariff, files, place) if tariff.grid else [])]
        formulas = [formula.id for formula in folder.formulas]
        bands = _bands(rows, formulas, place)
        basis = compiler.basis(tariff, place)
        found.append(Grid(tariff.starts_on, tariff.published_for, tariff.holds_until, bands, basis))
    if found[0].starts_on > folder.convention.starts_on:
        raise PlaceError("tariffs[0].starts_on", "aucune grille au premier jour de la convention")
    if folder.convention.ends_on and folder.convention.ends_on < folder.convention.starts_on:
        raise PlaceError("convention.ends_on", "la convention finit avant de commencer")
    return tuple(found)


def _csv_rows(tariff: Tariff, files: dict[str, bytes], place: str) -> list[Row]:
    name = tariff.grid or ""
    if name not in files:
        raise PlaceError(f"{place}.grid", f"le fichier « {name} » n’est pas dans le dossier")
    try:
        text = files[name].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PlaceError(f"{place}.grid", f"« {name} » n’est pas en UTF-8") from None
    try:
        reader = csv.DictReader(io.StringIO(text))
        columns = list(reader.fieldnames or ())
        lines = list(enumerate(reader, start=2))
    except csv.Error:
        raise PlaceError(f"{place}.grid", f"« {name} » n’est pas un CSV lisible") from None
    twice = next((column for i, column in enumerate(columns) if column in columns[:i]), None)
    if twice is not None:
        raise PlaceError(f"{place}.grid", f"la colonne « {twice} » est deux fois dans « {name} »")
    rows = []
    for number, cells in lines:
        spot = f"{place}.grid, {Path(name).name} ligne {number}"
        try:
            rows.append(_csv_row(cells))
        except (ValidationError, ValueError, InvalidOperation, TypeError, KeyError, AttributeError):
            raise PlaceError(spot, "ligne illisible : âges en années entières, montants comme 19.58") from None
    return rows


def _csv_row(cells: dict[str, str]) -> Row:
    amounts = {key: value.strip() for key, value in cells.items() if key not in _FIXED}
    data: dict[str, object] = {"group": cells["group"], "label": cells["label"], "amounts": amounts}
    for key in ("from_age", "to_age"):
        if cells.get(key, "").strip():
            data[key] = int(cells[key])
    for key in ("from_salary", "to_salary"):
        if cells.get(key, "").strip():
            data[key] = cells[key].strip()
    return Row.model_validate(data)


def _bands(rows: list[Row], formulas: list[str], place: str) -> dict[str, tuple[Band, ...]]:
    grouped: dict[str, list[Band]] = defaultdict(list)
    for i, row in enumerate(rows):
        spot = f"{place}.rows[{i}]"
        for formula in formulas:
            if formula not in row.amounts:
                raise PlaceError(f"{spot}.amounts", f"la formule « {formula} » n’a pas de montant")
        extra = next((key for key in row.amounts if key not in formulas), None)
        if extra is not None:
            raise PlaceError(f"{spot}.amounts", f"formule inconnue « {extra} »")
        if row.to_age is not None and row.to_age < row.from_age:
            raise PlaceError(spot, f"tranche « {row.label} » : elle finit avant de commencer")
        grouped[row.group].append(Band(**{**row.__dict__, "amounts": dict(row.amounts)}))
    if not grouped:
        raise PlaceError(place, "la grille est vide")
    for group, bands in grouped.items():
        _check_salaries(group, bands, place)
        key = lambda band: (band.from_salary or Decimal(0), band.to_salary or Decimal("Infinity"))  # noqa: E731
        for _, bracket in itertools.groupby(sorted(bands, key=key), key=key):
            _check_ages(group, list(bracket), place)
    return {group: tuple(bands) for group, bands in grouped.items()}


def _check_ages(group: str, bands: list[Band], place: str) -> None:
    ordered = sorted(bands, key=lambda band: band.from_age)
    for one, other in itertools.pairwise(ordered):
        if one.to_age is None or other.from_age <= one.to_age:
            raise PlaceError(place, f"groupe « {group} » : « {one.label} » et « {other.label} » se recouvrent")
        if other.from_age > one.to_age + 1:
            raise PlaceError(place, f"groupe « {group} » : aucun montant entre {one.to_age} et {other.from_age} ans")


def _check_salaries(group: str, bands: list[Band], place: str) -> None:
    brackets = sorted(
        {(b.from_salary or Decimal(0), b.to_salary) for b in bands},
        key=lambda b: (b[0], b[1] or Decimal("Infinity")),
    )
    for (_, top), (bottom, _) in itertools.pairwise(brackets):
        if top is None or bottom <= top:
            raise PlaceError(place, f"groupe « {group} » : deux tranches de traitement se recouvrent à {bottom} €")
        if bottom - top not in (_ONE_CENT, Decimal(1)):
            raise PlaceError(place, f"groupe « {group} » : aucun montant entre {top} et {bottom} € de traitement")
