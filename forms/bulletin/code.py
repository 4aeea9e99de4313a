"""The dossier as a QR code: a version byte, deflate with that version's schema dictionary, a CRC-32; and back."""

from __future__ import annotations

import zlib
from functools import cache
from operator import not_
from typing import TYPE_CHECKING

import zxingcpp

from forms.dossier.reading import dossier_from_json, dossier_to_json
from forms.faults import Fault
from forms.resources import resource

if TYPE_CHECKING:
    from forms.bulletin.marks import Modules
    from forms.dossier.model import Dossier

VERSION = 1
SIDE = 64.0
"""Millimetres that page 1 keeps for the code, its white margin included."""
QUIET = 4
_CRC_BYTES = 4
_INFLATED_LIMIT = 200_000
"""Bytes of a dossier out of a code: what is longer was made to harm."""
# Level and millimetres a module, the best first; 0.42 is the smallest that always read at 150 dpi (ground.md).
_WAYS = (("Q", 0.5), ("M", 0.5), ("M", 0.42))
_LARGEST = 0.8
"""Millimetres a module where there is room: the larger, the better it is read."""


@cache
def _dictionary(version: int) -> bytes:
    """Give the text that deflate starts from. Never changed once printed: another one is another version."""
    return resource("bulletin", f"code-{version}.txt").read_bytes()


def encode(dossier: Dossier) -> bytes:
    """Give the payload of a dossier."""
    text = dossier_to_json(dossier).encode()
    # Raw deflate: zlib's own header and checksum would be six bytes that the version and the CRC replace.
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, _dictionary(VERSION))
    body = bytes((VERSION,)) + deflate.compress(text) + deflate.flush()
    return body + zlib.crc32(body).to_bytes(_CRC_BYTES, "big")


def decode(payload: bytes) -> Dossier:
    """Give the dossier of a payload.

    Raises:
        Fault: it is no payload of ours, of a later version, damaged, or carries no dossier.
    """
    body, crc = payload[:-_CRC_BYTES], payload[-_CRC_BYTES:]
    if not body or zlib.crc32(body) != int.from_bytes(crc, "big"):
        raise Fault("Ce code ne porte pas un dossier, ou il a été abîmé.")
    if body[0] != VERSION:
        raise Fault(
            f"Ce code est de la version {body[0]} ; ce programme lit la {VERSION} : mettez le programme à jour."
        )
    inflate = zlib.decompressobj(-15, zdict=_dictionary(VERSION))
    try:
        text = inflate.decompress(body[1:], _INFLATED_LIMIT)
    except zlib.error:
        raise Fault("Ce code ne porte pas un dossier, ou il a été abîmé.") from None
    if not inflate.eof or inflate.unused_data:
        raise Fault("Ce code ne porte pas un dossier entier.")
    return dossier_from_json(text.decode("utf-8", "replace"))


def page_mark(reference: str, version: int, page: int, count: int) -> str:
    """Give what the small code of a page says, in a QR code's short alphabet: ``P:7K3M-Q2XD:1:2/9``, page 2 of 9."""
    return f"P:{reference}:{version}:{page}/{count}"


def modules(payload: bytes | str, level: str = "M") -> Modules:
    """Give the modules of a QR code row by row, ``True`` for black; ``ValueError`` where the payload is too long."""
    made = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    # An Image gives its buffer to Python, which its stubs do not say.
    picture = memoryview(made.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    _, columns = picture.shape or (0, 0)
    dots = tuple(map(not_, picture.tobytes()))  # 0 is black
    return tuple(dots[start : start + columns] for start in range(0, len(dots), columns))


def dossier_modules(payload: bytes) -> tuple[Modules, float] | None:
    """Give the modules and the millimetres of each for the place of page 1: the level that withstands most first.

    ``None``: the dossier is too long for a code that can be read back from a scan.
    """
    for level, module in _WAYS:
        try:
            found = modules(payload, level)
        except ValueError:
            continue
        if (len(found) + 2 * QUIET) * module <= SIDE:
            return found, min(_LARGEST, max(module, SIDE / (len(found) + 2 * QUIET)))
    return None
