"""A dossier file made a draft of: under its own reference where that is free, over what is here only when asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.drafts import printed, states
from forms.drafts.cipher import faults_of
from forms.drafts.draft import Draft
from forms.drafts.ended import last_version
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt

    from forms.dossier.model import Dossier
    from forms.dossier.states import State
    from forms.drafts.from_paper import Judged
    from forms.drafts.store import DraftStore


def kept(store: DraftStore, reference: str) -> Draft | None:
    """Give the draft of a reference, or None.

    Raises:
        Fault: it is there and cannot be read.
    """
    with faults_of(store.path):
        there = store.database.execute("SELECT 1 FROM drafts WHERE reference = ?", [reference]).fetchone()
    return store.load(reference) if there else None


def take_in(
    store: DraftStore, dossier: Dossier, judged: Judged, at: dt.datetime, *, over: Draft | None = None
) -> Draft:
    """Keep the dossier of a file, which has a reference; ``over`` is the draft that was chosen to be replaced.

    What is on paper stays: it begins the next version, as the papers of a draft that was deleted do. Those of a draft
    that was purged are with people too: the journal knows how many there were.

    Raises:
        Fault: nothing was kept; or the draft of that reference is not any more as it was, when that was chosen.
        ValueError: the dossier has no reference: our bug.
    """
    if dossier.reference is None:
        raise ValueError("a draft has a reference")
    with store.transaction():
        here = kept(store, dossier.reference)
        if _what(here) != _what(over):
            raise Fault(f"Le dossier {dossier.reference} a changé ici entre-temps : ouvrez le fichier de nouveau.")
        papers = [paper.version for paper in printed.versions(store, dossier.reference)]
        if here is None:
            state: State = "complete" if judged.complete else "draft"
            papers += last_version(store, [dossier.reference]).values()
            version = max(papers, default=0) + 1
            made = Draft(dossier.reference, dossier, judged.fingerprint, state, "", "", version, at, at)
        else:
            changed = states.changed(here, dossier, complete=judged.complete, edition=judged.fingerprint)
            made = replace(changed, saved_at=at)
        store.save(made)
    return made


def _what(draft: Draft | None) -> tuple[object, ...]:
    return (draft.dossier, draft.version, draft.state) if draft else ()
