"""The ways into the employer's list, from the menu of the list of dossiers; nothing heavy is imported before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.widgets.dialogs import tell

if TYPE_CHECKING:
    from desktop.day.actions import Day


def open_import(day: Day) -> None:
    """Show the import, where the day's employer is known: the list is kept under its name."""
    from desktop.day.roster.page import ImportPage  # noqa: PLC0415 - not for the first paint

    if _has_employer(day):
        day.show_page(ImportPage(day))


def open_bulletins(day: Day) -> None:
    """Show the page of prefilled bulletins."""
    from desktop.day.roster.bulletins import BulletinsPage  # noqa: PLC0415 - not for the first paint

    if _has_employer(day):
        day.show_page(BulletinsPage(day))


def _has_employer(day: Day) -> bool:
    permanence = day.desk.permanence
    if permanence is not None and permanence.employer.name:
        return True
    text = "Réglez d’abord la permanence, et sa collectivité : la liste des agents est rangée sous son nom."
    tell(day.window, "De quelle collectivité ?", text)
    return False
