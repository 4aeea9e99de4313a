"""The verbs of one dossier: what it costs, what is wrong with it, its bulletin."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from forms.assessment import assess, quotes
from forms.assessment.written import (
    assessment_json,
    assessment_lines,
    error_lines,
    quote_json,
    quote_lines,
)
from forms.commands.options import add_json, add_output, add_today, copies, whole
from forms.commands.run import MISUSED, OK, REFUSED, Adding, Run, say, show
from forms.dossier.model import Dossier
from forms.dossier.reading import SIZE_LIMIT, dossier_from_json, dossier_schema, reference_of
from forms.faults import Fault


def add(to: Adding) -> None:
    """Add the verbs."""
    quoting = to.verb("quote", quote, "la cotisation mensuelle")
    checking = to.verb("check", check, "ce qui manque, ce qui bloque, la date d’effet")
    printing = to.verb("print", print_pack, "le bulletin rempli, en PDF")
    for parser in (quoting, checking, printing):
        parser.add_argument("file", metavar="FILE", help="un dossier (JSON) ; « - » : un dossier par ligne")
        add_today(parser)
    add_json(quoting)
    add_json(checking)
    add_output(printing)
    quoting.add_argument("--formula", metavar="ID", help="une autre formule, ou « all » pour toutes")
    printing.add_argument("--draft", action="store_true", help="imprimer malgré les erreurs, marqué PROJET")
    printing.add_argument("--version", type=whole, default=1, metavar="N", help="le numéro de version")
    printing.add_argument("--copies", type=copies, default=1, metavar="N", help="exemplaires de ce qui est signé")
    printing.add_argument("--replaces", metavar="FILE", help="le dossier de la version que celle-ci annule et remplace")
    printing.add_argument("--specimen", action="store_true", help="marquer SPÉCIMEN, pour s’exercer")
    to.verb("schema", schema, "le schéma JSON d’un dossier")


def _read(name: str) -> str:
    path = Path(name)
    try:
        with path.open("rb") as file:  # a device says no size: what is read is what is bounded
            data = file.read(SIZE_LIMIT * 4 + 1)
        if len(data) > SIZE_LIMIT * 4:
            raise Fault(f"{name} est trop gros pour être un dossier.")
        return data.decode("utf-8-sig")
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


Answer = Callable[[Run, Dossier], tuple[int, dict[str, Any], Iterable[str]]]
"""Gives the exit code, the JSON and the French lines for one dossier."""


def _each(run: Run, answer: Answer) -> int:
    """Answer for one file, or for each JSON line of standard input; a bad line stops nothing."""
    if run.options.file != "-":
        code, data, lines = answer(run, dossier_from_json(_read(run.options.file)))
        if run.options.json:
            show(data)
        else:
            print("\n".join(lines))
        return code
    worst = OK
    for line in _lines():
        try:
            code, data, _ = answer(run, dossier_from_json(_decoded(line)))
        except Fault as fault:
            code, data = REFUSED, {"error": str(fault)}
        show(data)
        worst = max(worst, code)
    return worst


def _lines() -> Iterator[bytes]:
    """Give the lines of standard input that hold something, as bytes: one that is no text stops none of the others."""
    while line := sys.stdin.buffer.readline(SIZE_LIMIT * 4 + 1):
        while not line.endswith(b"\n") and (more := sys.stdin.buffer.readline(SIZE_LIMIT * 4)):
            line = line[: SIZE_LIMIT * 4 + 1] + more[-1:]  # too long to be a dossier: only its end is looked for
        if line.strip():
            yield line


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Fault("Ce n’est pas un dossier : la ligne n’est pas du texte en UTF-8.") from None


def quote(run: Run) -> int:
    """Price one formula or all."""
    return _each(run, _quote_one)


def _quote_one(run: Run, dossier: Dossier) -> tuple[int, dict[str, Any], Iterable[str]]:
    convention = run.library.find(dossier.convention)
    asked = run.options.formula or dossier.formula
    if asked is None:
        raise Fault("formula : le dossier ne dit pas sa formule ; donnez --formula ID, ou --formula all.")
    known = [formula.id for formula in convention.formulas]
    if asked != "all" and asked not in known:
        raise Fault(f"formula : « {asked} » n’est pas de {convention.id} ; formules : {', '.join(known)}.")
    found = [quote for quote in quotes(dossier, convention, run.today) if asked in {"all", quote.formula}]
    lines = [line for quote in found for line in quote_lines(quote, convention)]
    for refusal in dict.fromkeys(text for quote in found for text in quote.refusals):
        say(refusal)
    for path in dict.fromkeys(path for quote in found for path in quote.missing):
        say(f"{path} : à compléter pour donner un prix.")
    code = REFUSED if any(quote.total is None for quote in found) else OK
    if asked == "all":
        return code, {"convention": convention.id, "quotes": [quote_json(quote) for quote in found]}, lines
    return code, quote_json(found[0]), lines


def check(run: Run) -> int:
    """Say every problem, the effective date, what is missing."""
    return _each(run, _check_one)


def _check_one(run: Run, dossier: Dossier) -> tuple[int, dict[str, Any], Iterable[str]]:
    assessment = assess(dossier, run.library.find(dossier.convention), run.today)
    code = OK if assessment.printable else REFUSED
    if not run.options.json and run.options.file != "-":
        for line in error_lines(assessment):
            say(line)
    return code, assessment_json(assessment), assessment_lines(assessment, dossier)


def print_pack(run: Run) -> int:
    """Write the filled forms as one PDF; a dossier with errors only as a draft."""
    options = run.options
    if options.file == "-":
        say("print imprime un seul dossier : donnez un fichier, pas « - ».")
        return MISUSED
    # reportlab costs 100 ms to import: only this verb pays for it.
    from forms.bulletin import Printing, Replaced, changes, pack
    from forms.drafts.files import write_whole

    dossier = dossier_from_json(_read(options.file))
    convention = run.library.find(dossier.convention)
    assessment = assess(dossier, convention, run.today)
    if not assessment.printable and not options.draft:
        for issue in assessment.issues:
            if issue.severity == "error":
                say(f"{issue.path} : {issue.message}" if issue.path else issue.message)
        say("Bulletin refusé : corrigez ces points, ou imprimez un projet avec --draft.")
        return REFUSED
    replaced = None
    if options.replaces:
        if options.version == 1:
            raise Fault("--replaces annule une version d’avant : donnez aussi --version, 2 ou plus.")
        former = dossier_from_json(_read(options.replaces))
        if former.reference != dossier.reference:
            raise Fault("--replaces nomme un autre dossier : les deux références ne sont pas les mêmes.")
        replaced = Replaced(options.version - 1, changes(former, dossier, convention))
    printing = Printing(
        reference_of(dossier), options.version, run.now, options.draft, options.specimen, options.copies, replaced
    )
    write_whole(Path(options.output), pack(dossier, assessment, convention, printing))
    return OK


def schema(_run: Run) -> int:
    """Print the JSON Schema of a dossier."""
    print(json.dumps(dossier_schema(), ensure_ascii=False, indent=2))
    return OK
