"""Sur des soins réels: the worked cares of a convention as stacked bars, one column a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.style import label, space
from desktop.wizard.compare_cell import Legend
from desktop.wizard.compare_content import Bar, Cell, Content, Row, merged
from desktop.wizard.compare_table import CompareTable
from desktop.wizard.why import Reason
from forms.assessment.reimbursement import reimbursements
from forms.french import money, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.assessment.reimbursement import Reimbursement
    from forms.convention import Convention
    from forms.convention.guarantees import Care
    from forms.convention.model import Formula

_ASSUMED = "Chaque soin est calculé sur le prix écrit sous son nom ; un autre praticien peut prendre un autre prix."


def cares(convention: Convention, formulas: Sequence[Formula], chosen: str | None) -> Content:
    """Give the worked cares for some formulas; those that reimburse alike share a column."""
    worked = reimbursements(convention, convention.cares)
    places = {formula.id: place for place, formula in enumerate(convention.formulas)}
    values = [(formula.label, tuple(_parts(found[places[formula.id]]) for _, found in worked)) for formula in formulas]
    columns = merged(values)
    rows = tuple(
        Row(
            Cell(care.label, small=money(care.price)),
            tuple(_cell(found[places[formulas[indices[0]].id]]) for indices, _ in columns),
            (_reason(care, found, convention),),
        )
        for care, found in worked
    )
    held = (n for n, (indices, _) in enumerate(columns, 1) if any(formulas[i].id == chosen for i in indices))
    return Content(("Soin", *(head for _, head in columns)), rows, next(held, 0))


def _parts(found: Reimbursement) -> Bar:
    return Bar(found.health, found.mutual, found.left)


def _said(found: Reimbursement) -> str:
    return f"assurance maladie {money(found.health)}, mutuelle {money(found.mutual)}, reste à payer {money(found.left)}"


def _cell(found: Reimbursement) -> Cell:
    said = _said(found)
    return Cell(f"reste {money(found.left)}", bar=_parts(found), spoken=said[:1].upper() + said[1:])


def _reason(care: Care, found: tuple[Reimbursement, ...], convention: Convention) -> Reason:
    labels = {formula.id: formula.label for formula in convention.formulas}
    lines = [f"{labels[one.formula]} : {_said(one)}." for one in found]
    head = f"Prix du soin : {money(care.price)}."
    return Reason("", text=typeset("\n".join([head, *lines, f"Source : {care.source}."])))


class CaresPanel(QWidget):
    """The legend, the bars, and how they were worked out."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        space(column, 8)
        self.legend = Legend()
        self.table = CompareTable("Remboursements sur des soins réels, formule par formule")
        column.addWidget(self.legend)
        column.addWidget(self.table)
        column.addWidget(
            label(f"{typeset(_ASSUMED)} Entrée sur une ligne : le détail et sa source.", "second", wrap=True)
        )

    def draw(self, convention: Convention, formulas: Sequence[Formula], chosen: str | None) -> None:
        """Show the cares of a convention."""
        self.table.show_content(cares(convention, formulas, chosen))
