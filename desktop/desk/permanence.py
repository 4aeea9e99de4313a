"""The day's settings (place, day, convention, employer) and the new dossier that they fill."""

from __future__ import annotations

import datetime as dt
import secrets

from pydantic import Field, ValidationError

from forms.dossier.model import SPECIMEN, Acknowledgements, Consents, Dossier, Employer, Value
from forms.dossier.references import LETTERS
from forms.dossier.scalars import Date, Text
from forms.exchange.prefill import begun

SETTING = "permanence"
"""The key of the drafts' settings under which it is kept."""

_SAID_AGAIN = ("request.", "documents", "acknowledgements", "consents")


class Permanence(Value):
    """What is set once and fills each new dossier.

    ``day`` holds on the day on which it was said (``said_on``): on any other it is that day's date again, so that no
    bulletin is dated from last week's permanence.
    """

    place: Text = None
    day: Date = None
    said_on: Date = None
    convention: Text = None
    employer: Employer = Field(default=Employer())

    def day_on(self, today: dt.date) -> dt.date:
        """Give the day of this permanence."""
        return self.day if self.day is not None and self.said_on == today else today

    def where(self) -> str:
        """Give what the permanence is called by: the employer, else the place."""
        return self.employer.name or self.place or "Permanence"


def read(kept: object) -> Permanence | None:
    """Give the permanence of a setting; ``None`` when there is none yet, or when it cannot be read any more."""
    try:
        return Permanence.model_validate_json(kept) if isinstance(kept, str) else None
    except ValidationError:
        return None


def written(permanence: Permanence) -> str:
    """Give what is kept of a permanence."""
    return permanence.model_dump_json(exclude_defaults=True)


def new_reference(*, specimen: bool = False) -> str:
    """Draw a reference, ``7K3M-Q2XD``: 40 random bits, said and typed without mistaking a letter for a figure.

    Those of the practice are ``SPEC-Q2XD``, and no other begins so.
    """
    while True:
        letters = "".join(secrets.choice(LETTERS) for _ in range(8))
        reference = f"{SPECIMEN if specimen else f'{letters[:4]}-'}{letters[4:]}"
        if reference.startswith(SPECIMEN) == specimen:
            return reference


def new_dossier(permanence: Permanence, reference: str, today: dt.date) -> Dossier:
    """Give a new dossier, filled with what the permanence says; the rest is not known."""
    day = permanence.day_on(today)
    return begun(permanence.convention, permanence.employer, day, reference, permanence.place)


def blank_dossier(permanence: Permanence | None, reference: str, convention: str | None) -> Dossier:
    """Give the dossier of a bulletin that was filled by hand under its number: the paper says its day and its place.

    The employer of the permanence is filled in where the bulletin is of its convention.
    """
    here = permanence if permanence is not None and permanence.convention == convention else Permanence()
    return begun(convention, here.employer, None, reference)


def foreign(reference: str, *, practice: bool) -> str:
    """Say why a reference does not enter here: what is of the practice stays there, and the reverse; else nothing."""
    if reference.startswith(SPECIMEN) and not practice:
        return f"{reference} est un dossier d’entraînement : il n’entre pas parmi les vrais."
    if practice and not reference.startswith(SPECIMEN):
        return f"{reference} n’est pas un dossier d’entraînement : ici, les numéros commencent par {SPECIMEN}."
    return ""


def copied(dossier: Dossier, reference: str, day: dt.date) -> Dossier:
    """Give a dossier begun again from another: the same people and employer, another reference and day of signing.

    What was signed, received, handed over, consented to or seen belongs to the other: it is to be said again.
    """
    again = {"signed_on": day, "received_on": None, "effective_on": None, "current_month": False}
    return dossier.model_copy(
        update={
            "reference": reference,
            "request": dossier.request.model_copy(update=again),
            "documents": (),
            "acknowledgements": Acknowledgements(),
            "consents": Consents(),
            "unread": {path: text for path, text in dossier.unread.items() if not path.startswith(_SAID_AGAIN)},
        }
    )
