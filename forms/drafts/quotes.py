"""Quotes kept with a draft, beside its papers: they leave with it, and change nothing of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from forms.assessment.supposing import Estimate
from forms.drafts.attachments import QUOTE, new_paper
from forms.drafts.cipher import faults_of
from forms.drafts.draft import written
from forms.faults import Fault

if TYPE_CHECKING:
    from forms.drafts.store import DraftStore

COUNT_LIMIT = 20
"""Quotes of one draft: a choice among more than that is none."""
_SIZE_LIMIT = 200_000


@dataclass(frozen=True)
class Kept:
    """A quote as kept: ``number`` in the store, ``name`` (``quote-1``) in its draft."""

    number: int
    reference: str
    name: str
    estimate: Estimate


def keep(store: DraftStore, reference: str, estimate: Estimate) -> Kept:
    """Keep a quote with a draft.

    Raises:
        Fault: the draft has too many, or the disk refuses.
    """
    content = estimate.model_dump_json().encode()
    if len(content) > _SIZE_LIMIT:
        raise Fault("Ce devis est trop long pour être gardé.")
    name = new_paper(store, reference, "quote")
    digest = hashlib.sha256(content).hexdigest()
    with store.transaction() as database:
        counting = "SELECT count(*) FROM attachments WHERE reference = ? AND media = ?"
        if database.execute(counting, [reference, QUOTE]).fetchone()[0] >= COUNT_LIMIT:
            raise Fault(f"Ce dossier a déjà {COUNT_LIMIT} devis : supprimez-en un.")
        columns = "reference, paper, media, size, digest, added_at, content"
        values = [reference, name, QUOTE, len(content), digest, written(estimate.made_at), content]
        number = database.execute(
            f"INSERT INTO attachments ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            values,
        ).lastrowid
    return Kept(number or 0, reference, name, estimate)


def kept(store: DraftStore, reference: str) -> tuple[Kept, ...]:
    """Give the quotes of a draft, the newest first; one that cannot be read is left out.

    Raises:
        Fault: the database cannot be read.
    """
    with faults_of(store.path):
        rows = store.database.execute(
            "SELECT number, paper, content, digest FROM attachments WHERE reference = ? AND media = ? "
            "ORDER BY number DESC",
            [reference, QUOTE],
        ).fetchall()
    found = []
    for number, name, content, digest in rows:
        try:
            if hashlib.sha256(content).hexdigest() == digest:
                found.append(Kept(number, reference, name, Estimate.model_validate_json(content)))
        except (ValidationError, TypeError):
            continue
    return tuple(found)


def drop(store: DraftStore, quote: Kept) -> None:
    """Take a quote away, by what it says: put back, it has another number. One that is not there is no fault.

    Raises:
        Fault: it could not be taken away.
    """
    digest = hashlib.sha256(quote.estimate.model_dump_json().encode()).hexdigest()
    with store.transaction() as database:
        database.execute(
            "DELETE FROM attachments WHERE reference = ? AND media = ? AND digest = ?", [quote.reference, QUOTE, digest]
        )
