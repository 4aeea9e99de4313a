"""Garantie par garantie: the convention's own table, line by line, and on demand only what changes."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.style import label, space
from desktop.wizard.compare_content import Cell, Content, Row, merged
from desktop.wizard.compare_table import CompareTable
from desktop.wizard.why import Reason
from forms.assessment.answer import Because
from forms.french import money, plural, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.convention import Convention
    from forms.convention.guarantees import Guarantee, Part
    from forms.convention.model import Formula

_NARROW = 150  # logical pixels of a column of figures, at most
_WORDS = {
    "real": "frais réels", "full": "intégral", "none": "non couvert", "included": "inclus", "health": "Sécu",
}  # fmt: skip
_COUNTED = {
    True: "comprennent ce que rembourse l’assurance maladie",
    False: "s’ajoutent à ce que rembourse l’assurance maladie",
}


def worth_words(parts: tuple[Part, ...]) -> str:
    """Give what a formula pays as ``130 %``, ``100 % + 50,00 €``, ``frais réels``."""
    if [part.kind for part in parts] == ["health"]:
        return "Sécu seule"
    return typeset(" + ".join(_part(part) for part in parts))


def _part(part: Part) -> str:
    if part.kind == "percent":
        return f"{part.value.normalize():f} %".replace(".", ",")
    return money(part.value) if part.kind == "euros" else _WORDS[part.kind]


def guarantees(
    convention: Convention, formulas: tuple[Formula, ...], chosen: str | None, *, only_changing: bool
) -> Content:
    """Give the table for some formulas; those that guarantee alike share a column.

    ``only_changing`` leaves out the lines that are the same for all of them, and the titles of what is left empty.
    """
    columns, rows = _table(convention.guarantees, [(f.id, f.label) for f in formulas], only_changing=only_changing)
    held = (n for n, (indices, _) in enumerate(columns, 1) if any(formulas[i].id == chosen for i in indices))
    return Content(("Garantie", *(head for _, head in columns)), rows, next(held, 0), narrow=_NARROW)


def changing(lines: Sequence[Guarantee], formulas: Sequence[str]) -> list[Guarantee]:
    """Give the lines that are not the same for all formulas."""
    return [line for line in lines if len({line.worth[formula] for formula in formulas}) > 1]


def _table(
    lines: Sequence[Guarantee], formulas: Sequence[tuple[str, str]], *, only_changing: bool
) -> tuple[list[tuple[list[int], str]], tuple[Row, ...]]:
    ids = [formula for formula, _ in formulas]
    columns = merged([(name, tuple(line.worth[formula] for line in lines)) for formula, name in formulas])
    usual = _usual(lines)
    kept = changing(lines, ids) if only_changing else lines
    rows: list[Row] = []
    for category, group in groupby(kept, key=lambda line: line.category):
        rows.append(Row(Cell(category)))
        for line in group:
            cells = tuple(Cell(worth_words(line.worth[ids[indices[0]]])) for indices, _ in columns)
            flag = "à confirmer" if line.assumption else ""
            name = Cell(line.label, small=_small(line, usual), flag=flag, spoken=_spoken(line, usual))
            rows.append(Row(name, cells, (_reason(line),)))
    return columns, tuple(rows)


def _small(line: Guarantee, usual: dict[str, bool]) -> str:
    """Give what stands under a label: per what, within what, and how it is counted where that is not as usual."""
    parts = [f"par {line.per}" if line.per else "", line.limit]
    if (kind := _money_kind(line)) and line.includes_health != usual.get(kind):
        inside = "part de l’assurance maladie comprise"
        parts.append(inside if line.includes_health else "en plus de l’assurance maladie")
    said = " ; ".join(part for part in parts if part)
    return typeset(said[:1].upper() + said[1:])


def _spoken(line: Guarantee, usual: dict[str, bool]) -> str:
    confirm = f"à confirmer : {line.assumption}" if line.assumption else ""
    return typeset(" ; ".join(part for part in (line.label, _small(line, usual), confirm) if part))


def _reason(line: Guarantee) -> Reason:
    said = f"{_COUNTED[line.includes_health].capitalize()}." if _money_kind(line) else ""
    about = "Les montants de cette ligne " + said[:1].lower() + said[1:] if said else "Ligne du tableau des garanties."
    return Reason("", Because(about, line.source, line.assumption))


def _money_kind(line: Guarantee) -> str:
    kinds = {part.kind for parts in line.worth.values() for part in parts}
    return "percent" if "percent" in kinds else "euros" if "euros" in kinds else ""


def _usual(lines: Sequence[Guarantee]) -> dict[str, bool]:
    """Tell, for percentages and for lump sums, whether most of them count the health insurance's part."""
    found: dict[str, bool] = {}
    for kind in ("percent", "euros"):
        counts = Counter(line.includes_health for line in lines if _money_kind(line) == kind)
        if counts:
            found[kind] = counts.most_common(1)[0][0]
    return found


