"""``python -m tests.pictures``: take every screen and every page again into tests/snapshots, for the next reader."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "UTC"  # "Enregistré à 14:32" wherever the picture is taken

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.application import dress
from desktop.desk import EditionChange
from desktop.dialogs import Dialog
from desktop.first_start import RecoveryPage
from desktop.pages import Pages
from desktop.permanence import Permanence, new_dossier
from desktop.window import MainWindow
from forms.assessment import assess
from forms.bulletin import Printing, pack
from forms.convention import library
from forms.dossier.model import Dossier, Employer, Member
from forms.dossier.paths import edited
from forms.dossier.reading import dossier_from_json
from forms.drafts import vault
from forms.drafts.draft import Draft
from forms.faults import Fault
from tests.pictures_around import around

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.style import Style
    from desktop.wizard.view import WizardView
    from forms.convention import Convention

HERE = Path(__file__).resolve().parent
SCREENS, PAGES = HERE / "snapshots" / "screens", HERE / "snapshots" / "pages"
SIZE = (1366, 768)
ZOOMS = (100, 200)
PAGE_DPI = 110
THEMED = frozenset({
    "gate-wrong-passphrase", "home-five-drafts", "wizard-beneficiaries-error", "wizard-summary", "help-home",
    "help-keys", "edition-changed", "practice-home",
})  # fmt: skip
"""What is taken in the dark and in high contrast too."""
TODAY = dt.date(2026, 2, 3)
NOW = dt.datetime(2026, 2, 3, 14, 32, tzinfo=dt.UTC)
DAY = Permanence(
    place="Béthune", day=TODAY, said_on=TODAY, convention="cdg62-mnt",
    employer=Employer.model_validate({
        "name": "Mairie de Béthune", "siret": "21620910600014", "joined_on": dt.date(2026, 1, 1),
        "participation": "15.00",
    }),
)  # fmt: skip


class Studio:
    """One window, and the pictures that are taken of it."""

    def __init__(self, style: Style, suffix: str, only: frozenset[str] = frozenset()) -> None:
        """Open a window on an empty folder; with ``only``, no other picture is kept."""
        self._only = only
        self._folder = tempfile.TemporaryDirectory()
        self._suffix = suffix
        self.folder = Path(self._folder.name, "drafts")
        self.window = MainWindow(self.folder, style, today=lambda: TODAY, now=lambda: NOW)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.activateWindow()

    def until(self, condition: Callable[[], object]) -> None:
        """Let Qt work until it is so."""
        end = time.monotonic() + 20
        while not condition():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            if time.monotonic() > end:
                sys.exit("une image attend ce qui ne vient pas")

    def edition_change(self, old: Convention | None) -> EditionChange:
        """Give what is asked of a printed draft of another edition than the one in force."""
        assert self.window.desk is not None
        return EditionChange(drafts()[2], old, self.window.desk.conventions["cdg62-mnt"])

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, or of a dialogue over it."""
        for _ in range(4):
            QApplication.processEvents()
        if self._only and name not in self._only:
            return
        (widget or self.window).grab().save(str(SCREENS / f"{name}{self._suffix}.png"))

    def close(self) -> None:
        """Close the window and drop its folder."""
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()
        self._folder.cleanup()


def family(change: Callable[[Dossier], Dossier] = lambda dossier: dossier) -> Dossier:
    """Give the invented family of the tests."""
    text = (HERE / "dossiers" / "cdg62-family.json").read_text(encoding="utf-8")
    return change(dossier_from_json(text))


def with_errors(dossier: Dossier) -> Dossier:
    """Give a dossier with one wrong number and one that is missing."""
    dossier = edited(dossier, "member.staff_number", None)
    return edited(dossier, "beneficiaries.1.nir", "2 05 07 62 119 042 37")


def nir(title: str, born: str) -> str:
    """Give a number whose key is right, of no one."""
    digits = f"{1 if title == 'm' else 2}{born[2:4]}{born[5:7]}62119042"
    return f"{digits}{97 - int(digits) % 97:02d}"


