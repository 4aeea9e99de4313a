"""The frozen folder that `make frozen` leaves: it starts, and holds neither more nor less than it should."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
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
    # Said by the offscreen platform of each window with a least size.
    lines = (still_open.value.stderr or b"").decode().splitlines()
    assert not [line for line in lines if "does not support propagateSizeHints" not in line]


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
    """The folder weighs under 140 MB (it was 138): a new hook has brought nothing in."""
    weight = sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file() and not path.is_symlink())
    assert weight < 140_000_000
    assert not {name for name in names() if name.startswith(("libQt6Network", "libQt6Qml", "numpy", "_avif"))}


FRENCH = """
from PySide6.QtCore import QCollator, QDate, QDateTime, QLocale, QStringDecoder, Qt, QTimeZone
french = QLocale(QLocale.Language.French, QLocale.Country.France)
QLocale.setDefault(french)
sorting = QCollator(french)
print(sorted("côté cote coté côte Élodie Zoé eau œuvre oeuvre oeuf ÿ ß ss Łucja".split(), key=sorting.sortKey))
sorting.setNumericMode(True)
sorting.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
print(sorting.compare("a10", "A9"), sorting.compare("É", "é"))
print(french.toUpper("straße élodie œ"), french.toLower("ÉŒ"), french.toString(QDate(2026, 2, 3)))
paris = QTimeZone(b"Europe/Paris")
print(paris.displayName(QTimeZone.TimeType.StandardTime, QTimeZone.NameType.LongName, french))
print(paris.offsetFromUtc(QDateTime(2026, 7, 1, 0, 0, 0)))
for name in ("ISO-8859-15", "windows-1252", "UTF-8"):
    print(name, QStringDecoder(name).isValid())
print(next(line.split()[-1] for line in open("/proc/self/maps") if "libicudata" in line))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Qt brings ICU along on Linux only")
def test_less_icu_is_the_same_french() -> None:
    """Sorting, capitals, zones, encodings: what is left of ICU's data answers as all of it does."""
    (data,) = (path for path in FOLDER.rglob("libicudata.so.*") if not path.is_symlink())
    assert data.stat().st_size < 5_000_000
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        shutil.copy(data, folder)
        whole, cut = (
            subprocess.run(
                [sys.executable, "-c", FRENCH],
                env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=True, timeout=60,
            ).stdout.splitlines()
            for environment in ({}, {"LD_LIBRARY_PATH": folder})
        )  # fmt: skip
    assert [lines[-1].startswith(folder) for lines in (whole, cut)] == [False, True]
    assert cut[:-1] == whole[:-1]


def test_what_is_shipped_is_said() -> None:
    """Each piece has a version and a licence in the bill, those that hide in wheels too, and the texts come along."""
    bill = json.loads((FOLDER / "permanence.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "permanence")
    components = {part["name"]: part for part in bill["components"]}
    assert {"Python", "Qt", "ICU", "SQLCipher", "SQLite", "OpenSSL", "PDFium", "Source Sans 3"} < set(components)
    for part in components.values():
        assert part["version"], part
        (licence,) = part["licenses"]
        assert licence.get("expression") or licence["license"]["name"], part
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(set(references)) == len(references)
    assert bill["dependencies"][0]["dependsOn"] == references
    inside = {part["name"] for part in components["pillow"]["components"]}
    assert "OpenJPEG" in inside
    assert "libavif" not in inside
    texts = (FOLDER / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    for words in ("ZETETIC LLC", "GNU LESSER GENERAL PUBLIC LICENSE", "PYTHON SOFTWARE FOUNDATION", "ReportLab"):
        assert words in texts
    shipped = {folder.name.partition("-")[0] for folder in FOLDER.glob("_internal/*.dist-info")} - {"permanence"}
    assert {name.lower().replace("-", "_") for name in components} >= {name.lower() for name in shipped}
