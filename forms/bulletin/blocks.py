"""The parts of the bulletin that are more than rows of boxes: cards, contribution, receipt, withdrawal, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.assessment.answer import a_year
from forms.bulletin.boxes import LABEL_SIZE, ROW, VALUE_SIZE, row_marks, value_marks
from forms.bulletin.fit import shrunk
from forms.bulletin.frame import LEFT, RIGHT, ROOM, leading, linked, paragraph
from forms.bulletin.layout import Box, Layout
from forms.bulletin.letters import withdrawal_law, withdrawal_letter
from forms.bulletin.marks import Line, Mark, Rect, Text, Tick
from forms.bulletin.metrics import printable, width
from forms.dossier.paths import full_name
from forms.french import amount, long_date, plural, short_date

if TYPE_CHECKING:
    from decimal import Decimal

    from forms.assessment.answer import Line as Priced
    from forms.bulletin.notes import Notes
    from forms.bulletin.printing import Printing
    from forms.bulletin.words import Words

_GUTTER = 6.0
_CARD_ROW = 8.9
_CARD_FOOT = 0.8
_TABLE_ROW = 4.9
_COLUMNS = (("Personne", 74.0), ("Âge", 14.0), ("Tranche", 50.0), ("Par mois", 24.0), ("Par an", 24.0))
SIGNATURES_LEAST = 27.0
SIGNATURES_MOST = 58.0
_LINE_OF_TICKS = 5.4
_SMALL = 7.5


def who(words: Words) -> str:
    """Give the member's name for the head of a page; empty while unknown."""
    return printable(full_name(words.dossier.member))


def card_height(layout: Layout) -> float:
    """Give the height of one beneficiary's card."""
    return len(layout.card) * _CARD_ROW + _CARD_FOOT


def card_marks(words: Words, notes: Notes, layout: Layout, place: int, y: float) -> list[Mark]:
    """Draw the card of the beneficiary at ``place`` (from 0), filled when there is one."""
    height = card_height(layout)
    marks: list[Mark] = [
        Rect(LEFT, y + 0.5, _GUTTER - 1.6, height - 2.2, "pale", None),
        Text(LEFT + (_GUTTER - 1.6) / 2, y + height / 2 + 0.6, str(place + 1), 9.5, "semibold", align="centre"),
    ]
    for number, row in enumerate(layout.card):
        at = (LEFT + _GUTTER, y + number * _CARD_ROW - 0.3)
        marks += row_marks(
            row,
            at,
            ROOM - _GUTTER,
            words,
            notes,
            base=f"beneficiaries.{place}.",
            gap=layout.card_gap,
        )
    return marks


def struck_marks(y: float, bottom: float) -> list[Mark]:
    """Draw the line that closes the unused cards between two heights."""
    return [Line(LEFT + _GUTTER, bottom - 2.4, RIGHT, y + 0.6, 0.7, "light")]


def contribution_height(words: Words, shown: int, cards: int) -> float:
    """Give the height of the contribution's table: head, a line a person, one that announces the others, totals."""
    totals = 3 if words.convention.has_employer else 2
    return (1 + _rows(words, shown, cards)) * _TABLE_ROW + totals * (_TABLE_ROW + 0.3) + 1.0


def _rows(words: Words, shown: int, cards: int) -> int:
    return max(1 + cards, min(len(words.assessment.quote.lines), 1 + shown) + int(_left_out(words, shown) > 0))


def _left_out(words: Words, shown: int) -> int:
    return max(0, len(words.assessment.quote.lines) - 1 - shown)


