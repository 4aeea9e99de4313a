"""What is refused: altered, cut, badly signed, older, for elsewhere, too large; each with nothing written."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.faults import Fault
from forms.packs import archive, installing, manifest
from forms.packs.keys import secret_key
from forms.packs.manifest import Alias, Manifest, PackedFile
from tests.forms.packs.publisher import NOW, STARTS, Publisher, tree
from tests.making import TINY

if TYPE_CHECKING:
    from pathlib import Path

    from forms.packs.place import Place


def plan(path: Path, place: Place) -> installing.Plan:
    """Read a pack as the machine does."""
    return installing.planned(path, place, NOW)


def files(*contents: tuple[str, bytes], run: bool = False) -> tuple[PackedFile, ...]:
    """Give what a list says of files."""
    return tuple(
        PackedFile(path=path, size=len(data), sha256=hashlib.sha256(data).hexdigest(), run=run)
        for path, data in contents
    )


def listed(**changes: Any) -> Manifest:
    """Give a list of a small program."""
    said: dict[str, Any] = {
        "format": manifest.FORMAT, "kind": "program", "version": "0.2.0", "made_at": NOW.isoformat(), "needs": "0",
        "system": "linux", "machine": "x86_64", "files": files(("permanence", STARTS.encode()), run=True),
    }  # fmt: skip
    return Manifest.model_construct(**{**said, **changes})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_any_altered_byte_is_refused(publisher: Publisher, place: Place, data: st.DataObject) -> None:
    """One bit turned, one byte taken away or added, anywhere in the file: refused, and nothing is written."""
    path = publisher.folder / "conventions-1.pack"
    if not path.exists():
        publisher.sign(publisher.tiny(), version="1")
    good = path.read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    change = data.draw(st.sampled_from(["bit", "less", "more", "cut"]))
    bad = {
        "bit": good[:at] + bytes([good[at] ^ 1 << data.draw(st.integers(0, 7))]) + good[at + 1 :],
        "less": good[:at] + good[at + 1 :],
        "more": good[:at] + b"\x00" + good[at:],
        "cut": good[:at],
    }[change]
    altered = publisher.folder / "altered.pack"
    altered.write_bytes(bad)
    with contextlib.suppress(Fault):
        # A byte that xz pads or checks with may differ: what is given must not.
        found = archive.verified(altered, publisher.keys)
        whole = archive.verified(path, publisher.keys)
        assert (found.manifest, [*found.files()]) == (whole.manifest, [*whole.files()])
    assert not place.drafts.exists()


def test_another_publisher_is_refused(place: Place, tmp_path: Path) -> None:
    """A pack that is whole, signed by a key that this program does not carry: nothing of it is read."""
    other = Publisher(tmp_path / "other")
    path = other.sign(other.tiny())
    with pytest.raises(Fault, match="n’est pas signée par l’éditeur"):
        plan(path, place)
    assert plan(path, replace(place, keys=other.folder / "keys")).brought
    assert not place.drafts.exists()


def test_a_signature_of_another_list(publisher: Publisher, place: Place) -> None:
    """The signature of one pack does not serve another."""
    first = publisher.sign(publisher.tiny(1), version="1").read_bytes()
    second = publisher.sign(publisher.tiny(2), version="2").read_bytes()
    head = len(manifest.FORMAT) + 1
    path = publisher.folder / "mixed.pack"
    path.write_bytes(second[:head] + first[head : head + 64] + second[head + 64 :])
    with pytest.raises(Fault, match="n’est pas signée"):
        plan(path, place)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"files": files(("../permanence", b""), run=True)}, "hors de sa place"),
        ({"files": files(("/etc/permanence", b""), run=True)}, "hors de sa place"),
        ({"files": files(("a/./permanence", b""))}, "hors de sa place"),
        ({"files": files(("a\\permanence", b""))}, "hors de sa place"),
        ({"files": files(("C:permanence", b""))}, "hors de sa place"),
        ({"files": files(("a/" * 20 + "b", b""))}, "hors de sa place"),
        ({"files": files(("permanence", b""), ("PERMANENCE", b""), run=True)}, "deux fois"),
        ({"files": files(("permanence", b""), ("permanence", b""), run=True)}, "deux fois"),
        ({"files": files(("permanence", b""), ("Permanence/x", b""), run=True)}, "fichier et d’un dossier"),
        ({"aliases": (Alias(path="permanence", of="permanence"),)}, "deux fois"),
        ({"aliases": (Alias(path="lien", of="/etc/passwd"),)}, "n’y est pas"),
        ({"aliases": (Alias(path="../lien", of="permanence"),)}, "hors de sa place"),
        ({"files": files(("autre", b""))}, "le programme n’y est pas"),
        ({"system": None}, "pour quel système"),
        ({"files": (PackedFile(path="permanence", size=400_000_000, sha256="0" * 64, run=True),) * 2}, "plus grande"),
        ({"files": files(*((f"f{n}", b"") for n in range(5_001)))}, "plus grande"),
        ({"format": "permanence.pack/2"}, "autre format"),
        ({"made_at": "2026-11-21T12:00:00"}, "forme attendue"),
        ({"version": "1.0-rc1"}, "forme attendue"),
        ({"kind": "conventions"}, "autre chose que des conventions"),
        ({"kind": "conventions", "files": files(("convention.toml", b""))}, "autre chose que des conventions"),
        ({"kind": "conventions", "files": files(("tiny/x.sh", b""))}, "autre chose que des conventions"),
    ],
)  # fmt: skip
def test_a_list_that_would_do_harm(publisher: Publisher, place: Place, changes: dict[str, Any], why: str) -> None:
    """Even signed: no way out of its folder, no name twice, no more than a pack may hold."""
    data = archive.packed(listed(**changes), [STARTS.encode()], secret_key(publisher.secret))
    path = publisher.folder / "harm.pack"
    path.write_bytes(data)
    with pytest.raises(Fault, match=why):
        plan(path, place)
    assert not place.drafts.exists()
    assert place.app is not None
    assert len(tree(place.app)) == 5


def test_more_than_is_listed(publisher: Publisher) -> None:
    """Bytes beyond the list, and a stream that unpacks to far more than it says, are refused without unpacking them."""
    key = secret_key(publisher.secret)
    for contents in ([STARTS.encode(), b"x"], [STARTS.encode(), b"\x00" * 50_000_000], [STARTS.encode()[:-1]], []):
        path = publisher.folder / "more.pack"
        path.write_bytes(archive.packed(listed(), contents, key))
        with pytest.raises(Fault, match=r"plus que ce que dit|a été modifié"):
            archive.verified(path, publisher.keys)


def test_older_and_equal_programs(publisher: Publisher, place: Place) -> None:
    """Neither what is older nor what is there already takes its place; 0.10 is newer than 0.9."""
    assert place.app is not None
    for version in ("0.0.9", "0.1.0", "0.1"):
        if version != "0.1":
            path = publisher.sign(publisher.program(version))
        else:
            path = publisher.write(listed(version="0.1"), archive.packed(
                listed(version="0.1"), [STARTS.encode()], secret_key(publisher.secret),
            ))  # fmt: skip
        with pytest.raises(Fault, match="n’est pas plus ancien"):
            plan(path, place)
    assert manifest.number("0.10.0") > manifest.number("0.9")
    assert manifest.number("1.0.0") == manifest.number("1")


def test_for_elsewhere(publisher: Publisher, place: Place) -> None:
    """Another system, another processor, a machine where a package installs the program, a program too old."""
    path = publisher.sign(publisher.program("0.2.0"))
    for there in (replace(place, system="windows"), replace(place, machine="aarch64")):
        with pytest.raises(Fault, match="autre système"):
            plan(path, there)
    with pytest.raises(Fault, match="pas ici"):
        plan(path, replace(place, app=None))
    needy = publisher.sign(publisher.tiny(), needs="0.3")
    with pytest.raises(Fault, match=r"demande Permanence 0\.3 ou plus récent, et celui-ci est 0\.1\.0"):
        plan(needy, place)


def test_a_wrong_convention(publisher: Publisher, place: Place) -> None:
    """A convention that this program cannot read, or whose own example is false, is not let in, nor even signed."""
    folder = publisher.tiny()
    example = """
