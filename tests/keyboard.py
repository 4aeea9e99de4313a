"""Someone with the papers of a family and a keyboard: what they press for each field, whoever carries the keys."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from forms.dossier.entry import shown
from forms.dossier.fields import field_at
from forms.dossier.paths import value_at
from forms.dossier.reading import dossier_from_json, dossier_to_json
from tests.conventions.walks import DEBIT, FORMULAS, shipped
from tests.making import Said, answer, kept, put, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms.dossier.model import Dossier

MANY = 400
"""Key presses after which a step is taken for a trap."""
GIVEN = frozenset({"format", "kind", "convention", "reference"})
"""What no field asks: it comes with the dossier."""


@dataclass(frozen=True)
class Seen:
    """What someone sees of the program before they press the next key."""

    window: str = ""
    """The title of the window in front."""
    screen: str = ""
    """What it shows: ``gate``, ``home``, ``wizard``, ``preview``."""
    step: str = ""
    path: str = ""
    """Of the field in which the focus is."""
    control: str = ""
    """What has the focus: ``tick``, ``list``, ``button``, ``menu``, ``tabs``, ``cards`` (formulas), ``other``."""
    name: str = ""
    """What it is called."""
    value: str = ""
    """What stands in a list or a line; the words of a button, of a menu’s line, of a tab."""
    described: str = ""
    """What is said under it: a hint, or what is wrong."""
    inside: bool = False
    """Whether it is on the step's page, and not around it."""
    kept: str = ""
    said: str = ""
    """The dossier on the table, JSON."""

    @cached_property
    def dossier(self) -> Dossier:
        """Read the dossier."""
        return dossier_from_json(self.said)


class Hands(ABC):
    """Walks through the wizard, and counts what is pressed beyond the values themselves.

    A key is named as X names it: ``Tab``, ``space``, ``Down``, ``o``, ``ctrl+Return``.
    """

    def __init__(self, family: Dossier) -> None:
        """Hold the papers of a family."""
        self.family = family
        self.presses = 0

    @abstractmethod
    def seen(self) -> Seen:
        """Look, once all that was pressed has been answered."""

    @abstractmethod
    def strike(self, key: str) -> None:
        """Press one key where the focus is."""

    @abstractmethod
    def write(self, text: str) -> None:
        """Type a value where the focus is."""

    def press(self, key: str) -> None:
        """Press one key, and count it."""
        self.presses += 1
        self.strike(key)

    def steps_through(self, stop: str = "") -> None:
        """Answer each field of a page once, going on with Tab, until its end or the button ``stop``."""
        answered: set[str] = set()
        for _ in range(MANY):
            self.press("Tab")
            here = self.seen()
            if here.path and here.path not in answered:
                answered.add(here.path)
                self.answer(here)
            elif (stop and here.control == "button" and here.value == stop) or not here.inside:
                return
        raise AssertionError(self.seen())

    def answer(self, here: Seen) -> None:
        """Say what the papers say of the field in focus; what is already right is left as it is."""
        wanted = value_at(self.family, here.path)
        if wanted in (None, ()) or value_at(here.dossier, here.path) == wanted:
            return
        kind = field_at(here.path).kind
        if here.control == "tick":
            self.press("space")
        elif kind == "flag":
            self.press("o" if wanted else "n")
        elif kind == "choice" or here.control == "cards":
            self.choose(here, wanted)
        else:
            self.write(wanted if isinstance(wanted, str) else shown(self.family, here.path))

    def choose(self, here: Seen, wanted: object) -> None:
        """Choose with Space and the arrows, as on any desktop."""
        if here.control != "list":
            self.press("space")
        for _ in range(20):
            if value_at(self.seen().dossier, here.path) == wanted:
                return
            self.press("Down")
        raise AssertionError(here.path)

    def press_button(self, words: str) -> None:
        """Go to a button with Tab, and press it with Space."""
        for _ in range(MANY):
            here = self.seen()
            if here.control in {"button", "tick"} and words in {here.value, here.name}:
                self.press("space")
                return
            self.press("Tab")
        raise AssertionError(words)

    def type_in(self) -> None:
        """Take the family through the steps, to the summary."""
        for _ in ("before", "formula", "contract"):
            self.steps_through()
            self.press("ctrl+Return")
        for button in ("Ajouter un conjoint", "Ajouter un enfant", "Ajouter un enfant"):
            self.press_button(button)
            self.answer(self.seen())
            self.steps_through("Ajouter un enfant")
        self.press("ctrl+Return")


def family_for(convention: str) -> Said:
    """Give the family of four, complete, with the very facts that a convention asks for."""
    said = put(
        kept("cdg62-family"),
        {
            "convention": convention,
            "formula": FORMULAS[convention],
            "documents": [],
            "request.received_on": None,
            "member.gross_index_salary": "2150.00",
            "acknowledgements.statutes": "2026-02-03",
            "acknowledgements.internal_rules": "2026-02-03",
        },
    )
    if not shipped(convention).has_employer:
        said = put(said, {"employer": {}, "payment": DEBIT | {"bic": "AGRIFRPP", "holder": "Maïa Delattre"}})
    for person in said["beneficiaries"]:
        person["own_cover"] = False
    while unasked := sorted(facts(read(said)).keys() - asked(said, convention) - GIVEN):
        for path in unasked:
            without(said, path)
    return said


def asked(said: Said, convention: str) -> set[str]:
    """Give the paths that are asked of a dossier."""
    return {ask.path for ask in answer(said, shipped(convention)).asks}


def without(said: Said, path: str) -> None:
    """Take a fact away."""
    *blocks, last = path.split(".")
    here: Any = said
    for block in blocks:
        here = here[int(block)] if isinstance(here, list) else here[block]
    del here[last]


def facts(dossier: Dossier) -> dict[str, object]:
    """Give what is said, by path."""
    return dict(leaves(json.loads(dossier_to_json(dossier))))


def leaves(value: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Walk the leaves of a dossier as a file has them."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, f"{prefix}.{key}" if prefix else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, child in enumerate(value):
            yield from leaves(child, f"{prefix}.{index}")
    elif value not in (None, []):
        yield prefix, value


def unwritten(dossier: Dossier, text: str) -> list[str]:
    """Give the paths whose value is not in the text of a bulletin: spaces, slashes and capitals aside."""
    squeezed = squeeze(text)
    convention = shipped(dossier.convention or "")

    def words(path: str, value: object) -> list[str]:
        formula = convention.formula(str(value)) if path == "formula" else None
        return [formula.label] if formula else value if isinstance(value, list) else [shown(dossier, path)]

    return [
        path
        for path, value in facts(dossier).items()
        if path not in GIVEN - {"reference"} and not isinstance(value, bool)
        if any(squeeze(str(word)) not in squeezed for word in words(path, value))
    ]


def squeeze(text: str) -> str:
    """Give a text without spaces, slashes and capitals."""
    return "".join(text.split()).replace("/", "").casefold()
