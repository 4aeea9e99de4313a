"""Merging at headquarters: what a transfer file brings beside what is there; pure, and twice changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from forms.dossier.identifiers import compact_nir
from forms.dossier.model import Member
from forms.dossier.paths import full_name
from forms.exchange.transfer import Parcel, Transfer
from forms.french import fold, long_date, plural, time_of

Verdict = Literal["new", "same", "newer", "older", "conflict", "purged"]


@dataclass(frozen=True)
class Merged:
    """One dossier of a transfer: ``held`` is what is there, ``why`` a French line where a person must choose, or know.

    ``differs``: what is there and what comes, in French lines that name people's own data. ``may_take``: a person who
    asked the sender may take it all the same.
    """

    parcel: Parcel
    verdict: Verdict
    held: Parcel | None = None
    why: str = ""
    differs: tuple[str, ...] = field(default=(), repr=False)
    may_take: bool = False


@dataclass(frozen=True)
class Merge:
    """What a transfer would change: ``written`` (new and newer) is to be kept, in one transaction; nothing else is."""

    items: tuple[Merged, ...]

    @cached_property
    def written(self) -> tuple[Parcel, ...]:
        """Give the parcels to keep."""
        return tuple(item.parcel for item in self.items if item.verdict in {"new", "newer"})

    @cached_property
    def conflicts(self) -> tuple[Merged, ...]:
        """Give those that a person must choose between; what is there stays until then."""
        return tuple(item for item in self.items if item.verdict == "conflict")


def merge(existing: Mapping[str, Parcel], transfer: Transfer) -> Merge:
    """Put a transfer beside what is there, by reference (those of the transfer's parcels are enough).

    ``same``: nothing changes, not a byte. ``newer``: a later version of the same person's dossier. ``older``: what is
    there is later and stays. ``conflict``: one version and two contents, or one reference and two persons. ``purged``
    is not told here: what was there and was purged, so that it stays away, is known by who keeps the journal.
    """
    return Merge(tuple(_merged(parcel, existing.get(parcel.reference)) for parcel in transfer.parcels))


def _merged(parcel: Parcel, held: Parcel | None) -> Merged:
    if held is None:
        return Merged(parcel, "new")
    if parcel.digest == held.digest:
        return Merged(parcel, "same", held)
    if _others(parcel.dossier.member, held.dossier.member):
        why = f"{parcel.reference} : cette référence est ici celle d’une autre personne."
        return Merged(parcel, "conflict", held, why)
    if parcel.version == held.version:
        why = f"{parcel.reference} : la version {parcel.version} est ici avec un autre contenu."
        return Merged(parcel, "conflict", held, why)
    return Merged(parcel, "newer" if parcel.version > held.version else "older", held)


def _others(one: Member, other: Member) -> bool:
    """Tell two persons apart: of number, names and birth date, two at least are known of both, and all differ."""
    pairs = (
        (compact_nir(one.nir or ""), compact_nir(other.nir or "")),
        (_names(one), _names(other)),
        (one.birth_date, other.birth_date),
    )
    known = [mine != theirs for mine, theirs in pairs if mine and theirs]
    return len(known) > 1 and all(known)


def _names(member: Member) -> str:
    return fold(f"{member.birth_name or ''} {member.first_name or ''}")


_WORDS: dict[Verdict, tuple[str, str]] = {
    "new": ("nouveau dossier", "nouveaux dossiers"),
    "newer": ("version plus récente", "versions plus récentes"),
    "same": ("dossier déjà là, inchangé", "dossiers déjà là, inchangés"),
    "older": ("version plus ancienne, laissée", "versions plus anciennes, laissées"),
    "conflict": ("dossier à départager, laissé", "dossiers à départager, laissés"),
    "purged": ("dossier purgé ici, non repris", "dossiers purgés ici, non repris"),
}


def merge_lines(transfer: Transfer, merged: Merge) -> Iterator[str]:
    """Give what receiving does as French lines; the receipt is what the sender is told."""
    day = transfer.made_at
    yield f"Transfert du {long_date(day.date())}, {time_of(day)} ; accusé de réception {transfer.receipt}."
    counts = Counter(item.verdict for item in merged.items)
    for verdict, (one, many) in _WORDS.items():
        if counts[verdict]:
            yield f"{plural(counts[verdict], one, many)}."
    for item in merged.items:
        if item.verdict in {"new", "newer"}:
            yield f"  {item.parcel.reference}, version {item.parcel.version} : {full_name(item.parcel.dossier.member)}"
        if item.why:
            yield f"  {item.why}"
            yield from (f"    {line}" for line in item.differs)


def merge_json(transfer: Transfer, merged: Merge) -> dict[str, object]:
    """Give what receiving does for programs: references and verdicts, no one's name."""
    return {
        "made_at": transfer.made_at.isoformat(),
        "receipt": transfer.receipt,
        "dossiers": [
            {
                "reference": item.parcel.reference,
                "version": item.parcel.version,
                "verdict": item.verdict,
                "why": item.why,
            }
            for item in merged.items
        ],
    }
