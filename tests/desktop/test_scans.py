"""Scanned bulletins in the window: read aside, shown with what is here, imported only where the person says so."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel

from desktop.day.scans import ScansPage
from desktop.desk.scan_meeting import scans_of
from forms.assessment import assess
from forms.bulletin import Printing, pack
from forms.bulletin.blanks import blanks
from forms.bulletin.scan import read_scan
from forms.dossier.paths import edited
from forms.drafts import attachments, printed
from forms.drafts.draft import Draft
from tests.desktop.conftest import NOW
from tests.desktop.test_blanks import action
from tests.forms.bulletin import people
from tests.forms.bulletin.scanning import copied, drawn, saved, turned

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.day.scan_row import ScanRow
    from forms.bulletin.scan import Bundle
    from forms.dossier.model import Dossier
    from tests.desktop.conftest import Desktop

AT = dt.datetime(2026, 2, 3, 9, 0)  # noqa: DTZ001 - the desk's own time
REFERENCE = "7K3M-Q2XD"


@cache
def paper(version: int = 1, reference: str = REFERENCE) -> bytes:
    """Print the family of four."""
    dossier = people.of_four().model_copy(update={"reference": reference})
    return pack(dossier, people.answer(dossier), people.convention(), Printing(reference, version, AT))


@cache
def scan(page: int = 0, version: int = 1, reference: str = REFERENCE) -> bytes:
    """Scan a page of it, askew and photocopied."""
    return saved(copied(turned(drawn(paper(version, reference), page), 1.5)), "PNG")


def put(folder: Path, **files: bytes) -> Path:
    """Put files in a folder of scans; a name's last underscore is its dot."""
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / ".".join(name.rsplit("_", 1))).write_bytes(data)
    return folder


def page_of(desktop: Desktop) -> ScansPage:
    """Open the page by the menu."""
    action(desktop, "Reprendre des bulletins scannés…")
    shown = desktop.window.stack.currentWidget()
    assert isinstance(shown, ScansPage)
    return shown


def rows(desktop: Desktop, shown: ScansPage, *paths: Path) -> tuple[ScanRow, ...]:
    """Read scans, and give what the page says of each."""
    shown.read(paths)
    desktop.wait(lambda: bool(shown.progress.text()) and not shown.halt.isVisible())
    return shown.rows


def importing(desktop: Desktop, shown: ScansPage) -> str:
    """Import what is chosen; give what is said at the end."""
    shown.go_on.click()
    desktop.wait(lambda: bool(shown.note.text()))
    return shown.note.text()


def kept(desktop: Desktop, reference: str = REFERENCE) -> Draft:
    """Give a draft as it is on the disk."""
    found: list[Draft] = []
    desktop.desk.ask(lambda store: store.load(reference), found.append)
    desktop.wait(lambda: bool(found))
    return found[0]


def signed(desktop: Desktop, reference: str = REFERENCE) -> list[bytes]:
    """Give the scans that are kept with a draft."""
    found: list[list[bytes]] = []
    desktop.desk.ask(
        lambda store: [attachments.content_of(store, one) for one in attachments.listed(store, reference)], found.append
    )
    desktop.wait(lambda: bool(found))
    return found[0]


def here(desktop: Desktop, dossier: Dossier, version: int = 1) -> Draft:
    """Keep a draft of a dossier."""
    draft = Draft(REFERENCE, dossier, people.convention().fingerprint, "complete", "", "", version, NOW, NOW)
    desktop.desk.restore(draft)
    assert desktop.desk.flush()
    return draft


def texts(row: ScanRow) -> str:
    """Give all that a row says."""
    return " ".join(label.text() for label in row.findChildren(QLabel)).replace("\u00a0", " ")


