"""Dossiers read back from paper: how each meets the drafts that are here, and what is taken of it, whole or not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from forms.dossier.difference import Change, differences
from forms.drafts import attachments, journal, printed, states
from forms.drafts.cipher import faults_of
from forms.drafts.draft import Draft
from forms.drafts.ended import Ends, last_version
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from forms.dossier.model import Dossier
    from forms.dossier.states import State
    from forms.drafts.store import DraftStore

How = Literal["unknown", "same", "newer_here", "different", "typed", "no_dossier"]


@dataclass(frozen=True)
class Read:
    """What a paper says: its dossier, under the reference that it is kept by, if its large code was read.

    ``version`` as printed, 0 for one that was completed by hand under its number, None while no small code was read.
    """

    reference: str
    version: int | None
    dossier: Dossier | None = field(repr=False)


@dataclass(frozen=True)
class Met:
    """How a paper meets the draft of its reference: ``changes`` from what is here to what the paper says.

    ``typed``: completed by hand, and typed in here already. ``newer_here``: the paper is of an earlier version.
    ``no_dossier``: the page that carries it was not scanned, or could not be read. ``purged_at``: when an ``unknown``
    one was purged here.
    """

    how: How
    draft: Draft | None = None
    changes: tuple[Change, ...] = field(default=(), repr=False)
    purged_at: dt.datetime | None = None


@dataclass(frozen=True)
class Judged:
    """What the convention at hand makes of a paper's dossier: ``complete``, its fingerprint and its edition's name."""

    complete: bool
    fingerprint: str = ""
    edition: str = ""


def meet(store: DraftStore, read: Read, ends: Ends | None = None) -> Met:
    """Compare a paper with the draft of its reference; ``ends`` where several are, so that the journal is read once.

    Raises:
        Fault: the draft is there and cannot be read.
    """
    draft = _kept(store, read.reference)
    if read.dossier is None:
        return Met("no_dossier", draft)
    if draft is None:
        end = (ends or Ends()).read(store).get(read.reference)
        return Met("unknown", purged_at=end.purged_at if end else None)
    if read.version == 0:
        return Met("typed", draft)
    changes = differences(draft.dossier, read.dossier)
    if read.version is not None and read.version < draft.version:
        return Met("newer_here", draft, changes)
    return Met("different" if changes else "same", draft, changes)


def take(
    store: DraftStore, read: Read, met: Met, judged: Judged, at: dt.datetime, scans: Sequence[bytes] = ()
) -> Draft:
    """Make a draft of a paper, or put what it says in place of what is here; give the draft as kept.

    A complete dossier of a version that is not known here is on paper: nothing has to be printed again. One that the
    paper of another version would void begins a version of its own. ``scans`` are kept as its signed bulletin.

    Raises:
        Fault: nothing was kept; or the draft is not any more as it was ``met``, when that was chosen.
        ValueError: the paper carries no dossier: our bug.
    """
    if read.dossier is None:
        raise ValueError("nothing to take")
    with store.transaction() as database:
        draft = _kept(store, read.reference)
        if _what(draft) != _what(met.draft):
            raise Fault(f"Le dossier {read.reference} a changé ici depuis la lecture : relisez les scans.")
        made, on_paper = _made(store, draft, read, read.dossier, judged, at)
        store.save(made)
        if on_paper:
            printed.put(database, made, judged.edition, None, "")
        detail: journal.Detail = {"version": read.version, "taken": made.version, "on_paper": on_paper}
        journal.append(database, at, "scanned", read.reference, detail)
        _attach(store, read.reference, scans, at)
    return made


def keep_signed(store: DraftStore, reference: str, scans: Sequence[bytes], at: dt.datetime) -> int:
    """Keep the scanned pages of a draft that is here as its signed bulletin; give how many files were not here yet.

    Raises:
        Fault: nothing was kept.
    """
    with store.transaction():
        return _attach(store, reference, scans, at)


def _kept(store: DraftStore, reference: str) -> Draft | None:
    with faults_of(store.path):
        there = store.database.execute("SELECT 1 FROM drafts WHERE reference = ?", [reference]).fetchone()
    return store.load(reference) if there else None


def _what(draft: Draft | None) -> tuple[object, ...]:
    return (draft.dossier, draft.version, draft.state) if draft else ()


def _made(
    store: DraftStore, draft: Draft | None, read: Read, dossier: Dossier, judged: Judged, at: dt.datetime
) -> tuple[Draft, bool]:
    """Give the draft to keep, and whether its version is to be noted as being on paper."""
    # A draft that was deleted leaves its papers until the purge: a version is never on paper with two contents.
    papers = {paper.version: paper.dossier for paper in printed.versions(store, read.reference)}
    last = max([*papers, draft.version if draft else 0])
    version = 1 if read.version is None else read.version
    if draft is None:  # one that was purged leaves no paper: the journal alone knows of a later one
        known = last_version(store, [read.reference]).get(read.reference, 0)
        last = max(last, known) if known > version else last
    free = version > last or (draft is not None and version == draft.version == last and version not in papers)
    state: State = "complete" if judged.complete else "draft"
    if draft is None:
        draft = Draft(read.reference, dossier, judged.fingerprint, state, "", "", last + 1, at, at)
        if version == last and papers.get(version) == dossier and judged.complete:
            return states.printed(replace(draft, version=version)), False
    elif not free:
        changed = states.changed(draft, dossier, complete=judged.complete, edition=judged.fingerprint)
        return replace(changed, version=max(changed.version, last + (last in papers)), saved_at=at), False
    made = replace(draft, dossier=dossier, edition=judged.fingerprint, state=state, confirmed_at=None, saved_at=at)
    if free:
        made = replace(made, version=version)
    return (states.printed(made), True) if free and judged.complete else (made, False)


def _attach(store: DraftStore, reference: str, scans: Sequence[bytes], at: dt.datetime) -> int:
    here = {one.digest for one in attachments.listed(store, reference)}
    fresh = [content for content in dict.fromkeys(scans) if hashlib.sha256(content).hexdigest() not in here]
    if fresh:
        paper = attachments.new_paper(store, reference, attachments.SIGNED)
        for content in fresh:
            attachments.attach(store, reference, paper, content, at)
    return len(fresh)
