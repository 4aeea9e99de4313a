"""The rows of the list of drafts: what each says, worked out on the drafts' own thread; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from forms.dossier.states import ON_PAPER, STATES
from forms.french import long_date, money, plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from types import SimpleNamespace

    from forms.assessment import Assessment
    from forms.convention import Convention
    from forms.dossier.model import Member
    from forms.dossier.states import State
    from forms.drafts.draft import DamagedDraft, Draft

HEADERS = ("Agent", "Matricule", "Formule", "Date d’effet", "Par mois, net", "État", "Reste à faire")
AGENT, NUMBER, FORMULA, DATE, NET, STATE, LEFT = range(7)
NONE = "—"
HIDDEN = "•••"
"""Stands for a staff number while the screen is turned to the agent."""
NAMELESS = "Sans nom"
OTHER_EDITION = "convention changée"


class DraftRow(NamedTuple):  # no dataclass: what those import is 1 MB of the first list
    """One row; ``texts`` are its cells in the order of ``HEADERS``."""

    reference: str
    texts: tuple[str, ...]
    saved_at: dt.datetime | None
    printed: bool
    documents: int
    readable: bool = True


def row_of(draft: Draft | DamagedDraft, conventions: Mapping[str, Convention], today: dt.date) -> DraftRow:
    """Give the row of a draft, as it is assessed today; a damaged one says so and cannot be opened."""
    from forms.assessment import assess  # noqa: PLC0415 - the first list is shown before the trade is imported
    from forms.drafts.draft import DamagedDraft  # noqa: PLC0415 - likewise

    if isinstance(draft, DamagedDraft):
        texts = (draft.reference, NONE, NONE, NONE, NONE, "illisible", draft.fault.line)
        return DraftRow(draft.reference, texts, None, printed=False, documents=0, readable=False)
    member = draft.dossier.member
    name, staff = whose(member, draft.reference)
    convention = conventions.get(draft.dossier.convention or "")
    printed = draft.state in ON_PAPER
    if convention is None:
        texts = (name, staff, NONE, NONE, NONE, STATES[draft.state], "convention absente d’ici")
        return DraftRow(draft.reference, texts, draft.saved_at, printed, documents=0, readable=False)
    found = assess(draft.dossier, convention, today)
    formula = convention.formula(draft.dossier.formula)
    state: State = draft.state
    if not printed:
        state = "complete" if found.printable else "draft"
    other = draft.edition not in {"", convention.fingerprint}
    # What another edition printed is not worked out by this one.
    told = not (other and printed)
    left = [OTHER_EDITION] if other and state != "sent" else []
    texts = (
        name,
        staff,
        formula.label if formula else NONE,
        long_date(found.effective_date.date) if told and found.effective_date else NONE,
        money(found.quote.net) if told and found.quote.net is not None else NONE,
        STATES[state],
        ", ".join(part for part in (*left, left_to_do(found, state)) if part),
    )
    return DraftRow(draft.reference, texts, draft.saved_at, printed, found.papers_missing)


def whose(member: Member | SimpleNamespace, reference: str) -> tuple[str, str]:
    """Give the name and the staff number that a row says."""
    name = name_in_list(member)
    if name == NAMELESS:  # a bulletin whose number was typed, and nothing else yet
        name = f"{NAMELESS}, n° {reference}"
    return name, member.staff_number or (_retired(member) if member.category == "retired" else NONE)


def nameless(row: DraftRow) -> DraftRow:
    """Give a row that says nothing of whose dossier it is: only its reference."""
    texts = (f"Dossier {row.reference}", HIDDEN, *row.texts[NUMBER + 1 :])
    return row._replace(texts=texts)


def name_in_list(member: Member | SimpleNamespace) -> str:
    """Give "Delattre-Roy Maïa", the name first as a list is looked through."""
    parts = (member.used_name or member.birth_name, member.first_name)
    return " ".join(" ".join(part.split()) for part in parts if part) or NAMELESS


def left_to_do(found: Assessment, state: State) -> str:
    """Give what is still to be done, in a few words."""
    papers = found.papers_missing
    if state == "sent":
        return ""
    missing = sum(issue.severity == "error" and issue.code == "missing" for issue in found.issues)
    errors = sum(issue.severity == "error" for issue in found.issues) - missing
    parts = [
        *([plural(errors, "erreur")] if errors else []),
        *([f"{missing} à compléter"] if missing else []),
        *([plural(papers, "pièce")] if papers else []),
    ]
    if state == "complete":
        return ", ".join(["à imprimer", *parts])
    return ", ".join(parts) or "à faire signer et transmettre"


def _retired(member: Member | SimpleNamespace) -> str:
    return "retraitée" if member.title == "mme" else "retraité"
