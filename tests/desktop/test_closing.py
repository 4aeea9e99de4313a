"""The end of a day at the window: the page, its files, its recipients; the transfer received and confirmed; Ctrl+P."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.day.actions import ACTIONS
from desktop.day.arrived_dialog import ArrivedDialog
from desktop.day.closing import NO_RECIPIENT, PRACTICE, ClosingPage
from desktop.day.receiving import Receipt, ReceiveDialog
from desktop.day.recipients_dialog import RecipientsDialog
from desktop.desk.draft_rows import LEFT, STATE
from desktop.widgets.dialogs import Dialog
from forms.day.parcels import detail_of
from forms.dossier.paths import edited
from forms.drafts.draft import Draft
from forms.exchange.keys import fingerprint, new_identity
from forms.exchange.transfer import Parcel, pack_transfer
from forms.french import time_of
from tests.desktop.conftest import NOW, TODAY, Desktop
from tests.forms.bulletin.reading import pages_of, squeezed
from tests.making import alone, family, read

if TYPE_CHECKING:
    from pathlib import Path

    from forms.dossier.states import State
    from forms.drafts.store import DraftStore

SECRET, PUBLIC = new_identity()
CTRL = Qt.KeyboardModifier.ControlModifier


def fill(desktop: Desktop) -> None:
    """Keep a family and someone alone on paper, and one who lacks a birth date."""
    edition = desktop.desk.conventions["cdg62-mnt"].fingerprint
    said: tuple[tuple[str, State, object], ...] = (
        ("4T8N-W1KB", "printed", read(family())),
        ("AAAA-1111", "printed", read(alone(member__birth_name="Aubry"))),
        ("BBBB-2222", "draft", edited(read(alone()), "member.birth_date", None)),
    )
    for reference, state, dossier in said:
        kept = dossier.model_copy(update={"reference": reference})  # type: ignore[attr-defined]
        desktop.desk.restore(Draft(reference, kept, edition, state, "", "", 1, NOW, NOW))
    assert desktop.desk.flush()
    desktop.desk.list()
    desktop.wait(lambda: len(desktop.home.model.rows) == 3)


def do(desktop: Desktop, name: str) -> None:
    """Choose a line of the list's menu."""
    words = next(action.words for action in ACTIONS if action.name == name)
    next(action for action in desktop.home.menu.findChildren(QAction) if action.text() == words).trigger()


def page(desktop: Desktop) -> ClosingPage:
    """Open the page, and give it once the day is there."""
    do(desktop, "close")
    shown = desktop.window.stack.currentWidget()
    assert isinstance(shown, ClosingPage)
    desktop.wait(lambda: shown._found is not None)
    return shown


def texts(widget: QWidget) -> str:
    """Give all that is written on a widget."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def said_aloud(widget: QWidget) -> str:
    """Give all that is written on a widget, or read out of it."""
    inside = widget.findChildren(QWidget)
    return "\n".join(
        [texts(widget), *(one.accessibleName() + one.accessibleDescription() + one.toolTip() for one in inside)]
    )


def add_recipient(desktop: Desktop, shown: ClosingPage, file: Path) -> None:
    """Take headquarters' public key from its file."""
    shown.change.click()
    asked = desktop.window.findChild(RecipientsDialog)
    assert asked is not None
    asked.add.click()
    assert asked.name.message == "Donnez un nom à ce destinataire."
    file.write_text(f"# clé publique\n{PUBLIC}\n")
    asked.read(file)
    assert fingerprint(PUBLIC) in asked.key.message
    asked.name.line.setText("Siège")
    asked.add.click()
    desktop.wait(lambda: "Siège" in texts(asked))
    asked.key.line.setText(SECRET)
    asked.name.line.setText("Autre")
    asked.add.click()
    desktop.wait(lambda: "secrète" in asked.key.message)
    asked.accept()
    desktop.wait(lambda: fingerprint(PUBLIC) in shown.to.text())


