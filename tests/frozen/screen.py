"""An X screen without a monitor, whose pixels are read from outside: the program under test needs no tool beside it."""

from __future__ import annotations

import contextlib
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image


class Screen:
    """A running Xvfb; ``display`` is what DISPLAY is set to."""

    def __init__(self, number: str, memory: Path) -> None:
        """Read ``memory``, the file in which Xvfb keeps its pixels."""
        self.display = f":{number}"
        self._memory = memory

    def picture(self) -> Image.Image:
        """Give what is on the screen now."""
        dump = self._memory.read_bytes()
        # XWD, big-endian words: 0 the header's length, 4 and 5 the size, 12 the bytes a line, 19 the colours' count.
        head = struct.unpack_from(">25I", dump)
        start, size = head[0] + head[19] * 12, (head[4], head[5])
        return Image.frombytes("RGB", size, dump[start:], "raw", "BGRX", head[12])

    def wait_for_a_window(self, seconds: float, program: subprocess.Popen[Any]) -> Image.Image | None:
        """Give the screen once a window with text stands on it: smoothed letters have many colours.

        ``None`` when none came, or when the program ended.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end and program.poll() is None:
            picture = self.picture()
            colours = picture.getcolors(1 << 20) or ()
            black = sum(count for count, colour in colours if colour == (0, 0, 0))
            if len(colours) > 30 and black < picture.width * picture.height * 0.9:
                return picture
            time.sleep(0.05)
        return None


@contextlib.contextmanager
def screen(width: int = 1366, height: int = 768) -> Iterator[Screen]:
    """Run a screen; its socket is in the machine's /tmp/.X11-unix."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            *("Xvfb", "-displayfd", "1", "-fbdir", folder, "-ac", "-noreset"),
            *("-nolisten", "tcp", "-r", "-screen", "0", f"{width}x{height}x24"),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="ascii") as server:
            try:
                assert server.stdout is not None
                yield Screen(server.stdout.readline().strip(), Path(folder, "Xvfb_screen0"))
            finally:
                server.terminate()
