"""The employers' lists beside the drafts: kept, found by three letters, purged whole, backed up."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from forms.dossier.model import Employer
from forms.drafts import agents, backups
from forms.drafts.agents import Agent, Fact, KeptRoster
from forms.drafts.certificate import lines
from forms.drafts.purge import purge
from forms.drafts.retention import Retention, preview, set_retention
from forms.faults import Fault
from tests.forms.drafts.invented import KEY, NIR, NOON
from tests.forms.drafts.pages import in_clear

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore

LIST = KeptRoster("liste 4T8N-W1KB", "Mairie de Béthune", "")
TOWN = Employer(name="MAIRIE DE BETHUNE")


def drawing() -> Callable[[], str]:
    """Give what draws references one after the other."""
    numbers = itertools.count(1)
    return lambda: f"AAAA-{next(numbers):04d}"


def agent(last: str, first: str, badge: str = "", **more: Fact) -> Agent:
    """Give an agent who is new."""
    facts: dict[str, Fact] = {"member.birth_name": last, "member.first_name": first, **more}
    if badge:
        facts["member.staff_number"] = badge
    return Agent("", tuple(facts.items()), (("member.hired_on", "un lundi"),))


MORE: dict[str, Fact] = {"member.birth_date": dt.date(1985, 1, 1), "member.nir": NIR}
PEOPLE = (
    agent("Delattre", "Maïa", "A-1042", **MORE),
    agent("Van den Delbroucke", "Zoé", "A_10%3", **{"employer.participation": Decimal("12.50")}),
    agent("Lefèvre", "Élodie", address="12 rue des Prés\nBât. C"),
)


@pytest.fixture
def kept(store: DraftStore) -> DraftStore:
    """Give the drafts with a list of three agents."""
    assert agents.keep(store, LIST, PEOPLE, NOON, drawing(), detail={"new": 3})
    return store


def test_what_is_kept_comes_back(kept: DraftStore) -> None:
    """Dates, amounts and lines of an address are themselves again, in the order of the list, and no `repr` tells."""
    found = agents.listed(kept, LIST.id)
    assert [(one.facts, one.unread) for one in found] == [(one.facts, one.unread) for one in PEOPLE]
    assert [(one.reference, one.place) for one in found] == [("AAAA-0001", 1), ("AAAA-0002", 2), ("AAAA-0003", 3)]
    assert "Delattre" not in repr(found)
    assert found[0].name == "Delattre Maïa"
    entry = kept.noted()[-1]
    assert (entry.kind, entry.reference, entry.detail) == ("imported", LIST.id, {"new": 3})
    assert kept.verify_journal().flaw is None


def test_a_list_says_whose_it_is(kept: DraftStore) -> None:
    """By its own name, and nothing for a list that is not here."""
    assert agents.employer_of(kept, LIST.id) == LIST.employer
    assert agents.employer_of(kept, "elsewhere") is None


def test_an_employer_finds_its_list(kept: DraftStore) -> None:
    """By its SIRET where both have one, else by its name, case and accents aside; another one has none."""
    found = agents.roster_of(kept, TOWN)
    assert found is not None
    assert (found.id, found.count, found.imported_at) == (LIST.id, 3, NOON)
    assert agents.roster_of(kept, Employer(name="Mairie de Béthune", siret="21620910600014")) is not None
    assert agents.roster_of(kept, Employer(name="Mairie de Lens")) is None
    assert agents.roster_of(kept, Employer()) is None
    other = KeptRoster("liste 2", "Mairie de Béthune", "21620910600014")
    agents.keep(kept, other, PEOPLE[:1], NOON + dt.timedelta(days=1), lambda: "BBBB-0001")
    found = agents.roster_of(kept, Employer(name="CCAS", siret="216 209 106 00014"))
    assert found is not None
    assert found.id == "liste 2"
    found = agents.roster_of(kept, Employer(name="Mairie de Béthune", siret="21330249000015"))
    assert found is not None
    assert found.id == LIST.id


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("del", ["Delattre Maïa", "Van den Delbroucke Zoé"]),
        ("bro", ["Van den Delbroucke Zoé"]),
        ("LEFEVRE", ["Lefèvre Élodie"]),
        ("zoe van", ["Van den Delbroucke Zoé"]),
        ("1042", ["Delattre Maïa"]),
        ("0%3", ["Van den Delbroucke Zoé"]),
        ("aaaa-0003", ["Lefèvre Élodie"]),
        ("de", []),
        ("maia zoe", []),
    ],
)
def test_three_letters_find_an_agent(kept: DraftStore, typed: str, found: list[str]) -> None:
    """Any part of a name, staff number or bulletin's number, accents aside; two letters ask for nothing."""
    assert [one.name for one in agents.search(kept, LIST.id, typed)] == found
    assert agents.search(kept, "another list", typed) == ()


def test_what_begins_a_name_comes_first(kept: DraftStore) -> None:
    """Then the order of the list, up to the limit."""
    agents.keep(kept, LIST, [agent("Brochet", "Ada")], NOON, lambda: "CCCC-0001")
    assert [one.name for one in agents.search(kept, LIST.id, "bro")] == ["Brochet Ada", "Van den Delbroucke Zoé"]
    assert len(agents.search(kept, LIST.id, "bro", limit=1)) == 1


