"""The one way by which the program writes, replaces and removes files of its own: whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
from pathlib import Path

from forms.faults import Fault

LEFTOVER = ".permanence-"
"""How the name of a file still being written begins: no one's name, and never longer than a folder takes."""

DATABASE = "drafts.sqlite"
"""The database's name, beside the key file."""

KEY_FILE = "vault.json"
"""The key file's name, in the same folder."""

BACKUPS = "backups"
"""The folder of backups, beside them."""

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_REASONS = {
    errno.ENOSPC: "le disque est plein. Libérez de la place, puis recommencez",
    errno.EDQUOT: "votre quota de disque est atteint. Libérez de la place, puis recommencez",
    errno.EFBIG: "le fichier dépasse la taille permise ici. Choisissez un autre disque, puis recommencez",
    errno.EROFS: "ce disque est en lecture seule. Choisissez un autre dossier, puis recommencez",
    errno.EACCES: "l’accès y est refusé. Vérifiez vos droits ou choisissez un autre dossier",
    errno.EPERM: "l’accès y est refusé. Vérifiez vos droits ou choisissez un autre dossier",
    errno.ENOENT: "le dossier n’existe pas. Créez-le ou choisissez-en un autre",
    errno.ENOTDIR: "ce n’est pas un dossier. Choisissez-en un autre",
    errno.EISDIR: "un dossier porte déjà ce nom. Choisissez un autre nom",
    errno.EIO: "le disque ne répond pas correctement. Changez de disque, puis recommencez",
}


def reason(error: OSError) -> str:
    """Give the cause of a system error in French, and what to do; no final point."""
    unknown = f"erreur système {error.errno}. Vérifiez le disque, puis recommencez"
    return _REASONS.get(error.errno or 0, unknown)


def write_whole(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Put ``data`` at ``path`` so that, whatever happens, the old file or the new one is there, whole.

    It is on the disk (fsync of the file, then of the folder) when this returns. A symbolic link stays one:
    what it points to is replaced.

    Raises:
        Fault: the file could not be written; what was there is unchanged.
    """
    try:
        target = Path(os.path.realpath(path))
        # Renaming over a device or a pipe (-o /dev/stdout, as root) would take it away from the machine.
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        if path.exists() and not target.is_file():
            raise _unwritable(path, "ce n’est pas un fichier ordinaire. Choisissez un autre nom")
        _replace(target, data, mode)
    except OSError as error:
        raise _unwritable(path, reason(error)) from error


def put_in_place(made: Path, target: Path) -> None:
    """Give what is at ``made``, a file or a folder on the same disk, the name ``target``, whole.

    Its content is on the disk before it has the name, and the name when this returns. A file that had the name is
    replaced; a folder is not.

    Raises:
        Fault: it could not be done; what had the name still has it, and ``made`` is still there.
    """
    try:
        inside = sorted(made.rglob("*"), reverse=True) if made.is_dir() else [made]
        for path in inside:
            if path.is_dir():
                _folder_to_disk(path)
            else:
                # A file that may only be read is flushed too; Windows flushes none but those opened for writing.
                with path.open("rb" if os.name == "posix" else "rb+") as file:
                    _to_disk(file.fileno())
        if made.is_dir():
            _folder_to_disk(made)
        made.replace(target)
        _folder_to_disk(target.parent)
    except OSError as error:
        raise _unwritable(target, reason(error)) from error


def added(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Write a file of a folder that is being made, and the folders above it; ``put_in_place`` will name the whole.

    Raises:
        Fault: it cannot be written, or is there already.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        raise _unwritable(path, reason(error)) from error


def point(link: Path, name: str) -> None:
    """Make the symbolic link ``link`` lead to its neighbour ``name``, in one go: it led elsewhere, or now there.

    Raises:
        Fault: it could not be done; the link is as it was.
    """
    try:
        making = Path(tempfile.mkdtemp(prefix=LEFTOVER, dir=link.parent))
        try:
            (making / "link").symlink_to(name)
            (making / "link").replace(link)
        finally:
            shutil.rmtree(making)
        _folder_to_disk(link.parent)
    except OSError as error:
        raise _unwritable(link, reason(error)) from error


def making_in(root: Path, doing: str = "d’écrire") -> Path:
    """Make a folder beside which nothing is yet: what is put in it is named whole by ``put_in_place``, or a leftover.

    Raises:
        Fault: it cannot be made; ``doing`` says what was wanted there, after « Impossible ».
    """
    try:
        return Path(tempfile.mkdtemp(prefix=LEFTOVER, dir=root))
    except OSError as error:
        raise Fault(f"Impossible {doing} dans {root} : {reason(error)}.") from error


def copied(source: Path, target: Path) -> None:
    """Copy a file for this user only; a copy being worked on, that ``put_in_place`` will name.

    Raises:
        Fault: it cannot be copied.
    """
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
        with source.open("rb") as read, os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(read, file, 1 << 20)
    except OSError as error:
        raise _unwritable(target, reason(error)) from error


def erase(path: Path) -> None:
    """Take away a file, or a folder at once: what is left of it after a cut is a leftover. None is no fault.

    Raises:
        Fault: it cannot be taken away.
    """
    try:
        if path.is_dir():
            going = Path(tempfile.mkdtemp(prefix=LEFTOVER, dir=path.parent))
            path.replace(going / "gone")
            shutil.rmtree(going)
        else:
            path.unlink(missing_ok=True)
        _folder_to_disk(path.parent)
    except OSError as error:
        raise Fault(f"Impossible de supprimer « {path.name} » dans {path.parent} : {reason(error)}.") from error


def sweep(folder: Path) -> int:
    """Take away what a cut left half-written in ``folder``; give how many. One that resists stays for next time.

    Only for who holds the folder's lock: what another program is writing looks the same.
    """
    swept = 0
    for path in folder.glob(f"{LEFTOVER}*"):
        with contextlib.suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            swept += 1
    return swept


def private_folder(folder: Path) -> None:
    """Make ``folder``, and those above it, readable by this user only; one that is there is closed to others.

    Raises:
        Fault: the folder can be neither made nor closed to others.
    """
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise Fault(f"Impossible de préparer le dossier {folder} : {reason(error)}.") from error


def _unwritable(path: Path, why: str) -> Fault:
    return Fault(f"Impossible d’écrire « {path.name} » dans {path.parent} : {why}.")


def _replace(target: Path, data: bytes, mode: int) -> None:
    handle, name = tempfile.mkstemp(prefix=LEFTOVER, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _to_disk(file.fileno())
        if os.name == "posix":
            Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _folder_to_disk(target.parent)


def _to_disk(handle: int) -> None:
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - there is none on Windows

        # There, fsync stops at the drive's own cache (man 2 fsync).
        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def _folder_to_disk(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows opens no folder; NTFS journals the renaming itself
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system with nothing to flush for a folder
            raise
    finally:
        os.close(handle)
