"""The quotes of the dossier on the table: kept with it, listed, looked at again; the dossier never changes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.dialogs import Dialog, column
from desktop.widgets.style import button, label, set_role, space
from desktop.widgets.work import alive
from forms.assessment.supposing import estimate
from forms.drafts import quotes
from forms.french import long_date, money, time_of, typeset

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtWidgets import QPushButton

    from desktop.desk.desk import Desk
    from desktop.desk.session import DossierSession
    from desktop.widgets.frame import Frame
    from desktop.wizard.view import WizardView
    from forms.assessment.supposing import Estimate, Supposition
    from forms.drafts.quotes import Kept

    Shown = Callable[[Estimate], object]


class Estimates(QObject):
    """Keeps and lists quotes; tells the wizard how many there are."""

    def __init__(
        self,
        window: Frame,
        desk: Desk,
        session: DossierSession,
        now: Callable[[], dt.datetime],
        wizard: WizardView,
        show: Shown,
    ) -> None:
        """Serve the comparison of ``wizard``; ``show`` puts a quote on paper."""
        super().__init__(wizard)
        self._window, self._desk, self._session, self._now = window, desk, session, now
        self._wizard, self._show = wizard, show
        self._count()

    @property
    def _reference(self) -> str:
        return self._session.dossier.reference or ""

    def _count(self, said: str = "") -> None:
        self._desk.ask(
            lambda store: len(quotes.kept(store, self._reference)),
            alive(self, lambda count: self._wizard.formulas.compare.what_if.show_kept(count, said)),
        )

    def keep(self, what: Supposition) -> None:
        """Keep the prices of what is supposed just now."""
        session, now, reference = self._session, self._now().astimezone(), self._reference
        made = estimate(session.dossier, session.convention, session.today, what, now)
        said = f"Devis gardé à {time_of(now)}."
        self._desk.ask(lambda store: quotes.keep(store, reference, made), alive(self, lambda _kept: self._count(said)))

    def list(self) -> None:
        """Show the quotes that were kept."""

        def found(kept: tuple[Kept, ...]) -> None:
            shown = QuotesDialog(self._window, kept)
            shown.printed.connect(lambda one: self._show(one.estimate))
            shown.supposed.connect(lambda one: self._suppose(one.estimate))
            shown.dropped.connect(self._drop)
            shown.restored.connect(self._restore)
            shown.open()

        reference = self._reference
        self._desk.ask(lambda store: quotes.kept(store, reference), alive(self, found))

    def _suppose(self, kept: Estimate) -> None:
        self._wizard.formulas.compare.suppose(kept.supposition)

    def _drop(self, one: Kept) -> None:
        self._desk.ask(lambda store: quotes.drop(store, one), alive(self, lambda _none: self._count()))

    def _restore(self, one: Kept) -> None:
        keep = alive(self, lambda _kept: self._count())
        self._desk.ask(lambda store: quotes.keep(store, one.reference, one.estimate), keep)


class QuotesDialog(Dialog):
    """The quotes of a dossier, the newest first; each may be printed, supposed again, or taken away."""

    topic = "quotes"
    printed = Signal(object)
    supposed = Signal(object)
    dropped = Signal(object)
    restored = Signal(object)

    def __init__(self, parent: QWidget, kept: tuple[Kept, ...]) -> None:
        super().__init__(parent, "Devis gardés", "" if kept else "Aucun devis n’est gardé avec ce dossier.", width=680)
        self.lines = [_Line(self, one) for one in kept]
        if self.lines:
            self.add_scrolled(column(self.lines))
        close = self.add_button("Fermer", "primary", self.accept)
        (self.lines[0].print if self.lines else close).setFocus()

    def lead(self, signal: str, one: Kept) -> None:
        """Close, then do what was chosen."""
        self.accept()
        getattr(self, signal).emit(one)


class _Line(QWidget):
    """One quote: when, of what, what it came to, and what can be done with it."""

    def __init__(self, sheet: QuotesDialog, one: Kept) -> None:
        super().__init__()
        set_role(self, "surface")
        self._sheet, self._one = sheet, one
        self.setAccessibleName(title_of(one.estimate))
        whole = QVBoxLayout(self)
        space(whole, 2, (0, 0, 0, 8))
        self.title = label(title_of(one.estimate), "label", wrap=True)
        self.prices = label(prices_of(one.estimate), "second", wrap=True)
        row = QHBoxLayout()
        space(row, 16)
        self.print = self._link("Aperçu et impression", partial(sheet.lead, "printed", one))
        self.again = self._link("Reprendre ces hypothèses", partial(sheet.lead, "supposed", one))
        self.drop = self._link("Supprimer", self._turn, enter=False)
        for made in (self.print, self.again, self.drop):
            row.addWidget(made)
        row.addStretch(1)
        whole.addWidget(self.title)
        whole.addWidget(self.prices)
        whole.addLayout(row)

    def _link(self, text: str, done: Callable[[], object], *, enter: bool = True) -> QPushButton:
        made = button(text, "link", enter=enter)
        made.setAccessibleDescription(self.accessibleName())
        made.clicked.connect(lambda _on: done())
        return made

    def _turn(self) -> None:
        """Take the quote away, or put it back: the line stays until the list is closed."""
        gone = self.print.isEnabled()
        for made in (self.print, self.again):
            made.setEnabled(not gone)
        self.prices.setText("Supprimé." if gone else prices_of(self._one.estimate))
        self.drop.setText("Remettre" if gone else "Supprimer")
        (self._sheet.dropped if gone else self._sheet.restored).emit(self._one)


def title_of(kept: Estimate) -> str:
    """Give ``3 février 2026 à 14 h 32, avec un enfant de 8 ans de plus``."""
    what = kept.supposition.words
    when = f"{long_date(kept.made_at.date())} à {time_of(kept.made_at)}"
    return typeset(f"{when}, avec {what}" if what else f"{when}, le dossier comme il était")


def prices_of(kept: Estimate) -> str:
    """Give what is left to pay for each formula: ``Sécurité 59,14 € · Essentielle 136,78 €, par mois``."""
    prices = [
        f"{offer.label} {money(price)}"
        for offer in kept.offers
        if (price := offer.net if offer.net is not None else offer.total) is not None
    ]
    return f"{' · '.join(prices)}, par mois" if prices else "Sans prix"
