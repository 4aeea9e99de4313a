"""The key file: what opens it, what does not, and what a damaged or foreign one does (nothing)."""

from __future__ import annotations

import json
import shutil
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.drafts import files, keyfile, recovery, vault
from forms.drafts.recovery import RecoveryTypo
from forms.drafts.vault import WrongPassphrase, WrongRecovery
from forms.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "cheval agrafe élan corbeille"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, str]:
    """A vault, its key and its recovery key; made once, for Argon2id is slow on purpose."""
    folder = tmp_path_factory.mktemp("vault")
    key, printed = vault.create(folder, PASSPHRASE)
    return folder, key, printed


@pytest.fixture
def copy(made: tuple[Path, bytes, str], tmp_path: Path) -> Path:
    """A copy of the vault that a test may spoil."""
    return shutil.copytree(made[0], tmp_path / "copy")


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Give every file of a folder, with the time it was last written."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_both_ways_open_and_nothing_else_does(made: tuple[Path, bytes, str]) -> None:
    """The passphrase, even decomposed, and the recovery key, however typed; others change nothing."""
    folder, key, printed = made
    before = content(folder)
    assert vault.exists(folder)
    assert vault.unlock(folder, unicodedata.normalize("NFD", PASSPHRASE)) == key
    assert vault.unlock_with_recovery(folder, f" {printed.lower().replace('-', ' ').replace('0', 'o')} ") == key
    with pytest.raises(WrongPassphrase, match="incorrecte"):
        vault.unlock(folder, PASSPHRASE + " ")
    with pytest.raises(WrongRecovery, match="n’est pas celle de ces brouillons"):
        vault.unlock_with_recovery(folder, recovery.make(bytes))
    assert content(folder) == before
    text = before["vault.json"][0].decode()
    assert PASSPHRASE not in text
    assert printed not in text


def test_a_change_of_passphrase_keeps_the_key(copy: Path, made: tuple[Path, bytes, str]) -> None:
    """The new one opens, the former does not, the recovery key does; another vault's key changes nothing."""
    _, key, printed = made
    vault.change_passphrase(copy, key, "un nouveau départ")
    assert vault.unlock(copy, "un nouveau départ") == key
    assert vault.unlock_with_recovery(copy, printed) == key
    with pytest.raises(WrongPassphrase):
        vault.unlock(copy, PASSPHRASE)
    before = content(copy)
    with pytest.raises(Fault, match="celui d’autres brouillons"):
        vault.change_passphrase(copy, bytes(32), "peu importe")
    with pytest.raises(Fault, match="vide"):
        vault.change_passphrase(copy, key, " ")
    assert content(copy) == before


