"""A session of a user: an X server without a monitor, a window manager, a French keyboard, the program on it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

from tests.frozen.screen import screen
from tests.keyboard import Hands, Seen

ROOT = Path(__file__).parents[2]
TOOLS = ("Xvfb", "openbox", "xdotool", "setxkbmap", "pdftotext")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
_BRIDGE = ("AtSpiAdaptor::applicationInterface", "Could not find accessible on path")
PATIENCE = 60.0
"""Seconds after which what is waited for does not come any more."""


@dataclass
class Keyboard:
    """The keys of an X server; é, É and ç lie where a French keyboard has them."""

    display: str
    _server: subprocess.Popen[str] = field(init=False)

    def __enter__(self) -> Self:
        """Lay it out."""
        environment = {**os.environ, "DISPLAY": self.display}
        subprocess.run(["setxkbmap", "fr", "oss"], env=environment, check=True, timeout=PATIENCE)
        self._server = subprocess.Popen(["xdotool", "-"], env=environment, stdin=subprocess.PIPE, encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        """Take it away."""
        self._server.kill()
        self._server.communicate()

    def strike(self, key: str) -> None:
        """Press one key, with those that are held: ``ctrl+Return``."""
        self._do(f"key --delay 0 {key}")

    def write(self, text: str) -> None:
        """Type a text."""
        assert not set(text) & set('"$\n')
        self._do(f'type --delay 4 "{text}"')

    def _do(self, line: str) -> None:
        assert self._server.stdin is not None
        self._server.stdin.write(f"{line}\n")
        self._server.stdin.flush()


@dataclass
class Program:
    """The running program, heard on a pipe."""

    process: subprocess.Popen[bytes]
    keyboard: Keyboard
    home: Path
    told: int
    errors: IO[str]
    last: Seen = field(default_factory=Seen)
    _marks: int = 0
    _heard: int = 0
    _rest: bytes = b""

    def seen(self) -> Seen:
        """Look, once all that was pressed has been answered."""
        self._marks += 1
        self.keyboard.strike("Pause")
        return self.until(lambda _seen: self._heard >= self._marks)

    def until(self, so: Callable[[Seen], object]) -> Seen:
        """Wait until it is so; give what is seen then."""
        end = time.monotonic() + PATIENCE
        while not so(self.last):
            left = end - time.monotonic()
            assert left > 0, (self._heard, self._marks, self.last, self.said())
            if select.select([self.told], [], [], left)[0]:
                data = os.read(self.told, 1 << 16)
                assert data, (self.process.wait(PATIENCE), self.said())
                *lines, self._rest = (self._rest + data).split(b"\n")
                if lines:
                    self._heard, seen = json.loads(lines[-1])
                    self.last = Seen(**seen)
                    assert not self.reports(), self.reports()
        return self.last

    def reports(self) -> list[str]:
        """Give what the program has reported of its own bugs."""
        return [path.read_text(encoding="utf-8") for path in (self.home / "drafts/reports").glob("*")]

    def said(self) -> str:
        """Give what was written to standard output and error, but for what Qt's bridge to AT-SPI says of itself."""
        self.errors.seek(0)
        return "".join(line for line in self.errors if not any(words in line for words in _BRIDGE))


class FarHands(Hands):
    """The keys are those of the X server."""

    program: Program

    def seen(self) -> Seen:
        """Look."""
        found = self.program.seen()
        assert found.control, found
        return found

    def strike(self, key: str) -> None:
        """Press one key."""
        self.program.keyboard.strike(key)

    def write(self, text: str) -> None:
        """Type a text."""
        self.program.keyboard.write(text)


@contextlib.contextmanager
def desktop() -> Iterator[Keyboard]:
    """Begin a session on a 1366×768 screen."""
    with screen() as shown:
        environment = {**os.environ, "DISPLAY": shown.display}
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        try:
            with Keyboard(shown.display) as keyboard:
                yield keyboard
        finally:
            manager.terminate()
            manager.wait(PATIENCE)


@contextlib.contextmanager
def program(keyboard: Keyboard, home: Path, environment: Mapping[str, str] | None = None) -> Iterator[Program]:
    """Start the program in a home of its own; it is killed in the end if it still runs."""
    own = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    read, write = os.pipe()
    with (home / "errors").open("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.x.program"],
            cwd=ROOT, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, pass_fds=[write],
            env={
                "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "DISPLAY": keyboard.display, "QT_QPA_PLATFORM": "xcb",
                "HOME": str(home), "PERMANENCE_HOME": str(home / "drafts"), "TELL": str(write), **own,
                **(environment or {}),
            },
        )  # fmt: skip
        os.close(write)
        try:
            yield Program(process, keyboard, home, read, errors)
        finally:
            process.kill()
            process.wait(PATIENCE)
            os.close(read)
