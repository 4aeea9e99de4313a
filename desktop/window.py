"""The window: the gate, the list, the wizard and the preview, one over the other, under one bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent

from desktop.dialogs import Dialog, confirm, tell
from desktop.frame import Frame
from desktop.unlock import Gate
from desktop.work import Answers
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from desktop.desk import Desk, Listing
    from desktop.home import HomeView
    from desktop.paper import Paper
    from desktop.session import DossierSession
    from desktop.style import Style
    from desktop.wizard.view import WizardView
    from forms.convention import Library
    from forms.drafts.draft import Draft


class MainWindow(Frame):
    """Everything that the user sees. ``desk`` is there while the drafts are open."""

    def __init__(
        self, folder: Path, style: Style, *, today: Callable[[], dt.date], now: Callable[[], dt.datetime]
    ) -> None:
        """Show the gate of ``folder``; ``now`` gives times that know their zone."""
        super().__init__(style)
        self._folder, self._style, self._today, self._now = folder, style, today, now
        self.desk: Desk | None = None
        self.home: HomeView | None = None
        self.wizard: WizardView | None = None
        self.paper: Paper | None = None
        self._library: Library | None = None
        self._masked = False
        self.bar.lock_asked.connect(self.lock)
        self.bar.mask_asked.connect(self.turn)
        self.banner.retry_asked.connect(lambda: self.desk and self.desk.retry())
        self.gate = Gate(folder)
        self.gate.opened.connect(self._open_drafts)
        self.gate.print_asked.connect(self._print_recovery)
        self.stack.addWidget(self.gate)
        for keys, done in (("Ctrl+N", self.begin), ("Ctrl+L", self.lock), ("F8", self.turn), ("Ctrl+F", self._search)):
            self.on_key(keys, done)
        self._answers = Answers(self)
        QTimer.singleShot(0, self._painted)

    def _painted(self) -> None:
        """Put the focus, and read meanwhile what the first paint did not wait for: half of the starting time."""
        self.gate.start()
        self._answers.work(_library, self._read_library, lambda _fault: None)

    def _read_library(self, read: Library) -> None:
        self._library = self._library or read

    def _print_recovery(self, recovery: str) -> None:
        from desktop.printing import print_recovery  # noqa: PLC0415 - QtPrintSupport is not for the first paint

        print_recovery(self, recovery)

    # The drafts

    def _open_drafts(self, key: bytes) -> None:
        from desktop.desk import Desk  # noqa: PLC0415 - the rules are not for the first paint
        from desktop.home import HomeView  # noqa: PLC0415 - likewise
        from desktop.remembering import Remembering  # noqa: PLC0415 - likewise

        try:
            self._library = known = self._library or _library()
            desk = Desk(self._folder, key, known.conventions, today=self._today, now=self._now, parent=self)
        except Fault as fault:
            self.gate.refuse(fault)
            return
        self.desk = desk
        Remembering(desk, self._style)
        self.home = home = HomeView()
        desk.listed.connect(self._listed)
        desk.permanence_changed.connect(self._show_permanence)
        desk.opened.connect(self._opened)
        desk.saved.connect(self._saved)
        desk.not_saved.connect(self._not_saved)
        desk.all_saved.connect(self.banner.hide)
        desk.refused.connect(lambda fault: tell(self, fault.line))
        desk.deleted.connect(self._deleted)
        home.searched.connect(desk.list)
        home.older_asked.connect(lambda _shown: desk.list(home.search.text()))
        home.new_asked.connect(self.begin)
        home.open_asked.connect(desk.open)
        home.delete_asked.connect(self._ask_delete)
        home.settings_asked.connect(self.settle)
        self.stack.addWidget(home)
        self._go_home()

    def _go_home(self) -> None:
        if self.desk is None or self.home is None:
            return
        self.desk.leave()
        self.drop(self.wizard)
        self.wizard = None
        self._put_away()
        self.stack.setCurrentWidget(self.home)
        self.bar.show_open(opened=True, dossier=False)
        self.bar.show_context("")
        self.desk.list(self.home.search.text())
        self.home.start()

    def _listed(self, listing: Listing) -> None:
        if self.home is not None:
            first = not self.home.model.rows and not self.home.search.hasFocus()
            self.home.show_drafts(listing.today, listing.older, more=listing.more)
            if first and self.stack.currentWidget() is self.home:
                self.home.start()

    def _show_permanence(self) -> None:
        if self.desk is not None and self.home is not None:
            self.home.show_permanence(self.desk.permanence, self.desk.convention, self._today())

    def _search(self) -> None:
        if self.home is not None and self.stack.currentWidget() is self.home:
            self.home.search_now()

    def settle(self, then: Callable[[], object] | None = None) -> None:
        """Ask for the day's settings."""
        from desktop.permanence_dialog import PermanenceDialog  # noqa: PLC0415 - not for the first paint

        if self.desk is None or self._library is None:
            return
        dialog = PermanenceDialog(self, self.desk.permanence, self._library, self._today())
        dialog.chosen.connect(self.desk.settle)
        if then is not None:
            dialog.accepted.connect(then)
        dialog.open()

    def begin(self) -> None:
        """Begin a new dossier; the day's settings come first where there are none."""
        if self.desk is None or self.home is None or self.stack.currentWidget() is not self.home:
            return
        if self.desk.convention is None:
            self.settle(self.desk.begin)
        else:
            self.desk.begin()

    def _ask_delete(self, reference: str) -> None:
        if self.desk is None or self.home is None:
            return
        row = next(row for row in self.home.model.rows if row.reference == reference)
        confirm(
            self, f"Supprimer le dossier de {row.texts[0]} ?",
            "Ce qui a été saisi sera effacé de cet ordinateur.", "Supprimer",
            lambda: self._delete(reference), danger=True,
        )  # fmt: skip

    def _delete(self, reference: str) -> None:
        if self.desk is not None:
            self.desk.delete(reference)

    def _deleted(self, draft: Draft | None) -> None:
        if self.desk is None or self.home is None:
            return
        self.desk.list(self.home.search.text())
        if draft is not None:
            self.home.show_undo("Le dossier est supprimé.", lambda: self._restore(draft))

    def _restore(self, draft: Draft) -> None:
        if self.desk is not None and self.home is not None:
            self.desk.restore(draft)
            self.desk.list(self.home.search.text())

    # A dossier

    def _opened(self, session: DossierSession) -> None:
        from desktop.paper import Paper  # noqa: PLC0415 - not for the first paint
        from desktop.wizard.view import WizardView  # noqa: PLC0415 - likewise

        if self.desk is None:
            return
        self.drop(self.wizard)
        self._put_away()
        self.wizard = wizard = WizardView(session)
        wizard.left.connect(self._go_home)
        self.paper = paper = Paper(self.desk, self.stack, self._now)
        paper.left.connect(self._leave_preview)
        wizard.preview_requested.connect(paper.preview)
        wizard.print_requested.connect(paper.print)
        wizard.save_pdf_requested.connect(paper.save)
        self.stack.addWidget(wizard)
        self.stack.setCurrentWidget(wizard)
        self.bar.show_open(opened=True, dossier=True)
        wizard.set_masked(self._masked)
        dossier = session.dossier
        parts = [dossier.employer.name, session.convention.title, f"dossier {dossier.reference}"]
        self.bar.show_context(" · ".join(part for part in parts if part))
        draft = self.desk.draft
        self.bar.show_saved(draft.saved_at if draft is not None and draft.saved_at != draft.created_at else None)
        wizard.go(wizard.step, session.place[1])

    def _saved(self, when: dt.datetime) -> None:
        self.bar.show_saved(when)
        if self.wizard is not None:
            self.wizard.show_saved(when)

    def _not_saved(self, fault: Fault) -> None:
        self.bar.show_not_saved()
        self.banner.say(f"Les dernières réponses ne sont pas enregistrées. {fault.line}")

    def turn(self) -> None:
        """Mask the numbers for whoever else looks at the screen, or show them again."""
        if self.wizard is not None:
            self._masked = not self._masked
            self.wizard.set_masked(self._masked)
            self.bar.show_masked(masked=self._masked)

    def _leave_preview(self) -> None:
        if self.wizard is not None:
            self.stack.setCurrentWidget(self.wizard)
            self.wizard.setFocus()

    # The end

    def lock(self) -> None:
        """Close the drafts and forget the key; stay, and say so, when something is not kept."""
        if self.desk is None:
            return
        if not self.desk.flush():
            self._say_unsaved("Verrouiller quand même", self._lock)
        else:
            self._lock()

    def _lock(self) -> None:
        if self.desk is None:
            return
        self.desk.close()
        self.desk.leave()
        self.drop(self.wizard, self.home)
        self._put_away()
        self.desk.deleteLater()
        self.desk = self.home = self.wizard = None
        for dialog in self.findChildren(Dialog):
            dialog.reject()
        self.banner.hide()
        self.bar.show_open(opened=False, dossier=False)
        self.bar.show_context("")
        self.stack.setCurrentWidget(self.gate)
        self.gate.restart()
        self.gate.start()

    def _say_unsaved(self, go_on: str, then: Callable[[], object]) -> None:
        confirm(
            self, "Les dernières réponses ne sont pas enregistrées",
            "Elles seraient perdues. Restez ici, libérez de la place ou remettez le disque, puis réessayez.",
            go_on, then, danger=True,
        )  # fmt: skip

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave once all is kept; else stay, and say so."""
        if self.desk is not None and not self.desk.flush():
            event.ignore()
            self._say_unsaved("Fermer quand même", self._close_anyway)
            return
        if self.desk is not None:
            self.desk.close()
        event.accept()

    def _close_anyway(self) -> None:
        self._lock()
        self.close()

    def _put_away(self) -> None:
        if self.paper is not None:
            self.paper.close()
            self.paper = None


def _library() -> Library:
    from forms.convention import library  # noqa: PLC0415 - likewise

    return library()
