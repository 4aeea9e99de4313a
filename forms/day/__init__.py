"""The day as a whole: its end, what headquarters receives of it, prints again; drafts, exchange and paper meet here."""
