"""Read a convention's table of guarantees (CSV) and its worked cares, or refuse them with their place."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from forms.convention.compiling import Compiler, PlaceError
from forms.convention.declared.folder import Folder
from forms.convention.declared.guarantees import CareTable, GuaranteesTable
from forms.convention.guarantees import Care, CareItem, Guarantee, Kind, Part

_COLUMNS = ("id", "category", "label", "per", "limit", "basis", "source")
_BASES = ("total", "complement")
_PARTS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"(\d{1,4}(?:\.\d{1,2})?) %", re.ASCII), "percent"),
    (re.compile(r"(\d{1,5}\.\d{2}) €", re.ASCII), "euros"),
    (re.compile(r"(frais réels)"), "real"),
    (re.compile(r"(intégral)"), "full"),
    (re.compile(r"(non couvert)"), "none"),
    (re.compile(r"(inclus)"), "included"),
    (re.compile(r"(SS)"), "health"),
)
_ALONE: frozenset[Kind] = frozenset({"real", "full", "none", "included"})
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


def guarantees(folder: Folder, files: dict[str, bytes], compiler: Compiler) -> tuple[Guarantee, ...]:
    """Read the table.

    Raises:
        PlaceError: a column or a formula that is missing, an amount that cannot be read, an id that stands twice,
            an assumption on a line that is not there.
    """
    table = folder.guarantees
    if table is None:
        return ()
    formulas = [formula.id for formula in folder.formulas]
    compiler.basis(table, "guarantees")
    found: dict[str, Guarantee] = {}
    for place, cells in _rows(table, files, formulas):
        guarantee = _guarantee(cells, formulas, table, compiler, place)
        if guarantee.id in found:
            raise PlaceError(place, f"« {guarantee.id} » est déjà dans le tableau")
        found[guarantee.id] = guarantee
    stray = next((line for line in table.assumptions if line not in found), None)
    if stray is not None:
        raise PlaceError("guarantees.assumptions", f"« {stray} » n’est pas dans le tableau des garanties")
    return tuple(found.values())


def _rows(table: GuaranteesTable, files: dict[str, bytes], formulas: list[str]) -> list[tuple[str, dict[str, str]]]:
    if table.grid not in files:
        raise PlaceError("guarantees.grid", f"le fichier « {table.grid} » n’est pas dans le dossier")
    try:
        reader = csv.DictReader(io.StringIO(files[table.grid].decode("utf-8-sig")), strict=True)
        rows = [(f"guarantees.grid, {table.grid} ligne {reader.line_num}", dict(row)) for row in reader]
    except (UnicodeDecodeError, csv.Error):
        raise PlaceError("guarantees.grid", f"« {table.grid} » n’est pas un CSV lisible en UTF-8") from None
    expected = [*_COLUMNS, *formulas]
    if list(reader.fieldnames or ()) != expected:
        raise PlaceError(f"guarantees.grid, {table.grid} ligne 1", f"colonnes attendues : {', '.join(expected)}")
    return rows


def _guarantee(
    cells: dict[str, str], formulas: list[str], table: GuaranteesTable, compiler: Compiler, place: str
) -> Guarantee:
    if None in cells or None in cells.values():
        raise PlaceError(place, "la ligne n’a pas le nombre de colonnes attendu")
    cells = {key: value.strip() for key, value in cells.items()}
    if not _ID.fullmatch(cells["id"]) or not cells["category"] or not cells["label"]:
        raise PlaceError(place, "id (minuscules, chiffres, tirets), category et label sont attendus")
    if cells["basis"] not in _BASES:
        raise PlaceError(place, f"basis : attendu {' ou '.join(_BASES)}")
    written = {formula: cells[formula] for formula in formulas}
    worth = {formula: _worth(text, f"{place}, {formula}") for formula, text in written.items()}
    source = compiler.source(cells["source"] or table.source, place)
    return Guarantee(
        cells["id"],
        cells["category"],
        cells["label"],
        cells["per"],
        cells["limit"],
        cells["basis"] == "total",
        written,
        worth,
        source,
        table.assumptions.get(cells["id"], table.assumption),
    )


def _worth(text: str, place: str) -> tuple[Part, ...]:
    parts = []
    for piece in text.split(" + "):
        for pattern, kind in _PARTS:
            found = pattern.fullmatch(piece)
            if found:
                parts.append(Part(kind, Decimal(found[1]) if kind in {"percent", "euros"} else Decimal(0)))
                break
        else:
            expected = "130 %, 50.00 €, frais réels, intégral, SS, inclus ou non couvert"
            raise PlaceError(place, f"« {piece} » : attendu {expected}")
    if len(parts) > 1 and not _ALONE.isdisjoint(part.kind for part in parts):
        raise PlaceError(place, f"« {text} » : seuls des %, des € et SS s’ajoutent")
    return tuple(parts)


def cares(folder: Folder, table: tuple[Guarantee, ...], compiler: Compiler) -> tuple[Care, ...]:
    """Resolve the worked cares; one on a guarantee that the table does not have is refused."""
    known = {guarantee.id for guarantee in table}
    formulas = {formula.id for formula in folder.formulas}
    found = []
    for i, care in enumerate(folder.cares):
        if care.guarantee not in known:
            raise PlaceError(f"cares[{i}].guarantee", f"« {care.guarantee} » n’est pas dans le tableau des garanties")
        stray = next((formula for formula in care.expected if formula not in formulas), None)
        if stray is not None:
            raise PlaceError(f"cares[{i}].expected", f"formule inconnue « {stray} »")
        loose = next((j for j, item in enumerate(care.items) if item.at_most is not None and item.price is None), None)
        if loose is not None:
            raise PlaceError(f"cares[{i}].items[{loose}].at_most", "une limite demande aussi le prix (price)")
        found.append(_care(care, compiler.source(care.source, f"cares[{i}]")))
    return tuple(found)


def _care(care: CareTable, source: str) -> Care:
    items = tuple(CareItem(item.base, item.rate, item.count, item.price, item.at_most) for item in care.items)
    expected = {
        formula: {"health": worked.health, "mutual": worked.mutual, "left": worked.left}
        for formula, worked in care.expected.items()
    }
    return Care(
        care.id,
        care.label,
        care.guarantee,
        care.price,
        items,
        care.fixed_participation,
        expected,
        source,
        care.times,
    )
