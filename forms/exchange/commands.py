"""From files: run a list of agents dry (``permanence roster``), receive a transfer (no verb yet); neither writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from forms.exchange.bounds import MEGABYTE, read_bounded
from forms.exchange.merging import Merge, merge
from forms.exchange.roster import Mapped, Report, Roster, dry_run, read_roster
from forms.exchange.transfer import Parcel, Transfer, open_transfer
from forms.faults import Fault

Held = Callable[[tuple[str, ...]], Mapping[str, Parcel]]
"""Gives what is kept here of these references."""


def run_dry(path: Path, remembered: Mapping[str, str], today: dt.date) -> tuple[Roster, Mapped, Report]:
    """Read a list of agents from a file and say what importing it would do (``Fault``: see ``read_roster``)."""
    roster = read_roster(read_bounded(path), path.name)
    mapping = roster.mapping(remembered)
    return roster, mapping, dry_run(roster, mapping, today)


def receive(path: Path, identity: Path, held: Held) -> tuple[Transfer, Merge]:
    """Open a transfer file with the secret key kept in another file, beside what is held here.

    The caller keeps ``Merge.written`` in one transaction. ``Fault``: see ``open_transfer``; nothing is then to be kept.
    """
    try:
        secret = read_bounded(identity, MEGABYTE).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(f"« {identity.name} » ne contient pas de clé secrète.") from error
    transfer = open_transfer(read_bounded(path), secret)
    return transfer, merge(held(tuple(parcel.reference for parcel in transfer.parcels)), transfer)
