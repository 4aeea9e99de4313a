"""The day as a whole: what ends it, and what headquarters receives of it; drafts, exchange and paper meet here."""
