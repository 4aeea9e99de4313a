"""The forms of the pack: the common list, each ruled on anew by a convention that says so, with its insurer's PDFs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from forms.convention.compiling import Compiler, PlaceError
from forms.convention.declared.folder import CommonRules, Folder
from forms.convention.declared.papers import OwnPdfTable
from forms.convention.model import OwnForm, PackForm
from forms.dossier.fields import fields, pattern_of
from forms.french import long_date


def forms_for(common: CommonRules, folder: Folder, files: Mapping[str, bytes]) -> tuple[PackForm, ...]:
    """Give the forms in the common order; where the convention rules on one, its own rule is kept."""
    own = {table.id: (Compiler(folder.sources), table, f"forms[{i}]") for i, table in enumerate(folder.forms)}
    found = []
    for i, table in enumerate(common.forms):
        compiler, kept, place = own.get(table.id, (Compiler(common.sources), table, f"forms[{i}]"))
        if kept.own and kept.id == "reasons":
            raise PlaceError(f"{place}.own", "« reasons » dit ce que ce programme a décidé : il reste le nôtre")
        pdf = _own_form(kept.own, files, f"{place}.own") if kept.own else None
        found.append(PackForm(kept.id, compiler.when(kept.when, "dossier", place), kept.keeper, pdf))
    return tuple(found)


def _own_form(table: OwnPdfTable, files: Mapping[str, bytes], place: str) -> OwnForm:
    """Check that the PDF is there, in its edition, and that what is written on it is known."""
    data = files.get(table.pdf)
    if data is None or not table.pdf.endswith(".pdf"):
        raise PlaceError(f"{place}.pdf", f"« {table.pdf} » n’est pas un PDF de ce dossier")
    found = hashlib.sha256(data).hexdigest()
    if found != table.sha256:
        edition = long_date(table.edition)
        raise PlaceError(f"{place}.sha256", f"« {table.pdf} » n’est pas l’édition du {edition} : empreinte {found}")
    for i, box in enumerate(table.boxes):
        where = f"{place}.boxes[{i}]"
        if not box.key.startswith("=") and pattern_of(box.key) not in fields():
            raise PlaceError(f"{where}.key", f"champ inconnu « {box.key} »")
        if box.field is None and None in {box.x, box.y}:
            raise PlaceError(where, "dites le champ du PDF (field), ou sa place en millimètres (x, y)")
    return OwnForm(data, table)
