"""The same person in two dossiers: said quietly, compared side by side, decided, never shown to who should not see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea

from desktop.day.compare_dialog import CompareDialog
from desktop.day.pairs_page import PairsPage
from desktop.day.side_by_side import DIFFERENT, HIDDEN, NOT_HERE, SAME
from desktop.practice import dossiers
from desktop.widgets.dialogs import Dialog
from desktop.widgets.style import px
from forms.dossier.paths import edited
from forms.drafts import duplicates, journal
from forms.drafts.draft import Draft
from forms.drafts.duplicates import Decision
from tests.desktop.conftest import NOW, TODAY, write
from tests.desktop.test_home import dialog, press
from tests.desktop.test_names import nameless
from tests.desktop.test_purge_page import ask

if TYPE_CHECKING:
    from desktop.widgets.style import Style
    from desktop.wizard.view import WizardView
    from forms.drafts.store import DraftStore
    from tests.desktop.conftest import Desktop

FAMILY = next(one for one in dossiers(TODAY) if one.beneficiaries)
OTHER, MINE = "4T8N-W1KB", "7K3M-Q2XD"
SECRET = "cousine Ramona"


def draft(reference: str, **changes: object) -> Draft:
    """Give the invented family under a reference, with other answers at dotted paths."""
    dossier = FAMILY.model_copy(update={"reference": reference})
    for path, value in changes.items():
        dossier = edited(dossier, path.replace("__", "."), value)
    return Draft(reference, dossier, "", "draft", "", "", 1, NOW, NOW - dt.timedelta(days=1))


@pytest.fixture
def twice(opened: Desktop) -> Desktop:
    """Give the family in two dossiers, a phone and a used name apart."""

    def keep(store: DraftStore) -> None:
        store.save(draft(OTHER, member__used_name="Autrenom", member__phone="06 00 00 00 01"))
        store.save(draft(MINE, member__used_name=None))

    ask(opened, keep)
    return opened


def wizard(desktop: Desktop, reference: str = MINE) -> WizardView:
    """Open a dossier, and give its wizard."""
    desktop.desk.open(reference)
    desktop.wait(lambda: desktop.window.wizard is not None)
    assert desktop.window.wizard is not None
    return desktop.window.wizard


def compare(desktop: Desktop, view: WizardView) -> CompareDialog:
    """Press "Comparer" under the page, and give what opens."""
    desktop.wait(lambda: bool(view.remarks.text(OTHER)))
    next(b for b in view.remarks.findChildren(QPushButton) if b.text() == "Comparer").click()
    desktop.wait(lambda: bool(desktop.window.findChildren(CompareDialog)))
    shown = desktop.window.findChildren(CompareDialog)[-1]
    desktop.front(shown)
    return shown


def said(shown: CompareDialog) -> dict[str, tuple[str, str, str]]:
    """Give the lines of the comparison by title, those of the people after those of the dossiers."""
    return {line.title: (line.here, line.there, line.word) for part in shown.sections for line in part.lines}


def texts(shown: CompareDialog) -> str:
    """Give every word on screen, and those for screen readers."""
    labels = shown.findChildren(QLabel)
    return "\n".join([*(one.text() for one in labels), *(one.accessibleName() for one in shown.findChildren(QLabel))])


def test_it_is_said_when_the_dossier_is_opened(twice: Desktop) -> None:
    """One line for the other dossier, with no name of it; put off, it does not come back by itself."""
    view = wizard(twice)
    twice.wait(lambda: bool(view.remarks.text(OTHER)))
    line = view.remarks.text(OTHER)
    assert line.endswith(f"dans le dossier {OTHER}.")
    assert "Autrenom" not in line
    next(b for b in view.remarks.findChildren(QPushButton) if b.text() == "Plus tard").click()
    twice.wait(lambda: not view.remarks.text(OTHER))
    view.go("summary")
    view.go("contract")
    assert twice.desk.flush()
    assert not view.remarks.text(OTHER)


def test_never_while_one_types(twice: Desktop) -> None:
    """A name that makes it the same person says nothing until its field is left; corrected, the line goes."""
    twice.window.begin()
    twice.wait(lambda: twice.window.wizard is not None)
    view = twice.window.wizard
    assert view is not None
    session = view.session
    member = FAMILY.member
    session.edit("member.birth_date", member.birth_date)
    session.type("member.birth_name", member.birth_name or "")
    view.go("contract", "member.first_name")
    field = view.page.field("member.first_name")
    assert field is not None
    twice.wait(lambda: field.isAncestorOf(QApplication.focusWidget() or twice.window))
    write(member.first_name or "")
    assert twice.desk.flush()
    assert session.dossier.member.first_name == member.first_name
    assert not view.remarks.isVisible()
    twice.key(Qt.Key.Key_Tab)
    twice.wait(lambda: bool(view.remarks.text(OTHER)))
    view.go("contract", "member.first_name")
    write("xx")
    assert view.remarks.text(OTHER)
    twice.key(Qt.Key.Key_Tab)
    twice.wait(lambda: not view.remarks.text(OTHER))


def test_side_by_side_in_words(twice: Desktop) -> None:
    """What differs says so in a word; every control has a name; the dossier on the left is the one on the table."""
    shown = compare(twice, wizard(twice))
    lines = said(shown)
    assert lines["Nom de naissance"][2] == SAME
    assert lines["Nom d’usage"] == ("", "Autrenom", NOT_HERE)
    assert lines["Adhérent"][2] == DIFFERENT
    assert DIFFERENT in texts(shown)
    assert nameless(shown) == []
    assert f"Ce dossier, {MINE}" in texts(shown)
    buttons = {one.accessibleName() for one in shown.findChildren(QPushButton)}
    assert {f"Ouvrir le dossier {OTHER}", f"Supprimer le dossier {MINE}"} <= buttons
    assert f"Supprimer le dossier {OTHER}" not in buttons
    shown.reject()


def test_a_choice_needs_its_reason_and_is_kept(twice: Desktop) -> None:
    """Without one nothing is kept; with it the line goes, from both sides, and the journal says no word of it."""
    view = wizard(twice)
    shown = compare(twice, view)
    shown.both.click()
    assert "Dites pourquoi" in shown.reason.message
    write(SECRET)
    assert shown.reason.text == SECRET
    shown.other.click()
    twice.wait(lambda: not view.remarks.text(OTHER))
    found = ask(twice, lambda store: duplicates.of(store, store.load(OTHER)))
    assert isinstance(found, tuple)
    assert {one.decision.choice for one in found} == {"different_people"}
    assert {one.decision.reason for one in found} == {SECRET}
    noted = ask(twice, lambda store: [entry.detail for entry in journal.entries(store.database, kind="decided")])
    assert SECRET not in str(noted)
    view.left.emit()
    again = wizard(twice)
    assert twice.desk.flush()
    assert not again.remarks.text(OTHER)


def test_turned_nothing_of_anyone_else_is_shown(twice: Desktop) -> None:
    """F8 before or in the comparison: the other's own answers and every NIR are hidden, on screen and when read out."""
    view = wizard(twice)
    twice.window.turn()
    shown = compare(twice, view)
    nir = FAMILY.member.nir or ""
    assert nir
    assert "Autrenom" not in texts(shown) + shown._scroll.accessibleName()
    assert nir[:5] not in texts(shown).replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    assert said(shown)["Nom d’usage"][1] == HIDDEN
    assert said(shown)["N° de Sécurité sociale"][:2] == (HIDDEN, HIDDEN)
    assert shown.note.isVisible()
    twice.key(Qt.Key.Key_F8)
    assert "Autrenom" in texts(shown)
    assert not twice.window.masked
    twice.key(Qt.Key.Key_F8)
    QApplication.sendPostedEvents()
    assert twice.window.masked
    assert said(shown)["Nom d’usage"][1] == HIDDEN
    shown.reject()
    twice.window.turn()


