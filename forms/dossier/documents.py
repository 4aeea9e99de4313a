"""The papers of a dossier and the files of each: several entries of one paper are its files, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.dossier.labels import label
from forms.dossier.model import Document
from forms.dossier.paths import name_of

if TYPE_CHECKING:
    from forms.dossier.model import Dossier


def files_of(dossier: Dossier, kind: str, person: str) -> tuple[str, ...]:
    """Give the names of the files of a paper, in the order in which they were attached."""
    return tuple(d.file for d in dossier.documents if (d.kind, d.person) == (kind, person) and d.file)


def name_of_paper(dossier: Dossier, kind: str, person: str) -> str:
    """Give ``Attestation de droits à l’assurance maladie, Noé``."""
    name = label("documents.kind", kind)
    owner = "" if person == "member" else f", {name_of(dossier, person)}"
    return f"{name[:1].upper()}{name[1:]}{owner}"


def with_state(dossier: Dossier, kind: str, person: str, state: str) -> Dossier:
    """Give the dossier with a paper ``seen`` or ``attached``, its files kept, or ``missing``, and its files with it."""
    ours = [d for d in dossier.documents if (d.kind, d.person) == (kind, person)]
    if state == "missing":
        return _with(dossier, tuple(d for d in dossier.documents if d not in ours))
    if not ours:
        return _with(dossier, (*dossier.documents, _made(kind, person, state)))
    return _with(
        dossier,
        tuple(_made(kind, person, state, d.file) if d in ours else d for d in dossier.documents),
    )


def with_file(dossier: Dossier, kind: str, person: str, file: str) -> Dossier:
    """Give the dossier with a paper attached, and one more file of it."""
    files = (*files_of(dossier, kind, person), file)
    return _with_files(dossier, kind, person, files)


def without_file(dossier: Dossier, kind: str, person: str, file: str) -> Dossier:
    """Give the dossier without one file of a paper; without any file left, the paper is missing again."""
    files = tuple(name for name in files_of(dossier, kind, person) if name != file)
    return _with_files(dossier, kind, person, files)


def _with_files(dossier: Dossier, kind: str, person: str, files: tuple[str, ...]) -> Dossier:
    places = [n for n, d in enumerate(dossier.documents) if (d.kind, d.person) == (kind, person)]
    at = places[0] if places else len(dossier.documents)
    others = [d for n, d in enumerate(dossier.documents) if n not in places]
    made = [_made(kind, person, "attached", file) for file in files]
    return _with(dossier, (*others[:at], *made, *others[at:]))


def _made(kind: str, person: str, state: str, file: str | None = None) -> Document:
    return Document.model_validate({"kind": kind, "person": person, "state": state, "file": file})


def _with(dossier: Dossier, documents: tuple[Document, ...]) -> Dossier:
    return dossier if documents == dossier.documents else dossier.model_copy(update={"documents": documents})
