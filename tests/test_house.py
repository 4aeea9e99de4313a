"""The rules that no single room can keep: offline, no clock, no trace of a machine, sound tools."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from reportlab.lib import rl_accel

ROOT = Path(__file__).parents[1]

# In pieces, so that this file does not hold what it looks for.
TRACES = re.compile(
    "|".join(
        (
            r"pypi\." + "org",
            "python" + "hosted",
            r"npmjs\." + "(?:org|com)",
            r"(?:deb|ftp|archive|security)\." + r"(?:[a-z]+\.)?(?:debian|ubuntu)",
            "index" + "-url ",
            r"(?<![\w.}$)-])/" + r"(?:work|root|home/\w+|opt|Users)/",
            r"\.\." + "/shared",
        )
    )
)


def run(*command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a tool at the root of the project, for a minute at most."""
    return subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)


def test_no_file_holds_a_registry_or_a_machine() -> None:
    """What is committed, or about to be, names no package registry and no path of one machine."""
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if listed.returncode:
        pytest.skip("not a git tree")
    traces = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content:
            lines = enumerate(content.decode().splitlines(), 1)
            traces += [f"{name}:{number}: {line}" for number, line in lines if TRACES.search(line)]
    assert not traces


BANNED = """
import datetime as dt
import os
import random
import secrets
import socket
import ssl
import time
import uuid
import urllib.request
from datetime import date, datetime
from http import client
from uuid import uuid4
from PySide6.QtNetwork import QNetworkAccessManager

dt.date.today()
dt.datetime.now()
date.today()
datetime.utcnow()
datetime.today()
time.time()
uuid.uuid4()
os.urandom(8)
"""


def test_lint_bans_clock_chance_and_network_in_the_trade() -> None:
    """Each line of a small sinful module is refused, at home in `forms` as in most of `desktop`."""
    lines = {
        number
        for number, line in enumerate(BANNED.splitlines(), 1)
        if line and line not in {"import datetime as dt", "import os", "import time", "import uuid"}
    } - {BANNED.splitlines().index("from datetime import date, datetime") + 1}
    for name in ("forms/assessment/sinful.py", "desktop/sinful.py"):
        ruff = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--no-cache"]
        answer = run(*ruff, "--output-format", "json", "--stdin-filename", name, "-", stdin=BANNED)
        assert {finding["location"]["row"] for finding in json.loads(answer.stdout)} == lines, name


def test_tests_cannot_reach_the_network() -> None:
    """The audit hook refuses a connection before it is tried, and the asking of a name."""
    with socket.socket() as handle, pytest.raises(RuntimeError, match=r"socket\.connect"):
        handle.connect(("127.0.0.1", 9))
    with pytest.raises(RuntimeError, match=r"socket\.getaddrinfo"):
        socket.getaddrinfo("localhost", 9)


@pytest.mark.skipif(os.name != "posix", reason="the machine's own sockets are a matter of POSIX")
def test_local_sockets_are_let_through(tmp_path: Path) -> None:
    """A socket in the file system leaves no machine: printing and displays use one."""
    with socket.socket(socket.AF_UNIX) as handle, pytest.raises(FileNotFoundError):
        handle.connect(str(tmp_path / "none"))


def test_qt_calls_keep_none_alive() -> None:
    """PySide6 6.12.0 on Python 3.11 drops a reference to None at each call that returns it, until it dies."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(20_000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 1_000


def test_reportlab_is_accelerated() -> None:
    """The C half of reportlab is there and in use: pages are 1.7 times slower without it."""
    assert type(rl_accel.unicode2T1).__name__ == "builtin_function_or_method"


def test_the_lock_holds_what_the_project_asks_for() -> None:
    """Each dependency of pyproject.toml is pinned with hashes, and no lock brings in numpy."""
    others = ("resources/packaging/requirements-cluster.txt", "tests/benchmarks/requirements-comparison.txt")
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-build.txt", *others):
        text = (ROOT / name).read_text()
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all(re.match(r"[a-z0-9._-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)
        assert "pyside6-essentials==6.11.3 " in text
        # sqlite-utils imports it when it finds it, for 150 ms at each start.
        assert "\nnumpy==" not in text


def test_the_window_asks_the_drafts_and_not_their_database() -> None:
    """What is read or written of the drafts goes through `forms.drafts`, where a refusal is one line."""
    reaching = re.compile(r"\.database\b|\.execute\(")
    assert not [path for path in (ROOT / "desktop").rglob("*.py") if reaching.search(path.read_text(encoding="utf-8"))]


def test_the_states_of_a_dossier_stand_once() -> None:
    """Their words, and which of them are on paper."""
    modules = {path: path.read_text("utf-8") for room in ("forms", "desktop") for path in (ROOT / room).rglob("*.py")}
    for said in ('"draft": "brouillon"', '{"printed", "sent"}'):
        assert [path.name for path, text in modules.items() if said in text] == ["states.py"]
