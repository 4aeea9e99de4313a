"""One French page on what this machine offers: versions, cipher, fonts, printers, libraries."""

from __future__ import annotations

import ctypes.util
import datetime as dt
import importlib.metadata
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator

from forms.convention import library
from forms.drafts.cipher import cipher_version
from forms.faults import Fault
from forms.french import long_date, time_of
from forms.packs.keys import PROVISIONAL, public_keys
from forms.resources import resource

_PACKAGES = (
    "PySide6_Essentials", "sqlite-utils", "sqlcipher3", "reportlab", "pydantic", "python-stdnum", "zxing-cpp",
    "pypdfium2", "cryptography",
)  # fmt: skip
_LIBRARIES = {
    "EGL": "fenêtre",
    "GL": "fenêtre",
    "fontconfig": "fenêtre",
    "xkbcommon": "clavier",
    "dbus-1": "bureau",
    "xcb-cursor": "écran X",
    "cups": "imprimantes",
}
_TIMEOUT = 5


def page(now: dt.datetime) -> Iterator[str]:
    """Give the page line by line; what cannot be found is said, nothing raises."""
    yield f"Permanence {_version('permanence')}, le {long_date(now.date())} à {time_of(now)}"
    yield f"Python {platform.python_version()}, {platform.system()} {platform.release()}, {platform.machine()}"
    for package in _PACKAGES:
        yield f"  {package} : {_version(package)}"
    yield f"Chiffrement des brouillons : {_cipher()}"
    fonts = sorted(path.name for path in resource("fonts").glob("*.ttf"))
    yield f"Polices : {', '.join(fonts) or 'aucune, le programme est incomplet'}"
    found = library()
    yield f"Conventions : {', '.join(f'{c.id} ({c.edition})' for c in found.conventions)}"
    yield from found.notes
    yield f"Mises à jour signées par : {_publishers()}"
    yield f"Imprimantes : {_printers()}"
    if sys.platform == "linux":
        for name, use in _LIBRARIES.items():
            yield f"  {name} ({use}) : {'présente' if ctypes.util.find_library(name) else 'absente'}"


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "version inconnue"


def _cipher() -> str:
    try:
        return f"SQLCipher {cipher_version()}"
    except Fault as fault:
        return str(fault)


def _publishers() -> str:
    try:
        keys = public_keys(resource("packs"))
    except Fault as fault:
        return str(fault)
    said = ", ".join(f"{key.name} ({key.fingerprint})" for key in keys) or "personne"
    if any(key.name == PROVISIONAL for key in keys):
        said += " ; clé provisoire : cette version n’est pas à diffuser, et rien ne peut la mettre à jour"
    return said


def _printers() -> str:
    command = shutil.which("lpstat")
    if command is None:
        return "inconnues d’ici (lpstat est absent) ; la boîte d’impression du système les montre"
    try:
        found = subprocess.run([command, "-e"], capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "le service d’impression ne répond pas"
    return ", ".join(found.stdout.split()) or "aucune"