def test_printed_scanned_imported_and_met_again(opened: Desktop, tmp_path: Path) -> None:
    """A family printed elsewhere comes back with nothing retyped; read again, it is the same, and nothing is written.

    Its signed pages are kept with it; the list shows it on paper; a reprint says which version it voids.
    """
    folder = put(tmp_path / "scans", a_png=scan(0), b_png=scan(2), note_txt=b"a note", blank_png=saved(
        drawn(paper(), 0).point(lambda _: 255), "PNG"))  # fmt: skip
    shown = page_of(opened)
    (row,) = rows(opened, shown, folder)
    assert row.title == f"{REFERENCE} · Delattre-Roy Maïa, Élodie · version 1"
    assert "Il manque : pages 2, 4 à 8" in texts(row)
    assert "Inconnu ici" in row.said
    assert shown.progress.text() == "1 bulletin lu, 2 non lus."
    said = " ".join(label.text() for label in shown.findChildren(QLabel))
    assert "note.txt n’est ni un PDF" in said
    assert "blank.png, page 1" in said
    assert (row.taking, row.signing) == (True, False), "pages are missing"
    row.signed.click()  # type: ignore[union-attr]
    opened.desk.list()
    assert not opened.home.model.rows, "nothing is written before"
    assert importing(opened, shown) == "Import terminé\u00a0: 1 dossier créé, pages gardées de 1 bulletin incomplet."
    assert "Pages gardées." in row.result.text()
    draft = kept(opened)
    assert (draft.dossier, draft.state, draft.version) == (people.of_four(), "printed", 1)
    assert signed(opened) == [scan(0), scan(2)]
    (row,) = rows(opened, shown, folder)
    assert "Le même dossier est ici (imprimé, version 1)" in row.said
    assert not row.taking
    row.signed.click()  # type: ignore[union-attr]
    assert importing(opened, shown) == "Import terminé\u00a0: rien de nouveau."
    assert kept(opened) == draft
    assert len(signed(opened)) == 2
    shown.back.click()
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    opened.home.open_asked.emit(REFERENCE)
    opened.wait(lambda: opened.window.wizard is not None)
    with opened.qtbot.waitSignal(opened.desk.saved):
        opened.desk.session.type("member.phone", "06 00 00 00 00")  # type: ignore[union-attr]
    found: list[tuple[printed.Printed, ...]] = []
    opened.desk.ask(lambda store: printed.versions(store, REFERENCE), found.append)
    opened.wait(lambda: bool(found))
    replaced = opened.window.paper._replaced(found[0])  # type: ignore[union-attr]
    assert replaced is not None
    assert (replaced.version, replaced.printed_at) == (1, None)
    assert [change.title for change in replaced.changes] == ["Téléphone"]


@pytest.mark.parametrize("take", [False, True])
def test_what_is_here_is_replaced_only_where_it_is_said(opened: Desktop, tmp_path: Path, take: bool) -> None:  # noqa: FBT001 - a column
    """What differs is told in words, and what is here is kept; the paper is taken when the person asks for it."""
    other = edited(people.of_four(), "member.phone", "06 00 00 00 00")
    draft = here(opened, edited(other, "refund.iban", "FR7630001007941234567890185"))
    shown = page_of(opened)
    (row,) = rows(opened, shown, put(tmp_path / "scans", a_png=scan(0)))
    assert "ne dit pas la même chose" in row.said
    assert "Téléphone : 06 00 00 00 00 ici, 06 12 34 56 78 sur le papier" in texts(row)
    assert "FR76 3000 6000" in texts(row)
    opened.window.turn()
    assert "IBAN : •••• ici, •••• sur le papier" in texts(row)
    assert "FR76 3000" not in texts(row)
    opened.window.turn()
    assert not row.taking
    assert row.signed is not None
    if take:
        assert row.replace is not None
        row.replace.click()
    else:
        assert not shown.go_on.isEnabled(), "nothing is left to be done"
        return
    assert "1 repris du papier" in importing(opened, shown)
    assert kept(opened).dossier == people.of_four()
    assert kept(opened).created_at == draft.created_at


def test_a_later_version_here_is_not_voided(opened: Desktop, tmp_path: Path) -> None:
    """The paper of an earlier version is told as such: its dossier is not offered first, its pages are not ticked."""
    here(opened, edited(people.of_four(), "formula", "renforcee"), version=2)
    shown = page_of(opened)
    (row,) = rows(opened, shown, put(tmp_path / "scans", a_png=scan(0)))
    assert "plus ancien" in row.said
    assert "Formule : Renforcée ici, Essentielle sur le papier" in texts(row)
    assert (row.taking, row.signing) == (False, False)


