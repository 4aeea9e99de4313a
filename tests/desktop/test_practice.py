"""The practice: invented people, SPÉCIMEN everywhere, beside nothing real, and gone when one leaves."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from desktop.desk.permanence import new_reference
from desktop.practice import dossiers
from forms.assessment import assess
from forms.dossier.identifiers import nir_flaw
from forms.drafts import vault
from tests.desktop.conftest import PASSPHRASE, TODAY
from tests.making import cdg62

if TYPE_CHECKING:
    from pathlib import Path

    from forms.dossier.model import Dossier
    from tests.desktop.conftest import Desktop


def practise(desktop: Desktop) -> Path:
    """Begin from where one is; give the folder."""
    desktop.window.practise()
    desktop.wait(lambda: desktop.window.home is not None and len(desktop.home.model.rows) == 5)
    assert desktop.window._practice is not None
    return desktop.window._practice.folder


def people(dossier: Dossier) -> list[str]:
    """Give the numbers of a dossier's people."""
    return [person.nir or "" for person in (dossier.member, *dossier.beneficiaries)]


def test_the_invented_dossiers_hold() -> None:
    """Five, of every state, with right keys, sexes and birth dates in their numbers, and references of no one else."""
    invented = dossiers(TODAY)
    assert len(invented) == 5
    for dossier in invented:
        assert all(nir_flaw(nir) is None for nir in people(dossier))
        found = assess(dossier, cdg62(), TODAY)
        assert [i.code for i in found.issues if i.path.endswith(".nir") and i.severity != "info"] == []
        assert str(dossier.reference).startswith("SPEC-")
    printable = [assess(dossier, cdg62(), TODAY).printable for dossier in invented]
    assert printable == [True, False, True, True, False]


def test_references_tell_the_practice() -> None:
    """Those of the practice begin alike, and none of the others does."""
    assert new_reference(specimen=True).startswith("SPEC-")
    assert not any(new_reference().startswith("SPEC-") for _ in range(200))


def test_from_the_gate_with_no_passphrase(closed: Desktop, folder: Path) -> None:
    """A click opens it, before any passphrase was chosen; leaving takes its folder away and makes nothing real."""
    closed.wait(lambda: closed.window.gate.page is not None)
    closed.window.gate.practise.click()
    closed.wait(lambda: closed.window.home is not None and len(closed.home.model.rows) == 5)
    assert closed.window._practice is not None
    where = closed.window._practice.folder
    assert closed.window.specimen.isVisible()
    assert not closed.window.bar.lock.isVisible()
    assert "SPÉCIMEN" in closed.window.windowTitle()
    assert where.exists()
    closed.window.specimen.leave.click()
    assert closed.window.stack.currentWidget() is closed.window.gate
    assert not closed.window.specimen.isVisible()
    assert not where.exists()
    assert not vault.exists(folder)


def test_from_home_and_back(opened: Desktop, folder: Path) -> None:
    """What is real is locked first and untouched; the settings of the practice stay in it."""
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name.endswith(".json")}
    where = practise(opened)
    assert where != folder
    assert "Saint-Exemple" in opened.home.title.text()
    opened.window.bar.asked.emit("practice")
    assert opened.window.desk is None
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name.endswith(".json")} == before
    opened.window.gate.opened.emit(vault.unlock(folder, PASSPHRASE))
    opened.wait(lambda: "Béthune" in opened.home.title.text())
    assert opened.home.model.rows == ()


def test_specimen_on_every_screen_and_page(opened: Desktop) -> None:
    """The list, the wizard, the preview; and each page of the PDF carries it."""
    practise(opened)
    opened.desk.open("SPEC-0001")
    opened.wait(lambda: opened.window.paper is not None)
    assert opened.window.specimen.isVisible()
    assert not opened.window.bar.lock.isVisible()
    assert opened.window.paper is not None
    opened.preview()
    assert opened.window.specimen.isVisible()
    pdf = opened.window.paper._made()
    assert pdf is not None
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    pages = read.split("\f")[:-1]
    assert len(pages) > 1
    assert all("SPÉCIMEN" in page for page in pages)


def test_a_new_dossier_there_is_a_specimen_too(opened: Desktop) -> None:
    """And so is a copy."""
    practise(opened)
    opened.home.table.choose("SPEC-0004")
    opened.window.duplicate()
    opened.wait(lambda: len(opened.home.model.rows) == 6)
    assert all(row.reference.startswith("SPEC-") for row in opened.home.model.rows)
    opened.window.begin()
    opened.wait(lambda: opened.window.wizard is not None)
    assert str(opened.desk.session.dossier.reference).startswith("SPEC-")  # type: ignore[union-attr]


def test_closing_the_window_leaves_nothing(opened: Desktop) -> None:
    """The folder of the practice goes with the window."""
    where = practise(opened)
    opened.window.close()
    assert not where.exists()


def test_it_is_never_locked_by_idleness(opened: Desktop) -> None:
    """There is nothing to protect, and what is being learnt would be lost."""
    practise(opened)
    assert not opened.window.guard.idle._timer.isActive()


def test_a_reprint_there_voids_the_paper_too(opened: Desktop) -> None:
    """The one that is on paper already: once changed, its next print says what it replaces."""
    practise(opened)
    opened.desk.open("SPEC-0003")
    opened.wait(lambda: opened.window.paper is not None)
    assert opened.desk.session is not None
    opened.desk.session.type("member.first_name", "Zélie")
    pages = opened.preview()._pdf
    read = subprocess.run(["pdftotext", "-", "-"], input=pages, capture_output=True, check=True).stdout.decode()
    assert "Annule et remplace la version 1" in read
    assert "Zélie" in read
