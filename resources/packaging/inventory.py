"""What a frozen folder ships: its licences (THIRD-PARTY.txt) and its bill of materials (CycloneDX).

The distributions say most of it (their metadata, licence files and own bills); natives.toml says what wheels carry
inside without saying so; Debian says the rest of the libraries that were taken from the machine.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import importlib.metadata
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlcipher3

HERE = Path(__file__).parent
LICENCES, BILL = "THIRD-PARTY.txt", "permanence.cdx.json"

# How a distribution calls its licence, and what SPDX calls it.
_SPDX = {
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
    "PSFL": "PSF-2.0",
    "zlib/libpng License": "Zlib",
    "LGPL": "LGPL-2.1-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}


@dataclass
class Component:
    """A piece of somebody else's: ``texts`` are its licences in full."""

    name: str
    version: str
    purl: str
    licence: str
    texts: list[str] = field(default_factory=list)
    inside: list[dict[str, Any]] = field(default_factory=list)


def keep(target: Path, entries: Iterable[Sequence[str]]) -> None:
    """Write down what PyInstaller collected (name in the folder, source, kind), for ``write``."""
    target.write_text(json.dumps([list(entry[:3]) for entry in entries]), encoding="utf-8")


def write(folder: Path, shipped: Path) -> None:
    """Write both files into a frozen folder, about what is in it now: a package may have left libraries out."""
    content = folder / "_internal"
    entries = [
        (name, Path(source))
        for name, source, kind in json.loads(shipped.read_text(encoding="utf-8"))
        if kind == "PYMODULE" or (kind != "SYMLINK" and (content / name).exists())
    ]
    found = sorted(components(entries), key=lambda component: (component.name.lower(), component.version))
    (folder / LICENCES).write_text(licences(found), encoding="utf-8")
    (folder / BILL).write_text(json.dumps(bill(found), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def components(entries: Sequence[tuple[str, Path]]) -> list[Component]:
    """Give what the entries (name in the folder, source) come from.

    Raises:
        LookupError: a file comes from nowhere known.
    """
    owners = {
        str(path.locate()): distribution
        for distribution in importlib.metadata.distributions()
        for path in distribution.files or ()
    }
    stdlib = {Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib")}
    used, unknown = {"pyinstaller": importlib.metadata.distribution("pyinstaller")}, []
    ours = HERE.parents[1]
    # The bootloader comes from PyInstaller; Python's own library is taken along whole.
    for name, source in entries:
        owner = owners.get(str(source))
        if owner is not None:
            used[owner.name.lower()] = owner
        elif not (
            any(source.resolve().is_relative_to(folder) for folder in stdlib)
            or re.match(r"(lib)?python3", name)
            or (source.is_relative_to(ours) and ".venv-build" not in source.parts)
            or ".dist-info" in name
        ):
            unknown.append(source)
    used.pop("permanence", None)
    rules = tomllib.loads((HERE / "natives.toml").read_text(encoding="utf-8"))
    return [
        _python(),
        *(_distribution(owner, rules) for owner in used.values()),
        *(native for rule in rules["native"] for native in _natives(rule, entries)),
        *_machine(unknown),
    ]


def _python() -> Component:
    places = (Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt"))
    texts = [_text(place) for place in places if place.is_file()][:1]
    version = platform.python_version()
    return Component("Python", version, f"pkg:generic/python@{version}", "PSF-2.0", texts)


def _distribution(owner: importlib.metadata.Distribution, rules: dict[str, Any]) -> Component:
    # A message, of which typeshed shows less than there is.
    said: Any = owner.metadata
    name = re.sub(r"[-_.]+", "-", owner.name).lower()
    classifiers = (line.rpartition(" :: ")[2] for line in said.get_all("Classifier", ()) if line.startswith("License"))
    licence = rules["licences"].get(name) or said.get("License-Expression") or _SPDX.get(said.get("License", ""))
    if licence is None:
        short = said.get("License", "") if len(said.get("License", "")) < 100 else ""  # noqa: PLR2004 - else its text
        named = next(iter(classifiers), "")
        licence = _SPDX.get(named) or short or named
    files = [path for path in owner.files or () if ".dist-info" in str(path)]
    texts = [
        _text(Path(path.locate()))
        for path in sorted(files, key=str)
        if re.search(r"(?i)/licen[cs]es?/|/(licen[cs]e|copying|notice|authors)[^/]*$", str(path))
    ]
    inside = [
        {key: value for key, value in part.items() if key in {"type", "name", "version", "licenses", "purl", "hashes"}}
        for path in sorted(files, key=str)
        if "/sboms/" in str(path)
        for part in json.loads(path.read_text(encoding="utf-8")).get("components", ())
        if part["name"] not in rules["left_out"].get(name, ())
    ]
    return Component(owner.name, owner.version, f"pkg:pypi/{name}@{owner.version}", licence, texts, inside)


def _text(path: Path) -> str:
    """Give the text of a licence, in UTF-8 or in the Latin-1 of old ones."""
    content = path.read_bytes()
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _natives(rule: dict[str, Any], entries: Sequence[tuple[str, Path]]) -> Iterable[Component]:
    source = next((source for name, source in entries if fnmatch.fnmatch(name, rule["file"])), None)
    if source is None:
        return
    if "version_of" in rule:
        version = importlib.metadata.version(rule["version_of"])
    elif "version_sql" in rule:
        version = sqlcipher3.connect(":memory:").execute(rule["version_sql"]).fetchone()[0].split()[0]
    else:
        searched = source.name.encode() + b"\0" + source.read_bytes()
        match = re.search(rule["version"].encode(), searched, re.DOTALL)
        version = ".".join(group.decode().replace("\0", "") for group in match.groups()) if match else ""
    texts = [(HERE / "licences" / text).read_text(encoding="utf-8") for text in rule.get("texts", ())]
    short = rule["name"].lower().replace(" ", "-")
    yield Component(rule["name"], version, f"pkg:generic/{short}@{version}", rule["licence"], texts)


def _machine(sources: Sequence[Path]) -> Iterable[Component]:
    """Give the packages of Debian that the libraries of the machine come from.

    Raises:
        LookupError: one comes from no package.
    """
    packages = {}
    for source in sources:
        package = package_of(source)
        if package is None:
            if shutil.which("dpkg-query"):
                raise LookupError(f"{source}: from no distribution and no package")
            # Windows and macOS: their own libraries, under their own terms.
            packages[source.name] = Component(source.name, "", f"pkg:generic/{source.name}", "of the system")
            continue
        wanted = ("dpkg-query", "--show", "--showformat", "${Version} ${Architecture}", package)
        version, architecture = _answer(*wanted).split()
        plain = package.partition(":")[0]
        text = _text(Path("/usr/share/doc", plain, "copyright"))
        named = sorted(set(re.findall(r"(?m)^License:[ \t]*(\S.*)$", text)))
        purl = f"pkg:deb/debian/{plain}@{version}?arch={architecture}"
        packages[plain] = Component(plain, version, purl, "; ".join(named) or "as in its text", [text])
    return packages.values()


def package_of(source: Path) -> str | None:
    """Give the name of the Debian package that a file comes from."""
    if not shutil.which("dpkg-query"):
        return None
    real = str(source.resolve())
    # Debian moved its libraries under /usr, and its database does not know of all.
    for path in (str(source), real, real.removeprefix("/usr"), "/usr" + str(source)):
        answer = _answer("dpkg-query", "--search", path)
        if answer:
            return answer.splitlines()[0].rpartition(": ")[0].split(", ")[0]
    return None


def _answer(*command: str) -> str:
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout


def licences(found: Sequence[Component]) -> str:
    """Give the page of licences: a line a component, then each text once."""
    lines = [
        "Permanence est livré avec les logiciels ci-dessous, chacun sous sa propre licence.",
        f"La même liste, pour une machine : {BILL} (CycloneDX).",
        "Qt et PySide6 (LGPL) sont des bibliothèques séparées du programme : on peut les remplacer par les siennes.",
        "",
    ]
    texts: dict[str, list[str]] = {}
    for component in found:
        lines.append(f"- {component.name} {component.version} : {component.licence}".replace("  ", " "))
        lines += [
            f"    - {part['name']} {part.get('version', '')} : {_said(part)}".rstrip(" :") for part in component.inside
        ]
        for text in component.texts:
            texts.setdefault(text.strip(), []).append(component.name)
    for text, names in texts.items():
        lines += ["", "=" * 100, ", ".join(dict.fromkeys(names)), "=" * 100, "", text]
    return "\n".join(lines) + "\n"


def _said(part: dict[str, Any]) -> str:
    said = [entry.get("expression") or entry["license"].get("id") or entry["license"]["name"]
            for entry in part.get("licenses", ())]  # fmt: skip
    return " et ".join(said)


def bill(found: Sequence[Component]) -> dict[str, Any]:
    """Give the CycloneDX bill of materials, the same for the same content."""
    project = tomllib.loads((HERE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    root = {
        "type": "application",
        "bom-ref": "permanence",
        "name": project["name"],
        "version": project["version"],
        "description": project["description"],
    }
    listed = [
        {
            "type": "library",
            "bom-ref": component.purl,
            "name": component.name,
            "version": component.version,
            "licenses": [_licence(component.licence)],
            "purl": component.purl,
            **({"components": [{"type": "library"} | part for part in component.inside]} if component.inside else {}),
        }
        for component in found
    ]
    metadata: dict[str, Any] = {"component": root}
    if "SOURCE_DATE_EPOCH" in os.environ:
        built = dt.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), dt.UTC)
        metadata = {"timestamp": built.strftime("%Y-%m-%dT%H:%M:%SZ"), **metadata}
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([root, listed], sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": metadata,
        "components": listed,
        "dependencies": [{"ref": "permanence", "dependsOn": [part["bom-ref"] for part in listed]}],
    }


def _licence(said: str) -> dict[str, Any]:
    """Give it as an SPDX expression where it is one, else by its name."""
    word = r"\(?[A-Za-z0-9][A-Za-z0-9.+-]*\)?"
    if re.fullmatch(rf"{word}(?: (?:AND|OR|WITH) {word})*", said) and said != "blessing":
        return {"expression": said}
    return {"license": {"name": said}}
