"""The permanence window: settings, a new dossier, the list, the search, deleting, locking; by the keyboard."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.desk.draft_rows import LEFT, NET, STATE, row_of
from desktop.desk.permanence import Permanence, new_dossier, new_reference
from desktop.home.permanence_dialog import PermanenceDialog
from desktop.widgets.dialogs import Dialog
from forms.dossier.identifiers import siret_flaw
from forms.dossier.model import Member
from forms.dossier.states import State
from forms.drafts.draft import DamagedDraft, Draft
from forms.faults import Fault
from tests.desktop.conftest import NOW, PASSPHRASE, TODAY, write

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.desk.listing import Listing
    from desktop.widgets.style import Style
    from tests.desktop.conftest import Desktop

CTRL = Qt.KeyboardModifier.ControlModifier


def a_draft(name: str, permanence: Permanence, state: State = "draft", **member: object) -> Draft:
    """Give a draft of an invented person."""
    reference = new_reference()
    dossier = new_dossier(permanence, reference, TODAY).model_copy(
        update={"member": Member.model_validate({"birth_name": name, **member}), "formula": "essentielle"}
    )
    return Draft(reference, dossier, "", state, "", "", 1, NOW, NOW)


def keep(desktop: Desktop, *drafts: Draft) -> None:
    """Put drafts in the list, the last one on top."""
    for draft in drafts:
        desktop.desk.restore(draft)
        assert desktop.desk.flush()
    desktop.desk.list()
    desktop.wait(lambda: len(desktop.home.model.rows) == len(drafts))


def dialog(desktop: Desktop) -> Dialog:
    """Give the dialogue that is open."""
    desktop.wait(lambda: any(d.isVisible() for d in desktop.window.findChildren(Dialog)))
    shown = next(d for d in desktop.window.findChildren(Dialog) if d.isVisible())
    desktop.front(shown)
    return shown


def press(within: Dialog, text: str) -> None:
    """Press a button of a dialogue by its words."""
    next(b for b in within.findChildren(QPushButton) if b.text() == text).click()


def test_the_day_is_on_the_first_line(opened: Desktop) -> None:
    """Place, day, convention and participation are read at a glance."""
    opened.wait(lambda: "Béthune" in opened.home.title.text())
    assert opened.home.title.text() == "Mairie de Béthune, mardi 3 février 2026"
    assert opened.home.settings.text().startswith("Convention santé CDG 62, MNT · participation 15,00\u00a0€")


def test_a_new_dossier_is_filled_kept_and_reopened(opened: Desktop) -> None:
    """Ctrl+N opens the wizard with the permanence in it; what is typed there is in the list, and comes back."""
    opened.key(Qt.Key.Key_N, CTRL)
    opened.wait(lambda: opened.window.wizard is not None)
    session = opened.desk.session
    assert session is not None
    dossier = session.dossier
    assert dossier.employer.name == "Mairie de Béthune"
    assert (dossier.request.signed_on, dossier.request.received_on) == (TODAY, None)
    assert (dossier.request.place, dossier.request.setting) == ("Béthune", "workplace")
    assert dossier.previous_contract is not None
    assert dossier.previous_contract.cancellation is None
    assert str(dossier.reference) in opened.window.bar.context.toolTip() + opened.window.bar.context.text()
    with opened.qtbot.waitSignal(opened.desk.saved):
        session.type("member.birth_name", "O'Neil & <Fils>")
    assert opened.window.bar.kept.text().startswith("Enregistré à ")
    session.move("contract", "member.birth_name")
    opened.window.wizard.left.emit()  # type: ignore[union-attr]
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    assert opened.home.model.rows[0].texts[0] == "O'Neil & <Fils>"
    opened.home.table.setFocus()
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.session is not None
    assert opened.desk.session.dossier.member.birth_name == "O'Neil & <Fils>"
    assert opened.desk.session.place == ("contract", "member.birth_name")


def test_a_dossier_that_was_only_looked_at_is_not_kept(opened: Desktop) -> None:
    """A new dossier left without a word makes no empty line in the list."""
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    opened.window.wizard.go("contract")  # type: ignore[union-attr]
    opened.window.wizard.left.emit()  # type: ignore[union-attr]
    opened.wait(opened.home.empty.isVisible)
    assert opened.home.model.rows == ()


@pytest.mark.parametrize("state", ["draft", "printed"])
def test_opening_and_leaving_changes_nothing(opened: Desktop, permanence: Permanence, state: State) -> None:
    """A draft that was opened, walked through and left is the same, but for the place: its day too, so its keeping."""
    draft = replace(a_draft("Caron", permanence, state), saved_at=NOW - dt.timedelta(days=40))
    opened.desk._keeping.ask(lambda store: store.save(draft))
    told: list[object] = []
    opened.desk.saved.connect(told.append)
    opened.home.open_asked.emit(draft.reference)
    opened.wait(lambda: opened.window.wizard is not None)
    for step in ("contract", "beneficiaries", "formula"):
        opened.window.wizard.go(step)  # type: ignore[union-attr]
    opened.desk.session.move("contract", "member.birth_name")  # type: ignore[union-attr]
    opened.window.wizard.left.emit()  # type: ignore[union-attr]
    found: list[Draft] = []
    opened.desk._keeping.ask(lambda store: store.load(draft.reference), found.append)
    opened.wait(lambda: bool(found))
    assert found[0] == replace(draft, step="contract", field="member.birth_name")
    assert told == []
    listings: list[Listing] = []
    opened.desk.listed.connect(listings.append)
    opened.desk.list()
    opened.wait(lambda: bool(listings))
    assert (len(listings[0].today), len(listings[0].older)) == (0, 1)


def test_the_list_is_searched_as_one_types(opened: Desktop, permanence: Permanence) -> None:
    """Any part of a name or staff number, accents and case aside; the arrow goes down into the list."""
    keep(
        opened,
        a_draft("Škvorecký", permanence, first_name="Maïa", staff_number="B-0217"),
        a_draft("Wojciechowska", permanence, first_name="Anna"),
    )
    opened.key(Qt.Key.Key_F, CTRL)
    write("vorec")
    opened.wait(lambda: [row.texts[0] for row in opened.home.model.rows] == ["Škvorecký Maïa"])
    assert opened.home.counts.text().startswith("1 dossier trouvé ·")
    opened.home.search.setText("b-02")
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    opened.home.search.setText("zzz")
    opened.wait(opened.home.empty.isVisible)
    assert "Aucun dossier ne répond" in opened.home.empty.text()
    opened.home.search.clear()
    opened.wait(lambda: len(opened.home.model.rows) == 2)
    opened.home.search.setFocus()
    opened.key(Qt.Key.Key_Down)
    assert opened.home.table.hasFocus()


def test_older_dossiers_are_a_step_away(opened: Desktop, permanence: Permanence) -> None:
    """Yesterday's dossiers are counted, shown on demand, and always searched."""
    draft = a_draft("Lheureux", permanence)
    keep(opened, draft)
    opened.window.home.show_drafts([], opened.home.model.rows)  # type: ignore[union-attr]
    assert opened.home.model.rows == ()
    assert opened.home.older.text() == "1 dossier plus ancien"
    opened.home.older.click()
    opened.wait(lambda: len(opened.home.model.rows) == 1)


