"""French words for the enumerated values of a dossier."""

from __future__ import annotations

from forms.dossier.fields import field_at
from forms.dossier.model import Dossier
from forms.dossier.paths import person_path, value_at

# A pair is (masculine, feminine): the person's title chooses, the masculine stands while it is unknown.
_WORDS: dict[str, dict[str, str | tuple[str, str]]] = {
    "title": {"m": "Monsieur", "mme": "Madame"},
    "kind": {
        "enrolment": "Nouvelle adhésion",
        "formula_change": "Changement de formule",
        "beneficiary_change": "Changement de bénéficiaires",
    },
    "scheme": {
        "general": "général",
        "alsace_moselle": "local d’Alsace-Moselle",
        "agricultural": "agricole (MSA)",
        "other_french": "autre régime français",
        "none": "aucun régime français",
    },
    "category": {
        "active": ("actif", "active"),
        "retired": ("retraité", "retraitée"),
        "associate": ("associé", "associée"),
        "orphan": ("orphelin", "orpheline"),
        "survivor": ("conjoint survivant", "conjointe survivante"),
    },
    "status": {
        "civil_servant": "titulaire",
        "trainee": "stagiaire",
        "contract_public": "contractuel de droit public",
        "contract_private": "contractuel de droit privé",
        "seconded": "en détachement",
        "made_available": "mis à disposition",
        "without_post": "sans emploi dans la collectivité (FMPE)",
        "on_leave": "en congé ou suspendu sans traitement",
        "pensioner": "pensionné",
    },
    "relation": {
        "spouse": ("conjoint", "conjointe"),
        "civil_partner": ("pacsé", "pacsée"),
        "cohabitant": ("concubin", "concubine"),
        "child": "enfant",
        "grandchild": ("petit-fils", "petite-fille"),
        "ward": "enfant recueilli",
    },
    "situation": {
        "dependent": "à charge",
        "student": ("étudiant", "étudiante"),
        "apprentice": ("apprenti", "apprentie"),
        "job_seeker": "en recherche d’emploi",
        "employed": ("salarié", "salariée"),
    },
    "attached_to": {"member": "à l’adhérent", "partner": "au conjoint", "both": "aux deux parents"},
    "cancellation": {
        "mandate": "par le nouvel assureur (mandat)",
        "by_member": "par l’adhérent lui-même",
        "none": "rien à résilier",
    },
    "setting": {"workplace": "sur le lieu de travail", "remote": "à distance", "insurer_office": "en agence"},
    "mode": {"payroll": "précompte sur salaire", "direct_debit": "prélèvement bancaire"},
    "state": {"seen": "vue", "attached": "jointe", "missing": "manquante"},
    "documents.kind": {
        "bank_details": "relevé d’identité bancaire",
        "rights_certificate": "attestation de droits à l’assurance maladie",
        "school_certificate": "certificat de scolarité",
        "job_seeker_certificate": "attestation d’inscription à France Travail",
        "apprenticeship_contract": "contrat d’apprentissage",
        "disability_card": "carte d’invalidité",
        "partnership_certificate": "attestation de PACS ou de domicile commun",
        "cancellation_letter": "courrier de résiliation",
        "retirement_title": "titre de pension",
        "payslip": "bulletin de paie",
        "other": "autre pièce",
    },
    "event.kind": {
        "birth": "naissance",
        "adoption": "adoption",
        "marriage": "mariage",
        "civil_partnership": "PACS",
        "cohabitation": "vie commune",
        "separation": "séparation",
        "death": "décès",
        "unemployment": "perte d’emploi",
    },
}


def label(path: str, value: str, title: str | None = None) -> str:
    """Give the French word of an enumerated value at a path, in the gender of ``title`` (``m``, ``mme``)."""
    parts = path.split(".")
    last = parts[-1]
    words = _WORDS.get(f"{parts[0]}.{last}") or _WORDS.get(last) or {}
    word = words.get(value, value)
    if isinstance(word, tuple):
        return word[1 if title == "mme" else 0]
    return word


def label_at(dossier: Dossier, path: str) -> str:
    """Give the French word of what is said at a path, in that person's gender; empty while unknown."""
    value = value_at(dossier, path)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    owner = person_path(path)
    title = value_at(dossier, f"{owner}.title") if owner else None
    return label(path, str(value), title)


def choices_at(path: str, title: str | None = None) -> tuple[tuple[str, str], ...]:
    """Give the values of an enumerated field with their French words, in the model's order."""
    return tuple((value, label(path, value, title)) for value in field_at(path).choices)
