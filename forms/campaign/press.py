"""One page of a campaign, as a worker makes it: from what the list says of an agent to a file, whole or not at all."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from forms.bulletin.prefilled import NotForPaper, prefilled_bulletin
from forms.convention import library
from forms.drafts.files import PRIVATE_FOLDER, reason, write_whole
from forms.exchange.prefill import prefilled
from forms.faults import Fault, mistake

if TYPE_CHECKING:
    from forms.campaign.order import Agent, Job
    from forms.convention import Convention

_DRAWING = Lock()
"""reportlab draws one page at a time: a worker of a cluster may have several threads."""


def printed(job: Job, agent: Agent) -> str:
    """Print an agent's bulletin into its file, unless it is there; give why it could not be printed, or nothing.

    Raises:
        Fault: the disk or the convention are at fault, and the next page would meet the same.
    """
    path = job.folder / agent.file
    if path.exists():  # a page that was finished by a worker that died before it could say so
        return ""
    try:
        with _DRAWING:
            made = _made(job, agent)
    except Fault:
        raise
    except Exception as error:  # noqa: BLE001 - our own mistake on one page costs that page, and is told
        return mistake(error)
    if isinstance(made, str):
        return made
    try:
        path.parent.mkdir(PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise Fault(f"Impossible de préparer le dossier {path.parent} : {reason(error)}.") from error
    write_whole(path, made)
    return ""


def _made(job: Job, agent: Agent) -> bytes | str:
    order = job.order
    convention = _convention(order.convention, order.edition, job.conventions)
    dossier = prefilled(agent, order.convention, order.employer, None, agent.reference)
    try:
        return prefilled_bulletin(dossier, convention, order.printed_at)
    except NotForPaper as fault:
        return fault.line


@lru_cache(2)
def _convention(wanted: str, edition: str, folders: tuple[Path, ...]) -> Convention:
    """Load the convention of the order, once a worker.

    Raises:
        Fault: it is not there, or not in the order's edition.
    """
    found = library(*folders).find(wanted)
    if found.fingerprint != edition:
        raise Fault(f"La convention {wanted} n’est pas ici celle de la campagne : installez partout la même édition.")
    return found
