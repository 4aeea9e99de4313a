"""What the list says around its rows: the day's settings, why it is empty, what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.french import money, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.desk.draft_rows import DraftRow
    from desktop.desk.permanence import Permanence
    from forms.convention import Convention


def settings(permanence: Permanence, convention: Convention | None) -> str:
    """Give the day's settings in one line, which a link follows."""
    given = permanence.employer.participation
    parts = [convention.title if convention else "convention absente d’ici"]
    parts.append("participation à compléter" if given is None else f"participation {money(given)}")
    return f"{' · '.join(parts)} ·"


def none(*, searching: bool, number: str) -> str:
    """Say why the list is empty."""
    if number:
        return "Aucun dossier sous ce numéro :"
    if searching:
        return "Aucun dossier ne répond à cette recherche."
    return "Aucun dossier aujourd’hui : « Nouvelle adhésion » ouvre le premier."


def counted(rows: Sequence[DraftRow], *, searching: bool) -> str:
    """Give the footer: how many drafts, how many on paper, how many papers are missing."""
    found = plural(len(rows), "dossier trouvé", "dossiers trouvés")
    parts = [found if searching else f"{plural(len(rows), 'dossier')} aujourd’hui"]
    printed = sum(row.printed for row in rows)
    papers = sum(row.documents for row in rows)
    if printed:
        parts.append(plural(printed, "imprimé ou transmis", "imprimés ou transmis"))
    if papers:
        parts.append(plural(papers, "pièce manquante", "pièces manquantes"))
    return " · ".join(parts)


def older(count: int, *, more: bool, shown: bool) -> str:
    """Give the words of the link to the older ones; ``more``: not all were read."""
    if shown:
        return "masquer les plus anciens"
    said = plural(count, "dossier plus ancien", "dossiers plus anciens")
    return f"plus de {said}" if more else said
