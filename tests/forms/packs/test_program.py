"""A program that a pack brings: beside the old one, tried, then started next; cut anywhere, one of the two starts."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from forms.drafts.lock import FolderLock
from forms.faults import Fault
from forms.packs import installing, program
from forms.packs.place import CURRENT, app_of
from tests.forms.drafts.test_cuts import cut_everywhere
from tests.forms.packs.publisher import NOW, STARTS, Publisher, installed_program, tree

if TYPE_CHECKING:
    from forms.packs.place import Place

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="install.sh lays programs out for Linux")


def bring(publisher: Publisher, place: Place, version: str, starter: str = STARTS) -> None:
    """Sign a program and install it."""
    installing.installed(installing.planned(publisher.sign(publisher.program(version, starter)), place, NOW))


def starts(app: Path) -> str:
    """Give the version that starts, once it has."""
    subprocess.run([app / CURRENT / "permanence", "doctor"], check=True, capture_output=True)
    (name,) = (path.name for path in (app / CURRENT / "_internal").glob("*.dist-info"))
    assert (app / CURRENT / "_internal/libchose.so").read_bytes() == (
        app / CURRENT / "_internal/lib/libchose.so.1"
    ).read_bytes()
    return name.removeprefix("permanence-").removesuffix(".dist-info")


def app_in(place: Place) -> Path:
    """Give the folder of the versions."""
    assert place.app is not None
    return place.app


def test_installed_and_undone(publisher: Publisher, place: Place) -> None:
    """The new one starts, one before stays, older ones go; one step back, then the same pack again."""
    app = app_in(place)
    for version in ("0.2.0", "0.10.0"):
        bring(publisher, place, version)
        assert starts(app) == version
    assert {path.name for path in app.iterdir()} == {"0.2.0", "0.10.0", CURRENT, "permanence.lock"}
    assert (app / "0.10.0/permanence").stat().st_mode & 0o777 == 0o755
    assert (app / "0.10.0/_internal/libchose.so").samefile(app / "0.10.0/_internal/lib/libchose.so.1")
    assert program.back(app) == "0.2.0"
    assert starts(app) == "0.2.0"
    with pytest.raises(Fault, match=r"Aucune version d’avant 0\.2\.0"):
        program.back(app)
    installing.installed(installing.planned(publisher.folder / "program-0.10.0.pack", place, NOW))
    assert starts(app) == "0.10.0"


def test_one_that_does_not_start(publisher: Publisher, place: Place) -> None:
    """It is tried before it takes the other's place: nothing has changed."""
    before = tree(app_in(place))
    with pytest.raises(Fault, match="ne démarre pas sur ce poste"):
        bring(publisher, place, "0.2.0", "#!/bin/sh\nexit 3\n")
    assert tree(app_in(place)) == before


def test_two_updates_at_once(publisher: Publisher, place: Place) -> None:
    """The second waits its turn, in one line."""
    lock = FolderLock(app_in(place))
    with pytest.raises(Fault, match="Une autre mise à jour est en cours"):
        bring(publisher, place, "0.2.0")
    lock.release()


def test_a_full_disk(publisher: Publisher, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit is said before it is written."""
    before = tree(app_in(place))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=10))
    with pytest.raises(Fault, match="manque de la place"):
        bring(publisher, place, "0.2.0")
    assert tree(app_in(place)) == before


def test_a_cut_leaves_a_program_that_starts(publisher: Publisher, place: Place) -> None:
    """Cut before each write: the old one or the new one starts, whole; the same pack ends it; one step back is."""
    plan = installing.planned(publisher.sign(publisher.program("0.2.0")), place, NOW)
    seen = []

    def work(copy: Path) -> None:
        installing.installed(replace(plan, place=replace(place, app=copy)))

    for after in cut_everywhere(app_in(place), work):
        here = replace(place, app=after)
        seen.append(starts(after))
        if seen[-1] == "0.1.0":
            installing.installed(installing.planned(publisher.folder / "program-0.2.0.pack", here, NOW))
        assert starts(after) == "0.2.0"
        assert program.back(after) == "0.1.0"
        assert starts(after) == "0.1.0"
        assert not [path for path in after.iterdir() if path.name.startswith(".")]
    assert seen == sorted(seen)
    assert set(seen) == {"0.1.0", "0.2.0"}


def test_a_cut_of_a_step_back(publisher: Publisher, place: Place) -> None:
    """One link changes, in one go."""
    bring(publisher, place, "0.2.0")
    seen = [starts(after) for after in cut_everywhere(app_in(place), program.back)]
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == {"0.1.0", "0.2.0"}


def test_where_a_program_is_installed(tmp_path: Path) -> None:
    """Under install.sh's link there is a place; under /usr it is the package's; from the sources, neither."""
    app = installed_program(tmp_path / "app", "0.1.0")
    for executable in (app / "0.1.0/permanence", app / CURRENT / "permanence"):
        assert app_of(executable, frozen=True) == (app, "")
    assert "par ce paquet" in app_of(Path("/usr/lib/permanence/permanence"), frozen=True)[1]
    assert app_of(Path(sys.executable), frozen=False)[0] is None
