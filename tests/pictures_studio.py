"""One window on an empty folder, and the pictures that are taken of it."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["TZ"] = "UTC"  # "Enregistré à 14:32" wherever the picture is taken

from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtGui import QImage, qRgb
from PySide6.QtWidgets import QApplication, QWidget

from desktop.desk.edition_change import EditionChange
from desktop.window import MainWindow
from forms.drafts import vault
from tests.pictures_people import DAY, NOW, TODAY, drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.widgets.style import Style
    from desktop.wizard.view import WizardView
    from forms.convention import Convention
    from forms.drafts.store import DraftStore

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)

SCREENS = Path(__file__).resolve().parent / "snapshots" / "screens"
SIZE = (1366, 768)
PASSPHRASE = "carafe lundi tambour vignette"


class Studio:
    """One window, and the pictures that are taken of it."""

    def __init__(self, style: Style, suffix: str) -> None:
        """Open a window on an empty folder; ``suffix`` ends the name of each picture."""
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

    def shown(self, kind: type[W]) -> W:
        """Wait for a widget of a kind that is on screen, and give it."""

        def found() -> list[W]:
            return [one for one in self.window.findChildren(kind) if one.isVisible()]

        self.until(found)
        return found()[-1]

    def ask(self, question: Callable[[DraftStore], T]) -> T:
        """Ask the drafts, and wait for their answer."""
        assert self.window.desk is not None
        answers: list[T] = []
        self.window.desk.ask(question, answers.append)
        self.until(lambda: answers)
        return answers[0]

    def unlocked(self, key: bytes) -> None:
        """Open the drafts, of which nothing is there yet."""
        self.window.gate.noted = True
        self.window.gate.opened.emit(key)
        self.until(lambda: self.window.home is not None and self.window.home.empty.isVisible())

    def filled(self) -> None:
        """Settle the day and put five dossiers in its list."""
        desk, view = self.window.desk, self.window.home
        assert desk is not None
        assert view is not None
        desk.settle(DAY)
        for draft in drafts():
            desk.restore(draft)
            desk.flush()
        desk.list()
        self.until(lambda: len(view.model.rows) == len(drafts()))
        view.start()

    def put_key(self) -> bytes:
        """Choose the passphrase, and give the key of the drafts."""
        key, _ = vault.create(self.folder, PASSPHRASE)
        return key

    def opened(self, former: WizardView | None = None) -> WizardView:
        """Wait for the next wizard."""
        self.until(lambda: self.window.wizard not in {None, former})
        assert self.window.wizard is not None
        return self.window.wizard

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, or of a dialogue over it."""
        for _ in range(4):
            QApplication.processEvents()
        picture = (widget or self.window).grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        few = picture.convertToFormat(QImage.Format.Format_Indexed8, _colours(picture))
        few.save(str(SCREENS / f"{name}{self._suffix}.png"), quality=0)

    def close(self) -> None:
        """Close the window and drop its folder."""
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # else the next theme dresses it too
        self._folder.cleanup()


def _colours(picture: QImage) -> list[int]:
    """Give 128 colours for a picture, a third of its weight: what is flat as it is, edges within 12 of 255."""
    size = picture.width(), picture.height()
    whole = Image.frombuffer("RGB", size, bytes(picture.constBits()), "raw", "RGB", picture.bytesPerLine())
    counted = whole.getcolors(size[0] * size[1]) or []
    colours = [colour for _, colour in sorted(counted, reverse=True)[:32]]
    flat = [part for colour in colours if isinstance(colour, tuple) for part in colour]
    edges = whole.quantize(96, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette() or []
    parts = [*flat, *edges]
    return [qRgb(parts[at], parts[at + 1], parts[at + 2]) for at in range(0, len(parts), 3)]