def drafts() -> list[Draft]:
    """Give five drafts of invented people, the newest last."""
    people = [
        ("2B7C-91XD", "transmis", "Ben Salah", "Inès", "B-0931", "1991-04-02", "essentielle"),
        ("5H3N-K0TQ", "retraitée", "Lheureux", "Josiane", None, "1958-11-20", "essentielle"),
        ("8P4W-6ZAE", "imprimé", "Wojciechowska", "Anna", "B-1102", "1974-06-30", "renforcee"),
        ("1R9S-V2MG", "complet", "Caron", "Hervé", "B-0217", "1990-08-08", "securite"),
    ]
    made = []
    for minutes, (reference, kind, name, first, number, born, formula) in enumerate(people):
        whole, title = family(), "m" if first == "Hervé" else "mme"
        member = Member.model_validate({
            **whole.member.model_dump(), "birth_name": name, "used_name": None, "first_name": first,
            "staff_number": number, "birth_date": dt.date.fromisoformat(born), "nir": nir(title, born),
            "title": title, "category": "retired" if number is None else "active",
        })  # fmt: skip
        dossier = whole.model_copy(
            update={"reference": reference, "member": member, "beneficiaries": (), "formula": formula}
        )
        state = {"transmis": "sent", "retraitée": "printed", "imprimé": "printed"}.get(kind, "complete")
        when = NOW + dt.timedelta(minutes=minutes)
        made.append(Draft(reference, dossier, "", state, "", "", 1, when, when))  # type: ignore[arg-type]
    last = NOW + dt.timedelta(minutes=9)
    errors = family(with_errors).model_copy(update={"reference": "7K3M-Q2XD"})
    return [*made, Draft("7K3M-Q2XD", errors, "", "draft", "", "", 1, last, last)]


def gate(studio: Studio) -> bytes:
    """Take the first start and the unlocking; give the key of the drafts made meanwhile."""
    window = studio.window
    studio.until(lambda: QApplication.focusWidget() is not None)
    studio.take("gate-first-start")
    window.gate._show(RecoveryPage("7K3M-Q2XD-9V4T-0B6H-S1WZ-E8NC-5RAJ"))
    studio.take("gate-recovery-key")
    key, _ = vault.create(studio.folder, "carafe lundi tambour vignette")
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
    window.gate.noted = True
    window.gate.opened.emit(key)
    desk, view = window.desk, window.home
    assert desk is not None
    assert view is not None
    studio.until(view.empty.isVisible)
    studio.take("home-first-time")
    desk.settle(DAY)
    studio.take("home-empty")
    for draft in drafts():
        desk.restore(draft)
        desk.flush()
    desk.list()
    studio.until(lambda: len(view.model.rows) == len(drafts()))
    view.start()
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


def opened(studio: Studio, former: WizardView | None = None) -> WizardView:
    """Wait for the next wizard."""
    studio.until(lambda: studio.window.wizard not in {None, former})
    view = studio.window.wizard
    assert view is not None
    return view


def wizard(studio: Studio) -> None:
    """Take each step of the wizard, the preview, and the banner of a disk that refuses."""
    window = studio.window
    assert window.desk is not None
    window.desk.open("7K3M-Q2XD")
    view = opened(studio)
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
    complete = opened(studio, view)
    complete.go("summary")
    studio.take("wizard-summary-complete")
    complete.left.emit()
    window.begin()
    new = opened(studio, complete)
    window.bar.show_context("Mairie de Béthune · Convention santé CDG 62, MNT · dossier 7K3M-Q2XD")
    for step in ("formula", "contract", "beneficiaries"):
        new.go(step)
        studio.take(f"wizard-new-{step}")
    new.left.emit()


def pages() -> None:
    """Take each page of what is printed for the dossiers of the tests, and of a blank form."""
    conventions = {convention.id: convention for convention in library().conventions}
    files = sorted((HERE / "dossiers").glob("cdg62-*.json"))
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
    for zoom in ZOOMS:
        style.zoom_to(zoom)
        studio = Studio(style, "" if zoom == ZOOMS[0] else f"-{zoom}")
        key = gate(studio)
        home(studio, key)
        wizard(studio)
        around(studio)
        studio.close()
    for theme in ("dark", "contrast"):
        style.zoom_to(100)
        style.choose(theme)
        studio = Studio(style, f"-{theme}", THEMED)
        home(studio, gate(studio))
        wizard(studio)
        around(studio)
        studio.close()
    pages()


if __name__ == "__main__":
    main()
