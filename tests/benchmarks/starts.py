"""What a start takes, beside a bare wizard of Qt: to the gate, to the list of sixty; and the memory it holds."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.desk.permanence import SETTING, Permanence, written
from forms.drafts import vault
from forms.drafts.draft import Draft
from forms.drafts.store import DraftStore
from tests.benchmarks.child import PASSPHRASE
from tests.benchmarks.pairs import Ratio, interleaved
from tests.making import kept, put, read

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAFTS = 60
_PROJECT = Path(__file__).resolve().parents[2]


def prepare(folder: Path) -> None:
    """Make a folder of drafts as a day of permanence leaves it, under the passphrase of the children."""
    key, _ = vault.create(folder, PASSPHRASE)
    store = DraftStore(folder, key)
    now = dt.datetime.now().astimezone()
    store.set_setting(SETTING, written(Permanence(place="Béthune", convention="cdg62-mnt")))
    for number in range(DRAFTS):
        reference = f"AAAA-{number:04d}"
        name = f"Delattre{'abcdefghij'[number % 10]}"
        dossier = read(put(kept("cdg62-family"), {"reference": reference, "member.used_name": name}))
        store.save(Draft(reference, dossier, "", "draft", "", "", 1, now, now))
    store.close()


@contextmanager
def _started(what: str, folder: Path) -> Iterator[tuple[subprocess.Popen[str], float]]:
    """Give a child once it is painted, with the seconds that this took."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.child", what],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=_PROJECT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PERMANENCE_HOME": str(folder)},
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdin is not None
        line = child.stdout.readline()
        took = time.perf_counter() - begun
        assert line == "painted\n", f"{what}: {line!r}, {child.poll()}"
        yield child, took
        child.stdin.close()


def seconds(what: str, folder: Path) -> float:
    """Give the seconds from the start of a process to its paint."""
    with _started(what, folder) as (_, took):
        return took


def megabytes(what: str, folder: Path) -> float:
    """Give the memory that a painted child holds, in MB: its resident set."""
    with _started(what, folder) as (child, _):
        status = Path(f"/proc/{child.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def gate(folder: Path) -> Ratio:
    """Compare the start to the gate, in seconds."""
    return interleaved(lambda: seconds("gate", folder), lambda: seconds("wizard", folder))


def to_list(folder: Path) -> Ratio:
    """Compare the start to the list that takes keys, its passphrase given at once, in seconds."""
    return interleaved(lambda: seconds("list", folder), lambda: seconds("wizard", folder))


def memory(folder: Path) -> Ratio:
    """Compare the memory of the open list, in MB."""
    return interleaved(lambda: megabytes("list", folder), lambda: megabytes("wizard", folder), pairs=3)
