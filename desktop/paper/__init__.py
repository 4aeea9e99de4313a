"""From the dossier to paper: preview, printer, file."""
