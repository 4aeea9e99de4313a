"""The transfer file: what goes in comes out whole, or one French line and nothing; merged twice, nothing changes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.dossier.reading import dossier_to_json
from forms.exchange import bounds, transfer
from forms.exchange.keys import new_identity, parse_identity, parse_recipients
from forms.exchange.merging import merge, merge_json, merge_lines
from forms.exchange.transfer import Attachment, Parcel, open_transfer, pack_transfer, packed, unpacked
from forms.faults import Fault
from tests.making import alone, family, put, read

MADE = dt.datetime(2026, 2, 3, 17, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
SECRET, PUBLIC = new_identity()


def parcels() -> list[Parcel]:
    """Give a family with two papers, and someone alone with none."""
    papers = (Attachment("droits Noé.pdf", b"%PDF-1.7 droits"), Attachment("scan.jpg", b"\xff\xd8\xff" * 100))
    return [
        Parcel("4T8N-W1KB", 1, "ab" * 32, read(family()), papers),
        Parcel("AAAA-1111", 2, "", read(put(alone(), {"reference": None}))),
    ]


INSIDE = packed(parcels(), MADE)
SENT = pack_transfer(parcels(), [PUBLIC], MADE)
SEALED = SENT.data


def test_what_goes_in_comes_out() -> None:
    """Dossiers, versions, papers and time are the same; nothing is readable in the file; the receipt agrees."""
    found = open_transfer(SEALED, SECRET)
    assert found.parcels == tuple(parcels())
    assert found.made_at == MADE
    assert found.receipt == SENT.receipt == unpacked(INSIDE).receipt
    assert packed(list(reversed(parcels())), MADE) == INSIDE
    for text in (b"Delattre", b"285016211904268", b"FR76", b"droits", b"4T8N", b"manifest"):
        assert text not in SEALED
    assert "Delattre" not in repr(found)


def test_the_practice_is_never_transferred() -> None:
    """A dossier of invented people is known by its reference, and stops the whole file."""
    invented = Parcel("SPEC-0001", 1, "", read(put(alone(), {"reference": "SPEC-0001"})))
    with pytest.raises(Fault, match="SPÉCIMEN"):
        pack_transfer([*parcels(), invented], [PUBLIC], MADE)
    with pytest.raises(Fault, match="SPÉCIMEN"):
        unpacked(packed([*parcels(), invented], MADE))


def test_two_recipients_open_it_and_no_one_else() -> None:
    """Each key opens it; another is told that the file is not for it."""
    other, public = new_identity()
    data = pack_transfer(parcels(), [PUBLIC, public], MADE).data
    assert open_transfer(data, other) == open_transfer(data, SECRET)
    with pytest.raises(Fault, match="pas pour cette clé"):
        open_transfer(SEALED, other)


@pytest.mark.parametrize("place", [0, 30, 60, 150, 200, len(SEALED) // 2, len(SEALED) - 1])
def test_cut_or_changed_it_is_refused(place: int) -> None:
    """Wherever a file is cut or one byte differs, nothing comes out."""
    for data in (SEALED[:place], SEALED[:place] + bytes([SEALED[place] ^ 1]) + SEALED[place + 1 :]):
        with pytest.raises(Fault):
            open_transfer(data, SECRET)


def inside(change: Callable[[dict[str, bytes]], Any], method: int = zipfile.ZIP_STORED) -> bytes:
    """Give the archive with its files changed by someone who makes transfer files of their own."""
    with zipfile.ZipFile(BytesIO(INSIDE)) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as new:
        for name, data in files.items():
            new.writestr(name, data)
    return out.getvalue()


def listing(change: Callable[[dict[str, Any]], Any]) -> bytes:
    """Give the archive with its list changed."""

    def rewritten(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        change(manifest)
        files["manifest.json"] = json.dumps(manifest).encode()

    return inside(rewritten)


def moved(path: str) -> bytes:
    """Give the archive with the first paper kept under another path, its list agreeing."""

    def change(files: dict[str, bytes]) -> None:
        files[path] = files.pop("attachments/4T8N-W1KB/1")
        files["manifest.json"] = files["manifest.json"].replace(b"attachments/4T8N-W1KB/1", path.encode())

    return inside(change)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (INSIDE[:-30], "incomplet"),
        (INSIDE[:2000], "incomplet"),
        (inside(lambda files: files.pop("manifest.json")), "pas de liste"),
        (inside(lambda files: files.pop("attachments/4T8N-W1KB/2")), "ce que dit sa liste"),
        (inside(lambda files: files.update({"attachments/4T8N-W1KB/3": b""})), "ce que dit sa liste"),
        (inside(lambda files: files.update({"attachments/4T8N-W1KB/2": b"x" * 300})), "modifié"),
        (inside(lambda files: files.update({"dossiers/4T8N-W1KB.json": b"{}"})), "modifié"),
        (inside(lambda files: files.update({"manifest.json": b"["})), "ne se lit pas"),
        (inside(lambda files: files.update({"manifest.json": b"[" * 100_000})), "ne se lit pas"),
        (inside(lambda _: None, zipfile.ZIP_DEFLATED), "pas fait comme"),
        (moved("../../evil.pdf"), "nomme des fichiers"),
        (moved("/etc/passwd"), "nomme des fichiers"),
        (listing(lambda m: m["dossiers"][0]["attachments"][0].update(name="../evil.exe")), "nomme des fichiers"),
        (listing(lambda m: m["dossiers"][0]["attachments"][0].update(name="scan.jpg")), "nomme des fichiers"),
        (listing(lambda m: m.update(format="permanence.transfer/2")), "mettez-le à jour"),
        (listing(lambda m: m.update(format="permanence.transfer/0")), "ancien format 0"),
        (listing(lambda m: m.update(format="autre")), "n’est pas un fichier"),
        (listing(lambda m: m.update(made_at="2026-02-03T17:30:00")), "refusé"),
        (listing(lambda m: m.update(more=1)), "forme attendue"),
        (listing(lambda m: m.update(files=2)), "ce que dit sa liste"),
        (listing(lambda m: m["dossiers"].append(m["dossiers"][0])), "deux fois"),
        (listing(lambda m: m["dossiers"][0].update(version="1")), "forme attendue"),
        (listing(lambda m: m["dossiers"][0].update(size=1)), "modifié"),
        (listing(lambda m: m["dossiers"][0].update(reference="../../evil")), "forme attendue"),
    ],
)
def test_what_is_inside_is_checked_whole(data: bytes, said: str) -> None:
    """An archive that someone made or mended by hand is refused, for what is wrong with it."""
    with pytest.raises(Fault, match=said):
        unpacked(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"format":"permanence.dossier/2"}', "mettez le programme à jour"),
        (b"\xff", "pas du texte"),
        (dossier_to_json(read(family())).encode(), "une autre référence"),
    ],
)
def test_one_wrong_dossier_stops_all(data: bytes, said: str) -> None:
    """A dossier that cannot be read, its checksum right, and none of the others is taken."""

    def change(files: dict[str, bytes]) -> None:
        manifest = json.loads(files["manifest.json"])
        manifest["dossiers"][1].update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
        files.update({"dossiers/AAAA-1111.json": data, "manifest.json": json.dumps(manifest).encode()})

    with pytest.raises(Fault, match=said):
        unpacked(inside(change))


def test_a_declared_size_cannot_lie() -> None:
    """Many entries on the same bytes declare more than the archive holds: refused before one is read."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("manifest.json", b"x" * 1000)
        for number in range(50):
            archive.filelist.append(archive.filelist[0])
            archive.NameToInfo[str(number)] = archive.filelist[0]
    with pytest.raises(Fault, match="pas fait comme"):
        unpacked(out.getvalue())


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too much to send is told to the sender; too much to open is refused unread."""
    monkeypatch.setattr(transfer, "FILE_LIMIT", bounds.MEGABYTE + 100)
    with pytest.raises(Fault, match="plusieurs fichiers"):
        pack_transfer(parcels(), [PUBLIC], MADE)
    monkeypatch.undo()
    monkeypatch.setattr(bounds, "MEMBERS_LIMIT", 3)
    with pytest.raises(Fault, match="fichiers"):
        open_transfer(SEALED, SECRET)
    monkeypatch.undo()
    with pytest.raises(Fault, match="64 Mo"):
        open_transfer(b"age-encryption.org/v1\n" + bytes(bounds.FILE_LIMIT), SECRET)
    with pytest.raises(Fault, match="Aucun dossier"):
        pack_transfer([], [PUBLIC], MADE)


@pytest.mark.parametrize("name", ["../a.pdf", "a/b.pdf", "..", "", "C:a", "a\x00b", " a.pdf", "a\u202efdp.exe"])
def test_a_paper_has_a_plain_name(name: str) -> None:
    """A path never goes in."""
    with pytest.raises(ValueError, match="path"):
        packed([Parcel("4T8N-W1KB", 1, "", read(alone()), (Attachment(name, b""),))], MADE)


def test_references_agree_before_anything_leaves() -> None:
    """One reference for two dossiers, or two for one, is a bug of ours: it never leaves."""
    one = Parcel("4T8N-W1KB", 1, "", read(alone()))
    for wrong in ([one, one], [Parcel("ZZZZ-9999", 1, "", one.dossier)]):
        with pytest.raises(ValueError, match="reference"):
            packed(wrong, MADE)


@given(st.binary(max_size=300), st.sampled_from([b"", b"age-encryption.org/v1\n", SEALED[:100], SEALED[:200]]))
def test_any_bytes_are_refused(data: bytes, start: bytes) -> None:
    """Any bytes are a Fault, sealed or not."""
    with pytest.raises(Fault):
        open_transfer(start + data, SECRET)
    with pytest.raises(Fault):
        unpacked(data)


@settings(max_examples=200)
@given(st.integers(0, len(INSIDE) - 1), st.binary(min_size=1, max_size=4), st.integers(0, 4))
def test_any_damage_is_refused_or_harmless(place: int, text: bytes, length: int) -> None:
    """Bytes changed inside: a Fault, or the same dossiers (dates and attributes of the archive say nothing)."""
    try:
        found = unpacked(INSIDE[:place] + text + INSIDE[place + length :])
    except Fault:
        return
    # The list is under no checksum of its own here: age seals it. Content that it lists is.
    assert [(p.dossier, [a.data for a in p.attachments]) for p in found.parcels] == [
        (p.dossier, [a.data for a in p.attachments]) for p in parcels()
    ]


def test_merging_twice_changes_nothing() -> None:
    """All is new, then all is the same; a later version replaces, an older one is left."""
    found = unpacked(INSIDE)
    first = merge({}, found)
    assert first.written == found.parcels
    held = {parcel.reference: parcel for parcel in first.written}
    again = merge(held, found)
    assert {item.verdict for item in again.items} == {"same"}
    assert again.written == ()
    older = {"4T8N-W1KB": Parcel("4T8N-W1KB", 0, "", read(family(formula="securite")))}
    assert [item.verdict for item in merge(older, found).items] == ["newer", "new"]
    later = {"4T8N-W1KB": Parcel("4T8N-W1KB", 3, "", read(family(formula="securite")))}
    assert [item.verdict for item in merge(later, found).items] == ["older", "new"]


def test_conflicts_are_for_a_person() -> None:
    """One version and two contents, one reference and two persons: nothing is written, and it is said why."""
    found = unpacked(INSIDE)
    same = {"4T8N-W1KB": Parcel("4T8N-W1KB", 1, "", read(family(formula="securite")))}
    other = family(member__birth_name="Petit", member__birth_date="1990-01-01", member__nir=None)
    someone = {"4T8N-W1KB": Parcel("4T8N-W1KB", 0, "", read(other))}
    for held, why in ((same, "autre contenu"), (someone, "autre personne")):
        merged = merge(held, found)
        assert [item.parcel.reference for item in merged.conflicts] == ["4T8N-W1KB"]
        assert [parcel.reference for parcel in merged.written] == ["AAAA-1111"]
        assert why in "\n".join(merge_lines(found, merged))
    papers = {"4T8N-W1KB": Parcel("4T8N-W1KB", 1, "ab" * 32, read(family()))}
    assert merge(papers, found).items[0].verdict == "conflict"
    written = json.dumps(merge_json(found, merge(same, found)))
    assert "Delattre" not in written
    assert found.receipt in written


def test_keys() -> None:
    """Public keys are read with their comments, each once; the secret key also as age-keygen writes it."""
    assert parse_recipients(f"# siège\n\n {PUBLIC}\n{PUBLIC} \n") == (PUBLIC,)
    assert str(parse_identity(f"# created: 2026\n# public key: {PUBLIC}\n{SECRET}\n").to_public()) == PUBLIC


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Aucune clé"),
        (SECRET, "secrète"),
        (SECRET.lower(), "secrète"),
        ("ssh-ed25519 AAAA", "commence par"),
        (PUBLIC[:-1], "62 caractères, ici 61"),
        (f"{PUBLIC}\n{PUBLIC[:-1]}{'q' if PUBLIC[-1] != 'q' else 'p'}", "Ligne 2.*faux"),
        (PUBLIC[:10] + "é" + PUBLIC[11:], "faux"),
    ],
)
def test_wrong_public_keys_are_refused(text: str, said: str) -> None:
    """What is wrong is told, and a secret key is never taken for a public one."""
    with pytest.raises(Fault, match=said) as found:
        parse_recipients(text)
    assert SECRET not in str(found.value)


@pytest.mark.parametrize("text", ["", PUBLIC, SECRET[:-1], f"{SECRET}\n{SECRET}", SECRET[:-1] + "é"])
def test_wrong_secret_keys_are_refused(text: str) -> None:
    """What is no secret key opens nothing, and is not repeated."""
    with pytest.raises(Fault) as found:
        open_transfer(SEALED, text)
    assert "SECRET-KEY-1" not in str(found.value).replace("« AGE-SECRET-KEY-1 »", "")


@given(
    st.text(max_size=80) | st.text("age1qpzry9x8gf2tvdw0s3jn54khce6mua7l", min_size=58, max_size=58).map("age1".__add__)
)
def test_any_text_as_a_key(text: str) -> None:
    """Any text is keys or a Fault."""
    for parse in (parse_recipients, parse_identity):
        try:
            parse(text)
        except Fault:
            continue
