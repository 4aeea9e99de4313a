"""The bulletin d'adhésion as pages: its sections flow from the layout, its people's cards fill what page 1 leaves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.bulletin import blocks
from forms.bulletin.boxes import ROW, row_marks
from forms.bulletin.code import SIDE, dossier_modules, encode
from forms.bulletin.frame import BAR_STEP, BOTTOM, LEFT, RIGHT, ROOM, TOP, bar_marks, paragraph, running_head
from forms.bulletin.layout import Layout, Section
from forms.bulletin.marks import Code, Mark, Page, Rect, Text
from forms.bulletin.metrics import printable, width
from forms.french import long_date

if TYPE_CHECKING:
    from forms.bulletin.notes import Notes
    from forms.bulletin.printing import Printing
    from forms.bulletin.words import Words

_BETWEEN = 2.0
"""White before a section."""
_HEADING_ROOM = 116.0
_HEADING_END = TOP + SIDE + 4.4
_HEAD_STEP = 7.2


@dataclass(slots=True)
class Form:
    """The pages being filled: ``cards`` is how many people have a card on them, the others go to the overflow."""

    words: Words
    notes: Notes
    printing: Printing
    layout: Layout
    suite_page: int
    pages: list[list[Mark]] = field(default_factory=list)
    y: float = 0.0
    cards: int = 0

    @property
    def room(self) -> float:
        """Give the millimetres left on the page."""
        return BOTTOM - self.y

    def add(self, marks: list[Mark]) -> None:
        """Put marks on the current page."""
        self.pages[-1] += marks

    def turn(self) -> None:
        """Begin another page of the form."""
        self.pages.append([])
        self.add(running_head(f"{self.words.form_title}, suite", blocks.who(self.words)))
        self.y = TOP + _HEAD_STEP

    def filled(self) -> list[Page]:
        """Fill the form; give its pages without their foot."""
        self.pages.append([])
        self._heading()
        number = 0
        for section in self.layout.sections:
            if section.kinds and self.words.dossier.kind not in section.kinds:
                continue
            if section.block == "withdrawal" and not blocks.has_withdrawal(self.words):
                continue
            number += 1
            self._section(number, section)
        title = self.words.form_title
        return [Page(tuple(marks), title if place == 0 else "") for place, marks in enumerate(self.pages)]

    def _heading(self) -> None:
        words = self.words
        self.add(_masthead(words, self.printing))
        y = _HEADING_END - len(self.layout.heading) * ROW
        for row in self.layout.heading:
            self.add(row_marks(row, (LEFT, y), _HEADING_ROOM, words, self.notes))
            y += ROW
        x = RIGHT - SIDE
        found = dossier_modules(encode(words.dossier))
        caption = "Ce code porte le dossier : il se relit au scanner."
        if self.printing.blank:
            caption = "Ce code porte le numéro du bulletin : il se relit au scanner."
        if found is None:
            caption = "Dossier trop long pour tenir dans un code : à saisir à la main."
        self.add(
            [
                Rect(x, TOP, SIDE, SIDE, None, "light"),
                *([Code(x, TOP, SIDE, *found, "dossier")] if found else []),
                Text(x + SIDE / 2, TOP + SIDE + 3.1, caption, 7.0, tint="second", align="centre"),
            ]
        )
        if self.printing.blank:
            number = Text(x + SIDE / 2, TOP + SIDE - 5.0, self.printing.reference, 20.0, "semibold", align="centre")
            self.add([number])
        self.y = _HEADING_END + 0.2

    def _section(self, number: int, section: Section) -> None:
        words = self.words
        height = BAR_STEP + self._height(section)
        if section.new_page or self.room < _BETWEEN + height:
            self.turn()
        else:
            self.y += _BETWEEN
        title, aside = (words.text(t) if t.startswith("=") else t for t in (section.title, section.aside))
        top = self.y
        self.y += BAR_STEP
        if section.block == "people":
            aside = self._people()
        elif section.block == "rows":
            for row in section.rows:
                self.add(row_marks(row, (LEFT, self.y), ROOM, words, self.notes))
                self.y += ROW
        else:
            self._block(section.block)
        self.add(bar_marks(f"{number}. {title}", top, aside))

    def _height(self, section: Section) -> float:
        """Give the height below the bar; people's cards adapt to the page, so that one is enough."""
        match section.block:
            case "people":
                return blocks.card_height(self.layout)
            case "contribution":
                return blocks.contribution_height(self.words, self.cards, self.layout.cards)
            case "received":
                return blocks.received_height(self.words)
            case "withdrawal":
                return blocks.withdrawal_marks(self.words, self.printing, (LEFT, 0.0))[1]
            case "signatures":
                return blocks.SIGNATURES_LEAST
            case _:
                return len(section.rows) * ROW

    def _block(self, block: str) -> None:
        at = (LEFT, self.y)
        if block == "contribution":
            marks = blocks.contribution_marks(
                self.words, self.notes, at, self.cards, self.layout.cards, self.suite_page
            )
            height = blocks.contribution_height(self.words, self.cards, self.layout.cards)
        elif block == "received":
            marks, height = blocks.received_marks(self.words, self.notes, at), blocks.received_height(self.words)
        elif block == "withdrawal":
            marks, height = blocks.withdrawal_marks(self.words, self.printing, at)
        else:
            height = min(self.room - 1.0, blocks.SIGNATURES_MOST)
            marks = blocks.signatures_marks(self.words, self.notes, at, height)
        self.add(marks)
        self.y += height

    def _people(self) -> str:
        """Draw the cards that fit; give what the bar says of those that do not."""
        words, layout = self.words, self.layout
        height = blocks.card_height(layout)
        count = len(words.dossier.beneficiaries)
        self.cards = max(1, min(layout.cards, int((self.room + 0.01) // height)))
        for place in range(self.cards):
            self.add(blocks.card_marks(words, self.notes, layout, place, self.y))
            self.y += height
        if count < self.cards and self._strikes:
            self.add(blocks.struck_marks(self.y - (self.cards - count) * height, self.y))
        if count <= self.cards:
            return ""
        return f"{count} bénéficiaires : les n°\u00a0{self.cards + 1} à {count} sont page {self.suite_page}"

    @property
    def _strikes(self) -> bool:
        """Tell whether unused cards are struck out: nobody is added by hand to a form that is final."""
        by_hand = self.printing.draft or self.printing.prefilled
        return not by_hand and self.words.dossier.member.birth_name is not None


def _masthead(words: Words, printing: Printing) -> list[Mark]:
    convention = words.convention
    since = long_date(convention.starts_on)
    until = f"du {since} au {long_date(convention.ends_on)}" if convention.ends_on else f"à partir du {since}"
    marks, height = paragraph(words.text("=scheme"), (LEFT, TOP + 2.6), _HEADING_ROOM - 4, 8.0, second=True)
    y = TOP + 2.6 + height + 5.0
    size = 21.0 if words.dossier.kind == "enrolment" else 16.0
    marks.append(Text(LEFT, y, words.form_title, size, "semibold"))
    marks.append(Text(LEFT, y + 6.2, printable(convention.product), 10.5))
    marks.append(Text(LEFT, y + 11.2, f"Convention {until}", 8.0, tint="second"))
    says = f"Dossier {printing.reference}, version {printing.version}"
    if printing.blank:
        says = f"Bulletin vierge n° {printing.reference}, à remplir en majuscules"
    if printing.prefilled:
        says = f"Bulletin prérempli n° {printing.reference}, à vérifier et à compléter en majuscules"
    marks.append(Text(LEFT, y + 15.0, f"{says}," if printing.replaces else says, 8.0, tint="second"))
    if printing.replaces:
        x = LEFT + width(f"{says}, ", 8.0)
        marks.append(Text(x, y + 15.0, f"annule et remplace la version {printing.replaces.version}", 8.0, "semibold"))
    return marks
