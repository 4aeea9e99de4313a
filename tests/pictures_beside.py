"""The pictures of what goes with a dossier: its papers and their files, its quotes, the calendar, the turned screen."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from desktop.table.estimates import QuotesDialog
from desktop.table.paper_dialog import PaperDialog
from desktop.wizard.why import WhyDialog
from forms.dossier.documents import files_of
from tests.forms.drafts.scanned import picture

if TYPE_CHECKING:
    from desktop.wizard.view import WizardView
    from tests.pictures_studio import Studio

RIB = ("bank_details", "member")


def beside(studio: Studio, view: WizardView) -> None:
    """Take all of it, with an invented dossier on the table."""
    papers(studio, view)
    quoted(studio, view)
    view.go("contract")
    view.follows.why_date.emit()
    why = next(one for one in studio.window.findChildren(WhyDialog) if one.isVisible())
    studio.take("calendar", why)
    why.reject()
    studio.window.turn()
    studio.take("turned-wizard")
    studio.window.turn()


def papers(studio: Studio, view: WizardView) -> None:
    """Take the papers of the summary, the files of one, and the slip."""
    window = studio.window
    table = window._table
    assert table is not None
    with TemporaryDirectory() as folder:
        scan = Path(folder, "scan.jpg")
        scan.write_bytes(picture((800, 500)))
        table.beside.attaching.attach(RIB, [scan])
        studio.until(lambda: files_of(view.session.dossier, *RIB))
    view.go("summary", "documents")
    studio.take("wizard-papers")
    table.beside._files(RIB)
    sheet = next(one for one in window.findChildren(PaperDialog) if one.isVisible())
    studio.until(lambda: sheet.opens)
    studio.take("paper-files", sheet)
    sheet.reject()
    table.beside.slip()
    page = table.beside.sheet
    studio.until(lambda: page.view is not None and page.view.drawn)
    studio.take("slip")
    assert page.view is not None
    page.view.left.emit()
    view.undo()


def quoted(studio: Studio, view: WizardView) -> None:
    """Take a supposition that is kept as a quote, the list of quotes, and the quote on paper."""
    window = studio.window
    table = window._table
    assert table is not None
    view.go("formula")
    panel = view.formulas.compare.what_if
    view.formulas.compare.tabs.setCurrentIndex(view.formulas.compare.tabs.count() - 1)
    panel.child.line.setText("8")
    panel.keep.click()
    studio.until(lambda: not panel.kept.isHidden())
    view.formulas.verticalScrollBar().setValue(view.formulas.verticalScrollBar().maximum())
    studio.take("wizard-quote")
    panel.kept.click()
    studio.until(lambda: any(one.isVisible() for one in window.findChildren(QuotesDialog)))
    sheet = next(one for one in window.findChildren(QuotesDialog) if one.isVisible())
    studio.take("quotes", sheet)
    sheet.lines[0].print.click()
    page = table.beside.sheet
    studio.until(lambda: page.view is not None and page.view.drawn)
    studio.take("quote-page")
    assert page.view is not None
    page.view.left.emit()
