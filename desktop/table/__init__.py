"""The dossier on the table: its session, its desk, what goes with it."""
