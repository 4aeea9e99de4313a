"""Preview, print and save: the very bytes, at true size, and only when no error is left."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog

from desktop.paper.pages import Pages
from desktop.paper.printing import NO_PRINTER, a4_printer, file_name, paint
from desktop.practice import dossiers
from desktop.widgets.dialogs import Dialog
from forms.drafts.draft import Draft
from tests.desktop.conftest import NOW, TODAY

if TYPE_CHECKING:
    from desktop.paper.paper import Paper
    from tests.desktop.conftest import Desktop

DPI = 150


def on_table(desktop: Desktop) -> None:
    """Put a dossier with no error left on the table."""
    family = dossiers(TODAY)[0].model_copy(update={"reference": "4T8N-W1KB"})
    desktop.desk.restore(Draft("4T8N-W1KB", family, "", "complete", "", "", 1, NOW, NOW))
    desktop.desk.open("4T8N-W1KB")
    desktop.wait(lambda: desktop.window.paper is not None)


def as_bytes(desktop: Desktop, monkeypatch: pytest.MonkeyPatch, pdf: bytes) -> Paper:
    """Put a whole dossier on the table, whose pages are these bytes; give its paper."""
    on_table(desktop)
    paper = desktop.window.paper
    assert paper is not None
    monkeypatch.setattr(paper, "_made", lambda _papers: pdf)
    return paper


def asked(desktop: Desktop) -> QFileDialog:
    """Give the dialogue that asks where to save."""
    desktop.wait(lambda: desktop.window.findChild(QFileDialog) is not None)
    found = desktop.window.findChild(QFileDialog)
    assert found is not None
    return found


def again(desktop: Desktop) -> bytes:
    """Leave the preview, and give the file that another one shows."""
    paper = desktop.window.paper
    assert paper is not None
    assert paper.view is not None
    paper.view.left.emit()
    return desktop.preview()._pdf


def text_of(pdf: bytes) -> str:
    """Give what the pages say."""
    said = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    return " ".join(said.split())


@pytest.fixture
def paper(opened: Desktop) -> Paper:
    """Give the paper of a new dossier."""
    opened.window.begin()
    opened.wait(lambda: opened.window.paper is not None)
    assert opened.window.paper is not None
    return opened.window.paper


def test_the_preview_draws_every_page(opened: Desktop, paper: Paper) -> None:
    """Each page of the PDF has its picture, in the proportions of A4; a dossier with errors cannot be printed."""
    view = opened.preview()
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
    paper._make(lambda _pdf: pytest.fail("a project is not printed"), whole=True)
    answered: list[object] = []
    opened.desk.ask(lambda _store: 1, answered.append)
    opened.wait(lambda: bool(answered))
    assert opened.window.findChildren(Dialog) == []
    assert opened.window.findChildren(QFileDialog) == []


def test_the_preview_zooms_and_goes_back(opened: Desktop) -> None:
    """Pages keep their place while they are drawn again; leaving shows the wizard."""
    on_table(opened)
    view = opened.preview()
    before = view.pages[0].width()
    view.larger.click()
    assert view.pages[0].width() > before
    for _ in range(9):
        view.smaller.click()
    assert not view.smaller.isEnabled()
    opened.wait(lambda: view.drawn)
    view.back.click()
    assert opened.window.stack.currentWidget() is opened.window.wizard


def test_a_turned_screen_shows_no_page(opened: Desktop) -> None:
    """The preview says so in place of its pages, also when it is opened so; turned back, they are there again."""
    on_table(opened)
    view = opened.preview()
    assert view.area.isVisible()
    opened.window.turn()
    assert (view.area.isVisible(), view.turned.isVisible()) == (False, True)
    assert "F8" in view.turned.text()
    view.back.click()
    view = opened.preview()
    assert (view.area.isVisible(), view.turned.isVisible()) == (False, True)
    opened.window.turn()
    assert (view.area.isVisible(), view.turned.isVisible()) == (True, False)


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


def test_without_a_printer_it_says_what_to_do(opened: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    """No printer installed: said, with the way round."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    as_bytes(opened, monkeypatch, b"%PDF-").print()
    opened.wait(lambda: opened.window.findChild(Dialog) is not None)
    told = opened.window.findChild(Dialog)
    assert told is not None
    assert told.windowTitle() == NO_PRINTER
    assert "Enregistrez le PDF" in told.accessibleDescription()


