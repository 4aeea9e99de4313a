"""The list inside a transfer file: what it holds, with sizes and checksums; strict, whatever it is given."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from forms.exchange.bounds import FILE_LIMIT, MEMBERS_LIMIT
from forms.faults import Fault

FORMAT: Final = "permanence.transfer/1"
MANIFEST_LIMIT = 16_000_000
"""Bytes of a manifest: some 800 for each of the files that a transfer may hold."""

_NAME_LIMIT = 200
_FAMILY = "permanence.transfer/"

Sha = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0, le=FILE_LIMIT)]
Reference = Annotated[str, Field(pattern=r"^[0-9A-Z]{4}-[0-9A-Z]{4}$")]


class Listed(BaseModel):
    """A strict block: an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class ListedFile(Listed):
    """A paper: the name people gave it, and the file that holds it."""

    name: Annotated[str, Field(min_length=1, max_length=_NAME_LIMIT)]
    file: str
    size: Size
    sha256: Sha


class ListedDossier(Listed):
    """A dossier and its papers."""

    reference: Reference
    version: Annotated[int, Field(ge=0, le=9_999)]
    edition: Annotated[str, Field(pattern=r"^[ -~]{0,100}$")]
    file: str
    size: Size
    sha256: Sha
    attachments: Annotated[tuple[ListedFile, ...], Field(max_length=200)] = ()


class Manifest(Listed):
    """The whole list; ``files`` counts dossiers and papers, ``made_at`` is ISO with its zone."""

    format: str
    made_at: str
    files: Annotated[int, Field(ge=1, le=MEMBERS_LIMIT)]
    dossiers: Annotated[tuple[ListedDossier, ...], Field(min_length=1, max_length=MEMBERS_LIMIT)]


def plain_name(name: str) -> bool:
    """Tell whether a name is that of a file and nothing more: no folder, no drive, nothing unseen."""
    return (
        0 < len(name) <= _NAME_LIMIT
        and name == name.strip()
        and name.strip(".") != ""
        and not any(c in '/\\:*?"<>|' or not c.isprintable() for c in name)
    )


def manifest_from(data: bytes) -> Manifest:
    """Read the list of a transfer file.

    Raises:
        Fault: it is no list, of another format, or names a file otherwise than this program does.
    """
    if len(data) > MANIFEST_LIMIT:
        raise _refused("sa liste est trop longue")
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _refused("sa liste ne se lit pas") from error
    wanted = found.get("format") if isinstance(found, dict) else None
    if wanted != FORMAT:
        raise _other_format(wanted)
    try:
        manifest = Manifest.model_validate_json(data)
        zoned = dt.datetime.fromisoformat(manifest.made_at).tzinfo is not None
    except (ValidationError, ValueError) as error:
        raise _refused("sa liste n’a pas la forme attendue") from error
    if not zoned or any(_odd(one) for one in manifest.dossiers):
        raise _refused("sa liste nomme des fichiers d’une manière qui n’est pas la sienne")
    if len({one.reference for one in manifest.dossiers}) != len(manifest.dossiers):
        raise _refused("un même dossier y est deux fois")
    return manifest


def _odd(one: ListedDossier) -> bool:
    """Tell whether the names of a dossier's files are others than the program writes (a path that goes elsewhere)."""
    names = [paper.name for paper in one.attachments]
    return (
        [file.file for file in files_of(one)]
        != [
            f"dossiers/{one.reference}.json",
            *(f"attachments/{one.reference}/{number}" for number in range(1, len(names) + 1)),
        ]
        or not all(map(plain_name, names))
        or len(set(names)) != len(names)
    )


def files_of(one: ListedDossier) -> Iterator[ListedDossier | ListedFile]:
    """Give a dossier, then its papers."""
    yield one
    yield from one.attachments


def _refused(why: str) -> Fault:
    return Fault(f"Le fichier de transfert est refusé : {why}. Demandez qu’il soit envoyé de nouveau.")


def _other_format(found: object) -> Fault:
    if isinstance(found, str) and found.startswith(_FAMILY) and found[len(_FAMILY) :].isdecimal():
        number, ours = found[len(_FAMILY) :][:6], FORMAT[len(_FAMILY) :]
        if int(number) > int(ours):
            return Fault(
                f"Ce fichier de transfert est au format {number}, ce programme lit le format {ours} : mettez-le à jour."
            )
        return Fault(
            f"Ce fichier de transfert est à l’ancien format {number}, ce programme lit le format {ours} : demandez "
            "qu’il soit refait avec une version à jour."
        )
    return Fault("Ce n’est pas un fichier de transfert de ce programme.")
