"""Empty bulletins printed in advance, each with its number in a code: typed in afterwards under that number."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from forms.assessment import assess
from forms.bulletin.frame import framed
from forms.bulletin.ink import ink
from forms.bulletin.marks import Entry, Paper
from forms.bulletin.pack import form_pages
from forms.bulletin.printing import Printing
from forms.bulletin.words import Words
from forms.dossier.model import Dossier, PreviousContract
from forms.dossier.references import reference_from

if TYPE_CHECKING:
    import datetime as dt

    from forms.bulletin.marks import Page
    from forms.convention import Convention


def blanks(convention: Convention, count: int, printed_at: dt.datetime, *, fillable: bool = False) -> bytes:
    """Give a PDF of ``count`` empty bulletins; the moment of printing makes their numbers, no two moments the same.

    ``fillable``: their boxes are fields, to be typed into with any reader of PDF.
    """
    pages: list[Page] = []
    for number in range(count):
        seed = f"{convention.id} {printed_at.isoformat()} {number}"
        reference = reference_from(hashlib.sha256(seed.encode()).digest())
        # A contract that may be there, as the window begins: its boxes are empty rather than said to be needless.
        dossier = Dossier(reference=reference, convention=convention.id, previous_contract=PreviousContract())
        printing = Printing(reference, 0, printed_at, blank=True, fillable=fillable)
        words = Words(dossier, assess(dossier, convention, printed_at.date()), convention, printing)
        for page in framed(form_pages("bulletin", words, 1), printing, convention):
            # Fields of one name would show the same text: each bulletin's are its own.
            marks = tuple(replace(m, name=f"{reference}.{m.name}") if isinstance(m, Entry) else m for m in page.marks)
            pages.append(replace(page, marks=marks))
    return ink(Paper("Bulletins vierges", convention.title, tuple(pages)))
