"""The transfer file: dossiers and their papers, listed with checksums, in an age file to public keys.

Inside the age file lies a zip without compression: ``manifest.json``, ``dossiers/REFERENCE.json`` and
``attachments/REFERENCE/N``. Names that people gave are in the manifest only, and nothing is unpacked by name.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from forms.dossier.model import SPECIMEN, Dossier
from forms.dossier.reading import dossier_from_json, dossier_to_json
from forms.exchange.bounds import FILE_LIMIT, MEGABYTE, MEMBERS_LIMIT, check_size, member, opened
from forms.exchange.keys import parse_identity, parse_recipients, recipient
from forms.exchange.manifest import FORMAT, ListedDossier, ListedFile, Manifest, files_of, manifest_from, plain_name
from forms.faults import Fault
from forms.french import plural, whole

NAME = "Le fichier de transfert"
MANIFEST = "manifest.json"

_AGE = b"age-encryption.org/"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # zip knows no day before


@dataclass(frozen=True)
class Attachment:
    """A paper: the plain name of its file, as in ``documents[].file``, and its bytes."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Parcel:
    """One dossier as it travels: its printed version (from 1) and the edition (hash) it was judged with."""

    reference: str
    version: int
    edition: str
    dossier: Dossier = field(repr=False)
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)

    @property
    def digest(self) -> str:
        """Give the SHA-256 of all that the parcel says, in hexadecimal: same digest, same content."""
        total = hashlib.sha256(f"{self.version}\n{self.edition}\n{dossier_to_json(self.dossier)}\n".encode())
        for paper in sorted(self.attachments, key=lambda paper: paper.name):
            total.update(f"{paper.name}\n{_sha(paper.data)}\n".encode())
        return total.hexdigest()


@dataclass(frozen=True)
class Sealed:
    """The bytes of a transfer file, and the ``receipt`` that whoever opens it will read out."""

    data: bytes = field(repr=False)
    receipt: str


@dataclass(frozen=True)
class Transfer:
    """A transfer file, opened and checked whole; ``receipt`` is read out to confirm that it arrived."""

    made_at: dt.datetime
    parcels: tuple[Parcel, ...]
    receipt: str


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def pack_transfer(parcels: Sequence[Parcel], recipients: Sequence[str], made_at: dt.datetime) -> Sealed:
    """Give a transfer file that only the recipients' secret keys open; the caller writes it.

    Raises:
        Fault: a recipient's key is wrong; there is nothing to send, or more than one file holds, or a dossier of the
            practice.
        ValueError: ``made_at`` without a zone, references that disagree, an attachment named by a path (our bugs).
    """
    from pyrage import encrypt  # noqa: PLC0415 - a library of 2 MB, for those who transfer

    if made_at.tzinfo is None:
        raise ValueError("a time without a zone")
    if not parcels:
        raise Fault("Aucun dossier à transmettre.")
    if any(parcel.reference.startswith(SPECIMEN) for parcel in parcels):
        raise Fault("Un dossier d’entraînement (SPÉCIMEN) ne se transmet pas.")
    keys = [recipient(line) for line in parse_recipients("\n".join(recipients))]
    size = sum(len(paper.data) for parcel in parcels for paper in parcel.attachments)
    count = sum(1 + len(parcel.attachments) for parcel in parcels)
    if size <= FILE_LIMIT and count < MEMBERS_LIMIT:
        inside = packed(parcels, made_at)
        # age adds 16 bytes each 64 KB and a header: a megabyte is more than both.
        if len(inside) <= FILE_LIMIT - MEGABYTE:
            # Opened again as whoever receives it will: what cannot be read does not leave.
            return Sealed(encrypt(inside, keys), unpacked(inside).receipt)
    raise Fault(
        f"Ces {plural(len(parcels), 'dossier')} et leurs pièces dépassent {FILE_LIMIT // MEGABYTE} Mo ou "
        f"{whole(MEMBERS_LIMIT)} fichiers : faites plusieurs fichiers de transfert."
    )


