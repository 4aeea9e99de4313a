"""Where an update goes on this machine, and what is there already."""

from __future__ import annotations

import contextlib
import importlib.metadata
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forms.drafts.files import sweep
from forms.drafts.home import home
from forms.drafts.lock import AlreadyOpen, FolderLock
from forms.faults import Fault
from forms.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

CURRENT = "current"
"""The link beside the versions of a program, which leads to the one in use."""

_BY_PACKAGE = (
    "Permanence est installé ici pour tous par un paquet du système : c’est par ce paquet que le programme se met à "
    "jour, pas par ce fichier"
)
_OTHERWISE = (
    "le programme se met à jour ainsi là où il a été installé par install.sh, sous Linux, pour un seul utilisateur ; "
    "ici, installez la nouvelle version comme la première fois"
)


@dataclass(frozen=True)
class Place:
    """What an update finds: the folders of the user's ``drafts`` and ``conventions``, the ``keys`` of publishers.

    ``app`` holds the versions of the program, ``VERSION`` each, and ``current``; where there is none, ``no_app`` says
    why. ``version`` is the program's that runs, ``system`` and ``machine`` as in a manifest.
    """

    drafts: Path
    conventions: Path
    keys: Path
    version: str
    system: str
    machine: str
    app: Path | None = None
    no_app: str = _OTHERWISE


def here() -> Place:
    """Give that of the program that runs."""
    app, no_app = app_of(Path(sys.executable), frozen=hasattr(sys, "_MEIPASS"))
    return Place(
        drafts=home(),
        conventions=home() / "conventions",
        keys=resource("packs"),
        version=importlib.metadata.version("permanence"),
        system=platform.system().lower(),
        machine=platform.machine().lower(),
        app=app,
        no_app=no_app,
    )


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder that updates go to, and take away what a cut left half-written there.

    Raises:
        Fault: another update holds it, or it cannot be written.
    """
    try:
        lock = FolderLock(folder)
    except AlreadyOpen:
        raise Fault("Une autre mise à jour est en cours : attendez qu’elle finisse.") from None
    try:
        sweep(folder)
        yield
    finally:
        lock.release()


def app_of(executable: Path, *, frozen: bool) -> tuple[Path | None, str]:
    """Give the folder of install.sh that ``executable`` runs from, or None and why there is none."""
    app = executable.resolve().parent.parent
    if frozen and (app / CURRENT).is_symlink():
        return app, ""
    return None, _BY_PACKAGE if frozen and app.parts[:2] == ("/", "usr") else _OTHERWISE
