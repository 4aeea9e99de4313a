"""What goes with the dossier on the table and is not in it: its papers' files, its quotes, what is printed alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.paper.one_page import OnePage
from desktop.table.attaching import Attaching
from desktop.wizard.told import paper_name

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from desktop.desk.desk import Desk
    from desktop.desk.session import DossierSession
    from desktop.table.estimates import Estimates
    from desktop.widgets.frame import Frame
    from desktop.wizard.papers import Key
    from desktop.wizard.view import WizardView
    from forms.assessment.supposing import Estimate, Supposition
    from forms.bulletin import Printing

SLIP = "Pièces à apporter"


class Beside(QObject):
    """Answers what ``Page.beside`` asks."""

    def __init__(
        self,
        window: Frame,
        desk: Desk,
        session: DossierSession,
        now: Callable[[], dt.datetime],
        wizard: WizardView,
    ) -> None:
        super().__init__(wizard)
        self._window, self._desk, self._session, self._now, self._wizard = window, desk, session, now, wizard
        self.attaching = Attaching(window, desk, session, now, self)
        self.sheet = OnePage(window.stack)
        self._estimates: Estimates | None = None
        does: dict[str, Callable[..., object]] = {
            "files": self._files, "drop": self._drop, "slip": lambda _none: self.slip(),
            "quote": self._keep, "quotes": lambda _none: self.estimates.list(),
        }  # fmt: skip
        wizard.beside.connect(lambda what, of: does[what](of))
        wizard.formulas.shown.connect(lambda: self.estimates)

    @property
    def estimates(self) -> Estimates:
        """Give the quotes, from the first time that the formulas are on screen."""
        if self._estimates is None:
            from desktop.table.estimates import Estimates  # noqa: PLC0415 - not for a dossier's first paint

            self._estimates = Estimates(
                self._window, self._desk, self._session, self._now, self._wizard, self.show_estimate
            )
        return self._estimates

    def close(self) -> None:
        """Put all of it away; files that the dossier names no more leave the drafts: nothing can be undone now."""
        from forms.drafts import attachments  # noqa: PLC0415 - likewise

        self.sheet.close()
        dossier, now = self._session.dossier, self._now()
        reference = dossier.reference or ""
        named = {document.file for document in dossier.documents if document.file}
        self._desk.ask(
            lambda store: attachments.sweep(store, reference, named, now), refused=lambda _fault: None
        )  # a disk that refuses keeps no one waiting: the next time it is left

    def _files(self, key: Key) -> None:
        from desktop.table.paper_dialog import PaperDialog  # noqa: PLC0415 - likewise

        PaperDialog(self._window, self.attaching, key, paper_name(self._wizard.scene(), *key)).open()

    def _keep(self, what: Supposition) -> None:
        self.estimates.keep(what)

    def _drop(self, what: tuple[Key, list[Path]]) -> None:
        self.attaching.drop(*what)

    def _printing(self) -> Printing:
        from forms.bulletin import Printing  # noqa: PLC0415 - reportlab is not for the first paint

        draft = self._desk.draft
        reference, version = (draft.reference, draft.version) if draft else ("", 1)
        return Printing(reference, version, self._now(), specimen=self._desk.practice)

    def slip(self) -> None:
        """Show the slip of what is missing."""
        from forms.bulletin.alone import slip  # noqa: PLC0415 - likewise

        session, printing = self._session, self._printing()
        pdf = slip(session.dossier, session.assessment, session.convention, printing)
        self.sheet.show(pdf, SLIP, f"Pièces {printing.reference}.pdf")

    def show_estimate(self, kept: Estimate) -> None:
        """Show a quote on paper."""
        from forms.bulletin.alone import quote_sheet  # noqa: PLC0415 - likewise

        printing = self._printing()
        pdf = quote_sheet(kept, self._session.convention, printing)
        self.sheet.show(pdf, "Devis", f"Devis {printing.reference}.pdf")
