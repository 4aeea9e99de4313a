"""``permanence journal verify``: any change inside is found, a cut tail against the head that a closing printed."""

from __future__ import annotations

import getpass
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from forms.cli import main
from forms.drafts import cipher, vault
from forms.drafts.lock import FolderLock
from forms.drafts.migrations import _JOURNAL_GUARDS
from forms.drafts.store import DraftStore
from forms.exchange.closing import closing, closing_lines
from tests.forms.drafts.invented import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

PASSPHRASE = "carafe lundi tambour vignette"

Answer = tuple[int, str, list[str]]


pytestmark = pytest.mark.usefixtures("quick_vault")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder of drafts in which three things were done."""
    made = tmp_path / "permanence"
    key, _ = vault.create(made, PASSPHRASE)
    store = DraftStore(made, key)
    for reference in ("4T8N-W1KB", "AAAA-1111", "BBBB-2222"):
        store.note("opened", NOON, reference)
    store.close()
    return made


@pytest.fixture
def verify(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Run the verb, the passphrase on standard input."""

    def run(*argv: str, passphrase: str = PASSPHRASE, where: Path = folder) -> Answer:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{passphrase}\n"))
        code = main(["journal", "verify", "--folder", str(where), *argv], today=_no_clock, now=_no_clock)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err.splitlines()

    return run


def _no_clock() -> Any:
    """Fail: nothing of it is a matter of date."""
    raise AssertionError("the clock was asked")


def opened(folder: Path) -> DraftStore:
    """Open the drafts as the window does."""
    return DraftStore(folder, vault.unlock(folder, PASSPHRASE))


def tampered(folder: Path, change: str) -> None:
    """Change the journal as someone with the key could."""
    store = opened(folder)
    for statement in _JOURNAL_GUARDS:
        store.database.execute(f"DROP TRIGGER {statement.split()[2]}")
    store.database.execute(change)
    store.database.conn.commit()
    store.close()


def test_a_sound_journal_is_said_with_its_head(verify: Callable[..., Answer], folder: Path) -> None:
    """How many entries, the head; nothing is added by looking, and nothing of the folder but the lock is new."""
    before = {path.name for path in folder.iterdir()}
    code, out, err = verify()
    assert (code, err) == (0, [])
    assert out.startswith("3 entrées au journal. Dernière empreinte : 3-")
    assert "Rien n’y a été changé." in out
    assert {path.name for path in folder.iterdir()} - before <= {"permanence.lock"}
    assert verify() == (code, out, err)


def test_the_head_of_a_closing_is_found_until_the_tail_is_cut(verify: Callable[..., Answer], folder: Path) -> None:
    """What the closing prints is what ``--head`` takes, quoted or not; entries come after it; then they are cut."""
    store = opened(folder)
    head = store.note("closed", NOON)
    line = list(closing_lines(closing([], NOON, head)))[-1]
    store.note("opened", NOON, "AAAA-1111")
    store.close()
    printed = line.partition(": ")[2]
    assert verify("--head", printed)[0] == 0
    code, out, err = verify("--head", *printed.split())
    assert (code, err) == (0, [])
    assert "l’empreinte donnée s’y trouve" in out
    tampered(folder, "DELETE FROM journal WHERE number > 3")
    assert verify()[0] == 0
    code, _, err = verify("--head", printed)
    assert (code, err) == (1, ["La fin du journal manque : il y a 3 entrées, 4 avaient été imprimées."])


def test_a_change_inside_is_found(verify: Callable[..., Answer], folder: Path) -> None:
    """It is one line on standard error, with the number of the entry."""
    tampered(folder, "UPDATE journal SET reference = 'CCCC-3333' WHERE number = 2")
    code, out, err = verify()
    assert code == 1
    assert err == ["Le journal a été changé : l’entrée 2 n’est plus celle qui a été écrite."]
    assert "Rien n’y a été changé" not in out


def test_what_cannot_be_looked_at_is_one_line(verify: Callable[..., Answer], folder: Path, tmp_path: Path) -> None:
    """A wrong passphrase, an open window, no drafts, a damaged file: 1; what is no head: 2; nothing is made."""
    assert verify(passphrase="carafe mardi")[::2] == (1, ["Phrase de passe incorrecte."])
    assert verify(passphrase="")[::2] == (1, ["Phrase de passe incorrecte."])
    lock = FolderLock(folder)
    code, _, err = verify()
    lock.release()
    assert code == 1
    assert "déjà ouvert" in err[0]
    nowhere = tmp_path / "nowhere"
    assert "pas de brouillons" in verify(where=nowhere)[2][0]
    assert not nowhere.exists()
    code, _, err = verify("--head", "412")
    assert code == 2
    assert "Ce n’est pas une empreinte" in err[0]
    assert verify("--head")[0] == 2
    data = bytearray((folder / "drafts.sqlite").read_bytes())
    data[100] ^= 1
    (folder / "drafts.sqlite").write_bytes(data)
    code, _, err = verify()
    assert (code, len(err)) == (1, 1)


def test_drafts_of_before_the_journal_say_so(verify: Callable[..., Answer], folder: Path) -> None:
    """Looking does not bring a file up to date."""
    store = opened(folder)
    for statement in _JOURNAL_GUARDS:
        store.database.execute(f"DROP TRIGGER {statement.split()[2]}")
    store.database.execute("DROP TABLE journal")
    store.close()
    code, _, err = verify()
    assert code == 1
    assert "avant le journal" in err[0]


def test_on_a_terminal_it_is_typed_unseen(
    verify: Callable[..., Answer], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The passphrase is asked by getpass; end of file there is a wrong one."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return PASSPHRASE

    monkeypatch.setattr(getpass, "getpass", typed)
    assert main(["journal", "verify", "--folder", str(folder)], today=_no_clock, now=_no_clock) == 0
    assert asked == ["Phrase de passe : "]

    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", ended)
    assert main(["journal", "verify", "--folder", str(folder)], today=_no_clock, now=_no_clock) == 1
    assert "incorrecte" in capsys.readouterr().err
    assert cipher.cipher_version()
    assert verify()[0] == 0
