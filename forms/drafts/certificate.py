"""The certificate of a purge in French: what left, from where, when; it names references and no one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from forms.french import listing, long_date, plural, time_of, typeset

if TYPE_CHECKING:
    from forms.drafts.purge import Certificate

TITLE = "Certificat de purge"

_COUNTED = (
    ("drafts", "dossier", None),
    ("printed", "version imprimée", "versions imprimées"),
    ("attachments", "pièce jointe", "pièces jointes"),
    ("decisions", "choix sur un doublon", "choix sur des doublons"),
    ("rosters", "liste d’agents", "listes d’agents"),
    ("agents", "agent de ces listes", "agents de ces listes"),
)
"""What is counted, by its name in the certificate; what was not there is not said."""


def lines(certificate: Certificate) -> tuple[str, ...]:
    """Give the certificate as lines; the references are ``certificate["references"]``."""
    counts, at = certificate["counts"], dt.datetime.fromisoformat(certificate["purged_at"]).astimezone()
    gone = [plural(counts[name], one, many) for name, one, many in _COUNTED if counts.get(name)]
    backups, aside = counts.get("backups", 0), counts.get("aside", 0)
    said = [
        f"Purge du {long_date(at.date())} à {time_of(at)}.",
        f"Effacés : {listing(gone)}." if gone else "Aucun dossier n’était encore là.",
        f"Nettoyées de même : {plural(backups, 'sauvegarde')}." if backups else "Il n’y avait pas de sauvegarde.",
    ]
    if aside:
        said.append(f"Effacées : {plural(aside, 'base mise', 'bases mises')} de côté après un dommage.")
    said.append("Les pages de la base ont été récrites : aucune ne garde ce qui a été effacé.")
    said.append(f"Journal, empreinte de cette purge : {certificate['journal_head']}")
    return tuple(typeset(line) for line in said)
