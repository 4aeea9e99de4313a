"""What every screen is made of: the style, dialogues, rows, the focus ring."""
