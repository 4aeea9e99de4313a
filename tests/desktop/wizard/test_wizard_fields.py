"""The manners of fields: silent while typed in, speaking when left, never losing a letter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton

from desktop.fields.choice import FlagField, ListField, RadioField, value_shown
from desktop.fields.text import LinesField, TextField
from desktop.wizard.view import WizardView
from forms.dossier.paths import value_at


def line(view: WizardView, path: str) -> TextField:
    """Go to a text field and give it."""
    view.go(view.scene().step_of(path), path)
    field = view.page.field(path)
    assert isinstance(field, TextField)
    return field


def type_in(view: WizardView, path: str, text: str) -> TextField:
    """Go to a field, clear it and type."""
    field = line(view, path)
    field.line.selectAll()
    QTest.keyClicks(field.line, text)
    return field


def test_typing_is_silent_and_leaving_speaks(family: WizardView) -> None:
    """A wrong NIR says nothing until its field is left, then says it and keeps the text, grouped."""
    field = type_in(family, "member.nir", "285016211904299")
    assert field.message.property("role") == "second"
    assert field.line.property("state") in ("", None)
    assert "N° de Sécurité sociale\u00a0: à corriger" not in [text for text, _ in family.follows.to_do.items]
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.line.property("state") == "error"
    assert field.line.text() == "2 85 01 62 119 042 99"
    assert "clé" in field.message.text()
    assert value_at(family.session.dossier, "member.nir") == "285016211904299"


def test_an_error_goes_as_soon_as_it_is_mended(family: WizardView) -> None:
    """Coming back to a wrong field, its message stays until the text is right, then goes while typing."""
    field = type_in(family, "member.nir", "285016211904299")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    field.line.setFocus()
    field.line.end(False)
    QTest.keyClick(field.line, Qt.Key.Key_Backspace)
    assert field.message.property("role") == "second"  # another flaw: new, so not said yet


def test_missing_and_wrong_look_and_read_different(family: WizardView) -> None:
    """A field left empty is to be completed; a field that is wrong says what is wrong."""
    field = line(family, "member.staff_number")
    assert field.message.property("role") == "second"
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert (field.line.property("state"), field.message.property("role")) == ("attention", "attention")
    assert field.message.text().startswith("À compléter")


@pytest.mark.parametrize(
    ("typed", "shown", "said"),
    [
        ("1/3/84", "01/03/1984", "1984-03-01"),
        ("010384", "01/03/1984", "1984-03-01"),
        ("1 mars 84", "01/03/1984", "1984-03-01"),
        ("31/02/1984", "31/02/1984", None),
    ],
)
def test_dates_are_read_as_people_type_them(empty: WizardView, typed: str, shown: str, said: str | None) -> None:
    """A date that can be read is put in its usual form; one that cannot stays as typed, and is an error."""
    field = type_in(empty, "member.birth_date", typed)
    assert field.line.text() == typed
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.line.text() == shown
    value = empty.session.dossier.member.birth_date
    assert (value.isoformat() if value else None) == said
    assert (field.line.property("state") == "error") == (said is None)


def test_what_people_paste_is_taken(family: WizardView) -> None:
    """A NIR with no-break spaces and a tab is the same NIR; a name keeps its spaces."""
    field = line(family, "member.nir")
    field.line.selectAll()
    QApplication.clipboard().setText("2 85\u00a001\u202f62 119 042\t37")
    QTest.keyClick(field.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.line.text() == "2 85 01 62 119 042 37"
    name = line(family, "member.birth_name")
    name.line.selectAll()
    QApplication.clipboard().setText("De\u00a0La Tour")
    QTest.keyClick(name.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert family.session.dossier.member.birth_name == "De La Tour"


@pytest.mark.parametrize("around", [" {} ", "\t{}\t", "\u00a0{}\u202f", "{}\n", "\r\n {}\u200b\r\n"])
def test_what_a_paste_brings_around_a_number_is_no_ones(empty: WizardView, around: str) -> None:
    """Spaces, tabs, no-break spaces, line ends: neither in the value, nor on screen, nor in what is said of it."""
    meant = {
        "member.nir": ("2 85 01 62 119 042 68", "2 85 01 62 119 042 68"),
        "member.email": ("maia.delattre@exemple.fr", "maia.delattre@exemple.fr"),
        "member.phone": ("06.12.34.56.78", "06 12 34 56 78"),
        "refund.iban": ("FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189"),
        "employer.siret": ("21620910600014", "216 209 106 00014"),
        "member.birth_name": ("de La Tour", "de La Tour"),
        "member.birth_date": ("1/3/84", "01/03/1984"),
    }
    for path, (pasted, shown) in meant.items():
        field = line(empty, path)
        QApplication.clipboard().setText(around.format(pasted))
        QTest.keyClick(field.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field.line, Qt.Key.Key_Tab)
        assert field.line.text() == shown, path
        assert field.line.property("state") in ("", None), path
        value = value_at(empty.session.dossier, path)
        assert not isinstance(value, str) or value == value.strip(), path
    wrong = line(empty, "member.birth_date")
    wrong.line.selectAll()
    QApplication.clipboard().setText(around.format("31/02/1984"))
    QTest.keyClick(wrong.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(wrong.line, Qt.Key.Key_Tab)
    assert empty.session.dossier.unread == {"member.birth_date": "31/02/1984"}
    assert "« 31/02/1984 »" in wrong.message.text().replace("\u00a0", " ")


def test_a_space_between_two_words_stays_while_it_is_typed(empty: WizardView) -> None:
    """In a name, then in an address: the space is not taken from under the fingers; the last one goes."""
    for path, text in (("member.first_name", "Jean Pierre "), ("member.address.lines", "8 rue du Four ")):
        empty.go(empty.scene().step_of(path), path)
        field = empty.page.field(path)
        assert isinstance(field, (TextField, LinesField))
        target = field.line if isinstance(field, TextField) else field.lines[0]
        for count, character in enumerate(text, 1):
            QTest.keyClicks(target, character)
            assert target.text() == text[:count]
        QTest.keyClick(target, Qt.Key.Key_Tab)
        assert target.text() == text.strip()


def test_a_no_break_space_in_an_address_leaves_the_cursor_where_it_is(empty: WizardView) -> None:
    """Some keyboards type it with Shift and Space: what follows still goes after it, and it is a space once left."""
    empty.go(empty.scene().step_of("member.address.lines"), "member.address.lines")
    field = empty.page.field("member.address.lines")
    assert isinstance(field, LinesField)
    target = field.lines[0]
    QTest.keyClicks(target, "8 Four")
    target.setCursorPosition(1)
    target.insert("\u00a0rue")
    assert (target.text(), target.cursorPosition()) == ("8\u00a0rue Four", 5)
    assert empty.session.dossier.member.address.lines == ("8 rue Four",)
    QTest.keyClick(target, Qt.Key.Key_Tab)
    assert target.text() == "8 rue Four"


def test_a_digit_in_a_name_is_said_and_kept(empty: WizardView) -> None:
    """Something to look at, once the field is left; the name stays, and nothing is refused."""
    field = type_in(empty, "member.birth_name", "Roy3")
    assert field.line.property("state") in ("", None)
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    assert field.line.property("state") == "attention"
    assert "chiffre" in field.message.text()
    assert empty.session.dossier.member.birth_name == "Roy3"
    assert not any(issue.path == "member.birth_name" for issue in empty.scene().blocking())


def test_the_wheel_changes_no_list(family: WizardView) -> None:
    """The wheel over a list is the page's."""
    family.go("contract", "member.scheme")
    field = family.page.field("member.scheme")
    assert isinstance(field, ListField)
    before = family.session.dossier
    for down in (-120, 120):
        event = QWheelEvent(
            QPointF(5, 5), QPointF(field.box.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, down),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(field.box, event)
    assert family.session.dossier is before


def test_enter_goes_on_and_adds_nothing(family: WizardView) -> None:
    """Enter in every field of a card goes to the next; nobody is added or removed."""
    family.go("beneficiaries", "beneficiaries.1.relation")
    before = family.session.dossier
    seen = set()
    for _ in range(40):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.add(widget)
        QTest.keyClick(widget, Qt.Key.Key_Return)
    assert family.session.dossier == before
    assert len(seen) > 8


def test_yes_and_no_by_the_keyboard(family: WizardView) -> None:
    """``o`` and ``n`` answer, arrows move, Delete takes the answer back; nothing is answered at first."""
    path = "beneficiaries.0.tax_dependent"
    family.go("beneficiaries", path)
    field = family.page.field(path)
    assert isinstance(field, FlagField)
    assert field.radios.value() is None
    QApplication.processEvents()
    answers = []
    for key in (Qt.Key.Key_O, Qt.Key.Key_N, Qt.Key.Key_Left, Qt.Key.Key_Delete):
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)
        answers.append(value_at(family.session.dossier, path))
    assert answers == [True, False, True, None]
    assert sum(button.focusPolicy() == Qt.FocusPolicy.StrongFocus for button in field.radios.buttons()) == 1


