"""Where the program keeps what is the user's: drafts and key in one folder, reports of faults in another."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from forms.drafts.files import private_folder

HOME = "PERMANENCE_HOME"
"""The variable of the environment that puts everything in one folder (tests, a program carried on a stick)."""


def data_folder() -> Path:
    """Give the folder of the drafts, made and closed to others (0700).

    Raises:
        Fault: it can be neither made nor closed to others.
    """
    folder = _data()
    private_folder(folder)
    return folder


def user_conventions() -> Path:
    """Give the folder in which the user puts conventions beside the shipped ones; it is not made, nor its parents."""
    return _data() / "conventions"


def report_folder() -> Path:
    """Give the folder of the reports, made and closed to others.

    Raises:
        Fault: it can be neither made nor closed to others.
    """
    home = os.environ.get(HOME)
    folder = Path(home, "reports") if home else platformdirs.user_state_path("permanence", appauthor=False)
    private_folder(folder)
    return folder


def _data() -> Path:
    home = os.environ.get(HOME)
    return Path(home) if home else platformdirs.user_data_path("permanence", appauthor=False)
