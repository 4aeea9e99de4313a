"""Where the program keeps what is the user's: drafts and key in one folder, reports of faults in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.drafts.files import private_folder
from forms.drafts.home import home, state_home

if TYPE_CHECKING:
    from pathlib import Path


def data_folder() -> Path:
    """Give the folder of the drafts, made and closed to others (0700).

    Raises:
        Fault: it can be neither made nor closed to others.
    """
    folder = home()
    private_folder(folder)
    return folder


def user_conventions() -> Path:
    """Give the folder in which the user puts conventions beside the shipped ones; it is not made, nor its parents."""
    return home() / "conventions"


def report_folder() -> Path:
    """Give the folder of the reports, made and closed to others.

    Raises:
        Fault: it can be neither made nor closed to others.
    """
    folder = state_home()
    private_folder(folder)
    return folder