def test_choices_offer_an_empty_answer_and_the_person_s_gender(family: WizardView) -> None:
    """A list starts with "à choisir"; a card of a child offers no partner; words follow the title."""
    family.go("beneficiaries", "beneficiaries.1.situation")
    field = family.page.field("beneficiaries.1.situation")
    assert isinstance(field, ListField)
    words = [field.box.itemText(index) for index in range(field.box.count())]
    assert words[0] == "à choisir"
    assert "étudiante" in words
    relation = family.page.field("beneficiaries.1.relation")
    assert isinstance(relation, RadioField)
    assert "conjointe" not in [button.text() for button in relation.findChildren(QRadioButton)]


def test_an_address_has_a_line_more_than_is_filled(empty: WizardView) -> None:
    """Lines are said without the empty ones, and what was typed is not rewritten."""
    empty.go("contract", "member.address.lines")
    field = empty.page.field("member.address.lines")
    assert isinstance(field, LinesField)
    field.lines[1].setText("Bât. C")
    path = "member.address.lines"
    assert value_at(empty.session.dossier, path) == ("Bât. C",)
    field.lines[0].setText("12 rue des Prés")
    assert value_at(empty.session.dossier, path) == ("12 rue des Prés", "Bât. C")
    assert [one.text() for one in field.lines] == ["12 rue des Prés", "Bât. C", ""]


