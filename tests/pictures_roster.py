"""The pictures of the employer's list: its import, the agents under the search, the bulletins printed ahead."""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

from desktop.day.roster.bulletins import BulletinsPage
from desktop.day.roster.found import HadOne
from desktop.day.roster.page import ImportPage
from forms.day.served import Served
from tests.forms.exchange.rosters import AGENTS, separated

if TYPE_CHECKING:
    from tests.pictures_studio import Studio

HEAD = ["Matricule", "Nom de naissance", "Nom d’usage", "Prénom", "Né le", "NIR", "Grade"]
REFERENCES = ("2D5G-8KWA", "4F7J-0MYC", "6H9L-2P0E", "8K1N-4R2G", "0M3Q-6T4J")
FOLDER = "/media/cle-usb/Bulletins"


def listed(*, wrong: bool) -> bytes:
    """Give the list as a CSV; ``wrong``: a number of another birth date, an agent without a name, one twice."""
    rows = [[a.staff, a.birth_name, a.used_name, a.first_name, f"{a.born:%d/%m/%Y}", a.nir, "adjoint"] for a in AGENTS]
    if wrong:
        rows[1][4] = "12/09/1968"
        rows += [["A-1050", "", "", "", "03/04/1990", "", "adjoint"], rows[0], ["", "Total", "", "", "", "", "5"]]
    return separated([HEAD, *rows])


def read(studio: Studio, path: Path) -> ImportPage:
    """Open the import from the menu, and read a file."""
    at_home = studio.window.at_home
    assert at_home is not None
    at_home._do("roster")
    page = studio.shown(ImportPage)
    studio.until(lambda: page._hand is not None)
    page.read(path)
    studio.until(lambda: page.plan is not None)
    return page


def roster(studio: Studio) -> None:
    """Take them all; the list is on screen before."""
    window = studio.window
    home, at_home = window.home, window.at_home
    assert home is not None
    assert at_home is not None
    references = itertools.cycle(REFERENCES)
    with (
        TemporaryDirectory() as folder,
        patch("desktop.day.roster.working.new_reference", lambda *, specimen: "" if specimen else next(references)),
    ):
        path = Path(folder, "Agents 2026.csv")
        at_home._do("roster")
        studio.until(lambda: studio.shown(ImportPage)._hand is not None)
        studio.take("roster")
        path.write_bytes(listed(wrong=True))
        studio.shown(ImportPage).left.emit()
        read(studio, path)
        studio.take("roster-to-check")
        studio.shown(ImportPage).left.emit()
        path.write_bytes(listed(wrong=False))
        page = read(studio, path)
        page.go_on.click()
        studio.until(lambda: page._imported and page._hand is not None and page._hand.roster is not None)
        studio.take("roster-imported")
        page.left.emit()
        home.search_now()
        home.search.setText("del")
        studio.until(home.agents.isVisible)
        studio.take("home-agents")
        who = home.agents.found[0][0]
        asked = HadOne(window, who, Served(who.reference, "transmis le 03/11/2025, purgé le 10/01/2026", here=False))
        asked.open()
        studio.take("home-agent-had-one", asked)
        asked.reject()
        home.search.clear()
        at_home._do("prefilled")
        prefilled = studio.shown(BulletinsPage)
        studio.until(lambda: prefilled._agents)
        studio.take("prefilled")
        prefilled.write_in(Path(folder))
        prefilled.path.setText(FOLDER)
        prefilled.go_on.click()
        studio.until(lambda: prefilled.made is not None)
        studio.take("prefilled-done")
        prefilled.left.emit()
