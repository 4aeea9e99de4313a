"""From the dossier on the table to paper: the preview, the printer and the file, all from the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.dialogs import tell
from desktop.preview import PreviewView
from desktop.printing import file_name, print_pdf, save_pdf
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QStackedWidget

    from desktop.desk import Desk
    from forms.bulletin import Replaced
    from forms.drafts.printed import Printed

PROJECT = "L’aperçu porte « PROJET » tant qu’il reste une erreur."


class Paper(QObject):
    """The paper of one open dossier. Free to look at; printed and saved only when no error is left.

    Each print asks the drafts first for the version on paper that it voids: the pages come a moment later.
    """

    left = Signal()

    def __init__(self, desk: Desk, stack: QStackedWidget, now: Callable[[], dt.datetime]) -> None:
        """Serve the dossier on ``desk``; the preview goes on ``stack``."""
        super().__init__(stack)
        self._desk, self._stack, self._now = desk, stack, now
        self._made_at = now()
        self._copies = 1
        self._round = 0
        self.view: PreviewView | None = None

    def preview(self) -> None:
        """Show the very file that would be printed now."""
        self._make(self._show)

    def print(self) -> None:
        """Print the dossier, once it is whole and on the disk."""
        if self._is_ready():
            self._make(self._print, whole=True)

    def save(self) -> None:
        """Save the PDF of the dossier, once it is whole and on the disk."""
        if self._is_ready():
            self._make(self._save, whole=True)

    def close(self) -> None:
        """Put everything away."""
        self._drop()
        self.deleteLater()

    def _show(self, pdf: bytes) -> None:
        self._drop()
        self.view = view = PreviewView(twice=self._copies > 1)
        view.left.connect(self._leave)
        view.print_asked.connect(self.print)
        view.save_asked.connect(self.save)
        view.twice_asked.connect(self._set_twice)
        self._fill(pdf)
        view.fit(self._stack.width())
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        view.start()

    def _fill(self, pdf: bytes) -> None:
        session, view = self._desk.session, self.view
        if session is not None and view is not None:
            allowed = session.assessment.printable
            view.show_pdf(pdf, allowed=allowed, note="" if allowed else PROJECT)

    def _set_twice(self, twice: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._copies = 2 if twice else 1
        self._make(self._fill_again)

    def _fill_again(self, pdf: bytes) -> None:
        self._fill(pdf)
        if self.view is not None:
            self.view.zoom(0)

    def _print(self, pdf: bytes) -> None:
        draft, at, copies = self._desk.draft, self._made_at, self._copies
        if draft is not None:
            name = f"Dossier {draft.reference}"
            print_pdf(self._stack.window(), pdf, name, lambda: self._desk.printed(pdf, at, copies))

    def _save(self, pdf: bytes) -> None:
        draft, at, copies = self._desk.draft, self._made_at, self._copies
        if draft is not None:
            name = file_name(draft.reference)
            save_pdf(self._stack.window(), pdf, name, lambda: self._desk.printed(pdf, at, copies))

    def _leave(self) -> None:
        self._drop()
        self.left.emit()

    def _drop(self) -> None:
        if self.view is not None:
            self._stack.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None

    def _is_ready(self) -> bool:
        session = self._desk.session
        if session is None or not session.assessment.printable:
            return False
        if not self._desk.flush():
            text = "Ses dernières réponses ne sont pas enregistrées sur ce poste."
            tell(self._stack.window(), "Le dossier n’est pas imprimé", text)
            return False
        return True

    def _make(self, then: Callable[[bytes], object], *, whole: bool = False) -> None:
        """Make the file, then go on with it; ``whole``: only while no error is left."""
        self._round += 1
        now, session = self._round, self._desk.session

        def read(papers: tuple[Printed, ...]) -> None:
            # Meanwhile something else may be on the table, or have been asked, or have been said.
            if now != self._round or session is None or session is not self._desk.session:
                return
            pdf = self._made(papers) if session.assessment.printable or not whole else None
            if pdf is not None:
                then(pdf)

        self._desk.ask_papers(read)

    def _made(self, papers: Sequence[Printed] = ()) -> bytes | None:
        from forms.bulletin import Printing, pack  # noqa: PLC0415 - reportlab is not for the first paint

        draft, session = self._desk.draft, self._desk.session
        if draft is None or session is None:
            return None
        found, self._made_at = session.assessment, self._now()
        printing = Printing(
            draft.reference,
            draft.version,
            self._made_at,
            draft=not found.printable,
            specimen=self._desk.practice,
            copies=self._copies,
            replaces=self._replaced(papers),
        )
        try:
            return pack(session.dossier, found, session.convention, printing)
        except Fault as fault:
            tell(self._stack.window(), "Le dossier ne peut pas être mis en pages", fault.line)
            return None

    def _replaced(self, papers: Sequence[Printed]) -> Replaced | None:
        from forms.bulletin import Replaced, changes  # noqa: PLC0415 - likewise

        draft, session = self._desk.draft, self._desk.session
        former = next((one for one in reversed(papers) if draft is not None and one.version < draft.version), None)
        if former is None or session is None:
            return None
        said = changes(former.dossier, session.dossier, session.convention)
        return Replaced(former.version, said, former.printed_at)
