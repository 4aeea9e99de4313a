"""What holds for every test: off screen, off line, away from the user's own folders."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("house", deadline=None, max_examples=60, print_blob=True)
settings.load_profile("house")

_OUTSIDE = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_NAMES = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def refuse_network(event: str, args: tuple[object, ...]) -> None:
    """Refuse what leaves the machine or asks for a name; the machine's own sockets (AF_UNIX) are let through.

    It sees this process and Python only: `unshare -n` is the proof for Qt and for the program itself.
    """
    if event in _NAMES:
        raise OfflineError(event)
    if event in _OUTSIDE and getattr(args[0], "family", None) in {socket.AF_INET, socket.AF_INET6}:
        raise OfflineError(event)


class OfflineError(RuntimeError):
    """Something reached for the network."""


# There is no taking an audit hook back: it holds until the last test.
sys.addaudithook(refuse_network)


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the drafts and settings of whoever runs the tests out of their reach."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        yield


@pytest.fixture
def quick_vault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the smallest Argon2 that a key file may ask for."""
    monkeypatch.setattr("forms.drafts.vault.MEMORY_KIB", 8 * 1024)
    monkeypatch.setattr("forms.drafts.vault.ITERATIONS", 1)
    monkeypatch.setattr("forms.drafts.vault.LANES", 1)
