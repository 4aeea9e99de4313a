"""The dossier on the table, on screen: its wizard, its paper, and what the top bar says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.paper.paper import Paper
from desktop.table.beside import Beside
from desktop.table.doubles import Doubles
from desktop.wizard.view import WizardView
from forms.dossier.paths import full_name
from forms.dossier.states import ON_PAPER, STATES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.day.versions_page import VersionsPage
    from desktop.desk.desk import Desk
    from desktop.desk.session import DossierSession
    from desktop.widgets.frame import Frame


class AtTable(QObject):
    """One open dossier, until ``close``."""

    left = Signal()

    def __init__(self, window: Frame, desk: Desk, session: DossierSession, now: Callable[[], dt.datetime]) -> None:
        """Put the wizard of ``session`` among the pages of ``window``, and show it."""
        super().__init__(desk)
        self._window, self._desk, self._session, self._now = window, desk, session, now
        self.wizard = wizard = WizardView(session)
        self.paper = paper = Paper(desk, window.stack, now)
        wizard.left.connect(self.left)
        wizard.preview_requested.connect(paper.preview)
        wizard.print_requested.connect(paper.print)
        wizard.save_pdf_requested.connect(paper.save)
        self.beside = Beside(window, desk, session, now, wizard)
        paper.left.connect(self._leave_preview)
        paper.versions_asked.connect(self._show_versions)
        self._versions: VersionsPage | None = None
        self.doubles = doubles = Doubles(window, desk, wizard, now)
        doubles.delete_asked.connect(self._delete)
        doubles.turned.connect(window.turn)
        doubles.is_masked = lambda: window.masked
        session.changed.connect(lambda *_: self._show_context())
        window.turned.connect(self._show_context)
        window.stack.addWidget(wizard)
        window.stack.setCurrentWidget(wizard)

    def begin(self, *, masked: bool) -> None:
        """Go where the user was last."""
        draft = self._desk.draft
        bar = self._window.bar
        self.wizard.set_masked(masked)
        self._show_context()
        bar.show_saved(draft.saved_at if draft is not None and draft.saved_at != draft.created_at else None)
        self.wizard.go(self.wizard.step, self._session.place[1])
        self.doubles.look()

    def saved(self, when: dt.datetime) -> None:
        """Say that the dossier was kept at this time."""
        self._window.bar.show_saved(when)
        self.wizard.show_saved(when)
        self._show_context()

    def close(self) -> None:
        """Put wizard and paper away."""
        self._window.turned.disconnect(self._show_context)
        self._window.drop(self.wizard, self._versions)
        self.paper.close()
        self.beside.close()
        self.doubles.deleteLater()
        self.deleteLater()

    def _delete(self, reference: str) -> None:
        """Go back to the list, then delete: its way back is there."""
        self.left.emit()
        self._desk.delete(reference)

    def _show_context(self) -> None:
        dossier, draft = self._session.dossier, self._desk.draft
        # In the bar alone: a window's title is seen, and noted, far from it.
        name = "" if self._window.masked else full_name(dossier.member)
        parts = [name, dossier.employer.name, self._session.convention.title, f"dossier {dossier.reference}"]
        if draft is not None:
            state = STATES[draft.state] if draft.state in ON_PAPER else None
            version = f"version {draft.version}" if state or draft.version > 1 else ""
            parts += [" ".join(part for part in (state, f"({version})" if state else version) if part)]
        self._window.bar.show_context(" · ".join(part for part in parts if part))

    def _show_versions(self) -> None:
        from desktop.day.versions_page import VersionsPage  # noqa: PLC0415 - few ask for it

        draft = self._desk.draft
        if draft is not None:
            self._versions = page = VersionsPage(
                self._window, self._desk, draft.reference, self._now, "Revenir à l’aperçu"
            )
            page.left.connect(self._leave_versions)
            self._window.stack.addWidget(page)
            self._window.stack.setCurrentWidget(page)
            page.start()

    def _leave_versions(self) -> None:
        self._window.drop(self._versions)
        self._versions = None
        if self.paper.view is not None:
            self._window.stack.setCurrentWidget(self.paper.view)
            self.paper.view.start()

    def _leave_preview(self) -> None:
        self._window.stack.setCurrentWidget(self.wizard)
        self.wizard.setFocus()
