"""``python -m tests.benchmarks [--record]``: measure everything, print the README's table, keep the ratios."""

from __future__ import annotations

import json
import os
import sys

from tests.benchmarks.table import LIMITS, RATIOS, RECORDED, figure, frozen_megabytes, machine, measured


def main() -> None:
    """Print a row a measure as it comes; Qt is off screen, as in the tests."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"{machine()}\n")
    print("| measure | ours | floor | ratio | target |\n| --- | --- | --- | --- | --- |")
    ratios: dict[str, float] = {}
    for what in RATIOS:
        found = measured(what)
        ratios[what.name] = round(found.ratio, 3)
        ours, floor = f"{found.ours:.3g} {what.unit}", f"{found.floor:.3g} {what.unit} ({what.floor})"
        print(f"| {what.words} | {ours} | {floor} | {found.ratio:.2f} | {what.target} |", flush=True)
    for limit in LIMITS:
        print(f"| {limit.words} | {figure(limit):.3g} {limit.unit} | | | {limit.target:g} {limit.unit} |", flush=True)
    size = frozen_megabytes()
    if size is not None:
        print(f"| frozen folder | {size:.0f} MB | | | 140 MB |")
    if "--record" in sys.argv[1:]:
        text = json.dumps({"machine": machine(), "ratios": ratios}, indent=2, ensure_ascii=False)
        RECORDED.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
