"""Each screen as a screen reader is told of it, by a client of its own: names, states, errors, in reading order.

The trees are kept in ``tests/snapshots/spoken``; ``UPDATE_SNAPSHOTS=1`` writes them again, to be read and committed.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from desktop.desk import permanence
from desktop.desk.permanence import SETTING, Permanence
from desktop.desk.scene import STEPS, spoken
from forms.assessment import assess
from forms.drafts import vault
from forms.drafts.draft import Draft
from forms.drafts.store import DraftStore
from tests.conventions.walks import shipped
from tests.keyboard import family_for
from tests.making import TODAY, cdg62, put, read
from tests.x.listening import Listener, listening, missing
from tests.x.session import FarHands, Keyboard, desktop, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from forms.dossier.model import Dossier

pytestmark = pytest.mark.slow

PASSPHRASE = "carafe lundi tambour vignette"
COMPLETE, FAULTY, COMPARED = "AAAA-1111", "BBBB-2222", "CCCC-3333"


@pytest.fixture(scope="module")
def keyboard() -> Iterator[Keyboard]:
    """Begin one session for all of them."""
    if lacking := missing():
        pytest.skip(f"not installed: {', '.join(lacking)}")
    with desktop() as begun:
        yield begun


def faulty() -> Dossier:
    """Give the family with something missing or wrong on each step."""
    said = put(
        family_for("cdg62-mnt"),
        {
            "reference": FAULTY, "member.used_name": "Marchand", "member.first_name": "Lou", "formula": None,
            "member.birth_date": None, "unread": {"member.birth_date": "31/02/1985"}, "member.nir": "285016211904200",
            "member.hired_on": None, "member.category": None, "refund.iban": "FR7630006000011234567890188",
            "beneficiaries.1.birth_date": None, "beneficiaries.1.tax_dependent": None,
            "beneficiaries.2.nir": "113056211905700",
        },
    )  # fmt: skip
    return read(said)


def fill(folder: Path) -> None:
    """Keep two families and the day's permanence."""
    key, _ = vault.create(folder, PASSPHRASE)
    store = DraftStore(folder, key)
    now = dt.datetime.combine(TODAY, dt.time(9), dt.UTC)
    complete = read({**family_for("cdg62-mnt"), "reference": COMPLETE})
    compared = read(put(family_for("cdg35-mutame"), {"reference": COMPARED, "member.used_name": "Perrin"}))
    for dossier in (complete, faulty(), compared):
        edition = shipped(dossier.convention or "").fingerprint
        store.save(Draft(dossier.reference or "", dossier, edition, "draft", "before", "", 1, now, now))
    day = Permanence(place="Béthune", convention="cdg62-mnt", employer=complete.employer)
    store.set_setting(SETTING, permanence.written(day))
    store.set_setting("recovery_noted", value=True)
    store.close()


def test_the_first_start(keyboard: Keyboard, tmp_path: Path) -> None:
    """Passphrase, recovery key, the day's settings with errors, an empty list."""
    family = read(family_for("cdg62-mnt"))
    with listening(keyboard, tmp_path / "bus") as (reader, told), program(keyboard, tmp_path, told) as running:
        hands = FarHands(family)
        hands.program = running
        listener = Listener(reader, hands)
        running.until(lambda seen: seen.name == "Phrase de passe")
        listener.heard(focus="Phrase de passe")
        listener.hear("gate-first-start")
        hands.write("aaa")
        hands.press("Return")
        running.seen()
        listener.hear("gate-first-start-error")
        listener.heard(announcement="Phrase de passe")
        hands.press("ctrl+a")
        hands.write(PASSPHRASE)
        hands.press("Tab")
        hands.write(PASSPHRASE)
        hands.press("Return")
        running.until(lambda seen: seen.name == "Clé de secours")
        listener.hear("gate-recovery-key")
        hands.press_button("Je l’ai notée")
        hands.press_button("Ouvrir la permanence")
        running.until(lambda seen: seen.screen == "home" and seen.control == "button")
        listener.hear("home-first-time")
        hands.press("space")
        running.until(lambda seen: seen.window == "La permanence" and seen.name == "Lieu de la permanence")
        hands.press("Tab")
        hands.write("31/02/26")
        hands.press("Return")
        listener.hear("settings-error", "Ce jour n’existe pas : vérifiez le jour et le mois.")
        listener.heard(announcement="Ce jour n’existe pas")
        hands.press("ctrl+a")
        hands.write("03/02/2026")
        hands.press("Return")
        running.until(lambda seen: seen.name == "Convention")
        hands.press("Down")
        hands.press("Return")
        running.until(lambda seen: seen.window == "Permanence" and seen.screen == "home")
        listener.hear("home-empty")
        assert running.said() == ""
    assert not listener.faults, listener.told()


