"""Random dossiers through print, a 150 dpi picture turned and copied, and back: they come back equal, or are said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.bulletin import pack
from forms.bulletin.code import dossier_modules, encode
from forms.bulletin.scan import read_page
from forms.dossier.model import Dossier
from tests.forms.bulletin import people
from tests.forms.bulletin.reading import pages_of, squeezed
from tests.forms.bulletin.scanning import copied, drawn, turned
from tests.forms.bulletin.test_nothing_lost import dossiers

ROUNDS = int(os.environ.get("ROUND_TRIPS", "50"))
"""Dossiers of the slow test: 50 in .ci/run; ``ROUND_TRIPS=1000`` for the whole thousand."""


def _there_and_back(dossier: Dossier, degrees: float) -> None:
    pdf = pack(dossier, people.answer(dossier), people.convention(), people.PRINTING)
    if dossier_modules(encode(dossier)) is None:
        assert squeezed("Dossier trop long pour tenir dans un code") in pages_of(pdf)[0]
        return
    assert read_page(copied(copied(turned(drawn(pdf), degrees))), Path(), 1).dossier == dossier


@settings(max_examples=4)
@given(dossiers(), st.floats(-5.0, 5.0))
def test_a_few(dossier: Dossier, degrees: float) -> None:
    """Printed, scanned askew, copied twice, read: the same dossier."""
    _there_and_back(dossier, degrees)


@pytest.mark.slow
@settings(max_examples=ROUNDS, suppress_health_check=list(HealthCheck), deadline=None)
@given(dossiers(), st.floats(-5.0, 5.0))
def test_many(dossier: Dossier, degrees: float) -> None:
    """The same, fifty times or as many as asked."""
    _there_and_back(dossier, degrees)
