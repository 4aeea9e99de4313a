"""On paper: layout (boxes as data), marks (pure), ink (reportlab), and the code that carries the dossier."""

from forms.bulletin.changes import changes
from forms.bulletin.pack import marks_of, pack
from forms.bulletin.printing import Change, Printing, Replaced

__all__ = ["Change", "Printing", "Replaced", "changes", "marks_of", "pack"]
