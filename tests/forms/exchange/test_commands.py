"""The errands of the command line, from files: a dry run writes nothing, receiving twice changes nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from forms.exchange.commands import identity_of, receive, run_dry
from forms.exchange.keys import new_identity
from forms.exchange.transfer import Parcel, pack_transfer
from forms.faults import Fault
from tests.forms.exchange.rosters import semicolons
from tests.making import TODAY, alone, read

MADE = dt.datetime(2026, 2, 3, 17, 30, tzinfo=dt.UTC)


def test_a_file_is_run_dry(tmp_path: Path) -> None:
    """Five agents are ready, and the file is alone where it was."""
    path = tmp_path / "agents.csv"
    path.write_bytes(semicolons())
    roster, mapping, report = run_dry(path, {}, TODAY)
    assert len(report.importable) == len(roster.rows) == 5
    assert mapping["member.nir"] == "N° Sécurité Sociale"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_received_twice(tmp_path: Path) -> None:
    """The first time all is new, the second nothing is to be written."""
    secret, public = new_identity()
    path, key = tmp_path / "jour.age", tmp_path / "siege.key"
    path.write_bytes(pack_transfer([Parcel("4T8N-W1KB", 1, "", read(alone()))], [public], MADE).data)
    key.write_text(f"# public key: {public}\n{secret}\n")
    kept: dict[str, Parcel] = {}

    def held(references: tuple[str, ...]) -> dict[str, Parcel]:
        return {reference: kept[reference] for reference in references if reference in kept}

    for expected in (1, 0):
        _, merged = receive(path, identity_of(key, str), held)
        assert len(merged.written) == expected
        kept.update({parcel.reference: parcel for parcel in merged.written})
    key.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Fault, match="ne contient pas de clé"):
        identity_of(key, str)
