"""The agents of a list one after the other: who gets a bulletin and under which number, who does not and why."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from forms.campaign.order import Agent, Order, folder_of, reference_at
from forms.dossier.identifiers import compact_nir, siret_flaw
from forms.dossier.letters import unprintable
from forms.exchange.roster import is_shifted, places, said_in
from forms.exchange.values import identity, title_of
from forms.french import typeset, whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms.exchange.streamed import Streamed
    from forms.exchange.values import Said

_NAMES = ("member.birth_name", "member.used_name", "member.first_name")
_folder_of = lru_cache(4096)(folder_of)


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of a row: a bulletin for ``agent``, or none; ``reasons`` say what is to be seen of it."""

    row: int
    employer: str
    staff: str = field(repr=False)
    agent: Agent | None = field(repr=False)
    reasons: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Survey:
    """A first reading of the list: how many bulletins, and in which folders the numbers are other people's."""

    bulletins: int
    folders: int
    shifted: frozenset[str]


class Agents:
    """A list put to an order. It is read again at each reading; of what was read, only twenty bytes a person stay."""

    def __init__(self, listed: Streamed, order: Order) -> None:
        """Find the columns (``Fault``: no column says the names)."""
        self._listed, self._order, self._seed = listed, order, order.seed
        self._places = places(listed.headings, listed.guess)

    def survey(self) -> Survey:
        """Read the list once: what comes of it is known before the first page."""
        bulletins, compared, wrong = Counter[str](), Counter[str](), Counter[str]()
        for folder, said, judged in self._judged(frozenset()):
            bulletins[folder] += judged.agent is not None
            if said is not None and said.someone_else is not None:
                compared[folder] += 1
                wrong[folder] += said.someone_else
        # Each town hall filled in its own part of the list: one that is shifted says nothing of the others.
        shifted = frozenset(folder for folder in wrong if is_shifted(wrong[folder], compared[folder]))
        kept = {folder: count for folder, count in bulletins.items() if count and folder not in shifted}
        return Survey(sum(kept.values()), len(kept), shifted)

    def judged(self, survey: Survey) -> Iterator[Judged]:
        """Give what becomes of each row, in the order of the list; the same at each reading."""
        for _, _, judged in self._judged(survey.shifted):
            yield judged

    def _judged(self, shifted: frozenset[str]) -> Iterator[tuple[str, Said | None, Judged]]:
        twins = _Twins()
        for row, cells in self._listed.rows():
            said = said_in(cells, self._listed.headings, self._places, self._order.today, self._listed.zero)
            if said is None:
                reasons: tuple[str, ...] = ("Ligne de total ou de titre.",)
                yield "", None, Judged(row, "", "", None, reasons)
                continue
            name = said.text("employer.name") or self._order.employer.name or ""
            siret = said.text("employer.siret") or self._order.employer.siret or ""
            folder = _folder_of(name, siret, 0 if name or siret else row)
            twins.judge(said, row, folder)
            _judge_paper(said)
            if folder in shifted and not said.refusals:
                said.refusals.append("Les n° de Sécurité sociale de cette collectivité sont décalés.")
            agent = None
            if not said.refusals:
                number = reference_at(self._seed, row)
                agent = Agent(row, number, f"{folder}/{row:06d}-{number}.pdf", tuple(said.facts.items()))
            reasons = tuple(map(typeset, said.refusals or said.warnings))
            yield folder, said, Judged(row, name, said.text("member.staff_number"), agent, reasons)


def _judge_paper(said: Said) -> None:
    """See what the paper cannot bear: a name in other letters is refused, anything else is left to the hand."""
    for path, value in said.facts.items():
        if isinstance(value, str) and not value.isascii() and (letters := unprintable(value)):
            told = said.refusals if path in _NAMES else said.warnings
            told.append(f"{title_of(path)} : « {letters} » ne s’imprime pas.")
    siret = said.text("employer.siret")
    if siret and (flaw := siret_flaw(siret)):
        said.warnings.append(flaw.message)


class _Twins:
    """Who was seen, in twenty bytes a person: eight of a digest, and the row, folder and whether a NIR was there."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._persons: dict[int, int] = {}
        self._folders: dict[str, int] = {}

    def judge(self, said: Said, row: int, folder: str) -> None:
        """Refuse a person already in the same town hall's part of the list; tell one who is in another's."""
        place = self._folders.setdefault(folder, len(self._folders))
        nir, person = compact_nir(said.text("member.nir")), identity(said)
        seen = (row << 32 | place) << 1 | bool(nir)
        same = None
        if nir:
            same = self._numbers.setdefault(_digest(nir), seen)
            same = None if same is seen else same
        if person is not None:
            other = self._persons.setdefault(_digest("\0".join(person)), seen)
            if other is not seen and same is None:
                if nir and other & 1:
                    line = whole(other >> 33)
                    said.warnings.append(f"Mêmes nom, prénom et naissance qu’à la ligne {line}, autre numéro.")
                else:
                    same = other
        if same is None:
            return
        line, there = whole(same >> 33), same >> 1 & 0xFFFFFFFF
        if there == place:
            said.refusals.append(f"Même personne qu’à la ligne {line} : un seul bulletin pour deux lignes.")
        else:
            said.warnings.append(f"Même personne qu’à la ligne {line}, dans une autre collectivité : un seul à rendre.")


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
