"""The print of a dossier: every form of its pack gathered, numbered and framed; regenerated whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.bulletin.form import Form
from forms.bulletin.frame import framed
from forms.bulletin.ink import ink
from forms.bulletin.layout import bulletin_layout, sheet_layout
from forms.bulletin.marks import Paper
from forms.bulletin.notes import Notes
from forms.bulletin.reasons import reasons_pages
from forms.bulletin.sheet import sheet_pages
from forms.bulletin.suite import suite_pages
from forms.bulletin.words import Words

if TYPE_CHECKING:
    from forms.assessment.answer import Assessment
    from forms.bulletin.marks import Page
    from forms.bulletin.printing import Printing
    from forms.convention import Convention
    from forms.convention.model import OwnForm
    from forms.dossier.model import Dossier


def pack(dossier: Dossier, assessment: Assessment, convention: Convention, printing: Printing) -> bytes:
    """Give the PDF of a dossier: the forms that ``assessment.forms`` names, in the convention's order.

    The same arguments give the same bytes.

    Raises:
        Fault: a font or a layout of the program's own is missing, or the insurer's own PDF cannot be filled.
    """
    paper = marks_of(dossier, assessment, convention, printing)
    pdf = ink(paper)
    if not any(page.back for page in paper.pages):
        return pdf
    # pypdf costs 100 ms to import: only a convention with its insurer's own PDF pays for it.
    from forms.bulletin.own import backed  # noqa: PLC0415

    return backed(pdf, paper.pages)


def marks_of(dossier: Dossier, assessment: Assessment, convention: Convention, printing: Printing) -> Paper:
    """Give the pages of a dossier before they are drawn; ``marks.as_text`` gives their snapshot."""
    words = Words(dossier, assessment, convention, printing)
    pages: list[Page] = []
    for form in convention.forms:
        if form.id not in assessment.forms:
            continue
        holders = [form.keeper, f"l’{words.member_noun}"] if form.keeper and printing.copies > 1 else [""]
        for number, holder in enumerate(holders):
            made = form_pages(form.id, words, len(pages) + 1, form.own)
            bookmark = f"{made[0].bookmark}, 2e exemplaire" if number else made[0].bookmark
            made[0] = replace(made[0], bookmark=bookmark)
            pages += [replace(page, copy_of=holder or "") for page in made]
    return Paper(
        title=f"{words.form_title}, dossier {printing.reference}",
        # No one's name: a print queue and a file manager show what a file says of itself.
        subject=f"{convention.title} · version {printing.version}",
        pages=framed(pages, printing, convention),
    )


def form_pages(form: str, words: Words, first_page: int, own: OwnForm | None = None) -> list[Page]:
    """Give the pages of one form without their foot; ``first_page`` is the number of its first one in the print.

    ``own``: the insurer's PDF that takes the place of ours.

    Raises:
        Fault: the insurer's PDF cannot be filled.
    """
    if own is not None:
        from forms.bulletin.own import own_pages  # noqa: PLC0415 - as above

        return own_pages(own, words, words.form_title if form == "bulletin" else sheet_layout(form).title)
    if form == "bulletin":
        return _bulletin(words, first_page)
    if form == "reasons":
        return reasons_pages(words)
    return sheet_pages(words, sheet_layout(form), first_page)


def _bulletin(words: Words, first_page: int) -> list[Page]:
    """Give the form and its overflow.

    The boxes are filled twice: what overflows is known once they are full, and its page must then be written in them.
    """
    layout = bulletin_layout()
    note_pages: dict[int, int] = {}
    suite_page = 0
    for _ in range(2):
        notes = Notes(note_pages)
        form = Form(words, notes, words.printing, layout, suite_page)
        pages = form.filled()
        suite_page = first_page + len(pages)
        suite, note_pages = suite_pages(words, notes, layout, form.cards, suite_page)
        if not suite:
            break
    return [*pages, *suite]
