"""What is done beside the dossiers: rosters, scans, duplicates, closing, purge, updates."""
