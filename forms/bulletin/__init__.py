"""On paper: layout (boxes as data), marks (pure), ink (reportlab), and the code that carries the dossier."""

from forms.bulletin.pack import marks_of, pack
from forms.bulletin.printing import Printing

__all__ = ["Printing", "marks_of", "pack"]
