"""What the tests of drafts share: invented people, a key, a clock that is told, folders that fail."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from forms.dossier.model import Beneficiary, Dossier, Employer, Member, PreviousContract
from forms.drafts.draft import Draft
from forms.drafts.store import DraftStore
from tests.forms.drafts.invented import KEY, NIR, NOON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def draft() -> Draft:
    """Élodie Lefèvre's draft, 7K3M-Q2XD."""
    dossier = Dossier(
        reference="7K3M-Q2XD",
        convention="cdg62-mnt",
        employer=Employer(name="Mairie de Béthune"),
        member=Member(birth_name="Lefèvre", used_name="Nuñez", first_name="Élodie", nir=NIR, staff_number="A-10442"),
        beneficiaries=(Beneficiary(relation="child", first_name="Zoé", birth_date=dt.date(2012, 7, 14)),),
        previous_contract=PreviousContract(),
        unread={"member.birth_date": "2 mai 84 ?"},
    )
    return Draft("7K3M-Q2XD", dossier, "e" * 64, "draft", "member", "member.nir", 1, NOON, NOON)


@pytest.fixture
def named(draft: Draft) -> Callable[[str, str], Draft]:
    """Make a draft of this reference and birth name."""

    def make(reference: str, name: str) -> Draft:
        member = Member(birth_name=name)
        return Draft(reference, Dossier(member=member), "", "draft", "", "", 1, draft.created_at, draft.saved_at)

    return make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of drafts that is not made yet."""
    return tmp_path / "permanence"


@pytest.fixture
def store(folder: Path) -> Iterator[DraftStore]:
    """An empty store."""
    store = DraftStore(folder, KEY)
    yield store
    store.close()


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder in which this process cannot write: root gives its rights up, for it writes anywhere."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    here = os.open(folder, os.O_RDONLY)
    with contextlib.ExitStack() as after:
        after.callback(os.close, here)
        if os.geteuid() == 0:
            # pytest's own folders are closed to others: reached through a door that is already open.
            folder = Path(f"/proc/self/fd/{here}")
            folder.chmod(0o755)
            after.callback(os.seteuid, 0)
            os.seteuid(65534)
        else:
            after.callback(folder.chmod, 0o700)
            folder.chmod(0o500)
        yield folder


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 1 MB, where one can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    may = sys.platform == "linux" and os.geteuid() == 0
    if not may or not _run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk):
        pytest.skip("no disk can be mounted here")
    yield disk
    _run("umount", "-l", disk)


def _run(*command: str | Path) -> bool:
    return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode == 0
