"""The permanence window: the day's settings and the list of dossiers."""
