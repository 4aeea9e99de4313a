"""Versions that are on paper: the dossier as it was printed, by which edition, and the hash of the PDF."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from forms.dossier.reading import dossier_from_json, dossier_to_json
from forms.dossier.states import ON_PAPER
from forms.drafts import journal, states
from forms.drafts.cipher import faults_of
from forms.faults import Fault

if TYPE_CHECKING:
    from forms.dossier.model import Dossier
    from forms.drafts.cipher import Database
    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore


@dataclass(frozen=True)
class Printed:
    """One version on paper. ``fingerprint`` is the convention's, ``edition`` its name ("2026-1").

    With the same program, the dossier, the kept edition, ``version``, ``printed_at`` (in the zone where it was
    printed), the version before it and the number of copies (in the journal where it is not one) make the same PDF
    again, whose SHA-256 is ``pdf_sha256``. Of a paper that was printed elsewhere and read back from a scan neither the
    time nor the hash is known: None and "".
    """

    reference: str
    version: int
    dossier: Dossier = field(repr=False)
    fingerprint: str
    edition: str
    printed_at: dt.datetime | None
    pdf_sha256: str


def record(
    store: DraftStore, draft: Draft, edition: str, printed_at: dt.datetime, pdf: bytes, *, copies: int = 1
) -> Draft:
    """Note that this draft is on paper; give it in its new state.

    The draft, the version and the journal's entry are one transaction. What was kept of the draft since it was printed
    stays. Printing the same version again (another copy) keeps what was first noted, and adds its own entry.

    Raises:
        Fault: nothing was kept.
        ValueError: it is not complete, or another dossier was printed under this version: our bug.
    """
    kept = replace(states.printed(draft), saved_at=printed_at)
    digest = hashlib.sha256(pdf).hexdigest()
    text = dossier_to_json(draft.dossier)
    with store.transaction() as database:
        key = [draft.reference, draft.version]
        former = database.execute("SELECT dossier FROM printed WHERE reference = ? AND version = ?", key).fetchone()
        if former is None:
            put(database, draft, edition, printed_at, digest)
        elif former[0] != text:
            raise ValueError("this version was printed otherwise")
        if not _is_on_paper(store, draft):
            store.save(kept)
        detail: journal.Detail = {"version": draft.version, "edition": draft.edition, "pdf": digest}
        if copies > 1:
            detail["copies"] = copies
        journal.append(database, printed_at, "printed", draft.reference, detail)
    return kept


def put(database: Database, draft: Draft, edition: str, printed_at: dt.datetime | None, digest: str) -> None:
    """Keep a version as it is on paper, inside the caller's transaction; there is none of its number yet."""
    text, when = dossier_to_json(draft.dossier), printed_at.isoformat() if printed_at else ""
    values = [draft.reference, draft.version, draft.edition, edition, when, digest, text]
    database.execute("INSERT INTO printed VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def versions(store: DraftStore, reference: str) -> tuple[Printed, ...]:
    """Give the versions of a draft that are on paper, the first one first.

    Raises:
        Fault: one of them cannot be read.
    """
    with faults_of(store.path):
        rows = list(store.database.query("SELECT * FROM printed WHERE reference = ? ORDER BY version", [reference]))
    return tuple(_read(row) for row in rows)


def _is_on_paper(store: DraftStore, draft: Draft) -> bool:
    """Tell whether what is kept of a draft already says that this version is on paper, or is of a later one."""
    query = "SELECT version, state FROM drafts WHERE reference = ?"
    row = store.database.execute(query, [draft.reference]).fetchone()
    # The first change after a print opens the next version: at this one, only the place can be newer.
    return row is not None and (row[0] > draft.version or (row[0] == draft.version and row[1] in ON_PAPER))


def _read(row: dict[str, Any]) -> Printed:
    try:
        return Printed(
            **{
                **row,
                "dossier": dossier_from_json(row["dossier"]),
                "printed_at": dt.datetime.fromisoformat(row["printed_at"]) if row["printed_at"] else None,
            }
        )
    except (Fault, TypeError, ValueError) as error:
        said = f"La version {row['version']} imprimée du dossier {row['reference']} ne peut pas être lue"
        raise Fault(f"{said} : elle est abîmée.") from error
