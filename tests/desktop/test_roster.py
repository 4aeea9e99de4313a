"""The employer's list in the window: read, matched, imported, searched for an agent, printed ahead."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from desktop.day.roster.bulletins import BulletinsPage, how_far, over
from desktop.day.roster.columns import LEFT_OUT, MASKED
from desktop.day.roster.page import ImportPage
from desktop.widgets.dialogs import Dialog
from forms.bulletin.scan import read_scan
from forms.day.prefilling import BEGUN, Made, Order, make, skipped_csv
from forms.drafts import agents
from forms.drafts.agents import Agent
from forms.exchange.remembered import SETTING
from forms.french import typeset
from tests.desktop.conftest import NOW, Desktop, write
from tests.forms.exchange.rosters import AGENTS, FILES, moved, separated

if TYPE_CHECKING:
    from forms.drafts.store import DraftStore

HEAD = ["Matricule", "Nom de naissance", "Prénom", "Né le", "NIR", "Grade"]
ROWS = [[a.staff, a.birth_name, a.first_name, f"{a.born:%d/%m/%Y}", a.nir, "adjoint"] for a in AGENTS]


def put(folder: Path, name: str, data: bytes) -> Path:
    """Put a file somewhere."""
    path = folder / name
    path.write_bytes(data)
    return path


def shown(desktop: Desktop, action: str = "roster") -> ImportPage:
    """Open a page from the menu of the list."""
    desktop.home.action_asked.emit(action)
    page = desktop.window.stack.currentWidget()
    assert isinstance(page, ImportPage)
    desktop.wait(lambda: page._hand is not None)
    return page


def read(desktop: Desktop, path: Path) -> ImportPage:
    """Open the import, and read a file with it."""
    page = shown(desktop)
    page.read(path)
    desktop.wait(lambda: page.plan is not None)
    return page


def imported(desktop: Desktop, path: Path) -> ImportPage:
    """Import a file."""
    page = read(desktop, path)
    page.go_on.click()
    desktop.wait(lambda: page._imported and page._hand is not None and page._hand.roster is not None)
    return page


def kept(desktop: Desktop) -> tuple[Agent, ...]:
    """Give the agents that are kept of the permanence's employer."""
    found: list[tuple[Agent, ...]] = []
    permanence = desktop.desk.permanence
    assert permanence is not None

    def ask(store: DraftStore) -> tuple[Agent, ...]:
        roster = agents.roster_of(store, permanence.employer)
        return agents.listed(store, roster.id) if roster else ()

    desktop.desk.ask(ask, found.append)
    desktop.wait(lambda: bool(found))
    return found[0]


def usual(folder: Path) -> Path:
    """Give a list of five agents under usual headings."""
    return put(folder, "agents.csv", separated([HEAD, *ROWS]))


def typed(desktop: Desktop, text: str) -> None:
    """Type in the search of the list."""
    desktop.home.search_now()
    write(text)


@pytest.mark.parametrize("kind", FILES)
def test_the_five_files_through_the_page(opened: Desktop, tmp_path: Path, kind: str) -> None:
    """As employers send them: five agents, ready without a choice; imported, and the same file then does nothing."""
    name, data = FILES[kind]
    path = put(tmp_path, name, data())
    page = read(opened, path)
    assert page.plan is not None
    assert (page.plan.counts["new"], page.plan.alarm) == (5, "")
    assert page.go_on.text() == "Importer 5 agents"
    assert kept(opened) == ()
    page.go_on.click()
    opened.wait(lambda: len(kept(opened)) == 5)
    found = {agent.text("member.nir")[:13] for agent in kept(opened)}
    assert found == {agent.nir[:13] for agent in AGENTS}
    page = read(opened, path)
    assert page.plan is not None
    assert page.plan.counts["unchanged"] == 5
    assert (page.go_on.text(), page.go_on.isEnabled()) == ("Rien à importer", False)


