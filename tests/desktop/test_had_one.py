"""What was here once is offered again only with a word: agents of the list, their numbers, files of the purged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from desktop.day.roster.found import HadOne
from desktop.widgets.dialogs import Dialog
from forms.dossier.reading import dossier_to_json
from forms.drafts import purge as purging
from forms.drafts import retention
from forms.drafts.draft import Draft
from forms.exchange.prefill import prefill
from tests.desktop.conftest import NOW, Desktop
from tests.desktop.test_dossier_file import open_file
from tests.desktop.test_home import dialog, press
from tests.desktop.test_purge_page import ask
from tests.desktop.test_roster import bulletins, imported, kept, read, typed, usual
from tests.desktop.test_scans import importing, page_of, put, rows, scan, texts
from tests.making import alone
from tests.making import read as dossier_of

if TYPE_CHECKING:
    from pathlib import Path

    from forms.drafts.agents import Agent
    from forms.drafts.store import DraftStore

SENT, GONE = "transmis le 03/02/2026", "transmis le 03/02/2026, purgé le 03/02/2026"


def sent(desktop: Desktop, agent: Agent, reference: str) -> Draft:
    """Keep the dossier of an agent, which arrived at headquarters."""
    dossier = prefill(agent, dossier_of({**alone(), "reference": reference}))
    draft = Draft(reference, dossier, "", "sent", "", "", 1, NOW, NOW, NOW)

    def keep(store: DraftStore) -> None:
        store.save(draft)
        store.note("sent", NOW, reference)

    ask(desktop, keep)
    return draft


def purged(desktop: Desktop) -> None:
    """Purge what has had its time."""
    ask(desktop, lambda store: purging.purge(store, retention.preview(store, NOW), NOW))
    desktop.desk.list()


def words(desktop: Desktop) -> list[str]:
    """Give what the rows found say of their dossiers."""
    return [row[3] for row in desktop.home.agents.table.rows]


def asked(desktop: Desktop) -> HadOne:
    """Press Enter on the agent who is alone, and give what is asked."""
    desktop.key(Qt.Key.Key_Return)
    desktop.wait(lambda: any(one.isVisible() for one in desktop.window.findChildren(HadOne)))
    return next(one for one in desktop.window.findChildren(HadOne) if one.isVisible())


def test_an_agent_is_not_offered_again_without_a_word(opened: Desktop, tmp_path: Path) -> None:
    """Transmitted, purged: in the row found and in the dry run; another is begun when asked, under another number."""
    imported(opened, usual(tmp_path)).back.click()
    agent = next(one for one in kept(opened) if one.text("member.first_name") == "Élodie")
    sent(opened, agent, agent.reference)
    opened.desk.list()
    typed(opened, "elod")
    opened.wait(lambda: words(opened) == [SENT])
    purged(opened)
    opened.wait(lambda: words(opened) == [GONE])

    opened.home.search_now()
    question = asked(opened)
    assert question.windowTitle() == "Ouvrir un autre dossier ?"
    assert not question.former.isVisible()
    assert f"{agent.reference}\u00a0: {GONE}" in question.accessibleDescription()
    opened.front(question)
    opened.key(Qt.Key.Key_Return)  # « Annuler » has the focus
    opened.wait(lambda: not any(one.isVisible() for one in opened.window.findChildren(HadOne)))
    assert opened.window.wizard is None

    page = read(opened, usual(tmp_path))
    assert page.plan is not None
    details = {step.row.name: step.details for step in page.plan.steps if step.details}
    assert details == {next(iter(details)): (f"Dossier {GONE} ({agent.reference}).",)}
    page.back.click()
    out = tmp_path / "out"
    out.mkdir()
    prefilled = bulletins(opened, out)
    prefilled.go_on.click()
    opened.wait(lambda: prefilled.made is not None)
    assert [row[1] for row in prefilled.table.rows] == [agent.reference]
    assert GONE in prefilled.table.rows[0][3]
    prefilled.back.click()

    opened.front(opened.window)
    opened.home.search_now()
    opened.wait(lambda: words(opened) == [GONE])
    asked(opened).go_on.click()
    opened.wait(lambda: opened.window.wizard is not None)
    session = opened.desk.session
    assert session is not None
    assert session.dossier.member.first_name == "Élodie"
    assert session.dossier.reference != agent.reference


def test_a_dossier_under_another_number_is_offered(opened: Desktop, tmp_path: Path) -> None:
    """Begun without the list, or with a former one: the row names it, and it can be opened instead."""
    imported(opened, usual(tmp_path)).back.click()
    agent = next(one for one in kept(opened) if one.text("member.first_name") == "Élodie")
    sent(opened, agent, "7K3M-Q2XD")
    opened.desk.list()
    typed(opened, "elod")
    opened.wait(lambda: words(opened) == [f"7K3M-Q2XD\u00a0: {SENT}"])
    opened.home.table.setFocus()
    opened.key(Qt.Key.Key_Down)
    question = asked(opened)
    assert question.former.isVisible()
    question.former.click()
    opened.wait(lambda: opened.window.wizard is not None)
    assert opened.desk.session is not None
    assert opened.desk.session.dossier.reference == "7K3M-Q2XD"


@pytest.fixture
def without(opened: Desktop) -> Desktop:
    """Give the window of drafts from which 7K3M-Q2XD, on paper, was purged."""
    dossier = dossier_of({**alone(), "reference": "7K3M-Q2XD"})
    draft = Draft("7K3M-Q2XD", dossier, "", "sent", "", "", 1, NOW, NOW, NOW)

    def keep(store: DraftStore) -> None:
        store.save(draft)
        store.note("printed", NOW, draft.reference, {"version": 1, "pdf": "00"})

    ask(opened, keep)
    purged(opened)
    return opened


def refuse(desktop: Desktop) -> None:
    """Press Enter on what asks about the purged dossier: nothing comes back."""
    question: Dialog = dialog(desktop)
    assert question.windowTitle() == "Le dossier 7K3M-Q2XD a été purgé ici le 3 février 2026"
    desktop.key(Qt.Key.Key_Return)
    desktop.wait(lambda: not question.isVisible())
    assert ask(desktop, lambda store: store.has("7K3M-Q2XD")) is False


def test_a_file_of_a_purged_dossier_is_asked_about(without: Desktop, tmp_path: Path) -> None:
    """It says when; « Annuler » has the focus and nothing comes back; opened all the same, it is the next version."""
    path = tmp_path / "une.permanence.json"
    path.write_text(dossier_to_json(dossier_of({**alone(), "reference": "7K3M-Q2XD"})), encoding="utf-8")
    open_file(without, path)
    refuse(without)
    open_file(without, path)
    press(dialog(without), "L’ouvrir quand même")
    without.wait(lambda: without.window.wizard is not None)
    assert without.desk.draft is not None
    assert (without.desk.draft.reference, without.desk.draft.version) == ("7K3M-Q2XD", 2)


def test_a_file_of_a_deleted_dossier_is_asked_about(opened: Desktop, tmp_path: Path) -> None:
    """Deleted by hand, its papers may still be here: it is said before they come back with it."""
    dossier = dossier_of({**alone(), "reference": "7K3M-Q2XD"})

    def delete(store: DraftStore) -> None:
        store.save(Draft("7K3M-Q2XD", dossier, "", "draft", "", "", 1, NOW, NOW))
        store.delete("7K3M-Q2XD", NOW)

    ask(opened, delete)
    path = tmp_path / "une.permanence.json"
    path.write_text(dossier_to_json(dossier), encoding="utf-8")
    open_file(opened, path)
    question: Dialog = dialog(opened)
    assert question.windowTitle() == "Le dossier 7K3M-Q2XD a été supprimé ici le 3 février 2026"
    opened.key(Qt.Key.Key_Return)
    opened.wait(lambda: not question.isVisible())
    assert ask(opened, lambda store: store.has("7K3M-Q2XD")) is False


def test_its_number_and_its_scan_are_asked_about(without: Desktop, tmp_path: Path) -> None:
    """Typed as a blank's, the number has served; the scanned paper is not ticked, and is taken where one ticks it."""
    without.home.number_asked.emit("7K3M-Q2XD")
    refuse(without)
    shown = page_of(without)
    (row,) = rows(without, shown, put(tmp_path / "scans", a_png=scan(0)))
    assert "Purgé ici le 03/02/2026" in texts(row)
    assert not row.taking
    assert not shown.go_on.isEnabled()
    assert row.making is not None
    row.making.click()
    assert "1 dossier créé" in importing(without, shown)
    shown.back.click()
    without.home.number_asked.emit("7K3M-Q2XD")
    assert dialog(without).windowTitle() == "Le dossier 7K3M-Q2XD est déjà ici"
