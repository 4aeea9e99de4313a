"""The verb of a campaign: prefilled bulletins for every agent of a list, by all cores or a cluster."""

from __future__ import annotations

import argparse
import sys
from decimal import Decimal
from pathlib import Path

from forms.commands.options import add_today, euros, moment, whole
from forms.commands.run import OK, REFUSED, Adding, Run, say
from forms.faults import Fault
from forms.french import plural
from forms.french import whole as number


def add(to: Adding) -> None:
    """Add the verb."""
    made = to.verb("campaign", campaign, "un bulletin prérempli pour chaque agent d’une liste, dans un dossier")
    made.add_argument("file", metavar="LISTE", help="les agents d’une ou de plusieurs collectivités : CSV ou XLSX")
    made.add_argument("-o", dest="output", metavar="DOSSIER", required=True, help="neuf, ou à reprendre")
    made.add_argument("--convention", metavar="ID", required=True)
    made.add_argument("--employer", metavar="NOM", help="la collectivité, quand la liste ne la dit pas")
    made.add_argument("--siret", metavar="SIRET", type=_siret, help="son SIRET")
    made.add_argument("--participation", metavar="EUROS", type=euros, help="sa participation par mois")
    made.add_argument("--workers", metavar="N", type=whole, help="combien de bulletins à la fois ; un par cœur sinon")
    made.add_argument("--scheduler", metavar="ADRESSE", help="confier le travail à une grappe Dask : tls://hôte:port")
    made.add_argument("--now", type=moment, metavar="INSTANT", help="l’instant d’impression à écrire")
    add_today(made)


def _siret(text: str) -> str:
    from forms.dossier.identifiers import compact_siret, siret_flaw

    flaw = siret_flaw(text)
    if flaw is not None:
        raise argparse.ArgumentTypeError(f"« {text} » : {flaw.message}")
    return compact_siret(text)


def campaign(run: Run) -> int:
    """Print prefilled bulletins for every agent of a list; run again, it goes on where it was stopped."""
    from forms.campaign.campaign import REPORT, Told
    from forms.campaign.campaign import run as ran
    from forms.campaign.engines import cluster, local
    from forms.campaign.order import Job, Order, kept_order
    from forms.dossier.model import Employer
    from forms.exchange.streamed import streamed

    options = run.options
    folder = Path(options.output).absolute()
    before = kept_order(folder)
    convention = run.library.find(options.convention)
    listed = streamed(Path(options.file))
    printed_at = options.now or (before.printed_at if before else run.now)
    participation: Decimal | None = options.participation
    order = Order(
        list_sha256=listed.fingerprint,
        convention=convention.id,
        edition=convention.fingerprint,
        employer=Employer(name=options.employer, siret=options.siret, participation=participation),
        printed_at=printed_at,
        today=options.today or (before.today if before else run.today),
    )
    for line in (*listed.notes, _columns(listed.headings, dict(listed.guess))):
        say(line)
    say("Lecture de la liste…")
    job = Job(order, folder, run.folders)
    engine = cluster(options.scheduler, options.workers) if options.scheduler else local(options.workers)
    try:
        told: Told = ran(listed, job, engine, sys.stderr)
    except KeyboardInterrupt:
        raise Fault("Interrompu : la même commande reprendra là où elle s’est arrêtée.") from None
    there = f", {number(told.there)} déjà là" if told.there else ""
    towns = plural(told.folders, "dossier")
    say(f"{plural(told.made, 'bulletin imprimé', 'bulletins imprimés')}{there}, dans {towns} de « {folder.name} ».")
    if told.left:
        say(f"{plural(told.left, 'ligne sans bulletin', 'lignes sans bulletin')} : voir « {REPORT} ».")
    return REFUSED if told.left else OK


def _columns(headings: tuple[str, ...], guess: dict[str, str]) -> str:
    from forms.exchange.values import title_of

    taken = [f"« {label} » : {title_of(target)}" for target, label in guess.items()]
    left = [f"« {label} »" for label in headings if label not in guess.values()]
    return f"Colonnes : {', '.join(taken)}{' ; laissées : ' if left else ''}{', '.join(left)}."
