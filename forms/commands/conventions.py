"""The verbs of conventions: which are installed, whether a folder is right, what a care leaves to pay."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path

from forms.assessment.reimbursement import reimbursements
from forms.assessment.written import convention_json, reimbursement_lines, reimbursements_json
from forms.commands.options import add_json, euros
from forms.commands.run import OK, REFUSED, Adding, Run, say, show
from forms.convention import Convention
from forms.convention.guarantees import Care, CareItem
from forms.faults import Fault
from forms.french import long_date, plural


def add(to: Adding) -> None:
    """Add the verbs."""
    add_json(to.verb("conventions", list_conventions, "les conventions installées"))
    words = "un soin, formule par formule : assurance maladie, mutuelle, reste à payer"
    care = to.verb("reimburse", reimburse, words)
    care.add_argument("convention", metavar="CONVENTION")
    care.add_argument("care", metavar="SOIN", nargs="?", help="un soin de la convention ; tous par défaut")
    care.add_argument("--guarantee", metavar="ID", help="une ligne du tableau des garanties")
    care.add_argument("--price", type=euros, metavar="EUROS", help="le prix du soin")
    care.add_argument("--base", type=euros, metavar="EUROS", help="la base de remboursement")
    care.add_argument("--rate", type=euros, metavar="TAUX", help="le taux de l’assurance maladie, en pourcentage")
    care.add_argument("--fixed", type=euros, default=Decimal(0), metavar="EUROS", help="participation forfaitaire")
    add_json(care)
    checking = to.group("convention", "vérifier un dossier de convention").verb(
        "check", check_convention, "lire un dossier de convention et jouer ses exemples"
    )
    checking.add_argument("folder", metavar="FOLDER")
    checking.add_argument("--explain", action="store_true", help="chaque règle en français, à corriger et à signer")


def list_conventions(run: Run) -> int:
    """List the installed conventions."""
    for note in run.library.notes:
        say(note)
    if run.options.json:
        show([convention_json(convention) for convention in run.library.conventions])
        return OK
    for convention in run.library.conventions:
        end = f" au {long_date(convention.ends_on)}" if convention.ends_on else ""
        names = ", ".join(formula.label for formula in convention.formulas)
        print(f"{convention.id} : {convention.title}, du {long_date(convention.starts_on)}{end} ; {names}")
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
        show(reimbursements_json(convention, found))
    else:
        print("\n".join(reimbursement_lines(convention, found)))
    return OK


def _care(convention: Convention, options: argparse.Namespace) -> tuple[Care, ...]:
    """Give the cares asked for: one of the convention's by name, one made of --price, --base and --rate, or all."""
    if options.guarantee is None:
        found = tuple(care for care in convention.cares if options.care in {None, care.id})
        if not found and not convention.cares:
            raise Fault(
                f"{convention.id} n’a pas de soins travaillés : les garanties sont sur la plaquette de l’assureur."
            )
        if not found:
            known = ", ".join(care.id for care in convention.cares)
            raise Fault(f"{convention.id} n’a pas ce soin ; soins travaillés : {known}.")
        return found
    if options.guarantee not in {guarantee.id for guarantee in convention.guarantees}:
        known = ", ".join(guarantee.id for guarantee in convention.guarantees) or "aucune, voir la plaquette"
        raise Fault(f"{convention.id} n’a pas la garantie « {options.guarantee} » ; garanties : {known}.")
    if None in {options.price, options.base, options.rate}:
        raise Fault("--guarantee demande aussi --price, --base et --rate.")
    items = (CareItem(options.base, options.rate, 1),)
    return (Care("", options.guarantee, options.guarantee, options.price, items, options.fixed, {}, ""),)