def test_a_blank_opens_under_its_own_convention(opened: Desktop, tmp_path: Path) -> None:
    """Its code carries number and convention: a dossier to type in, whatever the permanence is; the list names it."""
    other = opened.desk.conventions["cdg33-mnfct"]
    pdf = blanks(other, 2, AT)
    scans = put(tmp_path / "scans", lot_pdf=pdf)
    numbers = sorted({page.mark.reference for page in read_scan(scans / "lot.pdf") if page.mark})
    shown = page_of(opened)
    found = rows(opened, shown, scans)
    assert [row.meeting.bundle.reference for row in found] == numbers
    assert all("bulletin vierge" in row.title for row in found)
    assert f"Convention : {other.title}" in found[0].said.replace("\u00a0", " ")
    assert found[1].making is not None
    found[1].making.click()
    assert not found[1].signing, "without a dossier there is nowhere to keep its pages"
    assert "1 dossier créé" in importing(opened, shown)
    draft = kept(opened, numbers[0])
    assert (draft.state, draft.version, draft.dossier.convention) == ("draft", 1, "cdg33-mnfct")
    assert draft.dossier.request.signed_on is None
    (pages,) = signed(opened, numbers[0])
    (tmp_path / "kept.pdf").write_bytes(pages)
    assert {page.mark.reference for page in read_scan(tmp_path / "kept.pdf") if page.mark} == {numbers[0]}
    opened.window.go_home()
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    assert opened.home.model.rows[0].texts[0] == f"Sans nom, n° {numbers[0]}"
    shown = page_of(opened)
    assert "Déjà saisi ici" in rows(opened, shown, scans)[0].said


def test_two_contents_under_one_number_are_told_apart(opened: Desktop, tmp_path: Path) -> None:
    """Neither is chosen for the person; the second one is refused once the first is here, and stops nothing."""
    other = edited(people.of_four(), "member.phone", "06 00 00 00 00")
    pdf = pack(other, people.answer(other), people.convention(), Printing(REFERENCE, 1, AT))
    shown = page_of(opened)
    found = rows(opened, shown, put(tmp_path / "scans", a_png=scan(0), b_pdf=pdf, c_png=scan(0, 1, "AAAA-1111")))
    assert [row.taking for row in found] == [False, False, True]
    for row in found[:2]:
        assert "Un autre bulletin" in row.said
        assert row.making is not None
        row.making.click()
    assert "2 dossiers créés" in importing(opened, shown)
    assert "1 refusé" in shown.note.text()
    (refused,) = shown.rows
    assert "a changé ici" in texts(refused)


def test_the_practice_and_the_real_do_not_meet(opened: Desktop, tmp_path: Path) -> None:
    """A specimen's paper does not enter among the real dossiers, nor a real one's into the practice."""
    dossier = people.of_four().model_copy(update={"reference": "SPEC-0009"})
    printing = Printing("SPEC-0009", 1, AT, specimen=True)
    pdf = pack(dossier, assess(dossier, people.convention(), people.TODAY), people.convention(), printing)
    scans = put(tmp_path / "scans", a_pdf=pdf, b_png=scan(0))
    shown = page_of(opened)
    assert [bool(row.meeting.refusal) for row in rows(opened, shown, scans)] == [False, True]
    opened.window.practise()
    opened.wait(lambda: opened.window.desk is not None and opened.desk.practice)
    shown = page_of(opened)
    assert [bool(row.meeting.refusal) for row in rows(opened, shown, scans)] == [True, False]


def test_a_reading_is_stopped_and_keeps_what_was_read(opened: Desktop, tmp_path: Path) -> None:
    """After the page that is being read; leaving the page stops it too, and the window goes on."""
    names = {f"p{number:02d}_png": scan(0) for number in range(30)}
    folder = put(tmp_path / "scans", **names)
    shown = page_of(opened)
    shown.read([folder])
    opened.wait(lambda: "Fichier" in shown.progress.text())
    assert not shown.files.isEnabled()
    shown.halt.click()
    opened.wait(lambda: shown.progress.text().startswith("Lecture arrêtée"))
    assert len(shown.rows[0].meeting.bundle.pages) < 30
    shown.read([folder])
    opened.window.go_home()
    action(opened, "Reprendre des bulletins scannés…")
    again = opened.window.stack.currentWidget()
    assert isinstance(again, ScansPage)
    assert len(rows(opened, again, put(tmp_path / "one", a_png=scan(0)))) == 1


