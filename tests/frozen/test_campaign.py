"""A campaign by the frozen program: its workers are the program itself, started again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.rosters import write_roster
from tests.frozen.test_folder import permanence

pytestmark = pytest.mark.slow


def test_a_campaign_by_two_workers(tmp_path: Path) -> None:
    """Every page is there; asked for a cluster, the program says that it is installed without one."""
    roster = tmp_path / "agents.csv"
    write_roster(roster, 8)
    words = ("campaign", str(roster), "-o", str(tmp_path / "out"), "--convention", "cdg62-mnt", "--workers", "2")
    done = permanence(*words)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out").rglob("*.pdf"))) == 8
    refused = permanence(*words, "--scheduler", "tls://hote.example:8786")
    assert refused.returncode == 1
    assert "permanence[cluster]" in refused.stderr
