"""The verb of the journal: whether all that was done to the drafts still stands there as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from forms.commands.asking import passphrase
from forms.commands.run import MISUSED, OK, REFUSED, Adding, Run, say
from forms.faults import Fault
from forms.french import plural

if TYPE_CHECKING:
    from forms.drafts.journal import Verdict


def add(to: Adding) -> None:
    """Add the verbs."""
    group = to.group("journal", "le journal de ce qui a été fait aux dossiers")
    told = group.verb("verify", verify, "vérifier que le journal est tel qu’il a été écrit (la phrase est demandée)")
    told.add_argument("--folder", type=Path, metavar="DOSSIER", help="le dossier des brouillons, sinon le vôtre")
    told.add_argument(
        "--head", nargs="+", metavar="EMPREINTE", help="celle qu’une clôture a imprimée, pour trouver une fin coupée"
    )


def verify(run: Run) -> int:
    """Compute every hash again; with ``--head``, look for the entry that a closing printed."""
    from forms.drafts.home import home
    from forms.drafts.journal import read_head

    printed = " ".join(run.options.head) if run.options.head else None
    if printed is not None:
        try:
            read_head(printed)
        except Fault as fault:
            say(str(fault))
            return MISUSED
    verdict = _verdict(run.options.folder or home(), printed)
    print(f"{plural(verdict.entries, 'entrée')} au journal. Dernière empreinte : {verdict.head or 'aucune'}")
    if verdict.flaw is not None:
        say(verdict.flaw)
        return REFUSED
    print("Rien n’y a été changé, et l’empreinte donnée s’y trouve." if printed else "Rien n’y a été changé.")
    return OK


def _verdict(folder: Path, printed: str | None) -> Verdict:
    """Look at the journal of a folder that no window has open; nothing is made there, nothing brought up to date.

    Raises:
        Fault: there are no drafts, they are open elsewhere, the passphrase is wrong, the file is damaged.
    """
    from forms.drafts import journal, vault
    from forms.drafts.cipher import faults_of, open_database
    from forms.drafts.files import DATABASE
    from forms.drafts.lock import FolderLock

    path = folder / DATABASE
    if not vault.exists(folder) or not path.exists():
        raise Fault(f"Il n’y a pas de brouillons dans {folder}.")
    lock = FolderLock(folder)
    try:
        database = open_database(path, vault.unlock(folder, passphrase()))
        try:
            with faults_of(path):
                if not database.table("journal").exists():
                    raise Fault("Ces brouillons sont d’avant le journal : ouvrez-les une fois avec Permanence.")
                return journal.verify(database, printed)
        finally:
            database.conn.close()
    finally:
        lock.release()
