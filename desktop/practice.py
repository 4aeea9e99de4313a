"""The practice: a folder and a key of its own, gone when one leaves, and five dossiers of people who do not exist."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from desktop.desk.permanence import Permanence
from forms.dossier.model import Acknowledgements
from forms.dossier.reading import dossier_from_json
from forms.dossier.states import State
from forms.drafts.draft import Draft
from forms.drafts.vault import KEY_BYTES
from forms.resources import resource

if TYPE_CHECKING:
    import datetime as dt

    from desktop.desk.desk import Desk
    from forms.dossier.model import Dossier

PRINTED = "SPEC-0003"
"""The one that is on paper already."""


@dataclass(frozen=True)
class Practice:
    """Where one practises, beside nothing real; once closed no one can read it: its key is kept nowhere."""

    key: bytes = field(default_factory=lambda: secrets.token_bytes(KEY_BYTES), repr=False)
    _whole: TemporaryDirectory[str] = field(
        default_factory=lambda: TemporaryDirectory(prefix="permanence-", ignore_cleanup_errors=True)
    )

    @property
    def folder(self) -> Path:
        """Give the folder of its drafts."""
        return Path(self._whole.name, "drafts")

    def close(self) -> None:
        """Take the folder away."""
        self._whole.cleanup()


def dossiers(today: dt.date) -> tuple[Dossier, ...]:
    """Give the invented dossiers, as if their papers were handed over and they were signed today."""
    files = sorted(resource("practice").glob("*.json"))
    return tuple(_of_today(dossier_from_json(file.read_text(encoding="utf-8")), today) for file in files)


def fill(desk: Desk, today: dt.date, now: dt.datetime) -> None:
    """Put the day's settings and the dossiers on a desk that has none."""
    invented = dossiers(today)
    first = invented[0]
    desk.settle(
        Permanence(
            place=first.request.place, day=today, said_on=today, convention=first.convention, employer=first.employer
        )
    )
    convention = desk.conventions.get(first.convention or "")
    edition = convention.edition if convention else ""
    for dossier in invented:
        reference = dossier.reference or ""
        state: State = "printed" if reference == PRINTED else "draft"
        draft = Draft(reference, dossier, "", state, "", "", 1, now, now)
        desk.restore(draft)
        if state == "printed":
            desk.record(draft, edition, now, b"")


def _of_today(dossier: Dossier, today: dt.date) -> Dossier:
    handed = Acknowledgements(guarantees=today, product_sheet=today, notice=today)
    request = dossier.request.model_copy(update={"signed_on": today})
    return dossier.model_copy(update={"request": request, "acknowledgements": handed})
