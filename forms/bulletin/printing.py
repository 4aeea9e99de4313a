"""What a print says of itself on each page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Printing:
    """One print of a dossier: ``version`` counts from 1, ``printed_at`` is the local time of the desk."""

    reference: str
    version: int
    printed_at: dt.datetime
    draft: bool = False
