"""Sentences of a convention, with their facts put in as French people read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from forms.assessment.answer import Because
from forms.assessment.scene import Scene
from forms.convention.facts import FactRef, Lacks
from forms.convention.model import Basis, Reason, Template
from forms.dossier.labels import label
from forms.dossier.paths import name_of
from forms.french import long_date, money, of_name, typeset


def sentence(template: Template, scene: Scene, subject: str) -> str:
    """Give the sentence for a subject; a fact that is not known reads "…"."""
    words = []
    for text, named in template.parts:
        words.append(text)
        if named == "name":
            words.append(name_of(scene.dossier, subject))
        elif named == "of_name":
            words.append(of_name(name_of(scene.dossier, subject)))
        elif named is not None:
            words.append(_word(scene, named, subject))
    return typeset(_capital("".join(words)))


def because(template: Template, basis: Basis, scene: Scene, subject: str) -> Because:
    """Give a reason with where it comes from."""
    return Because(sentence(template, scene, subject), basis.source, basis.assumption)


def stated(reason: Reason) -> Because:
    """Give a reason of the law with where it comes from."""
    return Because(reason.reason, reason.basis.source, reason.basis.assumption)


def _word(scene: Scene, ref: FactRef, subject: str) -> str:
    value: Any = scene.fact(ref, subject)
    if value is None or isinstance(value, Lacks):
        return "…"
    if ref.type.choices:
        owner = scene.people.get("member" if ref.owner == "member" else subject)
        return label(ref.name, str(value), owner.title if owner else None)
    if ref.name == "formula":
        formula = scene.convention.formula(str(value))
        return formula.label if formula else str(value)
    return _WORDS.get(ref.type.kind, str)(value)


_WORDS: dict[str, Callable[[Any], str]] = {
    "date": long_date,
    "money": money,
    "flag": lambda value: "oui" if value else "non",
}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
