"""A day from its dossiers to headquarters: closed, received twice, confirmed; nothing half done, no one named."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from forms.day import ending
from forms.day.ending import close, confirm
from forms.day.looking import Day, look
from forms.day.parcels import parcel_of
from forms.day.receiving import receive
from forms.day.recipients import Recipient, add, recipients, remove
from forms.dossier.paths import edited
from forms.drafts import attachments, from_paper, printed, retention, states
from forms.drafts.draft import Draft
from forms.drafts.store import DraftStore
from forms.exchange.keys import fingerprint, new_identity
from forms.exchange.merging import Merged, merge_json, merge_lines
from forms.exchange.transfer import Parcel, open_transfer, pack_transfer
from forms.faults import Fault
from tests.forms.bulletin.reading import pages_of, squeezed
from tests.making import TODAY, Said, alone, cdg62, family, former_edition, read

NOW = dt.datetime(2026, 2, 3, 17, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
LATER = NOW + dt.timedelta(hours=1)
SECRET, PUBLIC = new_identity()
SCAN = b"%PDF-1.7 droits"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DraftStore]:
    """Give the drafts of an advisor, who knows the key of headquarters."""
    made = DraftStore(tmp_path / "advisor", bytes(32))
    add(made, "Siège", PUBLIC)
    yield made
    made.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DraftStore]:
    """Give the drafts of headquarters."""
    made = DraftStore(tmp_path / "office", bytes(range(32)))
    yield made
    made.close()


def put(store: DraftStore, reference: str, said: Said, at: dt.datetime = NOW, *, paper: bool = True) -> Draft:
    """Keep a dossier, on paper or not."""
    dossier = read({**said, "reference": reference})
    draft = Draft(reference, dossier, cdg62().fingerprint, "complete", "", "", 1, at, at)
    store.save(draft)
    return printed.record(store, draft, "2026-1", at, b"pdf") if paper else draft


def fill(store: DraftStore) -> None:
    """Keep a day of four: two on paper, one with a scan; one complete; one without a birth date."""
    said = family(documents=[{"kind": "rights_certificate", "state": "attached", "file": "rights_certificate-1"}])
    put(store, "4T8N-W1KB", said)
    attachments.attach(store, "4T8N-W1KB", "rights_certificate-1", SCAN, NOW)
    attachments.attach(store, "4T8N-W1KB", "school_certificate-1", b"%PDF-1.7 taken out", NOW)
    put(store, "AAAA-1111", alone(member__birth_name="Aubry"))
    put(store, "BBBB-2222", alone(member__birth_name="Blin"), paper=False)
    put(store, "CCCC-3333", alone(member__birth_date=None, member__birth_name="Caron"), paper=False)


def seen(store: DraftStore, now: dt.datetime = NOW, today: dt.date = TODAY, **more: Any) -> Day:
    """Look at the day."""
    return look(store, {"cdg62-mnt": cdg62()}, today, now, **more)


def closed(store: DraftStore, into: Path, now: dt.datetime = NOW, today: dt.date = TODAY, **more: Any) -> ending.Closed:
    """Close the day."""
    return close(store, {"cdg62-mnt": cdg62()}, into, today, now, **more)


def fates(day: Day) -> dict[str, str]:
    """Give what becomes of each dossier."""
    return {line.reference: line.fate for line in day.lines}


def changed(store: DraftStore, reference: str, formula: str) -> Draft:
    """Change a dossier and print its next version."""
    draft = store.load(reference)
    dossier = edited(draft.dossier, "formula", formula)
    after = states.changed(draft, dossier, complete=True, edition=draft.edition)
    store.save(after)
    return printed.record(store, after, "2026-1", LATER, b"pdf")


def test_a_day_goes_to_headquarters(store: DraftStore, office: DraftStore, tmp_path: Path) -> None:
    """Two on paper leave, two stay with the reason; received twice; `transmis` and purgeable once confirmed."""
    fill(store)
    day = seen(store)
    assert fates(day) == {"4T8N-W1KB": "goes", "AAAA-1111": "goes", "BBBB-2222": "stays", "CCCC-3333": "stays"}
    lacks = {line.reference: line.lacks for line in day.lines}
    assert lacks["BBBB-2222"][0] == "à imprimer et à faire signer"
    assert "Date de naissance" in lacks["CCCC-3333"]
    made = closed(store, tmp_path)
    assert [path.name for path in sorted(made.folder.iterdir())] == sorted(made.files)
    assert {Path(name).suffix for name in made.files} == {".xlsx", ".csv", ".age", ".pdf"}
    (sent,) = made.transfers
    assert {store.load(reference).state for reference in sent.references} == {"printed"}
    assert set(fates(seen(store)).values()) == {"written", "stays"}
    assert set(fates(seen(store, again=True)).values()) == {"goes", "stays"}
    for verdict in ("nouveaux dossiers", "déjà là, inchangés"):
        transfer, merged = receive(office, made.folder / sent.name, SECRET, LATER)
        assert verdict in "\n".join(merge_lines(transfer, merged))
        assert transfer.receipt == sent.receipt
    there = office.load("4T8N-W1KB")
    assert (there.dossier, there.state, there.version) == (store.load("4T8N-W1KB").dossier, "printed", 1)
    (scan,) = attachments.listed(office, "4T8N-W1KB")
    assert (scan.paper, attachments.content_of(office, scan)) == ("rights_certificate-1", SCAN)
    assert len(office.noted(kind="received")) == 2
    assert retention.preview(store, LATER).leaving == ()
    done = confirm(store, sent.receipt, LATER)
    assert (set(done.sent), done.left) == ({"4T8N-W1KB", "AAAA-1111"}, ())
    kept = store.load("4T8N-W1KB")
    assert (kept.state, kept.confirmed_at, kept.saved_at) == ("sent", LATER, NOW)
    assert {one.reference for one in retention.preview(store, LATER).leaving} == set(sent.references)
    after = seen(store, LATER)
    assert set(fates(after).values()) == {"sent", "stays"}
    assert after.pending == ()


def test_the_page_holds_the_journal_and_names_no_one(store: DraftStore, tmp_path: Path) -> None:
    """One page: totals, hashes, the head that the journal still has; no name, no number, no account."""
    fill(store)
    made = closed(store, tmp_path)
    (page,) = map(squeezed, pages_of(made.page))
    for said in ("4 dossiers", "Mairie de Béthune", made.transfers[0].receipt, fingerprint(PUBLIC), made.head):
        assert squeezed(said) in page, said
    for name in ("Delattre", "Aubry", "Blin", "Maïa", "285016211904268", "FR76"):
        assert squeezed(name) not in page
    assert store.verify_journal(made.head).flaw is None
    assert (made.folder / made.files[-1]).read_bytes() == made.page
    assert store.noted(kind="closed")[0].detail["files"].keys() == set(made.files[:-1])


def test_a_day_closed_twice_is_legible(store: DraftStore, tmp_path: Path) -> None:
    """The second time says so, in its own folder; its list takes the whole day, its transfer only what is new."""
    fill(store)
    first = closed(store, tmp_path)
    put(store, "DDDD-4444", alone(member__birth_name="Dubois"), LATER)
    again = seen(store, LATER)
    assert again.before == (NOW,)
    assert [len(made.rows) for made in again.closing.lists] == [3]
    second = closed(store, tmp_path, LATER)
    assert second.folder != first.folder
    assert second.transfers[0].references == ("DDDD-4444",)
    assert squeezed("Clôture n° 2 de ce jour, après 17:30") in squeezed(pages_of(second.page)[0])
    third = closed(store, tmp_path, LATER, again=True)
    assert set(third.transfers[0].references) == {"4T8N-W1KB", "AAAA-1111", "DDDD-4444"}
    assert third.folder.name.endswith("(2)")
    confirm(store, third.transfers[0].receipt, LATER)
    assert seen(store, LATER).pending == ()


def test_what_waits_from_another_day_leaves_and_is_listed_once(store: DraftStore, tmp_path: Path) -> None:
    """Printed on Tuesday, never closed: on Wednesday's list. Closed without a recipient: it still leaves, unlisted."""
    put(store, "AAAA-1111", alone(member__birth_name="Aubry"))
    put(store, "BBBB-2222", alone(member__birth_name="Blin"), paper=False)
    wednesday, noon = TODAY + dt.timedelta(days=1), NOW + dt.timedelta(days=1)
    day = seen(store, noon, wednesday)
    assert (fates(day), [len(made.rows) for made in day.closing.lists]) == ({"AAAA-1111": "goes"}, [1])
    remove(store, PUBLIC)
    made = closed(store, tmp_path)
    assert made.transfers == ()
    assert not [name for name in made.files if name.endswith(".age")]
    day = seen(store, noon, wednesday)
    assert (fates(day), day.closing.lists) == ({"AAAA-1111": "goes"}, ())


