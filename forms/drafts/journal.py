"""The journal: what was done to the drafts, in order, each entry bound to the one before by its hash.

It names references and places of a dossier, never what was said there, so that it may outlive a purge.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from forms.drafts.draft import written
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms.drafts.cipher import Database

Kind = Literal[
    "created",
    "changed",
    "opened",
    "printed",
    "reprinted",
    "sent",
    "confirmed",
    "exported",
    "received",
    "scanned",
    "attached",
    "detached",
    "decided",
    "deleted",
    "purged",
    "certified",
    "restored",
    "closed",
    "imported",
]
"""What is noted. ``changed`` says paths, ``imported`` the counts of an employer's list, ``printed`` and ``reprinted``
the PDF's hash, ``scanned`` what came of a paper read back, ``exported`` and ``received`` version, digest and receipt of
what left or came, ``certified`` the counts of a purge, ``closed`` the files of a day's end."""

Detail = dict[str, Any]

_FIRST = "0" * 64
_SHOWN = 32
"""Hexadecimal digits of a head on paper: 128 bits, in groups of four."""
# Made once: json.dumps would make one at each call, at each field that is saved.
_DETAIL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_ROW = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_HEAD = re.compile(rf"([0-9]{{1,12}})-([0-9a-f]{{{_SHOWN}}})")


@dataclass(frozen=True)
class Entry:
    """One line: ``number`` from 1, ``reference`` "" when it is about no single draft, ``at`` in UTC."""

    number: int
    at: dt.datetime
    kind: str
    reference: str
    detail: Detail
    digest: str

    @property
    def head(self) -> str:
        """Give what is printed to hold all that came until here: ``412-7f3a 90c2 …``."""
        return _head(self.number, self.digest)


@dataclass(frozen=True)
class Verdict:
    """What a look at the whole journal found: ``flaw`` is one French line, or None when it is as it was written."""

    entries: int
    head: str
    flaw: str | None


def append(database: Database, at: dt.datetime, kind: Kind, reference: str = "", detail: Detail | None = None) -> str:
    """Add an entry inside the caller's transaction; give the new head. ``detail`` is JSON, with nothing of people."""
    last = database.execute("SELECT number, digest FROM journal ORDER BY number DESC LIMIT 1").fetchone()
    number, before = (last[0] + 1, last[1]) if last else (1, _FIRST)
    said = _DETAIL(detail or {})
    row = (number, written(at), kind, reference, said)
    digest = _digest(before, row)
    database.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", [*row, digest])
    return _head(number, digest)


def head(database: Database) -> str:
    """Give the head to print at the day's closing; "" while nothing is noted."""
    last = database.execute("SELECT number, digest FROM journal ORDER BY number DESC LIMIT 1").fetchone()
    return _head(last[0], last[1]) if last else ""


def entries(database: Database, reference: str | None = None, kind: Kind | None = None) -> Iterator[Entry]:
    """Give the entries in order, of one draft or of one kind if asked."""
    asked = [(name, value) for name, value in (("reference", reference), ("kind", kind)) if value is not None]
    where = " AND ".join(f"{name} = ?" for name, _ in asked) or "1"
    rows = database.execute(
        f"SELECT * FROM journal WHERE {where} ORDER BY number",  # noqa: S608 - no value is in it
        [value for _, value in asked],
    )
    for number, at, said, about, detail, digest in rows:
        yield Entry(number, dt.datetime.fromisoformat(at), said, about, json.loads(detail), digest)


def verify(database: Database, printed: str | None = None) -> Verdict:
    """Compute every hash again; with a head that was ``printed``, find a tail that was cut or written anew.

    Raises:
        Fault: ``printed`` is no head.
    """
    wanted = read_head(printed) if printed is not None else None
    number, before, flaw = 0, _FIRST, None
    for row in database.execute("SELECT * FROM journal ORDER BY number"):
        number += 1
        *said, digest = row
        if row[0] != number:
            flaw = flaw or f"Le journal a été changé : l’entrée {number} manque."
        elif digest != _computed(before, tuple(said)):
            flaw = flaw or f"Le journal a été changé : l’entrée {number} n’est plus celle qui a été écrite."
        elif wanted and wanted[0] == number and not digest.startswith(wanted[1]):
            flaw = flaw or f"Le journal a été récrit : l’entrée {number} n’est pas celle qui a été imprimée."
        number, before = row[0], str(digest)
    if flaw is None and wanted and wanted[0] > number:
        flaw = f"La fin du journal manque : il y a {number} entrées, {wanted[0]} avaient été imprimées."
    return Verdict(number, _head(number, before) if number else "", flaw)


def _computed(before: str, row: tuple[Any, ...]) -> str | None:
    try:
        return _digest(before, row)
    except TypeError:
        return None  # no text any more


def _digest(before: str, row: tuple[Any, ...]) -> str:
    text = _ROW(row)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def _head(number: int, digest: str) -> str:
    groups = (digest[start : start + 4] for start in range(0, _SHOWN, 4))
    return f"{number}-{' '.join(groups)}"


def read_head(text: str) -> tuple[int, str]:
    """Give the number of an entry and the beginning of its hash, from a head as it was printed, spaces or not.

    Raises:
        Fault: it is no head.
    """
    found = _HEAD.fullmatch("".join(text.split()).lower())
    if found is None:
        raise Fault(
            "Ce n’est pas une empreinte de journal : elle a un numéro, un tiret et huit groupes de quatre "
            "chiffres ou lettres de a à f, par exemple « 412-7f3a 90c2 … »."
        )
    return int(found[1]), found[2]
