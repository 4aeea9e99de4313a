"""References: typed as people type them, refused clearly, never mistaken for a name."""

from __future__ import annotations

import hashlib

import pytest

from forms.dossier.model import SPECIMEN
from forms.dossier.references import LETTERS, looks_printed, reference_flaw, reference_from, typed_reference


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("7K3M-Q2XD", "7K3M-Q2XD"), ("7k3m q2xd", "7K3M-Q2XD"), (" 7K3MQ2XD ", "7K3M-Q2XD"),
        ("7K3M–Q2XD", "7K3M-Q2XD"), ("n° 7k3m-q2xd", "7K3M-Q2XD"), ("Bulletin vierge n° 7K3M-Q2XD", "7K3M-Q2XD"),
        ("o1i2-3lzz", "0112-31ZZ"), ("NZ12-3456", "NZ12-3456"), ("spec 000l", "SPEC-0001"),
        ("", None), ("7K3M-Q2X", None), ("7K3M-Q2XDD", None), ("7K3M-U2XD", None), ("é123-4567", None),
        ("٣K3M-Q2XD", None),
    ],
)  # fmt: skip
def test_as_people_type_it(typed: str, read: str | None) -> None:
    """Case, spaces, dashes and what stands before are let go; an O is a 0, an I and an L are 1; else it is none."""
    assert typed_reference(typed) == read
    assert bool(reference_flaw(typed)) is (read is None)


def test_the_refusal_names_what_is_wrong() -> None:
    """A letter that no number has is named; else the shape is said; a long paste is cut."""
    assert "« U »" in reference_flaw("7K3M-U2XD")
    assert "quatre caractères" in reference_flaw("7K3M")
    assert "sous le grand code" in reference_flaw("  ")
    assert len(reference_flaw("x" * 500)) < 120


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("7K3M-Q2XD", True), ("7k3m-q2xd", True), ("ABCD-EFGH", True), ("Jean-Marc", False), ("jean-marc", False),
        ("JEAN-PAUL", False), ("7K3M Q2XD", False), ("DELATTRE", False), ("", False),
    ],
)  # fmt: skip
def test_a_name_is_no_reference(typed: str, printed: bool) -> None:  # noqa: FBT001 - a table's column
    """In the search, only what stands as it is printed is a number."""
    assert looks_printed(typed) is printed


def test_made_references_are_read_back() -> None:
    """Whatever the bytes, a reference that is made is one that is read; none begins as those of the practice."""
    made = {reference_from(hashlib.sha256(str(n).encode()).digest()) for n in range(300)}
    assert len(made) == 300
    assert all(typed_reference(one) == one for one in made)
    unlucky = bytes(LETTERS.index(letter) for letter in "SPEC0000")
    assert not reference_from(unlucky + bytes(24)).startswith(SPECIMEN)
