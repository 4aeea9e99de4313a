"""A campaign from its list to its folder: who gets a page, what a restart does, what is told of the others."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from forms.bulletin.scan import read_scan
from forms.campaign.campaign import REPORT, Told, run
from forms.campaign.crew import AHEAD, Crew
from forms.campaign.engines import Engine, cluster
from forms.campaign.order import Agent, Job, Order
from forms.campaign.press import printed
from forms.dossier.model import Employer
from forms.drafts.files import LEFTOVER
from forms.drafts.lock import FolderLock
from forms.exchange.prefill import prefilled
from forms.exchange.streamed import Streamed, streamed
from forms.faults import Fault
from tests.benchmarks.rosters import write_roster
from tests.forms.exchange.rosters import nir, separated
from tests.making import cdg62

HEAD = ["Collectivité", "SIRET", "Matricule", "Civilité", "Nom", "Prénom", "Date de naissance", "NIR", "Statut"]
LORMONT, BETHUNE = ("Mairie de Lormont", "21330249000015"), ("Mairie de Béthune", "21620119400018")
MAIA = ["A-1", "Mme", "Delattre", "Maïa", "01/01/1985", nir("2", dt.date(1985, 1, 1), "62119042"), "Titulaire"]
NOE = ["A-2", "M.", "D’Alméida", "Noé", "12/09/1986", nir("1", dt.date(1986, 9, 12), "59350118"), "Stagiaire"]


def threads() -> Engine:
    """Give an engine that needs no process: the interface is the same."""
    return Engine(lambda: ThreadPoolExecutor(1), 2)


def job(listed: Streamed, folder: Path, **employer: str) -> Job:
    """Give the order of a list."""
    convention = cdg62()
    order = Order(
        list_sha256=listed.fingerprint,
        convention=convention.id,
        edition=convention.fingerprint,
        employer=Employer.model_validate(employer),
        printed_at=dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC),
        today=dt.date(2026, 11, 21),
    )
    return Job(order, folder)


def ran(path: Path, folder: Path, engine: Engine | None = None) -> Told:
    """Run a campaign without a screen."""
    listed = streamed(path)
    return run(listed, job(listed, folder), engine or threads(), io.StringIO())


def listed(folder: Path, *rows: Iterable[str], head: list[str] = HEAD) -> Path:
    """Write a list."""
    path = folder / "agents.csv"
    path.write_bytes(separated([head, *map(list, rows)]))
    return path


def pages(folder: Path) -> dict[str, bytes]:
    """Give the files of a campaign."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.pdf")}


def report(folder: Path) -> list[list[str]]:
    """Give the rows of the report, its headings left out."""
    return list(csv.reader(io.StringIO((folder / REPORT).read_text("utf-8-sig")), delimiter=";"))[1:]


def test_a_page_for_each_agent_in_the_folder_of_their_town_hall(tmp_path: Path) -> None:
    """Each page carries what the list says, under its own number, and its file has no one's name."""
    path = listed(tmp_path, [*LORMONT, *MAIA], [*BETHUNE, *NOE], ["TOTAL", "2 agents"])
    out = tmp_path / "out"
    assert ran(path, out) == Told(2, 0, 1, 2)
    found = pages(out)
    assert [name.split("/")[0] for name in sorted(found)] == [
        "mairie-de-bethune-21620119400018",
        "mairie-de-lormont-21330249000015",
    ]
    scanned = [read_scan(out / name) for name in sorted(found)]
    assert [(page.dossier.member.first_name, page.dossier.employer.name) for page, _ in scanned if page.dossier] == [
        ("Noé", "Mairie de Béthune"),
        ("Maïa", "Mairie de Lormont"),
    ]
    for name, (page, _) in zip(sorted(found), scanned, strict=True):
        assert page.dossier is not None
        assert Path(name).stem.endswith(f"-{page.dossier.reference}")
    assert report(out) == [["4", "", "", "non imprimé", "Ligne de total ou de titre."]]


def test_a_restart_does_nothing_twice_and_gives_the_same_bytes(tmp_path: Path) -> None:
    """What is there stays as it is; what is not is made as it would have been; the report is the same."""
    path = tmp_path / "agents.csv"
    write_roster(path, 9)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    ran(path, whole)
    ran(path, cut)
    taken = sorted(cut.rglob("*.pdf"))[::2]
    for page in taken:
        page.unlink()
    stays = {page: page.stat().st_mtime_ns for page in cut.rglob("*.pdf")}
    (taken[0].parent / ".permanence-cut").write_bytes(b"half a page")
    assert ran(path, cut) == Told(len(taken), 9 - len(taken), 0, 1)
    assert {page: page.stat().st_mtime_ns for page in stays} == stays
    assert pages(cut) == pages(whole)
    assert (cut / REPORT).read_bytes() == (whole / REPORT).read_bytes()
    assert not list(cut.rglob(".permanence-*"))


