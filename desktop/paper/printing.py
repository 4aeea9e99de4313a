"""To a printer at true size, or to a file: the same bytes, and a plain word where neither is possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.paper.pages import INCH, Pages
from desktop.widgets.choosing import save_file
from desktop.widgets.dialogs import tell
from desktop.widgets.style import tokens

if TYPE_CHECKING:
    from collections.abc import Callable

DPI = 300

NO_PRINTER = "Aucune imprimante n’est installée"
_INSTEAD = "Enregistrez le PDF : il s’imprimera tel quel depuis un autre poste, ou quand une imprimante sera là."


def print_pdf(parent: QWidget, pdf: bytes, name: str, done: Callable[[], object]) -> None:
    """Ask the system for a printer and print; ``done`` once the pages have been handed over."""

    def go(printer: QPrinter) -> None:
        with Pages(pdf) as pages:
            if paint(pages, printer):
                done()
            else:
                text = "L’imprimante a refusé les pages. Vérifiez-la, puis recommencez."
                tell(parent, "L’impression n’a pas abouti", text)

    _ask_printer(parent, name, go, _INSTEAD)


def print_recovery(parent: QWidget, recovery: str) -> None:
    """Print the recovery key on a page of its own, which says what it is and where to keep it."""

    def go(printer: QPrinter) -> None:
        painter = QPainter(printer)
        family = tokens()["type"]["family"]
        lines = (
            (18, "Permanence : clé de secours"),
            (16, recovery),
            (11, "Elle rouvre les dossiers si la phrase de passe est oubliée."),
            (11, "Gardez-la ailleurs que près de l’ordinateur."),
        )
        top = 30 * printer.resolution() / INCH
        for size, text in lines:
            painter.setFont(QFont(family, size))
            box = QRectF(25 * printer.resolution() / INCH, top, 160 * printer.resolution() / INCH, 1e6)
            taken = painter.boundingRect(box, Qt.TextFlag.TextWordWrap, text)
            painter.drawText(box, Qt.TextFlag.TextWordWrap, text)
            top += taken.height() + 8 * printer.resolution() / INCH
        painter.end()

    _ask_printer(parent, "Clé de secours", go, "Notez la clé à la main, groupe par groupe.")


def _ask_printer(parent: QWidget, name: str, go: Callable[[QPrinter], object], instead: str) -> None:
    if not QPrinterInfo.availablePrinterNames():
        tell(parent, NO_PRINTER, instead)
        return
    printer = a4_printer(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("Imprimer")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: go(printer))
    QDialog.open(dialog)  # PySide hides it behind QPrintDialog.open(receiver, member)


def a4_printer(name: str) -> QPrinter:
    """Give a printer set to whole A4 sheets at 300 dots an inch; ``name`` is what its queue shows: no one's name."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(name)
    printer.setFullPage(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)  # each form is signed and kept on its own
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    return printer


def paint(pages: Pages, printer: QPrinter) -> bool:
    """Draw the pages asked for, a millimetre for a millimetre; False when the printer refuses."""
    # The system's dialogue may have put margins back: boxes of 5.3 mm must stay 5.3 mm.
    printer.setFullPage(True)
    first = max(1, printer.fromPage())
    last = min(printer.toPage() or len(pages), len(pages))
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    order = [index for _ in range(copies) for index in range(first - 1, last)]
    painter = QPainter()
    if not painter.begin(printer):
        return False
    dots = printer.resolution() / INCH
    for place, index in enumerate(order):
        if place and not printer.newPage():
            painter.end()
            return False
        width, height = pages.size(index)
        painter.drawImage(QRectF(0, 0, width * dots, height * dots), pages.picture(index, DPI))
    return painter.end()


def save_pdf(parent: QWidget, pdf: bytes, name: str, done: Callable[[], object]) -> QFileDialog:
    """Ask where, and write the file whole; ``done`` once it is on the disk."""
    return save_file(parent, "Enregistrer le PDF", name, pdf, "Le PDF n’est pas enregistré", done)


def file_name(reference: str) -> str:
    """Give a name that carries no one's: "Bulletin 7K3M-Q2XD.pdf"."""
    return f"Bulletin {reference}.pdf"
