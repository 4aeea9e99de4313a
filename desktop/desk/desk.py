"""The open drafts: what is asked of the keeper, the dossier on the table, and what becomes of it when it is printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.desk.edition_change import find_change, keep_edition
from desktop.desk.ending import LEAVING
from desktop.desk.keeping import PATIENCE, Keeping
from desktop.desk.listing import Listing, Rows
from desktop.desk.permanence import SETTING, Permanence, copied, new_dossier, new_reference, read, written
from desktop.desk.session import DossierSession
from forms.dossier.states import ON_PAPER
from forms.drafts import printed, states
from forms.drafts.draft import Draft
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from desktop.desk.ending import Ending
    from forms.assessment import Assessment
    from forms.convention import Convention
    from forms.dossier.model import Dossier
    from forms.drafts.store import DraftStore

T = TypeVar("T")

_RETRY = 10_000  # milliseconds between two tries while the disk refuses


class Desk(QObject):
    """Everything behind the unlocked window; closed, it leaves nothing in memory but what Python has not yet freed."""

    listed = Signal(object)
    permanence_changed = Signal()
    edition_changed = Signal(object)
    """An ``EditionChange``: nothing is on the table until ``go_on_with`` its draft."""
    duplicated = Signal(object)
    """The new ``Draft``, kept."""
    opened = Signal(object)
    """The ``DossierSession`` of the dossier that is now on the table."""
    saved = Signal(object)
    """The time at which the dossier on the table was committed."""
    not_saved = Signal(object)
    """The Fault that keeps a dossier from being committed; it is tried again every ten seconds."""
    all_saved = Signal()
    refused = Signal(object)
    deleted = Signal(object)
    """The ``Draft`` that was deleted, for whoever wants it back."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        conventions: Sequence[Convention],
        *,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime],
        practice: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """Open the drafts; in the ``practice`` all that is printed is a specimen, and says so by its reference.

        Raises:
            Fault: see ``Keeper``.
        """
        super().__init__(parent)
        self.conventions = {convention.id: convention for convention in conventions}
        self.permanence: Permanence | None = None
        self.draft: Draft | None = None
        self.session: DossierSession | None = None
        self.practice = practice
        self._today, self._now = today, now
        self._asked = 0
        self._rows = Rows(self.conventions)
        self.is_open = True
        self._keeping = Keeping(folder, key, now, self)
        self._keeping.saved.connect(self._saved)
        self._keeping.failed.connect(self._failed)
        self._keeping.refused.connect(self.refused)
        self._retry = QTimer(self, interval=_RETRY)
        self._retry.timeout.connect(self.retry)
        self.ask_setting(SETTING, self._read)

    @property
    def convention(self) -> Convention | None:
        """Give the convention of the permanence."""
        return self.conventions.get((self.permanence.convention if self.permanence else None) or "")

    def list(self, search: str = "") -> None:
        """Ask for the drafts; ``listed`` follows, once, for the last search asked: the older ones are dropped."""
        self._asked += 1
        asked, today = self._asked, self._today()

        def found(store: DraftStore) -> Listing | None:
            return self._rows.listing(store, search, today, lambda: asked == self._asked)

        def show(listing: Listing | None) -> None:
            if listing is not None and asked == self._asked:
                self.listed.emit(listing)

        self._keeping.ask(found, show)

    def settle(self, permanence: Permanence) -> None:
        """Keep the day's settings; the dossiers that are there do not change."""
        self.permanence = permanence
        self.permanence_changed.emit()
        self.keep_setting(SETTING, written(permanence))

    def ask(
        self,
        question: Callable[[DraftStore], T],
        then: Callable[[T], object] = lambda _answer: None,
        refused: Callable[[Fault], object] | None = None,
    ) -> None:
        """Run ``question`` on the drafts' thread; ``then`` takes its answer, ``refused`` its Fault, else said.

        Once they are locked it is not asked: an answer that came late leads nowhere.
        """
        if self.is_open:
            self._keeping.ask(question, then, refused)

    def ask_setting(self, key: str, then: Callable[[object], object]) -> None:
        """Ask for a setting; ``then`` takes its JSON value, or None."""
        self._keeping.ask(lambda store: store.setting(key), then)

    def keep_setting(self, key: str, value: object) -> None:
        """Keep a setting, any JSON value."""
        self._keeping.ask(lambda store: store.set_setting(key, value))

    def begin(self, dossier: Dossier | None = None, version: int = 1) -> None:
        """Put a new dossier on the table: this one, else one of the permanence; it is kept at its first answer."""
        if dossier is None:
            if self.permanence is None or self.convention is None:
                return
            dossier = new_dossier(self.permanence, new_reference(specimen=self.practice), self._today())
        now, convention = self._now(), self.conventions.get(dossier.convention or "")
        edition = convention.fingerprint if convention else ""
        self._take(Draft(dossier.reference or "", dossier, edition, "draft", "", "", version, now, now))

    def open(self, reference: str) -> None:
        """Put a kept draft on the table: ``opened`` follows, or ``edition_changed`` first."""
        self._keeping.ask(lambda store: store.load(reference), self._opening)

    def go_on_with(self, draft: Draft) -> None:
        """Put a draft on the table under the edition in force; what was on paper begins another version."""
        self._take(draft)
        if self.session is not None:
            self._changed(self.session.dossier, self.session.assessment)

    def duplicate(self, reference: str) -> None:
        """Keep a copy of a draft under a reference of its own; ``duplicated`` gives it."""

        def loaded(draft: Draft) -> None:
            now = self._now()
            day = (self.permanence or Permanence()).day_on(self._today())
            dossier = copied(draft.dossier, new_reference(specimen=self.practice), day)
            copy = Draft(dossier.reference or "", dossier, draft.edition, "draft", "", "", 1, now, now)
            self._keeping.save(copy)
            self.duplicated.emit(copy)

        self._keeping.ask(lambda store: store.load(reference), loaded)

    def leave(self) -> None:
        """Take the dossier off the table: all that was said is already with the keeper."""
        if self.session is not None:
            self.session.deleteLater()
        self.draft = self.session = None

    def delete(self, reference: str) -> None:
        """Delete a draft; ``deleted`` gives it, and ``restore`` puts it back."""

        def loaded(draft: Draft) -> None:
            self._keeping.delete(reference, lambda: self.deleted.emit(draft))

        def unreadable(_fault: Fault) -> None:
            self._keeping.delete(reference, lambda: self.deleted.emit(None))

        self._keeping.ask(lambda store: store.load(reference), loaded, unreadable)

    def restore(self, draft: Draft) -> None:
        """Put a deleted draft back."""
        self._keeping.save(draft)

    def record(self, draft: Draft, edition: str, at: dt.datetime, pdf: bytes, copies: int = 1) -> None:
        """Note a version on paper; the draft is with the keeper already."""
        self._keeping.ask(lambda store: printed.record(store, draft, edition, at, pdf, copies=copies))

    def printed(self, made_of: Draft, pdf: bytes, at: dt.datetime, copies: int = 1) -> None:
        """Remember that the dossier on the table is on paper, as this file made ``at`` that time, if of this draft."""
        draft, session = self.draft, self.session
        if draft is None or session is None or session.dossier != made_of.dossier:
            return
        # Another copy of what is on paper is no change: ``record`` notes it, and it keeps its day.
        again = draft.state in ON_PAPER
        judged = states.judged(draft, complete=session.assessment.printable)
        on_paper = draft if again else self._keep(states.printed(judged))
        self.record(on_paper, session.convention.edition, at, pdf, copies)

    def retry(self) -> None:
        """Try again what could not be kept; waits for nothing."""
        self._keeping.retry()

    def flush(self) -> bool:
        """Wait until all is on the disk; False when something is not."""
        return self._keeping.flush()

    def close(self, *, leaving: bool = False) -> Fault | None:
        """Flush, back up what was done, close the drafts, forget the key; what could not be kept is lost.

        ``leaving``: the program ends. Gives what kept the backup from being made. The practice has none.
        """
        if not self.is_open:
            return None
        self.is_open = False
        self._retry.stop()
        return self._keeping.close(backup=not self.practice, patience=LEAVING if leaving else PATIENCE)

    @property
    def ending(self) -> Ending | None:
        """Give what goes on after ``close``, when the disk is slow."""
        return self._keeping.ending

    def _read(self, kept: object) -> None:
        if self.permanence is None:  # else it was settled before this came
            self.permanence = read(kept)
        self.permanence_changed.emit()

    def _opening(self, draft: Draft) -> None:
        now, reference = self._now(), draft.reference
        # A disk that refuses the journal keeps no one from reading.
        self._keeping.ask(lambda store: store.note("opened", now, reference), refused=lambda _fault: None)
        convention = self.conventions.get(draft.dossier.convention or "")
        find_change(self._keeping, draft, convention, self._take, self.edition_changed.emit)

    def _take(self, draft: Draft) -> None:
        convention = self.conventions.get(draft.dossier.convention or "")
        if convention is None:
            self.refused.emit(Fault("La convention de ce dossier n’est pas installée sur ce poste."))
            return
        self.leave()
        self.draft = draft
        self.session = DossierSession(draft, convention, self._today(), parent=self)
        self.session.changed.connect(self._changed)
        self.session.place_changed.connect(self._moved)
        keep_edition(self._keeping, convention, self._now())
        self.opened.emit(self.session)

    def _changed(self, dossier: Dossier, found: Assessment) -> None:
        draft, session = self.draft, self.session
        if draft is None or session is None:
            return
        edition = session.convention.fingerprint
        self._keep(states.changed(draft, dossier, complete=found.printable, edition=edition))

    def _moved(self, step: str, field: str) -> None:
        # A place is no change: kept alone, so that looking at a draft neither dates it anew nor lengthens its keeping.
        # A new dossier that was only looked at has no row yet, and gets none. A disk that refuses keeps no one waiting.
        if self.draft is not None:
            self.draft = replace(self.draft, step=step, field=field)
            reference = self.draft.reference
            self._keeping.ask(lambda store: store.place(reference, step, field), refused=lambda _fault: None)

    def _keep(self, draft: Draft) -> Draft:
        if self.session is not None:
            step, field = self.session.place
            draft = self.draft = replace(draft, step=step, field=field, saved_at=self._now())
            self._keeping.save(draft)
        return draft

    def _saved(self, reference: str, when: dt.datetime) -> None:
        if self.draft is not None and self.draft.reference == reference:
            self.saved.emit(when)
        if self._retry.isActive() and not self._keeping.unsaved():
            self._retry.stop()
            self.all_saved.emit()

    def _failed(self, _reference: str, fault: Fault) -> None:
        self._retry.start()
        self.not_saved.emit(fault)
