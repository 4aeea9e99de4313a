"""The frozen folder that `make frozen` leaves: it starts, and holds neither more nor less than it should."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.making import DOSSIERS

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[2] / "build" / "frozen" / "permanence"


def names() -> set[str]:
    """Give the names of all that the folder holds."""
    return {path.name for path in FOLDER.rglob("*")}


def permanence(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the frozen program."""
    return subprocess.run(
        [FOLDER / "permanence", *words],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_dossier_is_checked_and_printed(tmp_path: Path) -> None:
    """The complete family passes ``check`` and comes out as a PDF that holds its names."""
    family = str(DOSSIERS / "cdg62-family.json")
    checked = permanence("check", family, "--json", "--today", "2026-02-03")
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout)["printable"] is True
    printed = permanence("print", family, "-o", str(tmp_path / "out.pdf"), "--today", "2026-02-03")
    assert printed.returncode == 0, printed.stderr
    text = subprocess.run(["pdftotext", tmp_path / "out.pdf", "-"], capture_output=True, encoding="utf-8", check=True)
    assert "Roy-Delattre" in text.stdout
    assert "136,78" in text.stdout


def test_the_window_opens_and_stays(tmp_path: Path) -> None:
    """Off screen, with an empty home, the program is still open after some seconds and has nothing to complain of."""
    with pytest.raises(subprocess.TimeoutExpired) as still_open:
        subprocess.run(
            [FOLDER / "permanence"],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PERMANENCE_HOME": str(tmp_path)},
            capture_output=True,
            timeout=6,
            check=False,
        )
    assert not still_open.value.stderr


def test_doctor_finds_everything() -> None:
    """The version of each library is known, the cipher answers, the fonts and a convention are there."""
    done = permanence("doctor")
    assert done.returncode == 0
    assert "inconnue\n" not in done.stdout
    assert "SQLCipher" in done.stdout
    assert "SourceSans3-Regular.ttf" in done.stdout
    assert "cdg62-mnt" in done.stdout


def test_qt_speaks_french_and_only_french() -> None:
    """Qt's own buttons have their French translation."""
    assert {name for name in names() if name.endswith(".qm")} == {"qtbase_fr.qm"}


def test_pillow_keeps_its_libraries() -> None:
    """What leaves the system's libraries out spares those of Pillow, which have nearly the same names."""
    assert any(name.startswith("libjpeg-") for name in names())


def test_weight() -> None:
    """The folder weighs what it did (163 MB) or thereabouts: a new hook has brought nothing in."""
    weight = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink())
    assert weight < 190_000_000
    assert not {name for name in names() if name.startswith(("libQt6Network", "libQt6Qml", "numpy"))}
