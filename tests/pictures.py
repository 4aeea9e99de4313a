"""``python -m tests.pictures``: take every screen and every page again into tests/snapshots, for the next reader."""

from __future__ import annotations

import sys

from tests.pictures_studio import SCREENS, Studio  # isort: skip # the platform is chosen before Qt starts

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.application import dress
from desktop.desk.permanence import new_dossier
from desktop.gate.first_start import RecoveryPage
from desktop.paper.pages import Pages
from desktop.widgets.dialogs import Dialog
from forms.assessment import assess
from forms.bulletin import Printing, pack
from forms.convention import library
from forms.dossier.reading import dossier_from_json
from forms.drafts import vault
from forms.faults import Fault
from tests.pictures_around import around
from tests.pictures_day import day
from tests.pictures_kept import kept
from tests.pictures_people import DAY, DOSSIERS, NOW, TODAY, drafts
from tests.pictures_roster import roster
from tests.pictures_table import table

PAGES = SCREENS.parent / "pages"
VARIANTS = (("", "light", 100), ("-200", "light", 200), ("-dark", "dark", 100), ("-contrast", "contrast", 100))
"""What a picture's name ends with, the theme, the zoom."""
PAGE_DPI = 110


def gate(studio: Studio) -> bytes:
    """Take the first start and the unlocking; give the key of the drafts made meanwhile."""
    window = studio.window
    studio.until(lambda: QApplication.focusWidget() is not None)
    studio.take("gate-first-start")
    window.gate._show(RecoveryPage("7K3M-Q2XD-9V4T-0B6H-S1WZ-E8NC-5RAJ"))
    studio.take("gate-recovery-key")
    key = studio.put_key()
    window.gate.restart()
    studio.take("gate-unlock")
    page = window.gate.page
    assert page is not None
    page.findChildren(type(page.row.line))[0].setText("carafe mardi")  # type: ignore[attr-defined]
    page.wrong(vault.WrongPassphrase("Phrase de passe incorrecte."))  # type: ignore[attr-defined]
    studio.take("gate-wrong-passphrase")
    return key


def home(studio: Studio, key: bytes) -> None:
    """Take the list, empty then with five drafts, and the day's settings."""
    window = studio.window
    studio.unlocked(key)
    studio.take("home-first-time")
    assert window.desk is not None
    window.desk.settle(DAY)
    studio.take("home-empty")
    studio.filled()
    studio.take("home-five-drafts")
    window.settle()
    settings = window.findChild(Dialog)
    assert settings is not None
    studio.take("settings", settings)
    settings.participation.line.setText("quinze")  # type: ignore[attr-defined]
    settings.joined_on.line.setText("31/02/26")  # type: ignore[attr-defined]
    settings.go_on.click()  # type: ignore[attr-defined]
    studio.take("settings-errors", settings)
    settings.reject()


def wizard(studio: Studio) -> None:
    """Take each step of the wizard, the preview, and the banner of a disk that refuses."""
    window = studio.window
    assert window.desk is not None
    window.desk.open("7K3M-Q2XD")
    view = studio.opened()
    window.activateWindow()
    for step in ("before", "formula", "contract", "beneficiaries", "summary"):
        view.go(step)
        studio.take(f"wizard-{step}")
    view.go("beneficiaries", "beneficiaries.1.nir")
    studio.take("wizard-beneficiaries-error")
    assert window.paper is not None
    paper = window.paper
    paper.preview()
    studio.until(lambda: paper.view is not None)
    preview = paper.view
    assert preview is not None
    studio.until(lambda: preview.drawn)
    studio.take("preview")
    preview.left.emit()
    window._not_saved(Fault("Impossible d’écrire « drafts.sqlite » : le disque est plein. Libérez de la place."))
    view.go("contract")
    studio.take("wizard-not-saved")
    window.banner.hide()
    view.left.emit()
    window.desk.open("1R9S-V2MG")
    complete = studio.opened(view)
    complete.go("summary")
    studio.take("wizard-summary-complete")
    complete.left.emit()
    window.begin()
    new = studio.opened(complete)
    window.bar.show_context("Mairie de Béthune · Convention santé CDG 62, MNT · dossier 7K3M-Q2XD")
    for step in ("formula", "contract", "beneficiaries"):
        new.go(step)
        studio.take(f"wizard-new-{step}")
    new.left.emit()


def pages() -> None:
    """Take each page of what is printed for the dossiers of the tests, and of a blank form."""
    conventions = {convention.id: convention for convention in library().conventions}
    files = sorted(DOSSIERS.glob("cdg62-*.json"))
    printed = {file.stem: dossier_from_json(file.read_text(encoding="utf-8")) for file in files}
    printed["cdg62-draft"] = new_dossier(DAY, "7K3M-Q2XD", TODAY)
    for name, dossier in printed.items():
        convention = conventions[dossier.convention or ""]
        found = assess(dossier, convention, TODAY)
        printing = Printing(dossier.reference or "7K3M-Q2XD", 1, NOW, draft=not found.printable)
        with Pages(pack(dossier, found, convention, printing)) as opened:
            for index in range(len(opened)):
                # In greys: the paper is black on white, and a page weighs a third.
                grey = opened.picture(index, PAGE_DPI).convertToFormat(QImage.Format.Format_Grayscale8)
                grey.save(str(PAGES / f"{name}-{index + 1}.png"))


def main() -> None:
    """Take everything again; what is not taken any more is thrown away."""
    for folder in (SCREENS, PAGES):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    style = dress(app, theme="light")
    app.setCursorFlashTime(0)
    for suffix, theme, zoom in VARIANTS:
        style.zoom_to(zoom)
        style.choose(theme)
        studio = Studio(style, suffix)
        home(studio, gate(studio))
        wizard(studio)
        kept(studio, drafts(), NOW)
        around(studio)
        studio.close()
        for takes in (day, roster, table):
            studio = Studio(style, suffix)
            studio.unlocked(studio.put_key())
            studio.filled()
            takes(studio)
            studio.close()
    pages()


if __name__ == "__main__":
    main()
