"""Offline is proven, not promised: the journey, in a network namespace of its own where there is no way out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.rosters import write_roster

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
ALONE = ["unshare", "--map-root-user", "--net"]


def may_be_alone() -> bool:
    """Tell whether this machine lets us have a network namespace."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, timeout=20, check=False).returncode == 0


@pytest.mark.skipif(not may_be_alone(), reason="no network namespace is to be had here (unshare --net)")
def test_a_family_is_typed_checked_and_printed_with_no_network_at_all() -> None:
    """From the first key to the PDF, with the command line beside it: nothing misses the network."""
    journey = [sys.executable, "-m", "pytest", "-q", "tests/desktop/test_journey.py"]
    done = subprocess.run([*ALONE, *journey], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


@pytest.mark.skipif(not may_be_alone(), reason="no network namespace is to be had here (unshare --net)")
def test_a_campaign_by_several_processes_with_no_network_at_all(tmp_path: Path) -> None:
    """The processes of this machine speak by pipes: every page is there."""
    write_roster(tmp_path / "agents.csv", 8)
    verb = ["campaign", str(tmp_path / "agents.csv"), "-o", str(tmp_path / "out"), "--convention", "cdg62-mnt"]
    command = [*ALONE, sys.executable, "-m", "desktop", *verb, "--workers", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").rglob("*.pdf"))) == 8
