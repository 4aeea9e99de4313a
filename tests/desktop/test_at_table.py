"""What the top bar says of the dossier on the table: whose it is first, to the advisor alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import write

if TYPE_CHECKING:
    from tests.desktop.conftest import Desktop


def type_name(desktop: Desktop, path: str, text: str) -> None:
    """Go to a field of the contract's step and type."""
    assert desktop.window.wizard is not None
    desktop.window.wizard.go("contract", path)
    write(text)


def test_the_bar_names_the_agent_first(opened: Desktop) -> None:
    """As the name is typed; hidden with F8 and shown again; in no window's title; gone with the dossier."""
    window, bar = opened.window, opened.window.bar
    opened.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    opened.wait(lambda: window.wizard is not None)
    nobody = bar.context.accessibleName()
    assert nobody.startswith("Mairie de Béthune · ")
    type_name(opened, "member.first_name", "Maïa")
    type_name(opened, "member.birth_name", "Delattre")
    assert bar.context.accessibleName() == f"Maïa Delattre · {nobody}"
    assert bar.context.text().startswith("Maïa Delattre · ")
    for _ in range(2):
        opened.key(Qt.Key.Key_F8)
        assert "Delattre" not in bar.context.accessibleName() + bar.context.text() + bar.context.toolTip()
        assert bar.context.text().startswith("Mairie de Béthune")
        type_name(opened, "member.birth_name", "s")  # said anew, and still hidden
        assert "Delattre" not in bar.context.accessibleName() + bar.context.text() + bar.context.toolTip()
        opened.key(Qt.Key.Key_F8)
        assert bar.context.text().startswith("Maïa Delattres")
    assert not any("Delattre" in shown.windowTitle() for shown in QApplication.topLevelWidgets())
    opened.preview()
    assert bar.context.text().startswith("Maïa Delattres")
    window.go_home()
    assert bar.context.accessibleName() == ""
    opened.key(Qt.Key.Key_F8)
    opened.key(Qt.Key.Key_F8)
    assert bar.context.accessibleName() == ""
