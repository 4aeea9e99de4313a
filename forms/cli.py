"""The verbs of ``permanence``: each works with no display and imports no Qt."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from forms.assessment import assess, quotes
from forms.assessment.written import (
    assessment_json,
    assessment_lines,
    convention_json,
    quote_json,
    quote_lines,
)
from forms.convention import Convention, installed, load
from forms.dossier.model import Dossier
from forms.dossier.reading import SIZE_LIMIT, dossier_from_json, dossier_schema, reference_of
from forms.faults import Fault
from forms.french import long_date

VERBS = ("conventions", "schema", "quote", "check", "print", "convention", "doctor")
OK, REFUSED, MISUSED = 0, 1, 2


def main(argv: list[str], *, today: Callable[[], dt.date], now: Callable[[], dt.datetime]) -> int:
    """Run one verb and give its exit code: 0, 1 for what was refused, 2 for a command called wrongly.

    ``today`` and ``now`` are asked only where ``--today`` and ``--now`` are not given.
    """
    try:
        options = _parser().parse_args(argv)
    except _MisusedError as error:
        _say(str(error))
        return MISUSED
    try:
        code: int = options.run(_Run(options, today, now))
    except Fault as fault:
        _say(str(fault))
        return REFUSED
    except BrokenPipeError:
        # The reader has gone (``permanence conventions | head``): nobody is left to tell.
        return REFUSED
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


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        for english, french in _ARGPARSE:
            message, found = re.subn(english, french, message)
            if found:
                break
        raise _MisusedError(f"Commande mal écrite : {message} ; voir « {self.prog} --help ».")


class _Run:
    """One call: its options, the day, and the conventions, loaded once."""

    def __init__(
        self, options: argparse.Namespace, today: Callable[[], dt.date], now: Callable[[], dt.datetime]
    ) -> None:
        self.options = options
        self._today, self._now = today, now
        self._conventions: dict[str, Convention] | None = None

    @property
    def today(self) -> dt.date:
        """Give the day that ``--today`` says, else the clock's."""
        return self.options.today or self._today()

    @property
    def now(self) -> dt.datetime:
        """Give the moment that ``--now`` says, else the clock's."""
        return self.options.now or self._now()

    def convention(self, dossier: Dossier) -> Convention:
        """Give the dossier's convention, or say which are installed."""
        if self._conventions is None:
            self._conventions = {convention.id: convention for convention in installed()}
        found = self._conventions.get(dossier.convention or "")
        if found is None:
            known = ", ".join(self._conventions)
            asked = (
                f"la convention « {dossier.convention} » n’est pas installée"
                if dossier.convention
                else ("le dossier ne dit pas sa convention")
            )
            raise Fault(f"convention : {asked} ; installées : {known}.")
        return found


def _say(line: str) -> None:
    print(" ".join(line.split("\n")), file=sys.stderr)


def _show(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False))


