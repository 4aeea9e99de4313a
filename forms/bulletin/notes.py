"""What does not fit its box: numbered notes of the overflow sheet, said in both places."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Notes:
    """The notes of one print, gathered while its boxes are filled.

    ``pages`` gives the page of each note; it is empty on the first pass, which only counts them.
    """

    pages: dict[int, int] = field(default_factory=dict)
    texts: dict[str, tuple[int, str]] = field(default_factory=dict)

    def refer(self, label: str, text: str) -> tuple[str, ...]:
        """Keep a text for the overflow sheet; give how its box announces it, the longest wording first."""
        number, _ = self.texts.setdefault(text, (len(self.texts) + 1, label))
        page = self.pages.get(number, 0)
        return f"suite : note {number}, page {page}", f"note {number}, page {page}", f"n. {number}, p. {page}"

    def listed(self) -> list[tuple[int, str, str]]:
        """Give number, label and whole text of each note, in order."""
        return [(number, label, text) for text, (number, label) in self.texts.items()]
