"""The session: one dossier, undo by visit and by action, nothing kept that is not asked for."""

from __future__ import annotations

import datetime as dt
import json
from functools import partial
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.desk.session import DossierSession
from forms.convention import Convention, load
from forms.dossier.model import Beneficiary
from forms.dossier.paths import with_beneficiary, without_beneficiary
from forms.dossier.reading import dossier_from_json
from forms.drafts.draft import Draft
from forms.resources import resource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TODAY = dt.date(2026, 2, 3)


def session_on(convention: Convention, **said: Any) -> DossierSession:
    """Open a session on what is said."""
    dossier = dossier_from_json(json.dumps({"format": "permanence.dossier/1", "convention": "cdg62-mnt", **said}))
    now = dt.datetime(2026, 2, 3, tzinfo=dt.UTC)
    return DossierSession(Draft("7K3M-Q2XD", dossier, "", "draft", "contract", "", 1, now, now), convention, TODAY)


def test_opening_changes_nothing_and_says_nothing(qtbot: QtBot, convention: Convention) -> None:
    """A draft that is opened and looked at is the same draft, at the place where it was."""
    session = session_on(convention)
    before = session.dossier
    with qtbot.assertNotEmitted(session.changed):
        session.visit("member.nir")
        session.quotes()
        session.edit("member.nir", None)
        session.type("member.first_name", "  ")
        assert session.undo() is None
    assert session.dossier is before
    assert session.place == ("contract", "")


def test_undo_takes_back_a_visit_at_a_time(convention: Convention) -> None:
    """Letters of one visit go together; two visits of the same field are two steps; redo brings them back."""
    session = session_on(convention)
    for visit in ("Zoé", "Zoé-Lou"):
        session.visit("member.first_name")
        for end in range(len(visit)):
            session.type("member.first_name", visit[: end + 1])
    assert session.undo() is not None
    assert session.dossier.member.first_name == "Zoé"
    assert session.undo() is not None
    assert session.dossier.member.first_name is None
    assert session.undo() is None
    assert session.redo() is not None
    assert session.redo() is not None
    assert session.dossier.member.first_name == "Zoé-Lou"
    assert not session.can_redo


def test_a_visit_that_ends_as_it_began_is_no_step(convention: Convention) -> None:
    """Typing and deleting leaves nothing to take back."""
    session = session_on(convention)
    session.visit("member.first_name")
    session.type("member.first_name", "Z")
    session.type("member.first_name", "")
    assert session.undo() is None


def test_each_card_action_is_one_step_with_its_name(convention: Convention) -> None:
    """Removing a child can be taken back whole, unread text and papers with it."""
    session = session_on(
        convention,
        beneficiaries=[{"relation": "child", "first_name": name} for name in ("Noé", "Zoé", "Gaël")],
        unread={"beneficiaries.2.birth_date": "demain"},
        documents=[{"kind": "school_certificate", "person": "beneficiaries.1"}],
    )
    before = session.dossier
    session.apply(partial(without_beneficiary, index=1), "Zoé retirée", path="beneficiaries.1", sort="removal")
    assert [person.first_name for person in session.dossier.beneficiaries] == ["Noé", "Gaël"]
    assert session.dossier.unread == {"beneficiaries.1.birth_date": "demain"}
    assert session.dossier.documents == ()
    assert session.last is not None
    assert (session.last.label, session.last.sort) == ("Zoé retirée", "removal")
    session.undo()
    assert session.dossier == before


def test_a_change_carries_the_assessment_of_that_very_dossier(qtbot: QtBot, convention: Convention) -> None:
    """What is emitted belongs together."""
    session = session_on(convention)
    with qtbot.waitSignal(session.changed) as caught:
        session.edit("formula", "securite")
    dossier, assessment = caught.args
    assert dossier is session.dossier
    assert assessment is session.assessment
    assert assessment.quote.formula == "securite"


def test_the_place_is_said_once(qtbot: QtBot, convention: Convention) -> None:
    """Moving says where; staying says nothing."""
    session = session_on(convention)
    with qtbot.waitSignal(session.place_changed) as caught:
        session.move("formula", "member.birth_date")
    assert caught.args == ["formula", "member.birth_date"]
    with qtbot.assertNotEmitted(session.place_changed):
        session.move("formula", "member.birth_date")


_CONVENTION = load(resource("conventions", "cdg62-mnt"))
_ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.sampled_from(["member.first_name", "member.birth_date"]), st.text(max_size=8)),
        st.tuples(st.just("visit"), st.sampled_from(["member.first_name", "member.birth_date"]), st.just("")),
        st.tuples(st.just("add"), st.just(""), st.just("")),
        st.tuples(st.just("remove"), st.just(""), st.just("")),
    ),
    max_size=12,
)


@given(_ACTIONS)
def test_undoing_everything_gives_the_first_dossier_back(actions: list[tuple[str, str, str]]) -> None:
    """Whatever is done, undo leads back to the beginning, and redo to the end."""
    session = session_on(_CONVENTION)
    first = session.dossier
    for action, path, text in actions:
        if action == "type":
            session.type(path, text)
        elif action == "visit":
            session.visit(path)
        elif action == "add":
            session.apply(partial(with_beneficiary, beneficiary=Beneficiary(relation="child")), "Enfant ajouté")
        elif session.dossier.beneficiaries:
            session.apply(partial(without_beneficiary, index=0), "Fiche retirée", sort="removal")
    last = session.dossier
    while session.undo() is not None:
        pass
    assert session.dossier == first
    while session.redo() is not None:
        pass
    assert session.dossier == last
