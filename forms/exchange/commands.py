"""From files: a dry run of a list of agents, the secret key of headquarters, a transfer to receive; none writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from forms.exchange.bounds import MEGABYTE, read_bounded
from forms.exchange.keys import is_locked, unlocked_identity
from forms.exchange.merging import Merge, merge
from forms.exchange.roster import Mapped, Report, Roster, dry_run, read_roster
from forms.exchange.transfer import Parcel, Transfer, open_transfer

Held = Callable[[tuple[str, ...]], Mapping[str, Parcel]]
"""Gives what is kept here of these references."""


def run_dry(path: Path, remembered: Mapping[str, str], today: dt.date) -> tuple[Roster, Mapped, Report]:
    """Read a list of agents from a file and say what importing it would do (``Fault``: see ``read_roster``)."""
    roster = read_roster(read_bounded(path), path.name)
    mapping = roster.mapping(remembered)
    return roster, mapping, dry_run(roster, mapping, today)


def identity_of(path: Path, ask: Callable[[], str]) -> str:
    """Give the secret key that a file holds; its passphrase is asked where the file is locked by one.

    Raises:
        Fault: the file cannot be read, holds no key, or the passphrase does not open it.
    """
    data = read_bounded(path, MEGABYTE)
    return unlocked_identity(data, ask() if is_locked(data) else "", path.name)


def receive(path: Path, identity: str, held: Held) -> tuple[Transfer, Merge]:
    """Open a transfer file with the text of a secret key, beside what is held here.

    The caller keeps ``Merge.written`` in one transaction. ``Fault``: see ``open_transfer``; nothing is then to be kept.
    """
    transfer = open_transfer(read_bounded(path), identity)
    return transfer, merge(held(tuple(parcel.reference for parcel in transfer.parcels)), transfer)
