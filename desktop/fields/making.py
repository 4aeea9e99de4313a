"""From the kind of a fact to its field, and to the width that it takes on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.desk.scene import CALLED
from desktop.fields.choice import FlagField, ListField, RadioField, choices_of, is_radio
from desktop.fields.text import LinesField, TextField
from desktop.widgets.style import fix
from forms.dossier.fields import field_at

if TYPE_CHECKING:
    from desktop.desk.scene import Scene
    from desktop.fields.base import Field

THIRDS = 3
"""A page is three fields wide."""

STACKED = frozenset({"previous_contract.cancellation"})
"""Answers that are sentences, shown one under the other: this question comes first and decides the rest."""

_WIDE = frozenset({"iban", "lines", "nir", "siret"})
"""What takes two thirds: an address, and what is wrong in ways that take a long sentence."""
_CONTROLS = {
    "bic": 180, "date": 150, "iban": 380, "money": 150, "nir": 240, "percent": 150, "phone": 200, "postal_code": 120,
    "siret": 220, "whole": 100,
}  # fmt: skip
"""Logical pixels of a control that is as wide as what is typed in it."""
_THIRD = 232  # logical pixels of a third
_LETTER = 6.6  # logical pixels of a letter of a label, 15 px semi-bold
_ANSWER = 52  # logical pixels around one answer's word


def make_field(path: str, scene: Scene) -> Field:
    """Make the field of a path by the kind of its fact."""
    kind = field_at(path).kind
    title = CALLED.get(path, "")
    if kind == "flag":
        return FlagField(path, title)
    if path in STACKED:
        return RadioField(path, title, stacked=True)
    if kind == "choice" or path.rsplit(".", 1)[-1] == "formula":
        return RadioField(path, title) if is_radio(choices_of(scene, path)) else ListField(path, title)
    if kind == "lines":
        return LinesField(path, title)
    made = TextField(path, title)
    if kind in _CONTROLS:
        fix(made.line, at_most=_CONTROLS[kind])
    return made


def span_of(field: Field, scene: Scene) -> int:
    """Give how many thirds of the page a field takes: what its kind needs, its answers and its label on one line."""
    if isinstance(field, RadioField) and field.stacked:
        return THIRDS
    length = _LETTER * len(field.title)
    if isinstance(field, RadioField):
        length = max(length, sum(_ANSWER + _LETTER * len(word) for _, word in choices_of(scene, field.path)))
    thirds = 1 + int(length // _THIRD)
    return min(THIRDS, max(thirds, 2 if field_at(field.path).kind in _WIDE else 1))
