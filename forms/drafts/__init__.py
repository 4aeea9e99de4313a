"""Drafts kept on this computer: encrypted, saved at each field, never lost in silence."""
