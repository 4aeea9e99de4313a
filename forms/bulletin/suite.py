"""The overflow sheet: the people beyond the form's cards, the lines of their contribution, the numbered notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.bulletin import blocks
from forms.bulletin.fit import wrapped
from forms.bulletin.flow import Flow
from forms.bulletin.frame import LEFT, RIGHT, ROOM, leading, linked
from forms.bulletin.marks import Line, Rect, Text
from forms.french import plural

if TYPE_CHECKING:
    from forms.bulletin.layout import Layout
    from forms.bulletin.marks import Page
    from forms.bulletin.notes import Notes
    from forms.bulletin.words import Words

_TABLE_ROW = 4.9
_SIGNATURE = 91.0


def suite_pages(
    words: Words,
    notes: Notes,
    layout: Layout,
    shown: int,
    first_page: int,
) -> tuple[list[Page], dict[int, int]]:
    """Give the pages of the overflow, none where all fits, and the page of each note.

    ``shown`` is how many people have their card on the form, ``first_page`` the number of the first page made here.
    """
    people = len(words.dossier.beneficiaries)
    if people <= shown and not notes.texts:
        return [], {}
    flow = Flow("Suite du bulletin", blocks.who(words))
    flow.begin("Ce qui n’a pas trouvé sa place sur le bulletin. Ces pages en font partie et se signent avec lui.")
    if people > shown:
        _people(flow, words, notes, layout, shown)
        _contribution(flow, words, notes, shown)
    found: dict[int, int] = {}
    # Filling the cards above may have added notes: they are listed last.
    if notes.texts:
        flow.heading(f"Notes ({plural(len(notes.texts), 'note')})")
    for number, label, text in notes.listed():
        flow.keep(leading(7.5) + leading(9.5) * len(wrapped(text, ROOM, 9.5)))
        found[number] = first_page + len(flow.pages) - 1
        flow.text(f"Note {number} · {label}", 7.5, second=True, after=0.0)
        flow.text(text, 9.5, after=2.0)
    _signature(flow, words)
    return flow.done(), found


def _people(flow: Flow, words: Words, notes: Notes, layout: Layout, shown: int) -> None:
    height = blocks.card_height(layout)
    count = len(words.dossier.beneficiaries)
    flow.heading(f"Les bénéficiaires, n° {shown + 1} à {count}", height)
    for place in range(shown, count):
        flow.keep(height)
        flow.add(blocks.card_marks(words, notes, layout, place, flow.y))
        flow.y += height


def _signature(flow: Flow, words: Words) -> None:
    flow.keep(30.0)
    flow.y += 5.0
    flow.add(
        [
            Rect(LEFT, flow.y, _SIGNATURE, 24.0),
            Text(LEFT + 2.5, flow.y + 3.4, f"Signature de l’{words.member_noun}", 7.0, tint="second"),
        ]
    )
    flow.y += 25.0


def _contribution(flow: Flow, words: Words, notes: Notes, shown: int) -> None:
    lines = words.assessment.quote.lines[1 + shown :]
    if not lines:
        return
    flow.heading("La cotisation, suite", 2 * _TABLE_ROW)
    flow.add(blocks.contribution_heads(flow.y))
    flow.y += _TABLE_ROW
    for line in lines:
        flow.keep(_TABLE_ROW)
        flow.add(blocks.contribution_line(words, line, notes, flow.y))
        flow.add(linked(line.person, (LEFT, flow.y), ROOM, _TABLE_ROW))
        flow.y += _TABLE_ROW
        flow.add([Line(LEFT, flow.y, RIGHT, flow.y, 0.5, "light")])
