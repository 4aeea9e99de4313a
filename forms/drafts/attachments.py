"""Papers that were attached: scans kept in the encrypted database, of a known kind and a bounded size."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from forms.dossier.reading import dossier_from_json
from forms.drafts import journal
from forms.drafts.cipher import faults_of
from forms.drafts.draft import written
from forms.drafts.files import reason
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection
    from pathlib import Path

    from forms.drafts.store import DraftStore

Media = Literal["application/pdf", "image/jpeg", "image/png"]

SIZE_LIMIT = 10_000_000
"""Bytes of one file: a colour page at 300 dpi is some 2,000,000."""
COUNT_LIMIT = 40
"""Files of one draft."""
SIGNED = "signed_bulletin"
"""What a signed bulletin is called, read back from its scan: no paper that a dossier names."""
PAPERS_LIMIT_WORDS = f"{SIZE_LIMIT // 1_000_000} Mo au plus par fichier, {COUNT_LIMIT} fichiers par dossier"
"""Both limits, as whoever attaches is told."""
QUOTE = "application/vnd.permanence.quote+json"
"""What a kept quote is in the same table: no paper, never listed here (``forms.drafts.quotes``)."""

_BEGINNINGS: dict[bytes, Media] = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
_PAPER = re.compile(r"[a-z_]{1,40}-[0-9]{1,4}")


@dataclass(frozen=True)
class Attachment:
    """One file, without its content: ``number`` in the store, ``paper`` as ``Document.file`` says it, bytes, SHA-256.

    A paper's name is made by ``new_paper``: it says its kind and a number, never a person nor a place in the dossier,
    which moves when someone is taken out. Several files may make one paper.
    """

    number: int
    reference: str
    paper: str
    media: Media
    size: int
    digest: str


def read(path: Path) -> bytes:
    """Read a file to attach, no more of it than may be attached.

    Raises:
        Fault: it cannot be read, is too large, or is neither PDF, JPEG nor PNG.
    """
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise Fault(f"« {path.name} » n’est plus là.") from None
    except OSError as error:
        raise Fault(f"Impossible de lire « {path.name} » : {reason(error)}.") from error
    media_of(content)
    return content


def media_of(content: bytes) -> Media:
    """Give what a file is by its first bytes, whatever its name says.

    Raises:
        Fault: it is empty, too large, or none of those kept.
    """
    if len(content) > SIZE_LIMIT:
        raise Fault(f"Ce fichier est trop gros : {SIZE_LIMIT // 1_000_000} Mo au plus. Numérisez-le en gris.")
    media = next((media for start, media in _BEGINNINGS.items() if content.startswith(start)), None)
    if media is None:
        raise Fault("Ce fichier n’est ni un PDF, ni une image JPEG ou PNG : il n’a pas été joint.")
    return media


def new_paper(store: DraftStore, reference: str, kind: str) -> str:
    """Give a name that no paper of this draft had: ``school_certificate-2``; ``kind`` is a ``DocumentKind``."""
    with faults_of(store.path):
        papers = store.database.execute("SELECT DISTINCT paper FROM attachments WHERE reference = ?", [reference])
        taken = [int(row[0].rsplit("-", 1)[1]) for row in papers]
    return f"{kind}-{max(taken, default=0) + 1}"


def attach(store: DraftStore, reference: str, paper: str, content: bytes, at: dt.datetime) -> Attachment:
    """Keep a file for a paper of a draft.

    Raises:
        Fault: it is not to be kept (``media_of``), there are too many, or the disk refuses.
    """
    if not _PAPER.fullmatch(paper):
        raise ValueError("a paper is named by new_paper")
    media, digest = media_of(content), hashlib.sha256(content).hexdigest()
    with store.transaction() as database:
        counting = "SELECT count(*) FROM attachments WHERE reference = ? AND media <> ?"
        count = database.execute(counting, [reference, QUOTE]).fetchone()[0]
        if count >= COUNT_LIMIT:
            raise Fault(f"Ce dossier a déjà {COUNT_LIMIT} fichiers joints : il n’en prend pas plus.")
        columns = "reference, paper, media, size, digest, added_at, content"
        values = [reference, paper, media, len(content), digest, written(at), content]
        number = database.execute(
            f"INSERT INTO attachments ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            values,
        ).lastrowid
        journal.append(database, at, "attached", reference, {"paper": paper, "sha256": digest})
    return Attachment(cast("int", number), reference, paper, media, len(content), digest)


def listed(store: DraftStore, reference: str, paper: str | None = None) -> tuple[Attachment, ...]:
    """Give the files of a draft, or of one of its papers, in the order they were attached; no content is read."""
    where, values = ("", []) if paper is None else (" AND paper = ?", [paper])
    with faults_of(store.path):
        rows = store.database.execute(
            "SELECT number, reference, paper, media, size, digest FROM attachments "  # noqa: S608
            f"WHERE reference = ? AND media <> ?{where} ORDER BY number",
            [reference, QUOTE, *values],
        )
        return tuple(Attachment(*row) for row in rows)


def papers(store: DraftStore, reference: str) -> tuple[Attachment, ...]:
    """Give the files of a draft that a dossier may name: all but its signed bulletins, which no one's change voids."""
    return tuple(one for one in listed(store, reference) if not one.paper.startswith(f"{SIGNED}-"))


def content_of(store: DraftStore, attachment: Attachment) -> bytes:
    """Give the bytes of a file.

    Raises:
        Fault: it is not there any more, or not as it was.
    """
    with faults_of(store.path):
        row = store.database.execute("SELECT content FROM attachments WHERE number = ?", [attachment.number]).fetchone()
    if row is None or hashlib.sha256(row[0]).hexdigest() != attachment.digest:
        raise Fault(f"Un fichier joint au dossier {attachment.reference} n’est plus là, ou il est abîmé.")
    return bytes(row[0])


def detach(store: DraftStore, attachment: Attachment, at: dt.datetime) -> None:
    """Take a file away; one that is not there is no fault. Backups hold it until they are replaced or purged.

    Raises:
        Fault: it could not be taken away.
    """
    with store.transaction() as database:
        if database.execute("DELETE FROM attachments WHERE number = ?", [attachment.number]).rowcount:
            detail: journal.Detail = {"paper": attachment.paper, "sha256": attachment.digest}
            journal.append(database, at, "detached", attachment.reference, detail)


def sweep(store: DraftStore, reference: str, named: Collection[str], at: dt.datetime) -> int:
    """Take away the files of papers that a draft has no more; give how many went.

    A file that was taken out of a dossier stays while that can be undone, and this is called once it cannot.
    ``named``: the papers that the dossier names; those of the draft as kept, of each version on paper, and its signed
    bulletins stay too.

    Raises:
        Fault: the database cannot be read, or refuses.
    """
    kept = set(named)
    with faults_of(store.path):
        rows = store.database.execute(
            "SELECT dossier FROM drafts WHERE reference = ? UNION ALL SELECT dossier FROM printed WHERE reference = ?",
            [reference, reference],
        ).fetchall()
    for (text,) in rows:
        kept |= {document.file for document in dossier_from_json(text).documents if document.file}
    gone = [attachment for attachment in papers(store, reference) if attachment.paper not in kept]
    for attachment in gone:
        detach(store, attachment, at)
    return len(gone)
