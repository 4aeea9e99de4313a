"""After a day of work nothing that was typed is in clear in any file, name, window title, log, report or setting."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget

from desktop.day.compare_dialog import CompareDialog
from desktop.day.pairs_page import PairsPage
from desktop.places import data_folder, report_folder
from desktop.reporting import Reporter
from desktop.widgets.dialogs import Dialog
from desktop.window import MainWindow
from forms.drafts import vault
from tests.desktop.conftest import PASSPHRASE, TODAY, Desktop, clock
from tests.desktop.test_journey import NearHands
from tests.keyboard import family_for
from tests.making import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from desktop.desk.permanence import Permanence
    from desktop.widgets.style import Style

NUMBERS = ("285016211904268", "186095935011862", "205076211904210", "113056211905709", "FR7630006000011234567890189")
NAMES = ("Delattre", "Roy-Delattre", "maia.delattre", "0612345678", "Maïa Delattre", "8 rue du Four", "MP-778")
"""Of the invented family: what is long enough not to come out of a cipher by chance."""
PRIVATE = "PERMANENCE_HOME", "TMPDIR", "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"


def needles() -> dict[str, list[bytes]]:
    """Give each typed value in the ways in which it may be written: compact, in groups, folded, in two encodings."""
    found = {}
    for value in (*NUMBERS, *NAMES):
        ways = {value, value.lower(), value.upper(), value.casefold()}
        if value in NUMBERS:
            fours = " ".join(value[start : start + 4] for start in range(0, len(value), 4))
            nir = " ".join((value[:1], value[1:3], value[3:5], value[5:7], value[7:10], value[10:13], value[13:15]))
            ways |= {value[:13], fours, nir, nir.replace(" ", "\u00a0"), nir.replace(" ", "\u202f")}
        found[value] = [
            way.encode(code) for way in ways for code in ("utf-8", "utf-16-le", "latin-1") if _fits(way, code)
        ]
    return found


def _fits(text: str, code: str) -> bool:
    try:
        text.encode(code)
    except UnicodeEncodeError:
        return False
    return True


def traces(said: bytes) -> set[str]:
    """Give which typed values these bytes hold."""
    return {value for value, ways in needles().items() if any(way in said for way in ways)}


def in_files(*roots: Path) -> dict[str, set[str]]:
    """Give what is in clear in each file below these folders, its name included."""
    found = {}
    for path in (path for root in roots for path in root.rglob("*")):
        said = str(path).encode() + (b"\n" + path.read_bytes() if path.is_file() else b"")
        if traces(said):
            found[str(path)] = traces(said)
    return found


class Titles(QObject):
    """Notes every title that a window ever had, as the system is told it."""

    def __init__(self) -> None:
        """Begin to listen."""
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at windows that are shown or renamed."""
        told = event.type() in {QEvent.Type.Show, QEvent.Type.WindowTitleChange}
        if told and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.add(watched.windowTitle())
        return False


@pytest.fixture
def titles(qapp: QApplication) -> Iterator[Titles]:
    """Listen to the titles of all windows."""
    heard = Titles()
    qapp.installEventFilter(heard)
    yield heard
    qapp.removeEventFilter(heard)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give folders of one's own for all that a program may write to: data, temporary, settings, cache, state."""
    for name in PRIVATE:
        folder = tmp_path / "own" / name.lower()
        folder.mkdir(parents=True)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path / "own"


@pytest.fixture
def desktop(qtbot: QtBot, style: Style, own: Path) -> Iterator[Desktop]:
    """Give the window on the user's own folder, its drafts open."""
    assert own.is_dir()
    folder = data_folder()
    key, _ = vault.create(folder, PASSPHRASE)
    window = MainWindow(folder, style, today=lambda: TODAY, now=clock)
    qtbot.addWidget(window)
    window.show()
    made = Desktop(window, qtbot)
    made.front(window)
    made.open(key)
    yield made
    if window.desk is not None:
        window.desk.close()


def saved_through(desktop: Desktop, path: Path) -> None:
    """Choose a file in the dialogue that is open, as a user does, in a folder with someone's name."""
    desktop.wait(lambda: desktop.window.findChild(QFileDialog) is not None)
    dialog = desktop.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(path.parent))
    dialog.fileSelected.emit(str(path))
    dialog.close()
    desktop.wait(path.is_file)
    dialog.deleteLater()
    desktop.wait(lambda: desktop.window.findChild(QFileDialog) is None)


def crash(value: str) -> None:
    """Die with someone's number in a message, an argument and a local variable."""
    number = value
    raise ValueError(f"{number} n’est pas attendu")


