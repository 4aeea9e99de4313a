"""Dossier files in the window: taken in, met, refused in one line, written out in clear when that was confirmed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QFileDialog

from desktop.day.dossier_file import REFUSED, Met, Opening, dossier_at, write_out
from desktop.doorstep import Doorstep
from desktop.handing import ASKED, Inbox, NotOpen, hand_over
from desktop.widgets.dialogs import Dialog
from forms.dossier.reading import dossier_from_json
from forms.drafts import vault
from tests.desktop.conftest import NOW, PASSPHRASE, TODAY, clock
from tests.making import family, read

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.day.actions import Day
    from tests.desktop.conftest import Desktop
    from tests.making import Said


def file(folder: Path, said: Said, name: str = "famille.permanence.json") -> Path:
    """Put a dossier on the stick."""
    path = folder / name
    path.write_text(json.dumps({"format": "permanence.dossier/1", **said}), encoding="utf-8")
    return path


def open_file(desktop: Desktop, path: Path) -> None:
    """Open a file as a double click does, once the drafts are unlocked."""
    Opening(desktop.window, desktop.desk, lambda: TODAY, clock).open(path)


def told(desktop: Desktop, title: str = REFUSED) -> Dialog:
    """Wait for what is said, and give it."""

    def shown() -> list[Dialog]:
        return [one for one in desktop.window.findChildren(Dialog) if one.isVisible() and one.windowTitle() == title]

    desktop.wait(lambda: bool(shown()))
    return shown()[0]


def on_table(desktop: Desktop) -> str | None:
    """Give the reference of the dossier on the table."""
    return desktop.desk.session.dossier.reference if desktop.desk.session else None


def opened_file(desktop: Desktop, path: Path) -> str:
    """Open a file, wait until its dossier is on the table, and give its reference."""
    open_file(desktop, path)
    desktop.wait(lambda: desktop.window.wizard is not None)
    return str(on_table(desktop))


def test_a_file_becomes_a_draft(opened: Desktop, tmp_path: Path) -> None:
    """Under its own reference, with all it says; opened again, the same draft comes, and there is one."""
    said = family(reference="7K3M-Q2XD")
    path = file(tmp_path, said)
    assert opened_file(opened, path) == "7K3M-Q2XD"
    assert opened.desk.session is not None
    assert opened.desk.session.dossier == read(said)
    opened.window.go_home()
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    assert opened_file(opened, path) == "7K3M-Q2XD"
    assert opened.desk.draft is not None
    assert (opened.desk.draft.state, opened.desk.draft.version) == ("complete", 1)


def test_without_a_reference_it_gets_one(opened: Desktop, tmp_path: Path) -> None:
    """Twice the same file is two dossiers: nothing tells them apart."""
    path = file(tmp_path, family(reference=None))
    first = opened_file(opened, path)
    opened.window.go_home()
    opened.wait(lambda: opened.window.wizard is None)
    second = opened_file(opened, path)
    assert first != second
    assert not {first[:5], second[:5]} & {"SPEC-"}


def test_another_of_the_same_reference_is_asked(opened: Desktop, tmp_path: Path) -> None:
    """The differences are told; what is here stays, both are kept, or the file's is taken: as was said, and only so."""
    opened_file(opened, file(tmp_path, family(reference="7K3M-Q2XD")))
    opened.window.go_home()
    other = file(tmp_path, family(reference="7K3M-Q2XD", member__first_name="Zélie"), "autre.permanence.json")

    def asked() -> Met:
        open_file(opened, other)
        opened.wait(lambda: any(one.isVisible() for one in opened.window.findChildren(Met)))
        return next(one for one in opened.window.findChildren(Met) if one.isVisible())

    def first_name() -> str | None:
        opened.wait(lambda: opened.window.wizard is not None)
        assert opened.desk.session is not None
        return opened.desk.session.dossier.member.first_name

    before = read(family()).member.first_name
    asked().reject()
    asked().here_asked.click()
    assert first_name() == before
    opened.window.go_home()
    asked().both_asked.click()
    assert first_name() == "Zélie"
    assert on_table(opened) != "7K3M-Q2XD"
    opened.window.go_home()
    opened.wait(lambda: len(opened.home.model.rows) == 2)
    asked().replace_asked.click()
    assert first_name() == "Zélie"
    assert on_table(opened) == "7K3M-Q2XD"


