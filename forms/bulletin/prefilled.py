"""A bulletin printed ahead for an agent of a list: what is known is there, the rest is completed by hand."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from forms.assessment import assess
from forms.bulletin.frame import framed
from forms.bulletin.ink import ink
from forms.bulletin.marks import Paper
from forms.bulletin.pack import form_pages
from forms.bulletin.printing import Printing
from forms.bulletin.words import Words
from forms.dossier.paths import edited
from forms.dossier.reading import dossier_to_json
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt

    from forms.assessment import Assessment
    from forms.convention import Convention
    from forms.dossier.model import Dossier

_NAMES = frozenset({"member.birth_name", "member.used_name", "member.first_name"})
_LINES = "member.address.lines"


class NotForPaper(Fault):
    """What is known of this one agent makes no bulletin; the next one's may be made."""


def prefilled_bulletin(
    dossier: Dossier,
    convention: Convention,
    printed_at: dt.datetime,
    *,
    specimen: bool = False,
) -> bytes:
    """Give the PDF of one prefilled bulletin: the bulletin alone, to be completed and signed by hand.

    The other forms of a pack depend on answers that nobody has given yet. It carries the number of ``dossier`` as an
    empty bulletin does (version 0), and its code carries what is known: read from a scan, it is typed in under that
    number with nothing of it retyped. What ``check`` calls wrong is left to the hand, and so is what could not be
    read: carried by the code, it would have to be typed again. The same arguments give the same bytes;
    ``fingerprint`` is its subject.

    Raises:
        NotForPaper: a name is wrong or cannot be written on paper, or what is wrong is no single fact.
        Fault: a font or a layout of the program's own is missing.
        ValueError: the dossier has no reference.
    """
    if not dossier.reference:
        raise ValueError("a bulletin without a number")
    said, found = _without_wrong(dossier, convention, printed_at.date())
    printing = Printing(dossier.reference, 0, printed_at, specimen=specimen, prefilled=True)
    words = Words(said, found, convention, printing)
    pages = framed(form_pages("bulletin", words, 1), printing, convention)
    title = f"Bulletin prérempli n° {dossier.reference}"
    return ink(Paper(title, fingerprint(dossier, convention, specimen=specimen), pages))


def _without_wrong(dossier: Dossier, convention: Convention, today: dt.date) -> tuple[Dossier, Assessment]:
    """Give what of a dossier is printed ahead, and what follows from that."""
    dossier = dossier.model_copy(update={"unread": {}})
    found = assess(dossier, convention, today)
    wrong = _wrong(found)
    if not wrong:
        return dossier, found
    if any(path in _NAMES for path in wrong):
        raise NotForPaper(" ".join(message for path, message in wrong.items() if path in _NAMES))
    for path in wrong:
        if path.startswith(_LINES):
            dossier = edited(dossier, _LINES, ())
        elif path:
            dossier = edited(dossier, path, None)
    found = assess(dossier, convention, today)
    if still := _wrong(found):
        raise NotForPaper(" ".join(still.values()))
    return dossier, found


def _wrong(found: Assessment) -> dict[str, str]:
    """Give the facts that ``check`` calls wrong, with why; what is missing is for the hand."""
    return {i.path: i.message for i in found.issues if i.severity == "error" and i.code != "missing"}


def fingerprint(dossier: Dossier, convention: Convention, *, specimen: bool = False) -> str:
    """Give what tells one prefilled bulletin from another, in ASCII: what is known and by which edition, not when."""
    said = f"{dossier_to_json(dossier)}\n{convention.fingerprint}\n{specimen}"
    return f"permanence-{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def is_of(pdf: bytes, dossier: Dossier, convention: Convention, *, specimen: bool = False) -> bool:
    """Say whether a file is the whole prefilled bulletin of this very dossier: it need not be made again."""
    mark = fingerprint(dossier, convention, specimen=specimen).encode()
    return mark in pdf and pdf.rstrip().endswith(b"%%EOF")
