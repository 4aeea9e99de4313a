"""From a key to the window drawn again, with its price, a dossier of ten people on the table; and ``assess`` alone."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.application import dress
from desktop.desk.permanence import Permanence
from desktop.window import MainWindow
from forms.assessment import assess
from forms.drafts import vault
from forms.drafts.draft import Draft
from forms.drafts.store import DraftStore
from tests.benchmarks.child import PASSPHRASE
from tests.making import TODAY, cdg62, child, kept, read

if TYPE_CHECKING:
    from pathlib import Path

    from forms.dossier.model import Dossier

_TYPED = ("14072015", "Élodie-Marguerite", "Saint-Maximin")
_PATIENCE = 30.0


def family_of_ten() -> Dossier:
    """Give a member, a partner and eight children, complete."""
    said = kept("cdg62-family")
    numbered = [child(f"20{10 + place}-03-0{1 + place}", scheme="general", own_cover=False) for place in range(8)]
    said["beneficiaries"] = [said["beneficiaries"][0], *numbered]
    said["reference"] = "AAAA-0010"
    return read(said)


def assessed() -> float:
    """Give the milliseconds of one ``assess`` of ten people: the median of 300."""
    dossier, convention = family_of_ten(), cdg62()
    found = []
    for _ in range(300):
        start = time.perf_counter()
        assess(dossier, convention, TODAY)
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def typed(folder: Path) -> list[float]:
    """Give the milliseconds of each key: from its event to the end of what it made Qt draw."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    now = dt.datetime(2026, 2, 3, 14, 32, tzinfo=dt.UTC)
    key, _ = vault.create(folder, PASSPHRASE)
    store = DraftStore(folder, key)
    dossier = family_of_ten()
    store.save(Draft("AAAA-0010", dossier, cdg62().fingerprint, "draft", "", "", 1, now, now))
    store.close()
    window = MainWindow(folder, dress(app, theme="light"), today=lambda: TODAY, now=lambda: now)
    window.show()
    window.gate.opened.emit(key)
    _until(lambda: window.desk is not None)
    assert window.desk is not None
    window.desk.settle(Permanence(place="Béthune", convention="cdg62-mnt"))
    window.desk.open("AAAA-0010")
    _until(lambda: window.wizard is not None)
    assert window.wizard is not None
    found: list[float] = []
    for place in range(9):
        for name, text in zip(("birth_date", "first_name", "birth_name"), _TYPED, strict=True):
            window.wizard.go("beneficiaries", f"beneficiaries.{place}.{name}")
            _settle()
            target = QApplication.focusWidget() or window.focusWidget()
            assert target is not None
            found += [_press(window, letter) for letter in text]
    window.desk.close()
    window.close()
    return found


def _press(window: MainWindow, letter: str) -> float:
    target = QApplication.focusWidget() or window.focusWidget()
    start = time.perf_counter()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    QApplication.processEvents()
    return (time.perf_counter() - start) * 1000


def _settle() -> None:
    for _ in range(20):
        QApplication.processEvents()


def _until(condition: object) -> None:
    assert callable(condition)
    end = time.perf_counter() + _PATIENCE
    while not condition():
        assert time.perf_counter() < end
        QApplication.processEvents()
