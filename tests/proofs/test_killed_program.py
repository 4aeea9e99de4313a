"""The real program, killed -9 while someone types and prints: all that it had said saved is there at the next start.

``KILLS=500`` kills more than the 25 of ``.ci/run``; ``SEED`` draws other moments than those of the record.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import time
from typing import TYPE_CHECKING, Any

import pytest

from forms.drafts.store import DraftStore
from tests.making import cdg62
from tests.proofs.ledger import Counts, Ledger
from tests.proofs.people import MARK, draft
from tests.proofs.program import PASSPHRASE, Home, Program

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "25"))
SEED = int(os.environ.get("SEED", "20261121"))
OTHERS = ("boussole novembre farine écluse", "lanterne orage velours pommier", PASSPHRASE)
FAMILIES = ("AAAA-1111", "BBBB-2222", "CCCC-3333", "DDDD-4444")
ROUND = 25
"""Kills of one folder; then another is begun."""

MOMENTS = {
    "type": (6, 0.4), "start": (2, 1.5), "printing": (4, 0.8), "locking": (4, 0.15), "purging": (3, 0.05),
    "changing": (3, 2.0), "begin": (3, 0.6),
}  # fmt: skip
"""What is done when the kill comes: how often, and the seconds in which it comes."""
AFTER = 0.3
"""How often it comes just after what was to be done, which has then been told."""


class Round:
    """One folder, from its first kill to its last."""

    def __init__(self, root: Path, chance: random.Random, counts: Counts) -> None:
        """Make the drafts."""
        self.home, self.chance = Home(root), chance
        self.key = self.home.filled(FAMILIES)
        self.ledger = Ledger(self.home.data, self.key, [PASSPHRASE], counts)
        self._check()

    def kill(self, number: int) -> None:
        """Start the program, kill it somewhere in what it is asked to do, and look at what is there."""
        todo = self.chance.choices(list(MOMENTS), [often for often, _ in MOMENTS.values()])[0]
        seconds = self.chance.random() * MOMENTS[todo][1]
        passphrase = self.ledger.passphrases[0]
        plan: dict[str, Any] = {
            "passphrase": passphrase, "references": FAMILIES, "seed": number, "do": todo,
            "papers": str(self.home.papers),
        }  # fmt: skip
        if todo == "changing":
            plan["next"] = OTHERS[number % 2] if passphrase not in OTHERS[:2] else OTHERS[2]
            self.ledger.passphrases.append(plan["next"])
        if todo == "purging":
            self._grow_old(number)
        with Program(self.home, "tests.proofs.journey", plan) as program:
            if todo != "start":
                program.until("do", todo)
            if todo not in {"start", "type"} and self.chance.random() < AFTER:
                program.until("did", todo)
                seconds /= 5
            time.sleep(seconds)
            program.pause()
            in_clear = self.home.holding([MARK, MARK.lower()], program.process.pid)
            program.kill()
            lines, said = program.lines, program.said()
        assert in_clear == []
        assert self.home.holding([MARK, MARK.lower()]) == []
        assert said == ""
        assert "stuck" not in {line[0] for line in lines}, lines[-1]
        self.ledger.hear(lines)
        self._check()
        self.ledger.counts.kills += 1

    def _check(self) -> None:
        # On a copy: the program itself is to begin again from what the kill has left.
        copy = self.home.root / "copy"
        shutil.copytree(self.home.data, copy)
        self.ledger.check(copy)
        shutil.rmtree(copy)
        assert self.home.reports() == []

    def _grow_old(self, number: int) -> None:
        """Add people who have had their time."""
        store = DraftStore(self.home.data, self.key)
        then = dt.datetime.now(dt.UTC) - dt.timedelta(days=40)
        for order in range(3):
            old = draft(f"G{number:03d}-{order:04d}", 100 + order, cdg62().fingerprint, then)
            store.save(old)
            self.ledger.dossiers[old.reference] = old.dossier
            self.ledger.leaving.add(old.reference)
        store.close()


def test_nothing_that_was_said_saved_is_lost(tmp_path: Path) -> None:
    """Every field said saved, every version on paper, every backup told; no one's in another's; nothing in clear."""
    chance, counts, start = random.Random(SEED), Counts(), time.monotonic()  # noqa: S311 - moments, not secrets
    for first in range(0, KILLS, ROUND):
        one = Round(tmp_path / f"round-{first}", chance, counts)
        for number in range(first, min(first + ROUND, KILLS)):
            one.kill(number)
        shutil.rmtree(one.home.root)
    print(vars(counts), f"seed {SEED}, {time.monotonic() - start:.0f} s")  # noqa: T201 - with -s, the record
    assert counts.kills == KILLS
    assert counts.said > KILLS