def test_what_is_on_paper_begins_another_version(opened: Desktop, tmp_path: Path) -> None:
    """Replacing a printed dossier leaves its paper as it is."""
    opened_file(opened, file(tmp_path, family(reference="7K3M-Q2XD")))
    assert opened.desk.draft is not None
    opened.desk.printed(opened.desk.draft, b"%PDF", NOW)
    opened.window.go_home()
    open_file(opened, file(tmp_path, family(reference="7K3M-Q2XD", member__first_name="Zélie")))
    opened.wait(lambda: any(one.isVisible() for one in opened.window.findChildren(Met)))
    next(one for one in opened.window.findChildren(Met) if one.isVisible()).replace_asked.click()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.draft is not None
    assert (opened.desk.draft.state, opened.desk.draft.version) == ("complete", 2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "n’est pas du JSON"),
        ("[]", "un bloc { … } est attendu"),
        ('{"format": "permanence.dossier/2"}', "mettez le programme à jour"),
        ('{"format": "permanence.dossier/1", "x": 1}', "clé inconnue « x »"),
        ('{"format": "permanence.dossier/1"}', "ne dit pas sa convention"),
        ('{"format": "permanence.dossier/1", "convention": "autre"}', "(autre) n’est pas installée"),
        ('{"format": "permanence.dossier/1", "reference": "SPEC-0001"}', "dossier d’entraînement"),
    ],
)
def test_a_bad_file_is_one_line(opened: Desktop, tmp_path: Path, text: str, why: str) -> None:
    """A dialogue says it; nothing is kept."""
    path = tmp_path / "mal.permanence.json"
    path.write_text(text, encoding="utf-8")
    open_file(opened, path)
    shown = told(opened)
    assert why in shown.accessibleDescription().replace("\u00a0", " ").replace("\u202f", " ")
    shown.accept()
    assert opened.home.model.rows == ()


def test_files_that_cannot_be_read(opened: Desktop, tmp_path: Path) -> None:
    """Not there, a folder, not text, too large."""
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "large").write_bytes(b" " * 5_000_000)
    for name in ("none", "", "binary", "large"):
        open_file(opened, tmp_path / name)
        told(opened).accept()


def test_the_practice_keeps_to_itself(opened: Desktop, tmp_path: Path) -> None:
    """A real one does not enter; one without a reference gets a specimen's, one of its own is opened."""
    opened.window.practise()
    opened.wait(lambda: opened.window.home is not None and len(opened.home.model.rows) == 5)
    open_file(opened, file(tmp_path, family(reference="7K3M-Q2XD")))
    told(opened).accept()
    assert opened_file(opened, file(tmp_path, family(reference=None))).startswith("SPEC-")
    opened.window.go_home()
    assert opened_file(opened, file(tmp_path, family(reference="SPEC-ABCD"))) == "SPEC-ABCD"


def test_it_waits_for_the_passphrase(closed: Desktop, folder: Path, tmp_path: Path) -> None:
    """What the program was started with is opened at the first unlocking, and not at the second."""
    Doorstep(closed.window, folder, file(tmp_path, family(reference="7K3M-Q2XD")), today=lambda: TODAY, now=clock)
    key, _ = vault.create(folder, PASSPHRASE)
    closed.window.gate.opened.emit(key)
    closed.wait(lambda: closed.window.wizard is not None)
    assert on_table(closed) == "7K3M-Q2XD"
    closed.window.lock()
    closed.window.gate.opened.emit(key)
    closed.wait(lambda: closed.window.home is not None and len(closed.home.model.rows) == 1)
    assert closed.window.wizard is None


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_double_click_of_macos(closed: Desktop, folder: Path, tmp_path: Path) -> None:
    """There it is an event: kept until the drafts are unlocked, taken at once afterwards."""
    step = Doorstep(closed.window, folder, None, today=lambda: TODAY, now=clock)
    key, _ = vault.create(folder, PASSPHRASE)
    for reference in ("7K3M-Q2XD", "7K3M-Q2XE"):
        clicked = QFileOpenEvent(str(file(tmp_path, family(reference=reference), reference)))
        assert step.eventFilter(closed.window, clicked)
        if closed.window.desk is None:
            closed.window.gate.opened.emit(key)
        closed.wait(lambda reference=reference: closed.window.wizard is not None and on_table(closed) == reference)  # type: ignore[misc]
    assert not step.eventFilter(closed.window, QEvent(QEvent.Type.User))


