"""A version that is on paper, made again from what was kept of it, and compared with the hash that was noted then."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.assessment import assess
from forms.dossier.documents import name_of_paper
from forms.drafts import attachments, editions, printed
from forms.faults import Fault
from forms.french import plural, short_date, time_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from forms.convention import Convention
    from forms.drafts.printed import Printed
    from forms.drafts.store import DraftStore

HEADERS = ("N°", "Imprimée le", "Édition", "Exemplaires", "Empreinte", "Refaite")
SHARES = (8, 28, 16, 18, 18, 14)


@dataclass(frozen=True)
class Print:
    """One time that a version was printed or saved: ``digest`` of that file, "" for a paper read back from a scan."""

    version: Printed = field(repr=False)
    at: dt.datetime | None
    digest: str
    copies: int
    again: int


@dataclass(frozen=True)
class Kept:
    """All that makes the prints of one dossier again; ``conventions`` by fingerprint, None for one that is not kept."""

    reference: str
    prints: tuple[Print, ...]
    versions: tuple[Printed, ...] = field(repr=False)
    conventions: Mapping[str, Convention | None] = field(repr=False)
    papers: tuple[tuple[str, bytes], ...] = field(repr=False, default=())
    """The files that are attached now, with their titles: some prints hold them."""


@dataclass(frozen=True)
class Made:
    """A print made again: ``same`` when it is the very file of then."""

    pdf: bytes = field(repr=False)
    same: bool


def kept(store: DraftStore, reference: str, installed: Mapping[str, Convention]) -> Kept:
    """Read what was kept of a dossier's prints, the newest first, on the drafts' thread.

    Raises:
        Fault: a version cannot be read.
    """
    versions = printed.versions(store, reference)
    noted, left = store.noted(reference, "printed"), store.noted(reference, "reprinted")
    prints = []
    for version in versions:
        mine = [one for one in noted if one.detail.get("version") == version.version]
        prints += [
            Print(
                version, one.at, one.detail["pdf"], one.detail.get("copies", 1),
                sum(other.detail.get("pdf") == one.detail["pdf"] for other in left),
            )
            for one in mine
        ] or [Print(version, version.printed_at, version.pdf_sha256, 1, 0)]  # fmt: skip
    here = {convention.fingerprint: convention for convention in installed.values()}
    found: dict[str, Convention | None] = {}
    for version in versions:
        if version.fingerprint not in found:
            found[version.fingerprint] = here.get(version.fingerprint) or _kept(store, version.fingerprint)
    return Kept(reference, tuple(reversed(prints)), versions, found, _papers(store, versions))


def row_of(one: Print) -> tuple[str, ...]:
    """Give a print in the order of ``HEADERS``."""
    at = one.at.astimezone() if one.at else None
    return (
        str(one.version.version),
        f"{short_date(at.date())} à {time_of(at)}" if at else "reprise d’un papier scanné",
        one.version.edition,
        str(one.copies) if one.digest else "—",
        short(one.digest, 8) or "inconnue",
        plural(one.again, "fois") if one.again else "jamais",
    )


def short(digest: str, digits: int = 16) -> str:
    """Give the beginning of a hash, as it is compared by eye."""
    return " ".join(digest[start : start + 4] for start in range(0, min(len(digest), digits), 4))


def made(kept: Kept, one: Print, *, specimen: bool) -> Made:
    """Make a print again; it is pure, and takes a second: for the working thread.

    Raises:
        Fault: its edition is not kept, or it was made elsewhere.
    """
    convention = kept.conventions.get(one.version.fingerprint)
    if one.at is None or not one.digest:
        raise Fault("Cette version vient d’un papier scanné : ce poste n’a pas son fichier.")
    if convention is None:
        edition = one.version.edition
        raise Fault(f"L’édition {edition} n’est plus sur cet ordinateur : cette version ne peut pas être refaite.")
    first: bytes | None = None
    for pdf in _candidates(kept, one, convention, specimen=specimen):
        if hashlib.sha256(pdf).hexdigest() == one.digest:
            return Made(pdf, same=True)
        first = first or pdf
    assert first is not None  # noqa: S101 - there is always a first candidate
    return Made(first, same=False)


def _candidates(kept: Kept, one: Print, convention: Convention, *, specimen: bool) -> Iterator[bytes]:
    """Give what the print may have been: in the zone of the first print of that version, then in the desk's own.

    Each alone, then with the files that are attached.
    """
    from forms.bulletin.joined import Joined, with_papers  # noqa: PLC0415 - reportlab and pypdf are not for every day

    assert one.at is not None  # noqa: S101 - the caller has looked
    first = one.version.printed_at
    there, here = one.at.astimezone(first.tzinfo if first else None), one.at.astimezone()
    for at in {when.utcoffset(): when for when in (there, here)}.values():
        alone = _packed(kept, one, convention, at, specimen=specimen)
        yield alone
        if kept.papers:
            yield with_papers(alone, [Joined(title, content) for title, content in kept.papers])


def _packed(kept: Kept, one: Print, convention: Convention, at: dt.datetime, *, specimen: bool) -> bytes:
    from forms.bulletin import Printing, Replaced, changes, pack  # noqa: PLC0415 - reportlab is not for every day

    version = one.version
    former = next((other for other in reversed(kept.versions) if other.version < version.version), None)
    replaces = None
    if former is not None:
        said = changes(former.dossier, version.dossier, convention)
        replaces = Replaced(former.version, said, former.printed_at)
    printing = Printing(kept.reference, version.version, at, specimen=specimen, copies=one.copies, replaces=replaces)
    return pack(version.dossier, assess(version.dossier, convention, at.date()), convention, printing)


def _kept(store: DraftStore, fingerprint: str) -> Convention | None:
    try:
        return editions.kept(store, fingerprint)
    except Fault:
        return None  # this program does not read it any more: said where the version is asked for


def _papers(store: DraftStore, versions: tuple[Printed, ...]) -> tuple[tuple[str, bytes], ...]:
    if not versions:
        return ()
    newest = versions[-1]
    held = {file.paper: file for file in attachments.listed(store, newest.reference)}
    try:
        return tuple(
            (name_of_paper(newest.dossier, given.kind, given.person), attachments.content_of(store, held[given.file]))
            for given in newest.dossier.documents
            if given.kind and given.file in held
        )
    except Fault:
        return ()
