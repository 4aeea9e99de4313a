"""What the tests of packs share: a publisher with keys of their own, a machine, conventions and programs to carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.forms.packs.publisher import VERSION, Publisher, installed_program

if TYPE_CHECKING:
    from pathlib import Path

    from forms.packs.place import Place


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """Somebody who signs."""
    return Publisher(tmp_path / "publisher")


@pytest.fixture
def place(tmp_path: Path, publisher: Publisher) -> Place:
    """A machine with a per-user program, which trusts the publisher."""
    return publisher.place(tmp_path / "user", installed_program(tmp_path / "app", VERSION))
