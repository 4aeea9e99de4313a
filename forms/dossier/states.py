"""How far a dossier is: brouillon → complet → imprimé → transmis, the same word wherever it is said."""

from __future__ import annotations

from typing import Literal

State = Literal["draft", "complete", "printed", "sent"]

STATES: dict[str, str] = {"draft": "brouillon", "complete": "complet", "printed": "imprimé", "sent": "transmis"}
"""The French word of each, in the order that a dossier goes through them."""

ON_PAPER: frozenset[State] = frozenset({"printed", "sent"})
"""The states of what is on paper, to be signed: no one's pay is touched for less."""
