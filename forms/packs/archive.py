r"""One file of a pack, written and read: the signature, the list that it signs, then the files themselves.

``permanence.pack/1\n``, 64 bytes of Ed25519 over the list, the list's length (4 bytes, big-endian), the list (JSON),
and one xz stream of the files one after the other, in the list's order. The stream names nothing: no path, link or
size is believed but those that were signed.
"""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.exchange.bounds import read_bounded
from forms.packs.keys import SIGNATURE_BYTES, PublicKey
from forms.packs.manifest import FORMAT, MANIFEST_LIMIT, Manifest, PackedFile, manifest_from, refused

if TYPE_CHECKING:
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PACK_LIMIT = 200_000_000
"""Bytes of a pack: four times that of a program."""

_MAGIC = f"{FORMAT}\n".encode()
_LENGTH = 4
_DAMAGED = "le fichier est abîmé ou incomplet"
_PRESET = 2  # a quarter of xz's usual time for a tenth more bytes
_MEMORY = 128_000_000  # bytes that unpacking may take: 5 million at this preset


@dataclass(frozen=True)
class Pack:
    """A pack whose signature is good; ``verified`` has read all of it. ``digest`` is the SHA-256 of its list."""

    manifest: Manifest
    signer: PublicKey
    digest: str
    _stream: bytes = field(repr=False)

    def files(self) -> Iterator[tuple[PackedFile, bytes]]:
        """Give each file and its bytes, as listed, in order.

        Raises:
            Fault: one is not what the list says, or there is more or less than it says.
        """
        stream = _Stream(self._stream)
        for file in self.manifest.files:
            data = stream.take(file.size)
            if len(data) != file.size or hashlib.sha256(data).hexdigest() != file.sha256:
                raise refused(f"« {file.path} » a été modifié")
            yield file, data
        stream.must_end()


def packed(manifest: Manifest, contents: Iterable[bytes], key: Ed25519PrivateKey) -> bytes:
    """Give the bytes of a pack; the same content, key and time give the same bytes."""
    listing = manifest.model_dump_json(exclude_defaults=True).encode()
    compressor = lzma.LZMACompressor(preset=_PRESET)
    stream = [compressor.compress(data) for data in contents]
    head = [_MAGIC, key.sign(listing), len(listing).to_bytes(_LENGTH, "big"), listing]
    return b"".join([*head, *stream, compressor.flush()])


def opened(data: bytes, keys: Sequence[PublicKey]) -> Pack:
    """Check who signed a pack, then read its list.

    Raises:
        Fault: it is no pack, none of ``keys`` signed it, or its list is not one.
    """
    if not data.startswith(_MAGIC):
        if data.startswith(_MAGIC.rstrip(b"1\n")):
            raise refused("elle est d’un autre format que celui que ce programme lit")
        raise refused("ce n’est pas un fichier de mise à jour de ce programme")
    at = len(_MAGIC)
    signature, at = data[at : at + SIGNATURE_BYTES], at + SIGNATURE_BYTES
    length, at = int.from_bytes(data[at : at + _LENGTH], "big"), at + _LENGTH
    if length > MANIFEST_LIMIT or at + length > len(data):
        raise refused(_DAMAGED)
    listing = data[at : at + length]
    signer = next((key for key in keys if key.has_signed(signature, listing)), None)
    if signer is None:
        raise refused("elle n’est pas signée par l’éditeur, ou elle a été modifiée")
    return Pack(manifest_from(listing), signer, hashlib.sha256(listing).hexdigest(), data[at + length :])


def verified(path: Path, keys: Sequence[PublicKey]) -> Pack:
    """Read a pack whole, and check all of it; nothing is written. The bytes that were checked are those it gives.

    Raises:
        Fault: see ``opened`` and ``Pack.files``; or the file cannot be read.
    """
    pack = opened(read_bounded(path, PACK_LIMIT), keys)
    for _ in pack.files():
        pass
    return pack


class _Stream:
    """The xz stream, unpacked no further than is asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._unpacking = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)

    def take(self, size: int) -> bytes:
        """Give ``size`` bytes, or fewer where there are no more."""
        parts, left = [], size
        while left and (part := self._more(left)):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def must_end(self) -> None:
        """Refuse (``Fault``) a stream that is cut, or goes on; and a file that goes on after it."""
        if self._more(1) or self._unpacking.unused_data:
            raise refused("elle contient plus que ce que dit sa liste")
        if not self._unpacking.eof:
            raise refused(_DAMAGED)

    def _more(self, size: int) -> bytes:
        if self._unpacking.eof:
            return b""
        data, self._data = self._data, b""
        try:
            return self._unpacking.decompress(data, max_length=size)
        except lzma.LZMAError as error:
            raise refused(_DAMAGED) from error
