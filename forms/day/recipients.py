"""Whom transfer files are for: public keys, each taken once with a name, and kept among the drafts' settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.exchange.keys import RECIPIENTS_LIMIT, fingerprint, parse_recipients
from forms.faults import Fault

if TYPE_CHECKING:
    from forms.drafts.store import DraftStore

SETTING = "recipients"
_LONGEST = 100
"""Characters of a name."""


@dataclass(frozen=True)
class Recipient:
    """Someone who can open what is transferred: a name that the user gave, and the public key."""

    name: str
    key: str

    @property
    def fingerprint(self) -> str:
        """Give what is compared aloud with the holder of the key."""
        return fingerprint(self.key)


def recipients(store: DraftStore) -> tuple[Recipient, ...]:
    """Give those kept, in the order they came; one that cannot be read any more is left out.

    Raises:
        Fault: the settings cannot be read.
    """
    kept = store.setting(SETTING)
    found = []
    for item in kept if isinstance(kept, list) else []:
        match item:
            case {"name": str(name), "key": str(key)}:
                found.append(Recipient(name, key))
    return tuple(found)


def add(store: DraftStore, name: str, text: str) -> Recipient:
    """Keep one more; ``text`` holds one public key, alone or as ``permanence keys new`` writes it.

    Raises:
        Fault: there is no name, no key or more than one; it is there already; or it could not be kept.
    """
    said = " ".join("".join(letter for letter in name if letter.isprintable()).split())[:_LONGEST]
    if not said:
        raise Fault("Donnez un nom à ce destinataire : vous le reconnaîtrez dans la liste.")
    keys = parse_recipients(text)
    if len(keys) != 1:
        raise Fault("Ce texte contient plusieurs clés : ajoutez les destinataires un par un.")
    known = recipients(store)
    former = next((one for one in known if one.key == keys[0]), None)
    if former is not None:
        raise Fault(f"Cette clé est déjà là : c’est celle de « {former.name} ».")
    if len(known) >= RECIPIENTS_LIMIT:
        raise Fault(f"Il y a déjà {RECIPIENTS_LIMIT} destinataires : retirez-en un d’abord.")
    made = Recipient(said, keys[0])
    _keep(store, (*known, made))
    return made


def remove(store: DraftStore, key: str) -> None:
    """Drop the one of this key; none is no fault.

    Raises:
        Fault: it could not be dropped.
    """
    _keep(store, tuple(one for one in recipients(store) if one.key != key))


def _keep(store: DraftStore, kept: tuple[Recipient, ...]) -> None:
    store.set_setting(SETTING, [{"name": one.name, "key": one.key} for one in kept])
