"""The verbs of exchange: the employer's list, transfer files."""

from __future__ import annotations

from pathlib import Path

from forms.commands.options import add_json, add_today
from forms.commands.run import OK, REFUSED, Adding, Run, show


def add(to: Adding) -> None:
    """Add the verbs."""
    agents = to.verb("roster", roster, "ce que ferait l’import d’une liste d’agents ; rien n’est écrit")
    agents.add_argument("file", metavar="LISTE", help="la liste de la collectivité : XLSX ou CSV")
    add_today(agents)
    add_json(agents)


def roster(run: Run) -> int:
    """Say what importing the employer's list of agents would do, row by row; nothing is written."""
    from forms.exchange.commands import run_dry
    from forms.exchange.written import report_json, report_lines

    listed, mapping, report = run_dry(Path(run.options.file), {}, run.today)
    if run.options.json:
        show(report_json(listed, mapping, report))
    else:
        print("\n".join(report_lines(listed, mapping, report)))
    return REFUSED if any(row.outcome == "refused" for row in report.rows) else OK
