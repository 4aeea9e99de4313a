"""Writing whole: the old file or the new one, never half of either, and a line that says why not."""

from __future__ import annotations

import ast
import os
import re
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from forms.drafts import files
from forms.drafts.files import private_folder, put_in_place, write_whole
from forms.faults import Fault
from tests.forms.drafts.invented import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_file_is_written_and_replaced_for_its_owner_only(tmp_path: Path) -> None:
    """The new content takes the old one's place, with the rights asked for, and nothing else stays."""
    path = tmp_path / "vault.json"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    write_whole(path, b"third", 0o644)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [file.name for file in tmp_path.iterdir()] == ["vault.json"]


def test_the_file_then_its_folder_are_flushed_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content first, under its temporary name; then the folder, once it has the new name."""
    flushed: list[tuple[bool, list[str]]] = []
    real = os.fsync

    def noting(handle: int) -> None:
        names = [file.name for file in tmp_path.iterdir()]
        flushed.append((stat.S_ISDIR(os.fstat(handle).st_mode), names))
        real(handle)

    monkeypatch.setattr(os, "fsync", noting)
    write_whole(tmp_path / "vault.json", b"new")
    (is_folder, names), last = flushed
    assert not is_folder
    assert names[0].startswith(files.LEFTOVER)
    assert last == (True, ["vault.json"])


@pytest.mark.parametrize("cut", ["fdopen", "fsync", "replace"])
def test_a_cut_at_any_moment_leaves_the_former_file(tmp_path: Path, cut: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever step fails, the former content is there, nothing half-written stays, one line says why."""
    path = tmp_path / "vault.json"
    write_whole(path, b"former")

    def failing(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as cutting:
        cutting.setattr(Path if cut == "replace" else os, cut, failing)
        with pytest.raises(Fault, match=r"« vault.json » dans .* : le disque est plein\. Libérez de la place"):
            write_whole(path, b"new")
    assert path.read_bytes() == b"former"
    assert [file.name for file in tmp_path.iterdir()] == ["vault.json"]


def test_a_really_full_disk(full_disk: Path) -> None:
    """A file that does not fit leaves the former one and no remains."""
    path = full_disk / "vault.json"
    write_whole(path, b"former")
    with pytest.raises(Fault, match="le disque est plein"):
        write_whole(path, os.urandom(2_000_000))
    assert path.read_bytes() == b"former"
    assert [file.name for file in full_disk.iterdir()] == ["vault.json"]


@pytest.mark.skipif(sys.platform != "linux", reason="rights are given up as Linux does it")
def test_a_folder_without_rights(read_only: Path) -> None:
    """A folder that may not be written in is said in one line."""
    with pytest.raises(Fault, match="l’accès y est refusé"):
        write_whole(read_only / "bulletin.pdf", b"new")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: path.mkdir(), "un dossier porte déjà ce nom"),
        (os.mkfifo, "ce n’est pas un fichier ordinaire"),
        (lambda path: path.symlink_to("/dev/null"), "ce n’est pas un fichier ordinaire"),
    ],
    ids=["folder", "pipe", "device"],
)
def test_what_is_no_file_is_left_alone(tmp_path: Path, make: Callable[[Path], None], why: str) -> None:
    """A folder, a pipe, a device: nothing is put in their place."""
    path = tmp_path / "out.pdf"
    make(path)
    before = path.lstat()
    with pytest.raises(Fault, match=why):
        write_whole(path, b"new")
    assert path.lstat().st_ino == before.st_ino


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    """The folder is not made in silence."""
    with pytest.raises(Fault, match="le dossier n’existe pas"):
        write_whole(tmp_path / "none" / "out.pdf", b"new")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What the link points to is replaced, in its own folder."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "link").symlink_to("kept/file")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "kept" / "file").read_bytes() == b"new"


def test_a_folder_is_closed_to_others(tmp_path: Path) -> None:
    """The folder of drafts is the user's alone, even when it was there and open."""
    folder = tmp_path / "data" / "permanence"
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (tmp_path / "file").touch()
    with pytest.raises(Fault, match="Impossible de préparer le dossier"):
        private_folder(tmp_path / "file")


def test_every_reason_reads_as_a_sentence() -> None:
    """Each known cause, and an unknown one, gives what to do."""
    for number in [*files._REASONS, 9999]:
        assert ". " in files.reason(OSError(number, ""))


@pytest.mark.skipif(os.name != "posix", reason="elsewhere what may only be read is not flushed")
def test_what_may_only_be_read_is_put_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a file that nobody may write in takes its name, for one who is not root."""
    made = tmp_path / "made"
    made.mkdir()
    (made / "grid.csv").write_bytes(b"1")
    (made / "grid.csv").chmod(0o444)
    monkeypatch.chdir(tmp_path)  # pytest's own folders are closed to others
    root = os.geteuid() == 0
    if root:
        for path in (tmp_path, made, made / "grid.csv"):
            os.chown(path, 65534, -1)
        os.seteuid(65534)
    try:
        put_in_place(Path("made"), Path("named"))
    finally:
        if root:
            os.seteuid(0)
    assert (tmp_path / "named" / "grid.csv").read_bytes() == b"1"


ELSEWHERE = {
    "forms/drafts/editions.py": "a convention, which is no one's, unpacked to be read and taken away",
    "forms/campaign/campaign.py": "a list that grows beside the bulletins, under a name of its own until it is whole",
}
"""The modules that write bytes of their own, and what."""


def writes(tree: ast.AST) -> bool:
    """Tell whether a module writes a file otherwise than through ``files``."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        texts = [one.value for one in (*call.args, *(k.value for k in call.keywords)) if isinstance(one, ast.Constant)]
        modes = [text for text in texts if isinstance(text, str) and re.fullmatch(r"[rbt+]*[wax+][rbt+]*", text)]
        if name in {"write_bytes", "write_text"} or (name in {"open", "fdopen"} and modes):
            return True
    return False


def test_no_other_module_writes_files() -> None:
    """What is written whole, or not at all, is written here: the cuts of the tests are cuts of everything."""
    modules = [path for room in ("forms", "desktop") for path in (PROJECT / room).rglob("*.py")]
    found = {
        path.relative_to(PROJECT).as_posix() for path in modules if writes(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found - set(ELSEWHERE) == {"forms/drafts/files.py"}
