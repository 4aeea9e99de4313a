"""Files of every version that was ever made still open, with the same words in them.

``python tests/forms/drafts/test_kept.py 1`` made ``tests/drafts/1.sqlite`` and ``1.vault.json``, once: a kept
file is never made again. A new migration adds the next number, with what that version alone could say.
"""

from __future__ import annotations

import datetime as dt
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from forms.dossier.reading import dossier_from_json
from forms.drafts import keyfile, vault
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
SETTINGS = {"place": "Béthune", "day": "2026-02-03", "participation": None}


def make_kept_file(version: str) -> None:
    """Make the files of this version; nothing that is there is replaced."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key, _ = vault.create(folder, PASSPHRASE, lambda count: bytes(range(1, count + 1)))
        store = DraftStore(folder, key)
        for draft in EXPECTED:
            store.save(draft)
        store.set_setting("permanence", SETTINGS)
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
    assert store.recent() == EXPECTED
    assert store.recent("skvorecka") == EXPECTED[:1]
    assert store.setting("permanence") == SETTINGS
    assert MIGRATIONS.pending(store.database) == []
    store.save(EXPECTED[0])
    store.close()


def test_every_version_has_its_kept_file() -> None:
    """A migration without a file of its version would never be tried on one."""
    names = {migration.name for migration in MIGRATIONS._migrations}
    assert names == {path.stem for path in KEPT.glob("*.sqlite")}


if __name__ == "__main__":
    make_kept_file(*sys.argv[1:])
