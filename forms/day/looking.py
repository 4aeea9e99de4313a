"""The day as it would be closed now: its totals, and for each dossier whether it goes into the transfer, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from forms.assessment import assess
from forms.day.parcels import papers_of, trips
from forms.dossier.model import SPECIMEN
from forms.dossier.paths import full_name
from forms.dossier.states import ON_PAPER
from forms.drafts import attachments, editions
from forms.drafts.day import of_day
from forms.drafts.draft import DamagedDraft, Draft
from forms.exchange.bounds import FILE_LIMIT, MEGABYTE
from forms.exchange.closing import Closing, DayDossier, closing
from forms.faults import Fault
from forms.french import short_date, time_of

if TYPE_CHECKING:
    from forms.convention import Convention
    from forms.drafts.store import DraftStore

Fate = Literal["goes", "stays", "written", "sent"]
"""It goes into the next transfer file, it stays, it is in one that is not confirmed yet, it has arrived."""

LOAD = FILE_LIMIT - 8 * MEGABYTE
"""Bytes of papers in one transfer file: what lists and seals them takes the rest."""


@dataclass(frozen=True)
class Line:
    """One dossier of the page; ``lacks`` are French, without a final point."""

    reference: str
    name: str = field(repr=False)
    state: str
    fate: Fate
    lacks: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Pending:
    """A transfer file that was written and is not confirmed; ``references`` are those that it would make `transmis`."""

    receipt: str
    written_at: dt.datetime
    references: tuple[str, ...]


@dataclass(frozen=True)
class Day:
    """What closing now would say; ``before``: when this very day was closed already, the first time first."""

    closing: Closing
    lines: tuple[Line, ...] = field(repr=False)
    pending: tuple[Pending, ...]
    before: tuple[dt.datetime, ...]
    drafts: Mapping[str, Draft] = field(repr=False)

    @property
    def going(self) -> tuple[Draft, ...]:
        """Give the drafts of the next transfer file."""
        return tuple(self.drafts[line.reference] for line in self.lines if line.fate == "goes")


def look(
    store: DraftStore, conventions: Mapping[str, Convention], today: dt.date, now: dt.datetime, *, again: bool = False
) -> Day:
    """Look at the drafts of ``today`` and at those that wait; nothing is changed. ``now`` knows its zone.

    ``again``: what is in a transfer file that is not confirmed goes into the next one too.

    Raises:
        Fault: the database cannot be read.
    """
    morning = dt.datetime.combine(today, dt.time.min, tzinfo=now.tzinfo)
    closed = [(entry.at.astimezone(now.tzinfo), entry.detail) for entry in store.noted(kind="closed")]
    listed = {
        (reference, version)
        for at, detail in closed
        if at.date() < today
        for reference, version in dict(detail.get("listed") or {}).items()
    }
    found = of_day(store, morning, listed)
    drafts = {draft.reference: draft for draft in found if isinstance(draft, Draft)}
    pending = _pending(store, drafts)
    waiting = {reference: one.written_at for one in pending for reference in one.references}
    judged = {reference: _judged(store, conventions, draft, today) for reference, draft in drafts.items()}
    counted = [
        day
        for reference, day in judged.items()
        if isinstance(day, DayDossier) and _counts(drafts[reference], morning, listed)
    ]
    made = closing(counted, now)
    lacking = {wanting.reference: wanting.lacks for wanting in made.wanting}
    lines = [
        _damaged(draft)
        if isinstance(draft, DamagedDraft)
        else _line(store, draft, judged[draft.reference], lacking, None if again else waiting.get(draft.reference), now)
        for draft in found
    ]
    before = tuple(at for at, _ in closed if at.date() == today)
    return Day(made, tuple(lines), pending, before, drafts)


def _counts(draft: Draft, morning: dt.datetime, listed: set[tuple[str, int]]) -> bool:
    """Tell whether a draft is of this day: on paper and on no earlier day's list, or said today."""
    if draft.state in ON_PAPER:  # a copy that is printed again puts no one on a second list
        return (draft.reference, draft.version) not in listed
    return draft.saved_at >= morning


def _judged(store: DraftStore, conventions: Mapping[str, Convention], draft: Draft, today: dt.date) -> DayDossier | str:
    """Give what follows from a draft, by the edition that printed it where it is on paper; or why nothing does."""
    convention = conventions.get(draft.dossier.convention or "")
    if convention is None:
        return "sa convention n’est pas installée sur ce poste"
    if draft.state in ON_PAPER and draft.edition not in {"", convention.fingerprint}:
        kept = editions.kept(store, draft.edition)
        if kept is None:
            return "imprimé avec une autre édition de la convention, qui n’est plus là : à rouvrir"
        convention = kept
    answer = assess(draft.dossier, convention, today)
    state = draft.state if draft.state in ON_PAPER else "complete" if answer.printable else "draft"
    return DayDossier(draft.reference, state, draft.dossier, answer, convention)


def _damaged(draft: DamagedDraft) -> Line:
    return Line(draft.reference, "", "illisible", "stays", (draft.fault.line,))


def _line(
    store: DraftStore,
    draft: Draft,
    day: DayDossier | str,
    lacking: Mapping[str, Sequence[str]],
    written_at: dt.datetime | None,
    now: dt.datetime,
) -> Line:
    name = full_name(draft.dossier.member) or "Sans nom"
    lacks = [*lacking.get(draft.reference, ())]
    if isinstance(day, str):
        lacks.append(day)
    state = draft.state if isinstance(day, str) else day.state
    fate: Fate = "stays"
    if draft.state == "sent":
        fate = "sent"
    elif written_at is not None:
        fate = "written"
        when = written_at.astimezone(now.tzinfo)
        day_of = "" if when.date() == now.date() else f" le {short_date(when.date())}"
        lacks.append(f"transfert écrit{day_of} à {time_of(when)}, à confirmer")
    elif draft.state == "printed":
        kept_back = _kept_back(store, draft)
        if kept_back:
            lacks.append(kept_back)
        else:
            fate = "goes"
    return Line(draft.reference, name, state, fate, tuple(lacks))


def _kept_back(store: DraftStore, draft: Draft) -> str:
    """Give what keeps a printed draft out of a transfer file, "" for nothing; its papers are read, one by one."""
    if draft.reference.startswith(SPECIMEN):
        return "un dossier d’entraînement (SPÉCIMEN) ne se transmet pas"
    try:
        papers = papers_of(store, draft)
        if sum(kept.size for _, kept in papers) > LOAD:
            return f"ses pièces dépassent {LOAD // MEGABYTE} Mo : numérisez-les en gris"
        for _, kept in papers:
            attachments.content_of(store, kept)
    except Fault as fault:
        return fault.line.rstrip(".")
    return ""


def _pending(store: DraftStore, drafts: Mapping[str, Draft]) -> tuple[Pending, ...]:
    """Give the transfers of which something is still only printed, as it was written there."""
    waiting: dict[str, tuple[dt.datetime, list[str]]] = {}
    for entry, trip in trips(store, "exported"):
        draft = drafts.get(trip.reference)
        if draft is not None and draft.state == "printed" and draft.version == trip.version:
            waiting.setdefault(trip.receipt, (entry.at, []))[1].append(trip.reference)
    return tuple(Pending(receipt, at, tuple(references)) for receipt, (at, references) in waiting.items())
