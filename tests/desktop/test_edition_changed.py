"""A draft of another edition: what changes is said in euros and in date, the advisor chooses, nothing is silent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from desktop.practice import dossiers
from desktop.table.edition_dialog import EditionDialog, compared, newly_blocking
from forms.assessment import assess
from forms.dossier.states import State
from forms.drafts import editions
from forms.drafts.draft import Draft
from tests.desktop.conftest import NOW, TODAY
from tests.making import cdg62, former_edition

if TYPE_CHECKING:
    from pathlib import Path

    from forms.convention import Convention
    from tests.desktop.conftest import Desktop


@pytest.fixture
def former(tmp_path: Path) -> Convention:
    """Give an invented edition that came before the one in force."""
    return former_edition(tmp_path)


def keep(desktop: Desktop, former: Convention, state: State = "draft", *, at_hand: bool = True) -> str:
    """Keep a family judged by the former edition, and that edition too unless it is not at hand."""
    family = dossiers(TODAY)[1].model_copy(update={"reference": "4T8N-W1KB"})
    desktop.desk.restore(Draft("4T8N-W1KB", family, former.fingerprint, state, "", "", 1, NOW, NOW))
    if at_hand:
        desktop.desk._keeping.ask(lambda store: editions.keep(store, former.folder, former, NOW))
    assert desktop.desk.flush()
    return "4T8N-W1KB"


def asked(desktop: Desktop, reference: str) -> EditionDialog:
    """Open the draft, and give the question that comes first."""
    desktop.desk.open(reference)
    desktop.wait(lambda: desktop.window.findChild(EditionDialog) is not None)
    found = desktop.window.findChild(EditionDialog)
    assert found is not None
    assert desktop.window.wizard is None
    return found


def stored(desktop: Desktop, reference: str) -> Draft:
    """Give the draft as it is kept."""
    found: list[Draft] = []
    desktop.desk._keeping.ask(lambda store: store.load(reference), found.append)
    desktop.wait(lambda: bool(found))
    return found[0]


def test_what_changes_is_in_euros_and_in_date(opened: Desktop, former: Convention) -> None:
    """Two adults at 49,88 € in place of 47,10 €: 5,56 € more a month, and the same date."""
    dialog = asked(opened, keep(opened, former))
    price, year, day = dialog.lines
    assert (price.before, price.after, price.by) == ("131,22\u00a0€", "136,78\u00a0€", "5,56\u00a0€ de plus")
    assert year.by == "66,72\u00a0€ de plus"
    assert (day.before, day.after, day.by) == ("1er avril 2026", "1er avril 2026", "")
    assert "131,22" in dialog.accessibleDescription()


def test_going_on_takes_the_edition_in_force(opened: Desktop, former: Convention) -> None:
    """The draft is judged by it from then on, and is not asked about again."""
    reference = keep(opened, former)
    asked(opened, reference).accept()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.flush()
    kept = stored(opened, reference)
    assert kept.edition == opened.desk.conventions["cdg62-mnt"].fingerprint
    assert (kept.state, kept.version) == ("draft", 1)
    opened.window.go_home()
    opened.desk.open(reference)
    opened.wait(lambda: opened.window.wizard is not None)


def test_turning_back_changes_nothing(opened: Desktop, former: Convention) -> None:
    """The draft stays as it was, and is asked about at its next opening."""
    reference = keep(opened, former)
    before = stored(opened, reference)
    asked(opened, reference).reject()
    assert opened.desk.draft is None
    assert stored(opened, reference) == before


def test_what_is_on_paper_begins_another_version(opened: Desktop, former: Convention) -> None:
    """The printed version stays that of the former edition, and the dialogue says so."""
    reference = keep(opened, former, "printed")
    dialog = asked(opened, reference)
    assert "version 2" in dialog.accessibleDescription()
    dialog.accept()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.flush()
    assert stored(opened, reference).version == 2
    assert stored(opened, reference).state != "printed"


def test_an_edition_that_is_not_at_hand_is_said(opened: Desktop, former: Convention) -> None:
    """Only today's answer is known, and that is what is shown."""
    dialog = asked(opened, keep(opened, former, at_hand=False))
    assert [line.before for line in dialog.lines] == ["", "", ""]
    assert dialog.lines[0].after == "136,78\u00a0€"
    assert "pas sur cet ordinateur" in dialog.accessibleDescription()


def test_the_edition_of_an_open_dossier_is_kept(opened: Desktop) -> None:
    """So that after an update its answer can still be worked out."""
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    found: list[tuple[tuple[str, str, str], ...]] = []
    opened.desk._keeping.ask(editions.known, found.append)
    opened.wait(lambda: bool(found))
    assert [name for _, name, _ in found[0]] == ["cdg62-mnt"]


def test_comparing_the_same_says_that_nothing_changes() -> None:
    """Equal answers differ in nothing; what newly blocks is told apart from what blocked before."""
    family = dossiers(TODAY)[1]
    found = assess(family, cdg62(), TODAY)
    assert all(line.same and not line.by for line in compared(found, found))
    assert newly_blocking(found, found) == ()
    clear = replace(found, issues=())
    assert newly_blocking(clear, found) == tuple(i for i in found.issues if i.severity == "error") != ()
