"""Help: a page for each screen, in French, whose links lead somewhere; F1 opens the one of what is on screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl

from desktop.desk.scene import STEP_IDS
from desktop.widgets.help import TOPICS, HelpDialog, KeysDialog, body, page, title
from forms.resources import resource

if TYPE_CHECKING:
    from tests.desktop.conftest import Desktop


def shown(desktop: Desktop) -> HelpDialog:
    """Press F1, and give what opens."""
    desktop.front(desktop.window)
    desktop.key(Qt.Key.Key_F1)
    desktop.wait(lambda: any(told.isVisible() for told in desktop.window.findChildren(HelpDialog)))
    return next(told for told in desktop.window.findChildren(HelpDialog) if told.isVisible())


def test_every_page_is_listed_and_every_screen_has_one() -> None:
    """The folder and the contents agree; each step of a dossier has its page."""
    files = {path.stem for path in resource("help").glob("*.md")}
    assert files == set(TOPICS)
    assert set(STEP_IDS) | {"gate", "home", "preview"} <= files
    assert len({title(topic) for topic in TOPICS}) == len(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_is_short_and_leads_somewhere(topic: str) -> None:
    """A title first, less than a screen and a half of words, links to pages that exist."""
    text = page(topic)
    assert text.startswith("# ")
    assert len(text.split()) < 250
    assert all(link in TOPICS for link in re.findall(r"\]\((.*?)\)", text))


def test_f1_explains_what_is_on_screen(opened: Desktop) -> None:
    """The list, each step and the preview have their own page; Esc closes it."""
    told = shown(opened)
    assert told.topic == "home"
    assert "Chercher" in told.text.toPlainText()
    told.reject()
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    for step in STEP_IDS:
        opened.window.wizard.go(step)  # type: ignore[union-attr]
        told = shown(opened)
        assert told.windowTitle() == title(step)
        told.reject()
    opened.preview()
    told = shown(opened)
    assert told.topic == "preview"
    told.reject()


def test_the_gate_has_help_too(closed: Desktop) -> None:
    """Before anything is open; its links turn the page, the contents lists them all, the keys are one step away."""
    closed.wait(lambda: closed.window.gate.page is not None)
    told = shown(closed)
    assert told.topic == "gate"
    told.text.anchorClicked.emit(QUrl("practice"))
    assert (told.topic, told.windowTitle()) == ("practice", "S’entraîner")
    told.contents.click()
    assert body("contents").count("\n") == len(TOPICS) - 1
    assert all(title(topic) in told.text.toPlainText() for topic in TOPICS)
    assert not told.contents.isEnabled()
    told._keys()
    closed.wait(lambda: closed.window.findChild(KeysDialog) is not None)


def test_the_bar_shows_the_way(closed: Desktop) -> None:
    """It stands in the bar of every screen: « Aide F1 »."""
    assert closed.window.bar.help.text() == "Aide  F1"
    assert closed.window.bar.help.isVisible()
    closed.window.bar.help.click()
    assert closed.window.findChild(HelpDialog) is not None