def _read(name: str) -> str:
    path = Path(name)
    try:
        if path.stat().st_size > SIZE_LIMIT * 4:
            raise Fault(f"{name} est trop gros pour être un dossier.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Fault(f"{name} n’est pas un dossier : le fichier n’est pas du texte en UTF-8.") from None
    except OSError as error:
        raise Fault(f"{name} ne peut pas être lu : {_os_reason(error)}.") from None


def _os_reason(error: OSError) -> str:
    reasons: dict[type[OSError], str] = {
        FileNotFoundError: "le fichier n’existe pas",
        IsADirectoryError: "c’est un dossier de fichiers",
        PermissionError: "l’accès en est refusé",
    }
    return reasons.get(type(error), error.strerror or "erreur du système")


Answer = Callable[[_Run, Dossier], tuple[int, dict[str, Any], Iterable[str]]]
"""Gives the exit code, the JSON and the French lines for one dossier."""


def _each(run: _Run, answer: Answer) -> int:
    """Answer for one file, or for each JSON line of standard input; a bad line stops nothing."""
    if run.options.file != "-":
        code, data, lines = answer(run, dossier_from_json(_read(run.options.file)))
        if run.options.json:
            _show(data)
        else:
            print("\n".join(lines))
        return code
    worst = OK
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            code, data, _ = answer(run, dossier_from_json(line))
        except Fault as fault:
            code, data = REFUSED, {"error": str(fault)}
        _show(data)
        worst = max(worst, code)
    return worst


def _quote(run: _Run) -> int:
    return _each(run, _quote_one)


def _quote_one(run: _Run, dossier: Dossier) -> tuple[int, dict[str, Any], Iterable[str]]:
    convention = run.convention(dossier)
    asked = run.options.formula or dossier.formula
    if asked is None:
        raise Fault("formula : le dossier ne dit pas sa formule ; donnez --formula ID, ou --formula all.")
    known = [formula.id for formula in convention.formulas]
    if asked != "all" and asked not in known:
        raise Fault(f"formula : « {asked} » n’est pas de {convention.id} ; formules : {', '.join(known)}.")
    found = [quote for quote in quotes(dossier, convention, run.today) if asked in {"all", quote.formula}]
    lines = [line for quote in found for line in quote_lines(quote, convention)]
    for refusal in dict.fromkeys(text for quote in found for text in quote.refusals):
        _say(refusal)
    for path in dict.fromkeys(path for quote in found for path in quote.missing):
        _say(f"{path} : à compléter pour donner un prix.")
    code = REFUSED if any(quote.total is None for quote in found) else OK
    if asked == "all":
        return code, {"convention": convention.id, "quotes": [quote_json(quote) for quote in found]}, lines
    return code, quote_json(found[0]), lines


def _check(run: _Run) -> int:
    return _each(run, _check_one)


def _check_one(run: _Run, dossier: Dossier) -> tuple[int, dict[str, Any], Iterable[str]]:
    assessment = assess(dossier, run.convention(dossier), run.today)
    code = OK if assessment.printable else REFUSED
    return code, assessment_json(assessment), assessment_lines(assessment, dossier)


def _print(run: _Run) -> int:
    options = run.options
    if options.file == "-":
        raise Fault("print imprime un seul dossier : donnez un fichier, pas « - ».")
    # reportlab costs 100 ms to import: only this verb pays for it.
    from forms.bulletin import Printing, pack
    from forms.drafts.files import write_whole

    dossier = dossier_from_json(_read(options.file))
    convention = run.convention(dossier)
    assessment = assess(dossier, convention, run.today)
    if not assessment.printable and not options.draft:
        for issue in assessment.issues:
            if issue.severity == "error":
                _say(f"{issue.path} : {issue.message}" if issue.path else issue.message)
        _say("Bulletin refusé : corrigez ces points, ou imprimez un projet avec --draft.")
        return REFUSED
    printing = Printing(reference_of(dossier), options.version, run.now, options.draft)
    write_whole(Path(options.output), pack(dossier, assessment, convention, printing))
    return OK


def _conventions(run: _Run) -> int:
    found = installed()
    if run.options.json:
        _show([convention_json(convention) for convention in found])
        return OK
    for convention in found:
        end = f" au {long_date(convention.ends_on)}" if convention.ends_on else ""
        names = ", ".join(formula.label for formula in convention.formulas)
        print(f"{convention.id} : {convention.title}, du {long_date(convention.starts_on)}{end} ; {names}")
    return OK


def _schema(_run: _Run) -> int:
    print(json.dumps(dossier_schema(), ensure_ascii=False, indent=2))
    return OK


def _convention_check(run: _Run) -> int:
    from forms.assessment.examples import failures

    convention = load(Path(run.options.folder))
    found = failures(convention)
    for failure in found:
        _say(failure)
    for text in convention.legal_texts.values():
        if text.text is None:
            print(f"Texte à fournir par l’assureur : texts/{text.name}.txt (article {text.article}).")
    print(f"{convention.id}, édition {convention.edition} : {len(convention.examples)} exemples, {len(found)} faux.")
    return REFUSED if found else OK


def _doctor(run: _Run) -> int:
    from forms.doctor import page

    print("\n".join(page(run.now)))
    return OK


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date AAAA-MM-JJ") from None


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un instant AAAA-MM-JJTHH:MM") from None


def _whole(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1000:  # noqa: PLR2004 - three digits fit the page's foot
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un numéro de version entre 1 et 999")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="permanence", description="Adhésion à une convention de participation santé.")
    parser.set_defaults(today=None, now=None)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="COMMANDE", parser_class=_Parser)

    def verb(name: str, run: Callable[[_Run], int], words: str) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        return added

    def dossier_verb(name: str, run: Callable[[_Run], int], words: str) -> argparse.ArgumentParser:
        added = verb(name, run, words)
        added.add_argument("file", metavar="FILE", help="un dossier (JSON) ; « - » : un dossier par ligne")
        added.add_argument("--today", type=_day, metavar="DATE", help="le jour à prendre pour aujourd’hui")
        return added

    listing = verb("conventions", _conventions, "les conventions installées")
    verb("schema", _schema, "le schéma JSON d’un dossier")
    quote = dossier_verb("quote", _quote, "la cotisation mensuelle")
    quote.add_argument("--formula", metavar="ID", help="une autre formule, ou « all » pour toutes")
    check = dossier_verb("check", _check, "ce qui manque, ce qui bloque, la date d’effet")
    printing = dossier_verb("print", _print, "le bulletin rempli, en PDF")
    printing.add_argument("-o", dest="output", metavar="OUT.pdf", required=True, help="le fichier à écrire")
    printing.add_argument("--draft", action="store_true", help="imprimer malgré les erreurs, marqué PROJET")
    printing.add_argument("--now", type=_moment, metavar="INSTANT", help="l’instant d’impression à écrire")
    printing.add_argument("--version", type=_whole, default=1, metavar="N", help="le numéro de version")
    for answered in (listing, quote, check):
        answered.add_argument("--json", action="store_true", help="répondre en JSON")
    folder = verbs.add_parser("convention", help="vérifier un dossier de convention")
    actions = folder.add_subparsers(dest="action", required=True, metavar="check", parser_class=_Parser)
    checking = actions.add_parser("check", help="lire un dossier de convention et jouer ses exemples")
    checking.add_argument("folder", metavar="FOLDER")
    checking.set_defaults(run=_convention_check)
    verb("doctor", _doctor, "versions, chiffrement, polices, imprimantes, bibliothèques")
    return parser
