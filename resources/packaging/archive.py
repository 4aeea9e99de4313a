"""Make the archive that a user unpacks and installs without an administrator; the same folder gives the same bytes.

usage: archive.py FROZEN FOLDER     FOLDER/permanence-VERSION-linux-MACHINE.tar.xz
"""

from __future__ import annotations

import io
import lzma
import os
import platform
import shutil
import sys
import tarfile
import tomllib
from pathlib import Path

import icons
import publisher

HERE = Path(__file__).parent


def main() -> None:
    """Build the archive and say where it is and what it weighs."""
    frozen, folder = map(Path, sys.argv[1:])
    publisher.check(frozen)
    text = (HERE.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    version = tomllib.loads(text)["project"]["version"]
    share = folder / "share"
    shutil.rmtree(share, ignore_errors=True)
    icons.theme(share / "hicolor")
    scalable = share / "hicolor/scalable/apps/permanence.svg"
    scalable.parent.mkdir(parents=True)
    shutil.copyfile(icons.DRAWING, scalable)
    for name in ("permanence.desktop", "permanence.xml"):
        shutil.copyfile(HERE / "linux" / name, share / name)

    top = f"permanence-{version}-linux-{platform.machine()}"
    target = folder / f"{top}.tar.xz"
    # A quarter of xz's usual time for a tenth more bytes.
    with lzma.open(target, "wb", preset=2) as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        for source, name in ((HERE / "install.sh", "install.sh"), (share, "share"), (frozen, "program")):
            for path in [source, *sorted(source.rglob("*"))]:
                entry = archive.gettarinfo(path, str(Path(top, name, path.relative_to(source))))
                _add(archive, entry, path.read_bytes() if entry.isreg() else b"")
        entry = tarfile.TarInfo(f"{top}/version")
        entry.size = len(version) + 1
        _add(archive, entry, f"{version}\n".encode())
    shutil.rmtree(share)
    print(f"{target} {target.stat().st_size / 1e6:.0f} MB")


def _add(archive: tarfile.TarFile, entry: tarfile.TarInfo, content: bytes) -> None:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
    archive.addfile(entry, io.BytesIO(content) if content else None)


if __name__ == "__main__":
    main()
