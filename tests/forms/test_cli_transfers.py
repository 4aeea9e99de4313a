"""``permanence receive`` and ``keys``: made, shown, received twice; nothing without the passphrases."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from forms.cli import main
from forms.drafts import vault
from forms.drafts.lock import FolderLock
from forms.drafts.store import DraftStore
from forms.exchange.keys import fingerprint, new_identity, parse_recipients, unlocked_identity
from forms.exchange.transfer import Parcel, pack_transfer
from tests.making import alone, read

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = dt.datetime(2026, 2, 3, 17, 30, tzinfo=dt.UTC)
PASSPHRASE = "carafe lundi tambour vignette"
OF_KEY = "moulin brique dimanche"
SECRET, PUBLIC = new_identity()

Answer = tuple[int, str, list[str]]


pytestmark = pytest.mark.usefixtures("quick_vault")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give empty drafts."""
    made = tmp_path / "permanence"
    key, _ = vault.create(made, PASSPHRASE)
    DraftStore(made, key).close()
    return made


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Run a verb, its passphrases on standard input."""

    def runs(*argv: object, typed: str = "") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = main([str(word) for word in argv], today=NOW.date, now=lambda: NOW)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err.splitlines()

    return runs


def sent(path: Path, *public: str, version: int = 1, **said: Any) -> Path:
    """Write a transfer file of one dossier."""
    dossier = read({**alone(**said), "reference": "4T8N-W1KB"})
    path.write_bytes(pack_transfer([Parcel("4T8N-W1KB", version, "", dossier)], public, NOW).data)
    return path


def test_keys_are_made_and_a_transfer_received_twice(run: Callable[..., Answer], folder: Path, tmp_path: Path) -> None:
    """The pair, its fingerprint, its public file for advisors; with it a transfer opens, and twice changes nothing."""
    key = tmp_path / "siege.key"
    code, out, _ = run("keys", "new", "-o", key, typed=f"{OF_KEY}\n")
    assert code == 0
    (public,) = parse_recipients((tmp_path / "siege.key.pub").read_text())
    assert public in out
    assert fingerprint(public) in out
    assert b"SECRET" not in key.read_bytes()
    if os.name == "posix":
        assert key.stat().st_mode & 0o777 == 0o600
    for wrong in (key, tmp_path / "siege.key.pub"):
        before = wrong.read_bytes()
        code, _, (line,) = run("keys", "new", "-o", key, typed=f"{OF_KEY}\n")
        assert (code, wrong.read_bytes()) == (1, before)
        assert "jamais écrasée" in line
    assert (
        run("keys", "show", tmp_path / "siege.key.pub")[1]
        == f"Clé publique : {public}\nEmpreinte : {fingerprint(public)}\n"
    )
    path = sent(tmp_path / "jour.age", public)
    verb = ("receive", path, "--identity", key, "--folder", folder)
    code, out, _ = run(*verb, typed=f"{PASSPHRASE}\n{OF_KEY}\n")
    assert code == 0
    assert "1 nouveau dossier." in out
    assert "accusé de réception" in out
    key.write_text(unlocked_identity(key.read_bytes(), OF_KEY, "siege.key"))  # as age-keygen makes one
    code, out, _ = run(*verb, "--json", typed=f"{PASSPHRASE}\n")
    told = json.loads(out)
    assert (code, [one["verdict"] for one in told["dossiers"]]) == (0, ["same"])
    assert "Delattre" not in out
    forged = sent(tmp_path / "forge.age", public, version=9999, refund__iban="FR1420041010050500013M02606")
    code, out, _ = run("receive", forged, "--identity", key, "--folder", folder, typed=f"{PASSPHRASE}\n")
    assert (code, "version plus récente" in out) == (1, False)
    assert "IBAN : FR76" in out
    assert "→ FR14 2004 1010 0505 0001 3M02 606" in out
    other = sent(tmp_path / "autre.age", public, member__first_name="Zoé")
    code, out, _ = run("receive", other, "--identity", key, "--folder", folder, typed=f"{PASSPHRASE}\n")
    assert code == 1
    assert "1 dossier à départager, laissé." in out


def test_a_pair_wants_a_passphrase_that_is_one(run: Callable[..., Answer], tmp_path: Path) -> None:
    """Too short, and nothing is written."""
    code, _, (line,) = run("keys", "new", "-o", tmp_path / "siege.key", typed="court\n")
    assert code == 1
    assert "trop courte" in line
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_received_without_the_passphrases(run: Callable[..., Answer], folder: Path, tmp_path: Path) -> None:
    """Wrong for the drafts, open elsewhere, no drafts, no key in the file, not for this key: one line each."""
    path, key = sent(tmp_path / "jour.age", PUBLIC), tmp_path / "siege.key"
    key.write_text(SECRET)
    other = tmp_path / "autre.key"
    other.write_text(new_identity()[0])
    verb = ("receive", path, "--identity", key, "--folder")
    for argv, typed, said in (
        ((*verb, folder), "faux\n", "incorrecte"),
        ((*verb, tmp_path / "rien"), "", "pas de brouillons"),
        (("receive", path, "--identity", path, "--folder", folder), f"{PASSPHRASE}\nx\n", "pas de clé secrète"),
        (("receive", path, "--identity", other, "--folder", folder), f"{PASSPHRASE}\n", "pas pour cette clé"),
        (("receive", tmp_path / "rien.age", "--identity", key, "--folder", folder), f"{PASSPHRASE}\n", "n’existe pas"),
    ):
        code, out, (line,) = run(*argv, typed=typed)
        assert (code, out) == (1, "")
        assert said in line
    lock = FolderLock(folder)
    code, _, (line,) = run(*verb, folder, typed=f"{PASSPHRASE}\n")
    lock.release()
    assert code == 1
    assert "déjà ouvert" in line
