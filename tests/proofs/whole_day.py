"""A dossier typed over field by field, printed, locked, opened again: ``python -m tests.proofs.whole_day PLAN``.

The plan says the ``texts`` to type, by path.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from tests.proofs.hands import Hands, Script, asked, run


def script(hands: Hands, plan: dict[str, Any]) -> Script:
    """Type all of it twice, with what a day brings between."""
    yield from hands.start()
    for passage in range(2):
        yield from hands.unlock(plan["passphrase"])
        yield from hands.take(plan["reference"])
        for path, text in plan["texts"].items():
            yield from hands.fill(path, text[::-1] if passage else text, patient=True)
        hands.tell("typed")
        if not passage:
            yield from hands.save_pdf(str(Path(plan["papers"], "bulletin.pdf")))
            hands.tell("printed")
        yield from hands.lock()
        hands.tell("locked")
    hands.window.close()


if __name__ == "__main__":
    told = asked()
    sys.exit(run(lambda hands: script(hands, told), told["told"]))
