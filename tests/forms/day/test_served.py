"""What was here once is not taken for new: agents of the employer's list, transfer files, files of a dossier."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from forms.day.ending import close, confirm
from forms.day.parcels import parcel_of
from forms.day.prefilling import Order, make
from forms.day.receiving import receive
from forms.day.recipients import add
from forms.day.served import served
from forms.dossier.paths import edited
from forms.drafts import agents, from_file, printed, states
from forms.drafts.agents import Agent, KeptRoster
from forms.drafts.draft import Draft
from forms.drafts.ended import Ends, ended, last_version
from forms.drafts.from_paper import Judged, Read, meet, take
from forms.drafts.purge import purge
from forms.drafts.retention import preview
from forms.drafts.store import DraftStore
from forms.exchange.keys import new_identity
from forms.exchange.merging import merge_lines
from forms.exchange.prefill import prefill
from forms.exchange.transfer import pack_transfer
from tests.making import TODAY, alone, cdg62, read

NOW = dt.datetime(2026, 2, 3, 17, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
WEEK, MONTHS = NOW + dt.timedelta(days=7), NOW + dt.timedelta(days=91)
SECRET, PUBLIC = new_identity()
LIST = KeptRoster("liste 4T8N-W1KB", "Mairie de Béthune", "")
BORN = dt.date(1985, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DraftStore]:
    """Give the drafts of an advisor, who knows the key of headquarters and has a list of three agents."""
    made = DraftStore(tmp_path / "advisor", bytes(32))
    add(made, "Siège", PUBLIC)
    numbers = itertools.count(1)
    who = [("Aubry", "Ada"), ("Blin", "Béa"), ("Caron", "Cléa")]
    people = [
        Agent("", (("member.birth_name", last), ("member.first_name", first), ("member.birth_date", BORN)))
        for last, first in who
    ]
    agents.keep(made, LIST, people, NOW, lambda: f"AAAA-{next(numbers):04d}")
    yield made
    made.close()


def put(store: DraftStore, reference: str, agent: Agent, at: dt.datetime = NOW) -> Draft:
    """Keep the dossier of an agent, on paper."""
    dossier = prefill(agent, read({**alone(), "reference": reference}))
    draft = Draft(reference, dossier, cdg62().fingerprint, "complete", "", "", 1, at, at)
    store.save(draft)
    return printed.record(store, draft, "2026-1", at, b"pdf")


def told(store: DraftStore, ends: Ends, now: dt.datetime = NOW) -> list[str]:
    """Give what is said of each agent of the list."""
    listed = agents.listed(store, LIST.id)
    found = served(store, [(agent.reference, agent) for agent in listed], ends, now)
    return [f"{had.reference} {had.words}" if had else "" for had in found]


def test_an_agent_who_had_a_dossier_is_told_of(store: DraftStore, tmp_path: Path) -> None:
    """Begun: nothing; confirmed, then purged, deleted, or under another number: each in words, for as long as known."""
    ends = Ends()
    ada, bea, clea = agents.listed(store, LIST.id)
    assert told(store, ends) == ["", "", ""]
    put(store, ada.reference, ada)
    put(store, bea.reference, bea)
    put(store, "7K3M-Q2XD", clea)
    assert told(store, ends) == ["", "", "7K3M-Q2XD imprimé"]
    made = close(store, {"cdg62-mnt": cdg62()}, tmp_path, TODAY, NOW)
    assert told(store, ends) == ["", "", "7K3M-Q2XD imprimé"]
    confirm(store, made.transfers[0].receipt, WEEK)
    assert told(store, ends) == [
        "AAAA-0001 transmis le 10/02/2026", "AAAA-0002 transmis le 10/02/2026", "7K3M-Q2XD transmis le 10/02/2026",
    ]  # fmt: skip
    store.delete(bea.reference, WEEK)
    assert told(store, ends)[1] == "AAAA-0002 transmis le 10/02/2026, supprimé le 10/02/2026"
    assert purge(store, preview(store, WEEK), WEEK) is not None
    # Of Cléa nothing is left: her dossier had a number that the list does not know.
    gone = "transmis le 10/02/2026, purgé le 10/02/2026"
    assert told(store, ends) == [f"{ada.reference} {gone}", f"{bea.reference} {gone}", ""]
    assert told(store, Ends()) == told(store, ends)
    order = Order(agents.listed(store, LIST.id), cdg62(), read(alone()).employer, None, None, tmp_path)
    written = make(replace(order, served={ada.reference: gone}), NOW, lambda _made: True)
    assert written.written == 2
    assert [(one.agent.reference, "purgé" in one.reason) for one in written.skipped] == [(ada.reference, True)]
    assert agents.taken(store, ada, "9X2B-77QA") == "9X2B-77QA"


def test_a_list_that_left_takes_what_it_knew_with_it(store: DraftStore) -> None:
    """The journal names references alone: the same agents imported again are nobody it knows."""
    ada, *_ = agents.listed(store, LIST.id)
    put(store, ada.reference, ada)
    assert purge(store, preview(store, MONTHS), MONTHS) is not None
    assert agents.roster_of(store, read(alone()).employer) is None
    numbers = itertools.count(1)
    agents.keep(store, LIST, [replace(ada, reference="")], MONTHS, lambda: f"BBBB-{next(numbers):04d}")
    assert told(store, Ends()) == [""]
    assert ended(store, "AAAA-0001").gone == ("purgé", MONTHS)


def test_what_was_purged_does_not_come_back_with_its_transfer(store: DraftStore, tmp_path: Path) -> None:
    """At headquarters: listed and left, however often; a later version is taken and that is said; a new one is new."""
    ada, bea, _ = agents.listed(store, LIST.id)
    for agent in (ada, bea):
        put(store, agent.reference, agent)
    office = DraftStore(tmp_path / "office", bytes(range(32)))
    path = tmp_path / "one.age"

    def received(now: dt.datetime, *references: str) -> tuple[dict[str, str], str]:
        parcels = [parcel_of(store, store.load(reference)) for reference in references]
        path.write_bytes(pack_transfer(parcels, [PUBLIC], NOW).data)
        transfer, merged = receive(office, path, SECRET, now)
        verdicts = {item.parcel.reference: str(item.verdict) for item in merged.items}
        return verdicts, "\n".join(merge_lines(transfer, merged))

    assert received(NOW, ada.reference)[0] == {ada.reference: "new"}
    assert purge(office, preview(office, MONTHS), MONTHS) is not None
    for _ in range(2):
        verdicts, said = received(MONTHS, ada.reference, bea.reference)
        assert verdicts[ada.reference] == "purged"
        assert f"{ada.reference} : purgé ici le 05/05/2026, non repris." in said
        assert "1 dossier purgé ici, non repris." in said
        assert not office.has(ada.reference)
    assert verdicts[bea.reference] == "same"
    draft = store.load(ada.reference)
    after = states.changed(draft, edited(draft.dossier, "formula", "securite"), complete=True, edition=draft.edition)
    store.save(after)
    printed.record(store, after, "2026-1", WEEK, b"pdf")
    verdicts, said = received(MONTHS, ada.reference)
    assert verdicts == {ada.reference: "new"}
    assert "purgé ici le 05/05/2026, à la version 1 ; la version 2 est reprise." in said
    assert office.load(ada.reference).version == 2
    office.delete(ada.reference, MONTHS)
    office.delete(bea.reference, MONTHS)
    assert f"{bea.reference} : supprimé ici le 05/05/2026, repris." in received(MONTHS, bea.reference)[1]
    assert office.has(bea.reference)
    assert office.verify_journal().flaw is None
    office.close()


def test_a_file_of_a_purged_dossier_begins_the_next_version(store: DraftStore) -> None:
    """Its first version is on paper somewhere: another content under that number would be two papers of one version."""
    ada, *_ = agents.listed(store, LIST.id)
    dossier = put(store, ada.reference, ada).dossier
    assert purge(store, preview(store, MONTHS), MONTHS) is not None
    assert last_version(store, [ada.reference, "7K3M-Q2XD"]) == {ada.reference: 1}
    made = from_file.take_in(store, dossier, Judged(complete=True, fingerprint=cdg62().fingerprint), MONTHS)
    assert (made.version, made.state) == (2, "complete")
    assert last_version(store, []) == {}


def test_a_paper_of_a_purged_dossier_is_no_version_that_others_have(store: DraftStore) -> None:
    """Scanned, the last one is what it is on paper; an earlier one begins the next, as what came by a scan alone."""
    ada, *_ = agents.listed(store, LIST.id)
    first = put(store, ada.reference, ada)
    second = replace(first, version=2, dossier=edited(first.dossier, "formula", "securite"), state="complete")
    store.save(second)
    printed.record(store, second, "2026-1", NOW, b"pdf")
    judged = Judged(complete=True, fingerprint=cdg62().fingerprint, edition="2026-1")
    for draft, made_of in ((second, (2, "printed")), (first, (3, "complete"))):
        assert purge(store, preview(store, MONTHS), MONTHS) is not None
        read_back = Read(ada.reference, draft.version, draft.dossier)
        made = take(store, read_back, meet(store, read_back), judged, NOW)
        assert (made.version, made.state) == made_of
    by_scan = Read("7K3M-Q2XD", 4, first.dossier)
    take(store, by_scan, meet(store, by_scan), judged, NOW)
    assert purge(store, preview(store, MONTHS), MONTHS) is not None
    assert last_version(store, ["7K3M-Q2XD"]) == {"7K3M-Q2XD": 4}


def test_a_damaged_entry_of_the_journal_keeps_no_search_from_answering(store: DraftStore) -> None:
    """It tells nothing; the journal's own check is who says it."""
    store.note("purged", NOW, detail={"references": ["7K3M-Q2XD"]})
    with store.transaction() as database:
        number = database.execute("SELECT max(number) + 1 FROM journal").fetchone()[0]
        values = [number, NOW.astimezone(dt.UTC).isoformat(), "purged", "", "{", "0" * 64]
        database.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", values)
        values = [number + 1, "le 3 février", "sent", "4T8N-W1KB", "{}", "0" * 64]
        database.execute("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", values)
    assert list(Ends().read(store)) == ["7K3M-Q2XD"]
    assert last_version(store, ["7K3M-Q2XD"]) == {}
