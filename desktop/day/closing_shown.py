"""What the page of the day's end shows of a day: figures, lists, and a line for each dossier; it asks for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.style import label, set_role, set_state, space
from forms.dossier.states import STATES
from forms.french import listing, money, plural, short_date, time_of, typeset

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLabel

    from forms.day.ending import Closed
    from forms.day.looking import Day, Fate, Line, Pending

FATES: dict[Fate, str] = {
    "goes": "part avec le transfert",
    "stays": "reste ici",
    "written": "dans un transfert à confirmer",
    "sent": "transmis",
}
_SHOWN = 200
"""Dossiers that stand on the page: a day of permanence has some thirty."""


AGAIN = typeset(
    "Il n’y a rien à refaire, sauf si la journée a continué. La clôturer de nouveau écrit un autre répertoire : ses "
    "listes reprennent toute la journée et remplacent les précédentes, son transfert n’emporte que ce qui n’est pas "
    "encore dans un fichier."
)
"""What closing a day again does."""


def said_before(day: Day) -> str:
    """Say that this day is closed, and when; empty the first time."""
    if not day.before:
        return ""
    times = listing([time_of(at) for at in day.before])
    return typeset(f"Journée clôturée à {times}.")


def written(closed: Closed) -> str:
    """Say where the files are, and which holds the receipt: the page does not, it is typed as headquarters reads it."""
    text = f"{plural(len(closed.files), 'fichier')} dans « {closed.folder} »."
    if closed.transfers:
        text += f" L’accusé de réception que le siège lira est dans « {closed.files[-1]} », la page à imprimer."
    return text


def transfer_line(one: Pending, rank: int, of: int, now: dt.datetime) -> str:
    """Say which transfer waits, without its receipt: headquarters reads that out, and it is typed."""
    here = one.written_at.astimezone(now.tzinfo)
    day = "" if here.date() == now.date() else f"le {short_date(here.date())} "
    which = f" ({rank} sur {of})" if of > 1 else ""
    return typeset(f"Transfert écrit {day}à {time_of(here)}{which}, {plural(len(one.references), 'dossier')}.")


def content(day: Day) -> QWidget:
    """Give the figures, the employers' lists and the dossiers, one under the other."""
    made = QWidget()
    column = QVBoxLayout(made)
    space(column, 14)
    column.addWidget(_figures(day))
    for text in _lists(day):
        column.addWidget(label(text, wrap=True))
    column.addWidget(_heading(f"Les dossiers ({len(day.lines)})" if day.lines else "Les dossiers"))
    if day.lines:
        column.addWidget(_dossiers(day.lines[:_SHOWN]))
        if len(day.lines) > _SHOWN:
            column.addWidget(label(f"Et {plural(len(day.lines) - _SHOWN, 'autre')}.", "second"))
    else:
        column.addWidget(label("Aucun dossier aujourd’hui, et aucun qui attende d’être transmis.", wrap=True))
    return made


def _heading(text: str) -> QLabel:
    return label(text, "heading", wrap=True)


def _figures(day: Day) -> QFrame:
    """Give the day's sums, each under its name, and the counts by state."""
    closing = day.closing
    card = QFrame()
    set_role(card, "card")
    column = QVBoxLayout(card)
    space(column, 8, (20, 14, 20, 14))
    row = QHBoxLayout()
    space(row, 32)
    for name, text in (
        ("Bulletins sur papier", str(sum(closing.formulas.values()))),
        ("Cotisations par mois", money(closing.total)),
        ("Participation", money(closing.participation)),
        ("À payer par les agents", money(closing.net)),
    ):
        pair = QWidget()  # each figure is read after its own name, not after all the names
        one = QVBoxLayout(pair)
        space(one, 0)
        one.addWidget(label(name, "second"))
        figure = label(text, "figure")
        figure.setAccessibleName(f"{name} : {text}")
        one.addWidget(figure)
        row.addWidget(pair)
    row.addStretch(1)
    column.addLayout(row)
    states = [plural(closing.states[key], word) for key, word in STATES.items() if closing.states.get(key)]
    formulas = [f"{number} en {name}" for name, number in sorted(closing.formulas.items())]
    words = f"{listing(states) or 'aucun dossier'}{f' · {listing(formulas)}' if formulas else ''}"
    column.addWidget(label(words, "second", wrap=True))
    return card


def _lists(day: Day) -> list[str]:
    """Give one line for each employer's list."""
    return [
        typeset(
            f"Liste pour {made.employer or made.siret} : {plural(len(made.rows), 'agent')}, cotisations "
            f"{money(made.total)} par mois, participation {money(made.participation)}, à payer {money(made.net)}."
        )
        for made in day.closing.lists
    ]


def _dossiers(lines: Sequence[Line]) -> QFrame:
    """Give the dossiers as a table of words: who, which state, whether it goes, what is missing."""
    card = QFrame()
    set_role(card, "card")
    grid = QGridLayout(card)
    space(grid, 6, (20, 12, 20, 12), across=20)
    for place, line in enumerate(lines):
        name = label(line.name or line.reference, "label", wrap=True)
        name.setToolTip(line.reference)
        state = STATES.get(line.state, line.state)
        chip = label(state, "chip")
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        fate = label(FATES[line.fate], wrap=True)
        lacks = label(typeset(" ; ".join(line.lacks)) or "rien ne manque", "second", wrap=True)
        set_state(chip, "error" if line.state == "illisible" else "")
        said = f"{line.name or line.reference}, dossier {line.reference} : {state}, {FATES[line.fate]}, {lacks.text()}"
        name.setAccessibleName(said)
        for column, widget in enumerate((name, chip, fate, lacks)):
            grid.addWidget(widget, place, column, Qt.AlignmentFlag.AlignTop)
    for column, share in enumerate((24, 0, 22, 54)):
        grid.setColumnStretch(column, share)
    return card
