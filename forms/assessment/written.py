"""The answers as the command line writes them: JSON for programs, French lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from forms.assessment.answer import Assessment, Calendar, Issue, Line, Quote
from forms.assessment.reimbursement import Reimbursement
from forms.convention.guarantees import Care
from forms.convention.model import Convention
from forms.dossier.labels import label
from forms.dossier.model import Dossier
from forms.dossier.paths import name_of
from forms.french import long_date, money

_SEVERITY = {"error": "Erreur", "warning": "À voir", "info": "À savoir"}


def _cents(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _line_json(line: Line) -> dict[str, Any]:
    because = line.because
    data: dict[str, Any] = {
        "person": line.person,
        "label": line.label,
        "age": line.age,
        "band": line.band,
        "amount": _cents(line.amount),
        "reason": because.reason if because else "",
        "source": because.source if because else "",
        "certainty": because.certainty if because else "stated",
    }
    return data | ({"missing": list(line.missing)} if line.missing else {})


def quote_json(quote: Quote) -> dict[str, Any]:
    """Give ``quote --json`` of one formula; amounts in euros with two places."""
    data: dict[str, Any] = {
        "convention": quote.convention,
        "formula": quote.formula,
        "effective_date": quote.on.isoformat() if quote.on else None,
        "provisional": quote.provisional,
        "lines": [_line_json(line) for line in quote.lines],
        "total": _cents(quote.total),
        "employer_participation": _cents(quote.participation),
        "net": _cents(quote.net),
        "notes": list(quote.notes),
    }
    if quote.missing:
        data["missing"] = list(quote.missing)
    if quote.refusals:
        data["refusals"] = list(quote.refusals)
    return data


def assessment_json(assessment: Assessment) -> dict[str, Any]:
    """Give ``check --json``."""
    day = assessment.effective_date
    return {
        "issues": [
            {"path": i.path, "severity": i.severity, "code": i.code, "message": i.message, "source": i.source}
            for i in assessment.issues
        ],
        "effective_date": day
        and {
            "date": day.date.isoformat(),
            "reason": day.reason,
            "source": day.source,
            "certainty": day.certainty,
        },
        "missing": list(assessment.missing),
        "next": assessment.next,
        "missing_documents": list(assessment.missing_documents),
        "documents_due": [
            {
                "kind": due.kind,
                "person": due.person,
                "why": due.why,
                "by": due.by.isoformat() if due.by else None,
                "state": due.state,
            }
            for due in assessment.documents_due
        ],
        "calendar": _calendar_json(assessment.calendar),
        "printable": assessment.printable,
    }


def _calendar_json(days: Calendar) -> dict[str, Any]:
    dates = {
        "effective_on": days.effective_on,
        "earliest": days.earliest,
        "complete_by": days.complete_by,
        "old_cover_ends_on": days.old_ends_on,
        "notice_by": days.notice_by,
    }
    told = {name: day.isoformat() if day else None for name, day in dates.items()}
    return {**told, "between": days.between or None, "days": days.days}


def convention_json(convention: Convention) -> dict[str, Any]:
    """Give one entry of ``conventions --json``."""
    return {
        "id": convention.id,
        "title": convention.title,
        "edition": convention.edition,
        "starts_on": convention.starts_on.isoformat(),
        "ends_on": convention.ends_on.isoformat() if convention.ends_on else None,
        "formulas": [{"id": formula.id, "label": formula.label} for formula in convention.formulas],
    }


def quote_lines(quote: Quote, convention: Convention) -> Iterator[str]:
    """Give a quote as French lines."""
    formula = convention.formula(quote.formula)
    when = f", au {long_date(quote.on)}" if quote.on else ""
    yield f"{convention.title}, formule {formula.label if formula else quote.formula}{when}"
    for line in quote.lines:
        price = money(line.amount) if line.amount is not None else "à compléter"
        note = ", ".join(part for part in (line.note, line.band or "") if part)
        yield f"  {line.label}{f' ({note})' if note else ''} : {price}"
    if quote.total is not None:
        yield f"Total par mois : {money(quote.total)}"
    if quote.participation is not None:
        yield f"Participation de l’employeur par mois : {money(quote.participation)}"
    if quote.net is not None and quote.yearly is not None:
        yield f"À payer par mois : {money(quote.net)}, soit {money(quote.yearly)} par an"
    yield from quote.notes


def error_lines(assessment: Assessment) -> Iterator[str]:
    """Give what blocks the bulletin, a French line each."""
    yield from (_issue_line(issue) for issue in assessment.issues if issue.severity == "error")


def _issue_line(issue: Issue) -> str:
    place = f" [{issue.path}]" if issue.path else ""
    source = f" ({issue.source})" if issue.source else ""
    return f"{_SEVERITY[issue.severity]}{place} : {issue.message}{source}"


def assessment_lines(assessment: Assessment, dossier: Dossier) -> Iterator[str]:
    """Give the rest of a check as French lines: what to see, the effective date, the papers."""
    yield from (_issue_line(issue) for issue in assessment.issues if issue.severity != "error")
    day = assessment.effective_date
    if day is not None:
        mark = ", à confirmer" if day.certainty == "assumed" else ""
        yield f"Date d’effet : {long_date(day.date)}{mark}. {day.reason}"
    for due in assessment.documents_due:
        state = label("documents.state", due.state)
        yield f"Pièce {state} : {label('documents.kind', due.kind)}, {name_of(dossier, due.person)}. {due.why}"
    yield "Le bulletin peut être imprimé." if assessment.printable else "Le bulletin ne peut pas encore être imprimé."


Worked = list[tuple[Care, tuple[Reimbursement, ...]]]


def reimbursements_json(convention: Convention, worked: Worked) -> dict[str, Any]:
    """Give ``reimburse --json``; amounts in euros with two places."""
    return {
        "convention": convention.id,
        "cares": [
            {
                "id": care.id,
                "label": care.label,
                "guarantee": care.guarantee,
                "price": _cents(care.price),
                "formulas": [
                    {
                        "formula": found.formula,
                        "health_insurance": _cents(found.health),
                        "mutual": _cents(found.mutual),
                        "left": _cents(found.left),
                    }
                    for found in reimbursements
                ],
                "source": care.source,
            }
            for care, reimbursements in worked
        ],
    }


def reimbursement_lines(convention: Convention, worked: Worked) -> Iterator[str]:
    """Give worked cares as French lines."""
    for care, reimbursements in worked:
        yield f"{care.label}, {money(care.price)}"
        for found in reimbursements:
            formula = convention.formula(found.formula)
            yield (
                f"  {formula.label if formula else found.formula} : assurance maladie {money(found.health)}, "
                f"mutuelle {money(found.mutual)}, reste à payer {money(found.left)}"
            )
