"""Who is in a draft, as keys that an index compares: nobody's number or name is copied out of the dossier."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.dossier.identifiers import compact_nir
from forms.dossier.model import CHILDREN, Beneficiary, Dossier, Person
from forms.dossier.nir import BODY
from forms.dossier.paths import people
from forms.french import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forms.drafts.cipher import Database

_TOLD_BY = frozenset({"nir", "birth_name", "used_name", "first_name", "birth_date", "relation"})


@dataclass(frozen=True)
class Keys:
    """One person: ``path``, and 63-bit hashes, None while what they are made of is not known.

    ``nir`` is that of an adult only: a child often stands under a parent's number, and so do twins. ``named`` is made
    of the first name and the birth date; last names are compared once those meet, for they come by birth and by use.
    """

    path: str
    child: bool
    nir: int | None
    named: int | None


def keys_of(dossier: Dossier) -> tuple[Keys, ...]:
    """Give the people of a dossier of whom anything can be compared."""
    found = (_keys(path, person) for path, person in people(dossier))
    return tuple(keys for keys in found if keys.nir is not None or keys.named is not None)


def concerned(paths: Iterable[str]) -> bool:
    """Say whether a change at these paths can change who is in the dossier, or under which path."""
    last = (path.rsplit(".", 1)[-1] for path in paths)
    return any(part in _TOLD_BY or part.isdigit() for part in last)


def index(database: Database, reference: str, dossier: Dossier) -> None:
    """Note who is in a draft, inside the caller's transaction."""
    database.execute("DELETE FROM people WHERE reference = ?", [reference])
    for keys in keys_of(dossier):
        values = [reference, keys.path, int(keys.child), keys.nir, keys.named]
        database.execute("INSERT INTO people VALUES (?, ?, ?, ?, ?)", values)


def number_of(person: Person) -> str | None:
    """Give the NIR without its key, or None while it is not whole."""
    number = compact_nir(person.nir or "")
    return number[:BODY] if len(number) >= BODY else None


def last_names(person: Person) -> frozenset[str]:
    """Give the folded last names that a person is known by."""
    return frozenset(fold(name) for name in (person.birth_name, person.used_name) if name and fold(name))


def is_child(person: Person) -> bool:
    """Say whether the person is covered as a child."""
    return isinstance(person, Beneficiary) and person.relation in CHILDREN


def _keys(path: str, person: Person) -> Keys:
    child = is_child(person)
    number, first = number_of(person), fold(person.first_name or "")
    adult = path == "member" or (isinstance(person, Beneficiary) and person.relation is not None and not child)
    named = _hashed(f"{first}|{person.birth_date}") if first and person.birth_date else None
    return Keys(path, child, _hashed(number) if number and adult else None, named)


def _hashed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8]) >> 1
