"""Every field of a dossier by its pattern path: French title, kind, choices, and the check of one value."""

from __future__ import annotations

import re
import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from forms.dossier.model import Dossier
from forms.dossier.scalars import Kind

_INDEX = re.compile(r"(?<=\.)\d+(?=\.|$)")
_NONE_MEANS_NONE = frozenset({"used_name", "effective_on", "fund_code", "options", "lines", "keep"})
"""Leaves whose absence is an answer ("none"), not a question left open (contract.md, Nothing and not yet)."""


@dataclass(frozen=True)
class Field:
    """One leaf: ``pattern`` is its path with ``*`` for a list index, ``choices`` the values of an enumeration."""

    pattern: str
    title: str
    kind: str
    choices: tuple[str, ...]
    adapter: TypeAdapter[Any]


def unwrapped(annotation: Any) -> tuple[Any, list[Any]]:
    """Strip ``Annotated`` and ``| None``; give the bare type and what was annotated."""
    extras: list[Any] = []
    while True:
        if get_origin(annotation) is Annotated:
            annotation, *more = get_args(annotation)
            extras += more
        elif get_origin(annotation) in (Union, types.UnionType):
            bare = [part for part in get_args(annotation) if part is not type(None)]
            if len(bare) != 1:
                return annotation, extras
            annotation = bare[0]
        else:
            return annotation, extras


def _walk(model: type[BaseModel], prefix: str) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for name, info in model.model_fields.items():
        path = f"{prefix}{name}"
        bare, extras = unwrapped(info.annotation)
        kinds = [extra.name for extra in (*extras, *info.metadata) if isinstance(extra, Kind)]
        if isinstance(bare, type) and issubclass(bare, BaseModel):
            found |= _walk(bare, f"{path}.")
            continue
        if get_origin(bare) is tuple and not kinds:
            item, _ = unwrapped(get_args(bare)[0])
            found |= _walk(item, f"{path}.*.")
            continue
        choices = tuple(get_args(bare)) if get_origin(bare) is Literal else ()
        kind = kinds[-1] if kinds else "choice" if choices else "text"
        whole: Any = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
        found[path] = Field(path, info.title or name, kind, choices, TypeAdapter(whole))
    return found


@cache
def fields() -> dict[str, Field]:
    """Give every leaf of the model, ``unread`` left out."""
    found = _walk(Dossier, "")
    del found["unread"]
    return found


def pattern_of(path: str) -> str:
    """Give ``beneficiaries.*.nir`` for ``beneficiaries.2.nir``."""
    return _INDEX.sub("*", path)


def field_at(path: str) -> Field:
    """Give the field at a path; ``KeyError`` names a path that no dossier has."""
    return fields()[pattern_of(path)]


def none_is_an_answer(path: str) -> bool:
    """Tell whether ``null`` at this path says "none" rather than "not known yet"."""
    return path.rsplit(".", 1)[-1] in _NONE_MEANS_NONE
