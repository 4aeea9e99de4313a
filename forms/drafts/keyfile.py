"""The key file ``vault.json``: its shape, its checksum, and how it is read and written whole."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from cryptography.hazmat.primitives.hashes import SHA256, Hash

from forms.drafts.files import BACKUPS, KEY_FILE, reason, write_whole
from forms.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path

NAME = KEY_FILE
FORMAT = "permanence.vault/1"
_FAMILY = "permanence.vault/"
_SIZE_LIMIT = 10_000
_KDF = {"passphrase": "argon2id", "recovery": "hkdf-sha256"}
# What reading accepts: a file that asks for more would stop the computer, for less would protect nothing.
_MEMORY_KIB, _ITERATIONS, _LANES = range(8 * 1024, 1024 * 1024 + 1), range(1, 101), range(1, 65)
_SALT, _NONCE, _WRAPPED, _CHECK = 16, 12, 32 + 16, 16


class Slot(NamedTuple):  # no dataclass, nor hashlib below: who unlocks waits for what they import
    """One way to the key: how a secret becomes a wrapping key, and the key wrapped by it (AES-256-GCM)."""

    kdf: str
    salt: bytes
    nonce: bytes
    wrapped: bytes
    memory_kib: int = 0
    iterations: int = 0
    lanes: int = 0

    def holding(self, wrapped: bytes) -> Slot:
        """Give this slot with its wrapped key."""
        return self._replace(wrapped=wrapped)


class VaultFile(NamedTuple):
    """The slots of one database key, and ``key_check``, which tells that key from another."""

    key_check: bytes
    slots: dict[str, Slot]

    def with_slot(self, name: str, slot: Slot) -> VaultFile:
        """Give this vault with one slot replaced."""
        return self._replace(slots={**self.slots, name: slot})


def path_in(folder: Path) -> Path:
    """Give the key file's path."""
    return folder / NAME


def damaged(name: str) -> Fault:
    """Give the refusal of a key file that is not as it was written."""
    return Fault(f"Le fichier de clé « {name} » est abîmé (rien n’a été changé) : remettez-le depuis une sauvegarde.")


def write(folder: Path, vault: VaultFile) -> None:
    """Write the key file whole.

    Raises:
        Fault: it cannot be written; the former one is unchanged.
    """
    body = {
        "format": FORMAT,
        "key_check": _text(vault.key_check),
        "slots": {name: _slot_data(slot) for name, slot in vault.slots.items()},
    }
    whole = {**body, "checksum": _checksum(body)}
    write_whole(path_in(folder), f"{json.dumps(whole, indent=2)}\n".encode())


def spread(folder: Path) -> None:
    """Put the key file of ``folder`` beside each of its backups, in place of a former one of the same key.

    A passphrase that was changed because someone knew it must not open the backups either.

    Raises:
        Fault: the key file cannot be read, or one of the others not written.
    """
    vault, data = read(folder), path_in(folder).read_bytes()
    for copy in sorted((folder / BACKUPS).glob(f"*/{NAME}")):
        try:
            theirs = copy.read_bytes() == data or read(copy.parent).key_check != vault.key_check
        except Fault:
            theirs = False
        if not theirs:
            write_whole(copy, data)


def restore(folder: Path) -> bool:
    """Put back the key file of the newest backup that has a sound one, where that of ``folder`` is lost or damaged.

    Raises:
        Fault: it cannot be written.
    """
    for kept in (folder, *sorted((path.parent for path in (folder / BACKUPS).glob(f"*/{NAME}")), reverse=True)):
        try:
            read(kept)
        except Fault:
            continue
        if kept != folder:
            write_whole(path_in(folder), path_in(kept).read_bytes())
        return kept != folder
    return False


def read(folder: Path) -> VaultFile:
    """Read the key file.

    Raises:
        Fault: it is missing, damaged (its checksum tells), or of a version unknown here.
    """
    path = path_in(folder)
    try:
        with path.open("rb") as file:
            data = file.read(_SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise Fault(f"Le fichier de clé « {NAME} » manque dans {folder} : remettez-le depuis une sauvegarde.") from None
    except OSError as error:
        raise Fault(f"Impossible de lire « {NAME} » dans {folder} : {reason(error)}.") from error
    try:
        return _vault(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # UnicodeDecodeError, JSONDecodeError and binascii.Error are ValueErrors.
        raise damaged(NAME) from None


def _vault(whole: Any) -> VaultFile:
    found = whole["format"]
    if found != FORMAT and isinstance(found, str) and found.startswith(_FAMILY):
        raise Fault(
            f"Le fichier de clé « {NAME} » a été fait avec une version plus récente de Permanence "
            "(rien n’a été changé) : mettez le programme à jour."
        )
    body = {name: value for name, value in whole.items() if name != "checksum"}
    if found != FORMAT or whole["checksum"] != _checksum(body) or set(body["slots"]) != set(_KDF):
        raise ValueError
    slots = {name: _slot(data, _KDF[name]) for name, data in body["slots"].items()}
    return VaultFile(_bytes(body["key_check"], _CHECK), slots)


def _slot(data: dict[str, Any], kdf: str) -> Slot:
    slot = Slot(
        **{
            **data,
            "salt": _bytes(data["salt"], _SALT),
            "nonce": _bytes(data["nonce"], _NONCE),
            "wrapped": _bytes(data["wrapped"], _WRAPPED),
        }
    )
    if slot.kdf != kdf:
        raise ValueError
    costs = ((slot.memory_kib, _MEMORY_KIB), (slot.iterations, _ITERATIONS), (slot.lanes, _LANES))
    if kdf == "argon2id" and not all(type(cost) is int and cost in bounds for cost, bounds in costs):
        raise ValueError
    return slot


def _slot_data(slot: Slot) -> dict[str, str | int]:
    said = {name: value for name, value in slot._asdict().items() if value}
    return {name: _text(value) if isinstance(value, bytes) else value for name, value in said.items()}


def _checksum(body: dict[str, Any]) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    digest = Hash(SHA256())
    digest.update(text.encode())
    return digest.finalize().hex()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str, length: int) -> bytes:
    data = base64.b64decode(text, validate=True)
    if len(data) != length:
        raise binascii.Error
    return data
