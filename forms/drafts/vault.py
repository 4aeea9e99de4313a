"""The key of the database: random, wrapped by the passphrase and by the recovery key in one small file."""

from __future__ import annotations

import contextlib
import os
import unicodedata
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from forms.drafts import keyfile, recovery
from forms.drafts.files import BACKUPS, DATABASE, private_folder
from forms.drafts.keyfile import FORMAT, Slot, VaultFile
from forms.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEY_BYTES = 32
MEMORY_KIB, ITERATIONS, LANES = 64 * 1024, 4, 4
"""Argon2id: RFC 9106's second recommended setting (64 MiB, 4 lanes) with one more turn than its three."""


class WrongPassphrase(Fault):
    """The passphrase does not open this vault."""


class WrongRecovery(Fault):
    """The recovery key is well typed and does not open this vault."""


def exists(folder: Path) -> bool:
    """Say whether ``folder`` has a key file, readable or not."""
    return keyfile.path_in(folder).exists()


def create(folder: Path, passphrase: str, entropy: Callable[[int], bytes] = os.urandom) -> tuple[bytes, str]:
    """Make a new database key and its key file; give the 32-byte key and the recovery key to print.

    Raises:
        Fault: there is a key file already, or a database whose key file is lost; or it cannot be written.
    """
    private_folder(folder)
    if exists(folder):
        raise Fault(f"Il y a déjà un fichier de clé dans {folder} : il n’a pas été remplacé.")
    if (folder / DATABASE).exists() or any((folder / BACKUPS).glob(f"*/{keyfile.NAME}")):
        raise Fault(
            f"Il y a des brouillons dans {folder} mais leur fichier de clé « {keyfile.NAME} » manque : "
            "remettez-le depuis une sauvegarde."
        )
    key = entropy(KEY_BYTES)
    printed = recovery.make(entropy)
    slots = {
        "passphrase": _passphrase_slot(key, passphrase, entropy),
        "recovery": _recovery_slot(key, printed, entropy),
    }
    keyfile.write(folder, VaultFile(_key_check(key), slots))
    return key, printed


def unlock(folder: Path, passphrase: str) -> bytes:
    """Give the database key. It takes a fraction of a second, on purpose; nothing is written.

    Raises:
        WrongPassphrase: it does not open this vault.
        Fault: the key file is missing, damaged or of a later version.
    """
    vault = keyfile.read(folder)
    slot = vault.slots["passphrase"]
    return _opened(
        vault,
        "passphrase",
        _from_passphrase(passphrase, slot),
        WrongPassphrase("Phrase de passe incorrecte."),
    )


def unlock_with_recovery(folder: Path, typed: str) -> bytes:
    """Give the database key for the printed recovery key.

    Raises:
        RecoveryTypo: what was typed cannot be a recovery key.
        WrongRecovery: it is one, of another vault or replaced since.
        Fault: the key file is missing, damaged or of a later version.
    """
    secret = recovery.read(typed)
    vault = keyfile.read(folder)
    wrong = WrongRecovery("Cette clé de secours n’est pas celle de ces brouillons, ou elle a été remplacée depuis.")
    return _opened(vault, "recovery", _from_recovery(secret, vault.slots["recovery"]), wrong)


def change_passphrase(folder: Path, key: bytes, new: str, entropy: Callable[[int], bytes] = os.urandom) -> None:
    """Wrap the same key by another passphrase: one small file is replaced, then its copies beside the backups.

    Raises:
        Fault: the key file is missing, damaged, of a later version or another key's; or it cannot be written.
            The former passphrase then still opens.
    """
    vault = _checked(folder, key)
    keyfile.write(folder, vault.with_slot("passphrase", _passphrase_slot(key, new, entropy)))
    _spread(folder)


def new_recovery(folder: Path, key: bytes, entropy: Callable[[int], bytes] = os.urandom) -> str:
    """Draw another recovery key, for a paper lost or never printed; the former one opens nothing any more.

    Raises:
        Fault: as ``change_passphrase``; the former recovery key then still opens.
    """
    vault = _checked(folder, key)
    printed = recovery.make(entropy)
    keyfile.write(folder, vault.with_slot("recovery", _recovery_slot(key, printed, entropy)))
    _spread(folder)
    return printed


def _spread(folder: Path) -> None:
    # It is changed by now: a backup that could not follow does so at the next opening (backups.tidy).
    with contextlib.suppress(Fault):
        keyfile.spread(folder)


def _checked(folder: Path, key: bytes) -> VaultFile:
    vault = keyfile.read(folder)
    if vault.key_check != _key_check(key):
        raise Fault(f"Le fichier de clé de {folder} est celui d’autres brouillons : il n’a pas été changé.")
    return vault


def _passphrase_slot(key: bytes, passphrase: str, entropy: Callable[[int], bytes]) -> Slot:
    if not passphrase.strip():
        raise Fault("La phrase de passe est vide.")
    slot = Slot("argon2id", entropy(16), entropy(12), b"", MEMORY_KIB, ITERATIONS, LANES)
    return slot.holding(_wrapped(key, "passphrase", _from_passphrase(passphrase, slot), slot))


def _recovery_slot(key: bytes, printed: str, entropy: Callable[[int], bytes]) -> Slot:
    slot = Slot("hkdf-sha256", entropy(16), entropy(12), b"")
    return slot.holding(_wrapped(key, "recovery", _from_recovery(recovery.read(printed), slot), slot))


def _from_passphrase(passphrase: str, slot: Slot) -> bytes:
    # The same words typed on another keyboard or system may come decomposed.
    text = unicodedata.normalize("NFC", passphrase).encode(errors="surrogatepass")
    try:
        return Argon2id(
            salt=slot.salt,
            length=32,
            iterations=slot.iterations,
            lanes=slot.lanes,
            memory_cost=slot.memory_kib,
        ).derive(text)
    except UnsupportedAlgorithm as error:
        raise Fault(
            "Argon2id manque dans la bibliothèque cryptography installée : réinstallez le programme."
        ) from error
    except MemoryError as error:
        raise Fault("La mémoire libre ne suffit pas : fermez des programmes, puis recommencez.") from error


def _from_recovery(secret: bytes, slot: Slot) -> bytes:
    # 135 random bits need no slow function.
    return HKDF(SHA256(), length=32, salt=slot.salt, info=f"{FORMAT} recovery".encode()).derive(secret)


def _key_check(key: bytes) -> bytes:
    """Give what tells this key from another; of a 256-bit random key it teaches nothing, nor how long it takes."""
    # By the one library: Python's own would load another OpenSSL, 3.5 MB, before the list.
    code = HMAC(key, SHA256())
    code.update(f"{FORMAT} check".encode())
    return code.finalize()[:16]


def _associated(name: str, slot: Slot) -> bytes:
    return f"{FORMAT} {name} {slot.kdf}".encode()


def _wrapped(key: bytes, name: str, by: bytes, slot: Slot) -> bytes:
    return AESGCM(by).encrypt(slot.nonce, key, _associated(name, slot))


def _opened(vault: VaultFile, name: str, by: bytes, wrong: Fault) -> bytes:
    slot = vault.slots[name]
    try:
        key = AESGCM(by).decrypt(slot.nonce, slot.wrapped, _associated(name, slot))
    except InvalidTag:
        raise wrong from None
    if vault.key_check != _key_check(key):
        raise keyfile.damaged(keyfile.NAME)
    return key
