"""What importing would do, or did: one alarm, notes, totals, and every row with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.style import label, set_role, space
from desktop.widgets.text_table import TextTable
from forms.exchange.importing import WORDS, absent_line
from forms.french import typeset, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forms.exchange.importing import Plan, Step

_MASK = "•••"
_TONES = {WORDS["refused"]: "error", WORDS["skipped"]: "second", WORDS["unchanged"]: "second"}
_SHARES = (10, 26, 15, 49)
_ROWS = 8


class Result(QWidget):
    """The rows of a plan; ``only_seen`` keeps those that are refused or to be checked."""

    remove_changed = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        set_role(self, "surface")
        self._plan: Plan | None = None
        self._masked = False
        self._steps: list[Step] = []
        self.alarm = label(role="error", wrap=True)
        self.alarm_card = QFrame()
        """For the page to put before all."""
        set_role(self.alarm_card, "card-error")
        inside = QVBoxLayout(self.alarm_card)
        space(inside, 0, (12, 8, 12, 8))
        inside.addWidget(self.alarm)
        self.totals = label(role="label", wrap=True)
        self.notes = label(role="second", wrap=True)
        self.absent = QCheckBox()
        self.absent.toggled.connect(self.remove_changed)
        self.only = QCheckBox("Seulement ce qui est à voir")
        self.only.toggled.connect(self._fill)
        self.table = TextTable("Lignes du fichier", ("Ligne", "Agent", "Résultat", "Détail"), _SHARES, _tone)
        self.table.chosen_row.connect(self._tell)
        self.detail = label(role="text", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        whole_column = QVBoxLayout(self)
        space(whole_column, 10)
        line = QHBoxLayout()
        space(line, 12)
        line.addWidget(self.totals, 1)
        line.addWidget(self.only)
        whole_column.addLayout(line)
        whole_column.addWidget(self.notes)
        whole_column.addWidget(self.absent)
        whole_column.addWidget(self.table)
        whole_column.addWidget(self.detail)
        whole_column.addStretch(1)

    @property
    def calls_for_eyes(self) -> bool:
        """Tell whether something is refused or doubtful."""
        return self._plan is not None and any(map(_is_seen, self._plan.steps))

    @property
    def removes(self) -> bool:
        """Tell whether those who are no longer in the file leave the list."""
        return self.absent.isChecked() and self._plan is not None and bool(self._plan.absent)

    def show_plan(self, plan: Plan, *, done: bool = False) -> None:
        """Show what would happen; ``done``: what happened."""
        self._plan = plan
        self.alarm.setText(plan.alarm)
        self.alarm_card.setVisible(bool(plan.alarm))
        self.totals.setText(typeset(f"{'Importé' if done else 'Ce qui se passera'} : {plan.totals}."))
        self.notes.setText("\n".join(plan.notes))
        self.notes.setVisible(bool(plan.notes))
        self.absent.setText(f"{absent_line(plan)} Les retirer de la liste".strip())
        self.absent.setVisible(bool(plan.absent) and not done)
        seen = [step for step in plan.steps if _is_seen(step)]
        self.only.setVisible(bool(seen) and len(seen) < len(plan.steps))
        self._fill()

    def enter(self) -> None:
        """Put the focus on the rows."""
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def set_masked(self, *, masked: bool) -> None:
        """Hide the names, and the reasons, which quote cells."""
        self._masked = masked
        self._fill()

    def _fill(self) -> None:
        if self._plan is None:
            return
        only = self.only.isChecked() and self.only.isVisibleTo(self)
        self._steps = [step for step in self._plan.steps if not only or _is_seen(step)]
        self.table.show_rows([self._texts(step) for step in self._steps], at_most=_ROWS)
        self._tell(self.table.currentIndex().row())

    def _texts(self, step: Step) -> tuple[str, ...]:
        name = _MASK if self._masked else step.row.name
        return whole(step.row.number), name, WORDS[step.change], self._said(step.details)

    def _said(self, details: Iterable[str]) -> str:
        text = " ".join(details)
        return _MASK if self._masked and text else text

    def _tell(self, row: int) -> None:
        """Say the chosen row's reasons whole, under the table."""
        step = self._steps[row] if 0 <= row < len(self._steps) else None
        text = f"Ligne {whole(step.row.number)} : {self._said(step.details)}" if step and step.details else ""
        self.detail.setText(typeset(text))


def _is_seen(step: Step) -> bool:
    return step.change == "refused" or step.row.outcome == "warning"


def _tone(texts: tuple[str, ...]) -> str:
    return _TONES.get(texts[2], "attention" if texts[3] and texts[2] == WORDS["new"] else "")
