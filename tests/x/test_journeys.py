"""A family of four on a real X server, by real keys: from the first start of the program to the PDF, by convention."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from desktop.desk.scene import STEP_IDS
from forms.dossier.entry import shown
from forms.drafts import vault
from forms.drafts.store import DraftStore
from tests.conventions.walks import FORMULAS, shipped
from tests.keyboard import facts, family_for, unwritten
from tests.making import put, read
from tests.x.session import MISSING, FarHands, Keyboard, desktop, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from forms.dossier.model import Dossier

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
]

PASSPHRASE = "carafe lundi tambour vignette"
FIGURES = ("ampersand", "eacute", "quotedbl", "apostrophe", "parenleft")
"""What the keys 1 to 5 of a French keyboard give without Shift."""
MOST = {"cdg62-mnt": 170, "cdg76-mnt-mgen": 166, "cdg35-mutame": 166, "cdg33-mnfct": 171, "msph-mgen": 164}
"""Keys pressed beyond the values themselves, from Ctrl+N to the saved PDF; each a few more than were counted."""
MOST_AT_FIRST = 22
"""Those of the first start: passphrase, recovery key, the day's settings."""


@pytest.fixture(scope="module")
def keyboard() -> Iterator[Keyboard]:
    """Begin one session for all of them."""
    with desktop() as begun:
        yield begun


def start(hands: FarHands, family: Dossier) -> None:
    """Protect the drafts and set the day's permanence, as whoever starts the program for the first time."""
    hands.program.until(lambda seen: seen.window == "Permanence" and seen.name == "Phrase de passe")
    hands.write(PASSPHRASE)
    hands.press("Tab")
    hands.write(PASSPHRASE)
    hands.press("Return")
    hands.program.until(lambda seen: seen.name == "Clé de secours")
    hands.press_button("Je l’ai notée")
    hands.press_button("Ouvrir la permanence")
    hands.program.until(lambda seen: seen.screen == "home" and seen.control == "button")
    hands.press("space")
    hands.program.until(lambda seen: seen.window == "La permanence" and seen.control)
    asked = {
        "Lieu de la permanence": "request.place", "Collectivité": "employer.name", "SIRET": "employer.siret",
        "Date d’adhésion de la collectivité": "employer.joined_on", "Participation par mois": "employer.participation",
    }  # fmt: skip
    answers = {title: shown(family, path) for title, path in asked.items()}
    answers["Convention"] = shipped(family.convention or "").title
    for _ in range(8):
        here = hands.seen()
        wanted = answers.pop(here.name, None)
        if here.control == "list":
            while hands.seen().value != wanted:
                hands.press("Down")
        elif wanted:
            hands.write(wanted)
        if not any(answers.values()):
            break
        hands.press("Tab")
    hands.press("Return")
    hands.program.until(lambda seen: seen.window == "Permanence" and seen.screen == "home")


@pytest.mark.parametrize("convention", FORMULAS)
def test_a_family_by_the_keyboard_alone(
    keyboard: Keyboard, convention: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The draft equals the dossier given, the PDF carries every value, the keys beyond the values are few."""
    begun = time.monotonic()
    # An É is a capital that a French keyboard has no key for.
    said = put(family_for(convention), {"member.address.city": "Évin-Malmaison"})
    family = read(said)
    with program(keyboard, tmp_path) as running:
        first = FarHands(family)
        first.program = running
        start(first, family)

        hands = FarHands(family)
        hands.program = running
        hands.press("ctrl+n")
        running.until(lambda seen: seen.screen == "wizard")
        hands.type_in()
        assert hands.seen().step == "summary"
        for key, step in zip(FIGURES, STEP_IDS, strict=True):
            hands.strike(f"ctrl+{key}")
            assert hands.seen().step == step
        hands.press_button("Enregistrer le PDF")
        running.until(lambda seen: seen.window == "Enregistrer le PDF" and seen.control)
        hands.press("Return")
        running.until(lambda seen: seen.window == "Permanence")
        reference = hands.seen().dossier.reference
        assert reference is not None
        assert hands.seen().kept.startswith("Enregistré à ")
        hands.strike("ctrl+l")
        running.until(lambda seen: seen.screen == "gate")
        assert running.said() == ""
    store = DraftStore(tmp_path / "drafts", vault.unlock(tmp_path / "drafts", PASSPHRASE))
    draft = store.load(reference)
    store.close()
    expected = read({**said, "reference": reference})
    assert draft is not None
    assert facts(draft.dossier) == facts(expected)
    assert draft.dossier == expected
    (pdf,) = tmp_path.rglob("Bulletin*.pdf")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    assert unwritten(expected, text) == []
    seconds = time.monotonic() - begun
    record_property("keys", {"first start": first.presses, "family": hands.presses, "seconds": round(seconds)})
    print(f"{convention}: {first.presses} + {hands.presses} keys, {seconds:.0f} s")  # noqa: T201 - with -s, the record
    assert first.presses <= MOST_AT_FIRST
    assert hands.presses <= MOST[convention]