def test_a_day_among_dossiers(keyboard: Keyboard, tmp_path: Path) -> None:
    """Unlocking, the list, each step with a faulty and a whole family, comparison, preview, help, the closing."""
    fill(tmp_path / "drafts")
    wrong = faulty()
    with listening(keyboard, tmp_path / "bus") as (reader, told), program(keyboard, tmp_path, told) as running:
        hands = FarHands(wrong)
        hands.program = running
        listener = Listener(reader, hands)
        unlock(listener)
        listener.hear("home", "Marchand", "Delattre")
        open_dossier(listener, FAULTY)
        listener.heard(focus="Avant de commencer")
        steps_with_faults(listener, wrong)
        hands.press("ctrl+1")
        hands.press_button("Mes dossiers")
        running.until(lambda seen: seen.screen == "home")
        open_dossier(listener, COMPLETE)
        whole_family(listener)
        typed_wrong(listener)
        hands.press("F1")
        running.until(lambda seen: seen.window not in {"", "Permanence"} and seen.control)
        listener.hear("help")
        hands.press("Escape")
        running.until(lambda seen: seen.window == "Permanence")
        hands.press("ctrl+1")
        hands.press_button("Mes dossiers")
        running.until(lambda seen: seen.screen == "home")
        open_dossier(listener, COMPARED)
        compare(listener)
        hands.press("ctrl+1")
        hands.press_button("Mes dossiers")
        running.until(lambda seen: seen.screen == "home")
        hands.press_button("Autres actions")
        running.seen()
        hands.press("Down")
        for _ in range(20):
            if running.seen().value == "Clôturer la journée…":
                break
            hands.press("Down")
        listener.heard(focus="Clôturer la journée…")
        hands.press("Return")
        running.until(lambda seen: seen.screen == "ClosingPage")
        listener.hear("closing")
        assert running.said() == ""
    assert not listener.faults, listener.told()


def unlock(listener: Listener) -> None:
    """Open the drafts, at the second try."""
    hands, running = listener.hands, listener.running
    running.until(lambda seen: seen.name == "Phrase de passe")
    hands.write("carafe mardi")
    hands.press("Return")
    running.until(lambda seen: "incorrecte" in seen.described)
    listener.hear("gate-wrong-passphrase")
    hands.press("ctrl+a")
    hands.write(PASSPHRASE)
    hands.press("Return")
    running.until(lambda seen: seen.screen == "home")


def open_dossier(listener: Listener, reference: str) -> None:
    """Open a dossier by its number."""
    hands = listener.hands
    hands.press("ctrl+f")
    hands.write(reference)
    listener.running.until(lambda seen: seen.value == reference)
    hands.press("Return")
    listener.running.until(lambda seen: seen.screen == "wizard")


def steps_with_faults(listener: Listener, dossier: Dossier) -> None:
    """Hear each step once all of it may be said."""
    hands = listener.hands
    hands.press("ctrl+5")
    issues = assess(dossier, cdg62(), TODAY)
    for number, (step, title) in enumerate(STEPS, 1):
        hands.press(f"ctrl+{number}")
        listener.heard(focus=title)
        asked = {ask.path for ask in issues.asks if ask.step == step and not ask.path.startswith("beneficiaries.")}
        words = [spoken(issue) for issue in issues.issues if issue.path in asked and issue.severity == "error"]
        listener.hear(f"wizard-{step}-error", title, *words)
        if step == "beneficiaries":
            hands.press_button("Modifier Gaël Roy")
            wrong = [spoken(issue) for issue in issues.issues if issue.path == "beneficiaries.2.nir"]
            listener.hear("wizard-beneficiaries-open-error", *wrong)


def whole_family(listener: Listener) -> None:
    """Hear each step of the whole family, what is typed being kept, then the preview."""
    hands, running = listener.hands, listener.running
    for number, (step, title) in enumerate(STEPS, 1):
        hands.press(f"ctrl+{number}")
        listener.hear(f"wizard-{step}", title)
    for _ in range(8):
        hands.press("ctrl+equal")
    listener.hear("wizard-summary-200")
    hands.press("ctrl+agrave")
    hands.press_button("Aperçu")
    running.until(lambda seen: seen.screen == "PreviewView")
    listener.hear("preview")
    hands.press("Escape")
    running.until(lambda seen: seen.screen == "wizard")


def typed_wrong(listener: Listener) -> None:
    """Hear what is wrong with a field as one leaves it, and that what was typed is kept."""
    hands, running = listener.hands, listener.running
    hands.press("ctrl+3")
    while running.seen().path != "member.nir":
        hands.press("Tab")
    hands.press("ctrl+a")
    hands.write("285016211904200")
    listener.reader.heard()
    hands.press("Tab")
    listener.heard(announcement="N° de Sécurité sociale\u00a0: La clé")
    running.until(lambda seen: seen.kept)
    listener.hear(
        "wizard-contract-typed-wrong", "Enregistré à", "La clé (les deux derniers chiffres) ne correspond pas"
    )
    hands.press("ctrl+z")


def compare(listener: Listener) -> None:
    """Hear the formulas side by side: each tab of what they differ in."""
    hands, running = listener.hands, listener.running
    hands.press("ctrl+2")
    while running.seen().control != "tabs":
        hands.press("Tab")
    names: list[str] = []
    while (name := running.seen().value) not in names:
        names.append(name)
        listener.hear(f"compare-{len(names)}", name)
        hands.press("Right")
    if len(names) < 3:
        listener.faults["compare: tabs"] = names
