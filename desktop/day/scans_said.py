"""What the page of scans says: what could not be read, what was done of a bulletin, what an import comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.widgets.style import label, set_role, space
from forms.french import plural, typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.desk.scan_meeting import Meeting


@dataclass
class Tally:
    """What an import comes to, dossier after dossier."""

    made: int = 0
    replaced: int = 0
    signed: int = 0
    parts: int = 0
    failed: int = 0

    def count(self, meeting: Meeting, files: int, *, taking: bool) -> None:
        """Count one that was kept, with so many scanned files."""
        self.made += taking and meeting.met.draft is None
        self.replaced += taking and meeting.met.draft is not None
        self.signed += bool(files) and meeting.whole
        self.parts += bool(files) and not meeting.whole

    def said(self) -> str:
        """Give it in one line."""
        parts = plural(self.parts, "bulletin incomplet", "bulletins incomplets")
        said = (
            (self.made, plural(self.made, "dossier créé", "dossiers créés")),
            (self.replaced, plural(self.replaced, "repris du papier")),
            (self.signed, plural(self.signed, "bulletin signé gardé", "bulletins signés gardés")),
            (self.parts, f"pages gardées de {parts}"),
            (self.failed, plural(self.failed, "refusé")),
        )
        words = ", ".join(text for count, text in said if count)
        return typeset(f"Import terminé : {words or 'rien de nouveau'}.")


def done(meeting: Meeting, files: int, *, taking: bool) -> str:
    """Say what was done of one bulletin."""
    words = ""
    if taking:
        words = "Dossier créé." if meeting.met.draft is None else "Repris du papier."
    if files:
        words += " Bulletin signé gardé." if meeting.whole else " Pages gardées."
    return words.strip() or "Ces pages étaient déjà gardées."


def read_line(count: int, lost: int, *, stopped: bool) -> str:
    """Say how many bulletins were read, and how many files or pages were not."""
    parts = [plural(count, "bulletin lu", "bulletins lus") if count else "Aucun bulletin lu"]
    parts += [plural(lost, "non lu", "non lus")] if lost else []
    return typeset(f"{'Lecture arrêtée : ' if stopped else ''}{', '.join(parts)}.")


def unread(lost: Sequence[tuple[str, str]]) -> list[QWidget]:
    """Give what could not be read, each with its reason."""
    if not lost:
        return []
    card = QFrame()
    set_role(card, "card-attention")
    column = QVBoxLayout(card)
    space(column, 6, (16, 12, 16, 12))
    column.addWidget(label("Non lus", "label"))
    for file, reason in lost:
        said = reason if reason.startswith(file) else f"{file}, {reason}"
        column.addWidget(label(typeset(said), wrap=True))
    return [card]