def test_who_gets_no_page_is_told(tmp_path: Path) -> None:
    """Someone twice in one town hall, a name that cannot be printed; the same person elsewhere is printed and told."""
    rows = (
        [*LORMONT, *MAIA],
        [*LORMONT, *MAIA],
        [*BETHUNE, *MAIA],
        [*LORMONT, "=A-4", "Mme", "王", "Lì", "", "", ""],
        [*LORMONT, "A-5", "Mme", "", "", "01/01/1990", "", ""],
    )
    out = tmp_path / "out"
    assert ran(listed(tmp_path, *rows), out) == Told(2, 0, 3, 2)
    assert [(row[0], row[2], row[3]) for row in report(out)] == [
        ("3", "A-1", "non imprimé"),
        ("4", "A-1", "imprimé, à vérifier"),
        ("5", "'=A-4", "non imprimé"),
        ("6", "A-5", "non imprimé"),
    ]
    assert "ligne 2" in report(out)[0][4]
    assert "autre collectivité" in report(out)[1][4]


def test_what_is_wrong_is_left_to_the_hand(tmp_path: Path) -> None:
    """A NIR with a wrong key, a date that cannot be read, a wrong SIRET: not on the page, and told."""
    rows = [["Mairie de Lormont", "21330249000016", "A-1", "Mme", "Delattre", "Maïa", "31/02/1985", "1 84 05", "x"]]
    out = tmp_path / "out"
    assert ran(listed(tmp_path, *rows), out).made == 1
    (name,) = pages(out)
    page, _ = read_scan(out / name)
    assert page.dossier is not None
    assert page.dossier.member.nir is None
    assert page.dossier.member.birth_date is None
    assert page.dossier.employer.siret is None
    assert not page.dossier.unread
    ((_, _, _, outcome, why),) = report(out)
    assert outcome == "imprimé, à vérifier"
    assert all(word in why for word in ("31/02/1985", "SIRET"))


def test_a_town_hall_whose_numbers_moved_gets_nothing(tmp_path: Path) -> None:
    """Numbers shifted by a row refuse that town hall's part of the list, and no other's."""
    people = [MAIA, NOE, ["A-3", "Mme", "Lefèvre", "Zoé", "28/02/2001", nir("2", dt.date(2001, 2, 28), "59178233"), ""]]
    moved = [[*person[:5], other[5], person[6]] for person, other in zip(people, people[1:] + people[:1], strict=True)]
    out = tmp_path / "out"
    told = ran(listed(tmp_path, *([*LORMONT, *row] for row in moved), *([*BETHUNE, *row] for row in people)), out)
    assert (told.made, told.left, told.folders) == (3, 3, 1)
    assert {name.split("/")[0] for name in pages(out)} == {"mairie-de-bethune-21620119400018"}


def test_a_list_of_one_town_hall_takes_it_from_the_order(tmp_path: Path) -> None:
    """Its name, SIRET and participation are on each page; without any, folders are of a thousand rows."""
    path = listed(tmp_path, MAIA, head=HEAD[2:])
    found = streamed(path)
    named = job(found, tmp_path / "named", name="Mairie de Lormont", siret="21330249000015", participation="15.00")
    run(found, named, threads(), io.StringIO())
    (name,) = pages(tmp_path / "named")
    assert name.startswith("mairie-de-lormont-21330249000015/000002-")
    ran(path, tmp_path / "bare")
    (name,) = pages(tmp_path / "bare")
    assert name.startswith("lignes-000001-001000/000002-")


def test_the_folder_of_another(tmp_path: Path) -> None:
    """A folder of something else, of another campaign or of one that runs is refused, and nothing is written in it."""
    path = listed(tmp_path, [*LORMONT, *MAIA])
    with pytest.raises(Fault, match="autre chose"):
        ran(path, tmp_path)
    out = tmp_path / "out"
    ran(path, out)
    lock = FolderLock(out)
    with pytest.raises(Fault, match="déjà en cours"):
        ran(path, out)
    lock.release()
    listed(tmp_path, [*BETHUNE, *NOE])
    with pytest.raises(Fault, match="la liste a changé"):
        ran(path, out)
    assert len(pages(out)) == 1


def test_a_folder_of_someone_is_refused_whatever_else_is_in_it(tmp_path: Path) -> None:
    """One name that is no campaign's is enough, wherever the disk lists it; nothing is swept."""
    path, out = listed(tmp_path, [*LORMONT, *MAIA]), tmp_path / "out"
    out.mkdir()
    names = {"notes.txt", *(f"{LEFTOVER}{number}" for number in range(30))}
    for name in names:
        (out / name).touch()
    with pytest.raises(Fault, match="autre chose"):
        ran(path, out)
    assert {path.name for path in out.iterdir()} == names


