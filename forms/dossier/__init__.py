"""The dossier: what a person has said so far, any fact of it possibly unknown."""
