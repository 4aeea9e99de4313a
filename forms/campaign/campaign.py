"""Runs a campaign: what is printed already stays, the rest is handed to an engine, who gets none is in one report."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from forms.campaign.agents import Agents, Judged, Survey
from forms.campaign.crew import Crew
from forms.campaign.order import ORDER_FILE, Agent, Job
from forms.campaign.progress import Progress
from forms.drafts.files import LEFTOVER, PRIVATE_FOLDER, put_in_place, reason, sweep
from forms.drafts.lock import LOCK_FILE, AlreadyOpen, FolderLock
from forms.exchange.lists import neutral
from forms.faults import Fault

if TYPE_CHECKING:
    from forms.campaign.engines import Engine
    from forms.exchange.streamed import Streamed

REPORT = "rapport.csv"
"""Who gets no bulletin, and whose is to be looked at."""
_HEADINGS = ("Ligne", "Collectivité", "Matricule", "Bulletin", "Pourquoi")
_NONE, _SEEN = "non imprimé", "imprimé, à vérifier"

Write = Callable[[int, str, str, str, str], None]


@dataclass(frozen=True, slots=True)
class Told:
    """How a campaign ended: bulletins made now, those that were there, rows without one; in how many folders."""

    made: int
    there: int
    left: int
    folders: int


def run(listed: Streamed, job: Job, engine: Engine, stream: TextIO) -> Told:
    """Print every bulletin of a list that is not in its folder yet; ``stream`` is told how far it is.

    Killed at any moment and run again, it goes on: a page that is there is whole, and each worker has lost at most
    the page that it had in hand.

    Raises:
        Fault: the disk, the folder, the list or the engine are at fault; what is printed stays.
    """
    agents = Agents(listed, job.order)
    with _held(job.folder):
        job.order.kept(job.folder)
        survey = agents.survey()
        progress = Progress(survey.bulletins, stream)
        with _report(job.folder) as write:
            left = _work(agents, survey, job, engine, progress, write)
        progress.tell(end=True)
    return Told(progress.made, progress.there, left + progress.left, survey.folders)


def _work(agents: Agents, survey: Survey, job: Job, engine: Engine, progress: Progress, write: Write) -> int:
    """Have the pages made; give how many rows have none."""
    left = 0

    def to_print() -> Iterator[Agent]:
        nonlocal left
        for judged in agents.judged(survey):
            if judged.agent is None or judged.reasons:
                _tell(judged, write)
            if judged.agent is None:
                left += 1
            elif (job.folder / judged.agent.file).exists():
                progress.there += 1
                progress.tell()
            else:
                yield judged.agent

    def settled(agent: Agent, trouble: str) -> None:
        if trouble:
            said = dict(agent.facts)
            employer, staff = said.get("employer.name", ""), said.get("member.staff_number", "")
            write(agent.row, str(employer), str(staff), _NONE, trouble)
            progress.left += 1
        else:
            progress.made += 1
        progress.tell()

    with closing(Crew(engine, job, settled)) as crew:
        crew.work(to_print())
    return left


def _tell(judged: Judged, write: Write) -> None:
    outcome = _SEEN if judged.agent else _NONE
    write(judged.row, judged.employer, judged.staff, outcome, " ".join(judged.reasons))


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the folder of a campaign, new or begun, and take away what a kill left half-written.

    Raises:
        Fault: it holds something else, another run is in it, it cannot be written.
    """
    try:
        folder.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
        strange = any(path.name != LOCK_FILE and not path.name.startswith(LEFTOVER) for path in folder.iterdir())
    except OSError as error:
        raise Fault(f"Impossible de préparer le dossier {folder} : {reason(error)}.") from error
    if strange and not (folder / ORDER_FILE).exists():
        raise Fault(f"« {folder.name} » contient autre chose qu’une campagne : choisissez un dossier neuf.")
    try:
        lock = FolderLock(folder)
    except AlreadyOpen:
        raise Fault(f"Une campagne est déjà en cours dans « {folder.name} ».") from None
    try:
        sweep(folder)
        for town in folder.iterdir():
            if town.is_dir():
                sweep(town)
        yield
    finally:
        lock.release()


@contextmanager
def _report(folder: Path) -> Iterator[Write]:
    """Give what writes a line of the report, which takes its name once all are there."""
    handle, name = tempfile.mkstemp(prefix=LEFTOVER, dir=folder)
    made = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file, delimiter=";", lineterminator="\r\n")
            rows.writerow(_HEADINGS)
            yield lambda row, *texts: rows.writerow((row, *map(neutral, texts)))
        put_in_place(made, folder / REPORT)
    except OSError as error:
        raise Fault(f"Impossible d’écrire « {REPORT} » dans {folder} : {reason(error)}.") from error
    finally:
        with suppress(OSError):
            made.unlink(missing_ok=True)
