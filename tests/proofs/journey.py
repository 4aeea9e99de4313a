"""What is typed and printed until the program is killed: ``python -m tests.proofs.journey PLAN`` (JSON).

The plan says the ``passphrase``, the ``references`` of complete dossiers, a ``seed``, what to ``do`` first, the
``next`` passphrase where that is to change it, and the folder of ``papers``. After what is to be done it types for
ever.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

from desktop.__main__ import now
from forms.drafts import backups, printed
from forms.drafts.purge import purge
from forms.drafts.retention import preview
from tests.proofs.hands import Hands, Script, asked, run
from tests.proofs.people import NAMES, PLACES, said


class Journey:
    """One life of the program."""

    def __init__(self, hands: Hands, plan: dict[str, Any]) -> None:
        """Draw all from the plan's seed."""
        self.hands, self.plan = hands, plan
        self.chance = random.Random(plan["seed"])  # noqa: S311 - what is typed, not a secret
        self.count = plan["seed"] * 1000

    def script(self) -> Script:
        """Unlock, do what is to be done, then type for ever."""
        hands = self.hands
        yield from hands.start()
        hands.tell("do", "start")
        yield from hands.unlock(self.plan["passphrase"])
        hands.tell("did", "start")
        yield from hands.take(self.chance.choice(self.plan["references"]))
        yield from self.type()
        todo = self.plan["do"]
        if todo not in {"type", "start"}:
            hands.tell("do", todo)
            yield from getattr(self, todo)()
            hands.tell("did", todo)
        if self.hands.window.desk is None:
            yield from hands.unlock(self.plan["passphrase"])
        hands.tell("do", "type")
        for _ in range(10**6):
            if self.hands.reference not in self.plan["references"] or self.chance.random() < 0.2:
                yield from hands.take(self.chance.choice(self.plan["references"]))
            yield from self.type()

    def type(self) -> Script:
        """Type in one field."""
        self.count += 1
        path = self.chance.choice(PLACES)
        yield from self.hands.fill(path, said(self.hands.reference, path, self.count))

    def begin(self) -> Script:
        """Begin a dossier, and name who it is for."""
        yield from self.hands.begin()
        for path in NAMES:
            self.count += 1
            yield from self.hands.fill(path, said(self.hands.reference, path, self.count))

    def printing(self) -> Script:
        """Print to a file; what the drafts then know as printed is told."""
        hands, reference = self.hands, self.hands.reference
        yield from hands.save_pdf(str(Path(self.plan["papers"], f"{reference}-{self.count}.pdf")))
        known: list[tuple[printed.Printed, ...]] = []
        assert hands.window.desk is not None
        hands.window.desk.ask(lambda store: printed.versions(store, reference), known.append)
        yield lambda: known
        hands.tell("printed", reference, known[0][-1].version)

    def locking(self) -> Script:
        """Lock, which makes a backup."""
        folder = self.hands.window._folder
        before = backups.listed(folder)[:1]
        yield from self.hands.lock()
        assert self.hands.window.desk is None
        yield lambda: backups.listed(folder)[:1] != before
        self.hands.tell("backup", backups.listed(folder)[0].folder.name)

    def purging(self) -> Script:
        """Purge who has had their time; told once it is certified."""
        done: list[dict[str, Any] | None] = []
        assert self.hands.window.desk is not None
        self.hands.window.desk.ask(lambda store: purge(store, preview(store, now()), now()), done.append)
        yield lambda: done
        assert done[0] is not None
        self.hands.tell("purged", done[0]["references"])

    def changing(self) -> Script:
        """Change the passphrase; told once the window says so."""
        hands, new = self.hands, self.plan["next"]
        yield from hands.change(self.plan["passphrase"], new)
        yield lambda: "est changée" in getattr(hands.dialog(), "windowTitle", str)()
        hands.tell("passphrase", new)
        self.plan["passphrase"] = new
        yield from hands.close_dialogs()


if __name__ == "__main__":
    plan = asked()
    sys.exit(run(lambda hands: Journey(hands, plan).script(), plan["told"]))
