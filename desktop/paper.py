"""From the dossier on the table to paper: the preview, the printer and the file, all from the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.dialogs import tell
from desktop.drafts_table import name_in_list
from desktop.preview import PreviewView
from desktop.printing import file_name, print_pdf, save_pdf
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from PySide6.QtWidgets import QStackedWidget

    from desktop.desk import Desk

PROJECT = "L’aperçu porte « PROJET » tant qu’il reste une erreur."


class Paper(QObject):
    """The paper of one open dossier. Free to look at; printed and saved only when no error is left."""

    left = Signal()

    def __init__(self, desk: Desk, stack: QStackedWidget, now: Callable[[], dt.datetime]) -> None:
        """Serve the dossier on ``desk``; the preview goes on ``stack``."""
        super().__init__(stack)
        self._desk, self._stack, self._now = desk, stack, now
        self._made_at = now()
        self.view: PreviewView | None = None

    def preview(self) -> None:
        """Show the very file that would be printed now."""
        session, pdf = self._desk.session, self._made()
        if session is None or pdf is None:
            return
        self._drop()
        self.view = view = PreviewView()
        view.left.connect(self._leave)
        view.print_asked.connect(self.print)
        view.save_asked.connect(self.save)
        allowed = session.assessment.printable
        view.show_pdf(pdf, allowed=allowed, note="" if allowed else PROJECT)
        view.fit(self._stack.width())
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        view.start()

    def print(self) -> None:
        """Print the dossier, once it is whole and on the disk."""
        pdf, draft = self._ready(), self._desk.draft
        if pdf is not None and draft is not None:
            at = self._made_at
            name = f"Dossier {draft.reference}"
            print_pdf(self._stack.window(), pdf, name, lambda: self._desk.printed(pdf, at))

    def save(self) -> None:
        """Save the PDF of the dossier, once it is whole and on the disk."""
        pdf, draft = self._ready(), self._desk.draft
        if pdf is not None and draft is not None:
            at = self._made_at
            name = file_name(name_in_list(draft.dossier.member), draft.reference)
            save_pdf(self._stack.window(), pdf, name, lambda: self._desk.printed(pdf, at))

    def close(self) -> None:
        """Put everything away."""
        self._drop()
        self.deleteLater()

    def _leave(self) -> None:
        self._drop()
        self.left.emit()

    def _drop(self) -> None:
        if self.view is not None:
            self._stack.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None

    def _ready(self) -> bytes | None:
        session = self._desk.session
        if session is None or not session.assessment.printable:
            return None
        if not self._desk.flush():
            text = "Ses dernières réponses ne sont pas enregistrées sur ce poste."
            tell(self._stack.window(), "Le dossier n’est pas imprimé", text)
            return None
        return self._made()

    def _made(self) -> bytes | None:
        from forms.bulletin import Printing, pack  # noqa: PLC0415 - reportlab is not for the first paint

        draft, session = self._desk.draft, self._desk.session
        if draft is None or session is None:
            return None
        found, self._made_at = session.assessment, self._now()
        printing = Printing(
            draft.reference, draft.version, self._made_at, draft=not found.printable, specimen=self._desk.practice
        )
        try:
            return pack(session.dossier, found, session.convention, printing)
        except Fault as fault:
            tell(self._stack.window(), "Le dossier ne peut pas être mis en pages", fault.line)
            return None
