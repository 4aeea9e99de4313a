"""Durable, seen from below: strace shows the log of the database flushed to the disk before each "Enregistré".

A process that is killed loses nothing that the system was given; a power cut does, unless fsync came first.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.proofs.key_by_key import TEXT
from tests.proofs.program import PASSPHRASE, Home, Program

REFERENCE = "AAAA-1111"
_CALL = re.compile(r"^(\d+) +(\w+)\(\d+<([^>]*)>(.*)")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>")


def may_trace() -> bool:
    """Tell whether strace is there, and allowed."""
    if shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


def whole(trace: Path, program: int) -> str:
    """Give what strace wrote of a program that has ended, once it has written all of it."""
    end = time.monotonic() + 20
    while not re.search(rf"^{program} +\+\+\+ exited", text := trace.read_text(errors="replace"), re.MULTILINE):
        assert time.monotonic() < end, "strace does not end"
        time.sleep(0.05)
    return text


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not may_trace(), reason="strace is not there (Debian: strace), or may not trace here"),
]


def events(trace: str) -> list[str]:
    """Give, in the order in which they ended: ``write`` and ``sync`` of the log, ``key N`` and ``said N``."""
    found, pending = [], {}
    keys = said = 0
    for line in trace.splitlines():
        if (call := _CALL.match(line)) is not None:
            process, name, file, rest = call.groups()
            if rest.endswith("<unfinished ...>"):
                pending[process] = (file, rest)
                continue
        elif (resumed := _RESUMED.match(line)) is not None and resumed[1] in pending:
            name, (file, rest) = resumed[2], pending.pop(resumed[1])
            line += rest  # noqa: PLW2901 - the result stands on the one, what was written on the other
        else:
            continue
        if file.endswith("-wal"):
            assert " = -1" not in line, line
            found.append("sync" if name in {"fsync", "fdatasync"} else "write")
        elif file.startswith("pipe:") and '[\\"typing\\"' in line:
            keys += 1
            found.append(f"key {keys}")
        elif file.startswith("pipe:") and '[\\"said\\"' in line:
            said += 1
            found.append(f"said {said}")
    return found


def flushed(found: list[str], number: int) -> bool:
    """Tell whether, from a key to what was said of it, the log was written, then flushed, then not written again."""
    between = [one for one in found[found.index(f"key {number}") : found.index(f"said {number}")] if " " not in one]
    return "write" in between and between[-1] == "sync"


def traced(tmp_path: Path, *, careless: bool) -> list[str]:
    """Type a word into the real program under strace."""
    home = Home(tmp_path / "home")
    home.filled([REFERENCE])
    trace = tmp_path / "trace"
    # -D: the tracer is the child of the program, which can be waited for and killed as ever.
    before = ["strace", "-D", "-f", "-y", "-s", "100", "-e", "trace=write,pwrite64,fsync,fdatasync", "-o", str(trace)]
    plan = {"passphrase": PASSPHRASE, "reference": REFERENCE, "careless": careless}
    with Program(home, "tests.proofs.key_by_key", plan, before) as program:
        assert program.ended() == 0, program.said()
    found = events(whole(trace, program.process.pid))
    assert [one for one in found if "said" in one] == [f"said {number}" for number in range(1, len(TEXT) + 1)]
    return found


def test_each_saved_comes_after_its_flush(tmp_path: Path) -> None:
    """Key, then the log written, then flushed, and only then the bar says "Enregistré": nine keys, nine times."""
    found = traced(tmp_path, careless=False)
    assert [number for number in range(1, len(TEXT) + 1) if not flushed(found, number)] == []


def test_a_save_that_does_not_wait_would_be_seen(tmp_path: Path) -> None:
    """The same journey with ``synchronous = NORMAL``: no key is flushed, so the proof above can fail."""
    found = traced(tmp_path, careless=True)
    assert [number for number in range(1, len(TEXT) + 1) if flushed(found, number)] == []