def contribution_marks(
    words: Words,
    notes: Notes,
    at: tuple[float, float],
    shown: int,
    cards: int,
    suite_page: int,
) -> list[Mark]:
    """Draw one line a person and the totals, by the month and by the year; people beyond ``shown`` are announced."""
    x, y = at
    top, quote = y, words.assessment.quote
    lines = quote.lines[: 1 + shown]
    left_out = _left_out(words, shown)
    marks: list[Mark] = [*contribution_heads(y)]
    y += _TABLE_ROW
    for place in range(_rows(words, shown, cards)):
        marks.append(Line(x, y, x + ROOM, y, 0.5, "light"))
        if place < len(lines):
            marks += contribution_line(words, lines[place], notes, y)
            marks += linked(lines[place].person, (x, y), ROOM, _TABLE_ROW)
        elif place == len(lines) and left_out:
            marks.append(Text(x + 1.4, y + 3.5, f"autres lignes ({left_out}) : page {suite_page}", 8.0, tint="accent"))
        y += _TABLE_ROW
    employer = printable(words.dossier.employer.name or "")
    participation = f"Participation : {employer}" if employer else "Participation de l’employeur"
    known = not words.printing.prefilled  # by hand a family may be added: nothing is summed before
    totals = [("Total", quote.total if known else None, "")]
    if words.convention.has_employer:
        totals.append((participation, quote.participation, "− " if quote.participation else ""))
    totals.append((f"À la charge de l’{words.member_noun}", quote.net if known else None, ""))
    for number, (label, month, sign) in enumerate(totals, 1):
        marks.append(Line(x, y, x + ROOM, y))
        marks += _total(label, month, notes, y, sign, strong=number == len(totals))
        y += _TABLE_ROW + 0.3
    marks.append(Rect(x, top, ROOM, y - top))
    marks += [Line(edge, top, edge, y, 0.5, "light") for edge in _edges(x)[3:]]
    return marks


def _edges(x: float) -> list[float]:
    edges = []
    for _, wide in _COLUMNS:
        edges.append(x)
        x += wide
    return edges


def contribution_heads(y: float) -> list[Mark]:
    """Write the head of the contribution's table."""
    marks: list[Mark] = [Rect(LEFT, y, ROOM, _TABLE_ROW, "pale", None)]
    for number, ((head, wide), edge) in enumerate(zip(_COLUMNS, _edges(LEFT), strict=True)):
        right = number >= 3  # noqa: PLR2004 - the amounts
        anchor = edge + wide - 1.4 if right else edge + 1.4
        text = f"{head}, en €" if right else head
        marks.append(Text(anchor, y + 3.4, text, LABEL_SIZE, "semibold", align="right" if right else "left"))
    return marks


def contribution_line(words: Words, line: Priced, notes: Notes, y: float) -> list[Mark]:
    """Write one person's line of the contribution; an amount that is not known stays blank."""
    age = words.assessment.age_of(line)
    cells = (
        printable(line.label),
        "" if age is None else plural(age, "an"),
        printable(line.band or ""),
        "" if line.amount is None else amount(line.amount),
        "" if line.yearly is None else amount(line.yearly),
    )
    marks: list[Mark] = []
    for number, ((head, wide), edge, text) in enumerate(zip(_COLUMNS, _edges(LEFT), cells, strict=True)):
        at = (edge + 1.0, y + 3.5)
        marks += value_marks(text, head, at, wide - 2.0, notes, right=number >= 3, size=9.0)  # noqa: PLR2004
    return marks


def _total(label: str, month: Decimal | None, notes: Notes, y: float, sign: str, *, strong: bool) -> list[Mark]:
    edges = _edges(LEFT)
    at = (LEFT + 1.0, y + 3.7)
    marks = value_marks(label, "Employeur", at, edges[3] - LEFT - 2.0, notes, strong=strong, right=True, size=9.0)
    year = a_year(month)
    both = ("", "") if month is None or year is None else (sign + amount(month), sign + amount(year))
    for edge, (_, wide), text in zip(edges[3:], _COLUMNS[3:], both, strict=True):
        marks += value_marks(
            text, label, (edge + 1.0, y + 3.7), wide - 2.0, notes, strong=strong, right=True, size=VALUE_SIZE
        )
    return marks


