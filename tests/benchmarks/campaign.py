"""Runs campaigns of invented agents, a worker and then the parent killed if asked, and keeps the figures.

Run as ``python -m tests.benchmarks.campaign FOLDER 1000 10000 100000 --kill``, or with ``--cluster``, which starts a
Dask scheduler and two workers on the loopback with the Python of ``make cluster``, and kills one of them.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import hashlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.rosters import write_roster

FIGURES = Path(__file__).with_name("campaign.json")
CLUSTER = Path("build/cluster/bin/python")
NOW = "2026-11-21T09:00"
_DONE = re.compile(r"^([\d\u202f]+) sur ")
_EVERY = 0.2


@dataclass
class Run:
    """What one campaign cost; memory in megabytes, ``curve`` is seconds and bulletins done."""

    agents: int
    engine: str
    seconds: float = 0.0
    rate: float = 0.0
    cpu_ms: float = 0.0
    """Milliseconds of one core a bulletin, the reading of the list included: a busy machine changes it little."""
    parent_mb: float = 0.0
    worker_mb: float = 0.0
    megabytes: float = 0.0
    worker_killed_at: int = 0
    parent_killed_at: int = 0
    redone: int = 0
    half_written: int = 0
    curve: list[tuple[float, int]] = field(default_factory=list)
    cpu: dict[int, float] = field(default_factory=dict)


def measured(folder: Path, agents: int, *, kill: bool, scheduler: str = "", workers: tuple[int, ...] = ()) -> Run:
    """Run a campaign of ``agents``; with ``kill``, a worker is killed at a quarter and the parent at a half.

    ``workers``: the processes of a cluster, which are no children of the campaign's.
    """
    python = str(CLUSTER) if scheduler else sys.executable
    roster, out = folder / f"roster-{agents}.csv", folder / f"campaign-{agents}"
    write_roster(roster, agents)
    shutil.rmtree(out, ignore_errors=True)
    found = Run(agents, "2 Dask workers" if scheduler else "2 processes")
    command = [python, "-m", "desktop", "campaign", str(roster), "-o", str(out), "--convention", "cdg62-mnt"]
    command += ["--now", NOW, "--workers", "2", *(["--scheduler", scheduler] if scheduler else [])]
    began = time.monotonic()
    before: dict[str, int] = {}
    if kill:
        _once(command, found, began, workers, stop=agents // 2, worker=agents // 4)
        before = {str(path): path.stat().st_mtime_ns for path in out.rglob("*.pdf")}
        found.parent_killed_at = len(before)
        time.sleep(1)  # what the workers had in hand: they end by themselves
        found.half_written = sum(1 for _ in out.rglob(".permanence-*"))
    _once(command, found, began, workers)
    found.cpu_ms = round(sum(found.cpu.values()) * 1000 / agents, 1)
    found.seconds = round(time.monotonic() - began, 1)
    found.rate = round(agents / found.seconds, 1)
    found.redone = sum(1 for name, at in before.items() if Path(name).stat().st_mtime_ns != at)
    pages = list(out.rglob("*.pdf"))
    assert len(pages) == agents, len(pages)
    found.megabytes = round(sum(path.stat().st_size for path in pages) / 1e6, 1)
    return found


def _once(
    command: list[str], found: Run, began: float, workers: tuple[int, ...], *, stop: int = 0, worker: int = 0
) -> None:
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, bufsize=1)
    assert process.stderr is not None
    os.set_blocking(process.stderr.fileno(), False)
    while process.poll() is None:
        time.sleep(_EVERY)
        for line in iter(process.stderr.readline, ""):
            if done := _DONE.match(line):
                count = int(done[1].replace("\u202f", ""))
                found.curve.append((round(time.monotonic() - began, 1), count))
        children = workers or _children(process.pid)
        found.cpu |= {pid: spent for pid in (process.pid, *children) if (spent := _spent(pid))}
        found.parent_mb = max(found.parent_mb, _peak(process.pid))
        found.worker_mb = max([found.worker_mb, *map(_peak, children)])
        count = found.curve[-1][1] if found.curve else 0
        if worker and count >= worker and not found.worker_killed_at:
            found.worker_killed_at = count
            os.kill(max(children, key=_peak), signal.SIGKILL)
        if stop and count >= stop:
            process.kill()
            process.wait()
            return
    assert process.returncode == 0, process.returncode


def _children(parent: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def _peak(pid: int) -> float:
    """Give the most memory that a process had in hand, in megabytes."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return round(int(found[1]) / 1000, 1) if found else 0.0


def _spent(pid: int) -> float:
    """Give the seconds of a core that a process has used."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def digest(folder: Path) -> str:
    """Give what two campaigns of the same list have in common: the name and bytes of every page."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.pdf")):
        found.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def kept(run: Run) -> None:
    """Put the figures of a run beside the others: the newest of a size and engine is the one that stays."""
    data: dict[str, Any] = json.loads(FIGURES.read_text()) if FIGURES.exists() else {"campaigns": []}
    data["machine"] = f"{os.cpu_count()} shared cores, {platform.system()}, Python {platform.python_version()}"
    data["date"] = dt.datetime.now(dt.UTC).date().isoformat()
    others = [one for one in data["campaigns"] if (one["agents"], one["engine"]) != (run.agents, run.engine)]
    step = -(-len(run.curve) // 12) or 1
    said = {name: value for name, value in asdict(run).items() if name != "cpu"}
    said["curve"] = run.curve[step - 1 :: step]
    data["campaigns"] = sorted([*others, said], key=lambda one: (one["engine"], one["agents"]))
    FIGURES.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")


@contextlib.contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Give a scheduler on the loopback and two workers; the one that is killed stays dead, as a machine does."""
    told = folder / "scheduler.json"
    told.unlink(missing_ok=True)
    started: list[subprocess.Popen[bytes]] = []

    def start(module: str, *more: str) -> int:
        command = [str(CLUSTER), "-m", f"distributed.cli.{module}", "--host", "127.0.0.1", "--no-dashboard", *more]
        with (folder / f"{module}.log").open("a") as log:
            started.append(subprocess.Popen(command, stdout=log, stderr=log))
        return started[-1].pid

    try:
        start("dask_scheduler", "--port", "0", "--scheduler-file", str(told))
        while not told.exists() or not told.read_text().endswith("}"):
            time.sleep(_EVERY)
        address = str(json.loads(told.read_text())["address"])
        more = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        workers = tuple(start("dask_worker", address, *more) for _ in range(2))
        time.sleep(10)
        yield address, workers
    finally:
        for process in started:
            process.kill()
            process.wait()


def main() -> None:
    """Run the campaigns asked for, in their order; the pages are taken away after each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("agents", type=int, nargs="+")
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--kill", action="store_true")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for agents in options.agents:
        with _cluster(options.folder) if options.cluster else contextlib.nullcontext(("", ())) as (scheduler, workers):
            run = measured(options.folder, agents, kill=options.kill, scheduler=scheduler, workers=workers)
        kept(run)
        print(json.dumps(asdict(run) | {"curve": len(run.curve), "cpu": 0}), flush=True)
        print(digest(options.folder / f"campaign-{agents}"), flush=True)
        shutil.rmtree(options.folder / f"campaign-{agents}")


if __name__ == "__main__":
    main()
