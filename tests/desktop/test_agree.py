"""No rule is written twice: the window, the command line and the paper of each convention say the same."""

from __future__ import annotations

import json
import re
import subprocess
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.desk.session import DossierSession
from desktop.wizard.view import WizardView
from forms.assessment.written import assessment_json, quote_json
from forms.bulletin import Printing, pack
from forms.cli import main
from forms.dossier.reading import dossier_to_json
from forms.drafts.draft import Draft
from forms.french import amount, long_date
from tests.conventions.walks import FORMULAS, shipped, whole
from tests.desktop.conftest import NOW, TODAY
from tests.making import read

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

command_line = partial(main, today=lambda: TODAY, now=lambda: NOW)


def squeezed(text: str) -> str:
    """Leave out what a page or a label lays out in its own way."""
    return re.sub(r"\s+", " ", text)


def said_by(view: WizardView) -> str:
    """Give every word that the window shows, this step's and what follows beside it."""
    words = [label.text() for label in view.findChildren(QLabel)]
    words += [button.text() for button in view.findChildren(QPushButton)]
    return squeezed(" ".join(re.sub(r"<[^>]*>", "", word) for word in words))


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("kind", ["active", "retired"])
def test_window_command_line_and_paper_agree(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, kind: str
) -> None:
    """The same issues, date, amounts and papers, wherever they are read."""
    convention, dossier = shipped(name), read(whole(name, kind))
    draft = Draft("7K3M-Q2XD", dossier, convention.fingerprint, "draft", "summary", "", 1, NOW, NOW)
    session = DossierSession(draft, convention, TODAY)
    view = WizardView(session)
    session.setParent(view)
    qtbot.addWidget(view)
    view.show()
    found = session.assessment

    file = tmp_path / "dossier.json"
    file.write_text(dossier_to_json(dossier), encoding="utf-8")
    command_line(["check", str(file), "--json"])
    assert json.loads(capsys.readouterr().out) == assessment_json(found)
    command_line(["quote", str(file), "--json"])
    assert json.loads(capsys.readouterr().out) == quote_json(found.quote)

    assert found.effective_date is not None
    assert found.quote.net is not None
    pdf = tmp_path / "pack.pdf"
    pdf.write_bytes(pack(dossier, found, convention, Printing("7K3M-Q2XD", 1, NOW, not found.printable)))
    paper = squeezed(
        subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    )
    window = said_by(view)
    for text in (long_date(found.effective_date.date), amount(found.quote.net)):
        assert squeezed(text) in window
        assert squeezed(text) in paper
    for issue in found.issues:
        if issue.severity == "error":
            assert squeezed(issue.message).rstrip(".")[-40:] in window, issue
    for line in found.quote.lines:
        assert line.amount is not None
        assert squeezed(amount(line.amount)) in paper
