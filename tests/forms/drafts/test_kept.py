"""Files of every version that was ever made still open, with the same words in them.

``python -m tests.forms.drafts.test_kept 3`` made ``tests/drafts/3.sqlite`` and ``3.vault.json``, once: a kept file is
never made again. A new migration adds the next number, with what that version alone could say.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from forms.dossier.model import Employer
from forms.dossier.paths import edited
from forms.dossier.reading import dossier_from_json
from forms.drafts import agents, attachments, duplicates, keyfile, printed, retention, vault
from forms.drafts.agents import Agent, KeptRoster
from forms.drafts.draft import Draft
from forms.drafts.files import DATABASE
from forms.drafts.migrations import MIGRATIONS
from forms.drafts.store import DraftStore

KEPT = Path(__file__).parents[2] / "drafts"
PASSPHRASE = "les brouillons de la première version"
RECOVERY = "0820-C20A-1G71-04GM-2RC1-M70Y-40HQ"
NOON = dt.datetime(2026, 2, 3, 11, 0, tzinfo=dt.UTC)

FAMILY = dossier_from_json("""{"format": "permanence.dossier/1", "reference": "7K3M-Q2XD",
 "convention": "cdg62-mnt", "formula": "renforcee",
 "employer": {"name": "Mairie de Béthune", "participation": "30.00"},
 "member": {"title": "mme", "birth_name": "Škvorecká-Łęcka", "first_name": "Élodie",
  "birth_date": "1984-05-02", "nir": "284053324905162", "staff_number": "A-10442"},
 "beneficiaries": [{"relation": "spouse", "first_name": "Íñigo", "birth_name": "O'Neil & <Fils>"},
  {"relation": "child", "first_name": "Zoé", "birth_date": "2012-07-14", "disabled": false}],
 "previous_contract": {"cancellation": null}, "refund": {"iban": "FR7630006000011234567890189"},
 "unread": {"request.signed_on": "30 février"}}""")
BARE = dossier_from_json('{"format": "permanence.dossier/1"}')
EXPECTED = [
    Draft(
        "7K3M-Q2XD",
        FAMILY,
        "e" * 64,
        "draft",
        "member",
        "member.nir",
        1,
        NOON,
        NOON + dt.timedelta(minutes=7),
    ),
    Draft("0000-0000", BARE, "", "draft", "", "", 1, NOON, NOON),
]
NEXT = Draft(
    "9ABC-DEFG",
    edited(FAMILY, "formula", "confort"),
    "e" * 64,
    "sent",
    "summary",
    "",
    2,
    NOON,
    NOON + dt.timedelta(days=1),
    NOON + dt.timedelta(days=2),
)
"""A draft of version 2: printed, changed, printed again, sent, confirmed."""
SCAN = b"%PDF-1.7 a school certificate"
ROSTER = KeptRoster("liste 4T8N-W1KB", "Mairie de Béthune", "21620910600014", NOON, 1)
AGENT = Agent(
    "5H3N-K0TQ",
    (("member.birth_name", "Wójcik"), ("member.birth_date", dt.date(1974, 6, 30)), ("address", "1 rue\nBât. C")),
    (("member.hired_on", "un lundi"),),
    1,
)
"""What version 3 alone could say: an employer's list, and an agent of it."""
HEAD = "10-bda7 9bb7 f3ba a0e7"
SETTINGS = {"place": "Béthune", "day": "2026-02-03", "participation": None}


def say_second(store: DraftStore) -> None:
    """Say what version 2 alone could say."""
    first = replace(NEXT, dossier=FAMILY, state="complete", version=1, saved_at=NOON, confirmed_at=None)
    store.save(first)
    printed.record(store, first, "2026-1", NOON, b"%PDF-1.7 version 1")
    changed = replace(first, dossier=NEXT.dossier, version=2)
    printed.record(store, changed, "2026-1", NOON, b"%PDF-1.7 version 2")
    store.save(NEXT)
    attachments.attach(store, NEXT.reference, "school_certificate-1", SCAN, NOON)
    pair = duplicates.of(store, NEXT)[0]
    duplicates.decide(store, NEXT, pair, duplicates.Decision("both_stay", "Demande faite deux fois", NOON))
    store.save(replace(EXPECTED[1], reference="DDDD-0001"))
    store.delete("DDDD-0001", NOON)


