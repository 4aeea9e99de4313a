"""The Debian package in a Debian that has nothing else: installed, run without a network, removed without a trace."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.frozen.screen import screen
from tests.making import DOSSIERS

BUILD = Path(__file__).parents[2] / "build"
CHROOT = BUILD / "chroot"
SUITE = "bookworm"
HOME = Path("/", "home", "agent")
KIND = "application/vnd.permanence.dossier+json"
# What a package manager remembers is its own.
ITS_OWN = ("proc", "sys", "dev", "run", "tmp", "var/lib/dpkg", "var/lib/apt", "var/cache", "var/log")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="a chroot needs root: see `make deb-test`"),
    pytest.mark.skipif(not shutil.which("debootstrap"), reason="debootstrap is missing: apt-get install debootstrap"),
    pytest.mark.skipif(not any(BUILD.glob("deb/*.deb")), reason="no package: make deb"),
]


class Debian:
    """A small Debian in a folder: commands run in it with their own mounts, and no network unless asked."""

    def __init__(self, root: Path) -> None:
        """Use the Debian that lies in ``root``."""
        self.root = root

    def command(self, *words: str, user: str = "root", network: bool = False, **environment: str) -> list[str]:
        """Give the command that runs ``words`` inside, in namespaces that end with it."""
        home = str(HOME) if user != "root" else "/tmp"  # noqa: S108 - inside, and gone with it
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        variables = {"HOME": home, "PATH": path, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **environment}
        # The sockets of the screens of this machine, where there are any: they are files, no network.
        mounts = 'mkdir -p "$0/tmp/.X11-unix"; mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix" 2>/dev/null; exec "$@"'
        return [
            *("unshare", "--mount", "--pid", "--fork", f"--mount-proc={self.root}/proc"),
            *(() if network else ("--net",)),
            *("sh", "-c", mounts, str(self.root)),
            *("chroot", f"--userspec={user}", str(self.root)),
            *("env", "--ignore-environment", *(f"{name}={value}" for name, value in variables.items())),
            *words,
        ]

    def run(self, *words: str, user: str = "root", network: bool = False) -> str:
        """Run a command inside; give what it prints."""
        done = subprocess.run(
            self.command(*words, user=user, network=network),
            capture_output=True, stdin=subprocess.DEVNULL,
            encoding="utf-8", timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def files(self) -> dict[str, int]:
        """Give all files and folders of the system and the size of each."""
        found = {}
        for folder, folders, names in os.walk(self.root):
            here = Path(folder).relative_to(self.root)
            folders[:] = [name for name in folders if str(here / name) not in ITS_OWN]
            for name in (*folders, *names):
                status = (self.root / here / name).lstat()
                found[str(here / name)] = 0 if name in folders else status.st_size
        return found


@pytest.fixture(scope="module")
def debian() -> Iterator[Debian]:
    """A Debian as debootstrap makes it, with one user; made once, copied for each run."""
    base = CHROOT / SUITE
    if not base.is_dir():
        fresh = base.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.parent.mkdir(parents=True, exist_ok=True)
        made = subprocess.run(
            ["debootstrap", "--variant=minbase", SUITE, fresh], capture_output=True, encoding="utf-8", check=False
        )
        assert made.returncode == 0, made.stdout[-1000:]
        fresh.rename(base)
    root = CHROOT / "run"
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "--archive", "--reflink=auto", base, root], check=True)
    # The machine's own way to its registry, which may have changed since.
    for name in ("etc/resolv.conf", "etc/hosts"):
        shutil.copyfile(Path("/", name), root / name)
    kept, archives = CHROOT / "archives", root / "var/cache/apt/archives"
    kept.mkdir(exist_ok=True)
    for package in kept.glob("*.deb"):
        shutil.copy(package, archives)
    (root / "etc/apt/apt.conf.d/keep").write_text('APT::Keep-Downloaded-Packages "true";\n')
    system = Debian(root)
    system.run("useradd", "--create-home", "agent")
    yield system
    for package in archives.glob("*.deb"):
        if not (kept / package.name).exists():
            shutil.copy(package, kept)
    shutil.rmtree(root)


def test_a_package_lives_and_leaves(debian: Debian) -> None:
    """With what Debian gives it alone: doctor, check, print and the window, offline; removed, only the user's stays."""
    package = next(iter(BUILD.glob("deb/*.deb")))
    depends = subprocess.run(
        ["dpkg-deb", "--field", package, "Depends"], capture_output=True, encoding="utf-8", check=True
    ).stdout.strip()
    get = ("apt-get", "--yes", "--no-install-recommends")
    debian.run("apt-get", "update", network=True)
    debian.run(*get, "satisfy", f"{depends}, shared-mime-info, desktop-file-utils", network=True)
    before = debian.files()

    shutil.copy(package, debian.root)
    said = debian.run(*get, "install", f"/{package.name}")
    (debian.root / package.name).unlink()
    assert "1 newly installed, 0 to remove" in said
    everything_is_found(debian)
    assert (debian.root / f"usr/share/mime/{KIND}.xml").is_file()
    kinds = (debian.root / "usr/share/mime/globs2").read_text().splitlines()
    assert f"60:{KIND}:*.permanence.json" in kinds
    assert f"{KIND}=permanence.desktop;" in (debian.root / "usr/share/applications/mimeinfo.cache").read_text().split()

    verbs(debian)
    window(debian, "permanence")
    window(debian, *double_click(debian))
    packs(debian)

    debian.run(*get, "purge", "permanence")
    after = debian.files()
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    users = {name for name in changed if name.startswith(str(HOME.relative_to("/")))}
    assert changed == users
    kept = debian.root / HOME.relative_to("/") / ".local/share/permanence"
    assert kept.is_dir()
    assert kept.stat().st_mode & 0o077 == 0


