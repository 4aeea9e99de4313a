"""The convention: what an insurer says, as dated, sourced and checked data."""

from forms.convention.loading import Library, library, load
from forms.convention.model import Convention

__all__ = ["Convention", "Library", "library", "load"]
