"""Read and edit a dossier by dotted path; an edit rebuilds the path's spine and nothing else."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, cast, get_args

from pydantic import BaseModel

from forms.dossier.fields import field_at, unwrapped
from forms.dossier.model import PARTNERS, Beneficiary, Document, Dossier, Person


def value_at(block: BaseModel, path: str) -> Any:
    """Give the value at a path below a dossier or a block; ``None`` below what is not there."""
    here: Any = block
    for part in _parts(path):
        if here is None:
            return None
        if isinstance(part, int):
            here = here[part] if part < len(here) else None
            continue
        here = getattr(here, part)
    return here


@lru_cache(4096)
def _parts(path: str) -> tuple[str | int, ...]:
    """Give names and indexes; a path holds no one's data: it may outlive the dossier."""
    return tuple(int(part) if part.isdecimal() else part for part in path.split("."))


def _rebuilt(here: Any, parts: list[str], value: Any) -> Any:
    head, *rest = parts
    if isinstance(here, tuple):
        index = int(head)
        if index >= len(here):
            raise KeyError(head)
        new = value if not rest else _rebuilt(here[index], rest, value)
        return (*here[:index], new, *here[index + 1 :])
    if not rest:
        return here.model_copy(update={head: value})
    child = getattr(here, head)
    if child is None and value in (None, ()):
        return here  # "none" is not turned into "not asked yet" by a field left blank
    if child is None:  # a null block (previous contract, event…) starts with the first fact said in it
        block, _ = unwrapped(type(here).model_fields[head].annotation)
        child = cast("type[BaseModel]", block)()
    return here.model_copy(update={head: _rebuilt(child, rest, value)})


def edited(dossier: Dossier, path: str, value: Any) -> Dossier:
    """Give the dossier with one leaf changed.

    ``value`` is of the leaf's own type (``date``, ``Decimal``, ``str``…): pydantic's ``ValidationError`` otherwise.
    What had been typed there and could not be read is forgotten. ``KeyError`` for a path that no dossier has.
    """
    checked = field_at(path).adapter.validate_python(value)
    changed = cast("Dossier", _rebuilt(dossier, path.split("."), checked))
    return _with_unread(changed, {key: text for key, text in dossier.unread.items() if key != path})


def with_block(dossier: Dossier, path: str, block: BaseModel | None) -> Dossier:
    """Give the dossier with a whole block put in place, or taken away where the contract allows ``null``."""
    changed = cast("Dossier", _rebuilt(dossier, path.split("."), block))
    kept = {key: text for key, text in dossier.unread.items() if not key.startswith(f"{path}.")}
    return _with_unread(changed, kept)


def with_unread(dossier: Dossier, path: str, text: str) -> Dossier:
    """Keep a text that could not be read at a path; the fact itself becomes unknown."""
    return _with_unread(edited(dossier, path, None), {**dossier.unread, path: text})


def _with_unread(dossier: Dossier, unread: dict[str, str]) -> Dossier:
    return dossier if unread == dossier.unread else dossier.model_copy(update={"unread": unread})


def _moved(key: str, index: int, step: int) -> str | None:
    """Give where ``beneficiaries.N…`` goes when the item at ``index`` is removed (-1) or inserted (+1)."""
    head, _, rest = key.partition(".")
    number, _, tail = rest.partition(".")
    if head != "beneficiaries" or not number.isdigit():
        return key
    here = int(number)
    if here == index and step < 0:
        return None
    here += step if here >= index else 0
    return ".".join(part for part in (head, str(here), tail) if part)


def _shifted(dossier: Dossier, index: int, step: int) -> dict[str, Any]:
    """Give the unread texts and the documents with their places moved: what is keyed by place follows its item."""
    unread = {new: text for key, text in dossier.unread.items() if (new := _moved(key, index, step))}
    documents = tuple(
        document.model_copy(update={"person": person})
        for document in dossier.documents
        if (person := _moved(document.person, index, step))
    )
    return {"unread": unread, "documents": documents}


def with_beneficiary(dossier: Dossier, beneficiary: Beneficiary, index: int | None = None) -> Dossier:
    """Give the dossier with one beneficiary more, last unless a place is given."""
    people = dossier.beneficiaries
    at = len(people) if index is None else index
    people = (*people[:at], beneficiary, *people[at:])
    return dossier.model_copy(update={"beneficiaries": people, **_shifted(dossier, at, 1)})


def without_beneficiary(dossier: Dossier, index: int) -> Dossier:
    """Give the dossier without one beneficiary, and without that person's papers and unread texts."""
    people = dossier.beneficiaries
    people = (*people[:index], *people[index + 1 :])
    return dossier.model_copy(update={"beneficiaries": people, **_shifted(dossier, index, -1)})


def with_document(dossier: Dossier, kind: str, person: str, state: str | None) -> Dossier:
    """Give the dossier with a paper ``seen`` or ``attached``, or missing again (``None``)."""
    kept = tuple(d for d in dossier.documents if (d.kind, d.person) != (kind, person))
    if state is not None:
        old = next((d for d in dossier.documents if (d.kind, d.person) == (kind, person)), None)
        paper = {"kind": kind, "person": person, "state": state, "file": old.file if old else None}
        kept = (*kept, Document.model_validate(paper))
    return dossier.model_copy(update={"documents": kept})


def people(dossier: Dossier) -> list[tuple[str, Person]]:
    """Give the member and the beneficiaries with their paths, in the order of the dossier."""
    found: list[tuple[str, Person]] = [("member", dossier.member)]
    found += [(f"beneficiaries.{i}", person) for i, person in enumerate(dossier.beneficiaries)]
    return found


def person_path(path: str) -> str | None:
    """Give ``member`` or ``beneficiaries.N`` for a path below a person, else ``None``."""
    parts = path.split(".")
    if parts[0] == "member":
        return "member"
    return ".".join(parts[:2]) if parts[0] == "beneficiaries" and len(parts) > 1 else None


def name_of(dossier: Dossier, path: str) -> str:
    """Give how a person is called in a sentence: first name, else "l’adhérent", "le conjoint", "le 2e enfant"."""
    person = value_at(dossier, path)
    if person is None:
        return ""
    if person.first_name:
        return " ".join(person.first_name.split())
    if path == "member":
        return "l’adhérente" if person.title == "mme" else "l’adhérent"
    if person.relation in PARTNERS:
        return "la conjointe" if person.title == "mme" else "le conjoint"
    number = 1 + sum(b.relation not in PARTNERS for b in dossier.beneficiaries[: int(path.split(".")[1])])
    return f"l’enfant n° {number}"


def full_name(person: Person) -> str:
    """Give first name and used name, or birth name: "Élodie Nuñez"; empty while neither is known."""
    return " ".join(f"{person.first_name or ''} {person.used_name or person.birth_name or ''}".split())


def title_at(path: str) -> str:
    """Give the French title of the field at a path; a block gives its own."""
    try:
        return field_at(path).title
    except KeyError:
        here: Any = Dossier
        title = ""
        for part in path.split("."):
            if part.isdigit():
                continue
            info = here.model_fields[part]
            title = info.title or title
            here, _ = unwrapped(info.annotation)
            if get_args(here):
                here = get_args(here)[0]
        return title


def cancellation_of(dossier: Dossier) -> str | None:
    """Give what becomes of the old contract: no contract is nothing to cancel, ``None`` is not said yet."""
    return dossier.previous_contract.cancellation if dossier.previous_contract else "none"
