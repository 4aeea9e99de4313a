"""What the pages draw: a dossier, what follows from it, and how much of that may be said just now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.dossier.paths import name_of, person_path, title_at
from forms.french import of_name

if TYPE_CHECKING:
    import datetime as dt

    from desktop.desk.session import Past
    from forms.assessment.answer import Ask, Assessment, Issue, Quote
    from forms.convention import Convention
    from forms.dossier.model import Dossier

STEPS: tuple[tuple[str, str], ...] = (
    ("before", "Avant de commencer"),
    ("formula", "Mes garanties"),
    ("contract", "Mes informations contractuelles"),
    ("beneficiaries", "Mes bénéficiaires"),
    ("summary", "Récapitulatif & validation"),
)
"""The steps of the online bulletin, in order, with the titles that it gives them."""
STEP_IDS = tuple(step for step, _ in STEPS)
TITLES = dict(STEPS)
MISSING = "missing"
CALLED = {
    "employer.participation": "Participation par mois",
    "member.status": "Statut de l’agent",
    "payment.bic": "BIC du prélèvement",
    "payment.holder": "Titulaire du compte prélevé",
    "payment.iban": "IBAN du prélèvement",
    "previous_contract.cancellation": "Résiliation de la complémentaire santé actuelle",
    "refund.bic": "BIC des remboursements",
    "refund.holder": "Titulaire du compte remboursé",
    "refund.iban": "IBAN des remboursements",
}
"""What a field is called on the page and in lists, where the model's title leans on the block it stands in."""


@dataclass(frozen=True)
class Scene:
    """One moment of the wizard.

    ``typing`` is the path of the field in which someone is typing ("" for none): nothing new is said meanwhile.
    ``asked`` are the steps of which the user has asked what is missing, or which were left.
    """

    dossier: Dossier
    assessment: Assessment
    convention: Convention
    today: dt.date
    quotes: tuple[Quote, ...] = ()
    typing: str = ""
    heard: frozenset[tuple[str, str]] = frozenset()
    asked: frozenset[str] = frozenset()
    masked: bool = False
    last: Past | None = None
    issues: tuple[Issue, ...] = field(init=False)
    """The issues that may be said now: while a field is typed in, none of its new ones."""

    def __post_init__(self) -> None:
        """Leave out what would speak of a text that is still being typed."""
        said = tuple(
            issue
            for issue in self.assessment.issues
            if issue.path != self.typing or not self.typing or (issue.path, issue.code) in self.heard
        )
        object.__setattr__(self, "issues", said)

    def asks(self, step: str) -> tuple[Ask, ...]:
        """Give what is asked on a step, in screen order."""
        return tuple(ask for ask in self.assessment.asks if ask.step == step)

    def at(self, path: str) -> Issue | None:
        """Give the most severe issue of a field."""
        return next(iter(self.assessment.at(path)), None)

    def step_of(self, path: str) -> str:
        """Give the step on which a path is shown; what is on none is in the summary."""
        for ask in self.assessment.asks:
            if ask.path == path:
                return ask.step
        for ask in self.assessment.asks:
            if path and ask.path.startswith(f"{path}."):
                return ask.step
        head = path.split(".", 1)[0]
        return {"beneficiaries": "beneficiaries", "formula": "formula", "acknowledgements": "before"}.get(
            head, "summary" if head in {"", "documents"} else "contract"
        )

    def blocking(self, step: str = "") -> tuple[Issue, ...]:
        """Give the errors that may be said now, of one step or of all."""
        return tuple(
            issue
            for issue in self.issues
            if issue.severity == "error" and (not step or self.step_of(issue.path) == step)
        )

    def waiting(self) -> tuple[Issue, ...]:
        """Give the warnings that may be said now."""
        return tuple(issue for issue in self.issues if issue.severity == "warning")

    def first_error(self, step: str) -> str:
        """Give the path of a step's first error, in screen order; empty without one."""
        wrong = {issue.path for issue in self.blocking(step)}
        return next((ask.path for ask in self.asks(step) if ask.path in wrong), next(iter(wrong), ""))


def where(dossier: Dossier, path: str) -> str:
    """Give what a path is called in a list: ``N° de Sécurité sociale de Zoé``, ``Matricule``."""
    if not path:
        return ""
    if path in CALLED:
        return CALLED[path]
    owner = person_path(path)
    title = name_of(dossier, path) if owner == path else title_at(path)
    parts = path.split(".")
    if len(parts) > 1 and parts[0] not in {"member", "beneficiaries", "request", "acknowledgements", "consents"}:
        block = title_at(parts[0])
        if block and block.lower() not in title.lower():
            title = f"{title} ({block[:1].lower()}{block[1:]})"
    if owner is None or owner in {"member", path}:
        return title[:1].upper() + title[1:]
    name = name_of(dossier, owner)
    # "de le conjoint" is no French: an unnamed person is named in brackets.
    return f"{title} ({name})" if name.startswith(("l’", "le ", "la ")) else f"{title} {of_name(name)}"


def spoken(issue: Issue) -> str:
    """Give an issue's words without the field's name before them, for the field itself and after its link."""
    head, colon, rest = issue.message.partition(":")  # before it, a space of one kind or another
    if colon and issue.path and head.startswith(title_at(issue.path)):
        rest = rest.strip()
        return rest[:1].upper() + rest[1:]
    return issue.message


def line_of(dossier: Dossier, issue: Issue) -> str:
    """Give an issue as one line of a list: where, then the words of the field."""
    place = where(dossier, issue.path)
    words = spoken(issue)
    return (
        f"{place}\u00a0: {words[:1].lower()}{words[1:]}"
        if place and issue.code == MISSING
        else (f"{place}\u00a0: {words}" if place else words)
    )
