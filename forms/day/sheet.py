"""The page that closes a day, as PDF: totals, files with their hashes, the journal's head; it names no one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from forms.bulletin.flow import Column, Flow
from forms.bulletin.frame import LEFT, RIGHT
from forms.bulletin.ink import ink
from forms.bulletin.marks import Line, Paper, Text
from forms.dossier.states import STATES
from forms.french import listing, money, plural, time_of, typeset, weekday_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from forms.bulletin.marks import Page
    from forms.day.looking import Day
    from forms.day.recipients import Recipient

_FOOT = 283.0
_LISTS = (
    Column("Employeur", 78.0), Column("Agents", 18.0, "right"), Column("Cotisations", 30.0, "right"),
    Column("Participation", 30.0, "right"), Column("À payer", 30.0, "right"),
)  # fmt: skip
_FILES = (Column("Fichier", 66.0), Column("Empreinte SHA-256", 120.0))
_STAYING = (Column("Dossier", 30.0), Column("État", 26.0), Column("Ce qui reste à faire", 130.0))
_REST_SHOWN = 12
"""Dossiers that stay, each on its line: more are counted, and the page stays one."""
_LEAD = (
    "Cette page ne nomme personne : elle se garde. Elle dit ce qui a été écrit à la clôture, et l’empreinte du journal "
    "à ce moment, qui montrerait plus tard qu’une ligne en a été changée ou retirée."
)


@dataclass(frozen=True)
class Shown:
    """What the page shows; ``digests`` by file, ``transfers`` pairs of a file and its receipt."""

    day: Day
    closed_at: dt.datetime
    head: str
    digests: Mapping[str, str]
    transfers: tuple[tuple[str, str], ...]
    to: tuple[Recipient, ...]


def day_sheet(shown: Shown) -> bytes:
    """Give the PDF; the same closing gives the same bytes.

    Raises:
        Fault: a font of the program's own is missing.
    """
    day = shown.closed_at
    flow = Flow(f"Clôture du {weekday_date(day.date())}", time_of(day))
    flow.begin(_LEAD)
    _totals(flow, shown)
    _transfers(flow, shown)
    if shown.digests:
        flow.heading("Les fichiers écrits", 16.0)
        flow.table(_FILES, [(name, digest) for name, digest in shown.digests.items()], size=7.5)
    _staying(flow, shown)
    flow.heading("Le journal", 22.0)
    flow.text(shown.head, 13.0, strong=True, after=1.2)
    flow.text(f'Pour vérifier : permanence journal verify --head "{shown.head}"', 8.0, second=True)
    pages = flow.done()
    footed = tuple(_footed(page, number, len(pages)) for number, page in enumerate(pages, 1))
    return ink(Paper(flow.title, "Permanence", footed))


def _footed(page: Page, number: int, count: int) -> Page:
    foot = (
        Line(LEFT, _FOOT, RIGHT, _FOOT),
        Text(
            LEFT,
            _FOOT + 3.8,
            "Permanence, page de clôture : ni nom, ni n° de Sécurité sociale, ni IBAN",
            7.0,
            tint="second",
        ),
        Text(RIGHT, _FOOT + 3.8, f"page {number} sur {count}", 7.0, "semibold", align="right"),
    )
    return replace(page, marks=(*page.marks, *foot))


def _totals(flow: Flow, shown: Shown) -> None:
    closing, before = shown.day.closing, shown.day.before
    flow.heading("La journée", 20.0)
    if before:
        times = listing([time_of(at) for at in before])
        flow.text(
            f"Clôture n° {len(before) + 1} de ce jour, après {times} : les listes des employeurs reprennent toute la "
            "journée et remplacent les précédentes.",
            strong=True,
        )
    states = listing([plural(closing.states[key], word) for key, word in STATES.items() if closing.states.get(key)])
    count = sum(closing.states.values())
    flow.text(f"{plural(count, 'dossier')}{f' : {states}' if states else ''}.", 10.0)
    formulas = listing([f"{number} en {name}" for name, number in sorted(closing.formulas.items())])
    if formulas:
        flow.text(f"Bulletins sur papier : {formulas}.", 10.0)
    flow.text(
        f"Cotisations {money(closing.total)} par mois, participation {money(closing.participation)}, "
        f"à payer {money(closing.net)}.",
        10.0,
    )
    if closing.lists:
        rows = [
            (
                made.employer or made.siret,
                str(len(made.rows)),
                money(made.total),
                money(made.participation),
                money(made.net),
            )
            for made in closing.lists
        ]
        flow.table(_LISTS, rows, size=9.0)


def _transfers(flow: Flow, shown: Shown) -> None:
    if not shown.transfers:
        return
    flow.heading("Le transfert", 16.0)
    for name, receipt in shown.transfers:
        flow.text(f"{name} : accusé de réception attendu {receipt}", 10.0, strong=True)
    going = [line.reference for line in shown.day.lines if line.fate == "goes"]
    flow.text(f"{plural(len(going), 'dossier')} : {', '.join(going)}.", 9.0)
    for one in shown.to:
        flow.text(f"Pour « {one.name} », clé {one.fingerprint}.", 9.0)
    flow.text("Ils deviennent « transmis » quand le siège a lu cet accusé et que le transfert est confirmé.", 9.0)


def _staying(flow: Flow, shown: Shown) -> None:
    staying = [line for line in shown.day.lines if line.fate in {"stays", "written"}]
    if not staying:
        return
    flow.heading(f"Ce qui reste ({plural(len(staying), 'dossier')})", 16.0)
    rows = [
        # What lacks names people: only how many, and the list on screen says which.
        (line.reference, STATES.get(line.state, line.state), _counted(len(line.lacks), written=line.fate == "written"))
        for line in staying[:_REST_SHOWN]
    ]
    flow.table(_STAYING, rows, size=8.5)
    if len(staying) > _REST_SHOWN:
        flow.text(typeset(f"Et {plural(len(staying) - _REST_SHOWN, 'autre')}."))


def _counted(lacks: int, *, written: bool) -> str:
    if written:
        return "dans un transfert qui n’est pas encore confirmé"
    return plural(lacks, "point à reprendre", "points à reprendre") if lacks else "à transmettre"
