"""kill -9 at random moments: all that was said saved is there, nothing of another dossier, and the journal verifies."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from forms.drafts import backups, printed
from forms.drafts.draft import Draft
from forms.drafts.lock import FolderLock
from forms.drafts.store import DraftStore
from tests.forms.drafts.invented import KEY, PROJECT
from tests.forms.drafts.typist import REFERENCES

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20260203
"""Of every run; the typist and the moment of the kill follow from it."""


def killed(folder: Path, seed: int) -> list[list[str]]:
    """Start the typist, kill it a little later, and give the lines that it had said."""
    command = [sys.executable, "-m", "tests.forms.drafts.typist", str(folder), str(seed)]
    chance = random.Random(seed)  # noqa: S311 - a moment, not a secret
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as typist:
        guard = threading.Timer(60, typist.kill)
        guard.start()
        assert typist.stdout is not None
        try:
            # So many lines, then a part of the time that the next ones take: anywhere between two of them.
            lines = [typist.stdout.readline() for _ in range(chance.randrange(1, 150))]
            threading.Event().wait(chance.random() * 0.02)
            typist.kill()
            lines += typist.stdout.readlines()
        finally:
            guard.cancel()
    if not lines[-1].endswith("\n"):
        del lines[-1]  # killed in the middle of saying it
    return [line.split() for line in lines]


def check(folder: Path, lines: list[list[str]]) -> None:
    """Hold what was said against what is there."""
    assert lines[0] == ["ready"]
    assert "failed" not in {line[0] for line in lines}
    FolderLock(folder).release()
    backups.tidy(folder)
    store = DraftStore(folder, KEY)
    saved = {line[1]: int(line[2]) for line in lines if line[0] == "saved"}
    for reference, number in saved.items():
        kept = store.load(reference)
        # It may hold what was saved and not said yet, never less.
        assert int(kept.dossier.member.phone or "-1") >= number
    for _, reference, when in (line for line in lines if line[0] == "told"):
        assert store.load(reference).saved_at >= dt.datetime.fromisoformat(when)
    for draft in store.recent():
        assert isinstance(draft, Draft)
        assert draft.reference in REFERENCES
        assert draft.dossier.member.birth_name == draft.dossier.reference == draft.reference
    for reference in REFERENCES:
        versions = {one.version for one in printed.versions(store, reference)}
        assert versions >= {int(line[2]) for line in lines if line[:2] == ["printed", reference]}
        assert all(one.dossier.member.birth_name == reference for one in printed.versions(store, reference))
    assert store.verify_journal().flaw is None
    store.close()
    told = [line[1] for line in lines if line[0] == "backup"]
    names = [backup.folder.name for backup in backups.listed(folder)]
    # One more may have been made, and not said: the oldest of five has gone then.
    assert set(told[1 - backups.LAST :]) <= set(names)
    assert names == [] or backups.last_good(folder, KEY) == backups.listed(folder)[0]


@pytest.mark.parametrize("run", range(3))
def test_killed(folder: Path, run: int) -> None:
    """A few kills at each run of the tests."""
    check(folder, killed(folder, SEED + run))


@pytest.mark.slow
@pytest.mark.parametrize("run", range(3, 28))
def test_killed_many_times(folder: Path, run: int) -> None:
    """Twenty-five more."""
    check(folder, killed(folder, SEED + run))