def packed(parcels: Sequence[Parcel], made_at: dt.datetime) -> bytes:
    """Give the archive inside the age file: same parcels and time, same bytes."""
    files: dict[str, bytes] = {}
    listed = []
    for parcel in sorted(parcels, key=lambda parcel: parcel.reference):
        papers = []
        for number, paper in enumerate(parcel.attachments, 1):
            if not plain_name(paper.name):
                raise ValueError("the name of an attachment is a path")
            path = f"attachments/{parcel.reference}/{number}"
            files[path] = paper.data
            papers.append(ListedFile(name=paper.name, file=path, size=len(paper.data), sha256=_sha(paper.data)))
        path = f"dossiers/{parcel.reference}.json"
        if path in files or parcel.dossier.reference not in {None, parcel.reference}:
            raise ValueError("one reference twice, or two for one dossier")
        data = files[path] = dossier_to_json(parcel.dossier).encode()
        listed.append(
            ListedDossier(
                reference=parcel.reference,
                version=parcel.version,
                edition=parcel.edition,
                file=path,
                size=len(data),
                sha256=_sha(data),
                attachments=tuple(papers),
            )
        )
    manifest = Manifest(format=FORMAT, made_at=made_at.isoformat(), files=len(files), dossiers=tuple(listed))
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, data in ((MANIFEST, manifest.model_dump_json().encode()), *sorted(files.items())):
            archive.writestr(zipfile.ZipInfo(path, _EARLIEST), data)
    return out.getvalue()


def open_transfer(data: bytes, identity: str) -> Transfer:
    """Decrypt a transfer file and check all of it before giving anything.

    Raises:
        Fault: no transfer file, not for this key, cut, changed, larger than the limits, of another format, a list
            that is not what it holds, a dossier that cannot be read. Nothing is then to be kept of it.
    """
    from pyrage import DecryptError, decrypt  # noqa: PLC0415 - as above

    check_size(data, "Ce fichier de transfert")
    if not data.startswith(_AGE):
        raise Fault("Ce n’est pas un fichier de transfert.")
    key = parse_identity(identity)
    try:
        inside = decrypt(data, [key])
    except DecryptError as error:
        # age says so in these words, where its header is sound and no part of it is for this key.
        if "No matching keys" in str(error):
            raise Fault(
                "Ce fichier de transfert n’est pas pour cette clé : il a été chiffré pour une autre."
            ) from error
        raise Fault(f"{NAME} est incomplet ou a été modifié : demandez qu’il soit envoyé de nouveau.") from error
    return unpacked(inside)


def unpacked(inside: bytes) -> Transfer:
    """Check the archive inside an age file, and give what it holds (``Fault``, as ``open_transfer``)."""
    with opened(inside, "Le contenu du transfert") as archive:
        members = _members(archive, len(inside))
        if MANIFEST not in members:
            raise Fault(f"{NAME} n’a pas de liste de son contenu : il ne vient pas de ce programme.")
        listing = member(archive, members.pop(MANIFEST), NAME)
        manifest = manifest_from(listing)
        if any(one.reference.startswith(SPECIMEN) for one in manifest.dossiers):
            raise Fault(f"{NAME} contient un dossier d’entraînement (SPÉCIMEN) : rien n’est repris.")
        wanted = {entry.file: entry for one in manifest.dossiers for entry in files_of(one)}
        if set(wanted) != set(members) or len(wanted) != manifest.files:
            raise Fault(f"{NAME} ne contient pas ce que dit sa liste : demandez qu’il soit envoyé de nouveau.")
        held = {path: _checked(archive, members[path], entry) for path, entry in wanted.items()}
    parcels = tuple(_parcel(entry, held) for entry in manifest.dossiers)
    digits = _sha(listing)[:12].upper()
    receipt = "-".join((digits[:4], digits[4:8], digits[8:]))
    return Transfer(dt.datetime.fromisoformat(manifest.made_at), parcels, receipt)


def _members(archive: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    """Give the files by name: none compressed, none twice, and together no larger than the archive (no bomb)."""
    listed = archive.infolist()
    found = {info.filename: info for info in listed}
    stored = all(info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1 for info in listed)
    if not stored or len(found) != len(listed) or sum(info.file_size for info in listed) > size:
        raise Fault(f"{NAME} n’est pas fait comme ceux de ce programme : il est refusé.")
    return found


def _checked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, entry: ListedFile | ListedDossier) -> bytes:
    data = member(archive, info, NAME)
    if len(data) != entry.size or _sha(data) != entry.sha256:
        raise Fault(f"{NAME} a été modifié (« {entry.file} ») : demandez qu’il soit envoyé de nouveau.")
    return data


def _parcel(entry: ListedDossier, held: dict[str, bytes]) -> Parcel:
    try:
        dossier = dossier_from_json(held[entry.file].decode())
    except UnicodeDecodeError as error:
        raise Fault(f"{NAME} : le dossier {entry.reference} n’est pas du texte ; rien n’est repris.") from error
    except Fault as fault:
        raise Fault(f"{NAME} : dossier {entry.reference}, rien n’est repris. {fault}") from fault
    if dossier.reference not in {None, entry.reference}:
        raise Fault(f"{NAME} : le dossier {entry.reference} porte une autre référence ; rien n’est repris.")
    papers = tuple(Attachment(paper.name, held[paper.file]) for paper in entry.attachments)
    return Parcel(entry.reference, entry.version, entry.edition, dossier, papers)