[[examples]]
title = "Faux"
source = "leaflet"
today = 2026-02-03
dossier = { member = { birth_date = "1990-01-01" }, request = { signed_on = "2026-02-03" } }
expect = { effective_date = 2020-01-01 }
"""
    (folder / "examples.toml").write_text(example)
    with pytest.raises(Fault, match="tiny"):
        publisher.sign(folder)
    content = {f"tiny/{name}": text.encode() for name, text in {**TINY, "examples.toml": example}.items()}
    said = listed(kind="conventions", system=None, machine=None, files=files(*content.items()))
    path = publisher.write(said, archive.packed(said, content.values(), secret_key(publisher.secret)))
    with pytest.raises(Fault, match="Mise à jour refusée"):
        plan(path, place)
    other = {name.replace("tiny/", "autre/"): data for name, data in content.items() if "examples" not in name}
    said = listed(kind="conventions", system=None, machine=None, files=files(*other.items()))
    path = publisher.write(said, archive.packed(said, other.values(), secret_key(publisher.secret)))
    with pytest.raises(Fault, match="le nom de sa convention"):
        plan(path, place)
    assert not place.drafts.exists()


def test_what_cannot_be_signed(publisher: Publisher, tmp_path: Path) -> None:
    """An empty folder, a link that leads away, a key that is none."""
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(Fault, match="ni un programme de make frozen, ni une convention"):
        publisher.sign(empty)
    leading = publisher.program("0.3.0")
    (leading / "away").symlink_to("/etc/hostname")
    with pytest.raises(Fault, match="mène hors de son dossier"):
        publisher.sign(leading)
    with pytest.raises(Fault, match="n’est pas une clé secrète"):
        secret_key(publisher.public)
    shutil.copy(publisher.secret, publisher.public)
    with pytest.raises(Fault, match="n’est pas une clé publique"):
        _ = publisher.keys