def type_receipt(desktop: Desktop, shown: ClosingPage, door: QPushButton, receipt: str) -> None:
    """Confirm a transfer: it shows no receipt, Enter alone does nothing, nor does another receipt."""
    door.click()
    question = next(one for one in shown.findChildren(ArrivedDialog) if one.isVisible())
    assert receipt not in texts(question) + question.accessibleDescription()
    assert question.cancel.isDefault()
    desktop.front(question)
    desktop.key(Qt.Key.Key_Return)
    assert not question.isVisible()
    door.click()
    question = next(one for one in shown.findChildren(ArrivedDialog) if one.isVisible())
    question.receipt.line.setText("0000 0000 000")
    question.go_on.click()
    assert question.isVisible()
    assert "rien n’est changé" in question.receipt.message
    assert "transmis" not in shown.said.text()
    question.receipt.line.setText(f" {receipt.lower().replace('-', ' ')} ")
    question.go_on.click()


def test_a_day_is_closed_received_and_confirmed(opened: Desktop, tmp_path: Path) -> None:
    """What leaves and what stays, the files, the receipt that headquarters reads; `transmis` in the list at the end."""
    fill(opened)
    shown = page(opened)
    said = texts(shown)
    assert "Maïa Roy-Delattre" in said
    assert "Date de naissance" in said
    assert said.count("part avec le transfert") == 2
    assert shown.to.text().startswith(NO_RECIPIENT[:18])
    add_recipient(opened, shown, tmp_path / "siege.pub")
    into = tmp_path / "stick"
    into.mkdir()
    shown.write_into(into)
    opened.wait(shown.print.isVisible)
    opened.wait(shown.before.isVisible)
    (folder,) = into.iterdir()
    (file,) = folder.glob("*.age")
    assert folder.name in shown.said.text()
    confirmed = [b for b in shown.findChildren(QPushButton) if b.text() == "Transfert confirmé…" and b.isVisible()]
    assert len(confirmed) == 1

    do(opened, "receive")
    asked = opened.window.findChild(ReceiveDialog)
    assert asked is not None
    asked.submit()
    assert asked.file.message == "Choisissez le fichier reçu."
    asked.file.line.setText(str(file))
    key = tmp_path / "siege.key"
    key.write_text("rien")
    asked.key.line.setText(str(key))
    asked.submit()
    opened.wait(lambda: "clé secrète" in asked.file.message)
    key.write_text(SECRET)
    asked.submit()
    opened.wait(lambda: any("Accusé" in told.windowTitle() for told in opened.window.findChildren(Dialog)))
    told = next(told for told in opened.window.findChildren(Dialog) if "Accusé" in told.windowTitle())
    assert "2 dossiers déjà là, inchangés" in texts(told).replace("\u00a0", " ")
    receipt = told.windowTitle().removeprefix("Accusé de réception ")
    assert receipt not in said_aloud(shown)  # it is typed as headquarters reads it
    (paper,) = folder.glob("cloture-*.pdf")
    assert paper.name in shown.said.text()
    assert squeezed(receipt) in "".join(pages_of(paper.read_bytes()))
    assert shown.before.text() == f"Journée clôturée à {time_of(NOW)}."
    assert "rien à refaire" in texts(shown)
    told.accept()

    type_receipt(opened, shown, confirmed[0], receipt)
    opened.wait(lambda: shown.said.text() == "2 dossiers transmis.")
    shown.back.click()
    opened.wait(lambda: [row.texts[STATE] for row in opened.home.model.rows].count("transmis") == 2)
    left = [row.texts[LEFT] for row in opened.home.model.rows if row.texts[STATE] == "brouillon"]
    assert left == ["1 à compléter, 2 pièces"]


