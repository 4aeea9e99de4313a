"""The start: nothing heavy before the first paint, and a list for whoever is faster than the imports."""

from __future__ import annotations

import ast
import datetime as dt
import gc
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.desk.draft_rows import AGENT, NET, STATE
from desktop.desk.permanence import SETTING, written
from desktop.home.first_list import LATER
from desktop.preparing import Preparing
from forms.drafts import vault
from forms.drafts.draft import Draft
from forms.drafts.files import DATABASE
from forms.drafts.glance import glance
from forms.drafts.lock import FolderLock
from forms.drafts.store import DraftStore
from forms.faults import Fault
from tests.desktop.conftest import NOW, PASSPHRASE, Desktop, write
from tests.making import kept, put, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.desk.permanence import Permanence
    from forms.convention import Library

HEAVY = {
    "pydantic", "pydantic_core", "sqlite_utils", "sqlcipher3", "reportlab", "cryptography", "openpyxl", "PIL",
    "zxingcpp", "pypdfium2", "pikepdf", "stdnum", "numpy", "platformdirs", "concurrent.futures", "json", "hashlib",
    "decimal", "inspect", "dataclasses", "argparse", "logging", "PySide6.QtSvg", "PySide6.QtPrintSupport",
    "desktop.widgets.dialogs", "desktop.widgets.focus", "desktop.day.actions",
    "forms.convention", "forms.assessment", "forms.dossier", "forms.bulletin",
    "forms.exchange", "forms.french", "forms.drafts.vault", "forms.drafts.store", "forms.drafts.keeper",
    "desktop.desk.desk", "desktop.home.home", "desktop.preparing",
}  # fmt: skip
"""What may not be imported before the gate is painted."""

_CHILD = """
import sys
from desktop.display import why_no_window
why_no_window()
import desktop.application
from desktop.__main__ import main
from desktop.window import MainWindow

class Watched(MainWindow):
    def paintEvent(self, event):
        print(sorted(sys.modules), flush=True)
        import os
        os._exit(0)

desktop.application.MainWindow = Watched
main([])
"""


def test_nothing_heavy_is_imported_before_the_first_paint(tmp_path: Path) -> None:
    """What the program has imported when the gate is painted: Qt, the gate, and little else."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], capture_output=True, text=True, timeout=60, check=True,
        env={
            **os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), *sys.path]),
            "QT_QPA_PLATFORM": "offscreen", "PERMANENCE_HOME": str(tmp_path),
        },
    )  # fmt: skip
    imported = set(ast.literal_eval(done.stdout))
    assert "desktop.gate.unlock" in imported
    assert imported & HEAVY == set()


_BOUND = """
import builtins, gc
from desktop.binding import bind
bind()
from PySide6.QtWidgets import QApplication, QLabel
assert builtins.__import__.__name__ != "__feature_import__" and not gc.isenabled()
import sys
later = [name for name, module in sys.modules.items() if name.startswith("shibokensupport") and "_run" in vars(module)]
assert len(later) == 8, later
app = QApplication([])
try:
    QLabel().setText(3)
except TypeError as error:
    print(error)
from shibokensupport.signature import get_signature
print(get_signature(QLabel.setText))
print(QLabel.setText.__doc__)
"""


def test_what_qt_imports_later_answers_as_ever() -> None:
    """The modules that PySide6 would run at each start run when they are asked: a wrong call says what was wrong."""
    usual = "\n".join(line for line in _BOUND.splitlines() if "assert" not in line and "bind" not in line)
    said = [
        subprocess.run(
            [sys.executable, "-c", text], capture_output=True, text=True, timeout=60, check=True,
            cwd=Path(__file__).parents[2], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        ).stdout
        for text in (_BOUND, usual)
    ]  # fmt: skip
    assert "setText(arg__1: str" in said[0]
    assert said[0] == said[1]


def test_the_search_for_garbage_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits while the trade is imported, and no longer, even where the conventions cannot be read."""
    monkeypatch.setattr(gc, "freeze", lambda: None)  # what other tests have made may go
    gc.disable()

    def read() -> Library:
        raise Fault("Les conventions ne se lisent pas.")

    preparing = Preparing(read)
    preparing.start()
    assert isinstance(preparing.library.exception(timeout=60), Fault)
    preparing.thread.join()
    assert gc.isenabled()


