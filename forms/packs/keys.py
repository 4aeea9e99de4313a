"""The keys of packs (Ed25519): the publisher signs with the secret half, the program carries public halves as data.

Pairs are drawn here, and nowhere else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SIGNATURE_BYTES = 64
PROVISIONAL = "provisoire"
"""The name of the key that stands for a publisher's until there is one: nobody has its secret half."""
_KEY_BYTES = 32
_PUBLIC, _SECRET = "permanence-public-key", "permanence-secret-key"
_SECRET_WORDS = "# Clé secrète : qui l’a signe des mises à jour. Elle ne se communique jamais."  # noqa: S105 - of no key
_PUBLIC_WORDS = "# Clé publique : à mettre dans resources/packs du programme."
_FILE_LIMIT = 1_000_000


@dataclass(frozen=True)
class PublicKey:
    """A key that packs may be signed with; ``name`` is that of its file."""

    name: str
    raw: bytes

    @property
    def fingerprint(self) -> str:
        """Give what is read out to compare two keys: ``3F2A-90C1-77BE-05D4``."""
        digits = hashlib.sha256(self.raw).hexdigest()[:16].upper()
        return "-".join(digits[start : start + 4] for start in range(0, 16, 4))

    def has_signed(self, signature: bytes, message: bytes) -> bool:
        """Tell whether this key signed exactly this message."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - for those who update
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - likewise

        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


def new_pair() -> tuple[str, str]:
    """Draw a pair; give the text of the secret half (to be locked away), then that of the public half."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above

    drawn = Ed25519PrivateKey.generate()
    secret = base64.b64encode(drawn.private_bytes_raw()).decode()
    public = base64.b64encode(drawn.public_key().public_bytes_raw()).decode()
    return f"{_SECRET_WORDS}\n{_SECRET} {secret}\n", f"{_PUBLIC_WORDS}\n{_PUBLIC} {public}\n"


def secret_key(path: Path) -> Ed25519PrivateKey:
    """Read a secret half.

    Raises:
        Fault: the file cannot be read, or holds no secret key.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - as above

    return Ed25519PrivateKey.from_private_bytes(_read(path, _SECRET, "une clé secrète de signature"))


def public_key(path: Path) -> PublicKey:
    """Read a public half.

    Raises:
        Fault: the file cannot be read, or holds no public key.
    """
    return PublicKey(path.stem, _read(path, _PUBLIC, "une clé publique de signature"))


def public_keys(folder: Path) -> Sequence[PublicKey]:
    """Give the public halves of a folder (``*.pub``).

    Raises:
        Fault: one of them is no key: the program is damaged.
    """
    return tuple(public_key(path) for path in sorted(folder.glob("*.pub")))


def _read(path: Path, kind: str, words: str) -> bytes:
    from forms.exchange.bounds import read_bounded  # noqa: PLC0415 - as above

    text = read_bounded(path, _FILE_LIMIT).decode("utf-8", errors="replace")
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        ((said, value),) = lines
        raw = base64.b64decode(value, validate=True)
    except (ValueError, binascii.Error):
        said, raw = "", b""
    if said != kind or len(raw) != _KEY_BYTES:
        raise Fault(f"« {path.name} » n’est pas {words}.")
    return raw
