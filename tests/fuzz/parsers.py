"""Coverage-guided fuzzing (atheris) of all that reads what others made: anything raised but a Fault is a finding.

    .venv/bin/pip install --no-deps --target build/fuzz -r tests/fuzz/requirements.txt
    PYTHONPATH=build/fuzz .venv/bin/python -m tests.fuzz.parsers dossier -max_total_time=300

The first argument is a name of ``TARGETS``, the others are libFuzzer's. It begins with what the tests keep. What is
sealed by a checksum is fuzzed under it: the bytes drawn are its inside.
"""

from __future__ import annotations

import binascii
import contextlib
import datetime as dt
import io
import json
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["forms"]):
    from forms.assessment import assess
    from forms.bulletin import code
    from forms.convention import load
    from forms.dossier.reading import dossier_from_json, dossier_to_json
    from forms.drafts import keyfile
    from forms.exchange.keys import parse_identity, parse_recipients
    from forms.exchange.prefill import prefill
    from forms.exchange.roster import dry_run, read_roster
    from forms.exchange.transfer import unpacked
    from forms.faults import Fault
    from forms.packs.archive import opened
    from forms.packs.manifest import manifest_from

from forms.dossier.model import Dossier
from forms.resources import resource
from tests.making import DOSSIERS, TINY, cdg62, folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TODAY = dt.date(2026, 2, 3)
_LATIN = "latin-1"
_TINY = sorted(TINY)


def dossier(data: bytes) -> None:
    """JSON of a dossier, then all that follows from it."""
    read = dossier_from_json(data.decode("utf-8", "surrogateescape"))
    assess(read, cdg62(), TODAY)
    assert dossier_from_json(dossier_to_json(read)) == read


def _roster(data: bytes) -> None:
    roster = read_roster(data, "liste.xlsx")
    for row in dry_run(roster, roster.mapping({}) | {"member.birth_name": roster.headings[0]}, TODAY).rows:
        kept = prefill(row, Dossier())
        assert dossier_from_json(dossier_to_json(kept)) == kept


def roster_csv(data: bytes) -> None:
    """An employer's list in CSV."""
    _roster(data)


def roster_xlsx(data: bytes) -> None:
    """The same in XLSX: what is drawn is the sheet, the shared texts or the styles of a sound archive, or the file."""
    if data[:2] == b"PK":
        _roster(data)
        return
    parts = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml")
    part, drawn = parts[data[0] % len(parts)] if data else parts[0], data[1:]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as sound, zipfile.ZipFile(out, "w") as archive:
        for info in sound.infolist():
            archive.writestr(info.filename, drawn if info.filename == part else sound.read(info))
    _roster(out.getvalue())


def convention(data: bytes) -> None:
    """One file of a convention's folder."""
    name = _TINY[data[0] % len(_TINY)] if data else _TINY[0]
    with tempfile.TemporaryDirectory() as root:
        read = load(folder(Path(root), {name: data[1:]}))
        assess(dossier_from_json((DOSSIERS / "cdg62-family.json").read_text(encoding="utf-8")), read, TODAY)


def transfer(data: bytes) -> None:
    """The inside of a transfer file: the archive itself, or its list in a sound archive."""
    if data[:2] == b"PK":
        unpacked(data)
        return
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", data)
        archive.writestr("dossiers/4T8N-W1KB.json", b"{}")
    unpacked(out.getvalue())


def payload(data: bytes) -> None:
    """What a printed code carries: raw, or an inside that its checksum holds for."""
    with contextlib.suppress(Fault):
        code.decode(data)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15, zdict=code._dictionary(code.VERSION))
    body = bytes([code.VERSION]) + deflate.compress(data) + deflate.flush()
    code.decode(body + binascii.crc32(body).to_bytes(4, "big"))


def keys(data: bytes) -> None:
    """Public and secret keys of the exchange, and the key file of the drafts."""
    text = data.decode(_LATIN)
    for parse in (parse_recipients, parse_identity):
        with contextlib.suppress(Fault):
            parse(text)
    with tempfile.TemporaryDirectory() as root:
        keyfile.path_in(Path(root)).write_bytes(data)
        keyfile.read(Path(root))


def pack(data: bytes) -> None:
    """An update pack: its list, then the whole file."""
    with contextlib.suppress(Fault):
        manifest_from(data)
    opened(data, ())


TARGETS: dict[str, Callable[[bytes], None]] = {
    "dossier": dossier,
    "roster_csv": roster_csv,
    "roster_xlsx": roster_xlsx,
    "convention": convention,
    "transfer": transfer,
    "payload": payload,
    "keys": keys,
    "pack": pack,
}


def _workbook() -> bytes:
    from tests.forms.exchange.rosters import workbook  # noqa: PLC0415 - openpyxl is for one target

    rows: list[list[object]] = [["Nom", "Prénom", "Date de naissance"], ["Roy", "Noé", "12/09/1986"]]
    return workbook(rows)


def seeds(name: str) -> Iterator[bytes]:
    """Give what a target begins with."""
    if name in {"dossier", "payload"}:
        yield from (path.read_bytes() for path in sorted(DOSSIERS.glob("*.json")))
    elif name == "roster_csv":
        yield "Matricule;Nom;Prénom;NIR;Date de naissance;CP\n1;Roy;Noé;186095935011862;12/09/1986;62400\n".encode()
        yield 'sep=,\n"Nom","Né(e) le"\n"Bœuf","1E+14"\n'.encode("utf-16")
    elif name == "roster_xlsx":
        yield _workbook()
        with zipfile.ZipFile(io.BytesIO(_workbook())) as sound:
            for number, part in enumerate(("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml")):
                with contextlib.suppress(KeyError):
                    yield bytes([number]) + sound.read(part)
    elif name == "convention":
        yield from (bytes([number]) + TINY[file].encode() for number, file in enumerate(_TINY))
        shipped = resource("conventions", "cdg62-mnt")
        for number, file in enumerate(_TINY):
            if (shipped / file).exists():
                yield bytes([number]) + (shipped / file).read_bytes()
    elif name == "transfer":
        yield json.dumps({
            "format": "permanence.transfer/1", "made_at": "2026-02-03T17:30:00+01:00", "files": 1,
            "dossiers": [{
                "reference": "4T8N-W1KB", "version": 1, "edition": "", "size": 2, "sha256": "0" * 64, "attachments": [],
            }],
        }).encode()  # fmt: skip
    elif name == "keys":
        yield b"# public key: age1qqqq\nAGE-SECRET-KEY-1QQQQ\n"
        yield b'{"format": "permanence.vault/1", "key_check": "", "slots": {}, "checksum": ""}'
    else:
        yield b'{"format": "permanence.pack/1", "files": []}'


def main() -> None:
    """Fuzz one target."""
    name = sys.argv.pop(1)
    target = TARGETS[name]

    def one(data: bytes) -> None:
        with contextlib.suppress(Fault):
            target(data)

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(name)):
            Path(corpus, f"seed-{number}").write_bytes(seed)
        atheris.Setup([*sys.argv, corpus, f"-artifact_prefix={Path(tempfile.gettempdir(), name)}-"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
