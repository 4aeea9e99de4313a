"""A campaign whose processes are killed, for real: by the machine's own cores, and by two workers of a cluster."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.benchmarks.rosters import write_roster

ROOT = Path(__file__).parents[3]
CLUSTER = ROOT / "build/cluster/bin/python"
AGENTS = 120
WORKERS = 2

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="killed as POSIX kills")]


def begun(folder: Path, name: str, *more: str, python: str = sys.executable) -> subprocess.Popen[str]:
    """Start a campaign."""
    command = [python, "-m", "desktop", "campaign", str(folder / "agents.csv"), "-o", str(folder / name)]
    command += ["--convention", "cdg62-mnt", "--now", "2026-11-21T09:00", "--workers", str(WORKERS), *more]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def pages(folder: Path) -> dict[str, int]:
    """Give the pages that are there, with when each was written."""
    found = {}
    for path in folder.rglob("*.pdf"):
        found[path.name] = path.stat().st_mtime_ns
    return found


def until(there: Callable[[], object], process: subprocess.Popen[str] | None = None) -> None:
    """Wait for something of another process."""
    for _ in range(1200):
        if there():
            return
        assert process is None or process.poll() is None, process and process.stderr and process.stderr.read()
        time.sleep(0.05)
    pytest.fail("a minute has gone by")


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """Give the processes that a campaign started and that draw pages."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    write_roster(tmp_path / "agents.csv", AGENTS)
    return tmp_path


@pytest.fixture(name="whole")
def _whole(folder: Path) -> dict[str, bytes]:
    """Give what a campaign that nobody disturbs prints."""
    process = begun(folder, "whole")
    process.communicate(timeout=120)
    assert process.returncode == 0
    return {path.name: path.read_bytes() for path in (folder / "whole").rglob("*.pdf")}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="the workers are found in /proc")
def test_a_worker_then_the_parent_are_killed(folder: Path, whole: dict[str, bytes]) -> None:
    """Each loses the page it had in hand and no other; nothing finished is redone, and the bytes are the same."""
    out = folder / "cut"
    process = begun(folder, "cut")
    until(lambda: len(pages(out)) >= AGENTS // 6, process)
    before = pages(out)
    os.kill(workers_of(process)[0], signal.SIGKILL)
    until(lambda: len(pages(out)) >= AGENTS // 2, process)
    workers = workers_of(process)
    process.kill()
    process.communicate(timeout=10)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    assert len(list(out.rglob(".permanence-*"))) <= 2 * WORKERS
    left = pages(out)
    assert left.items() >= before.items()
    process = begun(folder, "cut")
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0
    assert f"{len(left)} déjà là" in said
    assert pages(out).items() >= left.items()
    assert {path.name: path.read_bytes() for path in out.rglob("*.pdf")} == whole
    assert not list(out.rglob(".permanence-*"))


@contextlib.contextmanager
def running(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Give the address of a scheduler on the loopback, and its two workers."""
    told = folder / "scheduler.json"
    started: list[subprocess.Popen[str]] = []

    def start(module: str, *more: str) -> subprocess.Popen[str]:
        command = [str(CLUSTER), "-m", f"distributed.cli.{module}", "--host", "127.0.0.1", "--no-dashboard", *more]
        with (folder / f"{len(started)}.log").open("w") as log:
            started.append(subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, text=True))
        return started[-1]

    try:
        start("dask_scheduler", "--port", "0", "--scheduler-file", str(told))
        until(told.exists, started[0])
        until(lambda: told.read_text().endswith("}"), started[0])
        address = str(json.loads(told.read_text())["address"])
        more = ("--nworkers", "1", "--nthreads", "1", "--no-nanny", "--local-directory", str(folder))
        workers = [start("dask_worker", address, *more) for _ in range(WORKERS)]
        until(lambda: (folder / "0.log").read_text().count("Register worker") == WORKERS, started[0])
        yield address, workers
    finally:
        for process in started:
            process.kill()
            process.wait(10)


@pytest.mark.skipif(not CLUSTER.exists(), reason="`make cluster` sets up what it runs in")
def test_two_workers_of_a_cluster_and_one_is_killed(folder: Path, whole: dict[str, bytes]) -> None:
    """The same work through the same interface: what the dead one had in hand is made by the other, same bytes."""
    out = folder / "cut"
    with running(folder) as (address, workers):
        process = begun(folder, "cut", "--scheduler", address, python=str(CLUSTER))
        until(lambda: len(pages(out)) >= AGENTS // 3, process)
        workers[0].kill()
        before = pages(out)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert pages(out).items() >= before.items()
    assert {path.name: path.read_bytes() for path in out.rglob("*.pdf")} == whole
