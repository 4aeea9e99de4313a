"""The numbers and the files of a campaign: all different, the same at each run, with no one's name in them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.campaign.order import Order, folder_of, kept_order, reference_at
from forms.dossier.model import Employer
from forms.dossier.references import looks_printed
from forms.faults import Fault

ORDER = Order(
    list_sha256="a" * 64,
    convention="cdg62-mnt",
    edition="b" * 64,
    employer=Employer(name="Mairie de Lormont"),
    printed_at=dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC),
    today=dt.date(2026, 11, 21),
)


@given(st.binary(min_size=32, max_size=32))
def test_no_two_rows_have_one_number(seed: bytes) -> None:
    """Numbers are as on paper, none is one of the practice, and each is another row's never."""
    found = [reference_at(seed, row) for row in range(500)]
    assert len(set(found)) == len(found)
    assert all(map(looks_printed, found))
    assert not any(reference.startswith("SPEC-") for reference in found)


def test_a_number_of_the_practice_is_stepped_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row whose number would begin as those of the practice gets the next of the permutation."""
    seed = b"seed"
    first = reference_at(seed, 7)
    monkeypatch.setattr("forms.campaign.order.SPECIMEN", first[:5])
    others = [reference_at(seed, row) for row in range(50)]
    assert first not in others
    assert len(set(others)) == 50


def test_another_list_another_day_other_numbers() -> None:
    """The list, the convention and the moment draw the numbers; the same order draws the same."""
    orders = [ORDER, *(ORDER.model_copy(update={name: value}) for name, value in (
        ("list_sha256", "c" * 64), ("convention", "msph-mgen"), ("printed_at", ORDER.printed_at.replace(hour=10)),
    ))]  # fmt: skip
    assert len({reference_at(order.seed, 1) for order in orders}) == 4
    assert reference_at(ORDER.seed, 1) == reference_at(ORDER.model_copy().seed, 1)


@pytest.mark.parametrize(
    ("name", "siret", "row", "folder"),
    [
        ("Mairie de Béthune", "21330249000015", 5, "mairie-de-bethune-21330249000015"),
        ("", "213 302 490 00015", 5, "21330249000015"),
        ("Œuvres ; l’École/../..", "21330249000015", 5, "oeuvres-l-ecole-21330249000015"),
        ("", "", 1000, "lignes-000001-001000"),
        ("", "123", 1001, "lignes-001001-002000"),
    ],
)
def test_the_folder_of_a_town_hall(name: str, siret: str, row: int, folder: str) -> None:
    """A folder is named by the town hall and its SIRET where it is right, else by a thousand rows."""
    assert folder_of(name, siret, row) == folder


def test_town_halls_without_siret_stay_apart() -> None:
    """Two names that are written alike once folded and cut are two folders."""
    long = "Syndicat intercommunal à vocation multiple du bassin de la rivière et de ses affluents"
    assert folder_of(f"{long} nord", "", 1) != folder_of(f"{long} sud", "", 1)
    assert folder_of("市", "", 1) != folder_of("町", "", 1)


def test_an_order_is_kept_once(tmp_path: Path) -> None:
    """It is read back as it was; another one in its folder is refused, and the line says what differs."""
    assert kept_order(tmp_path) is None
    ORDER.kept(tmp_path)
    ORDER.kept(tmp_path)
    assert kept_order(tmp_path) == ORDER
    with pytest.raises(Fault, match="la liste et le jour ont changé"):
        ORDER.model_copy(update={"list_sha256": "c" * 64, "today": dt.date(2026, 1, 1)}).kept(tmp_path)
    (tmp_path / "campagne.json").write_text("{}")
    with pytest.raises(Fault, match="ne se lit pas"):
        kept_order(tmp_path)
