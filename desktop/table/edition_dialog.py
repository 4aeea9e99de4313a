"""A draft of another edition: what changes in euros and in date, and the advisor's choice; never in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.desk.draft_rows import name_in_list
from desktop.widgets.dialogs import Dialog, column
from desktop.widgets.style import label, px, set_role, space
from forms.assessment import assess
from forms.dossier.states import ON_PAPER
from forms.french import long_date, money

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from decimal import Decimal

    from desktop.desk.edition_change import EditionChange
    from forms.assessment import Assessment
    from forms.assessment.answer import Issue

NONE = "pas encore connue"
_MANY = 5  # reasons that are told one by one


@dataclass(frozen=True)
class Compared:
    """One line of the comparison, as it is read; ``before`` is empty where the former edition is not at hand."""

    title: str
    before: str
    after: str
    by: str = ""
    """How much it changes, in words; empty for nothing."""

    @property
    def same(self) -> bool:
        """Tell whether nothing changes."""
        return self.before == self.after


def compared(old: Assessment | None, new: Assessment) -> tuple[Compared, ...]:
    """Give price and effective date under both editions."""

    def euros(title: str, read: Callable[[Assessment], Decimal | None]) -> Compared:
        before, after = read(old) if old else None, read(new)
        if before is None or after is None or before == after:
            by = ""
        else:
            by = f"{money(abs(after - before))} de {'plus' if after > before else 'moins'}"
        return Compared(title, "" if old is None else _said(before), _said(after), by)

    days = [long_date(found.effective_date.date) if found and found.effective_date else NONE for found in (old, new)]
    by = "change" if old and days[0] != days[1] else ""
    return (
        euros("Cotisation par mois, net", lambda found: found.quote.net),
        euros("Par an", lambda found: found.quote.yearly),
        Compared("Date d’effet", days[0] if old else "", days[1], by),
    )


def newly_blocking(old: Assessment | None, new: Assessment) -> tuple[Issue, ...]:
    """Give what blocks the bulletin under the new edition and did not under the former one."""
    former = {(issue.path, issue.code) for issue in old.issues if issue.severity == "error"} if old else set()
    return tuple(issue for issue in new.issues if issue.severity == "error" and (issue.path, issue.code) not in former)


def _said(amount: Decimal | None) -> str:
    return NONE if amount is None else money(amount)


class EditionDialog(Dialog):
    """The two answers side by side; accepted: go on with the edition in force."""

    topic = "editions"

    def __init__(self, parent: QWidget, change: EditionChange, today: dt.date) -> None:
        """Work both out, and say what differs."""
        draft, old, new = change.draft, change.old, change.new
        before = assess(draft.dossier, old, today) if old is not None else None
        after = assess(draft.dossier, new, today)
        self.lines = compared(before, after)
        super().__init__(
            parent, "La convention a changé depuis ce dossier",
            f"{name_in_list(draft.dossier.member)}, dossier {draft.reference}. {new.title} : "
            f"{_editions(change)}", width=720,
        )  # fmt: skip
        said = self._said(change, newly_blocking(before, after) if before else ())
        self.add_scrolled(column([self._table(), *(label(text, wrap=True) for text in said)]))
        self.setAccessibleDescription(
            " ".join([
                *(f"{one.title} : {one.before or 'inconnu'}, puis {one.after}." for one in self.lines), *said,
            ])
        )  # fmt: skip
        self.add_button("Revenir aux dossiers", "secondary", self.reject)
        self.add_button("Continuer avec la nouvelle édition", "primary", self.accept).setFocus()

    def _table(self) -> QWidget:
        table = QWidget()
        set_role(table, "surface")
        grid = QGridLayout(table)
        space(grid, 12)
        grid.setHorizontalSpacing(px(32))
        known = any(line.before for line in self.lines)
        titles = ("", "Avant", "Maintenant", "") if known else ("", "", "Maintenant", "")
        for place, title in enumerate(titles):
            if title:
                grid.addWidget(label(title, "second"), 0, place)
        for row, line in enumerate(self.lines, 1):
            grid.addWidget(label(line.title, "label"), row, 0)
            if known:
                grid.addWidget(label(line.before), row, 1)
            grid.addWidget(label(line.after), row, 2)
            if known:
                grid.addWidget(label(line.by, "attention"), row, 3)
        grid.setColumnStretch(3, 1)
        return table

    def _said(self, change: EditionChange, blocking: tuple[Issue, ...]) -> list[str]:
        said = []
        if change.old is None:
            said.append("L’ancienne édition n’est pas sur cet ordinateur : seule la réponse d’aujourd’hui est connue.")
        elif all(line.same for line in self.lines):
            said.append("Pour ce dossier, ni la cotisation ni la date d’effet ne changent.")
        said += [f"À corriger : {issue.message}" for issue in blocking[:_MANY]]
        if len(blocking) > _MANY:
            said.append("Le récapitulatif dit le reste.")
        if change.draft.state in ON_PAPER:
            said.append(
                f"La version {change.draft.version}, sur papier, reste celle de l’ancienne édition : "
                f"continuer commence la version {change.draft.version + 1}, à faire signer de nouveau."
            )
        return said


def _editions(change: EditionChange) -> str:
    now = f"l’édition {change.new.edition} est en vigueur ici"
    if change.old is None:
        return f"{now}."
    if change.old.edition == change.new.edition:
        return "son contenu n’est plus le même, sous le même nom d’édition."
    return f"{now}, le dossier a été fait avec l’édition {change.old.edition}."
