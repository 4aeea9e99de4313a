"""Where the drafts of this user lie when nothing else is said: the window and the command line look in one place."""

from __future__ import annotations

import os
from pathlib import Path

HOME = "PERMANENCE_HOME"
"""The variable of the environment that puts everything in one folder (tests, a program carried on a stick)."""


def home() -> Path:
    """Give the folder of the drafts; it is not made, nor its parents."""
    said = os.environ.get(HOME)
    if said:
        return Path(said)
    import platformdirs  # noqa: PLC0415 - what a program carried on a stick does not pay for

    return platformdirs.user_data_path("permanence", appauthor=False)


def state_home() -> Path:
    """Give the folder of the reports of faults; it is not made, nor its parents."""
    said = os.environ.get(HOME)
    if said:
        return Path(said, "reports")
    import platformdirs  # noqa: PLC0415 - likewise

    return platformdirs.user_state_path("permanence", appauthor=False)