def test_nothing_of_qt_is_imported_beside_the_window() -> None:
    """What is prepared on another thread names no Qt: imported there while the window runs, it crashed now and then."""
    told = (
        "import sys; from importlib import import_module; from desktop.preparing import _FIRST, _TRADE\n"
        "[import_module(name) for name in _FIRST + _TRADE]\n"
        "from forms.convention import library; library()\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, timeout=60, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout == "[]\n"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Hold what is prepared until something is put in the list: the machine is slow, or its user quick."""
    over: list[bool] = []
    monkeypatch.setattr(Preparing, "is_ready", property(lambda self: bool(over) and self.library.done()))
    monkeypatch.setattr(Preparing, "start", lambda self: self.begun.set_result(None))
    yield over
    over.append(True)


@pytest.fixture
def key(folder: Path, permanence: Permanence) -> bytes:
    """Make a folder with two drafts of the day, one of the day before, and the day's settings."""
    made, _ = vault.create(folder, PASSPHRASE)
    store = DraftStore(folder, made)
    store.set_setting(SETTING, written(permanence))
    for number, name in enumerate(("Delattre", "Roussel", "Ancien")):
        said = put(kept("cdg62-family"), {"reference": f"AAAA-000{number}", "member.used_name": name})
        at = NOW - dt.timedelta(days=1) if name == "Ancien" else NOW + dt.timedelta(minutes=number)
        store.save(Draft(f"AAAA-000{number}", read(said), "", "draft", "", "", 1, at, at))
    store.close()
    return made


def _prepared(desktop: Desktop, slow: list[bool]) -> None:
    slow.append(True)
    preparing = desktop.window.entering._preparing
    assert preparing is not None
    preparing.library.set_result(desktop.window.read_library())


def _early(desktop: Desktop, key: bytes) -> None:
    desktop.window.gate.opened.emit(key)
    desktop.wait(lambda: desktop.window.home is not None)
    assert desktop.window.desk is None


def test_the_list_comes_before_what_works_it_out(slow: list[bool], key: bytes, closed: Desktop) -> None:
    """Names and states at once, and keys; then prices in the same view, where what is typed and chosen stays."""
    _early(closed, key)
    view = closed.home
    assert "mairie de béthune" in view.title.text().lower()
    assert [row.texts[AGENT].split()[0] for row in view.model.rows] == ["Roussel", "Delattre"]
    assert {row.texts[NET] for row in view.model.rows} == {LATER}
    assert {row.texts[STATE] for row in view.model.rows} == {"brouillon"}
    assert view.counts.isHidden()
    assert QApplication.focusWidget() is view.table
    closed.key(Qt.Key.Key_Down)
    view.search_now()
    write("roussel")
    _prepared(closed, slow)
    closed.wait(lambda: closed.window.desk is not None and len(view.model.rows) == 1)
    closed.wait(lambda: view.model.rows[0].texts[NET] not in {LATER, ""})
    assert closed.home is view
    assert QApplication.focusWidget() is view.search
    assert view.search.text() == "roussel"


def test_what_is_asked_of_the_first_list_is_done_once_it_can_be(slow: list[bool], key: bytes, closed: Desktop) -> None:
    """Enter on a row opens its dossier, as soon as there is something to open it."""
    _early(closed, key)
    closed.home.table.choose("AAAA-0000")
    closed.key(Qt.Key.Key_Return)
    _prepared(closed, slow)
    closed.wait(lambda: closed.window.wizard is not None)
    assert closed.desk.session is not None
    assert closed.desk.session.dossier.reference == "AAAA-0000"


def test_the_first_list_is_locked_as_any(slow: list[bool], key: bytes, closed: Desktop) -> None:
    """The gate comes back, nothing of the list is left, and what was prepared opens nothing."""
    _early(closed, key)
    closed.window.lock()
    assert closed.window.stack.currentWidget() is closed.window.gate
    assert closed.window.home is None
    _prepared(closed, slow)
    closed.qtbot.wait(50)
    assert closed.window.desk is None
    closed.window.gate.opened.emit(key)
    closed.wait(lambda: closed.window.desk is not None)


def test_a_list_that_cannot_be_glanced_at_is_refused_by_the_opening(
    slow: list[bool], key: bytes, folder: Path, closed: Desktop
) -> None:
    """Drafts held by another window: no list, and the line of the opening once it is tried."""
    held = FolderLock(folder)
    closed.window.gate.opened.emit(key)
    _prepared(closed, slow)
    page = closed.window.gate.page
    closed.wait(lambda: "déjà ouvert" in (closed.window.gate.page or page).refusal.text())  # type: ignore[union-attr]
    assert closed.window.home is None
    assert closed.window.stack.currentWidget() is closed.window.gate
    held.release()


def test_a_glance_writes_nothing_and_refuses_nothing(folder: Path, key: bytes) -> None:
    """It gives what the store gives; another key, a damaged file, an empty folder: nothing, and no line."""
    before = (folder / DATABASE).read_bytes()
    found = glance(folder, key, 2, ("none", SETTING))
    assert found is not None
    assert [draft.reference for draft in found.drafts] == ["AAAA-0001", "AAAA-0000"]
    assert found.settings["none"] is None
    assert "Béthune" in found.settings[SETTING]
    assert "Roussel" not in repr(found.drafts)
    assert (folder / DATABASE).read_bytes() == before
    assert glance(folder, bytes(32), 2) is None
    assert glance(folder / "elsewhere", key, 2) is None
    (folder / DATABASE).write_bytes(before[:3000])
    assert glance(folder, key, 2) is None
