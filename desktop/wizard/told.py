"""Everything said, as the summary tells it: blocks of titles and values, each block with the place it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.desk.scene import CALLED, MISSING, TITLES, Scene
from desktop.fields.choice import value_shown
from desktop.fields.text import MASKED_KINDS
from forms.dossier.documents import name_of_paper
from forms.dossier.entry import shown
from forms.dossier.fields import field_at
from forms.dossier.labels import label
from forms.dossier.paths import full_name, name_of, title_at, value_at
from forms.french import long_date, money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.assessment.answer import Ask

_TOLD_STEPS = ("before", "formula", "contract", "beneficiaries")


@dataclass(frozen=True)
class Row:
    """A title and what was said; ``state`` is ``missing``, ``wrong``, ``wait`` or empty."""

    title: str
    value: str
    state: str = ""


@dataclass(frozen=True)
class Block:
    """A card of the summary; ``step`` and ``path`` are where Modifier goes."""

    title: str
    step: str
    path: str
    rows: tuple[Row, ...]


def blocks(scene: Scene) -> list[Block]:
    """Give all that was said, in the order of the steps, and what must still be."""
    found: dict[tuple[str, str], list[Ask]] = {}
    for ask in scene.assessment.asks:
        if ask.step in _TOLD_STEPS:
            person = ".".join(ask.path.split(".")[:2]) if ask.path.startswith("beneficiaries.") else ""
            found.setdefault((ask.step, person or ask.section), []).append(ask)
    return [_block(scene, step, group, asks) for (step, group), asks in found.items()]


def rows_of(scene: Scene, asks: Sequence[Ask]) -> list[Row]:
    """Give what was said of some things asked, and what must still be."""
    return [row for ask in asks if (row := _row(scene, ask)) is not None]


def _block(scene: Scene, step: str, group: str, asks: list[Ask]) -> Block:
    rows = rows_of(scene, asks)
    title = group
    if group.startswith("beneficiaries."):
        name = full_name(value_at(scene.dossier, group)) or name_of(scene.dossier, group)
        title = name[:1].upper() + name[1:]
        rows += _price_of(scene, group)
    elif step == "formula":
        title = TITLES[step]
        rows += _follows(scene)
    return Block(title, step, asks[0].path, tuple(rows))


def _row(scene: Scene, ask: Ask) -> Row | None:
    title = CALLED.get(ask.path) or title_at(ask.path)
    issue = scene.at(ask.path)
    text = _shown(scene, ask.path)
    if issue is not None and issue.code == MISSING:
        return Row(title, "peut attendre" if issue.severity == "warning" else "à compléter",
                   "wait" if issue.severity == "warning" else "missing")  # fmt: skip
    if not text:
        return None
    if issue is not None and issue.severity == "error":
        return Row(title, f"{text}, à corriger", "wrong")
    if issue is not None and issue.severity == "warning":
        return Row(title, f"{text}, à vérifier", "wait")
    return Row(title, text)


def _shown(scene: Scene, path: str) -> str:
    kind, value = field_at(path).kind, value_shown(scene, path)
    text = shown(scene.dossier, path)
    if path == "formula":
        formula = scene.convention.formula(value)
        text = formula.label if formula else text
    elif kind == "choice" and value and not text:
        text = label(path, value)
    elif scene.masked and kind in MASKED_KINDS and text:
        text = "•••• masqué"
    elif kind == "date" and value:
        text = long_date(value)
    elif kind == "money" and value is not None:
        text = f"{money(value)} par mois"
    return text.replace("\n", ", ")


def _price_of(scene: Scene, person: str) -> list[Row]:
    line = next((line for line in scene.assessment.quote.lines if line.person == person), None)
    if line is None or line.amount is None:
        return []
    return [Row("Cotisation", f"{money(line.amount)} par mois{f', {line.note}' if line.note else ''}")]


def _follows(scene: Scene) -> list[Row]:
    rows = []
    day = scene.assessment.effective_date
    if day is not None:
        confirm = ", à confirmer" if day.certainty == "assumed" else ""
        rows.append(Row("Date d’effet", f"{long_date(day.date)}{confirm}"))
    quote = scene.assessment.quote
    if quote.net is not None and quote.yearly is not None:
        guess = ", estimation" if quote.provisional else ""
        rows.append(Row("Cotisation", f"{money(quote.net)} par mois, {money(quote.yearly)} par an{guess}"))
    return rows


def paper_name(scene: Scene, kind: str, person: str) -> str:
    """Give ``Attestation de droits à l’assurance maladie, Noé``."""
    return name_of_paper(scene.dossier, kind, person)
