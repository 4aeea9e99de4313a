"""A draft as it is kept: the dossier, and where the user was in it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast, get_args

from forms.dossier.reading import dossier_from_json, dossier_to_json
from forms.dossier.states import State
from forms.faults import Fault
from forms.french import fold

if TYPE_CHECKING:
    from forms.dossier.model import Dossier

Row = dict[str, Any]

COLUMNS = (
    "reference",
    "convention",
    "edition",
    "state",
    "step",
    "field",
    "version",
    "created_at",
    "saved_at",
    "folded",
    "dossier",
    "confirmed_at",
)
"""Those of a draft's row; the reference is its key."""


@dataclass(frozen=True)
class Draft:
    """One dossier as kept.

    ``edition`` is the hash of the convention that it was last judged with ("" before there is one),
    ``step`` and ``field`` (a dotted path) where the user was, ``version`` the number of the printed version
    being made, from 1, ``confirmed_at`` when its transfer was known to have arrived. The times know their zone; the
    store gives them back in UTC. The ``repr`` of a draft says nothing of people.
    """

    reference: str
    dossier: Dossier = dataclasses.field(repr=False)
    edition: str
    state: State
    step: str
    field: str
    version: int
    created_at: dt.datetime
    saved_at: dt.datetime
    confirmed_at: dt.datetime | None = None


@dataclass(frozen=True)
class DamagedDraft:
    """A draft that is there and cannot be read: the list shows it, with the reason."""

    reference: str
    fault: Fault


def to_row(draft: Draft) -> Row:
    """Give the row of a draft."""
    member = draft.dossier.member
    named = (member.birth_name, member.used_name, member.first_name, member.staff_number, draft.reference)
    return {
        "reference": draft.reference,
        "convention": draft.dossier.convention,
        "edition": draft.edition,
        "state": draft.state,
        "step": draft.step,
        "field": draft.field,
        "version": draft.version,
        "created_at": written(draft.created_at),
        "saved_at": written(draft.saved_at),
        "folded": fold(" ".join(text for text in named if text)),
        "dossier": dossier_to_json(draft.dossier),
        "confirmed_at": draft.confirmed_at and written(draft.confirmed_at),
    }


def from_row(row: Row) -> Draft:
    """Give the draft of a row.

    Raises:
        Fault: something in the row cannot be read; the line names the reference.
    """
    reference = str(row["reference"])
    try:
        return Draft(
            reference=reference,
            dossier=dossier_from_json(row["dossier"]),
            edition=row["edition"],
            state=_state(row["state"]),
            step=row["step"],
            field=row["field"],
            version=row["version"],
            created_at=dt.datetime.fromisoformat(row["created_at"]),
            saved_at=dt.datetime.fromisoformat(row["saved_at"]),
            confirmed_at=row["confirmed_at"] and dt.datetime.fromisoformat(row["confirmed_at"]),
        )
    except Fault as fault:
        raise Fault(f"Le brouillon {reference} ne peut pas être lu : {fault}") from fault
    except (TypeError, ValueError) as error:
        raise Fault(f"Le brouillon {reference} ne peut pas être lu : il est abîmé.") from error


def _state(text: str) -> State:
    if text not in get_args(State):
        raise Fault(f"état inconnu « {text} ».")
    return cast("State", text)


def written(when: dt.datetime) -> str:
    """Give a time as kept: UTC, to the microsecond, so that the texts sort as the times do."""
    if when.tzinfo is None:
        raise ValueError("a time without a zone")
    return when.astimezone(dt.UTC).isoformat(timespec="microseconds")
