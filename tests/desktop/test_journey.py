"""One agent, from the first key to the printed bulletin: the real window, the keyboard alone."""

from __future__ import annotations

import json
import subprocess
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QWidget

from desktop.fields.base import Field
from desktop.wizard.before import HandedField
from desktop.wizard.formula import FormulaField
from forms.assessment import assess
from forms.assessment.written import assessment_json
from forms.cli import main
from forms.dossier.entry import shown
from forms.dossier.fields import field_at
from forms.dossier.paths import value_at
from forms.dossier.reading import dossier_to_json
from tests.desktop.conftest import NOW, TODAY, write
from tests.making import Said, kept, put, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

    from desktop.wizard.view import WizardView
    from forms.dossier.model import Dossier
    from forms.drafts.draft import Draft
    from tests.desktop.conftest import Desktop

CTRL = Qt.KeyboardModifier.ControlModifier
MANY = 400
"""Key presses after which a step is taken for a trap."""


class Hands:
    """Someone who has the papers of a family and a keyboard; counts what is pressed beyond the values themselves."""

    def __init__(self, desktop: Desktop, family: Dossier) -> None:
        self.desktop, self.family = desktop, family
        self.presses = 0

    @property
    def wizard(self) -> WizardView:
        """Give the open wizard."""
        assert self.desktop.window.wizard is not None
        return self.desktop.window.wizard

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the focus is."""
        self.presses += 1
        self.desktop.key(key, modifier)

    def focus(self) -> QWidget:
        """Give what has the focus; nothing having it would lose every key."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def steps_through(self, stop: str = "") -> None:
        """Answer each field of a page once, going on with Tab, until its end or the button ``stop``."""
        answered: set[str] = set()
        for _ in range(MANY):
            self.press(Qt.Key.Key_Tab)
            widget = self.focus()
            field = field_of(widget)
            if field is not None and field.path not in answered:
                answered.add(field.path)
                self.answer(field)
            elif (
                stop and isinstance(widget, QAbstractButton) and widget.text() == stop
            ) or not self.wizard.page.isAncestorOf(widget):
                return
        raise AssertionError(f"{self.wizard.step}: {field_of(self.focus())}")

    def answer(self, field: Field) -> None:
        """Say what the papers say of one field; what is already right is left as it is."""
        wanted = value_at(self.family, field.path)
        if wanted in (None, ()) or value_at(self.wizard.session.dossier, field.path) == wanted:
            return
        kind = field_at(field.path).kind
        if isinstance(field, HandedField):
            self.press(Qt.Key.Key_Space)
        elif kind == "flag":
            self.press(Qt.Key.Key_O if wanted else Qt.Key.Key_N)
        elif kind == "choice" or isinstance(field, FormulaField):
            self.choose(field.path, wanted)
        else:
            write(wanted if isinstance(wanted, str) else shown(self.family, field.path))

    def choose(self, path: str, wanted: object) -> None:
        """Choose with Space and the arrows, as on any desktop."""
        if not isinstance(self.focus(), QComboBox):
            self.press(Qt.Key.Key_Space)
        for _ in range(20):
            if value_at(self.wizard.session.dossier, path) == wanted:
                return
            self.press(Qt.Key.Key_Down)
        raise AssertionError(path)

    def press_button(self, text: str) -> None:
        """Go to a button with Tab, and press it with Space."""
        for _ in range(MANY):
            if isinstance(here := self.focus(), QAbstractButton) and here.text() == text:
                self.press(Qt.Key.Key_Space)
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(text)

    def go_on(self) -> None:
        """Go to the next step."""
        self.press(Qt.Key.Key_Return, CTRL)


def field_of(widget: QWidget | None) -> Field | None:
    """Give the field that a control stands in."""
    while widget is not None and not isinstance(widget, Field):
        widget = widget.parentWidget()
    return widget


def family_as_asked() -> Said:
    """Give the complete family, without the facts that this convention does not ask for."""
    said = put(kept("cdg62-family"), {"documents": [], "request.received_on": None})
    for person, fact in ((0, "category"), (0, "own_cover"), (0, "eligible_member"), (1, "scheme"), (2, "scheme")):
        del said["beneficiaries"][person][fact]
    return said


def paths(value: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Walk the leaves of a dossier as a file has them."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from paths(child, f"{prefix}.{key}" if prefix else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for index, child in enumerate(value):
            yield from paths(child, f"{prefix}.{index}")
    elif value not in (None, []):
        yield prefix, value


def facts(dossier: Dossier) -> dict[str, object]:
    """Give what is said, by path."""
    return dict(paths(json.loads(dossier_to_json(dossier))))


def typed_in(hands: Hands) -> None:
    """Take the family through the steps."""
    hands.steps_through()
    hands.go_on()
    hands.steps_through()
    hands.go_on()
    hands.steps_through()
    hands.go_on()
    for button in ("Ajouter un conjoint", "Ajouter un enfant", "Ajouter un enfant"):
        hands.press_button(button)
        card = field_of(hands.focus())
        assert card is not None
        hands.answer(card)
        hands.steps_through("Ajouter un enfant")
    hands.go_on()


def test_a_family_from_the_first_key_to_the_printed_bulletin(
    opened: Desktop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The draft in SQLite equals the file given to the command line, the two answers are one, the PDF holds it all."""
    said = family_as_asked()
    hands = Hands(opened, read(said))
    opened.key(Qt.Key.Key_N, CTRL)
    opened.wait(lambda: opened.window.wizard is not None)
    typed_in(hands)
    window, session = opened.window, hands.wizard.session
    assert hands.wizard.step == "summary"
    assert [issue for issue in session.assessment.issues if issue.severity == "error"] == []

    pdf = tmp_path / "bulletin.pdf"
    hands.press_button("Enregistrer le PDF")
    opened.wait(lambda: window.findChild(QFileDialog) is not None)
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(pdf))
    dialog.close()
    assert pdf.is_file()
    assert window.desk is not None
    assert window.desk.flush()

    reference = session.dossier.reference
    assert reference is not None
    drafts: list[Draft] = []
    window.desk._keeping.ask(lambda store: store.load(reference), drafts.append)
    opened.wait(lambda: bool(drafts))
    expected = read({**said, "reference": reference})
    assert facts(drafts[0].dossier) == facts(expected)
    assert drafts[0].dossier == expected
    file = tmp_path / "dossier.json"
    file.write_text(dossier_to_json(expected), encoding="utf-8")
    clock = partial(main, today=lambda: TODAY, now=lambda: NOW)
    assert clock(["check", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == assessment_json(session.assessment)
    assert session.assessment == assess(expected, session.convention, TODAY)

    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    squeezed = "".join(text.split()).casefold()
    for path, value in facts(expected).items():
        if path in {"format", "convention", "kind"} or isinstance(value, bool):
            continue
        for line in value if isinstance(value, list) else [shown(expected, path)]:
            assert "".join(str(line).split()).replace("/", "").casefold() in squeezed.replace("/", ""), path
    assert hands.presses <= 165  # 157 when it was counted
