"""Say that a build carries the key that stands for its publisher's; one made with RELEASE=1 is refused for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from forms.packs.keys import PROVISIONAL

WARNING = "clé provisoire : resources/packs/{name} est à remplacer par celle de l’éditeur avant toute diffusion"


def check(frozen: Path) -> None:
    """Look among the keys of a frozen folder."""
    name = f"{PROVISIONAL}.pub"
    if not (frozen / "_internal/resources/packs" / name).exists():
        return
    warning = WARNING.format(name=name)
    if os.environ.get("RELEASE"):
        sys.exit(warning)
    print(warning, file=sys.stderr)
