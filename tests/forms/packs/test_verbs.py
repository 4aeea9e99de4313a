"""`permanence pack`: what each verb prints and answers, from a folder to a machine and back."""

from __future__ import annotations

import importlib
import json
import shutil
import stat
from typing import TYPE_CHECKING

import pytest

from forms import doctor
from forms.cli import main
from forms.packs.keys import PROVISIONAL, public_key, public_keys
from forms.packs.place import here
from forms.resources import resource
from tests.forms.packs.publisher import NOW, Publisher, tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from forms.packs.place import Place

    Run = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, place: Place) -> Run:
    """Run a verb on the machine of the test."""
    monkeypatch.setattr("forms.packs.place.here", lambda: place)

    def runs(*words: object) -> tuple[int, str, list[str]]:
        code = main(["pack", *map(str, words)], today=NOW.date, now=lambda: NOW)
        said = capsys.readouterr()
        return code, said.out, said.err.splitlines()

    return runs


def test_from_keys_to_a_step_back(run: Run, publisher: Publisher, place: Place, tmp_path: Path) -> None:
    """A pair is drawn once and kept closed; what it signs is verified, installed where it is trusted, and undone."""
    secret = tmp_path / "editeur"
    code, out, _ = run("keys", "-o", secret)
    assert code == 0
    assert public_key(tmp_path / "editeur.pub").fingerprint in out
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert run("keys", "-o", secret)[0] == 1

    stick = tmp_path / "conventions.pack"
    signing = ("sign", publisher.tiny(), "--key", secret, "-o", stick, "--version", "2026.12")
    assert run(*signing)[0] == 0
    first = stick.read_bytes()
    assert run(*signing)[0] == 0
    assert stick.read_bytes() == first

    code, _, err = run("install", stick)
    assert (code, len(err)) == (1, 1)
    assert "n’est pas signée par l’éditeur" in err[0]
    assert not place.drafts.exists()
    code, out, _ = run("verify", stick, "--public", tmp_path / "editeur.pub")
    assert code == 0
    assert "Convention inventée" in out
    (tmp_path / "editeur.pub").rename(place.keys / "editeur.pub")

    code, out, _ = run("install", stick)
    assert code == 0
    assert "Signée par « editeur »" in out
    assert "rouvrez-le" in out
    assert "(permanence pack back --conventions)" in out
    code, out, _ = run("install", stick)
    assert code == 0
    assert "rien n’a été changé" in out
    code, out, _ = run("back", "--conventions")
    assert (code, "2026.12" in out) == (0, True)
    assert run("back", "--conventions")[0] == 1


def test_verify_answers_for_programs(run: Run, publisher: Publisher, place: Place) -> None:
    """JSON of what a pack says; one that does not suit this machine is whole all the same, and says so."""
    path = publisher.sign(publisher.program("0.0.9"))
    code, out, _ = run("verify", path, "--json")
    said = json.loads(out)
    assert code == 0
    assert (said["kind"], said["version"], said["system"], said["signer"]) == ("program", "0.0.9", "linux", "essai")
    assert "n’est pas plus ancien" in said["refused_here"]
    before = tree(place.drafts.parent)
    code, _, err = run("install", path)
    assert (code, len(err)) == (1, 1)
    assert tree(place.drafts.parent) == before
    path.write_bytes(path.read_bytes()[:-9])
    assert run("verify", path)[0] == 1


def test_a_program_and_back(run: Run, publisher: Publisher) -> None:
    """What starts next is said, and after a step back too."""
    path = publisher.sign(publisher.program("0.2.0"))
    code, out, _ = run("install", path)
    assert (code, "0.2.0 démarrera" in out) == (0, True)
    code, out, _ = run("back")
    assert (code, "0.1.0 démarrera" in out) == (0, True)
    assert run("back")[0] == 1


def test_called_wrongly(run: Run, publisher: Publisher) -> None:
    """2 for what cannot be understood, 1 for a file that is not there, one line each."""
    for words, code in (
        (("sign", publisher.tiny()), 2),
        (("sign", publisher.tiny(), "--key", publisher.secret, "-o", "x", "--version", "1.0-rc1"), 2),
        (("install",), 2),
        (("install", publisher.folder / "none.pack"), 1),
        (("install", publisher.public), 1),
    ):
        found, _, err = run(*words)
        assert (found, len(err)) == (code, 1)


def test_the_program_carries_a_public_key_and_no_secret() -> None:
    """Whoever publishes replaces it; a clock is never asked for."""
    assert len(public_keys(resource("packs"))) == 1
    for path in resource("packs").iterdir():
        assert "permanence-secret-key " not in path.read_text(encoding="utf-8")
    assert here().version
    assert here().app is None


def test_a_provisional_key_is_said_and_refuses_a_release(
    publisher: Publisher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`doctor` says it, the making of a package warns, and one that is made to be released is not made."""
    monkeypatch.syspath_prepend(resource("packaging"))
    check = importlib.import_module("publisher").check
    keys = tmp_path / "_internal/resources/packs"
    shutil.copytree(publisher.public.parent, keys)
    monkeypatch.setattr(doctor, "resource", lambda *_: keys)
    monkeypatch.setenv("RELEASE", "1")
    assert "clé provisoire" not in doctor._publishers()
    check(tmp_path)
    publisher.public.rename(keys / f"{PROVISIONAL}.pub")
    assert "clé provisoire" in doctor._publishers()
    with pytest.raises(SystemExit, match="clé provisoire"):
        check(tmp_path)
    monkeypatch.delenv("RELEASE")
    check(tmp_path)
    assert "clé provisoire" in capsys.readouterr().err
