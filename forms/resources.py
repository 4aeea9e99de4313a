"""Where the program's own data files are: conventions, fonts, icons, style, help."""

from __future__ import annotations

from pathlib import Path

# resources/ lies beside forms/ in the source tree, in an installed wheel and in the frozen folder, where
# PyInstaller gives ``__file__`` too.
_ROOT = Path(__file__).resolve().parent.parent / "resources"


def resource(*parts: str) -> Path:
    """Give the path of a file or folder under ``resources/``; whether it is there is not looked at."""
    return _ROOT.joinpath(*parts)