def test_turned_from_what_stands_over_it(twice: Desktop) -> None:
    """F8 in a question over the comparison hides what is behind it as well; both turn together from then on."""
    shown = compare(twice, wizard(twice))
    next(b for b in shown.findChildren(QPushButton) if b.text() == "Supprimer").click()
    twice.front(next(one for one in shown.findChildren(Dialog) if one.isVisible()))
    twice.key(Qt.Key.Key_F8)
    assert (twice.window.masked, shown.masked) == (True, True)
    assert said(shown)["Nom d’usage"][1] == HIDDEN
    twice.key(Qt.Key.Key_Escape)
    twice.front(shown)
    twice.key(Qt.Key.Key_F8)
    assert (twice.window.masked, shown.masked) == (False, False)
    shown.reject()


def test_the_other_one_is_opened(twice: Desktop) -> None:
    """It takes the table; what was said of this one is kept."""
    shown = compare(twice, wizard(twice))
    next(b for b in shown.findChildren(QPushButton) if b.text() == "Ouvrir").click()
    twice.wait(lambda: twice.desk.draft is not None and twice.desk.draft.reference == OTHER)


def test_this_one_is_deleted_and_comes_back_as_it_was(twice: Desktop) -> None:
    """Asked first; back in the list, "Remettre" puts it back: its date did not move, the journal says both."""
    before = ask(twice, lambda store: store.load(MINE))
    shown = compare(twice, wizard(twice))
    next(b for b in shown.findChildren(QPushButton) if b.text() == "Supprimer").click()
    asked = next(one for one in shown.findChildren(Dialog) if one.isVisible())
    press(asked, "Supprimer")
    twice.wait(twice.home.undo.isVisible)
    assert twice.window.stack.currentWidget() is twice.home
    twice.home.undo.click()
    assert isinstance(before, Draft)

    def is_back() -> bool:
        found = ask(twice, lambda store: [one for one in store.recent() if one.reference == MINE])
        return found == [replace(before, step="before")] or found == [before]

    twice.wait(is_back)
    kinds = ask(twice, lambda store: [entry.kind for entry in store.noted(MINE)])
    assert isinstance(kinds, list)
    assert kinds[-2:] == ["deleted", "restored"]