def test_a_doubtful_version_is_taken_by_a_decision(opened: Desktop, tmp_path: Path) -> None:
    """Another IBAN: both are shown and nothing is written, until a person says so."""
    fill(opened)
    iban = "FR1420041010050500013M02606"
    here_now = read(alone(member__birth_name="Aubry", reference="AAAA-1111"))
    forged = edited(here_now, "refund.iban", iban)
    parcels = [
        Parcel("AAAA-1111", version, opened.desk.conventions["cdg62-mnt"].fingerprint, dossier)
        for version, dossier in ((1, here_now), (2, forged))
    ]
    file, key = tmp_path / "one.age", tmp_path / "siege.key"
    key.write_text(SECRET)

    def received(parcel: Parcel) -> Receipt:
        file.write_bytes(pack_transfer([parcel], [PUBLIC], NOW).data)
        do(opened, "receive")
        asked = next(one for one in opened.window.findChildren(ReceiveDialog) if one.isVisible())
        asked.file.line.setText(str(file))
        asked.key.line.setText(str(key))
        asked.submit()
        opened.wait(lambda: any(one.isVisible() for one in opened.window.findChildren(Receipt)))
        return next(one for one in opened.window.findChildren(Receipt) if one.isVisible())

    def here() -> Draft:
        found: list[Draft] = []
        opened.desk.ask(lambda store: store.load("AAAA-1111"), found.append)
        opened.wait(lambda: bool(found))
        return found[0]

    def journal_knows(store: DraftStore) -> str:
        parcel = parcels[0]
        return store.note("exported", NOW, parcel.reference, detail_of(parcel, "AAAA-AAAA-AAAA"))

    opened.desk.ask(journal_knows)  # it left this computer once
    told = received(parcels[1])
    assert "FR14 2004 1010 0505 0001 3M02 606" in texts(told).replace("\u00a0", " ")
    assert here().version == 1
    (door,) = told.taking
    door.click()
    question = next(one for one in told.findChildren(Dialog) if one.isVisible())
    question.accept()
    opened.wait(lambda: any(one is not told and one.isVisible() for one in opened.window.findChildren(Receipt)))
    assert (here().version, here().dossier.refund.iban) == (2, iban)


def test_a_folder_that_refuses_is_said(opened: Desktop, tmp_path: Path) -> None:
    """One line on the page, and one may choose another."""
    fill(opened)
    shown = page(opened)
    shown.write_into(tmp_path / "none")
    opened.wait(lambda: "Impossible d’écrire" in shown.said.text())
    assert shown.write.isEnabled()
    assert not shown.print.isVisible()


def test_a_page_that_is_left_shows_nothing_more(opened: Desktop, tmp_path: Path) -> None:
    """Left, or locked, while the drafts answer: nothing is shown on what is gone; the day is closed all the same."""
    fill(opened)
    shown = page(opened)
    shown.write_into(tmp_path)
    shown.back.click()
    opened.wait(lambda: any(tmp_path.glob("Clôture*")))
    page(opened)
    opened.window.lock()


def test_the_practice_writes_nothing(closed: Desktop) -> None:
    """Its day is shown, and neither written nor transferred; nothing is received there."""
    closed.window.practise()
    closed.wait(lambda: closed.window.home is not None and len(closed.home.model.rows) > 0)
    shown = page(closed)
    assert shown.said.text().replace("\u00a0", " ") == PRACTICE
    assert not shown.write.isEnabled()
    assert not shown.change.isVisible()
    assert "Recevoir un transfert…" not in [action.text() for action in closed.home.menu.findChildren(QAction)]
    closed.window.lock()


def test_the_chosen_dossier_is_printed_from_the_list(opened: Desktop) -> None:
    """Ctrl+P: its preview, where it is printed; back is the dossier; opened by Enter it is the dossier again."""
    fill(opened)
    opened.home.table.choose("4T8N-W1KB")
    opened.home.table.setFocus()
    opened.key(Qt.Key.Key_P, CTRL)
    opened.wait(lambda: opened.window.paper is not None and opened.window.paper.view is not None)
    assert opened.desk.session is not None
    assert opened.desk.session.dossier.reference == "4T8N-W1KB"
    view = opened.window.paper.view  # type: ignore[union-attr]
    assert view is not None
    assert view.print.isEnabled()
    view.back.click()
    assert opened.window.stack.currentWidget() is opened.window.wizard
    opened.window.print_chosen()  # not from a dossier
    opened.window.go_home()
    opened.desk.open("AAAA-1111")
    opened.wait(lambda: opened.desk.session is not None)
    assert opened.window.stack.currentWidget() is opened.window.wizard
    assert opened.desk.session.today == TODAY