def test_deleting_asks_and_can_be_undone(opened: Desktop, permanence: Permanence) -> None:
    """Delete asks with "Annuler" under the finger; a deleted dossier comes back as it was."""
    draft = a_draft("Ben Salah", permanence, first_name="Inès")
    keep(opened, draft)
    opened.home.table.setFocus()
    opened.key(Qt.Key.Key_Delete)
    asked = dialog(opened)
    assert "Ben Salah Inès" in asked.accessibleName()
    assert "Ben Salah" not in asked.windowTitle()
    opened.wait(lambda: isinstance(QApplication.focusWidget(), QPushButton))
    assert QApplication.focusWidget().text() == "Annuler"  # type: ignore[union-attr]
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: not opened.window.findChildren(Dialog))
    assert len(opened.home.model.rows) == 1
    opened.front(opened.window)
    opened.home.table.setFocus()
    opened.key(Qt.Key.Key_Delete)
    press(dialog(opened), "Supprimer")
    opened.wait(lambda: not opened.home.model.rows)
    opened.wait(opened.home.undo.isVisible)
    opened.home.undo.click()
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    assert not opened.home.undo.isVisible()


def test_locking_leaves_nothing_on_screen(opened: Desktop, permanence: Permanence) -> None:
    """Ctrl+L puts the gate back, drafts closed; the passphrase opens them again."""
    keep(opened, a_draft("Caron", permanence, first_name="Hervé"))
    opened.key(Qt.Key.Key_L, CTRL)
    window = opened.window
    assert window.stack.currentWidget() is window.gate
    assert (window.desk, window.home, window.wizard) == (None, None, None)
    assert not window.bar.lock.isVisible()
    opened.wait(lambda: QApplication.focusWidget() is not None)
    write(PASSPHRASE)
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: window.home is not None and len(window.home.model.rows) == 1)
    opened.wait(lambda: "Béthune" in opened.home.title.text())


