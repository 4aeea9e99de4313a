"""A draft as it travels, and back: its dossier, its version, and the files of the papers that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.drafts import attachments, journal
from forms.exchange.transfer import Attachment, Parcel
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms.drafts.attachments import Attachment as Kept
    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore

_ENDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
_NAME = re.compile(r"([a-z_]{1,40}-[0-9]{1,4})\.[0-9]{1,3}\.(?:pdf|jpg|png)")


@dataclass(frozen=True)
class Trip:
    """One dossier that left this computer, or came: which version, with what content, in which transfer."""

    reference: str
    version: int
    digest: str
    receipt: str


def papers_of(store: DraftStore, draft: Draft) -> list[tuple[str, Kept]]:
    """Give the files of the papers that the dossier names, each with the name under which it travels.

    ``school_certificate-2.1.pdf``: the paper, the place of the file in it. What was taken out of the dossier stays.

    Raises:
        Fault: the database cannot be read.
    """
    named = {document.file for document in draft.dossier.documents if document.file}
    found: list[tuple[str, Kept]] = []
    places: dict[str, int] = {}
    for kept in attachments.listed(store, draft.reference):
        if kept.paper in named:
            places[kept.paper] = places.get(kept.paper, 0) + 1
            found.append((f"{kept.paper}.{places[kept.paper]}.{_ENDS.get(kept.media, 'pdf')}", kept))
    return found


def parcel_of(store: DraftStore, draft: Draft) -> Parcel:
    """Give a draft with its papers as it travels.

    Raises:
        Fault: the database cannot be read, or a file of it is damaged.
    """
    papers = tuple(Attachment(name, attachments.content_of(store, kept)) for name, kept in papers_of(store, draft))
    return Parcel(draft.reference, draft.version, draft.edition, draft.dossier, papers)


def paper_of(name: str) -> str:
    """Give the paper of a file that travelled.

    Raises:
        Fault: its name is not one that ``papers_of`` gives.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        raise Fault(f"La pièce « {name} » n’est pas nommée comme celles de ce programme.")
    return found[1]


def trips(store: DraftStore, kind: journal.Kind) -> Iterator[tuple[journal.Entry, Trip]]:
    """Give what was ``exported`` or ``received``, the oldest first, as the journal has it.

    Raises:
        Fault: the journal cannot be read.
    """
    for entry in store.noted(kind=kind):
        match entry.detail:
            case {"version": int(version), "digest": str(digest), "receipt": str(receipt)}:
                yield entry, Trip(entry.reference, version, digest, receipt)


def detail_of(parcel: Parcel, receipt: str) -> journal.Detail:
    """Give what the journal says of a parcel that leaves or comes."""
    return {"version": parcel.version, "digest": parcel.digest, "receipt": receipt}
