"""A measure beside its floor: both in turn, so that what else runs slows both; the median of the pairs counts."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS = 15


@dataclass(frozen=True)
class Ratio:
    """``ours`` and ``floor`` are the medians of their own runs, ``ratio`` that of the pairs."""

    ours: float
    floor: float
    ratio: float


def interleaved(ours: Callable[[], float], floor: Callable[[], float], pairs: int = PAIRS) -> Ratio:
    """Run both in turn, ``pairs`` times after one that is left out; each gives what it took, in any one unit."""
    ours()
    floor()
    found = []
    for turn in range(pairs):
        first, second = (ours, floor) if turn % 2 else (floor, ours)
        one, other = first(), second()
        found.append((one, other) if turn % 2 else (other, one))
    return Ratio(
        statistics.median(mine for mine, _ in found),
        statistics.median(bare for _, bare in found),
        statistics.median(mine / bare for mine, bare in found),
    )


def percentile(values: list[float], share: float) -> float:
    """Give the value under which this share of the values lies: 0.99 for the 99th percentile."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
