"""Keys one at a time, each once the one before is said saved: ``python -m tests.proofs.key_by_key PLAN``.

``careless`` in the plan opens the database so that a commit does not wait for the disk: a proof must see it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from forms.drafts import cipher
from tests.proofs.hands import Hands, Script, asked, run

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD = "member.birth_place"
TEXT = "Zwolinska"


def script(hands: Hands, plan: dict[str, Any]) -> Script:
    """Unlock, open a dossier, and type a word."""
    yield from hands.start()
    yield from hands.unlock(plan["passphrase"])
    yield from hands.take(plan["reference"])
    yield from hands.fill(FIELD, TEXT, patient=True)


def careless() -> None:
    """Open databases with ``synchronous = NORMAL``."""
    careful = cipher._pragmas

    def pragmas(key: bytes) -> Iterator[str]:
        yield from (pragma.replace("synchronous = FULL", "synchronous = NORMAL") for pragma in careful(key))

    cipher._pragmas = pragmas


if __name__ == "__main__":
    told = asked()
    if told.get("careless"):
        careless()
    sys.exit(run(lambda hands: script(hands, told), told["told"]))
