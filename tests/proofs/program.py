"""The real program in a process of its own: started in a home of its own, heard, stopped, searched, killed."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from desktop.desk.permanence import SETTING, Permanence, written
from forms.dossier.model import Employer
from forms.drafts import vault
from forms.drafts.store import DraftStore
from tests.making import cdg62
from tests.proofs.people import draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
PASSPHRASE = "carafe lundi tambour vignette"
NOT_OURS = ("propagateSizeHints", "Keyboard event not accepted")
"""What Qt itself says of the offscreen platform and of QTest."""
ENCODINGS = ("utf-8", "utf-16-le")
"""Python's and SQLite's, Qt's."""

Line = list[Any]


@dataclass
class Home:
    """All the folders that the program may write in: its data, the temporary one, the user's own."""

    root: Path

    def __post_init__(self) -> None:
        """Make them."""
        for folder in (self.root, self.data, self.temporary, self.papers, self.own):
            folder.mkdir(exist_ok=True)

    @property
    def data(self) -> Path:
        """Give the folder of the drafts."""
        return self.root / "data"

    @property
    def temporary(self) -> Path:
        """Give TMPDIR."""
        return self.root / "temporary"

    @property
    def papers(self) -> Path:
        """Give where PDFs are saved: in clear, as paper is."""
        return self.root / "papers"

    @property
    def own(self) -> Path:
        """Give HOME, with its caches and settings."""
        return self.root / "own"

    @property
    def environment(self) -> dict[str, str]:
        """Give what the program is told of them, and nothing of who runs the tests."""
        xdg = {f"XDG_{kind}_HOME": str(self.own / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
        return {
            "PATH": os.environ["PATH"], "LANG": os.environ.get("LANG", "C.UTF-8"), "QT_QPA_PLATFORM": "offscreen",
            "PERMANENCE_HOME": str(self.data), "TMPDIR": str(self.temporary), "HOME": str(self.own), **xdg,
        }  # fmt: skip

    def filled(self, references: Sequence[str], passphrase: str = PASSPHRASE) -> bytes:
        """Make the drafts of complete families, and the day's settings; give the key."""
        key, _ = vault.create(self.data, passphrase)
        store = DraftStore(self.data, key)
        now = dt.datetime.now(dt.UTC)
        for order, reference in enumerate(references):
            store.save(draft(reference, order * 7, cdg62().fingerprint, now))
        employer = {"name": "Mairie de Béthune", "joined_on": dt.date(2026, 1, 1), "participation": "15.00"}
        permanence = Permanence(place="Béthune", convention="cdg62-mnt", employer=Employer.model_validate(employer))
        store.set_setting(SETTING, written(permanence))
        store.set_setting("recovery_noted", value=True)
        store.close()
        return key

    def reports(self) -> list[str]:
        """Give what the program has reported of its own bugs: nothing, if all is well."""
        return [path.read_text(encoding="utf-8") for path in (self.data / "reports").glob("*")]

    def holding(self, words: Sequence[str], program: int | None = None) -> list[str]:
        """Give the files that hold a word in clear, papers aside; also what a running program has open and unlinked."""
        needles = [word.encode(encoding) for word in words for encoding in ENCODINGS]
        found = []
        for file in self._files(program):
            with contextlib.suppress(OSError):  # taken away meanwhile
                data = file.read_bytes()
                found += [f"{file}: {needle!r}" for needle in needles if needle in data]
        return found

    def _files(self, program: int | None) -> Iterator[Path]:
        for folder, _, names in os.walk(self.root):
            if Path(folder) != self.papers:
                yield from (Path(folder, name) for name in names if not Path(folder, name).is_socket())
        if program is not None:
            for opened in Path(f"/proc/{program}/fd").iterdir():
                target = str(opened.readlink()) if opened.is_symlink() else ""
                if target.endswith(" (deleted)") or target.startswith("/memfd:"):
                    yield opened


@dataclass
class Program:
    """One run of a script of ``tests.proofs`` in the real program; leaving it kills what still runs."""

    home: Home
    script: str
    plan: dict[str, Any]
    before: Sequence[str] = ()
    lines: list[Line] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Start."""
        self._read, write = os.pipe()
        command = [*self.before, sys.executable, "-m", self.script, json.dumps({**self.plan, "told": write})]
        self._errors = (self.home.root / "errors").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.home.environment, pass_fds=[write],
            stdin=subprocess.DEVNULL, stdout=self._errors, stderr=self._errors,
        )  # fmt: skip
        os.close(write)
        self._rest = b""
        self._over, self._heard = False, 0
        return self

    def __exit__(self, *_: object) -> None:
        """Kill, and hear the last of it."""
        self.kill()
        os.close(self._read)
        self._errors.close()

    def kill(self) -> None:
        """Kill -9, and take what had been told."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(20)
        while not self._over:
            self._hear(5)

    def pause(self) -> None:
        """Stop the program where it is."""
        self.process.send_signal(signal.SIGSTOP)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.process.pid, os.WUNTRACED)

    def until(self, *words: object, seconds: float = 60) -> Line:
        """Hear, from the last line that was waited for, until one begins so; give it."""
        end = time.monotonic() + seconds
        while True:
            for line in self.lines[self._heard :]:
                self._heard += 1
                assert line[0] != "stuck", "\n".join([line[1], self.said(), *self.home.reports()])
                if line[: len(words)] == list(words):
                    return line
            assert not self._over, (self.process.wait(20), self.said())
            assert time.monotonic() < end, (words, self.lines[-3:])
            self._hear(1)

    def take(self, seconds: float) -> None:
        """Hear for so long."""
        end = time.monotonic() + seconds
        while not self._over and (left := end - time.monotonic()) > 0:
            self._hear(left)

    def ended(self, seconds: float = 60) -> int:
        """Hear until the program has ended by itself; give its exit code."""
        while not self._over:
            self._hear(seconds)
        assert "stuck" not in {line[0] for line in self.lines}, (self.lines[-1], self.said(), self.home.reports())
        return self.process.wait(seconds)

    def said(self) -> str:
        """Give what was written to standard output and error, but for what Qt says of the tests themselves."""
        self._errors.flush()
        text = Path(self._errors.name).read_text(encoding="utf-8")
        return "".join(line for line in text.splitlines(keepends=True) if not any(word in line for word in NOT_OURS))

    def _hear(self, seconds: float) -> None:
        if not select.select([self._read], [], [], seconds)[0]:
            return
        data = b"" if self._over else os.read(self._read, 1 << 16)
        self._over = not data
        *whole, self._rest = (self._rest + data).split(b"\n")  # killed in the middle of a line: it was not said
        self.lines += [json.loads(line) for line in whole]
