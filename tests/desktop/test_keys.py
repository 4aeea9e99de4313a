"""The keyboard: one table, no two lines alike, everything in it installed, nothing installed beside it."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.desk.scene import STEP_IDS
from desktop.widgets.help import KeysDialog
from desktop.widgets.keys import PLACES, TABLE, Key, bind, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.desktop.conftest import Desktop

DESKTOP = Path(__file__).parents[2] / "desktop"


def meet(one: Key, other: Key) -> bool:
    """Tell whether two lines can hold at the same moment."""
    return one.place == other.place or "everywhere" in {one.place, other.place}


def test_no_two_shortcuts_are_alike() -> None:
    """No keys do two things in one place, however they are written."""
    alike = [
        (one.name, other.name)
        for one, other in combinations(TABLE, 2)
        if meet(one, other) and {QKeySequence(k) for k in one.keys} & {QKeySequence(k) for k in other.keys}
    ]
    assert alike == []
    assert len({line.name for line in TABLE}) == len(TABLE)
    assert {line.place for line in TABLE} == set(PLACES)


def test_every_key_is_one_that_qt_knows() -> None:
    """A mistyped name would make a shortcut that no keyboard has."""
    for line in TABLE:
        for text in line.keys:
            assert QKeySequence(text).toString() == text


def test_keys_are_said_in_french() -> None:
    """As they stand on a French keyboard."""
    assert [shown(name) for name in ("next", "delete", "back", "backward", "lock")] == [
        "Ctrl+Entrée", "Suppr", "Échap", "Maj+Tab", "Ctrl+L",
    ]  # fmt: skip


def test_what_the_focus_takes_by_itself_is_not_bound(opened: Desktop) -> None:
    """A line that is only said cannot be installed."""
    with pytest.raises(ValueError, match="press"):
        bind(opened.window, "press", lambda: None)


def test_nothing_is_installed_beside_the_table() -> None:
    """No other module of the window makes a shortcut."""
    makers = [
        path.name
        for path in DESKTOP.rglob("*.py")
        if re.search(r"QShortcut\(|\.setShortcut", path.read_text(encoding="utf-8"))
    ]
    assert makers == ["keys.py"]


def test_the_whole_table_is_installed(opened: Desktop) -> None:
    """On the screens where each line holds, each of its keys is there once."""
    opened.window.begin()
    opened.wait(lambda: opened.window.paper is not None)
    opened.preview()
    installed = sorted(made.key().toString() for made in opened.window.findChildren(QShortcut))
    assert installed == sorted(text for line in TABLE if not line.native for text in line.keys)


def test_the_sheet_holds_every_line(opened: Desktop) -> None:
    """What the sheet says is what the table does."""
    opened.key(Qt.Key.Key_Question, Qt.KeyboardModifier.ControlModifier)
    opened.wait(lambda: opened.window.findChild(KeysDialog) is not None)
    text = opened.window.findChild(KeysDialog).text.toPlainText()  # type: ignore[union-attr]
    for line in TABLE:
        assert shown(line.name) in text
    assert all(heading in text for heading in PLACES.values())


def mnemonics(window: QWidget) -> Iterator[tuple[str, str]]:
    """Give the mnemonics of what is on screen, with their texts."""
    texts = [made.text() for made in window.findChildren(QAbstractButton) if made.isVisible()]
    texts += [made.text() for made in window.findChildren(QLabel) if made.isVisible() and made.buddy() is not None]
    for text in texts:
        keys = QKeySequence.mnemonic(text)
        if not keys.isEmpty():
            yield keys.toString(), text


def test_mnemonics_do_not_collide(opened: Desktop) -> None:
    """On each screen, no two words answer the same Alt key; an "&" that is a word is not taken for one."""
    window = opened.window
    screens = [list(mnemonics(window))]
    window.begin()
    opened.wait(lambda: window.wizard is not None)
    for step in STEP_IDS:
        window.wizard.go(step)  # type: ignore[union-attr]
        QApplication.processEvents()
        screens.append(list(mnemonics(window)))
    screens.append([
        (QKeySequence.mnemonic(action.text()).toString(), action.text())
        for action in window.bar.menu.findChildren(QAction)
        if not QKeySequence.mnemonic(action.text()).isEmpty()
    ])  # fmt: skip
    for found in screens:
        keys = [key for key, _ in found]
        assert len(keys) == len(set(keys)), found
        assert not any(key in {"Alt+Space", "Alt+ "} for key in keys), found
