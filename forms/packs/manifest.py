"""What a pack says that it holds: strict and bounded, for it decides where each byte goes."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import PurePosixPath
from typing import Annotated, Any, Final, Literal

from pydantic import Field, ValidationError

from forms.exchange.manifest import Listed, Sha, plain_name
from forms.faults import Fault

FORMAT: Final = "permanence.pack/1"
MANIFEST_LIMIT = 2_000_000
"""Bytes of a manifest: some 200 for each file of a program."""
_FAMILY = "permanence.pack/"
_FILES = {"conventions": 500, "program": 5_000}
_BYTES = {"conventions": 30_000_000, "program": 500_000_000}
_DEEP, _LONG = 12, 200
READ = frozenset({".toml", ".csv", ".txt", ".pdf"})
"""The files of a convention that are read, and so those that are carried."""
STARTERS = ("permanence", "permanence.exe")
"""What starts a program: at the top of its folder."""

Kind = Literal["conventions", "program"]
Version = Annotated[str, Field(pattern=r"^[0-9]{1,9}(\.[0-9]{1,9}){0,3}$")]


class PackedFile(Listed):
    """One file: where it goes, from the top of the pack, and what it is; ``run``: it is a program."""

    path: str
    size: Annotated[int, Field(ge=0, le=_BYTES["program"])]
    sha256: Sha
    run: bool = False


class Alias(Listed):
    """A second name of a file of the same pack: one library, that two places look for."""

    path: str
    of: str


class Manifest(Listed):
    """The whole list.

    ``needs`` is the oldest program that takes the pack; ``system`` and ``machine`` are those that a program runs on.
    """

    format: str
    kind: Kind
    version: Version
    made_at: str
    needs: Version
    system: Annotated[str, Field(pattern=r"^[a-z]{1,20}$")] | None = None
    machine: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,20}$")] | None = None
    files: Annotated[tuple[PackedFile, ...], Field(min_length=1)]
    aliases: tuple[Alias, ...] = ()

    @property
    def day(self) -> dt.date:
        """Give the day on which it was made."""
        return dt.datetime.fromisoformat(self.made_at).date()

    @property
    def size(self) -> int:
        """Give the bytes of what it holds."""
        return sum(file.size for file in self.files)


def number(version: str) -> tuple[int, ...]:
    """Give a version as it compares: 0.10 after 0.9, and 1.0 the same as 1."""
    parts = [int(part) for part in re.findall(r"\d+", version)]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


def manifest_from(data: bytes) -> Manifest:
    """Read the list of a pack; only once its signature is known to be good.

    Raises:
        Fault: it is no list, of another format, or would write elsewhere or more than a pack may.
    """
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise refused("sa liste ne se lit pas") from error
    wanted = found.get("format") if isinstance(found, dict) else None
    if wanted != FORMAT:
        if isinstance(wanted, str) and wanted.startswith(_FAMILY):
            raise refused("elle est d’un autre format que celui que ce programme lit")
        raise refused("sa liste ne se lit pas")
    try:
        manifest = Manifest.model_validate_json(data)
        zoned = dt.datetime.fromisoformat(manifest.made_at).tzinfo is not None
    except (ValidationError, ValueError) as error:
        raise refused("sa liste n’a pas la forme attendue") from error
    flaw = None if zoned else "sa liste n’a pas la forme attendue"
    flaw = flaw or _flaw(manifest)
    if flaw is not None:
        raise refused(flaw)
    return manifest


def refused(why: str) -> Fault:
    """Say that a pack is refused."""
    return Fault(f"Mise à jour refusée : {why}. Rien n’a été changé.")


def _flaw(manifest: Manifest) -> str | None:
    paths = [*(file.path for file in manifest.files), *(alias.path for alias in manifest.aliases)]
    if len(paths) > _FILES[manifest.kind] or manifest.size > _BYTES[manifest.kind]:
        return "elle est plus grande que ce qu’une mise à jour peut être"
    if not all(map(_is_plain, paths)):
        return "elle veut écrire hors de sa place"
    # Two names that differ by case are one file on some disks.
    folded = {path.casefold() for path in paths}
    if len(folded) != len(paths):
        return "un même fichier y est deux fois"
    if any(str(parent) in folded for path in folded for parent in PurePosixPath(path).parents):
        return "un même nom y est celui d’un fichier et d’un dossier"
    return (_flaw_of_program if manifest.kind == "program" else _flaw_of_conventions)(manifest)


def _is_plain(path: str) -> bool:
    parts = path.split("/")
    return len(path) <= _LONG and len(parts) <= _DEEP and all(map(plain_name, parts))


def _flaw_of_program(manifest: Manifest) -> str | None:
    files = {file.path: file for file in manifest.files}
    if manifest.system is None or manifest.machine is None:
        return "elle ne dit pas pour quel système elle est faite"
    if not any(name in files and files[name].run for name in STARTERS):
        return "le programme n’y est pas"
    return None if all(alias.of in files for alias in manifest.aliases) else "elle nomme un fichier qui n’y est pas"


def _flaw_of_conventions(manifest: Manifest) -> str | None:
    odd = [file for file in manifest.files if file.run or PurePosixPath(file.path).suffix not in READ]
    loose = [file for file in manifest.files if "/" not in file.path]
    return "elle porte autre chose que des conventions" if odd or loose or manifest.aliases else None
