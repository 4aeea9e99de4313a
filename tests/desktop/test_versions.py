"""The versions on paper: listed, made again byte for byte with the edition of then, or said to differ."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.day.versions_page import NONE, OTHER, VersionsPage
from desktop.practice import dossiers
from desktop.widgets.dialogs import Dialog
from forms.assessment import assess
from forms.bulletin import Printing, Replaced, changes, pack
from forms.day import reprint
from forms.dossier.paths import edited
from forms.drafts import editions, printed
from forms.drafts.draft import Draft
from forms.faults import Fault
from tests.desktop.conftest import NOW, TODAY
from tests.desktop.test_names import nameless
from tests.desktop.test_purge_page import ask
from tests.making import former_edition

if TYPE_CHECKING:
    from pathlib import Path

    from forms.drafts.printed import Printed
    from forms.drafts.store import DraftStore
    from tests.desktop.conftest import Desktop

MINE = "4T8N-W1KB"
PARIS = dt.timezone(dt.timedelta(hours=1))


@pytest.fixture
def three(opened: Desktop, tmp_path: Path) -> Desktop:
    """Give a dossier of three prints: a former edition, then the one in force twice, the last in two copies."""
    old = former_edition(tmp_path)
    new = opened.desk.conventions["cdg62-mnt"]
    whole = next(one for one in dossiers(TODAY) if assess(one, new, TODAY).printable)
    whole = whole.model_copy(update={"reference": MINE})

    def keep(store: DraftStore) -> None:
        editions.keep(store, tmp_path / "cdg62-mnt", old, NOW)
        first = Draft(MINE, whole, old.fingerprint, "complete", "", "", 1, NOW, NOW)
        at = NOW.astimezone(PARIS)
        store.save(first)
        printed.record(
            store, first, old.edition, at, pack(whole, assess(whole, old, TODAY), old, Printing(MINE, 1, at))
        )
        changed = edited(whole, "member.phone", "06 00 00 00 09")
        second = replace(first, dossier=changed, edition=new.fingerprint, version=2)
        store.save(second)
        found = assess(changed, new, TODAY)
        for minutes, copies in ((5, 1), (9, 2)):
            at = NOW.astimezone(PARIS) + dt.timedelta(minutes=minutes)
            replaces = Replaced(1, changes(whole, changed, new), NOW.astimezone(PARIS))
            pdf = pack(changed, found, new, Printing(MINE, 2, at, copies=copies, replaces=replaces))
            printed.record(store, second, new.edition, at, pdf, copies=copies)

    ask(opened, keep)
    shutil.rmtree(tmp_path / "cdg62-mnt")
    opened.desk.list()
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    return opened


def page(desktop: Desktop) -> VersionsPage:
    """Open the page of the chosen dossier by the menu, and give it once it is filled."""
    desktop.home.action_asked.emit("versions")
    shown = desktop.window.stack.currentWidget()
    assert isinstance(shown, VersionsPage)
    desktop.wait(lambda: shown.kept is not None)
    return shown


def test_each_print_is_made_again_to_the_byte(three: Desktop) -> None:
    """The newest first, with date, edition and copies; each is the very file, the former edition's too."""
    shown = page(three)
    assert [(row[0], row[2], row[3], row[5]) for row in shown.table.rows] == [
        ("2", "2026-1", "2", "jamais"), ("2", "2026-1", "1", "jamais"), ("1", "2025-4", "1", "jamais"),
    ]  # fmt: skip
    assert nameless(shown) == []
    for row in range(3):
        shown.table.selectRow(row)
        shown.table.setFocus()
        three.key(Qt.Key.Key_Return)
        three.wait(lambda: shown.preview is not None)
        assert shown.made is not None
        assert shown.made.same
        assert shown.preview is not None
        assert "à l’octet près" in shown.preview.one_sided.text()
        shown.preview.left.emit()
        assert shown.table.hasFocus()


