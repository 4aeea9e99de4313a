"""The command line of ``permanence``: its verbs and options; each works with no display and imports no Qt."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import os
import re
import sys
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from forms import paper, verbs
from forms.drafts.files import reason
from forms.faults import Fault
from forms.french import read_money


def main(
    argv: list[str],
    *,
    today: Callable[[], dt.date],
    now: Callable[[], dt.datetime],
    conventions: tuple[Path, ...] = (),
) -> int:
    """Run one verb and give its exit code: 0, 1 for what was refused, 2 for a command called wrongly.

    ``today`` and ``now`` are asked only where ``--today`` and ``--now`` are not given; ``conventions`` are folders
    of conventions that stand beside the shipped ones.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a pipe of Windows, or LC_ALL=C, is not UTF-8 by itself
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        options = _parser().parse_args(argv)
    except _MisusedError as error:
        verbs.say(str(error))
        return verbs.MISUSED
    try:
        code: int = options.run(verbs.Run(options, today, now, conventions))
        sys.stdout.flush()
    except Fault as fault:
        verbs.say(str(fault))
        return verbs.REFUSED
    except OSError as error:
        # What is left to write would fail again when Python closes, with a traceback.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # the reader has gone: nobody is left to tell
            verbs.say(f"La réponse ne peut pas être écrite : {reason(error)}.")
        return verbs.REFUSED
    return code


class _MisusedError(Exception):
    """A command called wrongly, in one French line."""


_ARGPARSE = (
    (r"argument COMMANDE: invalid choice: '(.*?)'.*", r"la commande « \1 » n’existe pas"),
    (r"argument check: invalid choice: '(.*?)'.*", r"la commande « convention \1 » n’existe pas"),
    (r"the following arguments are required: (.*)", r"il manque \1"),
    (r"unrecognized arguments: (.*)", r"« \1 » n’est pas compris"),
    (r"argument (.*): expected one argument", r"\1 attend une valeur"),
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


_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(text: str) -> dt.date:
    # fromisoformat alone also takes weeks: 2026-W05-2
    with contextlib.suppress(ValueError):
        if _ISO_DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date AAAA-MM-JJ")


def _euros(text: str) -> Decimal:
    amount = read_money(text)
    if amount is None:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre positif à deux décimales au plus")
    return amount


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un instant AAAA-MM-JJTHH:MM") from None


def _whole(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1000:  # noqa: PLR2004 - three digits fit the page's foot
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre entier entre 1 et 999")
    return int(text)


def _copies(text: str) -> int:
    if text not in {"1", "2"}:
        raise argparse.ArgumentTypeError(f"« {text} » n’est ni 1 ni 2")
    return int(text)


Verb = Callable[[str, Callable[[verbs.Run], int], str], argparse.ArgumentParser]
"""Adds a verb: its name, what it runs, what it does in French."""


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="permanence", description="Adhésion à une convention de participation santé.")
    parser.set_defaults(today=None, now=None)
    commands = parser.add_subparsers(dest="verb", required=True, metavar="COMMANDE", parser_class=_Parser)

    def verb(name: str, run: Callable[[verbs.Run], int], words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        return added

    _dossiers(verb)
    _conventions(verb)
    _paper(verb)
    folder = commands.add_parser("convention", help="vérifier un dossier de convention")
    actions = folder.add_subparsers(dest="action", required=True, metavar="check", parser_class=_Parser)
    checking = actions.add_parser("check", help="lire un dossier de convention et jouer ses exemples")
    checking.add_argument("folder", metavar="FOLDER")
    checking.add_argument("--explain", action="store_true", help="chaque règle en français, à corriger et à signer")
    checking.set_defaults(run=verbs.check_convention)
    verb("doctor", verbs.doctor, "versions, chiffrement, polices, imprimantes, bibliothèques")
    return parser


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def _today(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--today", type=_day, metavar="DATE", help="le jour à prendre pour aujourd’hui")


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", dest="output", metavar="OUT.pdf", required=True, help="le fichier à écrire")
    parser.add_argument("--now", type=_moment, metavar="INSTANT", help="l’instant d’impression à écrire")


def _dossiers(verb: Verb) -> None:
    quote = verb("quote", verbs.quote, "la cotisation mensuelle")
    check = verb("check", verbs.check, "ce qui manque, ce qui bloque, la date d’effet")
    printing = verb("print", verbs.print_pack, "le bulletin rempli, en PDF")
    for parser in (quote, check, printing):
        parser.add_argument("file", metavar="FILE", help="un dossier (JSON) ; « - » : un dossier par ligne")
        _today(parser)
    _json(quote)
    _json(check)
    _output(printing)
    quote.add_argument("--formula", metavar="ID", help="une autre formule, ou « all » pour toutes")
    printing.add_argument("--draft", action="store_true", help="imprimer malgré les erreurs, marqué PROJET")
    printing.add_argument("--version", type=_whole, default=1, metavar="N", help="le numéro de version")
    printing.add_argument("--copies", type=_copies, default=1, metavar="N", help="exemplaires de ce qui est signé")
    printing.add_argument("--replaces", metavar="FILE", help="le dossier de la version que celle-ci annule et remplace")
    printing.add_argument("--specimen", action="store_true", help="marquer SPÉCIMEN, pour s’exercer")
    verb("schema", verbs.schema, "le schéma JSON d’un dossier")
    agents = verb("roster", verbs.roster, "ce que ferait l’import d’une liste d’agents ; rien n’est écrit")
    agents.add_argument("file", metavar="LISTE", help="la liste de la collectivité : XLSX ou CSV")
    _today(agents)
    _json(agents)


def _conventions(verb: Verb) -> None:
    _json(verb("conventions", verbs.list_conventions, "les conventions installées"))
    words = "un soin, formule par formule : assurance maladie, mutuelle, reste à payer"
    care = verb("reimburse", verbs.reimburse, words)
    care.add_argument("convention", metavar="CONVENTION")
    care.add_argument("care", metavar="SOIN", nargs="?", help="un soin de la convention ; tous par défaut")
    care.add_argument("--guarantee", metavar="ID", help="une ligne du tableau des garanties")
    care.add_argument("--price", type=_euros, metavar="EUROS", help="le prix du soin")
    care.add_argument("--base", type=_euros, metavar="EUROS", help="la base de remboursement")
    care.add_argument("--rate", type=_euros, metavar="TAUX", help="le taux de l’assurance maladie, en pourcentage")
    care.add_argument("--fixed", type=_euros, default=Decimal(0), metavar="EUROS", help="participation forfaitaire")
    _json(care)


def _paper(verb: Verb) -> None:
    reading = verb("read", paper.read, "le dossier que porte un bulletin scanné (PDF, PNG, JPEG)")
    reading.add_argument("scan", metavar="SCAN", help="un fichier, ou un dossier de fichiers")
    _json(reading)
    empty = verb("blanks", paper.blanks, "des bulletins vierges numérotés, à remplir à la main")
    empty.add_argument("convention", metavar="CONVENTION")
    empty.add_argument("--count", type=_whole, default=10, metavar="N", help="combien ; 10 par défaut")
    empty.add_argument("--fillable", action="store_true", help="à remplir aussi à l’écran, avec un lecteur de PDF")
    _output(empty)
