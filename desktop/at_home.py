"""The list of drafts on screen: what is asked there is asked of the desk, and what it answers is said back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.day import ACTIONS, Day
from desktop.dialogs import Dialog, column, confirm
from desktop.home import HomeView
from desktop.style import label
from forms.french import plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.day import DayPage
    from desktop.desk import Desk, Listing
    from desktop.frame import Frame
    from forms.convention import Library
    from forms.drafts.draft import Draft

NOTES = "conventions"
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
    ) -> None:
        """Put the list among the pages of ``window``; nothing is shown yet."""
        super().__init__(desk)
        self._window, self._desk, self._library, self._today = window, desk, library, today
        self._chosen: str | None = None
        self._page: DayPage | None = None
        self._day = Day(window, desk, library, today, now, self._show_page, self._list)
        self.view = view = HomeView(practice=desk.practice)
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
        view.action_asked.connect(self._do)
        window.stack.addWidget(view)
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

    def show(self) -> None:
        """Show the list as it is now."""
        self._drop_page()
        self._window.stack.setCurrentWidget(self.view)
        self._list()
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

    def duplicate(self) -> None:
        """Copy the chosen dossier under a new reference."""
        chosen = self.view.table.chosen() if self.is_shown and self.view.table.isVisible() else None
        if chosen is not None:
            self._desk.duplicate(chosen)

    def settle(self, then: Callable[[], object] | None = None) -> None:
        """Ask for the day's settings."""
        from desktop.permanence_dialog import PermanenceDialog  # noqa: PLC0415 - not for the first paint

        dialog = PermanenceDialog(self._window, self._desk.permanence, self._library, self._today())
        dialog.chosen.connect(self._desk.settle)
        if then is not None:
            dialog.accepted.connect(then)
        dialog.open()

    def _list(self) -> None:
        self._desk.list(self.view.search.text())

    def _listed(self, listing: Listing) -> None:
        view = self.view
        first = not view.model.rows and not view.search.hasFocus()
        view.show_drafts(listing.today, listing.older, more=listing.more)
        if self._chosen is not None:
            view.table.choose(self._chosen)
            self._chosen = None
        if first and self.is_shown:
            view.start()

    def _show_permanence(self) -> None:
        self.view.show_permanence(self._desk.permanence, self._desk.convention, self._today())

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
        page.start()

    def _drop_page(self) -> None:
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
            partial(self._desk.delete, reference), danger=True,
        )  # fmt: skip

    def _deleted(self, draft: Draft | None) -> None:
        self._list()
        if draft is not None:
            self.view.show_undo("Le dossier est supprimé.", partial(self._restore, draft))

    def _restore(self, draft: Draft) -> None:
        self._desk.restore(draft)
        self._list()

    def _duplicated(self, copy: Draft) -> None:
        self._chosen = copy.reference
        self._list()
        self.view.show_undo(
            f"Le dossier est copié sous la référence {copy.reference} : la famille et la collectivité sont gardées, "
            "la date de signature, les pièces et les documents remis sont à redire.",
            partial(self._desk.delete, copy.reference),
            "Retirer la copie",
        )
