"""The real program on a disk that is full and in a folder that is closed: it says so, and loses nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from forms.drafts.store import DraftStore
from tests.proofs.ledger import Counts, Ledger
from tests.proofs.program import PASSPHRASE, Home, Program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REFERENCE = "AAAA-1111"
NOBODY = 65534
# Nobody, who may read everywhere (Python may lie in a folder of root's) and write nowhere but at home.
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
AS_NOBODY += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="to mount and to change user takes root"),
]


def may_be_nobody() -> bool:
    """Tell whether a process of another user can be had."""
    if shutil.which("setpriv") is None:
        return False
    return subprocess.run([*AS_NOBODY, "true"], capture_output=True, timeout=20, check=False).returncode == 0


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """Give a home whose data lie on a disk of 1 MB."""
    made = Home(tmp_path / "home")
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(made.data)]
    if subprocess.run(mount, capture_output=True, timeout=10, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield made
    subprocess.run(["umount", "-l", str(made.data)], check=True, timeout=10)


class Scene(Program):
    """A run of ``tests.proofs.no_room``."""

    def __init__(self, home: Home, scene: str, *before: str) -> None:
        plan = {
            "scene": scene, "passphrase": PASSPHRASE, "reference": REFERENCE, "papers": str(home.papers),
            "signs": str(home.temporary),
        }  # fmt: skip
        super().__init__(home, "tests.proofs.no_room", plan, before)

    def done(self, name: str) -> None:
        """Say that our part is done."""
        (self.home.temporary / name).touch()

    def words(self, *first: str) -> str:
        """Give what was told in a line that begins so."""
        return " ".join(self.until(*first)[len(first) :])


def fill(home: Home) -> None:
    """Take all the room that there is."""
    with pytest.raises(OSError, match="space"), (home.data / "ballast").open("wb", buffering=0) as file:
        file.writelines(bytes(512) for _ in range(3000))


def check(home: Home, key: bytes, program: Program) -> None:
    """Hold what was said against what is there."""
    assert program.said() == ""
    assert home.reports() == []
    ledger = Ledger(home.data, key, [PASSPHRASE], Counts())
    store = DraftStore(home.data, key)
    ledger.head = store.verify_journal().head
    store.close()
    ledger.hear(program.lines)
    ledger.check(home.data)
    assert ledger.counts.said > 0


def test_a_disk_that_fills_up(home: Home) -> None:
    """Typing goes on under a red banner; nothing is printed, locked away or half changed; with room all is kept."""
    key = home.filled([REFERENCE])
    with Scene(home, "filling") as program:
        program.until("turn", "full")
        fill(home)
        program.done("full")
        banner = program.words("banner")
        program.until("turn", "room")
        (home.data / "ballast").unlink()
        program.done("room")
        assert program.ended() == 0, program.said()
        refusals = {line[1]: " ".join(line[2:]) for line in program.lines if line[0] == "refused"}
        assert "ne sont pas enregistrées" in banner
        assert "le disque est plein" in banner
        assert "Non enregistré" in banner
        assert "n’est pas imprimé" in refusals["print"]
        assert "ne sont pas enregistrées" in refusals["lock"]
        assert "le disque est plein" in refusals["passphrase"]
        assert list(home.papers.iterdir()) == []
        check(home, key, program)


@pytest.mark.parametrize("first", [False, True], ids=["with drafts", "first start"])
def test_a_disk_that_is_full_at_the_start(home: Home, first: bool) -> None:  # noqa: FBT001 - drawn
    """A line says so, at the gate or over the dossier; what was there is there."""
    key = home.filled([REFERENCE]) if not first else b""
    fill(home)
    before = {path: path.read_bytes() for path in home.data.glob("*.json")}
    with Scene(home, "opening") as program:
        assert "le disque est plein" in program.words("line")
        program.until("turn", "room")
        assert program.said() == ""
    (home.data / "ballast").unlink()
    assert home.reports() == []
    assert {path: path.read_bytes() for path in home.data.glob("*.json")} == before
    if not first:
        store = DraftStore(home.data, key)
        assert store.load(REFERENCE).dossier.reference == REFERENCE
        store.close()


@pytest.fixture
def theirs(tmp_path: Path) -> tuple[Home, bytes]:
    """Give the home of nobody, filled."""
    if not may_be_nobody():
        pytest.skip("no process of another user can be had here (setpriv)")
    home = Home(tmp_path / "home")
    key = home.filled([REFERENCE])
    for path in (home.root, *home.root.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    return home, key


def test_a_folder_that_is_closed_meanwhile(theirs: tuple[Home, bytes]) -> None:
    """What is open is still kept, the backup and the next opening are refused in a line; given back, all is there."""
    home, key = theirs
    with Scene(home, "closing_in", *AS_NOBODY) as program:
        program.until("turn", "closed")
        os.chown(home.data, 0, 0)
        home.data.chmod(0o755)
        program.done("closed")
        banner, locked = program.words("banner"), program.words("refused", "lock")
        line = program.words("line")
        program.until("turn", "ours")
        os.chown(home.data, NOBODY, NOBODY)
        program.done("ours")
        assert program.ended() == 0, program.said()
        assert "Enregistré à " in banner
        assert "La sauvegarde n’a pas été faite" in locked
        assert "l’accès y est refusé" in locked
        assert "Impossible" in line
        check(home, key, program)


def test_a_folder_that_is_closed_at_the_start(theirs: tuple[Home, bytes]) -> None:
    """One line, exit code 1, and no byte is changed."""
    home, _ = theirs
    os.chown(home.data, 0, 0)
    home.data.chmod(0o755)
    before = {path: path.read_bytes() for path in home.data.rglob("*") if path.is_file()}
    with Scene(home, "shut", *AS_NOBODY) as program:
        line = program.words("line")
        assert program.ended() == 1
        assert program.said() == ""
    assert "l’accès y est refusé" in line
    assert {path: path.read_bytes() for path in home.data.rglob("*") if path.is_file()} == before
