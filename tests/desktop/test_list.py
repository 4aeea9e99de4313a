"""Around the list: a copy of a dossier, what is said of the conventions' folders, columns that give way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop.desk.draft_rows import AGENT, DATE, FORMULA, HEADERS, LEFT, NET, NUMBER, row_of
from desktop.desk.permanence import copied
from desktop.home.at_home import NOTES
from desktop.home.drafts_table import CHIPS
from desktop.practice import dossiers
from desktop.widgets.dialogs import Dialog
from desktop.window import MainWindow
from forms.assessment import assess
from forms.dossier.model import Acknowledgements, Document
from forms.dossier.states import STATES, State
from forms.drafts import vault
from forms.drafts.draft import Draft
from tests.desktop.conftest import NOW, PASSPHRASE, TODAY, Desktop, clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.widgets.style import Style

CTRL = Qt.KeyboardModifier.ControlModifier


def keep_family(desktop: Desktop) -> Draft:
    """Put an invented family in the list, with papers and dates."""
    family = dossiers(TODAY)[1].model_copy(
        update={"reference": "4T8N-W1KB", "documents": (Document(kind="bank_details"),)}
    )
    draft = Draft("4T8N-W1KB", family, "", "printed", "summary", "", 3, NOW, NOW)
    desktop.desk.restore(draft)
    assert desktop.desk.flush()
    desktop.desk.list()
    desktop.wait(lambda: len(desktop.home.model.rows) == 1)
    return draft


def test_a_copy_keeps_the_family_and_begins_again(opened: Desktop) -> None:
    """Ctrl+D: another reference, the same people and employer; dates, papers and state are to be said again."""
    draft = keep_family(opened)
    opened.home.table.setFocus()
    opened.key(Qt.Key.Key_D, CTRL)
    opened.wait(lambda: len(opened.home.model.rows) == 2)
    opened.wait(lambda: opened.home.table.chosen() != draft.reference)
    said = opened.home.notice.text()
    copy = opened.home.table.chosen()
    assert copy is not None
    assert copy in said
    assert "pièces" in said
    found: list[Draft] = []
    opened.desk._keeping.ask(lambda store: store.load(copy), found.append)
    opened.wait(lambda: bool(found))
    dossier = found[0].dossier
    assert (dossier.member, dossier.beneficiaries) == (draft.dossier.member, draft.dossier.beneficiaries)
    assert dossier.employer == draft.dossier.employer
    assert (dossier.request.signed_on, dossier.request.received_on) == (TODAY, None)
    assert (dossier.documents, dossier.acknowledgements) == ((), Acknowledgements())
    assert (found[0].state, found[0].version, found[0].step) == ("draft", 1, "")
    assert dossier.reference == copy
    opened.home.undo.click()
    opened.wait(lambda: [row.reference for row in opened.home.model.rows] == [draft.reference])


def test_a_copy_forgets_only_what_is_said_again() -> None:
    """What could not be read of a date of the request goes with it; of a person, it stays."""
    family = dossiers(TODAY)[1].model_copy(
        update={"unread": {"request.signed_on": "32/01", "member.birth_date": "hier", "documents.0.file": "?"}}
    )
    assert copied(family, "4T8N-W1KB", TODAY).unread == {"member.birth_date": "hier"}


def test_nothing_chosen_nothing_copied(opened: Desktop) -> None:
    """With an empty list, or inside a dossier, Ctrl+D does nothing."""
    opened.window.duplicate()
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    opened.window.duplicate()
    assert opened.home.model.rows == ()


def test_columns_give_way_where_it_is_narrow(opened: Desktop, style: Style) -> None:
    """At 200 % nothing scrolls sideways; what is dropped is in the tool tip and in the words for screen readers."""
    keep_family(opened)
    opened.window.resize(1366, 768)
    table = opened.home.table
    assert not any(table.isColumnHidden(column) for column in range(len(HEADERS)))
    style.zoom_to(200)
    wide = table.viewport().width
    opened.wait(lambda: [column for column in range(len(HEADERS)) if table.isColumnHidden(column)] == [NUMBER, FORMULA])
    opened.wait(lambda: sum(table.columnWidth(column) for column in range(len(HEADERS))) <= wide() + 1)
    assert not table.horizontalScrollBar().isVisible()
    cell = opened.home.model.index(0, AGENT)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "Formule : Essentielle" in cell.data(role)
    style.zoom_to(100)
    opened.wait(lambda: not table.isColumnHidden(NUMBER))
    assert "Formule" not in cell.data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_row_of_another_edition_says_so(opened: Desktop) -> None:
    """A draft is priced by the edition in force, and says so; what is on paper is not priced again."""
    family = dossiers(TODAY)[1]
    states: tuple[State, ...] = ("draft", "printed", "sent")
    rows = {
        state: row_of(Draft("4T8N-W1KB", family, "another", state, "", "", 1, NOW, NOW), opened.desk.conventions, TODAY)
        for state in states
    }
    assert rows["draft"].texts[NET] != "—"
    assert (rows["printed"].texts[NET], rows["printed"].texts[DATE]) == ("—", "—")
    assert rows["draft"].texts[LEFT].startswith("convention changée, ")
    assert rows["printed"].texts[LEFT].startswith("convention changée, ")
    assert rows["sent"].texts[LEFT] == ""


def test_the_same_paper_of_two_people_is_two_papers(opened: Desktop) -> None:
    """The list counts the papers of each person, as the summary, the paper and the closing do."""
    family = dossiers(TODAY)[1].model_copy(update={"documents": ()})
    conventions = opened.desk.conventions
    due = assess(family, conventions[family.convention or ""], TODAY).documents_due
    assert len({paper.kind for paper in due}) < len(due)
    row = row_of(Draft("4T8N-W1KB", family, "", "draft", "", "", 1, NOW, NOW), conventions, TODAY)
    assert row.documents == len(due)
    assert f"{len(due)} pièces" in row.texts[LEFT]


def test_each_state_has_its_chip() -> None:
    """What is on paper and what is sent are told apart from what is not, by a word first."""
    assert set(CHIPS) == set(STATES.values())
    assert len(set(CHIPS.values())) == len(CHIPS)


@pytest.fixture
def with_notes(qtbot: QtBot, style: Style, tmp_path: Path) -> Iterator[Desktop]:
    """Give a window beside whose shipped conventions the user put one that cannot be read."""
    broken = tmp_path / "conventions" / "broken"
    broken.mkdir(parents=True)
    (broken / "convention.toml").write_text("id = ", encoding="utf-8")
    folder = tmp_path / "drafts"
    vault.create(folder, PASSPHRASE)
    window = MainWindow(folder, style, today=lambda: TODAY, now=clock, conventions=(tmp_path / "conventions",))
    qtbot.addWidget(window)
    window.show()
    yield Desktop(window, qtbot)
    if window.desk is not None:
        window.desk.close()


def test_a_broken_convention_is_said_once_and_quietly(with_notes: Desktop, tmp_path: Path) -> None:
    """A line with "Détails"; once read, it is not said again for the same notes; the others all work."""
    key = vault.unlock(tmp_path / "drafts", PASSPHRASE)
    with_notes.open(key)
    remarks = with_notes.home.remarks
    with_notes.wait(lambda: bool(remarks.text(NOTES)))
    assert "1 remarque" in remarks.text(NOTES)
    assert with_notes.window.findChildren(Dialog) == []
    assert "cdg62-mnt" in with_notes.desk.conventions
    assert with_notes.window.at_home is not None
    with_notes.window.at_home._tell_notes()
    told = with_notes.window.findChild(Dialog)
    assert told is not None
    told.accept()
    assert remarks.text(NOTES) == ""
    with_notes.window.lock()
    with_notes.open(key)
    with_notes.qtbot.wait(50)
    assert with_notes.home.remarks.text(NOTES) == ""
