"""Two gigabytes of anything, or no end at all, given to each verb that reads a file: one line, in little memory."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from forms.exchange import bounds
from tests.making import DOSSIERS, TINY, folder
from tests.proofs.program import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it"),
]

HUGE = 2_000_000_000
MEMORY = 450_000_000
"""Bytes that a process may take at its peak; a verb that does nothing takes some 40 MB of them."""


ASIDE = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""
"""A program's peak is at least what the one that starts it had in hand: pytest, by now, more than the limit."""


def measured(*words: str | Path, given: bytes = b"", times: int = 0) -> tuple[int, str, int]:
    """Run a verb; give its exit code, what it said of errors, and its peak memory in bytes."""
    command = [sys.executable, "-c", ASIDE, sys.executable, "-m", "desktop", *map(str, words)]
    with tempfile.TemporaryFile() as errors, tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=said, stderr=errors,
            env={**os.environ, "PERMANENCE_HOME": tempfile.gettempdir()},
        )  # fmt: skip
        resource.prlimit(process.pid, resource.RLIMIT_AS, (8 * MEMORY, 8 * MEMORY))  # for the machine's sake
        assert process.stdin is not None
        with process.stdin as pipe:
            try:
                for _ in range(times):
                    pipe.write(given)
            except BrokenPipeError:
                pass
        code = process.wait()
        errors.seek(0)
        said.seek(0)
        return code, errors.read().decode(), int(said.read()) * 1024


def sparse(path: Path, start: bytes) -> Path:
    """Make a file of two gigabytes that takes none: a beginning, then zeros."""
    with path.open("wb") as file:
        file.write(start)
        file.truncate(HUGE)
    return path


DOSSIER = (DOSSIERS / "cdg62-family.json").read_bytes()


@pytest.mark.parametrize(
    ("verb", "name", "start"),
    [
        (["roster"], "liste.csv", b"Nom;Pr\xc3\xa9nom\nRoy;No\xc3\xa9\n"),
        (["roster"], "liste.xlsx", b"PK\x03\x04"),
        (["check"], "dossier.json", DOSSIER),
        (["quote"], "dossier.json", b"["),
        (["print", "-o", "/dev/null"], "dossier.json", DOSSIER),
        (["read"], "scan.pdf", b"%PDF-1.7\n"),
        (["read"], "scan.png", b"\x89PNG\r\n\x1a\n"),
    ],
)
def test_two_gigabytes(tmp_path: Path, verb: list[str], name: str, start: bytes) -> None:
    """Reading stops at the limit that is said; memory stays far below the file."""
    code, said, memory = measured(*verb, sparse(tmp_path / name, start))
    assert (code, said.count("\n")) == (1, 1), said
    assert name in said
    assert memory < MEMORY


@pytest.mark.parametrize("file", ["tariff.toml", "tariff.csv"])
def test_two_gigabytes_in_a_convention(tmp_path: Path, file: str) -> None:
    """A folder is refused for one file."""
    made = folder(tmp_path)
    sparse(made / file, TINY["tariff.toml"].encode())
    code, said, memory = measured("convention", "check", made)
    assert code == 1
    assert "Traceback" not in said
    assert file in said
    assert memory < MEMORY


def test_many_files_in_a_convention(tmp_path: Path) -> None:
    """Each is small enough, all of them are not."""
    made = folder(tmp_path)
    for number in range(20):
        (made / f"{number}.pdf").write_bytes(b"%PDF" + bytes(1_900_000))
    code, said, memory = measured("convention", "check", made)
    assert code == 1
    assert "en tout" in said
    assert memory < MEMORY


@pytest.mark.parametrize("verb", ["check", "quote", "roster", "read"])
def test_a_device_has_no_end(verb: str) -> None:
    """Its size says nothing, so reading is what is bounded."""
    code, said, memory = measured(verb, "/dev/zero")
    assert code == 1
    assert said.count("\n") == 1
    assert memory < MEMORY


def test_a_line_without_end() -> None:
    """Standard input gives 300 MB on one line: one refusal, and the next line is still read."""
    code, said, memory = measured("check", "-", given=b'["' * 500_000, times=300)
    assert code == 1
    assert "Traceback" not in said
    assert memory < MEMORY


def test_a_dossier_nested_without_end(tmp_path: Path) -> None:
    """A million brackets are one line."""
    deep = tmp_path / "deep.json"
    deep.write_bytes(b'{"member":' * 90_000 + b"1" + b"}" * 90_000)
    code, said, memory = measured("check", deep)
    assert (code, said.count("\n")) == (1, 1)
    assert memory < MEMORY


def test_a_bomb(tmp_path: Path) -> None:
    """Some 2 GB of blanks packed into 2 MB: refused before it is unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
            with archive.open(name, "w") as part:
                for _ in range(1000):
                    part.write(b" " * bounds.MEGABYTE)
    bomb = tmp_path / "liste.xlsx"
    bomb.write_bytes(out.getvalue())
    assert bomb.stat().st_size < 20 * bounds.MEGABYTE
    code, said, memory = measured("roster", bomb)
    assert (code, said.count("\n")) == (1, 1)
    assert memory < MEMORY
