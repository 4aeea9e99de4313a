"""How far a campaign is, on one line of a terminal, or now and then where there is none."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

from forms.french import plural, whole

if TYPE_CHECKING:
    from collections.abc import Callable

_LIVE, _LOGGED = 0.5, 5.0
_HOUR, _MINUTE = 3600, 60
_MEASURED = 20
"""Pages from which a rate is worth saying."""


class Progress:
    """Counts pages: ``total`` in all; those that were there before are no part of the rate."""

    def __init__(self, total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """Start the clock, which counts seconds from anywhere."""
        self.made = self.there = self.left = 0
        self._total, self._stream, self._clock = total, stream, clock
        self._began, self._told = clock(), float("-inf")
        self._live = stream.isatty()

    @property
    def seconds(self) -> float:
        """Give the time since the beginning."""
        return self._clock() - self._began

    @property
    def rate(self) -> float:
        """Give the pages made a second."""
        return self.made / self.seconds if self.seconds else 0.0

    def tell(self, *, end: bool = False) -> None:
        """Say how far it is, not too often."""
        now = self._clock()
        if not end and now - self._told < (_LIVE if self._live else _LOGGED):
            return
        self._told = now
        line = self.line()
        self._stream.write(f"\r\x1b[K{line}" if self._live else f"{line}\n")
        if self._live and end:
            self._stream.write("\n")
        self._stream.flush()

    def line(self) -> str:
        """Give done out of total, pages a second, time left."""
        done = self.made + self.there + self.left
        parts = [f"{whole(done)} sur {plural(self._total, 'bulletin')}"]
        if self.made >= _MEASURED:
            parts.append(f"{self.rate:.1f} par seconde".replace(".", ","))
            if done < self._total:
                parts.append(f"reste {_duration((self._total - done) / self.rate)}")
        return " · ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{int(seconds) + 1} s"
    if seconds < _HOUR:
        return f"{int(seconds / _MINUTE) + 1} min"
    hours, rest = divmod(int(seconds), _HOUR)
    return f"{hours} h {rest // _MINUTE:02d}"
