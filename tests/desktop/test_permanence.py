"""The day's settings as a value: the day that never grows old, what is kept of them, the references that are drawn."""

from __future__ import annotations

import datetime as dt

from desktop.desk.permanence import Permanence, new_reference, read, written
from forms.dossier.model import Dossier
from tests.desktop.conftest import TODAY


def test_an_old_day_is_never_kept(permanence: Permanence) -> None:
    """A permanence said last week dates nothing from last week; one that is said today holds."""
    moved = permanence.model_copy(update={"day": dt.date(2026, 2, 5)})
    assert moved.day_on(TODAY) == dt.date(2026, 2, 5)
    assert moved.day_on(dt.date(2026, 2, 10)) == dt.date(2026, 2, 10)


def test_settings_survive_their_writing(permanence: Permanence) -> None:
    """What is kept is read back equal; what cannot be read is as if never set."""
    assert read(written(permanence)) == permanence
    assert read(written(Permanence())) == Permanence()
    assert [read(None), read("{"), read('{"unknown": 1}'), read(3)] == [None] * 4


def test_references_are_those_of_the_contract() -> None:
    """Each is drawn anew, of letters that cannot be mistaken, and accepted by the model."""
    drawn = {new_reference() for _ in range(200)}
    assert len(drawn) == 200
    assert all(Dossier(reference=one).reference == one for one in drawn)
    assert not set("".join(drawn)) & set("ILOU")