class Dying(Executor):
    """An executor whose process dies on given rows, taking with it all that it had been handed."""

    def __init__(self, deaths: dict[int, int], seen: list[int]) -> None:
        """``deaths``: how many times the row of a page kills; ``seen``: the rows that were tried."""
        self._deaths, self._seen, self._broken = deaths, seen, False
        self._handed: list[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]] = []

    def submit(self, work: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """Begin once two are handed over, or at once where one is alone."""
        if self._broken:
            raise BrokenExecutor
        future = Future[Any]()
        agent: Agent = args[1]
        self._seen.append(agent.row)
        if self._deaths.get(agent.row, 0):
            self._deaths[agent.row] -= 1
            self._broken = True
            for other in (future, *(handed for handed, _, _ in self._handed)):
                other.set_exception(BrokenExecutor())
        elif len(self._handed) < 1:
            self._handed.append((future, work, args))
            future.set_result(work(*args))
            self._handed.clear()
        return future


def test_a_process_that_dies_costs_what_it_had_in_hand(tmp_path: Path) -> None:
    """The engine is opened again and the page redone; a page that kills each time is told, and the others are made."""
    path = tmp_path / "agents.csv"
    write_roster(path, 6)
    out, seen = tmp_path / "out", list[int]()
    deaths = {3: 1, 5: 9}
    assert ran(path, out, Engine(lambda: Dying(deaths, seen), 1)) == Told(5, 0, 1, 1)
    assert [row[0] for row in report(out)] == ["5"]
    assert "deux fois" in report(out)[0][4]
    assert seen.count(5) == 3
    assert ran(path, out).made == 1


def test_processes_that_always_die_stop_it(tmp_path: Path) -> None:
    """Three pages lost with none made between: the machine is at fault, and not the pages."""
    path = tmp_path / "agents.csv"
    write_roster(path, 9)
    with pytest.raises(Fault, match="à chaque page"):
        ran(path, tmp_path / "out", Engine(lambda: Dying(dict.fromkeys(range(99), 9), []), 1))


def test_few_pages_are_ahead(tmp_path: Path) -> None:
    """The list is read no faster than pages are made: what is handed over is bounded, whatever its length."""
    waiting: list[Future[str]] = []
    most = 0

    class Slow(ThreadPoolExecutor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            nonlocal most
            future = Future[str]()
            waiting.append(future)
            most = max(most, len([one for one in waiting if not one.done()]))
            if most == AHEAD * 3:
                waiting.pop(0).set_result("")
            return future

    def agents() -> Iterator[Agent]:
        yield from (Agent(row, f"{row}", f"{row}", ()) for row in range(200))
        for future in waiting:
            future.set_result("")

    settled: list[int] = []
    path = listed(tmp_path, MAIA, head=HEAD[2:])
    crew = Crew(Engine(Slow, 3), job(streamed(path), tmp_path), lambda agent, _: settled.append(agent.row))
    crew.work(agents())
    assert most == AHEAD * 3
    assert sorted(settled) == list(range(200))


def test_a_full_disk_stops_it_and_what_is_printed_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The world's fault is one line, and the campaign goes on from there once it is mended."""
    path = tmp_path / "agents.csv"
    write_roster(path, 4)
    with monkeypatch.context() as patch:
        patch.setattr("forms.campaign.press.write_whole", _full)
        with pytest.raises(Fault, match="plein"):
            ran(path, tmp_path / "out")
    assert ran(path, tmp_path / "out").made == 4


def test_a_folder_that_goes_away_is_one_line(tmp_path: Path) -> None:
    """A disk that is unplugged stops it at once, with what happened, and not page after page."""
    path = tmp_path / "agents.csv"
    write_roster(path, 4)
    listed = streamed(path)
    gone = job(listed, tmp_path / "none")
    agent = Agent(2, "7K3M-Q2XD", "mairie/000002-7K3M-Q2XD.pdf", (("member.birth_name", "Delattre"),))
    with pytest.raises(Fault, match="Impossible de préparer"):
        printed(gone, agent)


def _full(_path: Path, _data: bytes) -> None:
    raise Fault("le disque est plein")


def test_a_bug_on_one_page_costs_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told by its place and with no one's data, and the others are printed."""
    path = tmp_path / "agents.csv"
    write_roster(path, 3)

    def broken(agent: Agent, *rest: Any) -> Any:
        if agent.row == 3:
            raise ValueError("Delattre")
        return prefilled(agent, *rest)

    monkeypatch.setattr("forms.campaign.press.prefilled", broken)
    out = tmp_path / "out"
    assert ran(path, out) == Told(2, 0, 1, 1)
    assert "ValueError" in report(out)[0][4]
    assert "Delattre" not in report(out)[0][4]


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "hote:8786", "http://127.0.0.1:8786", "tls://hote"])
def test_people_go_to_no_cluster_in_clear(address: str) -> None:
    """Only an encrypted address, or this machine: anything else is refused before Dask is asked for."""
    with pytest.raises(Fault, match="chiffrement"):
        cluster(address)


def test_a_cluster_without_dask_is_one_line() -> None:
    """The program is installed without it, and says so."""
    with pytest.raises(Fault, match=r"permanence\[cluster\]"):
        cluster("tls://hote.example:8786")
