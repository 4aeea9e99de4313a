"""Editions of conventions, kept as they were, so that what was printed with one is printed again after an update."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from forms.convention import load
from forms.convention.loading import FOLDER_LIMIT, files_of
from forms.drafts.cipher import faults_of
from forms.drafts.draft import written
from forms.drafts.files import LEFTOVER, reason
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt

    from forms.convention import Convention
    from forms.drafts.store import DraftStore

_DAY = (2026, 1, 1, 0, 0, 0)  # the same folder makes the same bytes


def keep(store: DraftStore, folder: Path, convention: Convention, at: dt.datetime) -> bool:
    """Keep the folder that ``convention`` was loaded from; False when it is kept already.

    Raises:
        Fault: the folder cannot be read, is too large, or is no longer that of the convention.
    """
    with faults_of(store.path):
        if store.database.execute("SELECT 1 FROM editions WHERE fingerprint = ?", [convention.fingerprint]).fetchone():
            return False
    content = _zipped(folder)
    if _loaded(store, convention.id, content).fingerprint != convention.fingerprint:
        raise Fault(f"Le dossier de la convention {convention.id} a changé depuis qu’il a été lu : recommencez.")
    values = [convention.fingerprint, convention.id, convention.edition, written(at), content]
    with store.transaction() as database:
        database.execute("INSERT OR IGNORE INTO editions VALUES (?, ?, ?, ?, ?)", values)
    return True


def kept(store: DraftStore, fingerprint: str) -> Convention | None:
    """Give the convention of a fingerprint as it was, or None when it was never kept.

    Raises:
        Fault: this program does not read it any more, or it is damaged.
    """
    with faults_of(store.path):
        row = store.database.execute(
            "SELECT convention, content FROM editions WHERE fingerprint = ?", [fingerprint]
        ).fetchone()
    if row is None:
        return None
    convention = _loaded(store, *row)
    if convention.fingerprint != fingerprint:
        raise _damaged(row[0])
    return convention


def known(store: DraftStore) -> tuple[tuple[str, str, str], ...]:
    """Give what is kept: fingerprint, convention, edition; the oldest first."""
    with faults_of(store.path):
        rows = store.database.execute("SELECT fingerprint, convention, edition FROM editions ORDER BY kept_at")
        return tuple((str(row[0]), str(row[1]), str(row[2])) for row in rows)


def _zipped(folder: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files_of(folder).items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _loaded(store: DraftStore, name: str, content: bytes) -> Convention:
    # Beside the drafts, not in the system's folder; nothing in it is of a person.
    with TemporaryDirectory(prefix=LEFTOVER, dir=store.folder) as where:
        folder = Path(where) / name
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(part.file_size for part in archive.infolist()) > FOLDER_LIMIT:
                    raise _damaged(name)
                for part in archive.infolist():
                    inside = PurePosixPath(part.filename)
                    if inside.is_absolute() or ".." in inside.parts:
                        raise _damaged(name)
                    target = folder / inside
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(part))
        except (zipfile.BadZipFile, ValueError) as error:
            raise _damaged(name) from error
        except OSError as error:
            raise Fault(f"Impossible de déplier l’édition de {name} : {reason(error)}.") from error
        return load(folder)


def _damaged(name: str) -> Fault:
    return Fault(f"L’édition gardée de {name} est abîmée : remettez les brouillons depuis une sauvegarde.")
