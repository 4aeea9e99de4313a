"""The papers to provide, worked out from the answers: seen, attached, missing; for whom, why and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.bulletin.flow import TICKED, Column
from forms.dossier.labels import label
from forms.dossier.paths import full_name, title_at, value_at
from forms.french import long_date, plural

if TYPE_CHECKING:
    from forms.assessment.answer import DocumentDue
    from forms.bulletin.flow import Flow
    from forms.bulletin.words import Words

_MISSING = (
    Column("", 7.0, ticks=True), Column("Pièce", 50.0), Column("Pour", 34.0), Column("Au plus tard le", 26.0),
    Column("Pourquoi", 69.0),
)  # fmt: skip
_GIVEN = (
    Column("", 7.0, ticks=True), Column("Pièce", 50.0), Column("Pour", 34.0), Column("État", 26.0),
    Column("Pourquoi", 69.0),
)  # fmt: skip
_OWN_WILL = "Donnée sans que la convention la demande."


def papers_block(flow: Flow, words: Words) -> None:
    """Write what is still to be given, then what has been."""
    due = words.assessment.documents_due
    missing = [paper for paper in due if paper.state == "missing"]
    if missing:
        flow.heading(f"À donner ({plural(len(missing), 'pièce')})", 20.0)
        flow.table(_MISSING, [_missing(words, paper, _why(paper)) for paper in missing])
    elif due:
        flow.heading("À donner")
        flow.text("Rien ne manque.", 10.0, strong=True)
    rows = _given(words, [paper for paper in due if paper.state != "missing"])
    if rows:
        flow.heading(f"Déjà données ({plural(len(rows), 'pièce')})", 20.0)
        flow.table(_GIVEN, rows)


def slip_block(flow: Flow, words: Words) -> None:
    """Write what is still to be given, and why, for the agent who brings it; no source: it stands in the pack."""
    missing = [paper for paper in words.assessment.documents_due if paper.state == "missing"]
    if missing:
        flow.heading(f"À apporter ({plural(len(missing), 'pièce')})", 20.0)
        flow.table(_MISSING, [_missing(words, paper, paper.why) for paper in missing], size=10.0)
    else:
        flow.heading("À apporter")
        flow.text("Rien ne manque.", 10.0, strong=True)


def _missing(words: Words, paper: DocumentDue, why: str) -> tuple[str, ...]:
    by = long_date(paper.by) if paper.by else ""
    return "", label("documents.0.kind", paper.kind).capitalize(), name_at(words, paper.person), by, why


def _given(words: Words, due: list[DocumentDue]) -> list[tuple[str, ...]]:
    files: dict[tuple[str | None, str], str] = {}
    for given in words.dossier.documents:
        key = (given.kind, given.person)
        files[key] = ", ".join(name for name in (files.get(key, ""), given.file or "") if name)
    rows: list[tuple[str, ...]] = []
    for paper in due:
        state = label("documents.0.state", paper.state)
        file = files.pop((paper.kind, paper.person), "")
        kind = label("documents.0.kind", paper.kind).capitalize()
        rows.append((TICKED, kind, name_at(words, paper.person), f"{state}\n{file}".strip(), _why(paper)))
    for given in words.dossier.documents:
        if (given.kind, given.person) in files:
            kind = label("documents.0.kind", given.kind).capitalize() if given.kind else ""
            file = files.pop((given.kind, given.person))
            state = f"{label('documents.0.state', given.state)}\n{file}".strip()
            rows.append((TICKED, kind, name_at(words, given.person), state, _OWN_WILL))
    return rows


def _why(paper: DocumentDue) -> str:
    return f"{paper.why}\nSource : {paper.source}" if paper.source else paper.why


def name_at(words: Words, owner: str) -> str:
    """Give who a part of the dossier is about."""
    if owner.startswith(("beneficiaries.", "current.beneficiaries.")):
        person = value_at(words.dossier, owner)
        number = int(owner.rsplit(".", 1)[-1]) + 1
        return (full_name(person) if person else "") or f"bénéficiaire n° {number}"
    if owner == "member":
        return full_name(words.dossier.member) or words.member_noun
    return title_at(owner) if owner else "Dossier"
