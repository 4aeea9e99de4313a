"""Making a pack out of a folder, for whoever publishes: what it would be refused for later is refused here."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from forms.drafts.files import reason
from forms.faults import Fault
from forms.packs.archive import packed
from forms.packs.conventions import checked_folders
from forms.packs.manifest import FORMAT, READ, STARTERS, Alias, Kind, Manifest, PackedFile, manifest_from

if TYPE_CHECKING:
    import datetime as dt

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from forms.packs.place import Place

_PROJECT = "permanence-*.dist-info"


@dataclass(frozen=True)
class _Content:
    kind: Kind
    version: str
    files: tuple[tuple[str, Path], ...]
    aliases: tuple[Alias, ...] = ()


def signed(
    folder: Path, key: Ed25519PrivateKey, place: Place, now: dt.datetime, *, version: str = "", needs: str = ""
) -> tuple[Manifest, bytes]:
    """Give a pack of ``folder``: a frozen program, one convention, or a folder of them.

    A program says its own version; that of conventions is the day, unless one is given. ``needs`` is by default the
    program that signs, for conventions: it has just read them.

    Raises:
        Fault: the folder is neither, a convention or one of its examples is wrong, a file cannot be read.
    """
    content = _program(folder) if any((folder / name).is_file() for name in STARTERS) else _conventions(folder, now)
    try:
        read = [(path, source, source.read_bytes()) for path, source in content.files]
    except OSError as error:
        raise Fault(f"« {folder.name} » ne peut pas être lu : {reason(error)}.") from error
    of_program = content.kind == "program"
    manifest = Manifest.model_construct(
        format=FORMAT,
        kind=content.kind,
        version=version or content.version,
        made_at=now.isoformat(timespec="seconds"),
        needs=needs or ("0" if of_program else place.version),
        system=place.system if of_program else None,
        machine=place.machine if of_program else None,
        files=tuple(
            PackedFile(
                path=path,
                size=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
                run=of_program and os.access(source, os.X_OK),
            )
            for path, source, data in read
        ),
        aliases=content.aliases,
    )
    manifest_from(manifest.model_dump_json(exclude_defaults=True).encode())
    return manifest, packed(manifest, (data for _, _, data in read), key)


def _program(folder: Path) -> _Content:
    names = [path.name for path in folder.glob(f"_internal/{_PROJECT}")]
    if len(names) != 1:
        raise Fault(f"« {folder.name} » n’est pas le dossier d’un programme de make frozen : sa version n’y est pas.")
    version = names[0].removeprefix("permanence-").removesuffix(".dist-info")
    files, aliases = [], []
    whole = folder.resolve()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            target = path.resolve()
            if not target.is_file() or not target.is_relative_to(whole):
                raise Fault(f"« {name} » mène hors de son dossier : il ne peut pas être emporté.")
            aliases.append(Alias(path=name, of=target.relative_to(whole).as_posix()))
        elif path.is_file():
            files.append((name, path))
    return _Content("program", version, tuple(files), tuple(aliases))


def _conventions(folder: Path, now: dt.datetime) -> _Content:
    folders = [folder] if (folder / "convention.toml").is_file() else sorted(
        path.parent for path in folder.glob("*/convention.toml")
    )  # fmt: skip
    if not folders:
        raise Fault(f"« {folder.name} » ne contient ni un programme de make frozen, ni une convention.")
    files = []
    for convention in checked_folders(folders, now):
        for path in sorted(convention.folder.rglob("*")):
            name = path.relative_to(convention.folder).as_posix()
            if path.is_symlink():
                raise Fault(f"« {convention.id}/{name} » est un lien : il ne peut pas être emporté.")
            if path.is_file() and path.suffix in READ:
                files.append((f"{convention.id}/{name}", path))
    return _Content("conventions", f"{now.year}.{now.month}.{now.day}", tuple(files))
