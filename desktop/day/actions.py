"""What the list offers beside its dossiers: one table of things to do, each a line of its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal

from desktop.widgets.keys import FullPage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.desk.desk import Desk
    from desktop.widgets.frame import Frame
    from forms.convention import Library


class DayPage(FullPage):
    """A page over the list: a dialogue would be too small for it. ``topic`` names its help."""

    left = Signal()
    """Go back to the list: the page is dropped."""
    topic = "home"

    def start(self) -> None:
        """Put the focus where one begins."""
        self.setFocus()

    @property
    def is_running(self) -> bool:
        """Tell whether something goes on that leaving would cut short: Esc does nothing meanwhile."""
        return False

    def step_out(self) -> None:
        """Go back to the list."""
        if not self.is_running:
            self.left.emit()

    def stop(self) -> None:
        """End what takes time: the drafts are about to be closed, or the page left."""

    def set_masked(self, *, masked: bool) -> None:
        """Hide the numbers, and those who are not at the table, or show them again."""

    def show_undo(self, text: str, undo: Callable[[], object]) -> bool:  # noqa: ARG002 - for those that show one
        """Offer a way back from what was done here; False leaves it to the list."""
        return False


class Day(NamedTuple):
    """What a thing to do may use: it asks the ``desk``, and stands over the ``window`` or takes it as a page."""

    window: Frame
    desk: Desk
    library: Library
    today: Callable[[], dt.date]
    now: Callable[[], dt.datetime]
    show_page: Callable[[DayPage], None]
    list: Callable[[], None]
    """Read the list again: something of it has changed."""
    chosen: Callable[[], str | None] = lambda: None
    """The reference of the dossier that is chosen in the list."""


class Action(NamedTuple):
    """A line of the menu; ``group`` parts them, ``in_practice``: it is there in the practice too.

    ``under`` names the smaller menu that it stands in, where it is not for every day.
    """

    name: str
    words: str
    group: int
    do: Callable[[Day], None]
    in_practice: bool = False
    under: str = ""


def _versions(day: Day) -> None:
    from desktop.day.versions_page import show_chosen  # noqa: PLC0415 - each page is imported when it is asked for

    show_chosen(day)


def _pairs(day: Day) -> None:
    from desktop.day.pairs_page import show  # noqa: PLC0415 - likewise

    show(day)


def _blanks(day: Day) -> None:
    from desktop.day.blanks_print import ask  # noqa: PLC0415 - likewise

    ask(day)


def _blank(day: Day) -> None:
    from desktop.day.blanks import ask  # noqa: PLC0415 - likewise

    ask(day)


def _scans(day: Day) -> None:
    from desktop.day.scans import open_page  # noqa: PLC0415 - likewise

    open_page(day)


def _purge(day: Day) -> None:
    from desktop.day.purge_page import show  # noqa: PLC0415 - likewise

    show(day)


def _roster(day: Day) -> None:
    from desktop.day.roster.doors import open_import  # noqa: PLC0415 - not for the first paint

    open_import(day)


def _prefilled(day: Day) -> None:
    from desktop.day.roster.doors import open_bulletins  # noqa: PLC0415 - not for the first paint

    open_bulletins(day)


def _close(day: Day) -> None:
    from desktop.day.closing import show  # noqa: PLC0415 - likewise

    show(day)


def _receive(day: Day) -> None:
    from desktop.day.receiving import show  # noqa: PLC0415 - likewise

    show(day)


def _open_file(day: Day) -> None:
    from desktop.day.dossier_file import ask  # noqa: PLC0415 - likewise

    ask(day)


def _export(day: Day) -> None:
    from desktop.day.dossier_file import export  # noqa: PLC0415 - likewise

    export(day)


def _update(day: Day) -> None:
    from desktop.day.updating import ask  # noqa: PLC0415 - likewise

    ask(day)


CHOSEN, HERE = "Dossier choisi", "Ce poste"
ACTIONS: tuple[Action, ...] = (
    Action("roster", "Importer la liste des agents…", 0, _roster, in_practice=True),
    Action("prefilled", "Préremplir des bulletins…", 0, _prefilled, in_practice=True),
    Action("blanks", "Imprimer des bulletins vierges…", 1, _blanks),
    Action("blank", "Saisir un bulletin vierge…", 1, _blank, in_practice=True),
    Action("scans", "Reprendre des bulletins scannés…", 1, _scans, in_practice=True),
    Action("open-file", "Ouvrir un fichier de dossier…", 1, _open_file, in_practice=True),
    Action("close", "Clôturer la journée…", 2, _close, in_practice=True),
    Action("versions", "Revoir les versions imprimées…", 3, _versions, in_practice=True, under=CHOSEN),
    Action("export", "Exporter le dossier…", 3, _export, in_practice=True, under=CHOSEN),
    Action("pairs", "Examiner les doublons…", 3, _pairs, in_practice=True, under=HERE),
    Action("purge", "Purger les dossiers…", 3, _purge, under=HERE),
    Action("receive", "Recevoir un transfert…", 3, _receive, under=HERE),
    Action("update", "Installer une mise à jour…", 3, _update, under=HERE),
)
"""In the menu's order."""
ON_TOP = ("roster", "close")
"""What a day begins and ends with."""