def test_a_second_start_hands_its_file_over(opened: Desktop, folder: Path, tmp_path: Path) -> None:
    """The window that is open takes it away, and its dossier comes; with no file it comes forward; a question waits."""
    asked: list[Path | None] = []
    free = [False]
    inbox = Inbox(folder, lambda: free[0], opened.desk)
    inbox.asked.connect(asked.append)
    path = file(tmp_path, family(reference="7K3M-Q2XD"))
    with ThreadPoolExecutor() as second:
        for given in (path, None):
            heard = second.submit(hand_over, folder, given)
            opened.wait(heard.done)
            assert heard.result()
    assert asked == []
    free[0] = True
    opened.wait(lambda: asked == [path, None])


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_program_started_twice(closed: Desktop, folder: Path, tmp_path: Path) -> None:
    """A double click while the window is open: the second process ends well and at once, the first has the dossier."""
    Doorstep(closed.window, folder, None, today=lambda: TODAY, now=clock)
    key, _ = vault.create(folder, PASSPHRASE)
    closed.open(key)
    path = file(tmp_path, family(reference="7K3M-Q2XD"))
    environment = {**os.environ, "PERMANENCE_HOME": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-m", "desktop", path], env=environment, stderr=subprocess.PIPE, text=True
    ) as second:
        closed.qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
        assert second.stderr is not None
        assert (second.returncode, second.stderr.read()) == (0, "")
    closed.wait(lambda: closed.window.wizard is not None)
    assert on_table(closed) == "7K3M-Q2XD"


def test_a_window_that_does_not_answer(opened_elsewhere: bytes, folder: Path) -> None:
    """What was asked is taken back: it is not opened an hour later."""
    assert opened_elsewhere
    assert not hand_over(folder, None, patience=0)
    assert not (folder / ASKED).exists()


def test_handing_over_needs_a_window(folder: Path) -> None:
    """While none has the drafts open, the second start is the first."""
    folder.mkdir()
    with pytest.raises(NotOpen):
        hand_over(folder, None)
    assert not (folder / ASKED).exists()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_file_handed_over_is_opened(closed: Desktop, folder: Path, tmp_path: Path) -> None:
    """From the line in the folder to the dossier on the table; a line that is none does nothing."""
    Doorstep(closed.window, folder, None, today=lambda: TODAY, now=clock)
    key, _ = vault.create(folder, PASSPHRASE)
    closed.open(key)
    for line in ("{", "[]", '{"file": "relatif.json"}', '{"file": 3}'):
        (folder / "put").write_text(line, encoding="utf-8")
        (folder / "put").replace(folder / ASKED)
        closed.wait(lambda line=line: line == "{" or not (folder / ASKED).exists())  # type: ignore[misc]
        (folder / ASKED).unlink(missing_ok=True)
    (folder / ASKED).write_text(
        json.dumps({"file": str(file(tmp_path, family(reference="7K3M-Q2XD")))}), encoding="utf-8"
    )
    closed.wait(lambda: closed.window.wizard is not None)
    assert on_table(closed) == "7K3M-Q2XD"


def test_exporting_is_announced_and_noted(opened: Desktop, tmp_path: Path) -> None:
    """Chosen first, confirmed, put where the user says; the file opens again as it was; the journal knows."""
    opened.home.action_asked.emit("export")
    told(opened, "Choisissez d’abord un dossier dans la liste").accept()
    said = family(reference="7K3M-Q2XD")
    opened_file(opened, file(tmp_path, said))
    opened.window.go_home()
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    opened.home.table.choose("7K3M-Q2XD")
    opened.home.action_asked.emit("export")
    announced = told(opened, "Exporter le dossier 7K3M-Q2XD en clair ?")
    assert "ne sera pas chiffré" in announced.accessibleDescription()
    announced.accept()
    opened.wait(lambda: opened.window.findChild(QFileDialog) is not None)
    dialog = opened.window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith("7K3M-Q2XD.permanence.json")
    dialog.fileSelected.emit(str(tmp_path / "sortie"))
    told(opened, "Le dossier est exporté, en clair").accept()
    dialog.close()
    out = tmp_path / "sortie.permanence.json"
    assert dossier_at(out) == read(said)
    assert dossier_from_json(out.read_text(encoding="utf-8")).reference == "7K3M-Q2XD"
    noted: list[str] = []
    opened.desk.ask(lambda store: [entry.kind for entry in store.noted("7K3M-Q2XD")], noted.extend)
    opened.wait(lambda: "exported" in noted)


def test_exporting_where_it_cannot_be_written(opened: Desktop, tmp_path: Path) -> None:
    """One line, and nothing is noted."""
    opened_file(opened, file(tmp_path, family(reference="7K3M-Q2XD")))
    assert opened.desk.draft is not None
    write_out(day_of(opened), opened.desk.draft, tmp_path / "none" / "x.permanence.json")
    told(opened, "Le dossier n’est pas exporté").accept()


def day_of(desktop: Desktop) -> Day:
    """Give what an action of the list may use."""
    assert desktop.window.at_home is not None
    return desktop.window.at_home._day