def received_height(words: Words) -> float:
    """Give the height of the documents handed over and of the consents."""
    return (-(-len(words.convention.handed_over) // _columns(words)) + 1) * _LINE_OF_TICKS + 1.4


def _columns(words: Words) -> int:
    """Give in how many columns the documents handed over stand: one where a name would not fit half the page."""
    labels = (printable(paper.label) for paper in words.convention.handed_over)
    return 2 if all(shrunk(label, (ROOM - 5.0) / 2 - 39.0, 9.0) for label in labels) else 1


def received_marks(words: Words, notes: Notes, at: tuple[float, float]) -> list[Mark]:
    """Draw a box to tick for each document handed over, with its day, and for each consent."""
    marks: list[Mark] = []
    columns = _columns(words)
    wide = (ROOM - 5.0 * (columns - 1)) / columns
    y = at[1]
    for number, paper in enumerate(words.convention.handed_over):
        x = at[0] + (number % columns) * (wide + 5.0)
        base = y + (number // columns) * _LINE_OF_TICKS
        day = getattr(words.dossier.acknowledgements, paper.key, None)
        marks.append(Tick(x, base, day is not None))
        label = printable(paper.label)
        marks += value_marks(label, "Document remis", (x + 4.0, base + 2.7), wide - 38.0, notes, size=9.0)
        end = x + wide
        if day is not None:
            marks.append(Text(end, base + 2.7, f"remis le {short_date(day)}", 9.0, align="right"))
        else:
            marks.append(Text(end - 19.0, base + 2.7, "remis le", 8.0, tint="second", align="right"))
            marks.append(Line(end - 18.0, base + 3.2, end, base + 3.2))
    y += -(-len(words.convention.handed_over) // columns) * _LINE_OF_TICKS + 1.0
    consents = words.dossier.consents
    marks.append(Text(at[0], y + 2.7, "Facultatif, sans effet sur l’adhésion :", 9.0, tint="second"))
    x = at[0] + width("Facultatif, sans effet sur l’adhésion :", 9.0) + 5.0
    for label, on in (
        ("offres par courriel", consents.email_marketing),
        ("offres par SMS", consents.sms_marketing),
        ("transmission à des partenaires", consents.partners),
    ):
        marks += [Tick(x, y, on), Text(x + 4.4, y + 2.7, label, 9.0)]
        x += 4.4 + width(label, 9.0) + 6.0
    return marks


def has_withdrawal(words: Words) -> bool:
    """Tell whether the form speaks of withdrawal: not where it is known that the law gives no such right."""
    return words.assessment.withdrawal is not None or words.dossier.request.setting is None


def withdrawal_marks(words: Words, printing: Printing, at: tuple[float, float]) -> tuple[list[Mark], float]:
    """Write until when and how one may withdraw, with the model letter where the law wants it; give the height too."""
    answer = words.assessment.withdrawal
    last = answer.last_day if answer else None
    until = f"jusqu’au {long_date(last)} inclus" if last else "jusqu’au  ____ / ____ / ________  inclus"
    marks, height = paragraph(
        f"Vous pouvez renoncer à cette adhésion {until}.", (at[0], at[1] + 3.0), ROOM, 9.5, strong=True
    )
    y = at[1] + height + 0.4
    says = withdrawal_law(words)
    if says:
        more, height = paragraph(printable(says), (at[0], y + 2.6), ROOM, _SMALL)
        marks += more
        y += height + 0.8
    if words.dossier.request.setting != "remote":
        letter = printable(withdrawal_letter(words, printing.reference))
        more, height = paragraph(letter, (at[0] + 2.5, y + 7.8), ROOM - 5.0, 8.5)
        sign = "Fait à ______________________ , le ____ / ____ / ________        Nom, prénom et signature :"
        marks.append(Rect(at[0], y + 1.0, ROOM, height + 14.5, None, "rule"))
        marks.append(Text(at[0] + 2.5, y + 4.2, "Modèle de lettre de renonciation", LABEL_SIZE, "semibold", "second"))
        marks += more
        marks.append(Text(at[0] + 2.5, y + 8.6 + height + leading(8.5) * 0.2 + 2.0, sign, 8.5))
        y += height + 15.5
    return marks, y + 1.0 - at[1]


def signatures_marks(words: Words, notes: Notes, at: tuple[float, float], height: float) -> list[Mark]:
    """Draw where the member signs, with place and day, and where the employer puts its stamp."""
    x, y = at
    employer = words.convention.has_employer
    half = (ROOM - 4.0) / 2 if employer else ROOM
    row = (Box(key="request.place", label="Fait à"), Box(key="request.signed_on", label="le", groups=(2, 2, 4)))
    marks: list[Mark] = [Rect(x, y, half, height)]
    marks += row_marks(row, (x + 2.5, y + 1.0), half - 5.0, words, notes)
    marks.append(Text(x + 2.5, y + ROW + 3.4, f"Signature de l’{words.member_noun}", LABEL_SIZE, tint="second"))
    if employer:
        marks.append(Rect(x + half + 4.0, y, half, height))
        marks.append(Text(x + half + 6.5, y + 3.4, "Cachet et signature de l’employeur", LABEL_SIZE, tint="second"))
    return marks
