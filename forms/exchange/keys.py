"""The keys of transfer files (age, X25519): headquarters makes a pair, advisors hold its public half only."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from forms.faults import Fault

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

RECIPIENTS_LIMIT = 20

_PUBLIC = "age1"
_AGE, _SCRYPT = b"age-encryption.org/", b"-> scrypt "
_FINGERPRINT = 16  # hexadecimal digits: 64 bits, as long as someone reads aloud
_SECRET = "AGE-SECRET-KEY-1"  # noqa: S105 - how such keys begin, no key
_LENGTH = {_PUBLIC: 62, _SECRET: 74}


class WrongKeyPassphrase(Fault):
    """The passphrase does not open the file of a secret key."""


def new_identity() -> tuple[str, str]:
    """Draw a pair of keys; give the secret text (to keep locked away) and the public text (to give out)."""
    from pyrage.x25519 import Identity  # noqa: PLC0415 - a library of 2 MB, for those who transfer

    identity = Identity.generate()
    return str(identity), str(identity.to_public())


def fingerprint(public: str) -> str:
    """Give what two people compare aloud to know that they have the same public key: ``7f3a 90c2 4b1e 55d0``."""
    digits = hashlib.sha256(public.strip().encode()).hexdigest()
    return " ".join(digits[start : start + 4] for start in range(0, _FINGERPRINT, 4))


def public_of(secret: str) -> str:
    """Give the public half of a secret key (``Fault``: see ``parse_identity``)."""
    return str(parse_identity(secret).to_public())


def locked_identity(secret: str, passphrase: str) -> bytes:
    """Give a secret key as its file holds it: an age file that the passphrase opens (scrypt, a second on purpose)."""
    from pyrage.passphrase import encrypt  # noqa: PLC0415 - as above

    if not passphrase.strip():
        raise Fault("La phrase de passe est vide.")
    sealed: bytes = encrypt(f"# public key: {public_of(secret)}\n{secret}\n".encode(), passphrase)
    return sealed


def is_locked(data: bytes) -> bool:
    """Tell whether the file of a secret key wants its passphrase."""
    return data.startswith(_AGE)


def unlocked_identity(data: bytes, passphrase: str, name: str) -> str:
    """Give the text of a secret key from its file, locked by a passphrase or not; ``name`` is the file's.

    Raises:
        WrongKeyPassphrase: it does not open the file.
        Fault: the file holds no key.
    """
    from pyrage import DecryptError  # noqa: PLC0415 - as above
    from pyrage.passphrase import decrypt  # noqa: PLC0415 - as above

    if is_locked(data):
        try:
            data = decrypt(data, passphrase)
        except DecryptError as error:
            if _SCRYPT not in data[:80]:
                raise Fault(f"« {name} » ne contient pas de clé secrète.") from error
            raise WrongKeyPassphrase(f"La phrase de passe n’ouvre pas la clé « {name} ».") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(f"« {name} » ne contient pas de clé secrète.") from error


def parse_recipients(text: str) -> tuple[str, ...]:
    """Read public keys, one a line (blank lines and ``#`` comments aside); each is given once.

    Raises:
        Fault: a line is no public key, or is a secret one; none or too many are given.
    """
    found: dict[str, None] = {}
    for number, line in _lines(text):
        if line.upper().startswith(_SECRET):
            raise Fault(
                f"Ligne {number} : c’est une clé secrète, elle ne se communique jamais. Demandez la clé publique, "
                "qui commence par « age1 »."
            )
        recipient(line, number)
        found[line] = None
    if not found:
        raise Fault("Aucune clé publique : collez celle du siège, elle commence par « age1 ».")
    if len(found) > RECIPIENTS_LIMIT:
        raise Fault(f"Plus de {RECIPIENTS_LIMIT} clés publiques : gardez celles à qui le fichier est destiné.")
    return tuple(found)


def recipient(line: str, number: int = 1) -> Recipient:
    """Give the public key of one line, or a ``Fault`` that says what is wrong with it."""
    from pyrage import RecipientError  # noqa: PLC0415 - as above
    from pyrage.x25519 import Recipient  # noqa: PLC0415 - as above

    if not line.startswith(_PUBLIC):
        raise Fault(f"Ligne {number} : une clé publique commence par « age1 » ; collez-la en entier.")
    if len(line) != _LENGTH[_PUBLIC]:
        raise Fault(f"Ligne {number} : une clé publique a {_LENGTH[_PUBLIC]} caractères, ici {len(line)} ; collez-la.")
    try:
        return Recipient.from_str(line)
    except RecipientError as error:
        raise Fault(f"Ligne {number} : un caractère de la clé publique est faux ; collez-la de nouveau.") from error


def parse_identity(text: str) -> Identity:
    """Read a secret key, alone or in a file made by ``age-keygen`` (``Fault``)."""
    from pyrage import IdentityError  # noqa: PLC0415 - as above
    from pyrage.x25519 import Identity  # noqa: PLC0415 - as above

    lines = [line for _, line in _lines(text)]
    if len(lines) != 1 or not lines[0].startswith(_SECRET):
        raise Fault("Ce n’est pas la clé secrète du siège : une seule ligne, qui commence par « AGE-SECRET-KEY-1 ».")
    try:
        return Identity.from_str(lines[0])
    except IdentityError as error:
        raise Fault("La clé secrète est incomplète ou l’un de ses caractères est faux : recopiez-la.") from error


def _lines(text: str) -> list[tuple[int, str]]:
    numbered = enumerate(map(str.strip, text.splitlines()), 1)
    return [(number, line) for number, line in numbered if line and not line.startswith("#")]
