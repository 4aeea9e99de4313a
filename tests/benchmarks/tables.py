"""The tables of the README, made from the figures that were kept: ``python -m tests.benchmarks.tables``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def figures(name: str) -> dict[str, Any]:
    """Give what a run kept."""
    found: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def _many(number: float) -> str:
    return f"{number:,.0f}"


def campaign_table() -> Iterator[str]:
    """Give a line a campaign: its size, its rate, the cost and memory that show whether it grows with it."""
    told = figures("campaign")
    yield f"Campaigns, {told['date']}, {told['machine']}:"
    yield ""
    yield "| bulletins (two pages each) | by | a second | CPU each | parent, worker at most | killed at, redone |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for run in told["campaigns"]:
        killed = f"{_many(run['parent_killed_at'])}, {run['redone']}" if run["parent_killed_at"] else "not killed"
        yield (
            f"| {_many(run['agents'])} | {run['engine']} | {run['rate']} | {run['cpu_ms']} ms "
            f"| {run['parent_mb']:.0f} MB, {run['worker_mb']:.0f} MB | {killed} |"
        )


def curve(agents: int, engine: str = "2 processes") -> Iterator[str]:
    """Give the rate of each stretch of a campaign: flat where the cost is linear."""
    (run,) = (one for one in figures("campaign")["campaigns"] if (one["agents"], one["engine"]) == (agents, engine))
    for (begin, before), (end, after) in pairwise(run["curve"]):
        if after > before:
            yield f"{_many(after)}: {(after - before) / (end - begin):.1f} a second"


def comparison_table() -> Iterator[str]:
    """Give a line for each way of making the same bulletin."""
    told = figures("comparison")
    yield f"The same prefilled bulletin ({told['shapes']} texts, lines and boxes on two pages), {told['date']}:"
    yield ""
    yield "| with | pages a second of one core | a bulletin |"
    yield "| --- | --- | --- |"
    for row in told["rows"]:
        name, comma, rest = row["with"].partition(",")
        name += "" if name == "Permanence" else f" {row['version']}"
        yield f"| {name}{comma}{rest} | {row['pages_per_second']} | {row['kilobytes']} kB |"


if __name__ == "__main__":
    print("\n".join([*campaign_table(), "", *comparison_table()]))
