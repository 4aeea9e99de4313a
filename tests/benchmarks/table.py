"""Every measure by name, the table that the README shows, and the ratios that were recorded."""

from __future__ import annotations

import json
import platform
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import keys, paper, saving, search, starts
from tests.benchmarks.pairs import Ratio, percentile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RECORDED = Path(__file__).parent / "recorded.json"
WORSE = 1.25
"""A ratio may worsen by a quarter over the recorded one: machines differ, and the night is long."""


@dataclass(frozen=True)
class Measure:
    """What is compared to what, in which unit, and the ratio to stay under."""

    name: str
    words: str
    floor: str
    unit: str
    target: float
    run: Callable[[Path], Ratio]


RATIOS = (
    Measure("gate", "start to the unlock window painted", "a bare QWizard", "s", 1.3, starts.gate),
    Measure("list", "start to the list of 60 drafts, passphrase at once", "a bare QWizard", "s", 3.5, starts.to_list),
    Measure("memory", "memory of the open list", "a bare QWizard", "MB", 1.6, starts.memory),
    Measure("page", "a page of the bulletin, without its codes", "the same boxes drawn straight", "ms", 1.3,
            lambda _folder: paper.without_code()),
    Measure("page with code", "a page of the bulletin, with them", "the same boxes drawn straight", "ms", 1.8,
            lambda _folder: paper.with_code()),
    Measure("field", "a field saved, encrypted, journaled", "a plain commit, FULL", "ms", 2.0, saving.saved_field),
)  # fmt: skip


@dataclass(frozen=True)
class Limit:
    """One figure and the most that it may be."""

    name: str
    words: str
    unit: str
    target: float
    run: Callable[[Path], float]


LIMITS = (
    Limit("assess", "`assess` of ten people, median", "ms", 1.0, lambda _folder: keys.assessed()),
    Limit("key", "a key to the window drawn again, ten people, 99th percentile", "ms", 16.0,
          lambda folder: percentile(keys.typed(folder), 0.99)),
    Limit("search", "a search over 100,000 dossiers, 95th percentile", "ms", 50.0,
          lambda _folder: percentile(search.measure(), 0.95)),
)  # fmt: skip


def measured(what: Measure) -> Ratio:
    """Run one comparison in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        drafts = Path(folder, "drafts")
        if what.run in {starts.gate, starts.to_list, starts.memory}:
            starts.prepare(drafts)
        return what.run(drafts)


def figure(what: Limit) -> float:
    """Run one measure in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return what.run(Path(folder, "drafts"))


def recorded() -> Mapping[str, float]:
    """Give the ratios of the last record."""
    found: Mapping[str, float] = json.loads(RECORDED.read_text(encoding="utf-8"))["ratios"]
    return found


def machine() -> str:
    """Name this machine: its processor, cores, Python."""
    told = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    name = next((line.split(":")[1].strip() for line in told.splitlines() if line.startswith("model name")), "?")
    cores = sum(line.startswith("processor") for line in told.splitlines())
    return f"{name}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def frozen_megabytes() -> float | None:
    """Give the size of the frozen folder, where it was built."""
    folder = Path(__file__).parents[2] / "build" / "frozen" / "permanence"
    if not folder.exists() or shutil.which("du") is None:
        return None
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6
