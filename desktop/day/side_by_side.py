"""Two dossiers that share someone, side by side as they are read: each line says in words whether it differs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.dossier.entry import shown
from forms.dossier.paths import full_name, title_at, value_at
from forms.dossier.states import STATES
from forms.french import listing, long_date, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms.convention import Convention
    from forms.drafts.draft import Draft
    from forms.drafts.pairs import Pair

SAME, DIFFERENT, NOT_HERE, NOT_THERE = "identique", "diffère", "pas dit à gauche", "pas dit à droite"
HIDDEN = "caché"
_PERSON = (
    "relation", "title", "birth_name", "used_name", "first_name", "birth_date", "birth_rank", "nir", "situation",
    "category", "scheme", "staff_number", "hired_on", "address.lines", "address.postal_code", "address.city",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One thing that is said in one of the two at least; ``word`` says how they stand to each other."""

    title: str
    here: str = field(repr=False)
    there: str = field(repr=False)
    word: str


@dataclass(frozen=True)
class Section:
    """The lines about the two dossiers, or about one of the people that they share."""

    title: str = field(repr=False)
    lines: tuple[Line, ...]


def compared(
    here: Draft, there: Draft, pair: Pair, conventions: Mapping[str, Convention], *, masked: bool
) -> tuple[Section, ...]:
    """Give both dossiers, then each shared person.

    ``masked``: the screen is turned to the agent of ``here``. What the other dossier says otherwise than this one is
    then hidden, and every NIR: no one else's data is shown.
    """
    whole = [
        ("Adhérent", full_name(here.dossier.member), full_name(there.dossier.member)),
        ("Collectivité", here.dossier.employer.name or "", there.dossier.employer.name or ""),
        ("Garantie", _formula(here, conventions), _formula(there, conventions)),
        ("Signé le", shown(here.dossier, "request.signed_on"), shown(there.dossier, "request.signed_on")),
    ]
    told = [
        ("État", _state(here), _state(there)),
        ("Dernier changement", _day(here), _day(there)),
    ]
    lines = [_line(*one, secret=masked) for one in whole] + [_line(*one, secret=False) for one in told]
    sections = [Section(f"Les dossiers, {_counted(_said(lines))}", _said(lines))]
    for one in pair.shared:
        ours, theirs = value_at(here.dossier, one.path), value_at(there.dossier, one.other_path)
        people = [
            _line(
                title_at(f"{one.path}.{leaf}" if _has(ours, leaf) else f"{one.other_path}.{leaf}"),
                shown(here.dossier, f"{one.path}.{leaf}") if _has(ours, leaf) else "",
                shown(there.dossier, f"{one.other_path}.{leaf}") if _has(theirs, leaf) else "",
                secret=masked,
                number=leaf == "nir",
            )
            for leaf in _PERSON
            if _has(ours, leaf) or _has(theirs, leaf)
        ]
        said = _said(people)
        sections.append(Section(f"{full_name(ours) or 'Personne sans nom'}, {_counted(said)}", said))
    return tuple(sections)


def shared_names(draft: Draft, pair: Pair) -> str:
    """Give who the two share, as this dossier calls them."""
    return listing([full_name(value_at(draft.dossier, one.path)) or "une personne sans nom" for one in pair.shared])


def met_by(pair: Pair) -> str:
    """Give how they meet."""
    found = {by for one in pair.shared for by in one.by}
    words = {"nir": "n° de Sécurité sociale", "names": "nom et date de naissance"}
    return listing([word for by, word in words.items() if by in found])


def _counted(lines: tuple[Line, ...]) -> str:
    count = sum(line.word != SAME for line in lines)
    return plural(count, "différence") if count else "rien ne diffère"


def _said(lines: list[Line]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.here or line.there)


def _line(title: str, here: str, there: str, *, secret: bool, number: bool = False) -> Line:
    here, there = here.replace("\n", ", "), there.replace("\n", ", ")
    word = SAME if here == there else NOT_HERE if not here else NOT_THERE if not there else DIFFERENT
    if secret and there and (number or word != SAME):
        there = HIDDEN
    if secret and here and number:
        here = HIDDEN
    return Line(title, here, there, word)


def _has(person: object, leaf: str) -> bool:
    return hasattr(person, leaf.partition(".")[0])


def _formula(draft: Draft, conventions: Mapping[str, Convention]) -> str:
    convention = conventions.get(draft.dossier.convention or "")
    formula = convention.formula(draft.dossier.formula) if convention else None
    parts = (convention.title if convention else draft.dossier.convention, formula.label if formula else "")
    return ", ".join(part for part in parts if part)


def _state(draft: Draft) -> str:
    return f"{STATES[draft.state]} (version {draft.version})" if draft.version > 1 else STATES[draft.state]


def _day(draft: Draft) -> str:
    return long_date(draft.saved_at.astimezone().date())