@pytest.fixture
def told(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> tuple[Reporter, list[str]]:
    """Give the handler of bugs, and what it says; the process has its own again afterwards."""
    for owner in (sys, threading):
        monkeypatch.setattr(owner, "excepthook", owner.excepthook)
    reporter, said = Reporter(clock, desktop.window), list[str]()
    reporter._caught.disconnect()
    reporter._caught.connect(lambda title, text: said.append(f"{title} {text}"))
    return reporter, said


def at_the_table(desktop: Desktop, chosen: Path) -> None:
    """Type a family key by key, look at its paper, save it, copy a number."""
    desktop.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desktop.wait(lambda: desktop.window.wizard is not None)
    NearHands(desktop, read(family_for("cdg62-mnt"))).type_in()
    wizard = desktop.window.wizard
    assert wizard is not None
    preview = desktop.preview()
    desktop.wait(lambda: preview.drawn)
    preview.save.click()
    saved_through(desktop, chosen / "Delattre.pdf")
    preview.left.emit()
    desktop.front(desktop.window)
    wizard.go("contract", "member.nir")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    field.copy()
    assert traces(QApplication.clipboard().text().encode())
    wizard.left.emit()
    desktop.wait(lambda: len(desktop.home.model.rows) == 1)


def in_the_list(desktop: Desktop) -> None:
    """Copy the dossier, ask to delete it, compare both and say why they stay, search for the name."""
    window = desktop.window
    window.duplicate()
    desktop.wait(lambda: len(desktop.home.model.rows) == 2)
    desktop.home.table.setFocus()
    desktop.key(Qt.Key.Key_Delete)
    asked = next(one for one in window.findChildren(Dialog) if one.isVisible())
    assert "Delattre" in asked.accessibleName()
    asked.reject()
    desktop.front(window)
    desktop.home.action_asked.emit("pairs")
    pairs = window.stack.currentWidget()
    assert isinstance(pairs, PairsPage)
    desktop.wait(lambda: bool(pairs.found))
    pairs.compare.click()
    desktop.wait(lambda: bool(window.findChildren(CompareDialog)))
    compared = window.findChildren(CompareDialog)[-1]
    compared.reason.line.setText("Maïa Delattre")
    compared.both.click()
    desktop.wait(lambda: not pairs.found)
    pairs.left.emit()
    desktop.wait(lambda: window.stack.currentWidget() is desktop.home)
    desktop.home.search.setText("Delattre")
    desktop.wait(lambda: len(desktop.home.model.rows) == 2)


def test_a_day_leaves_no_trace(
    desktop: Desktop,
    permanence: Permanence,
    own: Path,
    titles: Titles,
    told: tuple[Reporter, list[str]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A day at the table and in the list, a crash, a lock: nothing in any file but the one that the user saved.

    That one is not looked at: it leaves the program in clear, as paper does.
    """
    window, (reporter, said) = desktop.window, told
    desktop.desk.settle(permanence)
    chosen = own.parent / "chosen by Delattre"
    chosen.mkdir()
    at_the_table(desktop, chosen)
    try:
        crash(NUMBERS[0])
    except ValueError as error:
        reporter.take(type(error), error, error.__traceback__)
    assert list(report_folder().glob("rapport-*.txt"))
    in_the_list(desktop)
    window.lock()
    assert window.desk is None

    assert not traces(QApplication.clipboard().text().encode())
    assert in_files(own) == {}
    assert not traces("\n".join((*capfd.readouterr(), *said, *titles.seen)).encode())
    assert {"Comparer deux dossiers", "Supprimer un dossier ?"} <= titles.seen
    assert QSettings("QtProject", "").allKeys() == []
    shown = [one.text() for one in window.findChildren(QLineEdit) if one.isVisible()]
    assert not traces("\n".join(shown).encode())

    (own / "control.txt").write_text(f"NIR {NUMBERS[0]}", encoding="utf-8")
    assert in_files(own) == {str(own / "control.txt"): {NUMBERS[0]}}


@pytest.mark.skipif(sys.platform != "linux", reason="limits and /proc are a matter of Linux")
@pytest.mark.parametrize("verb", ["conventions", ""])
def test_a_process_that_dies_leaves_no_core(tmp_path: Path, verb: str) -> None:
    """Window and command line: no size for a core, for children neither, and not dumpable (its /proc is root's)."""
    program = (
        "import sys, resource, ctypes, desktop.__main__ as door\n"
        "import desktop.display as display\n"
        "display.why_no_window = lambda: 'no window'\n"
        f"door.main({[verb] if verb else []!r})\n"
        "sys.stderr.write(f'{resource.getrlimit(resource.RLIMIT_CORE)} {ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)}')\n"
    )
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (hard, hard)),
    )  # fmt: skip
    assert done.stderr.endswith("(0, 0) 0")
