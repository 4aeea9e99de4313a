"""The command line of ``permanence``: its verbs and options; each works with no display and imports no Qt."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from forms.commands import campaign, conventions, dossiers, exchange, journal, machine, packs, paper, transfers
from forms.commands.run import MISUSED, REFUSED, Run, say
from forms.drafts.files import reason
from forms.faults import Fault


def main(
    argv: list[str],
    *,
    today: Callable[[], dt.date],
    now: Callable[[], dt.datetime],
    folders: tuple[Path, ...] = (),
) -> int:
    """Run one verb and give its exit code: 0, 1 for what was refused, 2 for a command called wrongly.

    ``today`` and ``now`` are asked only where ``--today`` and ``--now`` are not given; ``folders`` are folders
    of conventions that stand beside the shipped ones.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe of Windows, or LC_ALL=C, is not UTF-8 by itself
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = _parser().parse_args(argv)
    except _MisusedError as error:
        say(str(error))
        return MISUSED
    try:
        code: int = options.run(Run(options, today, now, folders))
        sys.stdout.flush()
    except Fault as fault:
        say(str(fault))
        return REFUSED
    except OSError as error:
        # What is left to write would fail again when Python closes, with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # the reader has gone: nobody is left to tell
            say(f"La réponse ne peut pas être écrite : {reason(error)}.")
        return REFUSED
    return code


class _MisusedError(Exception):
    """A command called wrongly, in one French line."""


_ARGPARSE = (
    (r"argument (?:COMMANDE|ACTION): invalid choice: '(.*?)'.*", r"la commande « \1 » n’existe pas"),
    (r"the following arguments are required: (.*)", r"il manque \1"),
    (r"unrecognized arguments: (.*)", r"« \1 » n’est pas compris"),
    (r"argument (.*): expected (?:one|at least one) argument", r"\1 attend une valeur"),
    (r"argument (?:.*?): (« .*)", r"\1"),
)
"""argparse speaks English and is not translated: its few sentences, and ours."""


class _French(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_French)
        self.add_argument("-h", "--help", action="help", help="montrer cette aide")
        self._positionals.title = "arguments"

    def error(self, message: str) -> NoReturn:
        for english, french in _ARGPARSE:
            message, found = re.subn(english, french, message)
            if found:
                break
        raise _MisusedError(f"Commande mal écrite : {message} ; voir « {self.prog} --help ».")


class _Verbs:
    """Verbs, and the words that verbs of their own follow."""

    def __init__(self, parser: argparse.ArgumentParser, metavar: str) -> None:
        self._commands = parser.add_subparsers(dest=metavar, required=True, metavar=metavar, parser_class=_Parser)

    def verb(self, name: str, run: Callable[[Run], int], words: str) -> argparse.ArgumentParser:
        added = self._commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        return added

    def group(self, name: str, words: str) -> _Verbs:
        return _Verbs(self._commands.add_parser(name, help=words, description=words), "ACTION")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="permanence", description="Adhésion à une convention de participation santé.")
    parser.set_defaults(today=None, now=None)
    verbs = _Verbs(parser, "COMMANDE")
    for room in (dossiers, conventions, paper, exchange, campaign, transfers, journal, machine, packs):
        room.add(verbs)
    return parser
