"""The print of a dossier: every page gathered, numbered and framed; regenerated whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.bulletin.form import Form
from forms.bulletin.frame import framed
from forms.bulletin.ink import ink
from forms.bulletin.layout import bulletin_layout
from forms.bulletin.marks import Page, Paper
from forms.bulletin.notes import Notes
from forms.bulletin.reasons import reasons_pages
from forms.bulletin.suite import suite_pages
from forms.bulletin.words import Words

if TYPE_CHECKING:
    from forms.assessment.answer import Assessment
    from forms.bulletin.printing import Printing
    from forms.convention import Convention
    from forms.dossier.model import Dossier


def pack(dossier: Dossier, assessment: Assessment, convention: Convention, printing: Printing) -> bytes:
    """Give the PDF of a dossier: the bulletin, its overflow, and what was decided and why.

    The same arguments give the same bytes.

    Raises:
        Fault: a font or a layout of the program's own is missing.
    """
    return ink(marks_of(dossier, assessment, convention, printing))


def marks_of(dossier: Dossier, assessment: Assessment, convention: Convention, printing: Printing) -> Paper:
    """Give the pages of a dossier before they are drawn; ``marks.as_text`` gives their snapshot."""
    words = Words(dossier, assessment, convention)
    pages = [*_bulletin(words, printing), *reasons_pages(words)]
    return Paper(
        title=f"{words.form_title}, dossier {printing.reference}",
        # No one's name: a print queue and a file manager show what a file says of itself.
        subject=f"{convention.title} · version {printing.version}",
        pages=framed(pages, printing, convention),
    )


def _bulletin(words: Words, printing: Printing) -> list[Page]:
    """Give the form and its overflow.

    The boxes are filled twice: what overflows is known once they are full, and its page must then be written in them.
    """
    layout = bulletin_layout()
    note_pages: dict[int, int] = {}
    suite_page = 0
    for _ in range(2):
        notes = Notes(note_pages)
        form = Form(words, notes, printing, layout, suite_page)
        pages = form.filled()
        suite_page = len(pages) + 1
        suite, note_pages = suite_pages(words, notes, layout, form.cards, suite_page)
        if not suite:
            break
    return [*pages, *suite]