def test_settings_are_read_as_people_write_them(opened: Desktop) -> None:
    """What cannot be read is said at its field and stays there; so is a SIRET that is not right."""
    opened.window.settle()
    shown = dialog(opened)
    assert isinstance(shown, PermanenceDialog)
    for row, text in (
        (shown.name, "Mairie d’Arras"), (shown.siret, "123 456 789 00012"), (shown.joined_on, "32/12/25"),
        (shown.participation, "quinze"), (shown.day, ""),
    ):  # fmt: skip
        row.line.setFocus()
        row.line.selectAll()
        write(text) if text else row.line.clear()
    shown.place.line.setFocus()
    assert shown.siret.message == siret_flaw("12345678900012").message  # type: ignore[union-attr]
    press(shown, "Enregistrer")
    assert shown.isVisible()
    assert "manque" in shown.day.message
    assert "n’existe pas" in shown.joined_on.message
    assert "ne se lit pas" in shown.participation.message
    assert (shown.joined_on.text, shown.participation.text) == ("32/12/25", "quinze")
    assert shown.participation.line.property("state") == "error"
    for row, text in ((shown.day, "4 fév. 26"), (shown.joined_on, "1/1/26"), (shown.participation, "15,5 €")):
        row.line.setText(text)
    press(shown, "Enregistrer")
    assert shown.isVisible(), "its SIRET still stands as typed"
    assert shown.siret.text == "123 456 789 00012"
    shown.siret.line.clear()
    press(shown, "Enregistrer")
    kept = opened.desk.permanence
    assert kept is not None
    assert kept.employer.name == "Mairie d’Arras"
    assert kept.employer.siret is None
    assert str(kept.employer.participation) == "15.50"
    assert (kept.day_on(TODAY), kept.employer.joined_on) == (dt.date(2026, 2, 4), dt.date(2026, 1, 1))
    assert opened.home.title.text() == "Mairie d’Arras, mercredi 4 février 2026"


def test_settings_are_pasted_with_what_stands_around_them(opened: Desktop) -> None:
    """No-break spaces part words, and those around, tabs and line ends are no one's."""
    opened.window.settle()
    shown = dialog(opened)
    assert isinstance(shown, PermanenceDialog)
    opened.front(shown)
    for row, text in ((shown.place, "\t Lens\u00a0Est \n"), (shown.siret, "\u00a0216 209 106\u202f00014\r\n")):
        row.line.setFocus()
        row.line.selectAll()
        QApplication.clipboard().setText(text)
        opened.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(shown, "Enregistrer")
    kept = opened.desk.permanence
    assert kept is not None
    assert (kept.place, kept.employer.siret) == ("Lens Est", "216 209 106 00014")


def test_without_a_permanence_it_is_asked_first(closed: Desktop, opened_key: bytes) -> None:
    """The first "Nouvelle adhésion" asks for the day's settings, then opens the dossier."""
    closed.open(opened_key)
    assert "pas encore réglée" in closed.home.settings.text()
    closed.window.begin()
    shown = dialog(closed)
    assert isinstance(shown, PermanenceDialog)
    shown.name.line.setText("Mairie de Béthune")
    assert shown.convention.currentText() == "à choisir"
    press(shown, "Enregistrer")
    assert shown.chosen_row.message == "Choisissez la convention."
    shown.convention.setCurrentIndex(1)
    press(shown, "Enregistrer")
    closed.wait(lambda: closed.window.wizard is not None)


@pytest.mark.parametrize(
    ("state", "shown", "left"),
    [("draft", "brouillon", "à compléter"), ("printed", "imprimé", "à compléter"), ("sent", "transmis", "")],
)
def test_a_row_says_what_is_left(opened: Desktop, permanence: Permanence, state: State, shown: str, left: str) -> None:
    """The state is a word; what remains is counted; a sent dossier has nothing left."""
    row = row_of(a_draft("Roy", permanence, state), opened.desk.conventions, TODAY)
    assert row.texts[STATE] == shown
    assert left in row.texts[LEFT]
    assert bool(row.texts[LEFT]) == bool(left)
    assert row.texts[NET] == "—"  # the age is not known: no price, and not 0 €


def test_what_cannot_be_opened_is_in_the_list_all_the_same(opened: Desktop, permanence: Permanence) -> None:
    """A damaged draft, or one of a convention that is not here, shows with its reason."""
    damaged = row_of(DamagedDraft("7K3M-Q2XD", Fault("Il est abîmé.")), opened.desk.conventions, TODAY)
    assert (damaged.texts[STATE], damaged.texts[LEFT]) == ("illisible", "Il est abîmé.")
    assert "convention" in row_of(a_draft("Roy", permanence), {}, TODAY).texts[LEFT]


def test_zoom_and_theme_come_back(opened: Desktop, style: Style) -> None:
    """What was chosen under "Affichage" is kept with the drafts, and taken again at the next opening."""
    style.zoom_by(1)
    style.choose("dark")
    opened.window.lock()
    style.zoom_to(100)
    style.choose("light")
    write(PASSPHRASE)
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: (style.chosen, style.zoom) == ("dark", 110))
    style.choose("light")


def test_the_screen_is_turned_with_one_key(opened: Desktop) -> None:
    """F8 masks the numbers and names what it will do next; no answer changes."""
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    session = opened.desk.session
    assert session is not None
    before = session.dossier
    opened.key(Qt.Key.Key_F8)
    assert opened.window.bar.masking.text().startswith("Montrer les numéros")
    opened.key(Qt.Key.Key_F8)
    assert opened.window.bar.masking.text().startswith("Tourner l’écran")
    assert session.dossier is before


@pytest.fixture
def opened_key(folder: Path) -> bytes:
    """Give the key of new drafts."""
    from forms.drafts import vault  # noqa: PLC0415 - patched by _as_new first

    return vault.create(folder, PASSPHRASE)[0]
