"""What a campaign prints, kept beside its pages: a restart goes on with the same list, day, numbers and bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import ValidationError

from forms.dossier.identifiers import compact_siret, siret_flaw
from forms.dossier.model import SPECIMEN, Employer, Value
from forms.dossier.references import LETTERS
from forms.dossier.scalars import Text
from forms.drafts.files import write_whole
from forms.faults import Fault
from forms.french import fold, listing

if TYPE_CHECKING:
    from forms.exchange.values import Fact

ORDER_FILE = "campagne.json"
_PAGES = 1000
"""Bulletins of one folder where the list names no town hall."""
_SLUG = 60
_HALF = 20
_ROUNDS = 4
_UNSLUGGED = re.compile(r"[^a-z0-9]+")
_SAID = {
    "list_sha256": "la liste", "convention": "la convention", "edition": "l’édition de la convention",
    "employer": "l’employeur", "printed_at": "l’instant d’impression", "today": "le jour",
}  # fmt: skip


class Order(Value):
    """What makes every page of a campaign: same order, same bytes. No one's data is in it."""

    format: Literal["permanence.campaign/1"] = "permanence.campaign/1"
    list_sha256: Text
    convention: Text
    edition: Text
    """The fingerprint of the convention's folder."""
    employer: Employer
    printed_at: dt.datetime
    today: dt.date

    @property
    def seed(self) -> bytes:
        """Give what the numbers are drawn from."""
        said = f"{self.list_sha256} {self.convention} {self.printed_at.isoformat()}"
        return hashlib.sha256(said.encode()).digest()

    def kept(self, folder: Path) -> None:
        """Keep the order in the folder of its pages, or see that it is the one that is there (``Fault`` else)."""
        found = kept_order(folder)
        if found is None:
            write_whole(folder / ORDER_FILE, self.model_dump_json(indent=1).encode())
            return
        others = [said for name, said in _SAID.items() if getattr(found, name) != getattr(self, name)]
        if others:
            verb = "a changé" if len(others) == 1 else "ont changé"
            raise Fault(
                f"« {folder.name} » tient une campagne commencée autrement : {listing(others)} {verb}. "
                "Choisissez un autre dossier, ou reprenez-la telle qu’elle a commencé."
            )


def kept_order(folder: Path) -> Order | None:
    """Give the order of a campaign begun in a folder; None where there is none (``Fault``: it cannot be read)."""
    try:
        return Order.model_validate_json((folder / ORDER_FILE).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise Fault(f"« {folder.name}/{ORDER_FILE} » ne se lit pas : choisissez un autre dossier.") from error


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker must know besides the agent: the order, where pages go, and the user's own conventions."""

    order: Order
    folder: Path
    conventions: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Agent:
    """One bulletin to print: the row of the list, its number, its file in the campaign's folder, what the list says."""

    row: int
    reference: str
    file: str
    facts: tuple[tuple[str, Fact], ...] = field(repr=False)
    unread: tuple[tuple[str, str], ...] = ()
    """Nothing: what could not be read is left to the hand; carried by the code, it would have to be typed again."""


def reference_at(seed: bytes, row: int) -> str:
    """Give the number of a row's bulletin; no two rows of one campaign have the same.

    A Feistel network is a permutation of all numbers of eight letters, keyed by ``seed``: drawn by SHA-256 alone, two
    of 100,000 would be the same once in two hundred campaigns, and to know it all would have to be kept.
    """
    number = row
    while True:
        number = _permuted(seed, number)
        letters = "".join(LETTERS[number >> 5 * place & 31] for place in range(8))
        reference = f"{letters[:4]}-{letters[4:]}"
        if not reference.startswith(SPECIMEN):  # walking on over those of the practice is still a permutation
            return reference


def _permuted(seed: bytes, number: int) -> int:
    left, right = divmod(number, 1 << _HALF)
    for turn in range(_ROUNDS):
        digest = hashlib.sha256(b"%s %d %d" % (seed, turn, right)).digest()
        left, right = right, left ^ (int.from_bytes(digest[:3], "big") >> (24 - _HALF))
    return left << _HALF | right


def folder_of(employer: str, siret: str, row: int) -> str:
    """Give the folder of a town hall's bulletins: its name and SIRET; a thousand rows where the list names none."""
    name = _UNSLUGGED.sub("-", fold(employer)).strip("-")[:_SLUG].strip("-")
    number = compact_siret(siret) if siret and siret_flaw(siret) is None else ""
    if employer and not number:
        # Two that are cut or folded to the same letters stay apart.
        number = hashlib.sha256(fold(employer).encode()).hexdigest()[:6]
    if number:
        return f"{name}-{number}" if name else number
    first = (row - 1) // _PAGES * _PAGES + 1
    return f"lignes-{first:06d}-{first + _PAGES - 1:06d}"