def test_a_reprint_is_saved_and_noted(three: Desktop, tmp_path: Path) -> None:
    """The bytes are those of then; the journal notes it, neither state nor version moves."""
    shown = page(three)
    before = ask(three, lambda store: store.load(MINE))
    shown.show_print(2)
    three.wait(lambda: shown.preview is not None)
    assert shown.preview is not None
    shown.preview.save.click()
    three.wait(lambda: three.window.findChild(QFileDialog) is not None)
    asked = three.window.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(tmp_path / "again.pdf"))
    asked.close()
    versions: tuple[Printed, ...] = ask(three, lambda store: printed.versions(store, MINE))  # type: ignore[assignment]
    assert hashlib.sha256((tmp_path / "again.pdf").read_bytes()).hexdigest() == versions[0].pdf_sha256
    noted = ask(three, lambda store: [entry.detail for entry in store.noted(MINE, "reprinted")])
    assert noted == [{"version": 1, "pdf": versions[0].pdf_sha256}]
    assert ask(three, lambda store: store.load(MINE)) == before
    three.wait(lambda: shown.table.rows[2][5] == "1 fois")


def test_a_file_that_is_not_the_same_says_so(three: Desktop) -> None:
    """A hash that does not come out again is said where it is seen; an edition that is gone is one line."""
    ask(three, lambda store: store.database.execute("DELETE FROM editions WHERE edition = '2025-4'"))
    shown = page(three)
    assert shown.kept is not None
    shown.show_print(2)
    three.wait(lambda: bool(shown.remarks.text("refused")))
    assert "L’édition 2025-4 n’est plus sur cet ordinateur" in shown.remarks.text("refused")
    prints = shown.kept.prints
    shown.kept = replace(shown.kept, prints=(replace(prints[0], digest="00" * 32), *prints[1:]))
    shown.show_print(0)
    three.wait(lambda: shown.preview is not None)
    assert shown.preview is not None
    assert shown.preview.one_sided.text() == OTHER


def test_a_dossier_that_was_never_printed(opened: Desktop) -> None:
    """None is said; with no dossier chosen at all, what to do."""
    opened.home.action_asked.emit("versions")
    told = opened.window.findChild(Dialog)
    assert told is not None
    assert "Choisissez" in told.windowTitle()
    told.reject()
    dossier = dossiers(TODAY)[0].model_copy(update={"reference": MINE})
    opened.desk.restore(Draft(MINE, dossier, "", "draft", "", "", 1, NOW, NOW))
    opened.desk.list()
    opened.wait(lambda: len(opened.home.model.rows) == 1)
    opened.front(opened.window)
    shown = page(opened)
    assert shown.none.text() == NONE
    assert shown.none.isVisible()
    assert shown.back.hasFocus()


def test_a_paper_that_was_scanned_has_no_file_here(three: Desktop) -> None:
    """A version read back from a scan is in the list, and says why it is not made again."""

    def scanned(store: DraftStore) -> reprint.Kept:
        store.database.execute("UPDATE printed SET printed_at = '', pdf_sha256 = ''")
        return reprint.kept(store, MINE, {})

    kept = ask(three, scanned)
    assert isinstance(kept, reprint.Kept)
    found = ask(three, lambda store: printed.versions(store, MINE))
    assert isinstance(found, tuple)
    one = reprint.Print(found[0], None, "", 1, 0)
    assert len(kept.prints) == 3
    assert reprint.row_of(one)[1:] == ("reprise d’un papier scanné", "2025-4", "—", "inconnue", "jamais")
    with pytest.raises(Fault, match="papier scanné"):
        reprint.made(replace(kept, prints=(one,)), one, specimen=False)


def test_the_preview_leads_there_and_back(three: Desktop) -> None:
    """From the preview of the dossier on the table; locked there, nothing of it stays."""
    three.desk.open(MINE)
    three.wait(lambda: three.window.wizard is not None)
    preview = three.preview()
    assert preview.versions.isVisible()
    preview.versions.click()
    shown = three.window.stack.currentWidget()
    assert isinstance(shown, VersionsPage)
    assert three.window.topic() == "versions"
    three.wait(lambda: shown.kept is not None)
    shown.left.emit()
    assert three.window.stack.currentWidget() is preview
    preview.versions.click()
    three.window.lock()
    assert three.window.stack.count() == 1
