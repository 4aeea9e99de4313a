"""At headquarters: a transfer file merged into the drafts kept here, whole or not at all; twice changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.day.parcels import detail_of, paper_of, parcel_of, trips
from forms.dossier.difference import differences
from forms.drafts import attachments, journal, printed
from forms.drafts.cipher import faults_of
from forms.drafts.draft import DamagedDraft, Draft, from_row
from forms.drafts.ended import End, Ends, last_version
from forms.exchange.commands import receive as read_transfer
from forms.exchange.merging import Merge, Merged
from forms.faults import Fault
from forms.french import short_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from forms.dossier.model import Dossier
    from forms.drafts.store import DraftStore
    from forms.exchange.transfer import Parcel, Transfer


def receive(
    store: DraftStore, path: Path, identity: str, now: dt.datetime, decided: Collection[str] = ()
) -> tuple[Transfer, Merge]:
    """Keep what a transfer file brings that is new or later; where a person must choose, what is here stays.

    ``identity`` is the text of the secret key. Received dossiers are `imprimé`: their paper is signed. A transfer file
    does not prove who made it: a later version that changes an account or the payment, or skips a version, is taken
    only where a person ``decided`` so, by the digest of its parcel. What was purged here stays away, and is said: only
    a later version than the journal knows is taken. What was deleted by hand comes back, and that is said.

    Raises:
        Fault: the file cannot be opened (``open_transfer``), or something of it cannot be kept: nothing was changed.
    """
    with store.transaction() as database:
        damaged: dict[str, Fault] = {}
        drafts: dict[str, Draft] = {}

        def held(references: tuple[str, ...]) -> dict[str, Parcel]:
            for reference in references:
                found = _kept(store, reference)
                if isinstance(found, DamagedDraft):
                    damaged[reference] = found.fault
                elif found is not None:
                    drafts[reference] = found
            parcels = {}
            for reference, draft in drafts.items():
                try:
                    parcels[reference] = parcel_of(store, draft)
                except Fault as fault:
                    damaged[reference] = fault
            return parcels

        transfer, merged = read_transfer(path, identity, held)
        known = {trip.digest for kind in ("received", "exported") for _, trip in trips(store, kind)}
        settled = (_settled(store, item, damaged, known, decided) for item in merged.items)
        merged = Merge(tuple(_told_gone(store, settled, now)))
        for parcel in merged.written:
            kept = _keep(store, parcel, transfer, drafts.get(parcel.reference), now)
            if kept.version not in {one.version for one in printed.versions(store, kept.reference)}:
                printed.put(database, kept, "", None, "")
            journal.append(database, now, "received", parcel.reference, detail_of(parcel, transfer.receipt))
    return transfer, merged


def _kept(store: DraftStore, reference: str) -> Draft | DamagedDraft | None:
    with faults_of(store.path):
        rows = list(store.database.table("drafts").rows_where("reference = ?", [reference]))
    try:
        return from_row(rows[0]) if rows else None
    except Fault as fault:
        return DamagedDraft(reference, fault)


def _settled(
    store: DraftStore, item: Merged, damaged: dict[str, Fault], known: set[str], decided: Collection[str]
) -> Merged:
    """Make a conflict of what would overwrite something that never travelled or cannot be read, and of a doubt."""
    reference = item.parcel.reference
    if reference in damaged:
        return replace(item, verdict="conflict", why=f"{reference} : {damaged[reference].line}")
    if item.verdict == "newer" and item.held is not None and item.held.digest not in known:
        why = (
            f"{reference} : la version {item.parcel.version} arrive, et la version {item.held.version} d’ici a été "
            "changée ici."
        )
        return replace(item, verdict="conflict", why=why)
    if item.verdict in {"new", "newer"} and (why := _on_paper_otherwise(store, item.parcel)):
        return replace(item, verdict="conflict", why=why)
    if item.verdict == "newer" and item.held is not None and item.parcel.digest not in decided:
        return _doubted(item, item.held)
    return item


def _told_gone(store: DraftStore, items: Iterable[Merged], now: dt.datetime) -> Iterator[Merged]:
    """Say of what would be new that it was here: purged, with a certificate, it stays away; deleted by hand, it comes.

    What was purged left with its versions: a later one than the journal knows comes.
    """
    found, ends = tuple(items), Ends().read(store)
    gone = {item.parcel.reference: ends.get(item.parcel.reference, End()) for item in found if item.verdict == "new"}
    last = last_version(store, [reference for reference, end in gone.items() if end.purged_at])
    for item in found:
        reference, version = item.parcel.reference, item.parcel.version
        end = gone.get(reference, End())
        if end.gone is None:
            yield item
            continue
        how, at = end.gone
        day = f"{reference} : {how} ici le {_day(at, now)}"
        if how == "supprimé":
            yield replace(item, why=f"{day}, repris.")
        elif version > last.get(reference, version):
            yield replace(item, why=f"{day}, à la version {last[reference]} ; la version {version} est reprise.")
        else:
            yield replace(item, verdict="purged", why=f"{day}, non repris.")


def _day(at: dt.datetime, now: dt.datetime) -> str:
    return short_date(at.astimezone(now.tzinfo).date())


def _on_paper_otherwise(store: DraftStore, parcel: Parcel) -> str:
    """Tell of a version on paper here that is later, or has another content: a deleted draft leaves its papers."""
    try:
        papers = {one.version: one.dossier for one in printed.versions(store, parcel.reference)}
    except Fault as fault:
        return f"{parcel.reference} : {fault.line}"
    last = max(papers, default=0)
    if last > parcel.version:
        return f"{parcel.reference} : la version {parcel.version} arrive, et la version {last} est ici sur papier."
    if papers.get(parcel.version, parcel.dossier) != parcel.dossier:
        return f"{parcel.reference} : la version {parcel.version} est ici sur papier avec un autre contenu."
    return ""


def _doubted(item: Merged, held: Parcel) -> Merged:
    """Leave to a person what a forged file would do: other accounts, or a version that no later one overtakes."""
    from forms.bulletin.changes import changes  # noqa: PLC0415 - for a doubt alone

    old, new, version = held.dossier, item.parcel.dossier, item.parcel.version
    doubts = ["change un compte bancaire ou le paiement"] if _pays_otherwise(old, new) else []
    if version > held.version + 1:
        doubts.append(f"ne suit pas celle d’ici, la {held.version}")
    if not doubts:
        return item
    why = f"{item.parcel.reference} : la version {version} {' et '.join(doubts)} ; vérifiez auprès du conseiller."
    differs = tuple(f"{one.title} : {one.old or 'rien'} → {one.new or 'rien'}" for one in changes(old, new, None))
    return replace(item, verdict="conflict", why=why, differs=differs, may_take=True)


def _pays_otherwise(old: Dossier, new: Dossier) -> bool:
    changed = any({"refund", "payment"} & set(one.path.split(".")) for one in differences(old, new))
    # Who comes or goes is one difference, whole: an account of their own comes with them.
    ours, theirs = ([one.refund for one in dossier.beneficiaries if one.refund] for dossier in (old, new))
    return changed or ours != theirs


def _keep(store: DraftStore, parcel: Parcel, transfer: Transfer, former: Draft | None, now: dt.datetime) -> Draft:
    reference = parcel.reference
    created_at = former.created_at if former is not None else transfer.made_at
    for old in attachments.papers(store, reference):  # a draft that was deleted has some too
        attachments.detach(store, old, now)
    try:
        for file in parcel.attachments:
            attachments.attach(store, reference, paper_of(file.name), file.data, now)
    except Fault as fault:
        raise Fault(f"Dossier {reference} : {fault.line} Rien n’est repris.") from fault
    kept = Draft(reference, parcel.dossier, parcel.edition, "printed", "", "", parcel.version, created_at, now)
    store.save(kept)
    return kept
