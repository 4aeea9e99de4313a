"""The trade: dossiers, conventions and what follows from them, with no window, no clock and no network."""
