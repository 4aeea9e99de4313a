"""What follows from a dossier and a convention: issues, dates, contributions, papers."""

from forms.assessment.answer import Assessment, Issue, Quote
from forms.assessment.assess import assess, offered, quotes

__all__ = ["Assessment", "Issue", "Quote", "assess", "offered", "quotes"]
