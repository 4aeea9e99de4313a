"""A program that types until it is killed: each thing that it was told is saved, it says on a line of its own.

``python -m tests.forms.drafts.typist FOLDER SEED``. Lines: ``told REFERENCE TIME`` (as the window is told), ``saved
REFERENCE NUMBER`` (after a flush), ``printed REFERENCE VERSION``, ``backup NAME``. In a dossier the phone is
the number, and the birth name the reference: a mixture would be seen.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from dataclasses import replace
from pathlib import Path

from forms.dossier.model import Dossier, Member
from forms.dossier.paths import edited
from forms.drafts import backups, printed
from forms.drafts.draft import Draft
from forms.drafts.keeper import Keeper
from tests.forms.drafts.invented import KEY, NOON

REFERENCES = ("AAAA-0001", "BBBB-0002", "CCCC-0003")


def say(*words: object) -> None:
    """Say a line at once."""
    sys.stdout.write(f"{' '.join(map(str, words))}\n")
    sys.stdout.flush()


class Typist:
    """Types in three dossiers in turn, prints now and then, makes a backup now and then."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Open the drafts."""
        self.chance, self.clock = random.Random(seed), NOON  # noqa: S311 - what is typed, not a secret
        self.drafts = {reference: self.begun(reference) for reference in REFERENCES}
        self.keeper = Keeper(folder, KEY, clock=self.tick, on_saved=self.saved, on_failed=self.failed)

    def begun(self, reference: str) -> Draft:
        """Give a new draft."""
        dossier = Dossier(reference=reference, member=Member(birth_name=reference))
        return Draft(reference, dossier, "e" * 64, "draft", "", "", 1, NOON, NOON)

    def tick(self) -> dt.datetime:
        """Give a second later."""
        self.clock += dt.timedelta(seconds=1)
        return self.clock

    def saved(self, reference: str, when: dt.datetime) -> None:
        """Say what is on the disk."""
        say("told", reference, when.isoformat())

    def failed(self, reference: str, fault: object) -> None:
        """Say what should not have been."""
        say("failed", reference, fault)

    def run(self) -> None:
        """Type for ever."""
        say("ready")
        for number in range(10**9):
            reference = self.chance.choice(REFERENCES)
            draft = self.drafts[reference]
            dossier = edited(draft.dossier, "member.phone", f"{number}")
            version = draft.version + (draft.state == "printed")
            draft = replace(draft, dossier=dossier, state="complete", version=version)
            self.keeper.save(draft)
            self.drafts[reference] = draft
            if self.chance.random() < 0.5:
                say("saved" if self.keeper.flush(20) else "failed", reference, number)
            if self.chance.random() < 0.1:
                on_paper = draft
                draft = self.keeper.ask(lambda store, on_paper=on_paper: self.on_paper(store, on_paper)).result(20)  # type: ignore[misc]
                self.drafts[reference] = draft
                say("printed", reference, draft.version)
            if self.chance.random() < 0.05:
                made = self.keeper.ask(lambda store: backups.make(store.database, store.folder, store.key, self.tick()))
                say("backup", made.result(20).folder.name)

    def on_paper(self, store: object, draft: Draft) -> Draft:
        """Print."""
        return printed.record(store, draft, "2026-1", self.tick(), draft.reference.encode())  # type: ignore[arg-type]


if __name__ == "__main__":
    Typist(Path(sys.argv[1]), int(sys.argv[2])).run()