def test_what_changed_since_is_not_sent(store: DraftStore, tmp_path: Path) -> None:
    """Changed after the file was written, or deleted: the confirmation leaves it, and says so."""
    fill(store)
    made = closed(store, tmp_path)
    changed(store, "AAAA-1111", "securite")
    store.delete("4T8N-W1KB", LATER)
    done = confirm(store, made.transfers[0].receipt, LATER)
    assert (done.sent, set(done.left)) == ((), {"4T8N-W1KB", "AAAA-1111"})
    assert store.load("AAAA-1111").state == "printed"
    assert fates(seen(store, LATER))["AAAA-1111"] == "goes"


@pytest.mark.parametrize("where", ["none", "file"])
def test_what_cannot_be_written_is_not_noted(store: DraftStore, tmp_path: Path, where: str) -> None:
    """A folder that is not there, or no folder: one line, no file, and the journal as it was."""
    fill(store)
    (tmp_path / "file").write_bytes(b"")
    before = store.verify_journal().head
    with pytest.raises(Fault, match="Impossible d’écrire"):
        closed(store, tmp_path / where)
    assert store.verify_journal().head == before
    assert fates(seen(store))["AAAA-1111"] == "goes"


def test_what_cannot_be_noted_is_taken_back(store: DraftStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that were written when the database then refuses do not stay."""
    fill(store)
    written = ending._written

    def refused(*what: Any) -> Path:
        folder = written(*what)
        # What the commit will stumble over: a reference that must not be left open.
        store.database.execute("PRAGMA defer_foreign_keys = ON")
        store.database.execute("CREATE TABLE parent (id PRIMARY KEY)")
        store.database.execute("CREATE TABLE child (id REFERENCES parent (id))")
        store.database.execute("INSERT INTO child VALUES (1)")
        return folder

    monkeypatch.setattr(ending, "_written", refused)
    into = tmp_path / "stick"
    into.mkdir()
    with pytest.raises(Exception, match="FOREIGN KEY"):
        closed(store, into)
    assert list(into.iterdir()) == []
    assert store.noted(kind="closed") == ()


def test_the_practice_stays(store: DraftStore, tmp_path: Path) -> None:
    """A specimen is never in a transfer file, whatever its state; an empty day is not closed."""
    with pytest.raises(Fault, match="aucun dossier"):
        closed(store, tmp_path)
    put(store, "SPEC-0001", alone())
    assert fates(seen(store)) == {"SPEC-0001": "stays"}
    assert closed(store, tmp_path).transfers == ()


def test_what_another_edition_printed(store: DraftStore, tmp_path: Path) -> None:
    """It is priced by that edition where it is kept; where it is not, it is on no list, and says why."""
    old = former_edition(tmp_path)
    draft = replace(put(store, "AAAA-1111", alone()), edition=old.fingerprint)
    store.save(draft)
    day = seen(store)
    assert "autre édition" in day.lines[0].lacks[-1]
    assert (fates(day), day.closing.lists) == ({"AAAA-1111": "goes"}, ())
    from forms.drafts import editions  # noqa: PLC0415 - for this test alone

    editions.keep(store, tmp_path / "cdg62-mnt", old, NOW)
    today = seen(store).closing
    store.save(replace(draft, edition=cdg62().fingerprint))
    assert today.total < seen(store).closing.total


def sealed(*parcels: Parcel) -> bytes:
    """Give a transfer file."""
    return pack_transfer(parcels, [PUBLIC], NOW).data


def test_nothing_is_silently_overwritten(store: DraftStore, office: DraftStore, tmp_path: Path) -> None:
    """A later version replaces what came; what was changed at headquarters, or cannot be read, stays and is said."""
    fill(store)
    path = tmp_path / "one.age"

    def received(*references: str) -> dict[str, str]:
        path.write_bytes(sealed(*(parcel_of(store, store.load(reference)) for reference in references)))
        _, merged = receive(office, path, SECRET, LATER)
        return {item.parcel.reference: item.verdict for item in merged.items}

    assert received("4T8N-W1KB", "AAAA-1111") == {"4T8N-W1KB": "new", "AAAA-1111": "new"}
    changed(store, "4T8N-W1KB", "securite")
    assert received("4T8N-W1KB") == {"4T8N-W1KB": "newer"}
    assert (office.load("4T8N-W1KB").version, len(attachments.listed(office, "4T8N-W1KB"))) == (2, 1)
    changed(office, "AAAA-1111", "renforcee")
    changed(store, "AAAA-1111", "securite")
    assert received("AAAA-1111") == {"AAAA-1111": "conflict"}
    changed(store, "AAAA-1111", "essentielle")
    assert received("AAAA-1111") == {"AAAA-1111": "conflict"}
    assert office.load("AAAA-1111").dossier.formula == "renforcee"
    office.database.execute("UPDATE drafts SET dossier = '{' WHERE reference = '4T8N-W1KB'")
    changed(store, "4T8N-W1KB", "renforcee")
    assert received("4T8N-W1KB") == {"4T8N-W1KB": "conflict"}


def test_one_wrong_paper_and_nothing_is_kept(office: DraftStore, tmp_path: Path) -> None:
    """A file of an unknown kind, or named otherwise, in the second dossier: none of the two is there."""
    from forms.exchange.transfer import Attachment  # noqa: PLC0415 - for this test alone

    whole = Parcel("AAAA-1111", 1, "", read({**alone(), "reference": "AAAA-1111"}))
    for name, data in (("bank_details-1.1.pdf", b"MZ"), ("scan.pdf", SCAN)):
        wrong = Parcel("BBBB-2222", 1, "", read({**alone(), "reference": "BBBB-2222"}), (Attachment(name, data),))
        (tmp_path / "two.age").write_bytes(sealed(whole, wrong))
        with pytest.raises(Fault, match=r"BBBB-2222.*Rien n’est repris"):
            receive(office, tmp_path / "two.age", SECRET, LATER)
    assert office.recent() == []
    assert office.noted() == ()


def test_recipients_are_kept_once(store: DraftStore) -> None:
    """A name, one whole key, never twice; a secret key is refused; what was kept badly is left out."""
    secret, public = new_identity()
    assert recipients(store) == (Recipient("Siège", PUBLIC),)
    for name, text, said in (
        ("", public, "nom"),
        ("Autre", PUBLIC, "déjà là"),
        ("Autre", secret, "secrète"),
        ("Autre", f"{public}\n{new_identity()[1]}", "plusieurs"),
        ("Autre", "age1", "caractères"),
    ):
        with pytest.raises(Fault, match=said):
            add(store, name, text)
    assert add(store, " Centre\u202e  de gestion ", f"# note\n{public}\n").name == "Centre de gestion"
    remove(store, PUBLIC)
    assert [one.key for one in recipients(store)] == [public]
    store.set_setting("recipients", [{"name": 3}, "x"])
    assert recipients(store) == ()


def test_papers_too_heavy_for_one_file(store: DraftStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Several transfer files, each with its receipt; a dossier too heavy for any stays, and says so."""
    fill(store)
    for module in ("forms.day.ending.LOAD", "forms.day.looking.LOAD"):
        monkeypatch.setattr(module, len(SCAN))
    put(store, "DDDD-4444", alone(documents=[{"kind": "payslip", "state": "attached", "file": "payslip-1"}]))
    attachments.attach(store, "DDDD-4444", "payslip-1", SCAN[:9], NOW)
    made = closed(store, tmp_path)
    assert sorted(len(one.references) for one in made.transfers) == [1, 2]
    for one in made.transfers:
        transfer = open_transfer((made.folder / one.name).read_bytes(), SECRET)
        assert (transfer.receipt, {parcel.reference for parcel in transfer.parcels}) == (
            one.receipt, set(one.references),
        )  # fmt: skip
    monkeypatch.setattr("forms.day.looking.LOAD", 10)
    assert fates(seen(store, again=True))["4T8N-W1KB"] == "stays"


def test_a_copy_is_printed_ten_days_later(store: DraftStore, tmp_path: Path) -> None:
    """Saved again by it or not, who stood on a list stands on no other; a version that follows does."""
    put(store, "AAAA-1111", alone(member__birth_name="Aubry"))
    made = closed(store, tmp_path)
    confirm(store, made.transfers[0].receipt, LATER)
    then, noon = TODAY + dt.timedelta(days=10), NOW + dt.timedelta(days=10)
    store.save(replace(store.load("AAAA-1111"), saved_at=noon))
    day = seen(store, noon, then)
    assert (fates(day), day.closing.lists, day.closing.states) == ({"AAAA-1111": "sent"}, (), {})
    changed(store, "AAAA-1111", "securite")
    assert [len(made.rows) for made in seen(store, noon, then).closing.lists] == [1]


def test_what_is_left_out_of_a_list_comes_back(store: DraftStore, tmp_path: Path) -> None:
    """Without its edition or its convention, transmitted meanwhile: listed on the day it can be, and that day alone."""
    from forms.drafts import editions  # noqa: PLC0415 - for this test alone

    old = former_edition(tmp_path)
    store.save(replace(put(store, "AAAA-1111", alone()), edition=old.fingerprint))
    put(store, "BBBB-2222", alone(convention="elsewhere"))
    made = closed(store, tmp_path)
    assert store.noted(kind="closed")[0].detail["listed"] == {}
    confirm(store, made.transfers[0].receipt, LATER)
    days = [(NOW + dt.timedelta(days=more), TODAY + dt.timedelta(days=more)) for more in range(3)]
    assert fates(seen(store, *days[1])) == {"AAAA-1111": "sent", "BBBB-2222": "sent"}
    editions.keep(store, tmp_path / "cdg62-mnt", old, NOW)
    assert [len(made.rows) for made in seen(store, *days[1]).closing.lists] == [1]
    closed(store, tmp_path, *days[1])
    assert fates(seen(store, *days[2])) == {"BBBB-2222": "sent"}


def travel(store: DraftStore, office: DraftStore, path: Path, *references: str, **more: Any) -> dict[str, Merged]:
    """Receive at headquarters what is kept of these dossiers; give what became of each."""
    path.write_bytes(sealed(*(parcel_of(store, store.load(reference)) for reference in references)))
    _, merged = receive(office, path, SECRET, LATER, **more)
    return {item.parcel.reference: item for item in merged.items}


def test_headquarters_keeps_what_no_transfer_carries(store: DraftStore, office: DraftStore, tmp_path: Path) -> None:
    """The signed bulletin that was scanned there outlives a newer version; the papers that came before do not."""
    fill(store)
    travel(store, office, tmp_path / "one.age", "4T8N-W1KB")
    from_paper.keep_signed(office, "4T8N-W1KB", [b"%PDF-1.7 signed"], NOW)
    changed(store, "4T8N-W1KB", "securite")
    assert travel(store, office, tmp_path / "two.age", "4T8N-W1KB")["4T8N-W1KB"].verdict == "newer"
    assert [one.paper for one in attachments.listed(office, "4T8N-W1KB")] == [
        "signed_bulletin-2", "rights_certificate-1",
    ]  # fmt: skip


def test_what_is_received_is_on_paper(store: DraftStore, office: DraftStore, tmp_path: Path) -> None:
    """Each version once, so that a reprint voids it; deleted there, another content or an earlier one is refused."""
    fill(store)
    first = parcel_of(store, store.load("AAAA-1111"))
    travel(store, office, tmp_path / "one.age", "AAAA-1111")
    (paper,) = printed.versions(office, "AAAA-1111")
    assert (paper.version, paper.dossier, paper.printed_at) == (1, store.load("AAAA-1111").dossier, None)
    office.delete("AAAA-1111", LATER)
    assert travel(store, office, tmp_path / "again.age", "AAAA-1111")["AAAA-1111"].verdict == "new"
    changed(store, "AAAA-1111", "securite")
    travel(store, office, tmp_path / "two.age", "AAAA-1111")
    assert [one.version for one in printed.versions(office, "AAAA-1111")] == [1, 2]
    office.delete("AAAA-1111", LATER)
    other = replace(first, version=2)
    for parcel, said in ((other, "autre contenu"), (first, "la version 2 est ici sur papier")):
        (tmp_path / "late.age").write_bytes(sealed(parcel))
        transfer, merged = receive(office, tmp_path / "late.age", SECRET, LATER)
        assert said in "\n".join(merge_lines(transfer, merged))
        assert merged.written == ()
    assert office.recent() == []


@pytest.mark.parametrize(
    ("change", "version", "said"),
    [
        (("refund.iban", "FR1420041010050500013M02606"), 2, "change un compte bancaire"),
        (("payment.holder", "Quelqu’un"), 2, "change un compte bancaire"),
        (("beneficiaries.0.refund.iban", "FR1420041010050500013M02606"), 2, "change un compte bancaire"),
        (("member.phone", "0611111111"), 9999, "ne suit pas celle d’ici, la 1"),
    ],
)
def test_what_a_forged_file_would_do_is_a_persons_to_decide(
    store: DraftStore, office: DraftStore, tmp_path: Path, change: tuple[str, object], version: int, said: str
) -> None:
    """Another account, or a version out of turn: shown with what differs, not written; taken once decided."""
    fill(store)
    travel(store, office, tmp_path / "one.age", "4T8N-W1KB")
    here = office.load("4T8N-W1KB")
    forged = edited(here.dossier, *change)
    (tmp_path / "forged.age").write_bytes(sealed(Parcel("4T8N-W1KB", version, here.edition, forged)))
    transfer, merged = receive(office, tmp_path / "forged.age", SECRET, LATER)
    (item,) = merged.conflicts
    assert said in item.why
    assert item.may_take
    shown = "\n".join(merge_lines(transfer, merged))
    assert item.differs
    assert all(line in shown for line in item.differs)
    assert not any(line in json.dumps(merge_json(transfer, merged), ensure_ascii=False) for line in item.differs)
    assert office.load("4T8N-W1KB") == here
    assert len(office.noted(kind="received")) == 1
    receive(office, tmp_path / "forged.age", SECRET, LATER, {item.parcel.digest})
    assert office.load("4T8N-W1KB").dossier == forged


def test_one_damaged_paper_does_not_block_the_day(store: DraftStore, office: DraftStore, tmp_path: Path) -> None:
    """Its dossier stays and says why, is left by a confirmation, and is not overwritten; the others go their way."""
    fill(store)
    made = closed(store, tmp_path)
    travel(store, office, tmp_path / "one.age", "4T8N-W1KB", "AAAA-1111")
    for each in (store, office):
        each.database.execute("UPDATE attachments SET content = x'78' WHERE paper = 'rights_certificate-1'")
    day = seen(store, LATER, again=True)
    (line,) = (line for line in day.lines if line.reference == "4T8N-W1KB")
    assert (line.fate, [draft.reference for draft in day.going]) == ("stays", ["AAAA-1111"])
    assert "abîmé" in line.lacks[-1]
    assert closed(store, tmp_path, LATER, again=True).transfers[0].references == ("AAAA-1111",)
    done = confirm(store, made.transfers[0].receipt, LATER)
    assert (done.sent, done.left) == (("AAAA-1111",), ("4T8N-W1KB",))
    _, merged = receive(office, made.folder / made.transfers[0].name, SECRET, LATER)
    assert {item.parcel.reference: item.verdict for item in merged.items} == {
        "4T8N-W1KB": "conflict", "AAAA-1111": "same",
    }  # fmt: skip


def test_a_kill_before_the_commit_loses_nothing(
    store: DraftStore, office: DraftStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that the journal does not know is left; the next closing writes again, and that one is confirmed."""
    fill(store)
    written = ending._written

    def killed(*what: Any) -> Path:
        written(*what)
        raise KeyboardInterrupt

    monkeypatch.setattr(ending, "_written", killed)
    with pytest.raises(KeyboardInterrupt):
        closed(store, tmp_path)
    monkeypatch.undo()
    assert store.noted(kind="closed") == ()
    made = closed(store, tmp_path, NOW + dt.timedelta(seconds=1))
    folders = sorted(path for path in tmp_path.iterdir() if path.name.startswith("Clôture"))
    assert made.folder == folders[1]
    for folder in folders:
        receive(office, next(folder.glob("*.age")), SECRET, LATER)
    assert len(office.noted(kind="received")) == 2
    assert set(confirm(store, made.transfers[0].receipt, LATER).sent) == {"4T8N-W1KB", "AAAA-1111"}
