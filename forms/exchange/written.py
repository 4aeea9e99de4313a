"""What the command line says of a list of agents: French lines for people, JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator

from forms.exchange.roster import Mapped, Outcome, Report, Roster
from forms.exchange.values import title_of
from forms.french import plural, whole

_WORDS: dict[Outcome, tuple[str, str]] = {
    "ready": ("ligne prête", "lignes prêtes"),
    "warning": ("ligne à vérifier", "lignes à vérifier"),
    "refused": ("ligne refusée", "lignes refusées"),
    "skipped": ("ligne ignorée", "lignes ignorées"),
}


def report_lines(roster: Roster, mapping: Mapped, report: Report) -> Iterator[str]:
    """Give a dry run as French lines: what was understood, then each row that is not ready, with why."""
    yield from report.notes
    for target, label in mapping.items():
        if label:
            yield f"Colonne « {label} » : {title_of(target)}."
    left = [heading for heading in roster.headings if heading not in mapping.values()]
    if left:
        yield f"Colonnes laissées : {', '.join(left)}."
    for row in report.rows:
        if row.outcome in {"warning", "refused"}:
            word = "refusée" if row.outcome == "refused" else "à vérifier"
            yield f"Ligne {whole(row.number)}, {row.name}, {word} : {' '.join(row.reasons)}"
    counts = [plural(report.counts[key], *words) for key, words in _WORDS.items() if report.counts[key]]
    yield f"{', '.join(counts) or 'Aucune ligne'}. Rien n’a été écrit."


def report_json(roster: Roster, mapping: Mapped, report: Report) -> dict[str, object]:
    """Give a dry run for programs: counts, mapping, notes and one entry for each row that is not ready.

    No name and no fact of a row is an entry of its own, but its reasons quote the cells at fault and birth dates,
    and ``headings`` are cells too: what this gives is kept as closely as the list.
    """
    return {
        "headings": list(roster.headings),
        "mapping": dict(mapping),
        "notes": list(report.notes),
        "counts": {outcome: report.counts[outcome] for outcome in _WORDS},
        "rows": [
            {"row": row.number, "outcome": row.outcome, "reasons": list(row.reasons)}
            for row in report.rows
            if row.outcome != "ready"
        ],
    }
