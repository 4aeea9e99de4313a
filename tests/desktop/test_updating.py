"""« Installer une mise à jour… »: what is said, asked, backed up and done, and the way back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.day.updating import REFUSED, Updating
from desktop.widgets.dialogs import Dialog
from forms.convention import library
from forms.drafts import editions
from forms.drafts.backups import listed
from forms.packs.place import CURRENT
from tests.forms.packs.publisher import VERSION, Publisher, installed_program, tree

if TYPE_CHECKING:
    from pathlib import Path

    from forms.packs.place import Place
    from tests.desktop.conftest import Desktop


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """Somebody who signs."""
    return Publisher(tmp_path / "publisher")


@pytest.fixture
def place(opened: Desktop, folder: Path, publisher: Publisher, tmp_path: Path) -> Place:
    """The machine under the open window."""
    assert opened.desk.is_open
    return publisher.place(folder, installed_program(tmp_path / "app", VERSION))


def updating(desktop: Desktop, place: Place) -> Updating:
    """Begin."""
    assert desktop.window.at_home is not None
    return Updating(desktop.window.at_home._day, place)


def shown(desktop: Desktop, title: str) -> Dialog:
    """Wait for a dialogue, and give it."""

    def found() -> list[Dialog]:
        return [one for one in desktop.window.findChildren(Dialog) if one.isVisible() and one.windowTitle() == title]

    desktop.wait(lambda: bool(found()))
    return found()[0]


def press(dialog: Dialog, words: str) -> None:
    """Press the button that says so."""
    next(one for one in dialog.findChildren(QPushButton) if words in one.text()).click()


def words(dialog: Dialog) -> str:
    """Give all that a dialogue says."""
    return "\n".join(one.text() for one in dialog.findChildren(QLabel)).replace("\u00a0", " ").replace("\u202f", " ")


def test_conventions_from_a_stick(opened: Desktop, place: Place, publisher: Publisher, folder: Path) -> None:
    """Who signed and what comes is said before; then drafts are backed up, editions are there, and can be undone."""
    before = len(listed(folder))
    updating(opened, place).read(publisher.sign(publisher.tiny()))
    asked = shown(opened, "Installer cette mise à jour ?")
    assert "Signée par « essai »" in words(asked)
    assert "Convention inventée : nouvelle convention, édition 1" in words(asked)
    assert not place.conventions.exists()
    press(asked, "Installer")
    done = shown(opened, "La mise à jour est installée")
    assert "rouvrez-le" in done.accessibleDescription()
    assert "« Autres actions »" in words(done)
    assert "permanence pack" not in words(done)
    done.accept()
    assert [one.edition for one in library(place.conventions).conventions if one.id == "tiny"] == ["1"]
    assert len(listed(folder)) == before + 1
    kept: list[set[str]] = []
    opened.desk.ask(lambda store: {fingerprint for fingerprint, _, _ in editions.known(store)}, kept.append)
    opened.wait(lambda: bool(kept))
    assert kept[0] == {one.fingerprint for one in opened.desk.conventions.values()}

    updating(opened, place).read(next(publisher.folder.glob("*.pack")))
    shown(opened, "Cette mise à jour est déjà installée").accept()
    offered = updating(opened, place).offer()
    press(offered, "Défaire la dernière mise à jour des conventions")
    press(shown(opened, "Défaire la dernière mise à jour des conventions ?"), "Revenir en arrière")
    shown(opened, "C’est fait").accept()
    assert [one for one in library(place.conventions).conventions if one.id == "tiny"] == []


def test_a_refused_pack_changes_nothing(opened: Desktop, place: Place, publisher: Publisher, folder: Path) -> None:
    """An altered file is one line; no backup is made for it, nothing is written."""
    path = publisher.sign(publisher.tiny())
    path.write_bytes(path.read_bytes()[:-3])
    before = tree(folder)
    updating(opened, place).read(path)
    refused = shown(opened, REFUSED)
    assert "Rien n’a été changé" in refused.accessibleDescription()
    refused.accept()
    assert {name for name in tree(folder) if "sqlite" not in name} == {name for name in before if "sqlite" not in name}


@pytest.mark.skipif(sys.platform == "win32", reason="install.sh lays programs out for Linux")
def test_a_program_from_a_stick(opened: Desktop, place: Place, publisher: Publisher) -> None:
    """It starts next time; the screen then offers the one before."""
    assert place.app is not None
    updating(opened, place).read(publisher.sign(publisher.program("0.2.0")))
    press(shown(opened, "Installer cette mise à jour ?"), "Installer")
    shown(opened, "La mise à jour est installée").accept()
    assert (place.app / CURRENT).readlink().name == "0.2.0"
    offered = updating(opened, place).offer()
    press(offered, "Revenir au programme d’avant (0.1.0)")
    asked = shown(opened, "Revenir au programme d’avant (0.1.0) ?")
    assert "celle d’avant n’en ouvrira aucun" in words(asked)
    assert "une sauvegarde plus ancienne" in words(asked)
    press(asked, "Revenir en arrière")
    shown(opened, "C’est fait").accept()
    assert (place.app / CURRENT).readlink().name == "0.1.0"


def test_it_is_in_the_menu_and_not_in_the_practice(opened: Desktop) -> None:
    """The list offers it; from the sources there is no program to go back to."""
    opened.home.action_asked.emit("update")
    offered = shown(opened, "Mettre à jour Permanence")
    assert not [one for one in offered.findChildren(QPushButton) if "Revenir" in one.text()]
    offered.reject()
    opened.window.practise()
    opened.wait(lambda: opened.window.home is not None and len(opened.home.model.rows) == 5)
    assert not [one for one in opened.home.menu.findChildren(QAction) if "mise à jour" in one.text()]
