"""One agent, from the first key to the printed bulletin: the real window, the keyboard alone, off screen.

``tests/x`` walks the same way on a real X server, for each convention.
"""

from __future__ import annotations

import json
import subprocess
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from forms.assessment import assess
from forms.assessment.written import assessment_json
from forms.cli import main
from forms.dossier.reading import dossier_to_json
from tests.desktop.conftest import NOW, TODAY, write
from tests.desktop.seeing import look
from tests.keyboard import Hands, Seen, facts, family_for, unwritten
from tests.making import read

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from forms.dossier.model import Dossier
    from forms.drafts.draft import Draft
    from tests.desktop.conftest import Desktop

KEYS = {
    "Tab": Qt.Key.Key_Tab, "space": Qt.Key.Key_Space, "Down": Qt.Key.Key_Down, "Return": Qt.Key.Key_Return,
    "o": Qt.Key.Key_O, "n": Qt.Key.Key_N,
}  # fmt: skip


class NearHands(Hands):
    """The keys are events, sent where the focus is; nothing having it would lose every key."""

    def __init__(self, desktop: Desktop, family: Dossier) -> None:
        """Sit before a window of this process."""
        super().__init__(family)
        self.desktop = desktop

    def seen(self) -> Seen:
        """Look."""
        found = look(self.desktop.window)
        assert found.control
        return found

    def strike(self, key: str) -> None:
        """Press one key."""
        control, _, name = key.rpartition("+")
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        self.desktop.key(KEYS[name], modifier)

    def write(self, text: str) -> None:
        """Type a text."""
        write(text)


def test_a_family_from_the_first_key_to_the_printed_bulletin(
    opened: Desktop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The draft in SQLite equals the file given to the command line, the two answers are one, the PDF holds it all."""
    said = family_for("cdg62-mnt")
    hands = NearHands(opened, read(said))
    opened.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    opened.wait(lambda: opened.window.wizard is not None)
    hands.type_in()
    window = opened.window
    assert window.wizard is not None
    session = window.wizard.session
    assert window.wizard.step == "summary"
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
    assert unwritten(expected, text) == []
    assert hands.presses <= 165  # 157 when it was counted
