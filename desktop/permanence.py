"""The day's settings (place, day, convention, employer) and the new dossier that they fill."""

from __future__ import annotations

import datetime as dt
import secrets

from pydantic import Field, ValidationError

from forms.dossier.model import Dossier, Employer, PreviousContract, Request, Value
from forms.dossier.scalars import Date, Text

SETTING = "permanence"
"""The key of the drafts' settings under which it is kept."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread on paper


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


def new_reference() -> str:
    """Draw a reference, ``7K3M-Q2XD``: 40 random bits, said and typed without mistaking a letter for a figure."""
    letters = [secrets.choice(_LETTERS) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def new_dossier(permanence: Permanence, reference: str, today: dt.date) -> Dossier:
    """Give a new dossier, filled with what the permanence says; the rest is not known."""
    return Dossier(
        reference=reference,
        convention=permanence.convention,
        employer=permanence.employer,
        request=Request(
            signed_on=permanence.day_on(today), received_on=None, place=permanence.place, setting="workplace"
        ),
        # What becomes of an earlier contract is asked of everyone: not known yet, and not "none".
        previous_contract=PreviousContract(cancellation=None),
    )