def say_third(store: DraftStore) -> None:
    """Say what version 3 alone could say."""
    agents.keep(store, ROSTER, [replace(AGENT, reference="")], NOON, lambda: AGENT.reference, detail={"new": 1})


def make_kept_file(version: str) -> None:
    """Make the files of this version; nothing that is there is replaced."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key, _ = vault.create(folder, PASSPHRASE, lambda count: bytes(range(1, count + 1)))
        store = DraftStore(folder, key)
        for draft in EXPECTED:
            store.save(draft)
        store.set_setting("permanence", SETTINGS)
        say_second(store)
        say_third(store)
        store.close()
        for kept, made in ((f"{version}.sqlite", DATABASE), (f"{version}.vault.json", keyfile.NAME)):
            if (KEPT / kept).exists():
                sys.exit(f"{kept} is there already")
            shutil.copyfile(folder / made, KEPT / kept)


@pytest.mark.parametrize("version", sorted(path.stem for path in KEPT.glob("*.sqlite")))
def test_a_kept_file_opens_and_says_the_same(version: str, tmp_path: Path) -> None:
    """By passphrase and by recovery key; its drafts, their places and the settings are those of the day."""
    shutil.copyfile(KEPT / f"{version}.sqlite", tmp_path / DATABASE)
    shutil.copyfile(KEPT / f"{version}.vault.json", tmp_path / keyfile.NAME)
    key = vault.unlock(tmp_path, PASSPHRASE)
    assert vault.unlock_with_recovery(tmp_path, RECOVERY) == key
    store = DraftStore(tmp_path, key)
    if version == "1":
        assert store.recent() == EXPECTED
        assert store.recent("skvorecka") == EXPECTED[:1]
        assert store.verify_journal().entries == 0
        assert duplicates.of(store, replace(EXPECTED[0], reference="ZZZZ-0001"))[0].other == "7K3M-Q2XD"
    else:
        assert store.recent() == [NEXT, *EXPECTED]
        check_second(store, HEAD if version == "2" else "11-")
    if version == "3":
        assert agents.roster_of(store, Employer(siret="21620910600014")) == ROSTER
        assert agents.search(store, ROSTER.id, "wojcik") == (AGENT,)
    assert store.setting("permanence") == SETTINGS
    assert MIGRATIONS.pending(store.database) == []
    store.save(EXPECTED[0])
    store.close()


def check_second(store: DraftStore, head: str) -> None:
    """The journal, the paper, the decision, the attachment and what was taken away are as version 2 said them."""
    found = store.verify_journal()
    assert found.flaw is None
    assert found.head.startswith(head)
    assert [one.version for one in printed.versions(store, NEXT.reference)] == [1, 2]
    pairs = duplicates.of(store, NEXT)
    assert {pair.other for pair in pairs} == {"7K3M-Q2XD"}
    assert [pair.decision.reason for pair in pairs if pair.decision] == ["Demande faite deux fois"]
    scan = attachments.listed(store, NEXT.reference)[0]
    assert attachments.content_of(store, scan) == SCAN
    assert [one.reference for one in retention.preview(store, NOON).leaving] == ["DDDD-0001"]


def test_every_version_has_its_kept_file() -> None:
    """A migration without a file of its version would never be tried on one."""
    names = {migration.name for migration in MIGRATIONS._migrations}
    assert names == {path.stem for path in KEPT.glob("*.sqlite")}


if __name__ == "__main__":
    make_kept_file(*sys.argv[1:])