def everything_is_found(debian: Debian) -> None:
    """No library that a file of the package names is missing, however late it would be loaded."""
    listing = debian.run(
        "sh", "-c",
        "find /usr/lib/permanence -type f '(' -name '*.so*' -o -perm -100 ')' |"
        " LD_LIBRARY_PATH=/usr/lib/permanence/_internal xargs -n 1 ldd",
    )  # fmt: skip
    assert "not found" not in listing
    # And Debian's are Debian's.
    assert "/_internal/libX11" not in listing
    assert " /lib/x86_64-linux-gnu/libxcb-cursor.so.0" in listing or os.uname().machine != "x86_64"


def verbs(debian: Debian) -> None:
    """What an agent asks for on the command line is answered, without a network and without a screen."""
    home = debian.root / HOME.relative_to("/")
    shutil.copy(DOSSIERS / "cdg62-family.json", home / "famille.permanence.json")
    family = str(HOME / "famille.permanence.json")
    page = debian.run("permanence", "doctor", user="agent")
    assert "SQLCipher" in page
    assert "cdg62-mnt" in page
    # Every library of the system that the page looks for is there.
    assert "absente" not in page
    answer = debian.run("permanence", "check", family, "--json", "--today", "2026-02-03", user="agent")
    assert json.loads(answer)["printable"] is True
    debian.run("permanence", "print", family, "-o", str(HOME / "out.pdf"), "--today", "2026-02-03", user="agent")
    text = subprocess.run(["pdftotext", home / "out.pdf", "-"], capture_output=True, encoding="utf-8", check=True)
    assert "Roy-Delattre" in text.stdout


def double_click(debian: Debian) -> list[str]:
    """Give what a file manager runs for a dossier file: the Exec of the menu's entry, the file in place of its %f."""
    entry = (debian.root / "usr/share/applications/permanence.desktop").read_text(encoding="utf-8")
    (line,) = (line for line in entry.splitlines() if line.startswith("Exec="))
    words = shlex.split(line.removeprefix("Exec="))
    assert words.count("%f") == 1
    return [str(HOME / "famille.permanence.json") if word == "%f" else word for word in words]


def packs(debian: Debian) -> None:
    """A program that a package installed takes no program from a stick, in one line, and has none to go back to."""
    said = subprocess.run(
        debian.command("permanence", "pack", "back", user="agent"), capture_output=True, encoding="utf-8", check=False
    )
    assert said.returncode == 1
    assert "par un paquet du système" in said.stderr


def window(debian: Debian, *words: str) -> None:
    """The window opens on a screen, with text in it, and has nothing to complain of."""
    with screen() as shown:
        command = debian.command(*words, user="agent", DISPLAY=shown.display)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as program:
            try:
                picture = shown.wait_for_a_window(30, program)
            finally:
                # The first process of the namespace: when it is killed all the others are, and unshare ends.
                children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text().split()
                for child in children:
                    os.kill(int(child), signal.SIGKILL)
            assert program.stderr is not None
            # unshare has a word to say of the end that it was given.
            lines = program.stderr.read().decode().splitlines()
            complaints = [line for line in lines if not line.startswith("unshare: ")]
        assert picture is not None, complaints
        picture.save(CHROOT / "window.png")
        assert not complaints
