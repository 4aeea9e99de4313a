"""The certificate of a purge in French: what left, from where, when; it names references and no one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from forms.french import listing, long_date, plural, time_of, typeset

if TYPE_CHECKING:
    from forms.drafts.certified import Certificate

TITLE = "Certificat de purge"

_COUNTED = (
    ("dossiers", "dossier", None),
    ("printed", "version imprimée", "versions imprimées"),
    ("attachments", "pièce jointe", "pièces jointes"),
    ("decisions", "choix sur un doublon", "choix sur des doublons"),
    ("rosters", "liste d’agents", "listes d’agents"),
    ("agents", "agent de ces listes", "agents de ces listes"),
)
"""What is counted, by its name in the certificate; what was not there is not said."""


def lines(certificate: Certificate) -> tuple[str, ...]:
    """Give the certificate as lines; the references are ``certificate["references"]``.

    Its dossiers are those that the purge announced, and those that a purge took which was stopped before its end.
    """
    counts, at = certificate["counts"], dt.datetime.fromisoformat(certificate["purged_at"]).astimezone()
    gone = [plural(counts[name], one, many) for name, one, many in _COUNTED if counts.get(name)]
    backups, aside = counts.get("backups", 0), counts.get("aside", 0)
    said = [
        f"Purge du {long_date(at.date())} à {time_of(at)}.",
        f"Effacés : {listing(gone)}." if gone else "Aucun dossier n’était encore là.",
        *_among(certificate),
        f"Nettoyées de même : {plural(backups, 'sauvegarde')}." if backups else "Il n’y avait pas de sauvegarde.",
    ]
    if aside:
        said.append(f"Effacées : {plural(aside, 'base mise', 'bases mises')} de côté après un dommage.")
    said.append("Les pages de la base ont été récrites : aucune ne garde ce qui a été effacé.")
    said.append(f"Journal, empreinte de cette purge : {certificate['journal_head']}")
    return tuple(typeset(line) for line in said)


def _among(certificate: Certificate) -> list[str]:
    """Say of the dossiers those that were not whole among the drafts when this purge began."""
    counts, said = certificate["counts"], []
    by_hand = counts["dossiers"] - counts.get("drafts", 0)
    if by_hand:
        verb = "avaient été supprimés" if by_hand > 1 else "avait été supprimé"
        said.append(f"Parmi eux, {plural(by_hand, 'dossier')} {verb} à la main auparavant.")
    for at, count in certificate["earlier"].items():
        if count:
            day = long_date(dt.datetime.fromisoformat(at).astimezone().date())
            verb = "sont partis" if count > 1 else "est parti"
            said.append(f"Parmi eux, {plural(count, 'dossier')} {verb} avec une purge du {day}, arrêtée avant sa fin.")
    return said
