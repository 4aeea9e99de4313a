"""What each verb of the command line does: read, answer, say what is wrong in one French line."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from forms.assessment import assess, quotes
from forms.assessment.reimbursement import reimbursements
from forms.assessment.written import (
    assessment_json,
    assessment_lines,
    convention_json,
    error_lines,
    quote_json,
    quote_lines,
    reimbursement_lines,
    reimbursements_json,
)
from forms.convention import Convention, Library, library
from forms.convention.guarantees import Care, CareItem
from forms.dossier.model import Dossier
from forms.dossier.reading import SIZE_LIMIT, dossier_from_json, dossier_schema, reference_of
from forms.faults import Fault
from forms.french import long_date, plural

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
        self._folders = conventions

    @cached_property
    def library(self) -> Library:
        """Give the shipped conventions and the user's own."""
        return library(*self._folders)

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


Answer = Callable[[Run, Dossier], tuple[int, dict[str, Any], Iterable[str]]]
"""Gives the exit code, the JSON and the French lines for one dossier."""


def _each(run: Run, answer: Answer) -> int:
    """Answer for one file, or for each JSON line of standard input; a bad line stops nothing."""
    if run.options.file != "-":
        code, data, lines = answer(run, dossier_from_json(_read(run.options.file)))
        if run.options.json:
            _show(data)
        else:
            print("\n".join(lines))
        return code
    worst = OK
    for line in _lines():
        try:
            code, data, _ = answer(run, dossier_from_json(_decoded(line)))
        except Fault as fault:
            code, data = REFUSED, {"error": str(fault)}
        _show(data)
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


def list_conventions(run: Run) -> int:
    """List the installed conventions."""
    for note in run.library.notes:
        say(note)
    if run.options.json:
        _show([convention_json(convention) for convention in run.library.conventions])
        return OK
    for convention in run.library.conventions:
        end = f" au {long_date(convention.ends_on)}" if convention.ends_on else ""
        names = ", ".join(formula.label for formula in convention.formulas)
        print(f"{convention.id} : {convention.title}, du {long_date(convention.starts_on)}{end} ; {names}")
    return OK


def schema(_run: Run) -> int:
    """Print the JSON Schema of a dossier."""
    print(json.dumps(dossier_schema(), ensure_ascii=False, indent=2))
    return OK


def check_convention(run: Run) -> int:
    """Validate a convention folder, run its examples, say what none plays; ``--explain`` prints every rule."""
    from forms.assessment.examples import failures, uncovered
    from forms.convention.explaining import explained
    from forms.convention.loading import checked, common_rules

    declared, convention = checked(Path(run.options.folder))
    if run.options.explain:
        print("\n".join(explained(declared, common_rules())))
        return OK
    found = failures(convention)
    if any(form.own for form in convention.forms):
        from forms.bulletin.own import own_flaws

        found += own_flaws(convention, run.now)
    for failure in found:
        say(failure)
    for text in convention.legal_texts.values():
        if text.text is None:
            print(f"Texte à fournir par l’assureur : texts/{text.name}.txt (article {text.article}).")
    print("\n".join(uncovered(declared, convention)))
    played = plural(len(convention.examples), "exemple"), plural(len(convention.cares), "soin")
    print(f"{convention.id}, édition {convention.edition} : {played[0]} et {played[1]} joués, {len(found)} faux.")
    return REFUSED if found else OK


def reimburse(run: Run) -> int:
    """Work out what is left to pay of a care, formula by formula."""
    options = run.options
    convention = run.library.find(options.convention)
    found = reimbursements(convention, _care(convention, options))
    if options.json:
        _show(reimbursements_json(convention, found))
    else:
        print("\n".join(reimbursement_lines(convention, found)))
    return OK


def _care(convention: Convention, options: argparse.Namespace) -> tuple[Care, ...]:
    """Give the cares asked for: one of the convention's by name, one made of --price, --base and --rate, or all."""
    if options.guarantee is None:
        found = tuple(care for care in convention.cares if options.care in {None, care.id})
        if not found:
            known = ", ".join(care.id for care in convention.cares) or "aucun"
            raise Fault(f"{convention.id} n’a pas ce soin ; soins travaillés : {known}.")
        return found
    if options.guarantee not in {guarantee.id for guarantee in convention.guarantees}:
        known = ", ".join(guarantee.id for guarantee in convention.guarantees) or "aucune, voir la plaquette"
        raise Fault(f"{convention.id} n’a pas la garantie « {options.guarantee} » ; garanties : {known}.")
    if None in {options.price, options.base, options.rate}:
        raise Fault("--guarantee demande aussi --price, --base et --rate.")
    items = (CareItem(options.base, options.rate, 1),)
    return (Care("", options.guarantee, options.guarantee, options.price, items, options.fixed, {}, ""),)


def roster(run: Run) -> int:
    """Say what importing the employer's list of agents would do, row by row; nothing is written."""
    from forms.exchange.commands import run_dry
    from forms.exchange.written import report_json, report_lines

    listed, mapping, report = run_dry(Path(run.options.file), {}, run.today)
    if run.options.json:
        _show(report_json(listed, mapping, report))
    else:
        print("\n".join(report_lines(listed, mapping, report)))
    return REFUSED if any(row.outcome == "refused" for row in report.rows) else OK


def doctor(run: Run) -> int:
    """Print what this machine offers."""
    from forms.doctor import page

    print("\n".join(page(run.now)))
    return OK
