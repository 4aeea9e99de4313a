"""The answer to "Pourquoi ?": each reason with its source, and what is assumed where no document says it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.dialogs import give_help, outermost, turn_screen
from desktop.widgets.keys import bind
from desktop.widgets.style import button, label, px, set_role, space
from desktop.wizard.calendar import CalendarView
from desktop.wizard.links import Pressing
from forms.dossier.paths import title_at
from forms.french import long_date, money, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.desk.scene import Scene
    from forms.assessment.answer import Because


@dataclass(frozen=True)
class Reason:
    """One thing and why: ``heading`` may be empty."""

    heading: str
    because: Because | None = None
    text: str = ""


class WhyDialog(QDialog):
    """A page to read. Esc closes it and the focus goes back to where it was."""

    def __init__(
        self, title: str, reasons: Sequence[Reason], parent: QWidget, *, picture: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._back = QApplication.focusWidget()
        self.setWindowTitle(title)
        self.setModal(True)
        set_role(self, "surface")
        column = QVBoxLayout(self)
        space(column, 16, (24, 24, 24, 20))
        heading = label(title, "title", wrap=True)
        column.addWidget(heading)
        body = QWidget()
        set_role(body, "surface")
        rows = QVBoxLayout(body)
        space(rows, 16, (8, 8, 16, 8))
        if picture is not None:
            rows.addWidget(picture)
        for index, reason in enumerate(reasons):
            if index or picture is not None:
                rule = QFrame()
                set_role(rule, "rule")
                rows.addWidget(rule)
            rows.addLayout(_told(reason))
        rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(area, "surface")
        area.setWidget(body)
        said = [picture.accessibleName()] if picture is not None else []
        area.setAccessibleName("\n".join([*said, *(_words(reason) for reason in reasons)]))
        column.addWidget(area, 1)
        foot = QHBoxLayout()
        self.close_button = button("Fermer", "primary")
        Pressing(self.close_button)
        self.close_button.clicked.connect(self.accept)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        room = outermost(parent).size()
        width = min(px(620), room.width() - px(32))
        body.setFixedWidth(width - px(2 * 24))
        wanted = body.sizeHint().height() + column.sizeHint().height() - area.sizeHint().height() + px(8)
        body.setMinimumWidth(0)
        body.setMaximumWidth(width)
        self.resize(width, min(wanted, px(560), room.height() - px(32)))
        self.finished.connect(self._give_back)
        give_help(self)
        bind(self, "turn", lambda: turn_screen(self))
        area.setFocus(Qt.FocusReason.OtherFocusReason)  # arrows scroll, a screen reader reads it all

    def _give_back(self) -> None:
        if self._back is not None:
            self._back.window().activateWindow()
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()


def say_why_price(scene: Scene, parent: QWidget) -> None:
    """Answer why these amounts."""
    WhyDialog("Pourquoi ces montants ?", price_reasons(scene), parent).open()


def say_why_date(scene: Scene, parent: QWidget) -> None:
    """Answer why that date, with the days drawn."""
    calendar = CalendarView(scene.assessment.calendar)
    WhyDialog("Pourquoi cette date ?", date_reasons(scene), parent, picture=calendar).open()


def _told(reason: Reason) -> QVBoxLayout:
    column = QVBoxLayout()
    space(column, 4)
    if reason.heading:
        column.addWidget(label(reason.heading, "label", wrap=True))
    if reason.text:
        column.addWidget(label(reason.text, "text", wrap=True))
    if reason.because is not None:
        column.addWidget(label(reason.because.reason, "text", wrap=True))
        column.addWidget(label(typeset(f"Source : {reason.because.source}"), "second", wrap=True))
        if reason.because.assumption:
            assumed = f"À confirmer avec l’assureur : {reason.because.assumption}"
            column.addWidget(label(typeset(assumed), "attention", wrap=True))
        else:
            column.addWidget(label("Écrit dans le document.", "second"))
    return column


def _words(reason: Reason) -> str:
    because = reason.because
    parts = [reason.heading, reason.text]
    if because is not None:
        parts += [because.reason, f"Source : {because.source}"]
        parts.append(f"À confirmer : {because.assumption}" if because.assumption else "Écrit dans le document.")
    return " ".join(part for part in parts if part)


def price_reasons(scene: Scene) -> list[Reason]:
    """Say why each person pays what they pay, and what the employer gives."""
    quote = scene.assessment.quote
    reasons = [
        Reason(
            f"{line.label}{'' if line.amount is None else f', {money(line.amount)} par mois'}",
            line.because,
            "" if line.because else _lacks(line.missing),
        )
        for line in quote.lines
    ]
    if quote.participation_because is not None:
        given = "" if quote.participation is None else f", {money(quote.participation)} par mois"
        reasons.append(Reason(f"Participation de l’employeur{given}", quote.participation_because))
    reasons += [Reason("", text=text) for text in (*quote.refusals, *quote.notes)]
    return reasons or [Reason("", text="Aucun montant n’est encore calculé : choisissez une formule.")]


def date_reasons(scene: Scene) -> list[Reason]:
    """Say why cover begins on that day, rule after rule."""
    day = scene.assessment.effective_date
    if day is None:
        return [Reason("", text=_lacks(scene.assessment.effective_date_lacks))]
    reasons = [Reason(f"{long_date(day.date)}" if index == 0 else "", step) for index, step in enumerate(day.steps)]
    old = scene.assessment.old_cover
    if old is not None and old.because is not None:
        reasons.append(Reason("Fin de l’ancien contrat", old.because))
    return reasons


def _lacks(paths: Sequence[str]) -> str:
    titles = ", ".join(title_at(path) for path in paths)
    return typeset(f"Il manque pour le dire : {titles}.") if titles else "Pas encore connu."
