"""What changed between two versions of a dossier, in the words of the paper: for "annule et remplace"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forms.bulletin.printing import Change
from forms.dossier.difference import differences
from forms.dossier.entry import shown
from forms.dossier.labels import label
from forms.dossier.model import Document, Person
from forms.dossier.paths import full_name, person_path, title_at, value_at

if TYPE_CHECKING:
    from forms.convention import Convention
    from forms.dossier.model import Dossier

_HERE = "oui"
_BLOCK_FIELDS = ("insurer", "number", "kind", "on", "formula", "since", "iban")


def changes(old: Dossier, new: Dossier, convention: Convention | None) -> tuple[Change, ...]:
    """Give each answer that changed from ``old`` to ``new``: its title with whose it is, before and after.

    Without a convention a formula is named by its identifier.
    """
    found = []
    for change in differences(old, new):
        before = _text(old, change.path, change.old, convention)
        after = _text(new, change.path, change.new, convention)
        if before != after:
            whose = new if value_at(new, change.path) is not None or change.new is not None else old
            found.append(Change(_title(whose, change.path), before, after))
    return tuple(found)


def _title(dossier: Dossier, path: str) -> str:
    owner = person_path(path)
    parts = path.split(".")
    if parts[0] == "documents" and len(parts) == 2:  # noqa: PLR2004 - the paper itself
        return "Pièce"
    if owner is None or owner == "member":
        return title_at(path)
    number = int(parts[1]) + 1
    name = full_name(value_at(dossier, owner)) or f"n° {number}"
    return f"Bénéficiaire {name}" if path == owner else f"{title_at(path)} ({name})"


def _text(dossier: Dossier, path: str, value: Any, convention: Convention | None) -> str:
    """Give a value as it is printed; a block or a person that came or went, by its name."""
    if value is None or value == ():
        return ""
    if isinstance(value, Person):
        return full_name(value) or _HERE
    if isinstance(value, Document):
        return label("documents.0.kind", value.kind) if value.kind else _HERE
    if hasattr(value, "model_fields_set"):
        said = (getattr(value, name, None) for name in _BLOCK_FIELDS)
        return next((str(text) for text in said if text), _HERE)
    if path.rpartition(".")[2] == "formula":
        formula = convention.formula(value) if convention else None
        return formula.label if formula else str(value)
    return shown(dossier, path).replace("\n", ", ")
