"""A publisher of packs, with a pair of keys drawn for the test, and what they publish."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from forms.packs.keys import PublicKey, new_pair, public_key, secret_key
from forms.packs.place import CURRENT, Place
from forms.packs.signing import signed
from tests.making import TINY, folder

if TYPE_CHECKING:
    from forms.packs.manifest import Manifest

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
VERSION = "0.1.0"
STARTS = "#!/bin/sh\necho demarre\n"


class Publisher:
    """Signs into ``folder``."""

    def __init__(self, folder: Path) -> None:
        """Draw the pair."""
        self.folder = folder
        folder.mkdir()
        (folder / "keys").mkdir()
        secret, public = new_pair()
        self.secret, self.public = folder / "secret", folder / "keys" / "essai.pub"
        self.secret.write_text(secret, encoding="utf-8")
        self.public.write_text(public, encoding="utf-8")

    @property
    def keys(self) -> tuple[PublicKey, ...]:
        """Give the public half, as a program has it."""
        return (public_key(self.public),)

    def place(self, user: Path, app: Path | None = None) -> Place:
        """Give a machine that trusts this publisher; its folders are not made."""
        return Place(user, user / "conventions", self.folder / "keys", VERSION, "linux", "x86_64", app, "pas ici")

    def sign(self, folder: Path, version: str = "", needs: str = "", place: Place | None = None) -> Path:
        """Give the pack of a folder."""
        where = place or self.place(self.folder)
        said, data = signed(folder, secret_key(self.secret), where, NOW, version=version, needs=needs)
        return self.write(said, data)

    def write(self, said: Manifest, data: bytes) -> Path:
        """Put a pack on the stick."""
        path = self.folder / f"{said.kind}-{said.version}.pack"
        path.write_bytes(data)
        return path

    def tiny(self, edition: int = 1, name: str = "tiny") -> Path:
        """Give the invented convention, of an edition that is a month later than the one before."""
        root = self.folder / f"tiny-{edition}"
        if (root / name).is_dir():
            return root / name
        root.mkdir(exist_ok=True)
        text = TINY["convention.toml"].replace('edition = "1"', f'edition = "{edition}"')
        text = text.replace("edited_on = 2026-01-01", f"edited_on = 2026-{edition:02}-01").replace(
            '"tiny"', f'"{name}"'
        )
        folder(root, {"convention.toml": text}, name)
        return root / name

    def program(self, version: str, starter: str = STARTS) -> Path:
        """Give a frozen folder."""
        return program(self.folder / f"program-{version}", version, starter)


def program(made: Path, version: str, starter: str = STARTS) -> Path:
    """Write what stands for a frozen program: one that starts, a library, and a second name of it."""
    (made / f"_internal/permanence-{version}.dist-info").mkdir(parents=True)
    (made / f"_internal/permanence-{version}.dist-info/METADATA").write_text(f"Version: {version}\n")
    (made / "_internal/lib").mkdir()
    (made / "_internal/lib/libchose.so.1").write_bytes(b"\x7fELF" + version.encode() * 100)
    (made / "_internal/libchose.so").symlink_to("lib/libchose.so.1")
    (made / "permanence").write_text(starter)
    (made / "permanence").chmod(0o755)
    return made


def installed_program(app: Path, version: str) -> Path:
    """Lay out a program as install.sh does."""
    program(app / version, version)
    (app / CURRENT).symlink_to(version)
    return app


def tree(root: Path) -> dict[str, bytes]:
    """Give all that is in a folder."""
    found: dict[str, bytes] = {}
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}".encode()
        elif path.is_file() and path.name != "permanence.lock":
            found[name] = path.read_bytes()
    return found
