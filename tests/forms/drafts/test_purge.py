"""The purge: who leaves and when, and that nothing of them is on any page, read with the key, nor in any other file."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.dossier.model import Beneficiary
from forms.dossier.paths import edited, with_beneficiary
from forms.drafts import attachments, backups, duplicates, printed, states
from forms.drafts.certified import last_certificate
from forms.drafts.files import BACKUPS, DATABASE
from forms.drafts.purge import BATCH, Progress, purge
from forms.drafts.retention import LONGEST, Retention, preview, retention, set_retention
from forms.drafts.store import DraftStore
from forms.faults import Fault
from tests.forms.drafts.invented import KEY, NIR, NOON
from tests.forms.drafts.pages import in_clear

if TYPE_CHECKING:
    from pathlib import Path

    from forms.drafts.draft import Draft

LATER = NOON + dt.timedelta(days=31)
FORMER_NIR = "284053324905163"  # typed wrong, then corrected: only a backup and free pages know it
OTHERS_NIR = "182016213604472"
GOING = [word.encode() for word in (NIR, FORMER_NIR, "Lefèvre", "lefevre", "Nuñez", "Zoé", "cousine Ramona")]
"""What must be nowhere afterwards: typed, folded, corrected, said as a reason, in a scan, on paper."""


def found(folder: Path) -> dict[str, set[bytes]]:
    """Give which words each file holds: databases and their logs page by page, all files as they are."""
    seen: dict[str, set[bytes]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if ".sqlite" in path.name and not path.name.endswith("-shm"):
            data += in_clear(path, KEY)
        seen[path.relative_to(folder).as_posix()] = {word for word in (*GOING, OTHERS_NIR.encode()) if word in data}
    return seen


class Steps(list[Progress]):
    """What a purge told; it is stopped at its step number ``limit``."""

    limit = 10**6

    def __call__(self, progress: Progress) -> bool:
        """Note a step."""
        self.append(progress)
        return len(self) <= self.limit


def fill(store: DraftStore, draft: Draft) -> Draft:
    """Say a great deal of Élodie, who will leave, and a little of someone who stays; back it up on the way."""
    first = replace(draft, dossier=edited(draft.dossier, "member.nir", FORMER_NIR))
    store.save(first)
    backups.make(store.database, store.folder, KEY, NOON)
    shutil.copyfile(backups.listed(store.folder)[0].database, store.folder / f"{backups.ASIDE}x.sqlite")
    store.save(draft)
    on_paper = printed.record(store, states.judged(draft, complete=True), "2026-1", NOON, b"%PDF")
    set_retention(store, Retention(printed=30))
    paper = attachments.new_paper(store, draft.reference, "payslip")
    attachments.attach(store, draft.reference, paper, b"%PDF- Zo\xc3\xa9 " + NIR.encode() * 2000, NOON)
    zoe = Beneficiary(relation="child", first_name="Zoé", birth_date=dt.date(2012, 7, 14), nir=OTHERS_NIR)
    dossier = with_beneficiary(draft.dossier.model_validate({}), zoe.model_copy(update={"first_name": "Zoe"}))
    stays = replace(draft, reference="STAY-0001", dossier=dossier, saved_at=LATER)
    store.save(stays)
    (pair,) = duplicates.of(store, stays)
    duplicates.decide(store, stays, pair, duplicates.Decision("both_stay", "la cousine Ramona", NOON))
    backups.make(store.database, store.folder, KEY, NOON + dt.timedelta(hours=1))
    return on_paper


def test_nothing_of_them_is_left_anywhere(store: DraftStore, draft: Draft, folder: Path) -> None:
    """Found on decrypted pages before, in the database, its log and each backup; nowhere after, whoever stays is there.

    The certificate names references, counts, the journal's head, and no one.
    """
    fill(store, draft)
    before = found(folder)
    assert set().union(*before.values()) == {*GOING, OTHERS_NIR.encode()}
    stamps = [backup.folder.name for backup in reversed(backups.listed(folder))]
    assert before[f"{BACKUPS}/{stamps[0]}/{DATABASE}"] >= {FORMER_NIR.encode(), "Lefèvre".encode()}
    assert NIR.encode() in before[f"{BACKUPS}/{stamps[1]}/{DATABASE}"]
    assert NIR.encode() in before[f"{DATABASE}-wal"]
    assert FORMER_NIR.encode() in before[f"{backups.ASIDE}x.sqlite"]
    announced = preview(store, LATER)
    assert ([one.reference for one in announced.leaving], announced.backups, announced.aside) == (["7K3M-Q2XD"], 2, 1)
    told = Steps()
    certificate = purge(store, announced, LATER, told)
    after = found(folder)
    assert {name: words - {OTHERS_NIR.encode()} for name, words in after.items()} == {name: set() for name in after}
    assert OTHERS_NIR.encode() in after[f"{BACKUPS}/{stamps[1]}/{DATABASE}"]
    assert [one.reference for one in store.recent()] == ["STAY-0001"]
    assert [one.stage for one in told] == ["drafts", "backups", "backups", "pages", "pages"]
    assert certificate == last_certificate(store)
    head = store.verify_journal()
    assert head.flaw is None
    assert certificate == {
        "format": "permanence.purge/1",
        "purged_at": LATER.astimezone(dt.UTC).isoformat(),
        "references": ["7K3M-Q2XD"],
        "counts": {
            "drafts": 1, "printed": 1, "attachments": 1, "decisions": 1, "agents": 0, "rosters": 0,
            "dossiers": 1, "backups": 2, "aside": 1,
        },
        "earlier": {},
        "journal_head": head.head,
    }  # fmt: skip
    assert [word for word in GOING if word in json.dumps(certificate, ensure_ascii=False).encode()] == []
    for backup in backups.listed(folder):
        again = DraftStore(backup.folder, KEY)
        assert draft.reference not in [one.reference for one in again.recent()]
        again.close()


def test_each_state_has_its_time(store: DraftStore, draft: Draft) -> None:
    """Unfinished 30 days, settable up to 90; sent only once confirmed; announced days before; by hand at once."""
    for state in ("draft", "complete", "printed", "sent"):
        store.save(replace(draft, reference=f"{state.upper():X<4.4}-0001", state=state))
    store.save(replace(draft, reference="DONE-0001", state="sent", confirmed_at=NOON + dt.timedelta(days=2)))

    def due(days: float, ahead: int = 0) -> list[str]:
        return [one.reference[:4] for one in preview(store, NOON + dt.timedelta(days=days), ahead).leaving]

    assert due(1) == []
    assert due(2) == ["DONE"]
    assert due(29.9) == ["DONE"]
    assert due(30) == due(23, ahead=7) == ["DONE", "COMP", "DRAF"]
    assert due(1000) == ["DONE", "COMP", "DRAF", "PRIN"]
    set_retention(store, Retention(draft=LONGEST, complete=1))
    assert retention(store) == Retention(draft=LONGEST, complete=1)
    assert due(30) == ["COMP", "DONE"]
    store.delete("DRAF-0001", NOON)
    assert due(0) == ["DRAF"]
    store.save(replace(draft, reference="DRAF-0001"))
    assert due(0) == []
    for days in (0, 91, True, "30"):
        with pytest.raises(Fault, match="de 1 à 90 jours"):
            Retention(draft=days)  # type: ignore[arg-type]
    store.set_setting("retention", {"draft": 4000})
    assert retention(store) == Retention()


def test_what_was_taken_away_by_hand_comes_back_whole_or_leaves_whole(store: DraftStore, draft: Draft) -> None:
    """Undone, it has its paper and its scans again; purged, it is nowhere."""
    on_paper = fill(store, draft)
    store.delete(draft.reference, NOON)
    store.save(on_paper)
    assert len(printed.versions(store, draft.reference)) == 1
    assert len(attachments.listed(store, draft.reference)) == 1
    store.delete(draft.reference, NOON)
    purge(store, preview(store, NOON), NOON)
    assert not set().union(*found(store.folder).values()) & set(GOING)


def test_what_was_changed_since_the_preview_stays(store: DraftStore, draft: Draft) -> None:
    """Someone came back to it meanwhile: it is not taken."""
    store.save(draft)
    announced = preview(store, LATER)
    store.save(replace(draft, step="summary", saved_at=LATER))
    certificate = purge(store, announced, LATER)
    assert certificate is not None
    assert certificate["references"] == []
    assert store.load(draft.reference).step == "summary"


def test_stopped_anywhere_it_is_taken_up_again(store: DraftStore, draft: Draft, tmp_path: Path) -> None:
    """Cancelled at each step in turn: what began is said, the next run ends it, with the whole certificate."""
    fill(store, draft)
    store.close()
    for stop in range(5):
        folder = shutil.copytree(store.folder, tmp_path / f"stopped-{stop}")
        again = DraftStore(folder, KEY)
        steps = Steps()
        steps.limit = stop
        stopped = purge(again, preview(again, LATER), LATER, steps)
        assert (stopped is None) == (stop < 4)
        left = preview(again, LATER)
        assert (len(left.leaving), left.begun) == ((1, 0) if stop == 0 else (0, int(stop < 4)))
        again.close()
        again = DraftStore(folder, KEY)
        if stopped is None:
            stopped = purge(again, preview(again, LATER), LATER)
        assert stopped is not None
        assert (stopped["references"], stopped["counts"]["drafts"]) == ([draft.reference], 1)
        assert not set().union(*found(folder).values()) & set(GOING)
        again.close()


def test_a_backup_that_cannot_be_cleaned_goes(store: DraftStore, draft: Draft, folder: Path) -> None:
    """What does not open may hold anything: it is taken away, the others are cleaned."""
    fill(store, draft)
    worse = backups.listed(folder)[1].database
    data = bytearray(worse.read_bytes())
    data[-2000] ^= 1
    worse.write_bytes(data)
    certificate = purge(store, preview(store, LATER), LATER)
    assert certificate is not None
    assert certificate["counts"]["backups"] == len(backups.listed(folder)) == 1
    assert not set().union(*found(folder).values()) & set(GOING)


MANY = int(os.environ.get("PURGED", "2000"))
"""Drafts of the slow test; ``PURGED=50000`` for the whole fifty thousand."""


@pytest.mark.slow
def test_many_thousands_of_drafts(store: DraftStore, draft: Draft, folder: Path) -> None:
    """With two backups of them all: told at each batch, stopped once, ended; the disk is given back."""
    with store.transaction():
        for number in range(MANY):
            store.save(replace(draft, reference=f"{number // 10_000:04d}-{number % 10_000:04d}"))
    for hour in range(2):
        backups.make(store.database, folder, KEY, NOON + dt.timedelta(hours=hour))
    size = backups.listed(folder)[0].database.stat().st_size
    told = Steps()
    announced = preview(store, LATER)
    assert len(announced.leaving) == MANY
    told.limit = batches = -(-MANY // BATCH) // 2
    before, start = peak(), time.monotonic()
    assert purge(store, announced, LATER, told) is None
    stopped = time.monotonic() - start
    assert len(preview(store, LATER).leaving) == MANY - batches * BATCH
    told.limit = 10**6
    certificate = purge(store, preview(store, LATER), LATER, told)
    seconds, memory = time.monotonic() - start, peak() - before
    print(  # noqa: T201 - with -s, the record
        f"{MANY} drafts: {seconds:.1f} s, stopped after {batches} batches in {stopped:.1f} s, told {len(told)} times, "
        f"{memory >> 20} MiB more at the peak, {size >> 20} MiB of drafts",
    )
    assert certificate is not None
    assert certificate["counts"]["drafts"] == len(certificate["references"]) == MANY
    assert len(told) >= MANY // BATCH + 4
    assert (folder / DATABASE).stat().st_size < size / 2
    assert memory < 300 << 20
    assert not set().union(*found(folder).values()) & set(GOING)


def peak() -> int:
    """Give the most memory that this process has held, in bytes."""
    import resource  # noqa: PLC0415 - there is none on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
