"""F1 inside a dialogue opens its help, or that of its page; Esc comes back to it with the focus where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from desktop.home.permanence_dialog import PermanenceDialog
from desktop.table.estimates import QuotesDialog
from desktop.widgets.dialogs import Dialog, tell
from desktop.widgets.help import TOPICS, HelpDialog
from desktop.wizard.why import WhyDialog

if TYPE_CHECKING:
    from tests.desktop.conftest import Desktop


def helped(desktop: Desktop, over: QDialog) -> str:
    """Press F1 in a dialogue, give the topic that opens, and come back with Esc."""
    desktop.front(over)
    focused = QApplication.focusWidget()
    desktop.key(Qt.Key.Key_F1)
    desktop.wait(lambda: any(one.isVisible() for one in over.findChildren(HelpDialog)))
    told = next(one for one in over.findChildren(HelpDialog) if one.isVisible())
    desktop.front(told)
    desktop.key(Qt.Key.Key_F1)  # in the help itself, it is there already
    assert not any(one.isVisible() for one in told.findChildren(HelpDialog))
    topic = told.topic
    desktop.key(Qt.Key.Key_Escape)
    desktop.wait(lambda: not any(one.isVisible() for one in over.findChildren(HelpDialog)))
    assert over.isVisible()
    desktop.front(over)
    desktop.wait(lambda: QApplication.focusWidget() is focused)
    return topic


def test_f1_in_a_dialogue_opens_its_help(opened: Desktop) -> None:
    """Its own page where it has one, else that of the screen under it."""
    opened.window.settle()
    settings = opened.window.findChild(PermanenceDialog)
    assert settings is not None
    assert helped(opened, settings) == "home"
    settings.reject()
    quotes = QuotesDialog(opened.window, ())
    quotes.open()
    assert helped(opened, quotes) == "quotes"
    quotes.reject()
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.window.wizard is not None
    opened.window.wizard.go("contract")
    line = tell(opened.window, "Une ligne", "À lire.")
    assert helped(opened, line) == "contract"
    line.reject()
    opened.window.wizard.follows.why_date.emit()
    why = opened.window.findChild(WhyDialog)
    assert why is not None
    assert helped(opened, why) == "contract"
    why.reject()


def test_each_dialogue_names_a_page_that_exists() -> None:
    """What a dialogue says of its help is in the contents."""
    kinds = [Dialog]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        topic = kind.__dict__.get("topic", "")
        assert not isinstance(topic, str) or topic == "" or topic in TOPICS, kind