def test_a_change_that_cannot_be_written_changes_nothing(
    copy: Path, made: tuple[Path, bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk in the middle of it: the former passphrase still opens."""

    def full(_: int) -> None:
        raise OSError(28, "")

    before = content(copy)
    with monkeypatch.context() as cutting:
        cutting.setattr(files, "_to_disk", full)
        with pytest.raises(Fault, match="le disque est plein"):
            vault.change_passphrase(copy, made[1], "un nouveau départ")
    assert content(copy) == before


def test_a_new_recovery_key_replaces_the_former(copy: Path, made: tuple[Path, bytes, str]) -> None:
    """A paper that was lost opens nothing any more."""
    _, key, printed = made
    other = vault.new_recovery(copy, key)
    assert vault.unlock_with_recovery(copy, other) == key
    with pytest.raises(WrongRecovery):
        vault.unlock_with_recovery(copy, printed)


def test_nothing_is_replaced_by_a_first_start(copy: Path, tmp_path: Path) -> None:
    """A key file, or drafts whose key file is lost, are never covered by a new vault."""
    before = content(copy)
    with pytest.raises(Fault, match="Il y a déjà un fichier de clé"):
        vault.create(copy, PASSPHRASE)
    assert content(copy) == before
    lost = tmp_path / "lost"
    lost.mkdir()
    (lost / files.DATABASE).write_bytes(b"drafts")
    with pytest.raises(Fault, match=r"leur fichier de clé « vault\.json » manque"):
        vault.create(lost, PASSPHRASE)
    assert not vault.exists(lost)
    with pytest.raises(Fault, match="manque dans"):
        vault.unlock(lost, PASSPHRASE)
    with pytest.raises(Fault, match="vide"):
        vault.create(tmp_path / "empty", "  ")
    assert not vault.exists(tmp_path / "empty")


@pytest.mark.parametrize("place", range(0, 660, 60))
def test_one_wrong_letter_in_the_key_file_is_told(copy: Path, place: int) -> None:
    """A damaged key file is called damaged, not a wrong passphrase, and stays as it is."""
    path = keyfile.path_in(copy)
    data = bytearray(path.read_bytes())
    place = next(n for n in range(place, len(data)) if not chr(data[n]).isspace())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(Fault, match=r"abîmé|plus récente") as refused:
        vault.unlock(copy, PASSPHRASE)
    assert not isinstance(refused.value, WrongPassphrase)
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '"permanence.vault/1"',
        "{",
        "\xff",
        "[" * 9_000,
        '{"format": "permanence.vault/1"}',
        '{"format": 1}',
    ],
)
def test_what_is_no_key_file(tmp_path: Path, text: str) -> None:
    """Anything at all in its place is a line, not a traceback."""
    keyfile.path_in(tmp_path).write_bytes(text.encode("latin-1"))
    with pytest.raises(Fault, match="abîmé"):
        vault.unlock(tmp_path, PASSPHRASE)


def edited(folder: Path, **slot: object) -> None:
    """Rewrite the passphrase's slot and the checksum, as a clumsy or a malicious hand could."""
    path = keyfile.path_in(folder)
    body = json.loads(path.read_bytes())
    del body["checksum"]
    body["slots"]["passphrase"].update(slot)
    path.write_text(json.dumps({**body, "checksum": keyfile._checksum(body)}))


@pytest.mark.parametrize(
    "slot",
    [
        {"memory_kib": 2**31}, {"iterations": 10**9}, {"iterations": 4.0}, {"lanes": True}, {"memory_kib": 8},
        {"kdf": "scrypt"}, {"salt": "AAAA"}, {"wrapped": "é"}, {"nonce": None}, {"unknown": 1},
    ],
    ids=str,
)  # fmt: skip
def test_costs_that_would_stop_the_computer_are_refused(copy: Path, slot: dict[str, object]) -> None:
    """A key file asks for no more memory or time than it may, nor for a function unknown here."""
    edited(copy, **slot)
    with pytest.raises(Fault, match="abîmé"):
        vault.unlock(copy, PASSPHRASE)


def test_a_later_version_is_said(copy: Path) -> None:
    """A key file of a later version is left alone, and the line says what to do."""
    path = keyfile.path_in(copy)
    text = path.read_text().replace("permanence.vault/1", "permanence.vault/2")
    path.write_text(text)
    with pytest.raises(Fault, match="version plus récente"):
        vault.unlock(copy, PASSPHRASE)
    assert path.read_text() == text


@given(st.binary(min_size=17, max_size=17))
def test_a_recovery_key_reads_back_and_tells_every_slip(entropy: bytes) -> None:
    """Each wrong letter, each pair of neighbours that changed places, is told as a slip of the fingers."""
    printed = recovery.make(lambda _: entropy)
    assert [len(group) for group in printed.split("-")] == [4] * 7
    number = recovery.read(printed)
    assert recovery.read(printed.lower().replace("1", "l").replace("0", "O").replace("-", " ")) == number
    letters = printed.replace("-", "")
    for place, (letter, following) in enumerate(pairwise(letters)):
        swapped = letters[:place] + following + letter + letters[place + 2 :]
        wrong = letters[:place] + ("7" if letter != "7" else "8") + letters[place + 1 :]
        for slip in {swapped, wrong} - {letters}:
            with pytest.raises(RecoveryTypo, match="faute de frappe"):
                recovery.read(slip)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "il y en a 0 ici"),
        ("7K3M-Q2XD", "28 lettres et chiffres, en 7 groupes de 4 ; il y en a 8 ici"),
        ("7K3M-U2XD", "« U » n’est dans aucune clé de secours : relisez le groupe 2"),
        ("7K3M-Q2XD-É", "« É » n’est dans aucune clé de secours : relisez le groupe 3"),
    ],
)
def test_what_can_be_no_recovery_key(typed: str, said: str) -> None:
    """What is wrong is said, with its group."""
    with pytest.raises(RecoveryTypo, match=said):
        recovery.read(typed)
