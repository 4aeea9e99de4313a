"""The letters that a form carries ready to be copied or signed, and the rule that they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.french import long_date

if TYPE_CHECKING:
    from forms.bulletin.words import Words


def withdrawal_law(words: Words) -> str:
    """Give the rule of withdrawal: the convention's text, else the answer's reason; empty while neither is there.

    The convention's text is that of who is canvassed at the workplace: at a distance the answer's reason stands.
    """
    remote = words.dossier.request.setting == "remote"
    legal = None if remote else words.convention.legal_texts.get("withdrawal")
    if legal is not None:
        return f"{legal.text or legal.statement} ({legal.article})"
    found = words.assessment.withdrawal
    return f"{found.because.reason} ({found.because.source})" if found else ""


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
