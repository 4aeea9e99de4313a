"""The door: verbs import no Qt, and a display that is missing or dead is one French line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from forms.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

VERBS = "conventions, schema, quote, check, print ou convention check"


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a user would, with these variables only, and a time limit."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "SYSTEMROOT"}}
    return subprocess.run(
        [sys.executable, *command],
        env={**kept, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
@pytest.mark.parametrize(
    ("environment", "begins"),
    [
        ({}, "Permanence ne trouve aucun écran. "),
        ({"DISPLAY": ":99"}, "L’écran ne répond pas"),
        ({"WAYLAND_DISPLAY": "nowhere-0", "XDG_RUNTIME_DIR": tempfile.gettempdir()}, "L’écran ne répond pas"),
        ({"QT_QPA_PLATFORM": "nothing"}, "L’écran ne répond pas"),
    ],
    ids=["none", "dead X", "dead Wayland", "unknown platform"],
)
def test_no_display_is_one_french_line(environment: dict[str, str], begins: str) -> None:
    """Whatever the display lacks, one line says so and names the verbs that need none; no core is dumped."""
    done = run("-m", "desktop", **environment)
    lines = done.stderr.strip().splitlines()
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith((begins, "Il manque libxcb-cursor"))
    assert VERBS in lines[0]


def test_a_verb_imports_no_qt() -> None:
    """The command line works where Qt cannot even be loaded, and does not pay for it."""
    code = (
        "import sys; from desktop.__main__ import main; code = main(['conventions']); "
        "sys.exit(code or any(name.startswith(('PySide6', 'shiboken6')) for name in sys.modules))"
    )
    done = run("-c", code)
    assert (done.returncode, done.stderr) == (0, "")
    assert "cdg62-mnt" in done.stdout


def test_a_verb_knows_the_users_conventions_and_makes_no_folder(tmp_path: Path) -> None:
    """What the user put beside the drafts is listed; asking makes nothing."""
    home = tmp_path / "home"
    assert run("-m", "desktop", "conventions", PERMANENCE_HOME=str(home)).returncode == 0
    assert not home.exists()
    shutil.copytree(resource("conventions", "cdg62-mnt"), home / "conventions" / "cdg62-mnt")
    told = home / "conventions" / "cdg62-mnt" / "convention.toml"
    told.write_text(told.read_text(encoding="utf-8").replace('"cdg62-mnt"', '"cdg99-essai"'), encoding="utf-8")
    done = run("-m", "desktop", "conventions", PERMANENCE_HOME=str(home))
    assert "cdg99-essai" in done.stdout, done.stderr
    assert "cdg62-mnt" in done.stdout


def test_help_is_french() -> None:
    """``--help`` needs no display either."""
    done = run("-m", "desktop", "--help")
    assert done.returncode == 0
    assert "convention" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_dossier_file_goes_to_the_window(tmp_path: Path) -> None:
    """One file alone, by its name or its address, opens the window; one that is not there is one line, and 1."""
    path = tmp_path / "famille été.permanence.json"
    path.write_text("{}", encoding="utf-8")
    (tmp_path / "autre.json").write_text("{}", encoding="utf-8")
    for word in (str(path), path.as_uri(), str(tmp_path / "autre.json")):
        done = run("-m", "desktop", word, PERMANENCE_HOME=str(tmp_path / "home"))
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("Permanence ne trouve aucun écran. "), word
    for word, why in (
        (f"{path.with_name('none')}.permanence.json", "n’existe pas"),
        (f"{tmp_path}.permanence.json", ""),
    ):
        done = run("-m", "desktop", word)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
        assert why in done.stderr
    assert run("-m", "desktop", "file://ailleurs/x").returncode == 1
    # Anything else is a verb, right or wrong.
    assert run("-m", "desktop", "famille").returncode == 2
    assert run("-m", "desktop", str(path), str(path)).returncode == 2