def test_columns_are_shown_and_chosen_again(opened: Desktop, tmp_path: Path) -> None:
    """A column takes another meaning, its former one gives way; the choice is remembered for the same headings."""
    page = read(opened, usual(tmp_path))
    choices = page.columns.choices
    assert list(choices) == HEAD
    assert [choices[label].currentText() for label in ("NIR", "Grade")] == ["N° de Sécurité sociale", LEFT_OUT]
    assert page.columns._samples["Prénom"][1] == "Maïa · Noé · Élodie"
    choices["Grade"].setCurrentIndex(choices["Grade"].findData("member.staff_number"))
    assert choices["Matricule"].currentText() == LEFT_OUT
    opened.wait(lambda: page.plan is not None and dict(page.plan.steps[0].facts)["member.staff_number"] == "adjoint")
    choices["Grade"].setCurrentIndex(choices["Grade"].findData("member.birth_place"))
    choices["Matricule"].setCurrentIndex(choices["Matricule"].findData("member.staff_number"))
    opened.wait(lambda: page.plan is not None and dict(page.plan.steps[0].facts)["member.staff_number"] == "A-1042")
    page.go_on.click()
    opened.wait(lambda: page._imported)
    assert kept(opened)[0].text("member.birth_place") == "adjoint"
    setting: list[object] = []
    opened.desk.ask_setting(SETTING, setting.append)
    opened.wait(lambda: bool(setting))
    assert "Grade" not in repr(setting)
    again = read(opened, usual(tmp_path))
    assert again.columns.choices["Grade"].currentData() == "member.birth_place"
    assert again.plan is not None
    assert again.plan.counts["unchanged"] == 5


def test_without_a_column_of_names_nothing_can_be_done(opened: Desktop, tmp_path: Path) -> None:
    """It is said in one line, the columns stay to be chosen, and another choice mends it."""
    page = shown(opened)
    page.read(put(tmp_path, "liste.csv", separated([["Code", "Grade"], ["Delattre", "adjoint"]])))
    opened.wait(lambda: bool(page.trouble.text()))
    assert "Aucune colonne ne donne le nom" in page.trouble.text()
    assert page.go_on.isHidden()
    choice = page.columns.choices["Code"]
    choice.setCurrentIndex(choice.findData("member.birth_name"))
    opened.wait(lambda: page.plan is not None)
    assert page.trouble.isHidden()
    assert not page.go_on.isHidden()


def test_a_file_that_is_no_list(opened: Desktop, tmp_path: Path) -> None:
    """It is refused in one line; the next file is read as if nothing had been."""
    page = shown(opened)
    page.read(put(tmp_path, "x.pdf", b"%PDF-1.7 nothing"))
    opened.wait(lambda: bool(page.trouble.text()))
    assert "est un PDF" in page.trouble.text()
    page.read(usual(tmp_path))
    opened.wait(lambda: page.plan is not None)
    assert page.trouble.text() == ""


def test_a_column_that_moved_is_said_at_the_top(opened: Desktop, tmp_path: Path) -> None:
    """One line over all, every row refused, nothing to import."""
    page = read(opened, put(tmp_path, "agents.csv", moved()))
    assert page.result.alarm.isVisible()
    assert "décalées" in page.result.alarm.text()
    assert {texts[2] for texts in page.result.table.rows} == {"refusé"}
    assert not page.go_on.isEnabled()
    assert "décalées" in page.result.detail.text()


def test_only_what_is_to_be_seen(opened: Desktop, tmp_path: Path) -> None:
    """Rows that are refused or doubtful, alone on demand; the chosen one says all of its reasons."""
    doubtful = ["A-9", "Caron", "Hervé", "32/13/1990", "", ""]
    refused = ["A-8", "12", "x", "", "", ""]
    page = read(opened, put(tmp_path, "a.csv", separated([HEAD, *ROWS, doubtful, refused])))
    assert len(page.result.table.rows) == 7
    page.result.only.setChecked(True)
    assert [texts[1] for texts in page.result.table.rows] == ["Hervé Caron", "x 12"]
    assert "« 32/13/1990 » n’existe pas" in page.result.detail.text().replace("\u00a0", " ")


def test_the_screen_turned_hides_the_numbers(opened: Desktop, tmp_path: Path) -> None:
    """F8: no cell, name or reason of anyone; F8 again shows them."""
    page = read(opened, usual(tmp_path))
    shown_nir = AGENTS[0].nir
    assert shown_nir in page.columns._samples["NIR"][0].text()
    opened.window.turn()
    assert page.columns._samples["NIR"][0].text() == MASKED
    assert shown_nir not in page.columns.choices["NIR"].accessibleDescription()
    assert {texts[1] for texts in page.result.table.rows} == {"•••"}
    opened.window.turn()
    assert shown_nir in page.columns._samples["NIR"][0].text()


