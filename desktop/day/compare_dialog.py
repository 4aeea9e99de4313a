"""The comparison of two dossiers that share someone, and what may be decided of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.day.side_by_side import SAME, compared, met_by, shared_names
from desktop.widgets.dialogs import Dialog, confirm, outermost
from desktop.widgets.frame import Frame
from desktop.widgets.keys import shown
from desktop.widgets.rows import Row
from desktop.widgets.style import button, field, label, px, set_role, space
from forms.french import typeset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.day.side_by_side import Section
    from forms.convention import Convention
    from forms.drafts.draft import Draft
    from forms.drafts.duplicates import Choice
    from forms.drafts.pairs import Pair

_WIDE = 980
_TALL = 640  # logical pixels of a window in which all has room
_AROUND = 300  # those of what stands around the comparison
_SHOWN_OTHER = "L’écran est tourné : ce que l’autre dossier dit d’autre est caché. {key} le montre."


class CompareDialog(Dialog):
    """Both side by side; each choice comes out as a signal, "Plus tard" decides nothing."""

    topic = "duplicates"

    decided = Signal(str, str)
    """A ``Choice`` and its reason."""
    open_asked = Signal(str)
    delete_asked = Signal(str)
    turned = Signal()
    """The screen is turned, or turned back."""

    def __init__(
        self,
        parent: QWidget,
        here: Draft,
        there: Draft,
        pair: Pair,
        conventions: Mapping[str, Convention],
        *,
        masked: bool,
        at_table: bool,
    ) -> None:
        """Compare; ``at_table``: the left one is the dossier that is open."""
        names = shared_names(here, pair)
        super().__init__(parent, f"{names} : dans deux dossiers", width=_WIDE, window="Comparer deux dossiers")
        met = typeset(f"Se rencontrent par : {met_by(pair)}. Des jumeaux, des homonymes sont deux personnes.")
        self.setAccessibleDescription(met)
        self._told = (here, there, pair, conventions)
        self._at_table, self.masked = at_table, masked
        self._column = QVBoxLayout()
        inside = QWidget()
        set_role(inside, "surface")
        inside.setLayout(self._column)
        space(self._column, 12, (4, 4, 12, 4))
        self._table: QWidget | None = None
        self.note = label(_SHOWN_OTHER.format(key=shown("turn")), "attention", wrap=True)
        self._column.addWidget(label(met, wrap=True))
        self._column.addWidget(self.note)
        self.sections: tuple[Section, ...] = ()
        self._draw()
        self.reason = Row(
            "Pourquoi ?", field("Pourquoi ?"), "Par exemple : jumelles, homonyme, dossier refait à sa demande."
        )
        self.reason.line.textChanged.connect(self.reason.clear)
        # In sight beside its buttons, where the comparison still has room; else after it.
        roomy = parent.window().height() >= px(_TALL)
        if not roomy:
            self._column.addWidget(self.reason)
        self._scroll = self.add_scrolled(inside)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrows scroll it, a screen reader reads it all
        self._scroll.setAccessibleName(self._words())
        if roomy:
            self._scroll.setMinimumHeight(min(self._scroll.minimumHeight(), parent.window().height() - px(_AROUND)))
            self.body.addWidget(self.reason)
        self.later = self.add_button("Plus tard", "secondary", self.reject)
        self.other = self.add_button("C’est une autre personne", "secondary", lambda: self._decide("different_people"))
        self.both = self.add_button("Les deux dossiers restent", "secondary", lambda: self._decide("both_stay"))
        self.later.setFocus()
        window = outermost(self)
        if isinstance(window, Frame):  # a question or the help over this dialogue may turn the screen too
            window.turned.connect(self._mask)

    def turn(self) -> None:
        """Hide what is no one's business here, or show it again; the window behind does the same."""
        self._mask(not self.masked)
        self.turned.emit()

    def _mask(self, masked: bool) -> None:  # noqa: FBT001 - a Qt slot
        if masked != self.masked:
            self.masked = masked
            self._draw()
            self._scroll.setAccessibleName(self._words())

    def refuse(self, why: str) -> None:
        """Say why a choice is not kept; what was typed stays."""
        self.reason.error(why)
        self.reason.field.setFocus()
        self._scroll.ensureWidgetVisible(self.reason)

    def _draw(self) -> None:
        here, there, pair, conventions = self._told
        self.sections = compared(here, there, pair, conventions, masked=self.masked)
        former, self._table = self._table, self._made(here, there)
        if former is not None:
            self._column.removeWidget(former)
            former.hide()
            former.deleteLater()
        self._column.insertWidget(2, self._table)
        self.note.setVisible(self.masked)

    def _words(self) -> str:
        lines = [line for section in self.sections for line in section.lines]
        return " ".join(f"{line.title} : {line.here or 'rien'}, {line.there or 'rien'}, {line.word}." for line in lines)

    def _made(self, here: Draft, there: Draft) -> QWidget:
        table = QWidget()
        set_role(table, "surface")
        grid = QGridLayout(table)
        space(grid, 6, across=24)
        for place, stretch in enumerate((3, 5, 5, 3)):
            grid.setColumnStretch(place, stretch)
        grid.addWidget(self._head(here, opens=not self._at_table, deletes=True, this=True), 0, 1)
        grid.addWidget(self._head(there, opens=True, deletes=not self._at_table, this=False), 0, 2)
        top, row = Qt.AlignmentFlag.AlignTop, 1
        for section in self.sections:
            grid.addWidget(label(section.title, "label", wrap=True), row, 0, 1, 4)
            rule = QFrame()
            set_role(rule, "rule")
            grid.addWidget(rule, row + 1, 0, 1, 4)
            row += 2
            for line in section.lines:
                role = "second" if line.word == SAME else "attention"
                for place, (text, how) in enumerate(
                    ((line.title, "second"), (line.here, "text"), (line.there, "text"), (line.word, role))
                ):
                    shown_text = label(text or "—", how, wrap=True)
                    grid.addWidget(shown_text, row, place, top)
                row += 1
        return table

    def _head(self, draft: Draft, *, opens: bool, deletes: bool, this: bool) -> QWidget:
        head = QWidget()
        set_role(head, "surface")
        column = QVBoxLayout(head)
        space(column, 2)
        which = "Dossier" if not self._at_table else "Ce dossier," if this else "L’autre dossier,"
        column.addWidget(label(f"{which} {draft.reference}", "label", wrap=True))
        links = QHBoxLayout()
        space(links, 12)
        for wanted, words, pressed in (
            (opens, "Ouvrir", self._open),
            (deletes, "Supprimer", self._delete),
        ):
            if wanted:
                link = button(words, "link", enter=True)
                link.setProperty("size", "small")
                link.setAccessibleName(f"{words} le dossier {draft.reference}")
                link.clicked.connect(lambda _on, pressed=pressed: pressed(draft.reference))
                links.addWidget(link)
        links.addStretch(1)
        column.addLayout(links)
        return head

    def _open(self, reference: str) -> None:
        self.accept()
        self.open_asked.emit(reference)

    def _delete(self, reference: str) -> None:
        def deleted() -> None:
            self.accept()
            self.delete_asked.emit(reference)

        confirm(
            self, f"Supprimer le dossier {reference} ?", "Ce qui a été saisi sera effacé de cet ordinateur.",
            "Supprimer", deleted, danger=True,
        )  # fmt: skip

    def _decide(self, choice: Choice) -> None:
        if not self.reason.text.strip():
            self.refuse("Dites pourquoi : la raison est gardée avec le choix.")
            return
        self.decided.emit(choice, self.reason.text)
