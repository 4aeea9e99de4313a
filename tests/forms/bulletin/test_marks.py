"""What lies on each page, kept as text: a change of the paper is seen in the change of these files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from forms.bulletin import Printing, marks_of
from forms.bulletin.boxes import fits_cells
from forms.bulletin.fit import FLOOR, shrunk, wrapped
from forms.bulletin.layout import GAP, bulletin_layout
from forms.bulletin.marks import Paper, Text, as_text
from forms.bulletin.metrics import font, printable, width
from forms.dossier.letters import printed_letters
from forms.dossier.model import Dossier, PreviousContract
from tests.forms.bulletin import people

SNAPSHOTS = Path(__file__).parents[2] / "snapshots" / "marks"
BLANK = Dossier(convention="cdg62-mnt", previous_contract=PreviousContract())
CASES = {
    "family-of-four": (people.of_four(), people.PRINTING),
    "blank": (BLANK, people.PRINTING),
    "family-of-ten": (people.of_ten(), people.PRINTING),
    "draft": (people.family(people.SPOUSE, unread={"member.hired_on": "septembre"}), people.DRAFT),
}


@pytest.mark.parametrize("name", CASES)
def test_snapshot(name: str) -> None:
    """The marks are those of the kept file; ``UPDATE_SNAPSHOTS=1`` writes it again, to be looked at and committed."""
    found = as_text(_marks(*CASES[name]))
    kept = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(found, encoding="utf-8")
    assert found == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_nothing_leaves_the_page(name: str) -> None:
    """Every text stands between the margins and above the edge of the sheet, its whole width counted."""
    for page in _marks(*CASES[name]).pages:
        for mark in page.marks:
            if isinstance(mark, Text) and not mark.angle:
                wide = width(mark.text, mark.size, mark.weight)
                left = mark.x - {"left": 0.0, "centre": wide / 2, "right": wide}[mark.align]
                assert left >= 11.9, mark
                assert left + wide <= 198.1, mark
                assert 11.0 <= mark.y <= 290.0, mark


def test_rows_fill_the_grid() -> None:
    """No row asks for more room than there is, and each has a box that takes the rest, or fills it to a tenth."""
    layout = bulletin_layout()
    rooms = [(row, 116.0, GAP) for row in layout.heading]
    rooms += [(row, 186.0, GAP) for section in layout.sections for row in section.rows]
    rooms += [(row, 180.0, layout.card_gap) for row in layout.card]
    for row, room, gap in rooms:
        kept = [box for box in row if not box.optional]
        taken = sum(box.own_width or 0.0 for box in kept) + gap * (len(kept) - 1)
        free = [box for box in kept if box.own_width is None]
        assert taken + 14.0 * len(free) <= room, [box.key for box in row]
        assert free or abs(taken - room) < 0.1, [box.key for box in row]


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("", True),
        ("DE89370400440532013000", True),
        ("FR7630006000011234567890189", True),
        ("MT84MALT011000012345MTLCAST001S", False),
        ("O'Neil", False),
    ],
)
def test_cells(value: str, fits: bool) -> None:  # noqa: FBT001 - a table's column
    """A value that fits goes one character a cell; one that does not is written on a line."""
    assert fits_cells((4, 4, 4, 4, 4, 4, 3), value) == fits


def test_shrinking_stops_at_the_floor() -> None:
    """A text is set smaller until it fits, never under the floor."""
    assert shrunk("Maïa", 40.0) == 9.5
    small = shrunk("Mairie de Béthune", width("Mairie de Béthune", 7.0))
    assert small == 7.0
    assert shrunk("Mairie de Béthune", width("Mairie de Béthune", FLOOR) - 0.1) is None


def test_words_are_never_cut() -> None:
    """Lines break between words; only a word wider than the line is folded, and nothing is lost."""
    lines = wrapped("de la rue du Général-de-Gaulle", 30.0, 9.0)
    assert lines == ("de la rue du", "Général-de-Gaulle")
    folded = wrapped("x" * 200, 30.0, 9.0)
    assert "".join(folded) == "x" * 200
    assert max(width(line, 9.0) for line in folded) <= 30.0


def test_printable() -> None:
    """Text is composed, on one line; an invisible letter is dropped, a letter that the font lacks is seen."""
    assert printable("  E\u0301lodie \n Nun\u0303ez\u200b ") == "Élodie Nuñez"
    assert printable("漢") == "�"
    assert printable("Škvorecký ŒŁŐŞĐÞ") == "Škvorecký ŒŁŐŞĐÞ"


def test_a_letter_that_the_paper_lacks_is_an_error() -> None:
    """What would be printed as a lozenge is said where it was typed; the list of letters is that of both fonts."""
    assert printed_letters() == {
        letter
        for letter in font("regular").face.charToGlyph
        if letter >= 0x20 and letter in font("semibold").face.charToGlyph
    }
    wrong = people.family(member=people.MEMBER | {"birth_name": "漢 Ko\u0301", "address": {"lines": ["1 rue", "東京"]}})
    said = [
        (issue.path, issue.severity, issue.message)
        for issue in people.answer(wrong).issues
        if "imprime" in issue.message
    ]
    assert said == [
        ("member.birth_name", "error", "«\u00a0漢\u00a0» ne s’imprime pas\u00a0: écrivez ce texte en lettres latines."),
        (
            "member.address.lines",
            "error",
            "«\u00a0東京\u00a0» ne s’imprime pas\u00a0: écrivez ce texte en lettres latines.",
        ),
    ]


def test_each_person_has_their_own_age_on_paper() -> None:
    """A spouse who pays the member's band is shown with the spouse's age, on the bulletin and on the reasons."""
    dossier = people.of_four()
    (priced,) = (line for line in people.answer(dossier).quote.lines if line.person == "beneficiaries.0")
    assert priced.age == 41
    for page in (1, 5):
        row = [mark.text for mark in _marks(dossier, people.PRINTING).pages[page].marks if isinstance(mark, Text)]
        assert [text for text in row if text in {"41 ans", "39 ans", "20 ans", "12 ans"}] == [
            "41 ans", "39 ans", "20 ans", "12 ans",
        ]  # fmt: skip


def _marks(dossier: Dossier, printing: Printing) -> Paper:
    return marks_of(dossier, people.answer(dossier), people.convention(), printing)
