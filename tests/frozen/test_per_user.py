"""install.sh, run by somebody without rights: installed, replaced, removed; drafts are not touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.forms.packs.publisher import Publisher

BUILD = Path(__file__).parents[2] / "build"
NOBODY = 65534

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="a script for Linux"),
    pytest.mark.skipif(not any(BUILD.glob("permanence-*-linux-*.tar.xz")), reason="no archive: make archive"),
]


@pytest.fixture(scope="module")
def unpacked() -> Iterator[Path]:
    """What comes out of the archive."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(next(BUILD.glob("permanence-*-linux-*.tar.xz"))) as archive:
            archive.extractall(folder, filter="data")
        yield next(Path(folder).iterdir())


class User:
    """Somebody with a home and an unpacked archive, and no rights."""

    def __init__(self, folder: Path, unpacked: Path) -> None:
        """Give them ``folder``."""
        self.home, self.archive = folder / "un dossier", folder / "archive"
        self.home.mkdir()
        subprocess.run(["cp", "--archive", "--reflink=auto", unpacked, self.archive], check=True)
        if os.geteuid() == 0:
            subprocess.run(["chown", "--recursive", str(NOBODY), folder], check=True)

    def take(self, version: str) -> None:
        """Say that the archive is of another version."""
        (self.archive / "version").write_text(f"{version}\n")

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command as them."""
        return subprocess.run(
            words,
            env={"HOME": str(self.home), "PATH": os.environ["PATH"]},
            user=NOBODY if os.geteuid() == 0 else None,
            cwd=self.home,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    def files(self) -> set[str]:
        """Give all files at home but the caches of the desktop, which are its own."""
        found = (path for path in self.home.rglob("*") if path.is_symlink() or path.is_file())
        names = {str(path.relative_to(self.home)) for path in found}
        return {name for name in names if "/share/mime/" not in name and not name.endswith("mimeinfo.cache")}


@pytest.fixture
def user(unpacked: Path) -> Iterator[User]:
    """Somebody new; pytest's own folders are closed to nobody."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield User(Path(folder), unpacked)


def test_installed_replaced_and_removed(user: User) -> None:
    """The command and the menu start it; a new version leaves one behind it; removed, the drafts are still there."""
    done = user.run("sh", user.archive / "install.sh")
    assert done.returncode == 0, done.stderr
    app = user.home / ".local/share/permanence-app"
    command = user.home / ".local/bin/permanence"
    assert "SQLCipher" in user.run(command, "doctor").stdout
    menu = (user.home / ".local/share/applications/permanence.desktop").read_text()
    assert f'Exec="{app}/current/permanence" %f' in menu

    for version in ("0.1.1", "0.2.0"):
        user.take(version)
        assert user.run("sh", user.archive / "install.sh").returncode == 0
    assert (app / "current").readlink() == Path("0.2.0")
    assert {path.name for path in app.iterdir()} == {"0.1.1", "0.2.0", "current", "install.sh"}
    assert user.run(command, "conventions").returncode == 0

    drafts = user.home / ".local/share/permanence"
    user.run("mkdir", drafts)
    user.run("touch", drafts / "drafts.db")
    gone = user.run("sh", app / "install.sh", "--uninstall")
    assert gone.returncode == 0, gone.stderr
    assert f"n’a pas été touché : {drafts}" in gone.stdout
    assert user.files() == {".local/share/permanence/drafts.db"}


def test_a_program_that_does_not_start_changes_nothing(user: User) -> None:
    """What is installed goes on when the new one is broken."""
    assert user.run("sh", user.archive / "install.sh").returncode == 0
    before = user.files()
    user.take("0.2.0")
    shutil.rmtree(user.archive / "program/_internal/stdnum", ignore_errors=True)
    (user.archive / "program/_internal/base_library.zip").unlink()
    done = user.run("sh", user.archive / "install.sh")
    assert done.returncode == 1
    assert "Rien n’a changé" in done.stderr
    assert user.files() == before
    assert user.run(user.home / ".local/bin/permanence", "conventions").returncode == 0


def test_updated_from_a_stick_and_back(user: User, tmp_path: Path) -> None:
    """The installed program verifies a newer one, tries it, starts it next, and goes back to what it was."""
    assert user.run("sh", user.archive / "install.sh").returncode == 0
    app = user.home / ".local/share/permanence-app"
    command = user.home / ".local/bin/permanence"
    installed = (app / "current").readlink().name
    publisher = Publisher(tmp_path / "publisher")
    newer = tmp_path / "newer"
    subprocess.run(["cp", "--archive", user.archive / "program", newer], check=True)
    (said,) = newer.glob("_internal/permanence-*.dist-info")
    made = said.rename(said.with_name("permanence-9.0.dist-info"))
    text = (made / "METADATA").read_text(encoding="utf-8")
    (made / "METADATA").write_text(text.replace(f"\nVersion: {installed}\n", "\nVersion: 9.0\n"), encoding="utf-8")
    here = replace(publisher.place(tmp_path), system="linux", machine=os.uname().machine)
    stick = user.home / "clé.pack"
    shutil.copy(publisher.sign(newer, place=here), stick)
    stick.chmod(0o644)

    refused = user.run(command, "pack", "install", stick)
    assert refused.returncode == 1
    assert "n’est pas signée par l’éditeur" in refused.stderr
    shutil.copy(publisher.public, app / installed / "_internal/resources/packs")
    done = user.run(command, "pack", "install", stick)
    assert done.returncode == 0, done.stderr
    assert "Permanence 9.0," in user.run(command, "doctor").stdout
    assert user.run(command, "conventions").returncode == 0
    assert user.run(command, "pack", "back").returncode == 0
    assert f"Permanence {installed}," in user.run(command, "doctor").stdout
    stick.unlink()
    assert user.run("sh", app / "install.sh", "--uninstall").returncode == 0
    assert user.files() == set()


def test_nothing_to_remove_is_said(user: User) -> None:
    """Where it is not installed, removing says so and fails."""
    done = user.run("sh", user.archive / "install.sh", "--uninstall")
    assert (done.returncode, done.stdout) == (1, "")
    assert "n’est pas installé" in done.stderr