def test_a_scan_that_changed_since_is_refused(opened: Desktop, tmp_path: Path) -> None:
    """What was shown is what is kept: the dossier stays out with its pages, and may be tried without them."""
    scans = put(tmp_path / "scans", a_png=scan(0))
    shown = page_of(opened)
    (row,) = rows(opened, shown, scans)
    row.signed.click()  # type: ignore[union-attr]
    put(scans, a_png=scan(2))
    assert "1 refusé" in importing(opened, shown)
    assert "a changé depuis sa lecture" in texts(row)
    assert row.signed is not None
    row.signed.click()
    shown.note.clear()
    assert "1 dossier créé" in importing(opened, shown)
    assert signed(opened) == []


def test_a_page_alone_goes_to_its_dossier(opened: Desktop, tmp_path: Path) -> None:
    """Without its page 1 nothing can be made of it; where the dossier is here, its pages are kept."""
    scans = put(tmp_path / "scans", c_png=scan(2))
    shown = page_of(opened)
    (row,) = rows(opened, shown, scans)
    assert "page 1 n’a pas été lue" in row.meeting.refusal
    assert not shown.go_on.isEnabled()
    here(opened, people.of_four())
    (row,) = rows(opened, shown, scans)
    assert not row.meeting.refusal
    row.signed.click()  # type: ignore[union-attr]
    assert "pages gardées de 1 bulletin incomplet" in importing(opened, shown)
    assert signed(opened) == [scan(2)]


def test_files_are_chosen_or_dropped(opened: Desktop, tmp_path: Path) -> None:
    """Both by the dialogue of the system and from a file manager; a folder too; one that is gone is said."""
    scans = put(tmp_path / "scans", a_png=scan(0))
    shown = page_of(opened)
    shown.files.click()
    dialog = next(d for d in shown.findChildren(QFileDialog) if d.isVisible())
    dialog.filesSelected.emit([str(scans / "a.png")])
    dialog.reject()
    opened.wait(lambda: len(shown.rows) == 1)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(scans)), QUrl("https://example.fr/a.pdf")])
    shown.rows = ()
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    shown.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, left, none))
    opened.wait(lambda: len(shown.rows) == 1)
    assert rows(opened, shown, tmp_path / "gone.pdf") == ()
    assert "1 non lu" in shown.progress.text()


def test_its_help(opened: Desktop) -> None:
    """F1 explains the page; Esc goes back to the list."""
    shown = page_of(opened)
    assert opened.window.topic() == "scans"
    opened.front(opened.window)
    opened.wait(shown.files.hasFocus)
    opened.key(Qt.Key.Key_Escape)
    opened.wait(lambda: opened.window.stack.currentWidget() is opened.home)


def test_a_bug_on_one_paper_costs_that_paper(opened: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said on its row and reported; the next one is imported."""
    folder = put(tmp_path / "scans", a_png=scan(0), b_png=scan(0, 1, "4T8N-W1KB"))
    shown = page_of(opened)
    first, second = rows(opened, shown, folder)
    for row in (first, second):
        row.signed.click()  # type: ignore[union-attr]

    def of(bundle: Bundle) -> tuple[bytes, ...]:
        return (b"%d" % (1 // 0),) if bundle is first.meeting.bundle else scans_of(bundle)

    monkeypatch.setattr("desktop.day.scans.scans_of", of)
    with opened.qtbot.captureExceptions() as caught:
        said = importing(opened, shown)
    assert said == "Import terminé\u00a0: 1 dossier créé, pages gardées de 1 bulletin incomplet, 1 refusé."
    assert caught[0][0] is ZeroDivisionError
    assert "Erreur du programme (ZeroDivisionError, test_scans.py" in texts(first)
