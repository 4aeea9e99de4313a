"""A form other than the bulletin as pages: the parts of its layout flow, its signatures stay together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from forms.assessment.answer import a_year
from forms.bulletin import blocks
from forms.bulletin.boxes import LABEL_SIZE, ROW, VALUE_SIZE, row_marks
from forms.bulletin.fit import wrapped
from forms.bulletin.flow import Column, Flow
from forms.bulletin.frame import BOTTOM, LEFT, RIGHT, ROOM, leading, paragraph
from forms.bulletin.layout import Box
from forms.bulletin.marks import Cells, Line, Rect, Text, Tick, cells_width
from forms.bulletin.metrics import printable
from forms.bulletin.notes import Notes
from forms.bulletin.papers import papers_block, slip_block
from forms.bulletin.phrases import member_address
from forms.bulletin.words import day_cells
from forms.dossier.paths import full_name
from forms.french import amount

if TYPE_CHECKING:
    from forms.bulletin.layout import Paragraph, Part, Sheet
    from forms.bulletin.marks import Mark, Page
    from forms.bulletin.words import Words

_BLANK = "______________________"
_NAMED = re.compile(r"\{([a-z_]+)\}")
_SIGNATURE = 40.0
_SIGNATURE_LEAST = 26.0
_DOCUMENT = 8.4
_DAY = (2, 2, 4)
_ADDRESSEE = 105.0
"""Millimetres from the left edge to the addressee of a letter."""
_LETTER_LINES = 4
_DEDUCTION = (Column("", 106.0), Column("Par mois, en €", 40.0, "right"), Column("Par an, en €", 40.0, "right"))


def sheet_pages(words: Words, layout: Sheet, first_page: int) -> list[Page]:
    """Give the pages of a form without their foot; ``first_page`` is the number of its first one.

    The boxes are filled twice: the page of a note is known once all of them are.
    """
    pages: dict[int, int] = {}
    while True:
        notes = Notes(pages)
        flow = Flow(layout.title, blocks.who(words))
        flow.begin(layout.lead)
        for part in layout.parts:
            if part.block == "signatures" or (part is layout.parts[-1] and notes.texts):
                pages = _notes(flow, notes, first_page) or pages
            _part(flow, part, words, notes)
        if notes.pages == pages:
            return flow.done()


def filled(text: str, words: Words) -> str:
    """Put what is known in the places of a text, and a line to write on in the others."""
    return _NAMED.sub(lambda found: words.text(f"={found[1]}") or _BLANK, text)


def _holds(when: str, words: Words) -> bool:
    return not when or bool(words.text(when))


def _part(flow: Flow, part: Part, words: Words, notes: Notes) -> None:
    if not _holds(part.when, words):
        return
    if part.title:
        flow.heading(filled(part.title, words), 16.0)
    _texts(flow, part.texts, words)
    if part.texts and part.rows:
        flow.y += 0.8
    for row in part.rows:
        flow.keep(ROW)
        flow.add(row_marks(row, (LEFT, flow.y), ROOM, words, notes))
        flow.y += ROW
    _block(flow, part, words, notes)
    _texts(flow, part.then, words)


def _block(flow: Flow, part: Part, words: Words, notes: Notes) -> None:
    match part.block:
        case "letterhead":
            _letterhead(flow, words)
        case "deduction":
            _deduction(flow, words)
        case "documents":
            _documents(flow, words)
        case "papers":
            papers_block(flow, words)
        case "slip":
            slip_block(flow, words)
        case "signatures":
            _signatures(flow, part, words, notes)


def _texts(flow: Flow, texts: tuple[Paragraph, ...], words: Words) -> None:
    for text in texts:
        if _holds(text.when, words):
            flow.text(
                filled(text.text, words),
                text.size,
                strong=text.strong,
                second=text.second,
                indent=text.indent,
                after=text.after,
            )


def _notes(flow: Flow, notes: Notes, first_page: int) -> dict[int, int]:
    """Write whole what did not fit its box; give the page of each note."""
    if not notes.texts:
        return {}
    found: dict[int, int] = {}
    flow.heading("Notes : ce qui n’a pas tenu dans sa case")
    for number, label, text in notes.listed():
        flow.keep(leading(LABEL_SIZE) + leading(VALUE_SIZE) * len(wrapped(text, ROOM, VALUE_SIZE)))
        found[number] = first_page + len(flow.pages) - 1
        flow.text(f"Note {number} · {label}", 7.5, second=True, after=0.0)
        flow.text(text, VALUE_SIZE, after=2.0)
    return found


def _letterhead(flow: Flow, words: Words) -> None:
    """Write sender and addressee as a letter has them; lines to write on where unknown."""
    creditor = words.convention.creditor
    sender = [full_name(words.dossier.member), *member_address(words)]
    sender += [text for text in (words.text("member.phone"), words.text("member.email")) if text]
    addressee = [words.convention.insurer, *(creditor.address if creditor else ())]
    flow.y += 4.0
    top = flow.y
    left = _lines([printable(line) for line in sender if line], (LEFT, top), _ADDRESSEE - LEFT - 8.0, flow)
    right = _lines([printable(line) for line in addressee], (_ADDRESSEE, top + 18.0), RIGHT - _ADDRESSEE, flow)
    flow.y = max(left, right) + 6.0


def _lines(lines: list[str], at: tuple[float, float], room: float, flow: Flow) -> float:
    """Write an address; one that lacks its lines gets empty ones. Give where it ends."""
    y = at[1]
    marks: list[Mark] = []
    for line in lines:
        more, height = paragraph(line, (at[0], y + leading(10.0) * 0.78), room, 10.0)
        marks += more
        y += height
    for _ in range(_LETTER_LINES - len(lines) if len(lines) < 2 else 0):  # noqa: PLR2004 - a name alone is no address
        y += 7.0
        marks.append(Line(at[0], y, at[0] + room, y))
    flow.add(marks)
    return y


def _deduction(flow: Flow, words: Words) -> None:
    quote = words.assessment.quote
    rows = []
    for label, month, sign in (
        ("Cotisation de la famille, avant participation", quote.total, ""),
        ("Participation de l’employeur", quote.participation, "− " if quote.participation else ""),
        ("Retenue sur le salaire, après participation", quote.net, ""),
    ):
        both = ("" if money is None else sign + amount(money) for money in (month, a_year(month)))
        rows.append((label, *both))
    flow.table(_DEDUCTION, rows, frozenset({2}), size=9.5, together=3)


def _documents(flow: Flow, words: Words) -> None:
    """Draw for each document handed over a box to tick and its day; both empty where it is not said yet."""
    for paper in words.convention.handed_over:
        day = getattr(words.dossier.acknowledgements, paper.key, None)
        flow.keep(_DOCUMENT)
        cells = RIGHT - cells_width(_DAY)
        room = cells - LEFT - 26.0
        marks, height = paragraph(printable(paper.label), (LEFT + 6.0, flow.y + 5.2), room, 10.0)
        marks.append(Tick(LEFT, flow.y + 2.5, day is not None))
        marks.append(Text(cells - 2.0, flow.y + 5.2, "remis le", LABEL_SIZE, tint="second", align="right"))
        marks.append(Cells(cells, flow.y + 1.6, _DAY, day_cells(day) if day else ""))
        flow.add(marks)
        flow.y += max(_DOCUMENT, height + 4.0)
        flow.add([Line(LEFT, flow.y - 0.4, RIGHT, flow.y - 0.4, 0.5, "light")])
    flow.y += 2.0


def _signatures(flow: Flow, part: Part, words: Words, notes: Notes) -> None:
    """Draw one box a signer, side by side; the first has place and day, which the dossier gives or a hand writes."""
    signers = [filled(signer, words) for signer in part.signers]
    flow.keep(_SIGNATURE_LEAST + 3.0)
    flow.y += 2.0
    # Rather a lower box than a signature alone on a page, parted from what is signed.
    high = min(_SIGNATURE, BOTTOM - flow.y - 1.0)
    wide = (ROOM - 4.0 * (len(signers) - 1)) / len(signers)
    said = part.place == "said"
    row = (
        Box(key="request.place" if said else "=blank", label="Fait à"),
        Box(key="request.signed_on" if said else "=blank", label="le", groups=_DAY),
    )
    for place, signer in enumerate(signers):
        x = LEFT + place * (wide + 4.0)
        marks: list[Mark] = [Rect(x, flow.y, wide, high)]
        y = flow.y + 3.4
        if place == 0:
            marks += row_marks(row, (x + 2.5, flow.y + 1.0), min(wide, 110.0) - 5.0, words, notes)
            y += ROW
        marks.append(Text(x + 2.5, y, signer, LABEL_SIZE, tint="second"))
        flow.add(marks)
    flow.y += high + 1.0
