"""The pages of open drafts: the list, the dossier on the table, and what the bar says of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from desktop.entering import Entering
from desktop.widgets.frame import Frame
from desktop.widgets.keys import FullPage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from desktop.desk.desk import Desk
    from desktop.desk.edition_change import EditionChange
    from desktop.desk.ending import Ending
    from desktop.desk.session import DossierSession
    from desktop.home.at_home import AtHome
    from desktop.home.home import HomeView
    from desktop.paper.paper import Paper
    from desktop.table.at_table import AtTable
    from desktop.widgets.style import Style
    from desktop.wizard.view import WizardView
    from forms.convention import Library
    from forms.faults import Fault


class Screens(Frame):
    """``desk`` is there while drafts are open, the real ones or those of the practice."""

    def __init__(
        self, style: Style, today: Callable[[], dt.date], now: Callable[[], dt.datetime], conventions: Sequence[Path]
    ) -> None:
        """Begin with nothing open."""
        super().__init__(style)
        self._style, self._today, self._now = style, today, now
        self._conventions = conventions
        self._library: Library | None = None
        self._table: AtTable | None = None
        self.ending: Ending | None = None
        """The real drafts that were closed last, while their backup still goes on."""
        self._to_print: str | None = None
        self.desk: Desk | None = None
        self.at_home: AtHome | None = None
        self.entering = Entering(self, style, today, self.read_library)
        self.entering.read.connect(self.take_library)
        self.banner.retry_asked.connect(lambda: self.desk and self.desk.retry())

    @property
    def home(self) -> HomeView | None:
        """Give the list, while drafts are open; before, the first one where it is shown."""
        if self.at_home is None:
            return self.entering.view
        return self.at_home.view

    @property
    def wizard(self) -> WizardView | None:
        """Give the wizard of the dossier on the table."""
        return self._table.wizard if self._table else None

    @property
    def paper(self) -> Paper | None:
        """Give the paper of the dossier on the table."""
        return self._table.paper if self._table else None

    def read_library(self) -> Library:
        """Read the conventions, on any thread."""
        from forms.convention import library  # noqa: PLC0415 - the rules are not for the first paint

        return library(*self._conventions)

    def take_library(self, read: Library) -> None:
        """Keep the conventions that were read."""
        self._library = self._library or read

    def open_drafts(self, folder: Path, key: bytes, *, practice: bool) -> None:
        """Open the drafts of a folder, and show their list.

        Raises:
            Fault: see ``Keeper``.
        """
        from desktop.desk.desk import Desk  # noqa: PLC0415 - likewise
        from desktop.gate.remembering import Remembering  # noqa: PLC0415 - likewise
        from desktop.home.at_home import AtHome  # noqa: PLC0415 - the rules are not for the first paint
        from desktop.widgets.dialogs import tell  # noqa: PLC0415 - likewise

        self._library = known = self._library or self.read_library()
        self.desk = desk = Desk(
            folder, key, known.conventions, today=self._today, now=self._now, practice=practice, parent=self
        )
        if not practice:
            Remembering(desk, self._style)
        shown = None if practice else self.entering.give()
        self.at_home = AtHome(self, desk, known, self._today, self._now, shown)
        desk.opened.connect(self._opened)
        desk.edition_changed.connect(self._edition_changed)
        desk.saved.connect(self._saved)
        desk.not_saved.connect(self._not_saved)
        desk.all_saved.connect(self.banner.hide)
        desk.refused.connect(lambda fault: tell(self, fault.line))
        self.go_home()

    def close_drafts(self, *, leaving: bool = False) -> Fault | None:
        """Close what is open and forget the key; nothing of it stays on screen. Give what kept it from a backup."""
        desk = self.desk
        if desk is None:
            return None
        self._clear_table()
        desk.leave()
        if self.at_home is not None:
            self.at_home.close()
        self.desk = self.at_home = None
        self.banner.hide()
        self.show_bar(dossier=False)
        self.repaint()  # before the disk is waited for: no one reads on what was locked
        fault = desk.close(leaving=leaving)
        self.ending = None if desk.ending is None or desk.practice or desk.ending.is_over else desk.ending
        desk.deleteLater()
        return fault

    def go_home(self) -> None:
        """Show the list."""
        if self.desk is None or self.at_home is None:
            return
        self.desk.leave()
        self._clear_table()
        self.show_bar(dossier=False)
        self.at_home.show()

    def show_bar(self, *, dossier: bool) -> None:
        """Show in the bar the actions of what is on screen."""
        self.bar.show_open(opened=self.desk is not None, dossier=dossier)
        self.bar.show_practice(practice=self.desk is not None and self.desk.practice)
        if not dossier:
            self.bar.show_context("")

    def begin(self) -> None:
        """Begin a new dossier; the day's settings come first where there are none."""
        if self.at_home is not None:
            self.at_home.begin()
        elif self.home is not None:
            self.home.new_asked.emit()

    def settle(self) -> None:
        """Ask for the day's settings."""
        if self.at_home is not None:
            self.at_home.settle()

    def search(self) -> None:
        """Put the focus in the search of the list."""
        if self.at_home is not None:
            self.at_home.search()
        elif self.home is not None:
            self.home.search_now()

    def duplicate(self) -> None:
        """Copy the chosen dossier of the list."""
        if self.at_home is not None:
            self.at_home.duplicate()

    def step_out(self) -> None:
        """Go back where one came from."""
        page = self.stack.currentWidget()
        if isinstance(page, FullPage):
            page.step_out()

    def print_here(self) -> None:
        """Print what is on screen, or the chosen dossier of the list."""
        page = self.stack.currentWidget()
        (page.print_here if isinstance(page, FullPage) else self.print_chosen)()

    def print_chosen(self) -> None:
        """Open the chosen dossier of the list at its preview, where it is printed."""
        self._to_print = self.at_home.chosen if self.at_home is not None else None
        if self._to_print is not None and self.desk is not None:
            self.desk.open(self._to_print)

    def turn(self) -> None:
        """Turn the screen to the agent, larger, with no number and no one else in sight; or turn it back."""
        self.masked = not self.masked
        self._style.lift(lifted=self.masked)
        self.bar.show_masked(masked=self.masked)
        page = self.stack.currentWidget()
        if self.home is not None:
            self.home.set_masked(masked=self.masked)
        if self.wizard is not None:
            self.wizard.set_masked(self.masked)
        from desktop.day.actions import DayPage  # noqa: PLC0415 - not for the first paint

        if isinstance(page, DayPage):
            page.set_masked(masked=self.masked)
        self.turned.emit(self.masked)

    def _opened(self, session: DossierSession) -> None:
        from desktop.table.at_table import AtTable  # noqa: PLC0415 - not for the first paint

        if self.desk is None:
            return
        self._clear_table()
        self._table = AtTable(self, self.desk, session, self._now)
        self._table.left.connect(self.go_home)
        self.show_bar(dossier=True)
        self._table.begin(masked=self.masked)
        if self._to_print == session.dossier.reference:
            self._table.paper.preview()
        self._to_print = None

    def _edition_changed(self, change: EditionChange) -> None:
        from desktop.table.edition_dialog import EditionDialog  # noqa: PLC0415 - not for the first paint

        if self.desk is not None:
            asked = EditionDialog(self, change, self._today())
            asked.accepted.connect(partial(self.desk.go_on_with, change.draft))
            asked.rejected.connect(self._print_nothing)
            asked.open()

    def _print_nothing(self) -> None:
        self._to_print = None

    def _saved(self, when: dt.datetime) -> None:
        if self._table is not None:
            self._table.saved(when)

    def _not_saved(self, fault: Fault) -> None:
        self.bar.show_not_saved()
        self.banner.say(f"Les dernières réponses ne sont pas enregistrées. {fault.line}")

    def _clear_table(self) -> None:
        if self._table is not None:
            self._table.close()
            self._table = None