def test_a_screen_reader_hears_the_label_and_the_message(family: WizardView) -> None:
    """Each control of each step has its label as name; what is wrong is its description."""
    field = type_in(family, "member.nir", "12")
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    heard = QAccessible.queryAccessibleInterface(field.line)
    assert heard.text(QAccessible.Text.Name) == "N° de Sécurité sociale"
    assert heard.text(QAccessible.Text.Description) == field.message.text() != ""


def test_nothing_moves_when_a_field_speaks(family: WizardView) -> None:
    """The message takes the place of the hint: the fields below stay where they are."""
    field = type_in(family, "member.nir", "12")
    below = family.page.field("member.address.city")
    assert below is not None
    QApplication.processEvents()
    before = below.mapTo(family, QPoint()).y() + family.page.verticalScrollBar().value()
    QTest.keyClick(field.line, Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert below.mapTo(family, QPoint()).y() + family.page.verticalScrollBar().value() == before


def test_masking_hides_and_changes_nothing(family: WizardView) -> None:
    """The NIR is hidden while the screen is turned; its value stays."""
    field = type_in(family, "member.nir", "285016211904237")
    before = family.session.dossier
    family.set_masked(True)
    assert field.line.displayText() != field.line.text()
    family.set_masked(False)
    assert field.line.displayText() == field.line.text()
    assert family.session.dossier is before


def test_a_key_is_heard_once(family: WizardView) -> None:
    """What a field says goes up from form to page one time, on a page of sections and on a card alike."""
    for path in ("member.staff_number", "beneficiaries.0.nir"):
        field = line(family, path)
        said: list[str] = []
        family.page.typed.connect(lambda _path, text, said=said: said.append(text))
        field.line.clear()
        said.clear()
        QTest.keyClicks(field.line, "7")
        assert said == ["7"], path


def test_no_contract_is_nothing_to_cancel(empty: WizardView) -> None:
    """Where there is no contract the answer stands by itself; a contract of which nothing is said has none."""
    path = "previous_contract.cancellation"
    assert value_shown(empty.scene(), path) is None
    empty.session.apply(lambda dossier: dossier.model_copy(update={"previous_contract": None}), "Contrat retiré")
    assert value_shown(empty.scene(), path) == "none"
