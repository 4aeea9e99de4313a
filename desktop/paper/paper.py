"""From the dossier on the table to paper: the preview, the printer and the file, all from the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.paper.preview import PreviewView
from desktop.paper.printing import file_name, print_pdf, save_pdf
from desktop.widgets.dialogs import tell
from desktop.widgets.work import Answers
from forms.dossier.documents import name_of_paper
from forms.drafts import attachments, printed
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QStackedWidget

    from desktop.desk.desk import Desk
    from forms.bulletin import Replaced
    from forms.dossier.model import Dossier
    from forms.drafts.attachments import Attachment
    from forms.drafts.draft import Draft
    from forms.drafts.printed import Printed
    from forms.drafts.store import DraftStore

PROJECT = "L’aperçu porte « PROJET » tant qu’il reste une erreur."


class Paper(QObject):
    """The paper of one open dossier. Free to look at; printed and saved only when no error is left.

    Each print asks the drafts first for the version on paper that it voids: the pages come a moment later.
    """

    left = Signal()
    versions_asked = Signal()

    def __init__(self, desk: Desk, stack: QStackedWidget, now: Callable[[], dt.datetime]) -> None:
        """Serve the dossier on ``desk``; the preview goes on ``stack``."""
        super().__init__(stack)
        self._desk, self._stack, self._now = desk, stack, now
        self._made_at = now()
        self._made_of: Draft | None = None
        self._copies = 1
        self._joined = False
        self._files = 0
        self._on_paper = False
        self._answers = Answers(self)
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
        self.view = view = PreviewView(twice=self._copies > 1, joined=self._joined, files=self._files)
        view.left.connect(self._leave)
        view.print_asked.connect(self.print)
        view.save_asked.connect(self.save)
        view.twice_asked.connect(self._set_twice)
        view.join_asked.connect(self._set_joined)
        view.versions_asked.connect(self.versions_asked)
        view.versions.setVisible(self._on_paper)
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

    def _set_joined(self, joined: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._joined = joined
        self._make(self._fill_again)

    def _fill_again(self, pdf: bytes) -> None:
        self._fill(pdf)
        if self.view is not None:
            self.view.zoom(0)

    def _print(self, pdf: bytes) -> None:
        draft, at, copies = self._made_of, self._made_at, self._copies
        if draft is not None:
            name = f"Dossier {draft.reference}"
            print_pdf(self._stack.window(), pdf, name, lambda: self._desk.printed(draft, pdf, at, copies))

    def _save(self, pdf: bytes) -> None:
        draft, at, copies = self._made_of, self._made_at, self._copies
        if draft is not None:
            name = file_name(draft.reference)
            save_pdf(self._stack.window(), pdf, name, lambda: self._desk.printed(draft, pdf, at, copies))

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
        now, session, draft = self._round, self._desk.session, self._desk.draft
        if session is None or draft is None:
            return
        reference, dossier, joined = draft.reference, session.dossier, self._joined

        def stands() -> bool:
            # Meanwhile something else may be on the table, or have been asked, or have been said.
            if now != self._round or session is not self._desk.session:
                return False
            if session.dossier is not dossier and not whole:
                self._make(then)  # a preview shows what is said now; what is not what was asked for is not printed
            return session.dossier is dossier

        def ask(store: DraftStore) -> tuple[tuple[Printed, ...], int, list[tuple[str, bytes]]]:
            files = _files_of(store, reference, dossier)
            contents = [(title, attachments.content_of(store, file)) for title, file in files if joined]
            return printed.versions(store, reference), len(files), contents

        def read(found: tuple[tuple[Printed, ...], int, list[tuple[str, bytes]]]) -> None:
            if not stands():
                return
            papers, self._files, contents = found
            self._on_paper = bool(papers)
            self._made_of = self._desk.draft
            pdf = self._made(papers) if session.assessment.printable or not whole else None
            if pdf is not None:
                self._join(pdf, contents, lambda made: then(made) if stands() else None)

        self._desk.ask(ask, read)

    def _join(self, pdf: bytes, contents: Sequence[tuple[str, bytes]], then: Callable[[bytes], object]) -> None:
        """Put the attached files after the pages, where they are wanted: on the working thread, pictures take long."""
        if not contents:
            then(pdf)
            return

        def make() -> bytes:
            from forms.bulletin.joined import Joined, with_papers  # noqa: PLC0415 - pypdf is not for the first paint

            return with_papers(pdf, [Joined(title, content) for title, content in contents])

        self._answers.work(make, then, self._not_joined)

    def _not_joined(self, fault: Fault) -> None:
        self._joined = False
        if self.view is not None:
            self.view.uncheck_join()
        tell(self._stack.window(), "Les pièces ne sont pas jointes", fault.line)

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


def _files_of(store: DraftStore, reference: str, dossier: Dossier) -> list[tuple[str, Attachment]]:
    """Give the files that the dossier names and this computer has, in its order, with what their pages are called."""
    held = {file.paper: file for file in attachments.listed(store, reference)}
    return [
        (name_of_paper(dossier, given.kind, given.person), held[given.file])
        for given in dossier.documents
        if given.kind and given.file in held
    ]