def test_a_reference_is_nobody_elses(kept: DraftStore, draft: Draft) -> None:
    """What is drawn twice, or is a draft's already, is drawn again."""
    kept.save(draft)
    drawn = iter(["AAAA-0001", draft.reference, "DDDD-0001"])
    agents.keep(kept, LIST, [agent("Caron", "Hervé")], NOON, lambda: next(drawn))
    assert [one.reference for one in agents.search(kept, LIST.id, "caron")] == ["DDDD-0001"]


def test_an_update_keeps_reference_and_place(kept: DraftStore) -> None:
    """One is changed, one leaves; nothing at all to do writes nothing, not even in the journal."""
    first = agents.listed(kept, LIST.id)[0]
    later = Agent(first.reference, (*first.facts, ("member.phone", "0612345678")), (), first.place)
    agents.keep(kept, LIST, [later], NOON, drawing(), removed=["AAAA-0002"])
    found = agents.listed(kept, LIST.id)
    assert [one.reference for one in found] == ["AAAA-0001", "AAAA-0003"]
    assert found[0].text("member.phone") == "0612345678"
    before = kept.verify_journal().head
    assert not agents.keep(kept, LIST, [], NOON, drawing())
    assert kept.verify_journal().head == before


def test_a_dossier_takes_the_agents_number_once(kept: DraftStore, draft: Draft) -> None:
    """Theirs while nothing was done under it; once its dossier was here and went, another."""
    first = agents.listed(kept, LIST.id)[0]
    assert agents.taken(kept, first, "EEEE-0001") == "AAAA-0001"
    dossier = draft.dossier.model_copy(update={"reference": "AAAA-0001"})
    kept.save(draft.__class__("AAAA-0001", dossier, "", "draft", "", "", 1, NOON, NOON))
    assert [one.begun for one in agents.listed(kept, LIST.id)] == [True, False, False]
    kept.delete("AAAA-0001", NOON)
    first = agents.listed(kept, LIST.id)[0]
    assert not first.begun
    assert agents.taken(kept, first, "EEEE-0001") == "EEEE-0001"
    assert agents.listed(kept, LIST.id)[0].reference == "EEEE-0001"


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_list_leaves_whole(store: DraftStore, folder: Path, by_hand: bool) -> None:  # noqa: FBT001 - both ways
    """After its time, or by hand: nothing of its agents is on any page of the database nor of a backup, afterwards."""
    agents.keep(store, LIST, PEOPLE, NOON, drawing())
    stays = KeptRoster("liste 2", "Mairie de Lens", "")
    due = NOON + dt.timedelta(days=40)
    agents.keep(store, stays, [agent("Caron", "Hervé")], due, lambda: "CCCC-0001")
    backups.make(store.database, folder, KEY, NOON)
    set_retention(store, Retention(roster=40))
    assert preview(store, due - dt.timedelta(days=1)).leaving == ()
    if by_hand:
        agents.forget(store, LIST.id, NOON)
        agents.forget(store, "nothing of that name", NOON)
        assert agents.listed(store, LIST.id) == ()
    announced = preview(store, NOON if by_hand else due)
    assert [(one.reference, one.state) for one in announced.leaving] == [(LIST.id, "deleted" if by_hand else "roster")]
    certificate = purge(store, announced, due)
    assert certificate is not None
    assert certificate["references"] == [LIST.id]
    assert certificate["counts"]["agents"] == (0 if by_hand else 3)
    assert [one.is_list for one in announced.leaving] == [True]
    assert (certificate["counts"]["rosters"], certificate["counts"]["dossiers"]) == (1, 0)
    assert ("dossier" in lines(certificate)[1], "1 liste d’agents" in lines(certificate)[1]) == (False, True)
    files = [path for path in folder.rglob("*.sqlite*") if not path.name.endswith("-shm")]
    words = (b"Delattre", b"delattre", NIR.encode(), b"rue des Pr")
    assert len(files) > 2
    assert [path.name for path in files if any(word in in_clear(path, KEY) for word in words)] == []
    assert [one.name for one in agents.listed(store, "liste 2")] == ["Caron Hervé"]


def test_a_purge_leaves_a_list_that_was_renewed(kept: DraftStore) -> None:
    """One that was imported again since the preview has its time anew."""
    late = NOON + dt.timedelta(days=91)
    announced = preview(kept, late)
    assert [one.reference for one in announced.leaving] == [LIST.id]
    agents.keep(kept, LIST, [agent("Caron", "Hervé")], late, lambda: "CCCC-0001")
    purge(kept, announced, late)
    assert len(agents.listed(kept, LIST.id)) == 4


@pytest.mark.parametrize("said", ["", "[]", '{"facts": {"member.birth_date": "?"}, "unread": {}}', '{"facts": {}}'])
def test_a_damaged_agent_is_said(kept: DraftStore, said: str) -> None:
    """In one line that names the number."""
    kept.database.execute("UPDATE agents SET said = ? WHERE reference = 'AAAA-0001'", [said])
    with pytest.raises(Fault, match="AAAA-0001"):
        agents.listed(kept, LIST.id)
