"""The employer's list in the window: imported, searched for an agent, printed as prefilled bulletins."""
