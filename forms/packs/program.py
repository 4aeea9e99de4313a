"""A program brought by a pack, beside the one in use, as install.sh lays them out: ``VERSION`` each, and ``current``.

The running program goes on from its own folder until it is closed. What changes which one starts next is one link,
changed in one go once the new one is whole on the disk and has been tried.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from forms.drafts.files import added, erase, making_in, point, put_in_place, reason
from forms.faults import Fault
from forms.packs.manifest import STARTERS, number, refused
from forms.packs.place import CURRENT, alone

if TYPE_CHECKING:
    from forms.packs.archive import Pack
    from forms.packs.place import Place

_TRIAL = 120  # seconds for a first start from a slow disk, which an antivirus reads at the same time
_FILE, _PROGRAM = 0o644, 0o755


def must_fit(pack: Pack, place: Place) -> Path:
    """Give the folder of the versions that a pack would be installed in.

    Raises:
        Fault: it is for another system, not newer than the one that is installed, or has no place here.
    """
    said = pack.manifest
    if (said.system, said.machine) != (place.system, place.machine):
        raise refused(
            f"ce programme est fait pour un autre système ({said.system} {said.machine}) que celui-ci "
            f"({place.system} {place.machine})"
        )
    if place.app is None:
        raise refused(place.no_app)
    installed = _current(place.app)
    if number(said.version) <= number(installed):
        raise refused(f"le programme installé ({installed}) n’est pas plus ancien que le sien ({said.version})")
    return place.app


def install(pack: Pack, app: Path) -> None:
    """Put the program of a checked pack beside the others, try it, then make it the one that starts.

    Raises:
        Fault: the disk refuses, or the new program does not start here; the former one starts still.
    """
    with alone(app):
        before, version = _current(app), pack.manifest.version
        making = making_in(app)
        try:
            _unpack(pack, making / "program")
            _try(making / "program")
            erase(app / version)  # one that was stepped back from
            put_in_place(making / "program", app / version)
        finally:
            erase(making)
        point(app / CURRENT, version)
        for name in _versions(app):
            if name not in {version, before}:
                with contextlib.suppress(Fault):  # the next update will
                    erase(app / name)


def former(app: Path) -> str | None:
    """Give the version that can be gone back to: the newest of those before the one in use."""
    installed = number(_current(app))
    return max((name for name in _versions(app) if number(name) < installed), key=number, default=None)


def back(app: Path) -> str:
    """Make the version of before the one that starts; give it. The later one stays, until the next update.

    Raises:
        Fault: there is none, it does not start, or the disk refuses.
    """
    with alone(app):
        version = former(app)
        if version is None:
            raise Fault(f"Aucune version d’avant {_current(app)} n’est gardée ici : il n’y a pas de retour possible.")
        _try(app / version)
        point(app / CURRENT, version)
        return version


def _current(app: Path) -> str:
    try:
        return (app / CURRENT).readlink().name
    except OSError as error:
        raise Fault(f"Le lien « {CURRENT} » dans {app} manque : réinstallez avec install.sh.") from error


def _versions(app: Path) -> list[str]:
    return [path.name for path in app.iterdir() if path.name[:1].isdigit() and path.is_dir()]


def _unpack(pack: Pack, folder: Path) -> None:
    free = shutil.disk_usage(folder.parent).free
    if free < pack.manifest.size:
        raise refused(f"il manque de la place sur le disque ({pack.manifest.size // 1_000_000} Mo à écrire)")
    for file, data in pack.files():
        added(folder / file.path, data, _PROGRAM if file.run else _FILE)
    for alias in pack.manifest.aliases:
        name = folder / alias.path
        try:
            name.parent.mkdir(parents=True, exist_ok=True)
            os.link(folder / alias.of, name)
        except OSError as error:
            raise Fault(f"Impossible d’écrire « {name.name} » dans {name.parent} : {reason(error)}.") from error


def _try(folder: Path) -> None:
    program = next((folder / name for name in STARTERS if (folder / name).is_file()), folder / STARTERS[0])
    try:
        done = subprocess.run(
            [program, "doctor"], capture_output=True, stdin=subprocess.DEVNULL, timeout=_TRIAL, check=False
        )
        starts = done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        starts = False
    if not starts:
        raise Fault("Ce programme ne démarre pas sur ce poste. Rien n’a changé : celui d’avant sert toujours.")
