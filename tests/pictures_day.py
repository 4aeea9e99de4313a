"""The pictures of what the menu of the list leads to: scans, files, transfers, the day's end, an update."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop.day import dossier_file, updating
from desktop.day.blanks import BlankDialog
from desktop.day.blanks_print import BlanksPage, PrintBlanks
from desktop.day.closing import ClosingPage
from desktop.day.receiving import ReceiveDialog
from desktop.day.recipients_dialog import RecipientsDialog
from desktop.day.scans import ScansPage
from desktop.widgets.dialogs import Dialog
from forms.assessment import assess
from forms.bulletin import Printing, pack
from forms.dossier.paths import edited
from forms.dossier.reading import dossier_to_json
from tests.forms.bulletin.scanning import copied, drawn, saved, turned
from tests.forms.packs.publisher import Publisher
from tests.pictures_people import NOW, TODAY, family

if TYPE_CHECKING:
    from tests.pictures_studio import Studio

PUBLIC = "age1shueakq6axghdrzezw73a8krx5u7seyh9q4q8j02yzl34c7rya6qmmxjgu"
"""The public half of a key that nobody has."""


def day(studio: Studio) -> None:
    """Take them all; the list is on screen before."""
    home = studio.window.home
    assert home is not None
    home._open_menu()
    studio.take("day-menu", home.menu)
    for number, inside in enumerate(home.menu.findChildren(QMenu), 1):
        home.menu.setActiveAction(inside.menuAction())
        inside.popup(home.menu.mapToGlobal(home.menu.actionGeometry(inside.menuAction()).topRight()))
        studio.take(f"day-menu-{number}", inside)
    home.menu.close()
    with TemporaryDirectory() as folder:
        scanned(studio, Path(folder))
        files(studio, Path(folder))
        updated(studio, Path(folder))
        ended(studio, Path(folder))


def do(studio: Studio, name: str) -> None:
    """Choose a line of the menu."""
    assert studio.window.at_home is not None
    studio.window.at_home._do(name)


def scanned(studio: Studio, folder: Path) -> None:
    """Take empty bulletins, the number of one, and scans: a family unknown here, a page that is no bulletin."""
    window = studio.window
    do(studio, "blanks")
    many = studio.shown(PrintBlanks)
    studio.take("blanks", many)
    many.go_on.click()
    printed = studio.shown(BlanksPage)
    studio.until(lambda: printed.view.drawn)
    studio.take("blanks-page")
    printed.left.emit()
    do(studio, "blank")
    asked = studio.shown(BlankDialog)
    studio.take("blank-number", asked)
    asked.number.line.setText("7K3M-Q2X")
    asked.go_on.click()
    studio.take("blank-number-wrong", asked)
    asked.reject()
    assert window.desk is not None
    convention = window.desk.conventions["cdg62-mnt"]
    here = family().model_copy(update={"reference": "7K3M-Q2XD"})
    for name, dossier in (
        ("a", here.model_copy(update={"reference": "4T8N-W1KB"})),
        ("b", edited(here, "member.phone", "06 11 22 33 44")),
    ):
        printing = Printing(dossier.reference or "", 1, NOW)
        pdf = pack(dossier, assess(dossier, convention, TODAY), convention, printing)
        (folder / f"scan-{name}.png").write_bytes(saved(copied(turned(drawn(pdf), 1)), "PNG"))
    (folder / "note de service.txt").write_text("Réunion jeudi.", encoding="utf-8")
    do(studio, "scans")
    page = studio.shown(ScansPage)
    studio.take("scans")
    page.read([folder])
    studio.until(lambda: page.rows)
    studio.take("scans-read")
    page.go_on.click()
    studio.until(page.note.text)
    studio.take("scans-imported")
    page.left.emit()


def files(studio: Studio, folder: Path) -> None:
    """Take a dossier file that says otherwise than the draft here, one that is refused, and one that goes out."""
    window = studio.window
    assert window.desk is not None
    assert window.home is not None
    path = folder / "famille.permanence.json"
    path.write_text(dossier_to_json(family().model_copy(update={"reference": "1R9S-V2MG"})), encoding="utf-8")
    opening = dossier_file.Opening(window, window.desk, lambda: TODAY, lambda: NOW)
    opening.open(path)
    met = studio.shown(dossier_file.Met)
    studio.take("file-met", met)
    met.reject()
    path.write_text("{}", encoding="utf-8")
    opening.open(path)
    refused = studio.shown(Dialog)
    studio.take("file-refused", refused)
    refused.reject()
    window.home.table.choose("1R9S-V2MG")
    do(studio, "export")
    asked = studio.shown(Dialog)
    studio.take("file-export", asked)
    asked.reject()


def updated(studio: Studio, folder: Path) -> None:
    """Take the offer of an update, and what one would change."""
    assert studio.window.at_home is not None
    publisher = Publisher(folder / "publisher")
    installing = updating.Updating(studio.window.at_home._day, publisher.place(folder))
    offered = installing.offer()
    studio.take("update", offered)
    offered.reject()
    installing.read(publisher.sign(publisher.tiny()))
    asked = studio.shown(Dialog)
    studio.take("update-asked", asked)
    asked.reject()


def ended(studio: Studio, folder: Path) -> None:
    """Take the day's end before and after its files are written, its recipients, and the door of headquarters."""
    do(studio, "close")
    page = studio.shown(ClosingPage)
    studio.until(lambda: page._found is not None)
    studio.take("closing")
    page.change.click()
    asked = studio.shown(RecipientsDialog)
    studio.take("closing-recipients-none", asked)
    asked.name.line.setText("Siège, service adhésions")
    asked.key.line.setText(PUBLIC)
    asked.add.click()
    studio.until(lambda: asked.name.text == "")
    asked.key.line.setText(PUBLIC)
    studio.take("closing-recipients", asked)
    asked.accept()
    into = folder / "clé"
    into.mkdir()
    page.write_into(into)
    studio.until(page.print.isVisible)
    studio.until(page.before.isVisible)
    page.said.setText(page.said.text().replace(str(folder), "/media"))
    studio.take("closing-written")
    page.left.emit()
    do(studio, "receive")
    receive = studio.shown(ReceiveDialog)
    studio.take("receive", receive)
    receive.file.line.setText("/media/cle-usb/transfert.age")
    receive.submit()
    studio.take("receive-wrong", receive)
    receive.reject()