def reading(lines: Sequence[Guarantee]) -> str:
    """Say how the figures are to be read."""
    usual = _usual(lines)
    percent, euros = usual.get("percent"), usual.get("euros")
    said = []
    whole = "ce que rembourse l’assurance maladie"
    if percent is not None and percent == euros:
        verb = f"comprennent {whole}" if percent else f"s’ajoutent à {whole}"
        said.append(f"Les pourcentages de la base de remboursement et les montants en euros {verb}, sauf mention.")
    elif percent is not None:
        verb, other = ("comprennent", "s’y ajoutent") if percent else ("s’ajoutent à", "la comprennent")
        also = "" if euros is None else f" ; les montants en euros {other}"
        said.append(f"Les pourcentages de la base de remboursement {verb} {whole}{also}, sauf mention.")
    elif euros is not None:
        said.append(f"Les montants {_COUNTED[euros]}, sauf mention.")
    if any(part.kind == "health" for line in lines for parts in line.worth.values() for part in parts):
        said.append("« Sécu » : ce que rembourse l’assurance maladie.")
    return typeset(" ".join(said))


class GuaranteesPanel(QWidget):
    """The tick, how to read the figures, and the table."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        space(column, 8)
        row = QHBoxLayout()
        space(row, 12)
        self.only = QCheckBox("Seulement ce qui change")
        self.count = label("", "second", wrap=True)
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.only)
        row.addWidget(self.count, 1)
        self.reading = label("", "second", wrap=True)
        self.table = CompareTable("Garantie par garantie, formule par formule")
        column.addLayout(row)
        column.addWidget(self.reading)
        column.addWidget(self.table)
        self.note = label("", "second", wrap=True)
        column.addWidget(self.note)
        self.only.toggled.connect(self._again)
        self._shown: tuple[Convention, tuple[Formula, ...], str | None] | None = None

    def draw(self, convention: Convention, formulas: tuple[Formula, ...], chosen: str | None) -> None:
        """Show the table of a convention for some formulas."""
        said = (convention, formulas, chosen)
        if self._shown is not None and self._shown == said:
            return
        self._shown = said
        lines = convention.guarantees
        differing = len(changing(lines, [formula.id for formula in formulas]))
        change = "change" if differing < 2 else "changent"  # noqa: PLR2004 - French: the plural begins at two
        total = f"{plural(differing, 'garantie')} sur {len(lines)} {change} d’une formule à l’autre"
        self.count.setText(total)
        self.only.setAccessibleDescription(total)
        self.reading.setText(f"{reading(lines)} Entrée sur une ligne : sa source.")
        self.note.setText(convention.guarantees_note)
        self.note.setVisible(bool(convention.guarantees_note))
        self._again()

    def _again(self) -> None:
        if self._shown is not None:
            convention, formulas, chosen = self._shown
            only = self.only.isChecked()
            self.table.show_content(guarantees(convention, formulas, chosen, only_changing=only))
