"""The letters that a form carries ready to be copied or signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.french import long_date

if TYPE_CHECKING:
    from forms.bulletin.words import Words


def withdrawal_letter(words: Words, reference: str) -> str:
    """Give the model letter that L221-18-1 wants on the bulletin of whom was canvassed at the workplace."""
    signed = words.dossier.request.signed_on
    when = f"le {long_date(signed)}" if signed else "le\u00a0____\u00a0/\u00a0____\u00a0/\u00a0________"
    return (
        f"Lettre recommandée ou envoi recommandé électronique, à {words.convention.insurer}. "
        f"Madame, Monsieur, je renonce à l’adhésion que j’ai signée {when} "
        f"au contrat « {words.convention.title} », dossier {reference}, "
        "et je demande le remboursement des sommes que j’ai pu verser."
    )
