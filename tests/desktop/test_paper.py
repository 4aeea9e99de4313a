"""Preview, print and save: the very bytes, at true size, and only when no error is left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog

from desktop.dialogs import Dialog
from desktop.pages import Pages
from desktop.printing import NO_PRINTER, a4_printer, file_name, paint

if TYPE_CHECKING:
    from desktop.paper import Paper
    from desktop.preview import PreviewView
    from tests.desktop.conftest import Desktop

DPI = 150


@pytest.fixture
def paper(opened: Desktop) -> Paper:
    """Give the paper of a new dossier."""
    opened.window.begin()
    opened.wait(lambda: opened.window.paper is not None)
    assert opened.window.paper is not None
    return opened.window.paper


def shown(paper: Paper) -> PreviewView:
    """Open the preview."""
    paper.preview()
    assert paper.view is not None
    return paper.view


def test_the_preview_draws_every_page(opened: Desktop, paper: Paper) -> None:
    """Each page of the PDF has its picture, in the proportions of A4; a dossier with errors cannot be printed."""
    view = shown(paper)
    assert opened.window.stack.currentWidget() is view
    opened.wait(lambda: view.drawn)
    assert len(view.pages) >= 2
    for page in view.pages:
        assert page.height() / page.width() == pytest.approx(297 / 210, abs=0.01)
    assert not view.print.isEnabled()
    assert not view.save.isEnabled()
    assert "PROJET" in view.note.text()
    paper.print()
    paper.save()
    assert opened.window.findChildren(Dialog) == []
    assert opened.window.findChildren(QFileDialog) == []


def test_the_preview_zooms_and_goes_back(opened: Desktop, paper: Paper) -> None:
    """Pages keep their place while they are drawn again; leaving shows the wizard."""
    view = shown(paper)
    before = view.pages[0].width()
    view.larger.click()
    assert view.pages[0].width() > before
    for _ in range(9):
        view.smaller.click()
    assert not view.smaller.isEnabled()
    opened.wait(lambda: view.drawn)
    view.back.click()
    assert opened.window.stack.currentWidget() is opened.window.wizard


def inked(picture: QImage) -> tuple[float, float, float, float]:
    """Give the rectangle that holds all ink, in millimetres: left, top, right, bottom."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    image = Image.frombytes("L", (grey.bytesPerLine(), grey.height()), bytes(grey.constBits()))
    box = image.crop((0, 0, grey.width(), grey.height())).point(lambda light: 255 * (light < 128)).getbbox()
    assert box is not None
    return tuple(edge * 25.4 / DPI for edge in box)  # type: ignore[return-value]


def test_pages_are_printed_at_true_size(opened: Desktop, paper: Paper, tmp_path: Path) -> None:
    """A millimetre of the PDF is a millimetre on paper: Qt's own PDF printer gives A4 sheets back, as many."""
    del opened
    pdf = paper._made()
    assert pdf is not None
    printer = a4_printer("Dossier 7K3M-Q2XD")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    with Pages(pdf) as pages:
        printer.setFromTo(1, 2)
        assert paint(pages, printer)
        original = pages.picture(0, DPI)
    with Pages((tmp_path / "out.pdf").read_bytes()) as printed:
        assert len(printed) == 2
        assert printed.size(0) == pytest.approx((210, 297), abs=0.5)
        again = printed.picture(0, DPI)
    assert inked(again) == pytest.approx(inked(original), abs=0.4)


def test_without_a_printer_it_says_what_to_do(opened: Desktop, paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """No printer installed: said, with the way round."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    monkeypatch.setattr(paper, "_ready", lambda: b"%PDF-")
    paper.print()
    told = opened.window.findChild(Dialog)
    assert told is not None
    assert told.windowTitle() == NO_PRINTER
    assert "Enregistrez le PDF" in told.accessibleDescription()


def test_a_saved_pdf_is_the_one_that_was_shown(
    opened: Desktop, paper: Paper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The bytes are those of the preview, and the draft is marked as printed; then a change begins version 2."""
    monkeypatch.setattr(paper, "_ready", lambda: b"%PDF-1.7 the bytes")
    paper.save()
    dialog = opened.window.findChild(QFileDialog)
    assert dialog is not None
    target = tmp_path / "Bulletin.pdf"
    with opened.qtbot.waitSignal(opened.desk.saved):
        dialog.fileSelected.emit(str(target))
    dialog.reject()
    assert target.read_bytes() == b"%PDF-1.7 the bytes"
    draft, session = opened.desk.draft, opened.desk.session
    assert draft is not None
    assert session is not None
    assert (draft.state, draft.version) == ("printed", 1)
    session.type("member.first_name", "Zoé")
    assert opened.desk.draft is not None
    assert (opened.desk.draft.state, opened.desk.draft.version) == ("draft", 2)


def test_a_pdf_that_cannot_be_written_is_said(
    opened: Desktop, paper: Paper, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A folder that is not there is one line; the draft is not marked as printed."""
    monkeypatch.setattr(paper, "_ready", lambda: b"%PDF-")
    paper.save()
    dialog = opened.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "Bulletin.pdf"))
    dialog.reject()
    opened.wait(lambda: opened.window.findChild(Dialog) is not None)
    assert opened.desk.draft is not None
    assert opened.desk.draft.state == "draft"


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("Roy Maïa", "Bulletin Roy Maïa 7K3M-Q2XD.pdf"),
        ("O'Neil & <Fils>", "Bulletin O'Neil & Fils 7K3M-Q2XD.pdf"),
        ("a/b\\c:d..", "Bulletin a b c d 7K3M-Q2XD.pdf"),
        ("", "Bulletin 7K3M-Q2XD.pdf"),
    ],
)
def test_file_names_are_taken_by_every_system(person: str, name: str) -> None:
    """No separator, no reserved sign, no name without an end."""
    assert file_name(person, "7K3M-Q2XD") == name
    assert len(file_name("x" * 300, "7K3M-Q2XD")) < 100
