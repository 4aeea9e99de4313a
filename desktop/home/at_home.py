"""The list of drafts on screen: what is asked there is asked of the desk, and what it answers is said back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.day.actions import ACTIONS, Day
from desktop.day.roster.found import Finding
from desktop.home.home import HomeView
from desktop.widgets.dialogs import Dialog, column, confirm, tell
from desktop.widgets.style import label
from desktop.widgets.work import Answers
from forms.french import plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.day.actions import DayPage
    from desktop.desk.desk import Desk
    from desktop.desk.listing import Listing
    from desktop.widgets.frame import Frame
    from forms.convention import Library
    from forms.drafts.draft import Draft
    from forms.faults import Fault

NOTES = "conventions"
PURGE = "purge"
"""The action and its announcement; the topic of its page too."""
_NOTES_READ = "conventions_read"


class AtHome(QObject):
    """The list, for as long as the drafts are open."""

    def __init__(
        self,
        window: Frame,
        desk: Desk,
        library: Library,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime],
        view: HomeView | None = None,
    ) -> None:
        """Put the list among the pages of ``window``; nothing is shown yet. ``view``: one that is there already."""
        super().__init__(desk)
        self._window, self._desk, self._library, self._today, self._now = window, desk, library, today, now
        self._chosen: str | None = None
        self._page: DayPage | None = None
        self._day = Day(window, desk, library, today, now, self._show_page, self._list, lambda: self.chosen)
        self.view = view = view or HomeView(practice=desk.practice)
        view.set_masked(masked=window.masked)
        desk.listed.connect(self._listed)
        desk.permanence_changed.connect(self._show_permanence)
        desk.deleted.connect(self._deleted)
        desk.duplicated.connect(self._duplicated)
        view.searched.connect(desk.list)
        view.older_asked.connect(lambda _shown: self._list())
        view.new_asked.connect(self.begin)
        view.open_asked.connect(desk.open)
        view.delete_asked.connect(self._ask_delete)
        view.settings_asked.connect(self.settle)
        view.number_asked.connect(self._open_number)
        view.action_asked.connect(self._do)
        self._finding = Finding(window, desk, view, today, now)
        if window.stack.indexOf(view) < 0:
            window.stack.addWidget(view)
        if not desk.practice:
            self._announce()
        if library.notes:
            desk.ask_setting(_NOTES_READ, self._say_notes)

    @property
    def is_shown(self) -> bool:
        """Tell whether the list is the page on screen."""
        return self._window.stack.currentWidget() is self.view

    def close(self) -> None:
        """Put the list away, and what stands over it."""
        self._drop_page()
        self._window.drop(self.view)

    def stop(self) -> None:
        """End what takes time: the drafts are about to be closed."""
        if self._page is not None:
            self._page.stop()

    def show(self) -> None:
        """Show the list as it is now."""
        if self._page is not None and self._page.topic == PURGE:
            self._announce()
        typing = self.is_shown  # the first list was this one
        self._drop_page()
        self._list()
        if not typing:
            self._window.stack.setCurrentWidget(self.view)
            self.view.start()

    def search(self) -> None:
        """Put the focus in the search."""
        if self.is_shown:
            self.view.search_now()

    def begin(self) -> None:
        """Begin a new dossier; the day's settings come first where there are none."""
        if not self.is_shown:
            return
        self.view.hide_undo()
        if self._desk.convention is None:
            self.settle(self._desk.begin)
        else:
            self._desk.begin()

    @property
    def chosen(self) -> str | None:
        """Give the reference of the chosen row, while the list is on screen."""
        return self.view.table.chosen() if self.is_shown and self.view.table.isVisible() else None

    def duplicate(self) -> None:
        """Copy the chosen dossier under a new reference."""
        chosen = self.chosen
        if chosen is not None:
            self._desk.duplicate(chosen)

    def settle(self, then: Callable[[], object] | None = None) -> None:
        """Ask for the day's settings."""
        from desktop.home.permanence_dialog import PermanenceDialog  # noqa: PLC0415 - not for the first paint

        dialog = PermanenceDialog(self._window, self._desk.permanence, self._library, self._today())
        dialog.chosen.connect(self._desk.settle)
        if then is not None:
            dialog.accepted.connect(then)
        dialog.open()

    def _list(self) -> None:
        self._desk.list(self.view.search.text())

    def _listed(self, listing: Listing) -> None:
        view = self.view
        if not isValid(view):
            return  # locked meanwhile
        first = not view.model.rows and not view.search.hasFocus()
        view.show_drafts(listing.today, listing.older, more=listing.more)
        if self._chosen is not None:
            view.table.choose(self._chosen)
            self._chosen = None
        if first and self.is_shown:
            view.start()

    def _show_permanence(self) -> None:
        self.view.show_permanence(self._desk.permanence, self._desk.convention, self._today())

    def _open_number(self, reference: str) -> None:
        from desktop.day.blanks import BlankDialog, open_under  # noqa: PLC0415 - not for the first paint

        permanence = self._desk.permanence
        if permanence is None or self._desk.convention is None:
            BlankDialog(self._window, self._desk, reference).open()
        else:
            open_under(self._window, self._desk, reference, permanence.convention)

    # What is done beside the dossiers

    def _do(self, name: str) -> None:
        self.view.hide_undo()
        next(action for action in ACTIONS if action.name == name).do(self._day)

    def _show_page(self, page: DayPage) -> None:
        self._drop_page()
        self._page = page
        page.left.connect(self.show)
        self._window.stack.addWidget(page)
        self._window.stack.setCurrentWidget(page)
        page.set_masked(masked=self._window.masked)
        page.start()

    def _announce(self) -> None:
        """Say quietly what the next purge would take, if it would; nothing is taken before it is asked."""
        from desktop.desk.purge_plan import announced  # noqa: PLC0415 - not for the first paint

        now, remarks = self._now(), self.view.remarks

        def told(line: str) -> None:
            remarks.drop(PURGE)
            if line:
                remarks.say(
                    PURGE, line, ("Voir", partial(self._do, PURGE)), ("Plus tard", partial(remarks.drop, PURGE))
                )

        here = Answers(self.view)  # an answer that comes after the list is gone is dropped
        self._desk.ask(lambda store: announced(store, now), lambda line: here.hand(partial(told, line)), lambda _: None)

    def _drop_page(self) -> None:
        self.stop()
        self._window.drop(self._page)
        self._page = None

    # What is said of the conventions' folders

    def _say_notes(self, read: object) -> None:
        if read != list(self._library.notes):
            count = plural(len(self._library.notes), "remarque")
            self.view.remarks.say(NOTES, f"Conventions installées : {count}.", ("Détails", self._tell_notes))

    def _tell_notes(self) -> None:
        told = Dialog(self._window, "Conventions installées", width=640)
        told.add_scrolled(column(label(note, wrap=True) for note in self._library.notes))
        told.add_button("Fermer", "primary", told.accept).setFocus()
        told.finished.connect(self._notes_read)
        told.open()

    def _notes_read(self) -> None:
        self._desk.keep_setting(_NOTES_READ, list(self._library.notes))
        self.view.remarks.drop(NOTES)

    # What is done to a dossier of the list

    def _ask_delete(self, reference: str) -> None:
        row = next(row for row in self.view.model.rows if row.reference == reference)
        confirm(
            self._window, f"Supprimer le dossier de {row.texts[0]} ?",
            "Ce qui a été saisi sera effacé de cet ordinateur.", "Supprimer",
            partial(self._desk.delete, reference), danger=True, window="Supprimer un dossier ?",
        )  # fmt: skip

    def _deleted(self, draft: Draft | None) -> None:
        self._list()
        if draft is not None:
            self._offer_back(draft)

    def _restore(self, draft: Draft) -> None:
        from forms.drafts.putting_back import put_back  # noqa: PLC0415 - not for the first paint

        def refused(fault: Fault) -> None:
            tell(self._window, "Le dossier n’est pas remis", fault.line)
            self._offer_back(draft)  # the only way back stays

        now = self._now()
        self._desk.ask(lambda store: put_back(store, draft, now), lambda _done: self._list(), refused)

    def _offer_back(self, draft: Draft) -> None:
        said, undo = "Le dossier est supprimé.", partial(self._restore, draft)
        if self._page is None or not self._page.show_undo(said, undo):
            self.view.show_undo(said, undo)

    def _duplicated(self, copy: Draft) -> None:
        self._chosen = copy.reference
        self._list()
        self.view.show_undo(
            f"Le dossier est copié sous la référence {copy.reference} : la famille et la collectivité sont gardées, "
            "la date de signature, les pièces et les documents remis sont à redire.",
            partial(self._desk.delete, copy.reference),
            "Retirer la copie",
        )