def page(desktop: Desktop) -> PairsPage:
    """Open the page of all pairs, and give it once it has looked."""
    desktop.home.action_asked.emit("pairs")
    shown = desktop.window.stack.currentWidget()
    assert isinstance(shown, PairsPage)
    desktop.wait(shown.heading.isVisible)
    return shown


def test_all_of_them_are_listed_and_decided(twice: Desktop) -> None:
    """Each pair once; Enter compares it; decided, it leaves the list; deleted, it can be put back there."""
    ask(twice, lambda store: store.save(draft("9X2B-77QA")))
    shown = page(twice)
    assert shown.heading.text() == "3 doublons sans choix"
    shown.table.setFocus()
    twice.key(Qt.Key.Key_Return)
    twice.wait(lambda: bool(twice.window.findChildren(CompareDialog)))
    asked = twice.window.findChildren(CompareDialog)[-1]
    assert {f"{words} le dossier {one}" for one in (OTHER, MINE) for words in ("Ouvrir", "Supprimer")} <= {
        one.accessibleName() for one in asked.findChildren(QPushButton)
    }
    asked.reason.line.setText(SECRET)
    asked.both.click()
    twice.wait(lambda: shown.heading.text() == "2 doublons sans choix")
    shown._delete("9X2B-77QA")
    assert shown.heading.text() == "Aucun doublon sans choix"
    twice.wait(lambda: bool(shown.remarks.text("undo")))
    next(b for b in shown.remarks.findChildren(QPushButton) if b.text() == "Remettre").click()
    twice.wait(lambda: shown.heading.text() == "2 doublons sans choix")
    shown.left.emit()
    twice.wait(lambda: twice.window.stack.currentWidget() is twice.home)


def test_at_200_per_cent_nothing_of_a_pair_is_cut(twice: Desktop, style: Style) -> None:
    """Long names on a small screen: each cell's words stand whole in its row, and the row that is chosen in sight."""
    long = draft("9X2B-77QA", member__used_name="de la Villardière-Montcornet")
    ask(twice, lambda store: store.save(long))
    twice.window.resize(1366, 768)
    style.zoom_to(200)
    table = page(twice).table
    twice.wait(lambda: len(table.rows) == 3)
    area = page_area(twice)
    written, room = table.fontMetrics(), area.viewport()
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            wide = table.columnWidth(column) - px(16)
            box = written.boundingRect(QRect(0, 0, wide, 10_000), Qt.TextFlag.TextWordWrap, text)
            assert box.width() <= wide, text
            assert box.height() < table.rowHeight(row), text
    for name in table.texts.headers:
        assert written.horizontalAdvance(name) + px(20) < table.columnWidth(table.texts.headers.index(name))
    table.setFocus()
    for row in (1, 2):
        twice.key(Qt.Key.Key_Down)
        assert table.currentIndex().row() == row
        box = table.visualRect(table.currentIndex())
        top, bottom = (table.viewport().mapTo(room, place).y() for place in (box.topLeft(), box.bottomLeft()))
        assert 0 <= top < bottom <= room.height()


def page_area(desktop: Desktop) -> QScrollArea:
    """Give what scrolls the page on screen."""
    shown = desktop.window.stack.currentWidget()
    assert isinstance(shown, PairsPage)
    return shown.area


def test_the_search_can_be_stopped(twice: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found so far is listed, and what was not looked at is said."""
    monkeypatch.setattr("forms.drafts.pairs.STEP", 1)
    ask(twice, lambda store: store.save(draft("9X2B-77QA")))
    twice.home.action_asked.emit("pairs")
    shown = twice.window.stack.currentWidget()
    assert isinstance(shown, PairsPage)
    assert shown.running.isVisible()
    shown.running.cancel.click()
    twice.wait(shown.heading.isVisible)
    assert shown.heading.text() == "Aucun doublon sans choix, 3 pas encore regardés"


def test_a_damaged_one_keeps_no_one_from_the_rest(twice: Desktop) -> None:
    """Gone between the line and "Comparer": one line, no traceback."""
    view = wizard(twice)
    twice.wait(lambda: bool(view.remarks.text(OTHER)))
    ask(twice, lambda store: store.delete(OTHER, NOW))
    next(b for b in view.remarks.findChildren(QPushButton) if b.text() == "Comparer").click()
    told = dialog(twice)
    assert OTHER in told.windowTitle()
    told.reject()


def test_a_choice_of_before_stays_silent(twice: Desktop) -> None:
    """Decided on another day, it is not said again when the dossier is opened."""

    def decide(store: DraftStore) -> None:
        mine = store.load(MINE)
        for one in duplicates.of(store, mine):
            duplicates.decide(store, mine, one, Decision("both_stay", "Refait", NOW))

    ask(twice, decide)
    view = wizard(twice)
    ask(twice, lambda _store: None)
    ask(twice, lambda _store: None)
    assert not view.remarks.isVisible()
    assert page_is_empty(twice, view)


def page_is_empty(desktop: Desktop, view: WizardView) -> bool:
    """Leave the dossier, and say whether the list of all pairs is empty."""
    view.left.emit()
    desktop.wait(lambda: desktop.window.stack.currentWidget() is desktop.home)
    return page(desktop).heading.text() == "Aucun doublon sans choix"
