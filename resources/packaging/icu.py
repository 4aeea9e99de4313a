"""Cut the data of Qt's ICU (31 MB, the languages of the world) to French, English and what belongs to none."""

from __future__ import annotations

import re
import struct
import subprocess
from pathlib import Path

_SYMBOL = "icudt{major}_dat"
_MAGIC = b"\xda\x27"

_OTHER_LANGUAGE = re.compile(r"^(?!(?:fr|en)(?:_|\.))[a-z]{2,3}(?:_\w+)?\.res$")
_UNUSED = re.compile(
    # Old encodings, but for the two of the Windows and the Unix of Western Europe.
    r"^(?!ibm-(?:5348|923)_).*\.cnv$"
    # Where words of Thai, Khmer, Chinese end; Qt finds the ends of ours by itself.
    r"|\.dict$|^brkitr/.*(?:lstm|cj|thai|khmer|lao|burmese)"
    # From one script to another, numbers in words, units, names of characters, host names, look-alikes.
    r"|^(?:translit|rbnf|unit)/|^unames\.icu$|\.spp$|\.cfu$",
    re.IGNORECASE,
)


def needed(item: str) -> bool:
    """Say whether an item of the data (``coll/fr.res``, ``zoneinfo64.res``) is kept."""
    return not _UNUSED.search(item) and not _OTHER_LANGUAGE.match(item.rpartition("/")[2])


def cut(data: bytes) -> bytes:
    """Give ICU's common data without what is not needed.

    The format is ICU's ``udata``: a header, the count of items, for each the offsets of its name and of its bytes
    (from the count), sorted by name; then the names, then the items, each on 16 bytes.

    Raises:
        ValueError: it is not such data.
    """
    (start,) = struct.unpack_from("<H", data)
    if data[2:4] != _MAGIC or data[12:16] != b"CmnD":
        raise ValueError("not ICU's common data in the order of bytes of this machine")
    (count,) = struct.unpack_from("<I", data, start)
    table = [struct.unpack_from("<II", data, start + 4 + 8 * row) for row in range(count)]
    ends = [offset for _, offset in table[1:]] + [len(data) - start]
    items = []
    for (name_at, at), end in zip(table, ends, strict=True):
        name = data[start + name_at : data.index(b"\0", start + name_at)]
        if needed(name.decode().partition("/")[2]):
            items.append((name + b"\0", data[start + at : start + end]))

    names_at = 4 + 8 * len(items)
    body_at = names_at + sum(len(name) for name, _ in items)
    # Items are aligned from the header on: its own length is a multiple of 16.
    body = bytearray(-body_at % 16)
    rows, names = bytearray(), bytearray()
    for name, content in items:
        rows += struct.pack("<II", names_at + len(names), body_at + len(body))
        names += name
        body += content + bytes(-len(content) % 16)
    return data[:start] + struct.pack("<I", len(items)) + bytes(rows) + bytes(names) + bytes(body)


def cut_library(library: Path, folder: Path) -> Path:
    """Write into ``folder`` a ``libicudata.so`` like ``library`` with less in it (binutils); give its path.

    Raises:
        ValueError: the library is not laid out as ICU makes it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    raw, item, made = folder / "icudata.dat", folder / "icudata.o", folder / library.name
    symbol = _SYMBOL.format(major=library.suffix[1:])
    _run("objcopy", "--dump-section", f".rodata={raw}", library, folder / "unused.so")
    (folder / "unused.so").unlink()
    raw.write_bytes(cut(raw.read_bytes()))
    # ld names what it finds after the file: it is run beside it.
    _run("ld", "-r", "-b", "binary", "-z", "noexecstack", "-o", item.name, raw.name, cwd=folder)
    _run(
        "objcopy",
        *("--rename-section", ".data=.rodata,alloc,load,readonly,data,contents"),
        *("--set-section-alignment", ".data=16"),
        *("--redefine-sym", f"_binary_icudata_dat_start={symbol}"),
        *("--strip-symbol", "_binary_icudata_dat_end", "--strip-symbol", "_binary_icudata_dat_size"),
        item,
    )
    _run("ld", "-shared", "-z", "noexecstack", "-soname", library.name, "-o", made, item)
    return made


def _run(*command: str | Path, cwd: Path | None = None) -> None:
    subprocess.run(command, check=True, cwd=cwd)
