"""How much may come in: limits for files, archives, rows and cells, and reading that stops at them."""

from __future__ import annotations

import contextlib
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from forms.faults import Fault
from forms.french import whole

MEGABYTE = 1_000_000
FILE_LIMIT = 64 * MEGABYTE
"""Bytes of one file that comes in or goes out."""
MEMBERS_LIMIT = 20_000
"""Files inside one archive."""
ROW_LIMIT = 200_000
COLUMN_LIMIT = 200
CELLS_LIMIT = 1_000_000
CELL_LIMIT = 300
"""Characters of one cell: what one text of a dossier takes."""

_DIRECTORY_ENTRY = b"PK\x01\x02"
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What zipfile and zlib raise on bytes that are not what they say; RuntimeError: a password is wanted.
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Say in one French line (``Fault``) why a file that is being read is not."""
    try:
        yield
    except OSError as error:
        reasons: dict[type[OSError], str] = {
            FileNotFoundError: "le fichier n’existe pas",
            IsADirectoryError: "c’est un dossier",
            PermissionError: "l’accès y est refusé, ou il est ouvert dans un autre logiciel",
        }
        why = reasons.get(type(error), "le disque ne le rend pas")
        raise Fault(f"« {path.name} » ne peut pas être lu : {why}.") from error


def read_bounded(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """Read a whole file, and never more than ``limit`` bytes of it.

    Raises:
        Fault: it is not there, cannot be read, or is larger.
    """
    with reading(path), path.open("rb") as file:
        data = file.read(limit + 1)
    check_size(data, path.name, limit)
    return data


def check_size(data: bytes, name: str, limit: int = FILE_LIMIT) -> None:
    """Refuse (``Fault``) what is larger than the limit."""
    if len(data) > limit:
        raise Fault(f"« {name} » dépasse {limit // MEGABYTE} Mo : la lecture s’arrête là, rien n’est repris.")


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """Open a zip archive held in memory; how many files it lists is bounded before the list is read.

    Raises:
        Fault: it is no archive, it is cut, or it lists too many files.
    """
    # Each entry of the directory begins with these four bytes: their count is a bound that costs no memory.
    if data.count(_DIRECTORY_ENTRY) > MEMBERS_LIMIT:
        raise Fault(f"« {name} » contient plus de {whole(MEMBERS_LIMIT)} fichiers : il est refusé.")
    try:
        return zipfile.ZipFile(BytesIO(data))
    except _BROKEN as error:
        raise Fault(f"« {name} » est abîmé ou incomplet : demandez qu’on vous l’envoie de nouveau.") from error


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """Read one file of an archive, no longer than it declares; its CRC is checked (``Fault``)."""
    try:
        return archive.read(info)
    except Exception as error:  # zlib.error, which zipfile lets through
        raise damaged(name) from error


def damaged(name: str) -> Fault:
    """Say that an archive cannot be read."""
    return Fault(f"« {name} » est abîmé ou protégé par un mot de passe : il ne peut pas être lu.")


def has_unseen(text: str) -> bool:
    """Tell whether a text holds control characters that no list typed by people has."""
    return _UNSEEN.search(text) is not None


def clean(text: str) -> str:
    """Give a cell's text on one line: NFC, one space between words, nothing unseen, cut one past ``CELL_LIMIT``."""
    # The cut comes first too: a cell of megabytes is not normalised for nothing.
    spaced = " ".join(unicodedata.normalize("NFC", text[: 8 * CELL_LIMIT]).split())
    return "".join(c for c in spaced if c.isprintable())[: CELL_LIMIT + 1].strip()
