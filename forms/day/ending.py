"""The end of a day: its lists, its transfer file and its page written in one folder, or none of it, and the journal."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from forms.day.looking import LOAD, Day, look
from forms.day.parcels import detail_of, parcel_of, trips
from forms.day.recipients import Recipient, recipients
from forms.day.sheet import Shown, day_sheet
from forms.dossier.states import ON_PAPER
from forms.drafts import journal, states
from forms.drafts.files import added, erase, making_in, put_in_place
from forms.exchange.lists import employer_csv, employer_xlsx
from forms.exchange.transfer import Parcel, pack_transfer
from forms.faults import Fault
from forms.french import fold

if TYPE_CHECKING:
    from forms.convention import Convention
    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore
    from forms.exchange.closing import EmployerList

_PLAIN = re.compile(r"[^a-z0-9]+")
_MANY = 1_000
"""Dossiers of one transfer file."""


@dataclass(frozen=True)
class Sent:
    """One transfer file: its name, and the receipt that headquarters will read out."""

    name: str
    receipt: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Closed:
    """A day that was closed: where its files are, and the page to print, which is one of them."""

    folder: Path
    files: tuple[str, ...]
    transfers: tuple[Sent, ...]
    head: str
    page: bytes = field(repr=False)


@dataclass(frozen=True)
class Confirmed:
    """What a confirmation made `transmis`, and what it left: changed since it was written, damaged, or gone."""

    sent: tuple[str, ...]
    left: tuple[str, ...]


def close(
    store: DraftStore,
    conventions: Mapping[str, Convention],
    into: Path,
    today: dt.date,
    now: dt.datetime,
    *,
    again: bool = False,
) -> Closed:
    """Close the day into a new folder of ``into``: an employer's list each, the transfer file, the page.

    Dossiers stay `imprimé` until ``confirm``. Without a recipient there is no transfer file. Where something fails,
    nothing is noted and what was written is taken back. A kill or a power cut between the last file and the commit
    leaves a folder that the journal does not know: closing again writes another one, with the same dossiers; the
    receipt of the first confirms nothing, and headquarters that received both finds the second unchanged.

    Raises:
        Fault: the day has no dossier, or something cannot be read or written.
    """
    folder: Path | None = None
    try:
        with store.transaction() as database:
            day = _closable(look(store, conventions, today, now, again=again))
            to = recipients(store)
            files = dict(_lists(day, now))
            transfers = []
            for name, parcels in _loads(store, day.going, now) if to else ():
                sealed = pack_transfer(parcels, [one.key for one in to], now)
                files[name] = sealed.data
                transfers.append(Sent(name, sealed.receipt, tuple(parcel.reference for parcel in parcels)))
                for parcel in parcels:
                    journal.append(database, now, "exported", parcel.reference, detail_of(parcel, sealed.receipt))
            digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
            head = journal.append(database, now, "closed", detail=_detail(day, digests, to))
            page = day_sheet(Shown(day, now, head, digests, tuple((one.name, one.receipt) for one in transfers), to))
            files[f"cloture-{_stamp(now)}.pdf"] = page
            folder = _written(into, files, now)
    except BaseException:
        if folder is not None:  # written, and not noted: it is taken back
            erase(folder)
        raise
    return Closed(folder, tuple(files), tuple(transfers), head, page)


def confirm(store: DraftStore, receipt: str, now: dt.datetime) -> Confirmed:
    """Make `transmis`, and confirmed, what went in the transfer of this receipt and is still as it went.

    Raises:
        Fault: nothing was kept.
    """
    sent: list[str] = []
    left: list[str] = []
    with store.transaction() as database:
        for _, trip in trips(store, "exported"):
            if trip.receipt != receipt:
                continue
            try:
                draft = store.load(trip.reference)
            except Fault:
                left.append(trip.reference)
                continue
            same = draft.state in ON_PAPER and _digest(store, draft) == trip.digest
            (sent if same else left).append(trip.reference)
            if same and draft.confirmed_at is None:
                # Its day stays its own: only what was said moves the time of a draft.
                store.save(states.confirmed(states.sent(draft), now))
                detail: journal.Detail = {"version": trip.version, "digest": trip.digest, "receipt": receipt}
                journal.append(database, now, "sent", trip.reference, detail)
        journal.append(database, now, "confirmed", detail={"receipt": receipt, "sent": len(sent), "left": len(left)})
    return Confirmed(tuple(sent), tuple(left))


def _digest(store: DraftStore, draft: Draft) -> str:
    try:
        return parcel_of(store, draft).digest
    except Fault:
        return ""  # a damaged paper: whether it is as it went cannot be told


def _closable(day: Day) -> Day:
    if not day.lines:
        raise Fault("Il n’y a aucun dossier à clôturer.")
    return day


def _detail(day: Day, digests: Mapping[str, str], to: Sequence[Recipient]) -> journal.Detail:
    return {
        # Lists are named by employers, and no one else.
        "files": dict(digests),
        "states": day.closing.states,
        # What is left out of its list comes back until it stands on one.
        "listed": {reference: day.drafts[reference].version for reference in sorted(day.closing.settled)},
        "to": [one.fingerprint for one in to],
    }


def _lists(day: Day, now: dt.datetime) -> Iterator[tuple[str, bytes]]:
    """Give each employer's list twice, under names that tell employers apart."""
    taken: set[str] = set()
    for made in day.closing.lists:
        name = _name(made)
        while name in taken:
            name = f"{name}-2"
        taken.add(name)
        yield f"liste-{name}-{now.date().isoformat()}.xlsx", employer_xlsx(made, now)
        yield f"liste-{name}-{now.date().isoformat()}.csv", employer_csv(made)


def _name(made: EmployerList) -> str:
    plain = _PLAIN.sub("-", fold(made.employer)).strip("-")[:60].strip("-")
    return plain or made.siret or "employeur"


def _loads(store: DraftStore, going: Sequence[Draft], now: dt.datetime) -> Iterator[tuple[str, list[Parcel]]]:
    """Part what goes into files that each hold what one may; nearly always one."""
    loads: list[list[Parcel]] = []
    room = 0
    for draft in going:
        parcel = parcel_of(store, draft)
        size = sum(len(paper.data) for paper in parcel.attachments)
        if not loads or size > room or len(loads[-1]) == _MANY:
            loads.append([])
            room = LOAD
        loads[-1].append(parcel)
        room -= size
    for number, parcels in enumerate(loads, 1):
        part = f"-{number}" if len(loads) > 1 else ""
        yield f"transfert-{_stamp(now)}{part}.age", parcels


def _stamp(now: dt.datetime) -> str:
    return now.strftime("%Y-%m-%d-%Hh%M")


def _written(into: Path, files: Mapping[str, bytes], now: dt.datetime) -> Path:
    """Write the files in a new folder of ``into``, which has its name once all of them are on the disk."""
    making = making_in(into)
    try:
        for name, data in files.items():
            added(making / name, data)
        name = f"Clôture {_stamp(now)}"
        number = 1
        target = into / name
        while target.exists():
            number += 1
            target = into / f"{name} ({number})"
        put_in_place(making, target)
    except BaseException:
        erase(making)
        raise
    return target
