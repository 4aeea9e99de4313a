"""The states of a draft, brouillon → complet → imprimé → transmis, and what each event makes of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.dossier.states import ON_PAPER

if TYPE_CHECKING:
    import datetime as dt

    from forms.dossier.model import Dossier
    from forms.dossier.states import State
    from forms.drafts.draft import Draft


def changed(draft: Draft, dossier: Dossier, *, complete: bool, edition: str) -> Draft:
    """Give the draft once something was said; ``complete`` when nothing keeps it from being printed.

    What is on paper stays as it is: the first change after it opens the next version. The same dossier judged by the
    same edition changes nothing.
    """
    if dossier == draft.dossier and edition == draft.edition:
        return judged(draft, complete=complete)
    version = draft.version + (draft.state in ON_PAPER)
    state: State = "complete" if complete else "draft"
    return replace(draft, dossier=dossier, edition=edition, state=state, version=version, confirmed_at=None)


def judged(draft: Draft, *, complete: bool) -> Draft:
    """Give the draft of a same dossier judged again (another day): one on paper stays on paper."""
    if draft.state in ON_PAPER:
        return draft
    return replace(draft, state="complete" if complete else "draft")


def printed(draft: Draft) -> Draft:
    """Give the draft once this version is on paper; one that is not complete is not printed: ``ValueError``."""
    if draft.state == "draft":
        raise ValueError("a draft that is not complete is not printed")
    return draft if draft.state == "sent" else replace(draft, state="printed")


def sent(draft: Draft) -> Draft:
    """Give the draft once this version is in a transfer file; one that is not on paper is not sent: ``ValueError``."""
    if draft.state not in ON_PAPER:
        raise ValueError("what is not on paper is not sent")
    return replace(draft, state="sent")


def confirmed(draft: Draft, at: dt.datetime) -> Draft:
    """Give the draft once its transfer is known to have arrived: from then on it may be purged."""
    if draft.state != "sent":
        raise ValueError("what was not sent has not arrived")
    return replace(draft, confirmed_at=at)
