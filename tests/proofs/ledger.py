"""What the program has said that it keeps, held against what is there after it was killed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.dossier.entry import shown, typed
from forms.dossier.paths import edited, value_at
from forms.dossier.reading import dossier_to_json
from forms.dossier.states import ON_PAPER
from forms.drafts import backups, printed, vault
from forms.drafts.draft import Draft
from forms.drafts.files import LEFTOVER
from forms.drafts.lock import FolderLock
from forms.drafts.store import DraftStore
from tests.proofs.people import strangers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from forms.dossier.model import Dossier
    from tests.proofs.program import Line


@dataclass
class Counts:
    """What was looked at."""

    kills: int = 0
    said: int = 0
    prints: int = 0
    backups: int = 0
    purges: int = 0
    passphrases: int = 0
    unprinted: int = 0
    """Drafts that say that they are on paper, killed before the version was noted."""


@dataclass
class Ledger:
    """What is known of one folder; ``texts`` are what a field may hold, from the last that was said saved on."""

    folder: Path
    key: bytes
    passphrases: list[str]
    counts: Counts
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    texts: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    prints: set[tuple[str, int]] = field(default_factory=set)
    leaving: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    backup: str = ""
    head: str | None = None

    def hear(self, lines: Iterable[Line]) -> None:
        """Take what one run told."""
        for line in lines:
            getattr(self, f"_{line[0]}", lambda *_: None)(*line[1:])

    def _on(self, reference: str) -> None:
        if reference not in self.dossiers:
            self.begun.add(reference)

    def _typing(self, reference: str, path: str, text: str) -> None:
        before = self.dossiers.get(reference)
        texts = self.texts.setdefault((reference, path), [shown(before, path) if before is not None else ""])
        texts.append(text)

    def _said(self, reference: str, path: str, text: str) -> None:
        texts = self.texts[reference, path]
        del texts[: len(texts) - 1 - texts[::-1].index(text)]
        self.begun.discard(reference)
        self.counts.said += 1

    def _printed(self, reference: str, version: int) -> None:
        self.prints.add((reference, version))
        self.counts.prints += 1

    def _backup(self, name: str) -> None:
        self.backup = name
        self.counts.backups += 1

    def _purged(self, references: list[str]) -> None:
        self.gone.update(references)
        self.counts.purges += 1

    def _passphrase(self, new: str) -> None:
        self.passphrases = [new]
        self.counts.passphrases += 1

    def check(self, folder: Path) -> None:
        """Hold ``folder``, a copy of what the kill left, against what was said; it becomes what is known."""
        FolderLock(folder).release()
        backups.tidy(folder)
        assert not list(folder.rglob(f"{LEFTOVER}*"))
        self._check_passphrase(folder)
        store = DraftStore(folder, self.key, lambda: dt.datetime.now(dt.UTC))
        try:
            self._check_drafts(store)
            self._check_papers(store)
            verdict = store.verify_journal(self.head)
            assert verdict.flaw is None, verdict.flaw
            self.head = verdict.head
        finally:
            store.close()
        listed = backups.listed(folder)
        if self.backup:  # later ones may have been made and not said
            assert self.backup in [one.folder.name for one in listed]
        assert not listed or backups.last_good(folder, self.key) == listed[0]

    def _check_passphrase(self, folder: Path) -> None:
        opening = []
        for words in self.passphrases:
            try:
                assert vault.unlock(folder, words) == self.key
            except vault.WrongPassphrase:
                continue
            opening.append(words)
        assert len(opening) == 1, "neither passphrase opens"
        self.passphrases = opening

    def _check_drafts(self, store: DraftStore) -> None:
        kept: dict[str, Dossier] = {}
        for one in store.recent(limit=1000):
            assert isinstance(one, Draft)
            kept[one.reference] = one.dossier
            versions = [version.version for version in printed.versions(store, one.reference)]
            self.counts.unprinted += one.state in ON_PAPER and one.version not in versions
            assert one.dossier.reference == one.reference
            assert not strangers(dossier_to_json(one.dossier), one.reference)
        assert not self.gone & set(kept)
        # Announced, not certified: whoever leaves is whole or gone.
        self.gone |= self.leaving - set(kept)
        missing = set(self.dossiers) - set(kept) - self.gone
        missing |= {reference for reference, _ in self.texts} - set(kept) - self.begun
        assert not missing, missing
        for reference, dossier in kept.items():
            self._check_fields(reference, dossier)
        self.dossiers, self.texts, self.begun = kept, {}, set()

    def _check_fields(self, reference: str, dossier: Dossier) -> None:
        before, today = self.dossiers.get(reference), dt.datetime.now().astimezone().date()
        expected = before if before is not None else dossier
        for (about, path), texts in self.texts.items():
            if about != reference:
                continue
            may_be = [shown(typed(dossier, path, text, today), path) for text in texts]
            assert shown(dossier, path) in may_be, (reference, path, shown(dossier, path), may_be)
            expected = edited(expected, path, value_at(dossier, path))
        assert expected == dossier, reference

    def _check_papers(self, store: DraftStore) -> None:
        for reference in self.dossiers:
            for version in printed.versions(store, reference):
                self.prints.discard((reference, version.version))
                assert not strangers(dossier_to_json(version.dossier), reference)
        assert not self.prints, "a version on paper is lost"