def test_a_dropped_file_is_read(opened: Desktop, tmp_path: Path) -> None:
    """Dropped on the page, it is as if it had been chosen."""
    page = shown(opened)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(usual(tmp_path)))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(QPoint(9, 9)), Qt.DropAction.CopyAction, data, buttons, keys))
    opened.wait(lambda: page.plan is not None)


def test_the_absent_leave_only_when_asked(opened: Desktop, tmp_path: Path) -> None:
    """They stay by default; a box takes them away with the import, and the list itself can be deleted."""
    imported(opened, usual(tmp_path))
    fewer = put(tmp_path, "b.csv", separated([HEAD, *ROWS[:3]]))
    page = read(opened, fewer)
    assert page.result.absent.isVisible()
    assert not page.go_on.isEnabled()
    page.result.absent.setChecked(True)
    assert page.go_on.isEnabled()
    page.go_on.click()
    opened.wait(lambda: len(kept(opened)) == 3)
    page.kept.forget.click()
    next(asked for asked in opened.window.findChildren(Dialog) if asked.isVisible()).accept()
    opened.wait(lambda: kept(opened) == ())


def test_the_report_is_saved(opened: Desktop, tmp_path: Path) -> None:
    """After the import, row by row; where it cannot be written, that is said."""
    page = imported(opened, usual(tmp_path))
    page.save.click()
    assert page.dialog is not None
    page.dialog.fileSelected.emit(str(tmp_path / "rapport.csv"))
    rows = list(csv.reader((tmp_path / "rapport.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row[2] for row in rows[1:]] == ["nouveau"] * 5
    page.dialog.reject()


def test_three_letters_open_a_prefilled_dossier(opened: Desktop, tmp_path: Path) -> None:
    """Typed in the search, ↓ and Enter: what the list knows is there, the rest is unknown; then it is reopened."""
    imported(opened, usual(tmp_path)).back.click()
    home = opened.home
    typed(opened, "ele")
    opened.wait(lambda: len(home.agents.found) == 0)
    home.search.clear()
    typed(opened, "elo")
    opened.wait(home.agents.isVisible)
    assert [texts[:3] for texts in home.agents.table.rows] == [("Lefèvre Élodie", "A-1044", "02/05/1984")]
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: opened.window.wizard is not None)
    session = opened.desk.session
    assert session is not None
    member = session.dossier.member
    assert (member.birth_name, member.staff_number, member.nir) == ("Lefèvre", "A-1044", AGENTS[2].nir)
    assert (member.category, member.email, session.dossier.formula) == (None, None, None)
    assert session.dossier.employer.name == "Mairie de Béthune"
    reference = session.dossier.reference
    session.type("member.phone", "0612345678")
    opened.window.go_home()
    opened.wait(lambda: home.agents.isVisible() and home.agents.found[0][0].begun)
    assert home.agents.table.rows[0][3] == "déjà commencé"
    home.table.setFocus()
    opened.key(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is home.agents.table
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.session is not None
    assert opened.desk.session.dossier.reference == reference
    assert opened.desk.session.dossier.member.phone == "0612345678"


def test_the_agents_are_the_permanences(opened: Desktop, tmp_path: Path) -> None:
    """Two letters, or another employer's permanence, find no one; the arrow up goes back to the search."""
    imported(opened, usual(tmp_path)).back.click()
    home = opened.home
    typed(opened, "del")
    opened.wait(home.agents.isVisible)
    opened.key(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is home.agents.table
    opened.key(Qt.Key.Key_Up)
    assert QApplication.focusWidget() is home.search
    permanence = opened.desk.permanence
    assert permanence is not None
    employer = permanence.employer.model_copy(update={"name": "Mairie de Lens"})
    opened.desk.settle(permanence.model_copy(update={"employer": employer}))
    opened.wait(home.agents.isHidden)


def bulletins(desktop: Desktop, folder: Path) -> BulletinsPage:
    """Open the page of prefilled bulletins, and say where to."""
    desktop.home.action_asked.emit("prefilled")
    page = desktop.window.stack.currentWidget()
    assert isinstance(page, BulletinsPage)
    desktop.wait(lambda: bool(page._agents))
    page.write_in(folder)
    return page


def test_bulletins_for_the_whole_list(opened: Desktop, tmp_path: Path) -> None:
    """One a file, named by staff number and number, read back from its code; the second time none is made again."""
    imported(opened, usual(tmp_path)).back.click()
    out = tmp_path / "out"
    out.mkdir()
    page = bulletins(opened, out)
    page.formula.setCurrentIndex(page.formula.findData("essentielle"))
    page.go_on.click()
    opened.wait(lambda: page.made is not None)
    assert page.made is not None
    assert (page.made.written, page.made.there, page.made.skipped) == (5, 0, [])
    files = sorted(out.iterdir())
    assert [path.name.split()[0] for path in files] == ["00871", "A-1042", "A-1043", "A-1044", "A-1046"]
    assert not any(agent.birth_name in path.name for path in files for agent in AGENTS)
    times = [path.stat().st_mtime_ns for path in files]
    (found,) = [one.dossier for one in read_scan(files[1]) if one.dossier]
    assert (found.member.first_name, found.formula, found.request.signed_on) == ("Maïa", "essentielle", None)
    assert f"{found.member.staff_number} {found.reference}.pdf" == files[1].name
    files[0].write_bytes(files[0].read_bytes()[:900])
    page.go_on.click()
    opened.wait(lambda: page.told.text().startswith("Terminé\u00a0: 1 bulletin écrit, 4 étaient déjà là"))
    assert [path.stat().st_mtime_ns for path in files][1:] == times[1:]


def test_bulletins_are_stopped_and_taken_up(order: Order) -> None:
    """Stopped after two, then the three others; one whose dossier is begun, or that no paper can say, is skipped."""
    seen: list[int] = []

    def two(made: Made) -> bool:
        seen.append(made.done)
        return made.written < 2

    first = make(order, NOW, two)
    assert (first.written, first.stopped) == (2, True)
    assert over(first) == "Arrêté : 2 bulletins écrits, 3 agents à faire."
    second = make(order, NOW, lambda _made: True)
    assert (second.written, second.there, [one.reason for one in second.skipped]) == (
        1, 2, [BEGUN, typeset("« 美 » ne s’imprime pas : écrivez ce texte en lettres latines.")],
    )  # fmt: skip
    assert len(list(order.folder.iterdir())) == 3
    table = skipped_csv(second).decode("utf-8-sig")
    assert "Caron" not in table
    assert BEGUN in table


def test_how_far_it_is() -> None:
    """How many, how fast and what is left, once a second has passed."""
    assert how_far(Made(5), 0) == "0 sur 5 agents"
    assert (
        how_far(Made(500, written=100), 2000).replace("\u202f", " ")
        == "100 sur 500 agents · 50 par seconde · encore 8 secondes"
    )
    assert how_far(Made(30_000, written=100), 2000).endswith("encore 10 minutes")


def test_a_folder_that_refuses_ends_it(order: Order, tmp_path: Path) -> None:
    """What keeps the first from being written would keep them all: it is said once."""
    gone = Order(order.agents, order.convention, order.employer, None, None, tmp_path / "none")
    made = make(gone, NOW, lambda _made: True)
    assert made.fault is not None
    assert made.written == 0
    assert "n’existe pas" in made.fault.line


@pytest.fixture
def order(opened: Desktop, tmp_path: Path) -> Order:
    """Give an order for five agents, two of whom get none."""

    def agent(number: int, first: str, *, begun: bool = False) -> Agent:
        facts = (("member.birth_name", "Caron"), ("member.first_name", first), ("member.staff_number", f"B/{number}"))
        return Agent(f"AAAA-000{number}", facts, (), number, begun)

    people = (
        agent(1, "Hervé"), agent(2, "Inès"), agent(3, "Zoé", begun=True), agent(4, "美"), agent(5, "Ada"),
    )  # fmt: skip
    permanence = opened.desk.permanence
    convention = opened.desk.convention
    assert permanence is not None
    assert convention is not None
    folder = tmp_path / "out"
    folder.mkdir()
    return Order(people, convention, permanence.employer, "Béthune", None, folder)
