"""The pictures of a dossier on the table: a refused paper, each way to compare formulas; and the turned list."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from desktop.table.paper_dialog import PaperDialog
from forms.drafts.draft import Draft
from tests.pictures_beside import RIB, beside
from tests.pictures_people import NOW, family

if TYPE_CHECKING:
    from desktop.wizard.view import WizardView
    from tests.pictures_studio import Studio

SCANNER = Path("/media/scanner")
OTHER, ELSEWHERE = "6D0M-V8RC", "cdg35-mutame"
"""A dossier of a convention that shows its guarantees and what cares cost."""


def table(studio: Studio) -> None:
    """Take them all; the list is on screen before."""
    desk = studio.window.desk
    assert desk is not None
    studio.window.turn()
    studio.take("home-turned")
    studio.window.turn()
    desk.open("7K3M-Q2XD")
    view = studio.opened()
    beside(studio, view)
    refused(studio)
    view.left.emit()
    dossier = family().model_copy(update={"reference": OTHER, "convention": ELSEWHERE, "formula": None})
    desk.restore(Draft(OTHER, dossier, "", "draft", "", "", 1, NOW, NOW))
    desk.open(OTHER)
    compared(studio, studio.opened(view))


def refused(studio: Studio) -> None:
    """Take the files of a paper when one is refused, with the scanner's folder known."""
    on_table = studio.window._table
    assert on_table is not None
    studio.ask(lambda store: store.setting("scanner"))  # what was kept of it is read by then
    on_table.beside.attaching.set_scanner(SCANNER)
    on_table.beside._files(RIB)
    sheet = studio.shown(PaperDialog)
    with TemporaryDirectory() as folder:
        path = Path(folder, "devis.docx")
        path.write_bytes(b"PK")
        sheet.attach([path])
        studio.until(lambda: "devis" in sheet.said.text())
        studio.take("paper-files-refused", sheet)
    sheet.reject()


def compared(studio: Studio, view: WizardView) -> None:
    """Take each tab under the formulas."""
    view.go("formula")
    compare = view.formulas.compare
    for place in range(compare.tabs.count()):
        compare.tabs.setCurrentIndex(place)
        for _ in range(3):
            QApplication.processEvents()
        view.formulas.verticalScrollBar().setValue(compare.y())
        studio.take(f"compare-{compare.tab}")
