"""What Qt's own French leaves in English, in the dialogues that no desktop gives: for files and for a printer."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

WORDS = {
    ("QFileDialog", "&Look in:"): "&Regarder dans\u00a0:",
    ("QFileDialog", "Files of &type:"): "&Types de fichiers\u00a0:",
    ("QAbstractFileIconProvider", "Folder"): "Dossier",
    ("QAbstractFileIconProvider", "File Folder"): "Dossier",
    ("QAbstractFileIconProvider", "File"): "Fichier",
    ("QAbstractFileIconProvider", "%1 File"): "Fichier %1",
    ("QAbstractFileIconProvider", "Drive"): "Lecteur",
    ("QAbstractFileIconProvider", "Shortcut"): "Raccourci",
    ("QAbstractFileIconProvider", "Alias"): "Alias",
    ("QAbstractFileIconProvider", "Unknown"): "Inconnu",
    ("QPrintSettingsOutput", "Page &Set:"): "&Pages\u00a0:",
    ("QPageSetupWidget", "Page &order:"): "&Ordre des pages\u00a0:",
    ("QPageSetupWidget", "Pages &per sheet:"): "Pages par &feuille\u00a0:",
    ("QCupsJobWidget", "Scheduled &printing:"): "Heure d’&impression\u00a0:",
    ("QCupsJobWidget", "&Billing information:"): "&Facturation\u00a0:",
    ("QCupsJobWidget", "Job &priority:"): "&Priorité\u00a0:",
    ("QCupsJobWidget", "&Start:"): "&Début\u00a0:",
    ("QCupsJobWidget", "&End:"): "Fi&n\u00a0:",
}
"""Contexts and sources of Qt 6.11 that its ``qtbase_fr`` has no words for (a test shows the dialogues and listens)."""


class QtFrench(QTranslator):
    """Asked after Qt's own French, it is called for what that does not say, and for nothing else."""

    def translate(self, context: str, source: str, _told_apart: str | None = None, _count: int = -1) -> str | None:
        """Give the French, or None: the source stays."""
        return WORDS.get((context, source))

    def isEmpty(self) -> bool:
        """Have words."""
        return False
