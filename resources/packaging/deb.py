"""Make the Debian package of a frozen folder, with dpkg's own tools; the same folder gives the same bytes.

The libraries that Debian has are taken out of the folder and become dependencies, as dpkg-shlibdeps computes them.

usage: deb.py FROZEN SHIPPED FOLDER     FOLDER/permanence_VERSION_ARCHITECTURE.deb
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import icons
import inventory
import publisher

LINUX = Path(__file__).with_name("linux")
PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

CONTROL = """\
Package: permanence
Version: {version}
Architecture: {architecture}
Maintainer: Permanence <permanence@localhost>
Installed-Size: {size}
Depends: {depends}
Recommends: hicolor-icon-theme, shared-mime-info
Suggests: cups-client
Section: misc
Priority: optional
Description: {description}
 Un conseiller, un agent, vingt minutes, pas de réseau : le dossier complet, daté et
 chiffré selon les règles de la convention, et le bulletin imprimé.
 .
 Les brouillons sont chiffrés dans le dossier personnel de chaque utilisateur ; le
 retrait du paquet n’y touche pas.
"""

COPYRIGHT = """\
Permanence {version}

Les logiciels d’autrui qui sont livrés avec lui, et leurs licences :
/usr/share/doc/permanence/THIRD-PARTY.txt.gz ; pour une machine : {bill}.

The software of others that comes along, with its licences: the same files.
"""


def main() -> None:
    """Build the package and say where it is and what it weighs."""
    frozen, shipped, folder = map(Path, sys.argv[1:])
    publisher.check(frozen)
    root = folder / "root"
    shutil.rmtree(root, ignore_errors=True)
    (root / "DEBIAN").mkdir(parents=True)
    program = root / "usr/lib/permanence"
    shutil.copytree(frozen, program, symlinks=True)
    leave_to_debian(program, shipped)
    inventory.write(program, shipped)
    depends = dependencies(root, folder / "shlibdeps")
    surroundings(root, program)
    package = close(root, depends, folder)
    shutil.rmtree(root)
    print(f"{package} {package.stat().st_size / 1e6:.0f} MB")


def leave_to_debian(program: Path, shipped: Path) -> None:
    """Delete the libraries that came from packages of this machine."""
    for name, source, kind in json.loads(shipped.read_text(encoding="utf-8")):
        library = program / "_internal" / name
        if kind == "BINARY" and "/" not in name and library.is_file() and inventory.package_of(Path(source)):
            library.unlink()


def dependencies(root: Path, work: Path) -> str:
    """Give the Depends field: what the ELF files of the package need that is not among them."""
    elves = [path.resolve() for path in sorted(root.rglob("*")) if not path.is_symlink() and _is_elf(path)]
    # It wants the sources of a package around it, and a DEBIAN folder to know where the root is.
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian/control").write_text("Source: permanence\n\nPackage: permanence\nArchitecture: any\n")
    private = sorted({f"-l{path.parent}" for path in elves})
    # Our own libraries have no package: that is the information that may be missing.
    answer = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *private, *elves],
        cwd=work, check=False, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    found = re.fullmatch(r"shlibs:Depends=(.+)\n", answer.stdout)
    if found is None:
        sys.exit("\n".join(line for line in answer.stderr.splitlines() if "error:" in line))
    return found[1]


def _is_elf(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as content:
        return content.read(4) == b"\x7fELF"


def surroundings(root: Path, program: Path) -> None:
    """Put the command, the menu, the icon, the type of file and the documents where Debian looks for them."""
    share = root / "usr/share"
    command = root / "usr/bin/permanence"
    command.parent.mkdir(parents=True)
    command.symlink_to("../lib/permanence/permanence")
    for source, target in (
        (LINUX / "permanence.desktop", share / "applications/permanence.desktop"),
        (LINUX / "permanence.xml", share / "mime/packages/permanence.xml"),
        (icons.DRAWING, share / "icons/hicolor/scalable/apps/permanence.svg"),
    ):
        target.parent.mkdir(parents=True)
        shutil.copyfile(source, target)
    icons.theme(share / "icons/hicolor")
    doc = share / "doc/permanence"
    doc.mkdir(parents=True)
    for name, text in (
        (f"{inventory.LICENCES}.gz", (program / inventory.LICENCES).read_bytes()),
        ("changelog.gz", (Path(__file__).parents[2] / "CHANGELOG.md").read_bytes()),
    ):
        (doc / name).write_bytes(gzip.compress(text, mtime=0))
    (program / inventory.LICENCES).unlink()
    shutil.move(program / inventory.BILL, doc / inventory.BILL)
    (doc / "copyright").write_text(COPYRIGHT.format(version=PROJECT["version"], bill=inventory.BILL), encoding="utf-8")


def close(root: Path, depends: str, folder: Path) -> Path:
    """Write what dpkg wants to know, and close the package."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or (os.access(path, os.X_OK) and _is_elf(path)) else 0o644)
    architecture = _answer("dpkg", "--print-architecture")
    control = root / "DEBIAN"
    (control / "control").write_text(
        CONTROL.format(
            version=PROJECT["version"],
            description=PROJECT["description"],
            architecture=architecture,
            size=-(-sum(path.stat().st_size for path in files) // 1024),
            depends=depends,
        ),
        encoding="utf-8",
    )
    sums = (
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}\n"
        for path in files
    )
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    package = folder / f"permanence_{PROJECT['version']}_{architecture}.deb"
    # dpkg-deb takes the times of its files from SOURCE_DATE_EPOCH.
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "-z3", "--build", root, package], check=True, stdout=sys.stderr
    )
    return package


def _answer(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.strip()


if __name__ == "__main__":
    main()
