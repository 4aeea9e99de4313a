"""What every verb needs: the call with its conventions, the answer's channels, and how a verb is added."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from forms.convention import Library, library

OK, REFUSED, MISUSED = 0, 1, 2


class Run:
    """One call: its options, the day, and the conventions, loaded once."""

    def __init__(
        self,
        options: argparse.Namespace,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime],
        conventions: tuple[Path, ...],
    ) -> None:
        self.options = options
        self._today, self._now = today, now
        self.folders = conventions

    @cached_property
    def library(self) -> Library:
        """Give the shipped conventions and the user's own."""
        return library(*self.folders)

    @property
    def today(self) -> dt.date:
        """Give the day that ``--today`` says, else the clock's."""
        return self.options.today or self._today()

    @property
    def now(self) -> dt.datetime:
        """Give the moment that ``--now`` says, else the clock's."""
        return self.options.now or self._now()


def say(line: str) -> None:
    """Say one line on standard error."""
    print(" ".join(line.split("\n")), file=sys.stderr)


def show(data: Any) -> None:
    """Print one line of JSON."""
    print(json.dumps(data, ensure_ascii=False))


class Adding(Protocol):
    """The parser as the verbs' modules see it: each has an ``add`` that says its verbs and their options."""

    def verb(self, name: str, run: Callable[[Run], int], words: str) -> argparse.ArgumentParser:
        """Add a verb: its name, what it runs, what it does in French."""

    def group(self, name: str, words: str) -> Adding:
        """Add a word that verbs of its own follow: ``convention check``."""