def test_a_saved_pdf_is_the_one_that_was_shown(
    opened: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The bytes are those of the preview, and the draft is marked as printed; then a change begins version 2."""
    as_bytes(opened, monkeypatch, b"%PDF-1.7 the bytes").save()
    dialog = asked(opened)
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
    assert (opened.desk.draft.state, opened.desk.draft.version) == ("complete", 2)


def test_a_pdf_that_cannot_be_written_is_said(opened: Desktop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder that is not there is one line; the draft is not marked as printed."""
    as_bytes(opened, monkeypatch, b"%PDF-").save()
    dialog = asked(opened)
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "Bulletin.pdf"))
    dialog.reject()
    opened.wait(lambda: opened.window.findChild(Dialog) is not None)
    assert opened.desk.draft is not None
    assert opened.desk.draft.state == "complete"


def test_file_names_carry_no_ones() -> None:
    """The reference only: a file name is read by whoever sees the screen or the folder."""
    assert file_name("7K3M-Q2XD") == "Bulletin 7K3M-Q2XD.pdf"


def test_each_side_is_a_sheet_unless_one_says_otherwise(opened: Desktop) -> None:
    """Each form is signed and kept on its own: the printer is asked for one side, and the preview says so."""
    assert a4_printer("Dossier 7K3M-Q2XD").duplex() == QPrinter.DuplexMode.DuplexNone
    on_table(opened)
    view = opened.preview()
    assert view.one_sided.text() == "Imprimez en recto seul : chaque formulaire se signe et se garde à part."


def test_two_copies_are_shown_then_saved_and_noted(opened: Desktop, tmp_path: Path) -> None:
    """The tick draws the second copy of each form that is signed; what is saved is that, and the journal says so."""
    on_table(opened)
    view = opened.preview()
    once = len(view.pages)
    view.larger.click()
    level = view.level.text()
    view.twice.click()
    opened.wait(lambda: len(view.pages) > once)
    assert "exemplaire pour l’" in text_of(view._pdf)
    assert view.level.text() == level
    opened.wait(lambda: view.drawn)
    pages = len(view.pages)
    view.save.click()
    target = tmp_path / "Bulletin.pdf"
    dialog = asked(opened)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["Bulletin 4T8N-W1KB.pdf"]
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    with Pages(target.read_bytes()) as saved:
        assert len(saved) == pages
    details: list[dict[str, object]] = []
    opened.desk._keeping.ask(lambda store: [e.detail for e in store.noted(kind="printed")], details.extend)
    opened.wait(lambda: bool(details))
    assert details[0]["copies"] == 2
    view.twice.click()
    opened.wait(lambda: len(view.pages) == once)


def test_a_reprint_after_a_change_voids_the_paper_before(opened: Desktop) -> None:
    """Version 1 says nothing of it, nor does a second copy; version 2 says what it replaces, and what has changed."""
    on_table(opened)
    assert opened.desk.session is not None
    assert "Annule et remplace" not in text_of(opened.preview()._pdf)
    assert opened.desk.draft is not None
    opened.desk.printed(opened.desk.draft, b"%PDF-1.7 the bytes", NOW)
    assert "Annule et remplace" not in text_of(again(opened))
    opened.desk.session.type("member.phone", "0612345678")
    read = text_of(again(opened))
    assert "Annule et remplace la version 1" in read
    assert "La version 1, imprimée le 3 février 2026, ne vaut plus" in read
    assert read.count("06 12 34 56 78") + read.count("0612345678") >= 1


def test_only_the_last_asked_is_shown(opened: Desktop) -> None:
    """Asked twice, or of a dossier that was put away meanwhile: one view, or none."""
    on_table(opened)
    paper = opened.window.paper
    assert paper is not None
    made: list[bytes] = []
    paper._make(lambda pdf: pytest.fail(f"{len(pdf)} bytes too many"))
    paper._make(made.append)
    opened.wait(lambda: bool(made))
    paper._make(made.append)
    opened.window.go_home()
    answered: list[object] = []
    opened.desk._keeping.ask(lambda _store: 1, answered.append)
    opened.wait(lambda: bool(answered))
    assert len(made) == 1
