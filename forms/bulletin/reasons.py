"""The sheet "Ce qui a été décidé, et pourquoi": each answer of the assessment with its reason and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.assessment.answer import a_year
from forms.bulletin.blocks import who
from forms.bulletin.flow import Column, Flow
from forms.bulletin.papers import name_at
from forms.bulletin.remainder import remainder, unread
from forms.dossier.paths import title_at
from forms.french import amount, long_date, money, plural

if TYPE_CHECKING:
    from forms.assessment.answer import Because, Issue, Line
    from forms.bulletin.marks import Page
    from forms.bulletin.words import Words

TITLE = "Ce qui a été décidé, et pourquoi"
_LEAD = (
    "Chaque montant et chaque date de ce dossier, avec la règle qui les donne et le document qui la contient. "
    "« À confirmer » : aucun document ne le dit, la convention retient ce qui est écrit ici."
)
_PRICES = (
    Column("Personne", 42.0), Column("Âge", 12.0), Column("Tranche", 32.0), Column("€ par mois", 17.0, "right"),
    Column("€ par an", 18.0, "right"), Column("Pourquoi, et d’où cela vient", 65.0),
)  # fmt: skip
_CHANGES = (Column("Ce qui a changé", 62.0), Column("Avant", 62.0), Column("Maintenant", 62.0))
_SOURCE = 7.5
"""Points of where something comes from, under it."""
_SAID = (Column("Qui", 44.0), Column("Ce qui a été dit", 142.0))
_FINDINGS = {"error": "Ce qui bloque", "warning": "Ce qui est à voir", "info": "À savoir"}
_UNREAD = (Column("Où", 100.0), Column("Texte saisi", 86.0))


def reasons_pages(words: Words) -> list[Page]:
    """Give the pages of the sheet, without their foot."""
    flow = Flow(TITLE, who(words))
    flow.begin(_LEAD)
    _changes(flow, words)
    _unread(flow, words)
    _findings(flow, words, "error")
    _effective(flow, words)
    _prices(flow, words)
    _covers(flow, words)
    _assumptions(flow, words)
    _findings(flow, words, "warning")
    _findings(flow, words, "info")
    _said(flow, words)
    return flow.done()


def _changes(flow: Flow, words: Words) -> None:
    """Say of a reprint which version it voids, and what has changed since."""
    old = words.printing.replaces
    if old is None:
        return
    when = f", imprimée le {long_date(old.printed_at.date())}" if old.printed_at else ""
    flow.heading(f"Annule et remplace la version {old.version}", 20.0)
    flow.text(
        f"La version {old.version}{when}, ne vaut plus : rendez-la ou détruisez-la."
        if when
        else f"La version {old.version} ne vaut plus : rendez-la ou détruisez-la."
    )
    if old.changes:
        flow.table(_CHANGES, [(change.title, change.old or "—", change.new or "—") for change in old.changes])
    else:
        flow.text("Aucune réponse n’a changé.")


def _why(because: Because) -> str:
    """Give a reason, under it its source, and what is assumed where it is."""
    text = f"{because.reason}\nSource : {because.source}"
    return f"{text}\nÀ confirmer : {because.assumption}" if because.assumption else text


def _because(flow: Flow, because: Because, *, mark: str = "") -> None:
    flow.text(f"{mark}{because.reason}", 9.0, indent=4.0, after=0.0, follow=_SOURCE)
    source = f"Source : {because.source} ({'à confirmer' if because.assumption else 'écrit'})"
    sure = not because.assumption
    flow.text(source, _SOURCE, second=True, indent=4.0, after=1.4 if sure else 0.2, follow=0.0 if sure else 8.0)
    if because.assumption:
        flow.text(f"À confirmer auprès de l’assureur : {because.assumption}", 8.0, indent=4.0, after=1.4)


def _effective(flow: Flow, words: Words) -> None:
    flow.heading("La date d’effet")
    found = words.assessment.effective_date
    if found is None:
        lacks = [_place(words, path) for path in words.assessment.effective_date_lacks]
        flow.text("La date d’effet n’est pas encore connue.", 10.0, strong=True)
        if lacks:
            flow.text(f"Il manque : {', '.join(lacks)}.", indent=4.0)
        return
    certainty = "à confirmer" if found.certainty == "assumed" else "écrite dans les documents"
    flow.text(f"Premier jour de couverture : {long_date(found.date)} ({certainty})", 10.0, strong=True)
    many = len(found.steps) > 1
    for number, step in enumerate(found.steps, 1):
        _because(flow, step, mark=f"{number}. " if many else "")


def _prices(flow: Flow, words: Words) -> None:
    quote = words.assessment.quote
    formula = words.formula_label(quote.formula)
    flow.heading(f"La cotisation{f', formule {formula}' if formula else ''}", 24.0)
    if quote.on is not None:
        certain = "Estimation, à la date du" if quote.provisional else "Prix à la date d’effet,"
        flow.text(f"{certain} {long_date(quote.on)}.")
    for refusal in quote.refusals:
        flow.text(refusal, strong=True)
    rows = [_price_row(words, line) for line in quote.lines]
    totals = [("Total", quote.total), (f"À la charge de l’{words.member_noun}", quote.net)]
    if words.convention.has_employer:
        totals.insert(1, ("Participation de l’employeur", quote.participation))
    strong = frozenset({len(rows) + len(totals) - 1})
    for name, month in totals:
        taken = name.startswith("Participation")
        sign = "− " if taken and month else ""
        reason = _why(quote.participation_because) if taken and quote.participation_because else ""
        rows.append(
            (
                name,
                "",
                "",
                sign + amount(month) if month is not None else "",
                sign + amount(year) if (year := a_year(month)) is not None else "",
                reason,
            )
        )
    flow.table(_PRICES, rows, strong, together=len(totals), ties=[line.person for line in quote.lines])
    if quote.net is not None and quote.yearly is not None:
        flow.text(f"À payer : {money(quote.net)} par mois, soit {money(quote.yearly)} par an.", 10.0, strong=True)
    for note in quote.notes:
        flow.text(note)


def _price_row(words: Words, line: Line) -> tuple[str, str, str, str, str, str]:
    age = words.assessment.age_of(line)
    reasons = []
    if line.missing:
        reasons.append(f"Il manque : {', '.join(_place(words, path) for path in line.missing)}.")
    if line.note:
        reasons.append(f"{line.note[:1].upper()}{line.note[1:].rstrip('.')}.")
    if line.because:
        reasons.append(_why(line.because))
    return (
        line.label,
        "" if age is None else plural(age, "an"),
        line.band or "",
        "" if line.amount is None else amount(line.amount),
        "" if line.yearly is None else amount(line.yearly),
        " ".join(reasons),
    )


def _covers(flow: Flow, words: Words) -> None:
    old, withdrawal = words.assessment.old_cover, words.assessment.withdrawal
    if old is not None:
        flow.heading("La fin de l’ancien contrat")
        if old.ends_on:
            flow.text(f"Dernier jour de l’ancienne couverture : {long_date(old.ends_on)}", 10.0, strong=True)
        if old.notice_by:
            flow.text(
                f"Dernier jour pour envoyer la demande de résiliation : {long_date(old.notice_by)}", 10.0, strong=True
            )
        if old.because:
            _because(flow, old.because)
    if withdrawal is not None:
        flow.heading("Le droit de renonciation")
        if withdrawal.last_day:
            flow.text(f"Dernier jour pour renoncer : {long_date(withdrawal.last_day)}", 10.0, strong=True)
        _because(flow, withdrawal.because)


def _assumptions(flow: Flow, words: Words) -> None:
    if not words.assessment.assumptions:
        return
    flow.heading("Ce qui est supposé, à confirmer auprès de l’assureur")
    for because in dict.fromkeys(words.assessment.assumptions):
        flow.text(because.assumption or because.reason, 9.0, indent=4.0, after=0.0, follow=_SOURCE)
        flow.text(f"Source : {because.source}", _SOURCE, second=True, indent=4.0, after=1.4)


def _findings(flow: Flow, words: Words, severity: str) -> None:
    # What is assumed has its own part of the sheet: it is not said twice.
    found = [i for i in words.assessment.issues if i.severity == severity and i.code != "to_confirm"]
    if not found:
        return
    flow.heading(f"{_FINDINGS[severity]} ({plural(len(found), 'point')})")
    for issue in found:
        _issue(flow, words, issue)


def _issue(flow: Flow, words: Words, issue: Issue) -> None:
    place = f"{_place(words, issue.path)} : " if issue.path else ""
    if issue.path and issue.message.startswith(title_at(issue.path)):
        place = ""
    sourced = bool(issue.source)
    flow.text(
        f"{place}{issue.message}", 9.0, indent=4.0, after=0.0 if sourced else 1.4, follow=_SOURCE if sourced else 0.0
    )
    if sourced:
        flow.text(f"Source : {issue.source}", _SOURCE, second=True, indent=4.0, after=1.4)


def _said(flow: Flow, words: Words) -> None:
    said: dict[str, list[str]] = {}
    for owner, title, answer in remainder(words.dossier, words.convention):
        said.setdefault(owner, []).append(f"{title} : {answer}")
    if said:
        flow.heading("Ce qui a été dit aussi, et n’a pas de case sur le bulletin", 20.0)
        flow.table(_SAID, [(name_at(words, owner), " · ".join(answers)) for owner, answers in said.items()])


def _unread(flow: Flow, words: Words) -> None:
    texts = unread(words.dossier)
    if not texts:
        return
    flow.heading("À relire : ces textes n’ont pas pu être compris, leurs cases sont vides", 20.0)
    flow.table(_UNREAD, [(_place(words, path), text) for path, text in texts])


def _place(words: Words, path: str) -> str:
    """Give a field's title, with whose it is where that is a beneficiary."""
    parts = path.split(".")
    if parts[0] != "beneficiaries" or len(parts) == 1:
        return title_at(path)
    return f"{title_at(path)} ({name_at(words, '.'.join(parts[:2]))})"
