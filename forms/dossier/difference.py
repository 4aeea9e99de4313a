"""What changed between two dossiers: each place with what was said there before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from forms.dossier.model import Beneficiary, Document, Dossier, Value
from forms.french import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True)
class Change:
    """One place that changed. The ``repr`` says the path only: values are people's own.

    ``path`` is a leaf's, in the newer dossier; or a block's or an item's that came or went, whole: ``None`` stands for
    its absence, and what went has the path of the older dossier. A text that could not be read is the value of its
    place.
    """

    path: str
    old: Any = field(repr=False)
    new: Any = field(repr=False)


def differences(old: Dossier, new: Dossier) -> tuple[Change, ...]:
    """Give what changed from ``old`` to ``new``, in the order of the model.

    Items of a list are paired by who they are (first name and birth date, kind of paper and person): the middle child
    taken away is one change, not a shift of the others.
    """
    found = list(_of_blocks("", old, new))
    if old.unread == new.unread:
        return tuple(found)
    return tuple(_with_unread(found, old.unread, new.unread))


def _with_unread(found: list[Change], old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    texts = {path: (old.get(path), new.get(path)) for path in (*old, *new) if old.get(path) != new.get(path)}
    for change in found:
        before, after = texts.pop(change.path, (None, None))
        yield Change(change.path, before or change.old, after or change.new)
    for path, (before, after) in texts.items():
        yield Change(path, before, after)


def _of_blocks(prefix: str, old: Value, new: Value) -> Iterator[Change]:
    if old is new:
        return
    for name in type(new).model_fields:
        if name != "unread":
            yield from _of_values(f"{prefix}{name}", getattr(old, name), getattr(new, name))


def _of_values(path: str, old: Any, new: Any) -> Iterator[Change]:
    if old is new:
        return
    if isinstance(old, Value) and isinstance(new, Value):
        yield from _of_blocks(f"{path}.", old, new)
    elif old == new:
        return
    elif isinstance(new, tuple) and any(isinstance(item, Value) for item in (*old, *new)):
        yield from _of_lists(path, old, new)
    else:
        yield Change(path, old, new)


def _of_lists(path: str, old: Sequence[Value], new: Sequence[Value]) -> Iterator[Change]:
    pairs = SequenceMatcher(None, [_who(item) for item in old], [_who(item) for item in new], autojunk=False)
    for _, old_from, old_to, new_from, new_to in pairs.get_opcodes():
        if old_to - old_from == new_to - new_from:
            for before, after in zip(range(old_from, old_to), range(new_from, new_to), strict=True):
                yield from _of_values(f"{path}.{after}", old[before], new[after])
            continue
        for index in range(old_from, old_to):
            yield Change(f"{path}.{index}", old[index], None)
        for index in range(new_from, new_to):
            yield Change(f"{path}.{index}", None, new[index])


def _who(item: Value) -> tuple[object, ...]:
    if isinstance(item, Beneficiary):
        return fold(item.first_name or ""), item.birth_date
    if isinstance(item, Document):
        return item.kind, item.person
    return (item,)
